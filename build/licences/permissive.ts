// What Winnow may pass on: permissive licences, and one exception.

/** Licences that ask for no more than their text and a notice. */
const permissive: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'OFL-1.1',
  'Unlicense',
  'WordNet',
  'Zlib'
])

/** Parts under another licence, each with the record of the decision. */
export const exceptions: readonly {
  readonly name: RegExp
  readonly licence: string
  readonly record: string
}[] = [
  {
    name: /^@img\/sharp-libvips-/,
    licence: 'LGPL-3.0-or-later',
    record: 'docs/adr/0007-libvips.md'
  },
  {
    // On Windows the library lies in the package of sharp's own code.
    name: /^@img\/sharp-win32-/,
    licence: 'Apache-2.0 AND LGPL-3.0-or-later',
    record: 'docs/adr/0007-libvips.md'
  }
]

/** True for an SPDX expression that can be met with permissive licences alone. */
export function isPermissive(expression: string): boolean {
  const text = expression.trim()
  const parts = (word: string): string[] => text.split(new RegExp(`\\s+${word}\\s+`))
  if (/[()]/.test(text)) return false
  if (parts('OR').length > 1) return parts('OR').some(isPermissive)
  if (parts('AND').length > 1) return parts('AND').every(isPermissive)
  return permissive.has(text)
}

/** What is wrong with parts that are to be shipped, in plain sentences. */
export function licenceProblems(
  parts: readonly {
    readonly name: string
    readonly version: string
    readonly licence: string
    readonly texts: readonly unknown[]
  }[]
): readonly string[] {
  return parts.flatMap(({ name, version, licence, texts }) => {
    const known = exceptions.some((one) => one.name.test(name) && one.licence === licence)
    return [
      ...(texts.length === 0 ? [`${name} ${version} brings no licence text`] : []),
      ...(licence === '' ? [`${name} ${version} states no licence`] : []),
      ...(licence !== '' && !known && !isPermissive(licence)
        ? [`${name} ${version} is under ${licence}, which is not permissive`]
        : [])
    ]
  })
}
