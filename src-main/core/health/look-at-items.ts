// The phase "Looking at every item": pictures are decoded and measured, texts are read, block by
// block on all threads; the store is read here, in slices.
import { rm } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import { writeFileAtomic } from '../files/atomic-write.ts'
import { describeSource } from '../datasets/item-source.ts'
import { writeNpy } from '../features/npy.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import type { HealthFiles } from './health-files.ts'
import { lookColumns, smallBytes } from './pictures/look.ts'
import { lookTask, type LookInput, type LookOutput } from './pictures/look-task.ts'
import type { HealthColumns } from './plan-task.ts'
import { openRecordWriter } from './record-file.ts'
import { runBlocks, type PhaseContext } from './run-blocks.ts'
import { textKeys, textNumbers } from './texts/read-text.ts'
import { openShingleWriter } from './texts/shingle-file.ts'
import { readTextsTask, type ReadTextsInput, type ReadTextsOutput } from './texts/text-task.ts'
import { seenCharacters } from './texts/words.ts'

const picturesEach = 256

/** Decodes and measures every picture of a dataset. */
export async function lookAtPictures(
  context: PhaseContext,
  store: Store,
  dataset: DatasetRecord,
  mediaFolder: string,
  files: HealthFiles,
  columns: HealthColumns
): Promise<void> {
  const { items } = dataset
  const source = describeSource(dataset, mediaFolder)
  const numbers = await openRecordWriter(files.looks, items, 4 * lookColumns)
  const small = await openRecordWriter(files.small, items, smallBytes)
  if (numbers.isFresh || small.isFresh) await rm(files.looksJournal, { force: true })
  const sizeOf = (block: number): number => Math.min(picturesEach, items - block * picturesEach)
  try {
    await runBlocks(context, {
      journal: files.looksJournal,
      work: JSON.stringify(['looks', items, picturesEach]),
      blocks: Math.ceil(items / picturesEach),
      sizeOf,
      async run(block, signal) {
        const first = block * picturesEach
        const end = first + sizeOf(block)
        const input: LookInput = {
          source,
          locators: store.items.range(dataset.id, first, end - first).map((item) => item.locator),
          widths: columns.widths.slice(first, end),
          heights: columns.heights.slice(first, end)
        }
        const seen = await context.pool.run<LookInput, { readonly done: number }, LookOutput>(
          lookTask,
          input,
          { signal }
        )
        await numbers.write(first, seen.numbers)
        await small.write(first, seen.small)
        await numbers.sync()
        await small.sync()
      }
    })
  } finally {
    await numbers.close()
    await small.close()
  }
}

/** Rows and characters of a block of texts, at most. */
const textsEach = 1000
const charactersEach = 2_000_000

/** First rows of blocks of texts, and the number of texts at the end. */
export function textBlocks(lengths: Uint32Array): Uint32Array {
  const starts: number[] = []
  let rows = textsEach
  let characters = 0
  for (let row = 0; row < lengths.length; row++) {
    const length = Math.min(lengths[row], seenCharacters)
    if (rows === textsEach || characters + length > charactersEach) {
      starts.push(row)
      rows = 0
      characters = 0
    }
    rows++
    characters += length
  }
  return Uint32Array.from([...starts, lengths.length])
}

/** Reads every text of a dataset. */
export async function readTexts(
  context: PhaseContext,
  store: Store,
  dataset: DatasetRecord,
  files: HealthFiles,
  columns: HealthColumns
): Promise<void> {
  const { items, id } = dataset
  const starts = textBlocks(columns.textLengths)
  const numbers = await openRecordWriter(files.textNumbers, items, 4 * textNumbers)
  const keys = await openRecordWriter(files.textKeys, items, 4 * textKeys)
  const shingles = await openShingleWriter(files.shingles, items)
  if (numbers.isFresh || keys.isFresh || shingles.isFresh)
    await rm(files.textsJournal, { force: true })
  try {
    await runBlocks(context, {
      journal: files.textsJournal,
      work: JSON.stringify(['texts', items, starts.length]),
      blocks: starts.length - 1,
      sizeOf: (block) => starts[block + 1] - starts[block],
      async run(block, signal) {
        const first = starts[block]
        const texts = store.items
          .texts(id, first, starts[block + 1] - first)
          .map(([, text]) => text ?? '')
        const seen = await context.pool.run<ReadTextsInput, never, ReadTextsOutput>(
          readTextsTask,
          { texts },
          { signal }
        )
        await numbers.write(first, seen.numbers)
        await keys.write(first, seen.keys)
        await shingles.add(first, seen.shingles, seen.lengths)
        const finds = seen.finds.map(([place, found]) => [first + place, found])
        if (finds.length > 0) await writeFileAtomic(files.finds(block), JSON.stringify(finds))
        await Promise.all([numbers.sync(), keys.sync(), shingles.sync()])
      }
    })
  } finally {
    await numbers.close()
    await keys.close()
    await shingles.close()
  }
}

const valuesEach = 4000

/** Writes a number per row for its value in the group column: 1, 2 ...; 0 = no value. */
export async function readGroups(
  context: PhaseContext,
  store: Store,
  dataset: DatasetRecord,
  column: string,
  files: HealthFiles
): Promise<void> {
  const ids = new Map<string, number>()
  const out = new Uint32Array(dataset.items)
  for (let first = 0; first < dataset.items; first += valuesEach) {
    await context.breathe()
    await setImmediate()
    const count = Math.min(valuesEach, dataset.items - first)
    const [values] = store.items.valueSlices(dataset.id, [column], first, count)
    values.forEach((value, i) => {
      if (value === undefined || value === null || value === '') return
      const text = typeof value === 'object' ? JSON.stringify(value) : String(value)
      const known = ids.get(text)
      if (known === undefined) ids.set(text, ids.size + 1)
      out[first + i] = known ?? ids.size
    })
  }
  await writeNpy(files.groupIds, out, out.length, 1)
}
