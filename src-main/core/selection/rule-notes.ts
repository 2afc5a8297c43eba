// Limits that could not be met, as notes of the result in plain sentences.
import { count } from './message-parts.ts'
import type { Shortfall } from './rules.ts'

/** Limits named one by one before the rest is only counted. */
const namedMost = 5

/** One sentence per limit that was not met; a long list ends with how many more there are. */
export function shortfallNotes(
  shortfalls: readonly Shortfall[],
  classNames: readonly string[],
  sourceNames: readonly string[]
): string[] {
  const named = shortfalls
    .slice(0, namedMost)
    .map((entry) => sentence(entry, entry.kind === 'class' ? classNames : sourceNames))
  const more = shortfalls.length - named.length
  return more > 0 ? [...named, `${count(more)} more limits could not be met.`] : named
}

function sentence(
  { part, what, wanted, got, hasEnough }: Shortfall,
  names: readonly string[]
): string {
  const name = `\u2018${names[part] ?? ''}\u2019`
  const asked =
    what === 'minimum'
      ? `at least ${count(wanted)} were asked for`
      : `its share would be ${count(wanted)}`
  const why = hasEnough
    ? 'the number to keep or the other rules left no room for more'
    : 'there are no more that can be chosen'
  return `Of ${name}, ${count(got)} were kept where ${asked}: ${why}.`
}
