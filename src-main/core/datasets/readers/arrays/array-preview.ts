// The preview of pictures and tables held in arrays: all labels, a few items, and every array found
// so that another one can be chosen.
import sharp from 'sharp'
import type { ImportOptions, ImportPreview, PreviewItem } from '../../../../api/dto/datasets.ts'
import { countNames, plainPreview, previewItems, spread } from '../../preview-parts.ts'
import { suggestName } from '../../preview-words.ts'
import { loadLabels, type ArrayLabels } from './array-labels.ts'
import {
  needsRange,
  rangeFor,
  readPixels,
  shownChannels,
  widenRange,
  type ValueRange
} from './array-pictures.ts'
import { arraysOf, batchRows } from './array-reader.ts'
import { shapeWords, type ArraySet } from './array-set.ts'
import { storeState, type ArrayStore } from './array-store.ts'
import { columnName, tableColumns } from './array-table.ts'
import type { TensorRows } from './tensor-rows.ts'

// Values looked through for the range of pictures; an import looks at all.
const rangeBytes = 32 << 20

/** The preview of chosen arrays; it closes `store`. */
export async function previewArrays(
  path: string,
  store: ArrayStore,
  set: ArraySet,
  options: ImportOptions
): Promise<ImportPreview> {
  try {
    const labels = await loadLabels(store, set)
    const { range, note } = rangeFor(set.type, await sampleRange(store, set))
    const { sizeBytes } = await storeState(store, arraysOf(set))
    const names: (string | undefined)[] = []
    for (const [p, { count }] of set.parts.entries())
      for (let i = 0; i < count; i++) names.push(labels.classNames[labels.indexOf(p, i)])
    const [first] = set.parts
    return {
      ...plainPreview,
      format: store.format,
      kind: set.kind,
      sentence: describe(store, set, labels),
      suggestedName: suggestName(path),
      arrays: store.arrays.map(({ name, shape, dtype }) => ({ name, shape: [...shape], dtype })),
      notes: note === undefined ? [...set.notes] : [...set.notes, note],
      copyBytes: sizeBytes,
      columns: set.kind === 'table' ? tableColumns(set, labels, options) : [],
      items: await sampleItems(store, set, labels, range),
      itemsEstimate: set.parts.reduce((sum, { count }) => sum + count, 0),
      isComplete: true,
      classes: countNames(names),
      splits: set.parts.flatMap(({ part, count }) =>
        part === undefined ? [] : [{ name: part, count }]
      ),
      sizeBytes,
      problems: [],
      options: {
        ...options,
        array: options.array ?? first.data,
        labelArray: options.labelArray ?? first.labels ?? ''
      }
    }
  } finally {
    await store.close()
  }
}

async function sampleRange(
  store: ArrayStore,
  set: ArraySet
): Promise<{ low: number; high: number }> {
  const seen = { low: Infinity, high: -Infinity }
  if (set.kind === 'table' || !needsRange(set.type)) return seen
  for (const { data, count } of set.parts) {
    const rows = await store.rows(data)
    const each = Math.max(1, Math.min(batchRows(rows), count))
    const blocks = Math.max(1, Math.floor(rangeBytes / (each * Math.max(1, rows.rowBytes))))
    const starts = Array.from({ length: Math.ceil(count / each) }, (_, i) => i * each)
    for (const start of spread(starts, blocks))
      widenRange(seen, await rows.readFloats(start, Math.min(each, count - start)))
  }
  return seen
}

async function sampleItems(
  store: ArrayStore,
  set: ArraySet,
  labels: ArrayLabels,
  range: ValueRange
): Promise<PreviewItem[]> {
  const items: PreviewItem[] = []
  const share = Math.max(1, Math.floor(previewItems / set.parts.length))
  for (const [p, { data, part, count }] of set.parts.entries()) {
    const rows = await store.rows(data)
    const step = Math.max(1, Math.floor(count / share))
    for (let index = 0, n = 0; index < count && n < share; index += step, n++)
      items.push({
        name: `${part ?? (set.kind === 'images' ? 'Picture' : 'Row')} ${index + 1}`,
        label: labels.classNames[labels.indexOf(p, index)] ?? null,
        split: part ?? null,
        text: null,
        thumbnail: await thumbnail(rows, set, range, index),
        values: set.kind === 'table' ? await numbers(rows, index) : {}
      })
  }
  return items
}

async function thumbnail(
  rows: TensorRows,
  { layout }: ArraySet,
  range: ValueRange,
  index: number
): Promise<Uint8Array<ArrayBuffer> | null> {
  if (layout === undefined) return null
  const { height, width } = layout
  const raw = await readPixels(rows, layout, range, index, 1)
  const channels = shownChannels(layout)
  const made = await sharp(raw, { raw: { height, width, channels } })
    .resize(96, 96, { fit: 'inside', withoutEnlargement: true })
    .png()
    .toBuffer()
  return new Uint8Array(made)
}

async function numbers(rows: TensorRows, index: number): Promise<Record<string, string>> {
  const values = await rows.readDoubles(index, 1)
  return Object.fromEntries(
    Array.from(values, (value, i) => [columnName(i), Number.isFinite(value) ? String(value) : ''])
  )
}

const formatNames = {
  npy: 'NumPy array',
  npz: 'NumPy file',
  safetensors: 'safetensors file'
} as const

function describe(store: ArrayStore, set: ArraySet, { classNames }: ArrayLabels): string {
  const { layout, parts, columns } = set
  const what =
    layout === undefined
      ? `a table of ${columns} columns of numbers`
      : `${layout.channels === 1 ? 'grey' : 'colour'} pictures of ${shapeWords([layout.width, layout.height])}`
  const named =
    classNames.length === 0
      ? 'without labels'
      : `with labels of ${classNames.length} ${classNames.length === 1 ? 'class' : 'classes'}`
  const split =
    parts.length > 1 ? `, already split into ${parts.map(({ part }) => part).join(' and ')}` : ''
  return `Looks like a ${formatNames[store.format]} with ${what}, ${named}${split}.`
}
