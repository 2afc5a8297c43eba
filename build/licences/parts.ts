// The list of everything that is shipped with Winnow, as a file beside the page: parts, and the
// texts of their licences, each text once.

/** What a part is, for people who read the list. */
export type PartKind = 'app' | 'code' | 'typeface' | 'data' | 'program'

/** Which form of the app carries a part. */
export type PartHome = 'both' | 'desktop' | 'local'

/** One part with its own texts, before equal texts are put together. */
export interface Part {
  readonly name: string
  readonly version: string
  /** SPDX expression, or the name of a licence that has none. */
  readonly licence: string
  readonly kind: PartKind
  readonly home: PartHome
  readonly texts: readonly string[]
}

/** What out/renderer/licences.json holds. */
export interface LicenceFile {
  readonly parts: readonly (Omit<Part, 'texts'> & { readonly texts: readonly number[] })[]
  readonly texts: readonly string[]
}

/** Lines without trailing spaces, so that a text that differs in nothing else counts as the same. */
export function tidy(text: string): string {
  return text
    .replace(/^\uFEFF/, '')
    .replaceAll('\r\n', '\n')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim()
}

/** Parts by name, with equal texts held once. */
export function licenceFile(parts: readonly Part[]): LicenceFile {
  const texts: string[] = []
  const places = new Map<string, number>()
  const place = (text: string): number => {
    const found = places.get(text) ?? texts.push(text) - 1
    places.set(text, found)
    return found
  }
  const order = (a: Part, b: Part): number =>
    Number(b.kind === 'app') - Number(a.kind === 'app') ||
    (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1)
  const listed = [...parts].sort(order)
  return { parts: listed.map((part) => ({ ...part, texts: part.texts.map(place) })), texts }
}

const rule = '='.repeat(80)

/** The list as one text file, for whoever has no window open. */
export function licenceText({ parts, texts }: LicenceFile): string {
  const head = parts.map(({ name, version, licence }) => `${name} ${version}: ${licence}`)
  // Parts under exactly the same texts stand together above them.
  const groups = new Map<string, string[]>()
  for (const { name, version, texts: of } of parts) {
    const key = of.join()
    groups.set(key, [...(groups.get(key) ?? []), `${name} ${version}`])
  }
  const bodies = [...groups].map(([key, names]) =>
    [rule, names.join('\n'), rule, ...key.split(',').map((at) => texts[Number(at)] ?? '')].join(
      '\n\n'
    )
  )
  return `What comes with Winnow, and under which licences.\n\n${head.join('\n')}\n\n${bodies.join('\n\n')}\n`
}
