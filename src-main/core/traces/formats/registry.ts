// The formats traces are read from, most particular first; a file's own values say which it is.
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { JsonValue } from '../../../api/dto/common.ts'
import { AppError } from '../../../api/errors.ts'
import type { TraceRecord } from '../model/trace.ts'
import { atifFormat } from './atif.ts'
import { chatFormat } from './chat.ts'
import { inspectFormat } from './inspect.ts'
import { jsonElements } from './json-elements.ts'
import { openHandsFormat } from './openhands.ts'
import { otelFormat } from './otel.ts'
import { sweAgentFormat } from './swe-agent.ts'
import { tauBenchFormat } from './tau-bench.ts'
import { objectOf, type TraceCollector, type TraceFormat } from './trace-format.ts'
import { whoAndWhenFormat } from './who-and-when.ts'
import { zipValues } from './zip-values.ts'

/** In the order they are tried. */
export const traceFormats: readonly TraceFormat[] = [
  tauBenchFormat,
  whoAndWhenFormat,
  inspectFormat,
  sweAgentFormat,
  openHandsFormat,
  atifFormat,
  otelFormat,
  chatFormat
]

/** Names of arguments that do not tell calls of a format apart. */
export function volatileArguments(format: string): readonly string[] {
  return traceFormats.find(({ id }) => id === format)?.volatile ?? []
}

/** One attempt of a file, or why it could not be read. */
export type ReadTrace =
  | { readonly where: string; readonly record: TraceRecord; readonly format: string }
  | { readonly where: string; readonly problem: string }

/**
 * Attempts of a file, one at a time. The first value that a format knows decides for the file. Throws
 * AppError "file-not-recognised" when no value is of a known format, "file-damaged" when it cannot be read.
 */
export async function* readTraces(path: string): AsyncGenerator<ReadTrace, void, void> {
  let format: TraceFormat | undefined
  let collector: TraceCollector | undefined
  let number = 0
  const skipped: ReadTrace[] = []
  // Messages right in the file's list: the whole file is one conversation.
  const loose: JsonValue[] = []
  for await (const { where, value, problem } of (await isZip(path))
    ? zipValues(path)
    : jsonElements(path)) {
    if (problem !== undefined) {
      skipped.push({ where, problem })
      continue
    }
    format ??= traceFormats.find((each) => each.recognises(value))
    if (format === undefined) {
      if (typeof objectOf(value)?.['role'] === 'string') loose.push(value)
      skipped.push({ where, problem: 'It is no trace in a form that Winnow knows.' })
      continue
    }
    yield* skipped.splice(0)
    if ('start' in format) {
      collector ??= format.start()
      const reason = collector.add(value)
      if (reason !== undefined) yield { where, problem: reason }
      continue
    }
    const records = format.read(value, { number: number++ })
    if (typeof records === 'string') yield { where, problem: records }
    else for (const record of records) yield { where, record, format: format.id }
  }
  if (collector !== undefined && format !== undefined)
    for (const record of collector.end()) yield { where: 'The file', record, format: format.id }
  const whole = loose.length > 0 ? chatFormat.read(loose, { number: 0 }) : ''
  if (format === undefined && typeof whole !== 'string')
    for (const record of whole) yield { where: 'The file', record, format: chatFormat.id }
  else if (format === undefined)
    throw new AppError(
      'file-not-recognised',
      `\u201C${basename(path)}\u201D holds no traces that Winnow knows.`,
      {
        hint: `It reads ${traceFormats.map(({ name }) => name).join(', ')}.`
      }
    )
  else yield* skipped
}

/** Told by the first bytes, whatever the name says. Throws AppError "file-not-readable". */
async function isZip(path: string): Promise<boolean> {
  try {
    const file = await open(path)
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0)
      return bytesRead === 4 && buffer.readUInt32LE(0) === 0x04034b50
    } finally {
      await file.close()
    }
  } catch (error) {
    throw new AppError('file-not-readable', undefined, { cause: error })
  }
}
