// Tags that are offered: those in use in a set, then common kinds of failures.
import type { Store } from '../../store/records.ts'

/** Kinds of failures that nearly every agent shows. */
export const failureTags: readonly string[] = [
  'Wrong tool or target',
  'Wrong value',
  'Missing step',
  'Extra step',
  'Ignored an instruction',
  'Misread a result',
  'Made something up',
  'Loop or no progress',
  'Gave up early',
  'Environment or checker is wrong',
  'User is wrong'
]

/** Tags in use, most frequent first, then the common ones that are not in use yet. */
export function offeredTags({ reviews }: Pick<Store, 'reviews'>, set: string): string[] {
  const used = reviews.tags(set).map(({ tag }) => tag)
  const known = new Set(used.map((tag) => tag.toLowerCase()))
  return [...used, ...failureTags.filter((tag) => !known.has(tag.toLowerCase()))]
}
