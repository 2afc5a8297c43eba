// The columns every exported list begins with, so that a list that comes back is known as ours.
import type { ColumnRole } from '../../api/dto/datasets.ts'

/** Columns of items.csv and items.jsonl, in order; the data's own columns follow. */
export const listColumns = [
  'id',
  'path',
  'label',
  'split',
  'rank',
  'score',
  'votes',
  'reason_code',
  'reason',
  'original'
] as const

/** Behind the name of a data's own column that is called like one of ours. */
export const ownMark = ' (source)'

/**
 * What a column of a list of ours is for, so that its items come back as the same items: why an
 * item was chosen is not part of it. undefined for columns of the data itself.
 */
export function listedRole(
  name: string,
  names: readonly string[],
  isChat: boolean
): ColumnRole | undefined {
  if (!listColumns.every((ours) => names.includes(ours))) return undefined
  const ownId = `id${ownMark}`
  if (name === ownId) return 'id'
  if (name === 'original') return names.includes(ownId) ? 'ignore' : 'id'
  if (name === 'label' || name === 'split') return name
  // The transcript is made of the conversation again.
  if (name === 'text' && isChat) return 'ignore'
  return (listColumns as readonly string[]).includes(name) ? 'ignore' : undefined
}
