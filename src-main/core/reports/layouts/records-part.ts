// The original records of the chosen items as they came: one list (LLaVA, ShareGPT, Alpaca) or one
// record a line (OpenAI messages), in the order of the source. Text is taken from the source file
// while it still is the same record, otherwise from what was stored of it.
import type { ChatShape } from '../../../api/dto/datasets.ts'
import type { DatasetRecord, StoredItem } from '../../store/records.ts'
import type { ComputePool } from '../../jobs/compute-task.ts'
import type { OpenPart } from '../export-part.ts'
import { HashedFile } from '../hashed-file.ts'
import { layOutJson } from './json-text.ts'
import {
  originalRecordsTask,
  storedRecord,
  type OriginalRecords,
  type OriginalRecordsInput
} from './original-records-task.ts'

export interface RecordsInput {
  readonly record: DatasetRecord
  /** Absolute path of the source; undefined when it is no single file that can be read. */
  readonly source: string | undefined
  readonly pool: ComputePool
  readonly signal: AbortSignal
  /** One entry a line, two spaces deep, instead of one record a line. */
  readonly isIndented: boolean
  stored(row: number): StoredItem
  /** Called when some records had to be written from what was stored. */
  onStored(records: number): void
  /** May wait (pause) or throw (cancel). */
  breathe(): Promise<void>
}

/** File name of the original records of a shape. */
export function recordsFile(shape: ChatShape): string {
  return shape === 'openai' ? 'training/messages.jsonl' : `training/${shape}.json`
}

/** Opens the part of a dataset of conversations. */
export function recordsPart(input: RecordsInput, shape: ChatShape): OpenPart {
  return async (folder) => {
    const file = await HashedFile.create(folder, recordsFile(shape))
    const rows: number[] = []
    return {
      item: async ({ item }) => void rows.push(item.row),
      async finish() {
        const isLines = shape === 'openai'
        const writer = recordWriter(file, isLines, input.isIndented && !isLines)
        await writeRecords(input, rows, writer.write)
        await writer.end()
        return [await file.finish()]
      },
      abandon: () => file.abandon()
    }
  }
}

function recordWriter(
  file: HashedFile,
  isLines: boolean,
  isIndented: boolean
): { write(text: string): Promise<void>; end(): Promise<void> } {
  let count = 0
  return {
    async write(text) {
      if (isLines) return file.write(`${layOutJson(text, 0)}\n`)
      const laid = isIndented ? layOutJson(text, 2).replaceAll('\n', '\n  ') : layOutJson(text, 0)
      await file.write(`${count++ === 0 ? '[\n' : ',\n'}${isIndented ? '  ' : ''}${laid}`)
    },
    async end() {
      if (!isLines) await file.write(count === 0 ? '[]\n' : '\n]\n')
    }
  }
}

async function writeRecords(
  input: RecordsInput,
  rows: readonly number[],
  write: (text: string) => Promise<void>
): Promise<void> {
  // Rows are in the order of the source, so are the numbers of their records.
  const sorted = Uint32Array.from(rows).sort()
  const wanted = await numbersOf(input, sorted)
  let next = 0
  let fromStore = 0
  const writeStored = async (): Promise<void> => {
    fromStore++
    await write(storedRecord(input.stored(sorted[next++]).values))
  }
  if (wanted !== undefined)
    await eachOriginal(input, wanted.numbers, async (number, text, head) => {
      while (next < sorted.length && wanted.numbers[next] < number) await writeStored()
      if (wanted.heads[next] !== head) return writeStored()
      next++
      await write(text)
    })
  while (next < sorted.length) {
    if (next % 200 === 0) await input.breathe()
    await writeStored()
  }
  if (fromStore > 0) input.onStored(fromStore)
}

interface Wanted {
  readonly numbers: Uint32Array
  readonly heads: readonly string[]
}

/** Where the records are; undefined when they cannot be found in the source again. */
async function numbersOf(input: RecordsInput, rows: Uint32Array): Promise<Wanted | undefined> {
  const { record, source } = input
  const isPlain = record.format === 'json' || record.format === 'jsonl'
  if (source === undefined || !isPlain || record.addedSources.length > 0) return undefined
  const numbers = new Uint32Array(rows.length)
  const heads: string[] = []
  for (let i = 0; i < rows.length; i++) {
    if (i % 200 === 0) await input.breathe()
    const { locator, key } = input.stored(rows[i])
    if (!/^[1-9]\d{0,8}$/.test(locator)) return undefined
    numbers[i] = Number(locator)
    if (i > 0 && numbers[i] <= numbers[i - 1]) return undefined
    heads.push(key.slice(0, 16))
  }
  return { numbers, heads }
}

async function eachOriginal(
  { record, source = '', pool, signal, breathe }: RecordsInput,
  numbers: Uint32Array,
  take: (number: number, text: string, head: string) => Promise<void>
): Promise<void> {
  const { kind, shape, columns } = record
  const dataset = {
    kind,
    shape: shape ?? null,
    columns: columns.map(({ name, type, role }) => ({ name, type, role }))
  }
  const format = record.format === 'jsonl' ? 'jsonl' : 'json'
  await pool.run<OriginalRecordsInput, OriginalRecords, null>(
    originalRecordsTask,
    { path: source, format, dataset, numbers },
    {
      signal,
      async onEvent(batch) {
        await breathe()
        for (let i = 0; i < batch.numbers.length; i++)
          await take(batch.numbers[i], batch.texts[i], batch.heads[i])
      }
    }
  )
}
