// The list of what comes with the app, a file that the build puts beside the page (see
// build/licences): read once, when somebody first looks at it.

/** One part that comes with the app. */
export interface LicencePart {
  readonly name: string
  readonly version: string
  readonly licence: string
  readonly kind: 'app' | 'code' | 'typeface' | 'data' | 'program'
  /** Which form of the app carries it. */
  readonly home: 'both' | 'desktop' | 'local'
  /** Places of its texts in the list of texts. */
  readonly texts: readonly number[]
}

/** Every part, and each text once. */
export interface Licences {
  readonly parts: readonly LicencePart[]
  readonly texts: readonly string[]
}

let pending: Promise<Licences> | undefined

/** The list; a failure is not kept, so that the next look tries again. */
export function readLicences(): Promise<Licences> {
  pending ??= load().catch((error: unknown) => {
    pending = undefined
    throw error
  })
  return pending
}

/** Forgets the list, for tests. */
export function forgetLicences(): void {
  pending = undefined
}

async function load(): Promise<Licences> {
  const answer = await fetch('/licences.json')
  if (!answer.ok) throw new Error(`The list of licences was not found (${answer.status}).`)
  // Written by our own build into the same folder as this code.
  return (await answer.json()) as Licences
}

/** Parts of this form of the app in which every word of `search` occurs, the texts included. */
export function partsFound(
  { parts, texts }: Licences,
  host: string | undefined,
  search: string
): readonly LicencePart[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean)
  return parts.filter((part) => {
    if (part.home !== 'both' && part.home !== host) return false
    const head = `${part.name} ${part.version} ${part.licence}`.toLowerCase()
    return words.every(
      (word) =>
        head.includes(word) || part.texts.some((at) => texts[at]?.toLowerCase().includes(word))
    )
  })
}
