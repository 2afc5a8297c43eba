// Finds chosen records in the file they were read from, in a compute thread, and sends their text
// as it stands there, with what tells whether it is still the same record.
import type { JsonValue } from '../../../api/dto/common.ts'
import { createRecordHead, type ListedDataset } from '../../datasets/record-head.ts'
import { isGzipHead, readHead } from '../../datasets/readers/idx-file.ts'
import { cellsOf, parseLine } from '../../datasets/readers/jsonl-rows.ts'
import type { RawRow } from '../../datasets/readers/raw-row.ts'
import { JsonScanner } from '../../datasets/readers/records/json-scanner.ts'
import { findJsonShape } from '../../datasets/readers/records/json-shape.ts'
import { decodePieces, findEncoding } from '../../datasets/readers/text-decode.ts'
import { headBytes } from '../../datasets/source-family.ts'
import { openBytes } from '../../files/byte-limits.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'

export interface OriginalRecordsInput {
  /** Absolute. */
  readonly path: string
  readonly format: 'json' | 'jsonl'
  readonly dataset: ListedDataset
  /** Element or line numbers (1-based), ascending. */
  readonly numbers: Uint32Array
}

/** Records in the order of the file; the lists have the same length. */
export interface OriginalRecords {
  readonly numbers: readonly number[]
  readonly texts: readonly string[]
  /** First 16 hex digits of each record's fingerprint; "" when it is no item any more. */
  readonly heads: readonly string[]
}

interface Found {
  readonly number: number
  readonly text: string
}

const batchRecords = 200

/** Sends the wanted records. Files that are not a plain list of records give none. */
export const originalRecordsTask: ComputeTask<OriginalRecordsInput, OriginalRecords, null> = {
  name: 'reports.original-records',
  async *run({ path, format, dataset, numbers }, { signal }) {
    const isGzip = isGzipHead(await readHead(path, headBytes))
    const names = new Map(dataset.columns.map(({ name }, i) => [name, i]))
    const headOf = createRecordHead(
      dataset,
      dataset.columns.map(() => '.')
    )
    const toHead = ({ number, text }: Found): string => {
      const record = parseLine(text)
      const cells = typeof record === 'string' ? record : cellsOf(record, names, false)
      const row: RawRow = {
        number,
        cells: typeof cells === 'string' ? [] : cells,
        problem: undefined
      }
      return typeof cells === 'string' ? '' : (headOf(row) ?? '')
    }
    const pieces = format === 'json' ? listElements(path, isGzip) : fileLines(path, isGzip)
    let next = 0
    for await (const found of pieces) {
      signal.throwIfAborted()
      const wanted: Found[] = []
      for (const one of found) {
        while (next < numbers.length && numbers[next] < one.number) next++
        if (next < numbers.length && numbers[next] === one.number) wanted.push(one)
      }
      for (let at = 0; at < wanted.length; at += batchRecords) {
        const some = wanted.slice(at, at + batchRecords)
        yield {
          numbers: some.map(({ number }) => number),
          texts: some.map(({ text }) => text),
          heads: some.map(toHead)
        }
      }
      if (next >= numbers.length) break
    }
    return null
  }
}

async function* listElements(path: string, isGzip: boolean): AsyncGenerator<Found[], void, void> {
  const scanner = new JsonScanner(() => 'skip')
  let isKnown = false
  for await (const bytes of utf8Bytes(path, isGzip)) {
    if (!isKnown && findJsonShape(bytes)?.kind !== 'list') return
    isKnown = true
    scanner.push(bytes)
    yield scanner
      .take()
      .flatMap(({ number, text }) => (text === undefined ? [] : [{ number, text }]))
  }
  scanner.end()
  yield scanner.take().flatMap(({ number, text }) => (text === undefined ? [] : [{ number, text }]))
}

async function* utf8Bytes(path: string, isGzip: boolean): AsyncGenerator<Buffer, void, void> {
  const { encoding } = await findEncoding(path, isGzip)
  if (encoding !== 'utf-8') {
    for await (const { text } of decodePieces(path, isGzip, encoding)) yield Buffer.from(text)
    return
  }
  const { stream } = await openBytes(path, isGzip)
  try {
    // Without an encoding the stream yields Buffers.
    for await (const chunk of stream) yield chunk as Buffer
  } finally {
    stream.destroy()
  }
}

async function* fileLines(path: string, isGzip: boolean): AsyncGenerator<Found[], void, void> {
  const { encoding } = await findEncoding(path, isGzip)
  let rest = ''
  let number = 0
  for await (const piece of decodePieces(path, isGzip, encoding)) {
    const lines = (rest + piece.text).split('\n')
    rest = piece.isLast ? '' : (lines.pop() ?? '')
    const first = number + 1
    number += lines.length
    yield lines.flatMap((line, i) => {
      const text = line.trim()
      return text === '' ? [] : [{ number: first + i, text }]
    })
  }
}

/** The same record as JSON text, from what was stored when it was added. */
export function storedRecord(values: Readonly<Record<string, JsonValue>>): string {
  return JSON.stringify(values)
}
