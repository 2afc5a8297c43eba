// Reads IDX picture and label arrays. An item's identity is its raw pixels and their shape.
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../api/errors.ts'
import { sha256Bytes } from '../../files/hashes.ts'
import type { NewItem } from '../../store/records.ts'
import { openIdx, readWholeNumbers } from './idx-file.ts'
import type { IdxPair, IdxSet } from './idx-pairs.ts'
import {
  batchItems,
  compareNaturally,
  createDigestBlock,
  type DatasetReader,
  type ImportPlan,
  type ReadBatch,
  type ReadPosition
} from './reader.ts'
import { splitOf } from './split-names.ts'

interface LoadedLabels {
  /** Label values per pair; undefined when the pair has none. */
  readonly values: readonly (Int32Array | undefined)[]
}

/** Where the bytes of an entry are: "file name#index". */
export function idxLocator(file: string, index: number): string {
  return `${file}#${index}`
}

/** Takes a locator apart. Throws AppError "invalid-input" when it is none. */
export function parseIdxLocator(locator: string): {
  readonly file: string
  readonly index: number
} {
  const match = /^(.+)#(\d{1,10})$/s.exec(locator)
  if (match === null)
    throw new AppError('invalid-input', 'This item does not say where its picture is.')
  return { file: match[1], index: Number(match[2]) }
}

/** Identity of a picture given as raw pixels (row-major, channels last). */
export function pixelFingerprint(
  pixels: Uint8Array,
  pair: Pick<IdxPair, 'height' | 'width' | 'channels'>
): Uint8Array {
  const head = Buffer.from(`idx ${pair.height}x${pair.width}x${pair.channels}\n`)
  return sha256Bytes(Buffer.concat([head, pixels]))
}

/** The reader of a found set of arrays. */
export function createIdxReader(set: IdxSet): DatasetReader {
  let loaded: LoadedLabels | undefined
  async function labels(): Promise<LoadedLabels> {
    loaded ??= { values: await Promise.all(set.pairs.map((pair) => loadLabels(set, pair))) }
    return loaded
  }
  return {
    // eslint-disable-next-line require-yield
    async *plan() {
      return planArrays(set, await labels())
    },
    async *read(plan, position) {
      yield* readArrays(set, await labels(), plan, position)
    },
    close: async () => {}
  }
}

async function loadLabels(set: IdxSet, pair: IdxPair): Promise<Int32Array | undefined> {
  if (pair.labels === undefined) return undefined
  const array = await openIdx(join(set.folder, pair.labels))
  try {
    return await readWholeNumbers(array, pair.labels)
  } finally {
    await array.close()
  }
}

function labelName(set: IdxSet, value: number): string {
  return set.classNames?.[value] ?? String(value)
}

async function planArrays(set: IdxSet, labels: LoadedLabels): Promise<ImportPlan> {
  const names = new Set<string>()
  const values = new Set<number>()
  for (const list of labels.values) list?.forEach((value) => values.add(value))
  for (const value of values) names.add(labelName(set, value))
  let sizeBytes = 0
  const stamps: string[] = []
  for (const pair of set.pairs) {
    for (const name of [pair.images, pair.labels]) {
      if (name === undefined) continue
      const facts = await stat(join(set.folder, name))
      sizeBytes += facts.size
      stamps.push(`${name}:${facts.size}:${facts.mtimeMs}`)
    }
  }
  const total = set.pairs.reduce((sum, pair) => sum + pair.count, 0)
  if (total === 0) throw new AppError('nothing-to-import', 'The arrays hold no pictures.')
  return {
    format: 'idx',
    kind: 'images',
    columns: [],
    labelColumn: null,
    shape: null,
    classNames: [...names].sort(compareNaturally),
    total,
    unit: 'pictures',
    sizeBytes,
    stamp: stamps.join('|'),
    notes: set.notes,
    detail: null
  }
}

async function* readArrays(
  set: IdxSet,
  labels: LoadedLabels,
  plan: ImportPlan,
  from: ReadPosition
): AsyncGenerator<ReadBatch, void, void> {
  const indexOf = new Map(plan.classNames.map((name, index) => [name, index]))
  const hasTest = set.pairs.some((pair) => pair.part === 'test')
  let before = 0
  for (const [p, pair] of set.pairs.entries()) {
    // Pairs read before the position are passed over without opening them.
    const start = Math.max(0, from.units - before)
    if (start < pair.count) {
      const values = labels.values[p]
      const toLabel = (index: number): number =>
        values === undefined ? -1 : (indexOf.get(labelName(set, values[index])) ?? -1)
      yield* readPair(set.folder, pair, before, start, toLabel, splitOf(pair.part, hasTest))
    }
    before += pair.count
  }
}

async function* readPair(
  folder: string,
  pair: IdxPair,
  before: number,
  from: number,
  toLabel: (index: number) => number,
  split: NewItem['split']
): AsyncGenerator<ReadBatch, void, void> {
  const array = await openIdx(join(folder, pair.images))
  try {
    for (let start = from; start < pair.count; start += batchItems) {
      const count = Math.min(batchItems, pair.count - start)
      const pixels = await array.read(start, count)
      const keepDigest = createDigestBlock(count)
      const items = Array.from({ length: count }, (_, i): NewItem => {
        const index = start + i
        const raw = pixels.subarray(i * array.entryBytes, (i + 1) * array.entryBytes)
        return {
          row: before + index,
          name: pair.part === undefined ? `Picture ${index + 1}` : `${pair.part} ${index + 1}`,
          label: toLabel(index),
          split,
          fingerprint: keepDigest(pixelFingerprint(raw, pair)),
          text: undefined,
          width: pair.width,
          height: pair.height,
          locator: idxLocator(pair.images, index),
          sizeBytes: array.entryBytes,
          values: pair.part === 'validation' ? { part: 'validation' } : {}
        }
      })
      const done = before + start + count
      yield { items, problems: [], position: { units: done, rows: done, skipped: 0 } }
    }
  } finally {
    await array.close()
  }
}
