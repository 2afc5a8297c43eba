// Reads pictures and tables held in arrays. An item's identity is its pixels and their shape (as for
// IDX arrays), or its numbers.
import type { ColumnInfo, ImportOptions } from '../../../../api/dto/datasets.ts'
import { AppError } from '../../../../api/errors.ts'
import { sha256Bytes } from '../../../files/hashes.ts'
import type { NewItem } from '../../../store/records.ts'
import { pixelFingerprint } from '../idx-reader.ts'
import {
  batchItems,
  createDigestBlock,
  type DatasetReader,
  type ImportPlan,
  type ReadBatch,
  type ReadPosition,
  type ScanProgress
} from '../reader.ts'
import { splitOf } from '../split-names.ts'
import { loadLabels, type ArrayLabels } from './array-labels.ts'
import {
  arrayLocator,
  needsRange,
  plainRange,
  rangeFor,
  readPixels,
  shownChannels,
  widenRange,
  type ValueRange
} from './array-pictures.ts'
import type { ArrayPart, ArraySet } from './array-set.ts'
import { storeState, type ArrayStore } from './array-store.ts'
import { tableColumns, tableItem } from './array-table.ts'
import type { TensorRows } from './tensor-rows.ts'

// Bytes of one batch of large pictures.
const batchBytes = 16 << 20

interface Loaded {
  readonly labels: ArrayLabels
  readonly range: ValueRange
}

/** The reader of chosen arrays; it owns and closes `store`. */
export function createArrayReader(
  store: ArrayStore,
  set: ArraySet,
  options: ImportOptions
): DatasetReader {
  let loaded: Loaded | undefined
  return {
    async *plan() {
      const labels = await loadLabels(store, set)
      const { range, note } = yield* findRange(store, set)
      loaded = { labels, range }
      return planArrays(store, set, labels, options, note)
    },
    async *read(plan, position) {
      if (loaded === undefined) throw new AppError('internal')
      yield* readParts(store, set, plan, position, loaded)
    },
    close: () => store.close()
  }
}

/** Arrays a set is made of. */
export function arraysOf(set: ArraySet): string[] {
  const parts = set.parts.flatMap(({ data, labels }) =>
    labels === undefined ? [data] : [data, labels]
  )
  return set.classNames === undefined ? parts : [...parts, set.classNames]
}

/** Rows read at once. */
export function batchRows(rows: TensorRows): number {
  return Math.max(1, Math.min(batchItems, Math.floor(batchBytes / Math.max(1, rows.rowBytes))))
}

async function* findRange(
  store: ArrayStore,
  set: ArraySet
): AsyncGenerator<ScanProgress, ReturnType<typeof rangeFor>, void> {
  const seen = { low: Infinity, high: -Infinity }
  if (set.kind === 'table' || !needsRange(set.type)) return rangeFor(set.type, seen)
  const total = set.parts.reduce((sum, { count }) => sum + count, 0)
  let done = 0
  for (const { data } of set.parts) {
    const rows = await store.rows(data)
    const step = batchRows(rows)
    for (let start = 0; start < rows.rows; start += step) {
      const count = Math.min(step, rows.rows - start)
      widenRange(seen, await rows.readFloats(start, count))
      done += count
      yield { done, total }
    }
  }
  return rangeFor(set.type, seen)
}

async function planArrays(
  store: ArrayStore,
  set: ArraySet,
  labels: ArrayLabels,
  options: ImportOptions,
  note: string | undefined
): Promise<ImportPlan> {
  const total = set.parts.reduce((sum, { count }) => sum + count, 0)
  if (total === 0) throw new AppError('nothing-to-import', 'The arrays hold no rows.')
  const { stamp, sizeBytes } = await storeState(store, arraysOf(set))
  const columns: readonly ColumnInfo[] =
    set.kind === 'table' ? tableColumns(set, labels, options) : []
  return {
    format: store.format,
    kind: set.kind,
    columns,
    labelColumn: columns.find(({ role }) => role === 'label')?.name ?? null,
    shape: null,
    classNames: labels.classNames,
    total,
    unit: set.kind === 'images' ? 'pictures' : 'rows',
    sizeBytes,
    stamp,
    notes: note === undefined ? set.notes : [...set.notes, note],
    detail: null
  }
}

async function* readParts(
  store: ArrayStore,
  set: ArraySet,
  plan: ImportPlan,
  from: ReadPosition,
  loaded: Loaded
): AsyncGenerator<ReadBatch, void, void> {
  const hasTest = set.parts.some(({ part }) => part === 'test')
  let before = 0
  let { rows: made, skipped } = from
  for (const [p, part] of set.parts.entries()) {
    const rows = await store.rows(part.data)
    const step = batchRows(rows)
    for (let start = Math.max(0, from.units - before); start < part.count; start += step) {
      const count = Math.min(step, part.count - start)
      const facts = {
        part,
        hasTest,
        row: made,
        labelOf: (i: number) => loaded.labels.indexOf(p, i)
      }
      const batch =
        set.layout === undefined
          ? tableBatch(await rows.readDoubles(start, count), start, count, plan, facts)
          : await pictureBatch(rows, set, loaded.range, start, count, facts)
      made += batch.items.length
      skipped += batch.problems.length
      const units = before + start + count
      yield { ...batch, position: { units, rows: made, skipped } }
    }
    before += part.count
  }
}

interface BatchFacts {
  readonly part: ArrayPart
  readonly hasTest: boolean
  /** Row of the first item. */
  readonly row: number
  labelOf(index: number): number
}

async function pictureBatch(
  rows: TensorRows,
  set: ArraySet,
  range: ValueRange,
  start: number,
  count: number,
  facts: BatchFacts
): Promise<Omit<ReadBatch, 'position'>> {
  const { layout } = set
  if (layout === undefined) throw new AppError('internal')
  const { part } = facts
  const shape = { height: layout.height, width: layout.width, channels: shownChannels(layout) }
  const each = shape.height * shape.width * shape.channels
  const pixels = await readPixels(rows, layout, range, start, count)
  const keepDigest = createDigestBlock(count)
  const items = Array.from({ length: count }, (_, i): NewItem => {
    const index = start + i
    const raw = pixels.subarray(i * each, (i + 1) * each)
    return {
      row: facts.row + i,
      name: part.part === undefined ? `Picture ${index + 1}` : `${part.part} ${index + 1}`,
      label: facts.labelOf(index),
      split: splitOf(part.part, facts.hasTest),
      fingerprint: keepDigest(pixelFingerprint(raw, shape)),
      text: undefined,
      width: shape.width,
      height: shape.height,
      locator: arrayLocator(part.data, index, set.type === 'uint8' ? plainRange : range),
      sizeBytes: rows.rowBytes,
      values: part.part === 'validation' ? { part: 'validation' } : {}
    }
  })
  return { items, problems: [] }
}

function tableBatch(
  values: Float64Array,
  start: number,
  count: number,
  plan: ImportPlan,
  facts: BatchFacts
): Omit<ReadBatch, 'position'> {
  const { part } = facts
  const keepDigest = createDigestBlock(count)
  const items: NewItem[] = []
  const problems: { where: string; reason: string }[] = []
  const columns = values.length / Math.max(1, count)
  for (let i = 0; i < count; i++) {
    const where = part.part === undefined ? `Row ${start + i + 1}` : `${part.part} ${start + i + 1}`
    const made = tableItem(values.subarray(i * columns, (i + 1) * columns), plan)
    if (made === undefined) problems.push({ where, reason: 'The row has no numbers.' })
    else
      items.push({
        row: facts.row + items.length,
        name: where,
        label: facts.labelOf(start + i),
        split: splitOf(part.part, facts.hasTest),
        fingerprint: keepDigest(sha256Bytes(made.record)),
        text: undefined,
        width: undefined,
        height: undefined,
        locator: `${part.data}#${start + i}`,
        sizeBytes: columns * 8,
        values: made.values
      })
  }
  return { items, problems }
}
