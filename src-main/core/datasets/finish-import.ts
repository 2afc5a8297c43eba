// The end of an import: splits, the hash that names this version of the data, the full-text index.
// A million rows take a while, so all of it is done in slices.
import { createHash } from 'node:crypto'
import type { SplitChoice } from '../../api/dto/datasets.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import { emptyColumns } from '../store/item-columns.ts'
import type { ItemColumns, Store } from '../store/records.ts'
import { createBreaks, inSlices, type Breaks } from './browse/breaks.ts'
import { countColumns } from './browse/count-columns.ts'
import { holdOut } from './split.ts'

const rowsAtOnce = 2_000
// Rows indexed in one transaction, by how long the ones before took.
const indexedAtLeast = 100
const indexedAtMost = 4_000
const indexedMs = 25

async function readColumns(store: Store, dataset: string, breaks: Breaks): Promise<ItemColumns> {
  const items = store.items.count(dataset)
  const columns = emptyColumns(items)
  await inSlices(items, rowsAtOnce, breaks, (first, count) =>
    store.items.fillColumns(dataset, columns, first, count)
  )
  return columns
}

/** Splits of the rows from `base` on. A row with the content of one before `base` goes with it. */
function splitsBehind(
  columns: ItemColumns,
  classNames: readonly string[],
  base: number,
  split: Extract<SplitChoice, { kind: 'holdout' }>
): Uint8Array {
  const firstSame = columns.firstSame
    .subarray(base)
    .map((first, i) => (first < base ? i : first - base))
  const splits = holdOut({ labels: columns.labels.subarray(base), firstSame }, classNames, split)
  columns.firstSame.subarray(base).forEach((first, i) => {
    if (first < base) splits[i] = columns.splits[first]
  })
  return splits
}

/**
 * Writes the splits that were asked for to the rows from `base` on and hashes the dataset. Saves
 * its counts too.
 */
export async function finishRows(
  store: Store,
  context: JobContext,
  dataset: string,
  base: number,
  split: SplitChoice
): Promise<string> {
  const breaks = createBreaks()
  const columns = await readColumns(store, dataset, breaks)
  const items = columns.labels.length
  if (split.kind !== 'existing') {
    const names = store.datasets.get(dataset)?.classNames ?? []
    const splits =
      split.kind === 'holdout'
        ? splitsBehind(columns, names, base, split)
        : new Uint8Array(items - base)
    await inSlices(splits.length, rowsAtOnce, breaks, (first, count) =>
      store.items.setSplits(dataset, splits.subarray(first, first + count), base + first)
    )
    columns.splits.set(splits, base)
  }
  await context.breathe()
  const digest = createHash('sha256')
  await inSlices(items, rowsAtOnce, breaks, (first, count) =>
    store.items.hashRows(dataset, digest, first, count)
  )
  store.datasets.saveCounts(dataset, countColumns(columns))
  return digest.digest('hex')
}

/** Puts every item into the full-text index, going on where an earlier try stopped. */
export async function makeSearchable(
  store: Store,
  context: JobContext,
  dataset: string,
  items: number
): Promise<void> {
  const breaks = createBreaks()
  let rows = indexedAtLeast
  for (let first = store.items.indexed(dataset); first < items;) {
    const count = Math.min(rows, items - first)
    const start = performance.now()
    store.items.index(dataset, first, count)
    const factor = indexedMs / Math.max(1, performance.now() - start)
    rows = Math.round(Math.min(indexedAtMost, Math.max(indexedAtLeast, rows * Math.min(2, factor))))
    first += count
    context.progress(first)
    await context.breathe()
    if (breaks.isDue()) await breaks.take()
  }
}
