// Orders of a dataset's rows. Each is worked out once for all rows; a filtered list is then read
// off in one pass.
import type { ItemFilter, ItemSort } from '../../../api/dto/browse.ts'
import { createRandom } from '../../compute/random.ts'
import type { Breaks } from './breaks.ts'
import type { TestSource } from './filter-tests.ts'
import { naturalKey } from './natural-order.ts'
import { identity, orderByRanks, ranksOfNumbers, type Ranks } from './radix-order.ts'

/** Ranks of rows by label, in natural order of the labels; no label is missing. */
function labelRanks({ loaded, record }: TestSource): Ranks {
  const { labels } = loaded.columns
  const names = record.classNames.map((name, index) => ({ key: naturalKey(name), index }))
  names.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.index - b.index))
  const table = new Uint32Array(names.length)
  names.forEach(({ index }, rank) => (table[index] = rank))
  const missing = names.length
  const ranks = new Uint32Array(labels.length)
  for (let row = 0; row < ranks.length; row++)
    ranks[row] = labels[row] < 0 ? missing : table[labels[row]]
  return { ranks, missing }
}

/** Rows of a finding first, strongest first, the others after them. */
function findingRanks({ store, record, loaded }: TestSource, id: string | null): Ranks {
  const rows = id === null ? [] : (store.health.finding(record.id, id)?.rows ?? [])
  const missing = rows.length
  const ranks = new Uint32Array(loaded.items).fill(missing)
  rows.forEach((row, place) => {
    if (row < ranks.length) ranks[row] = Math.min(ranks[row], place)
  })
  return { ranks, missing }
}

/** Most alike first; a row that was not compared is missing. */
function alikeRanks(similarity: Float32Array, breaks: Breaks): Promise<Ranks> {
  const distances = new Float64Array(similarity.length)
  for (let row = 0; row < distances.length; row++) distances[row] = -similarity[row]
  return ranksOfNumbers(distances, breaks)
}

async function ranksFor(
  source: TestSource,
  by: ItemSort['by'],
  finding: ItemFilter['finding'],
  similarity: Float32Array | undefined,
  breaks: Breaks
): Promise<Ranks | undefined> {
  switch (by.kind) {
    case 'name':
      return source.loaded.ranks('name')
    case 'label':
      return labelRanks(source)
    case 'column':
      return source.loaded.ranks(`column ${by.column}`)
    case 'alike':
      return similarity && alikeRanks(similarity, breaks)
    case 'finding':
      return findingRanks(source, finding)
    default:
      return undefined
  }
}

/**
 * All rows in an order. `similarity` is there for "alike"; what else an order needs was loaded
 * before. Labels are read in one go, at once.
 */
export async function orderOf(
  source: TestSource,
  sort: ItemSort,
  finding: ItemFilter['finding'],
  similarity: Float32Array | undefined,
  breaks: Breaks
): Promise<Uint32Array> {
  const { by, descending } = sort
  const ranks = await ranksFor(source, by, finding, similarity, breaks)
  if (ranks !== undefined) return orderByRanks(ranks, descending, breaks)
  const own = identity(source.loaded.items)
  const order = by.kind === 'shuffled' ? createRandom(by.seed).fork('order').shuffle(own) : own
  return descending ? order.reverse() : order
}

/** Rows of `mask` in the given order. */
export function pick(order: Uint32Array, mask: Uint8Array): Uint32Array {
  let count = 0
  for (let row = 0; row < mask.length; row++) count += mask[row]
  const rows = new Uint32Array(count)
  let at = 0
  for (let i = 0; i < order.length; i++) if (mask[order[i]] === 1) rows[at++] = order[i]
  return rows
}
