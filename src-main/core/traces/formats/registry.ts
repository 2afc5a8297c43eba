// The formats traces are read from, most particular first; a file's own values say which it is.
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import type { JsonValue } from '../../../api/dto/common.ts'
import { AppError } from '../../../api/errors.ts'
import { openZip } from '../../files/zip-reader.ts'
import { deriveTrace, plainRules } from '../model/derive-steps.ts'
import type { TraceRecord } from '../model/trace.ts'
import { atifFormat } from './atif.ts'
import { browserGymFormat } from './browser-gym.ts'
import { chatTreeFormat } from './chat-tree.ts'
import { chatFormat } from './chat.ts'
import { distinctRecords } from './distinct-records.ts'
import { inspectFormat } from './inspect.ts'
import { jsonElements, type JsonElement } from './json-elements.ts'
import { langfuseFormat } from './langfuse.ts'
import { langSmithFormat } from './langsmith.ts'
import { linkedChatFormat } from './linked-chat.ts'
import { miniWobFormat } from './miniwob.ts'
import { openHandsEventsFormat, openHandsFormat } from './openhands.ts'
import { otelFormat } from './otel.ts'
import { winnowTracesFormat } from '../runner/record-lines.ts'
import { refusePickle } from './pickle.ts'
import { playwrightFormat } from './playwright/playwright.ts'
import { shareGptFormat } from './sharegpt.ts'
import { sweAgentFormat } from './swe-agent.ts'
import { tau2BenchFormat } from './tau2-bench.ts'
import { tauBenchFormat } from './tau-bench.ts'
import {
  objectOf,
  type ArchiveFormat,
  type ReadTrace,
  type TraceCollector,
  type TraceFormat
} from './trace-format.ts'
import { webArenaFormat } from './web-arena.ts'
import { whoAndWhenFormat } from './who-and-when.ts'
import { zipValues } from './zip-values.ts'

export type { ReadTrace } from './trace-format.ts'

/** In the order they are tried. */
export const traceFormats: readonly TraceFormat[] = [
  tauBenchFormat,
  tau2BenchFormat,
  whoAndWhenFormat,
  inspectFormat,
  webArenaFormat,
  sweAgentFormat,
  openHandsFormat,
  openHandsEventsFormat,
  atifFormat,
  otelFormat,
  langSmithFormat,
  langfuseFormat,
  miniWobFormat,
  browserGymFormat,
  winnowTracesFormat,
  chatTreeFormat,
  linkedChatFormat,
  shareGptFormat,
  chatFormat
]

/** Archives that are read as a whole. */
export const archiveFormats: readonly ArchiveFormat[] = [playwrightFormat]

/** Words of a format by its id; the id itself when it is unknown. */
export function formatName(format: string): string {
  return [...traceFormats, ...archiveFormats].find(({ id }) => id === format)?.name ?? format
}

/** What does not tell calls of a format apart, before the analyst says otherwise. */
export function argumentDefaults(format: string): {
  readonly volatile: readonly string[]
  readonly isOrderFree: boolean
} {
  const found = [...traceFormats, ...archiveFormats].find(({ id }) => id === format)
  return { volatile: found?.volatile ?? [], isOrderFree: found?.isOrderFree ?? false }
}

/** Names of arguments that do not tell calls of a format apart. */
export function volatileArguments(format: string): readonly string[] {
  return argumentDefaults(format).volatile
}

/** How files are read beyond what is known of them. */
export interface ReadOptions {
  /** For files no value of which has a known form: what a mapping makes of them. */
  readonly fallback?: TraceFormat | undefined
  /** Told how many bytes of the file have been read, as they lie on the disk. Not for archives. */
  readonly onBytes?: ((bytes: number) => void) | undefined
}

/**
 * Attempts of a file, one at a time, with ids that are different in it. The first value that a format
 * knows decides for the file. Throws AppError "file-not-recognised" when no value is of a known format,
 * "file-damaged" when it cannot be read.
 */
export async function* readTraces(
  path: string,
  { fallback, onBytes }: ReadOptions = {}
): AsyncGenerator<ReadTrace, void, void> {
  const distinct = distinctRecords()
  for await (const read of readFile(path, fallback, onBytes))
    yield 'record' in read ? { ...read, record: distinct(read.record) } : read
}

/**
 * The values of a file whatever they are, for showing their fields. Empty for archives of traces that
 * are read as a whole. Throws as {@link readTraces}.
 */
export async function* readValues(path: string): AsyncGenerator<JsonElement, void, void> {
  if (!(await isZip(path))) {
    yield* jsonElements(path)
    return
  }
  const archive = await openZip(path)
  try {
    yield* zipValues(archive)
  } finally {
    await archive.close()
  }
}

async function* readFile(
  path: string,
  fallback: TraceFormat | undefined,
  onBytes: ReadOptions['onBytes']
): AsyncGenerator<ReadTrace, void, void> {
  await refusePickle(path)
  if (!(await isZip(path))) {
    yield* readElements(jsonElements(path, onBytes), path, fallback)
    return
  }
  const archive = await openZip(path)
  try {
    const whole = archiveFormats.find((each) => each.recognises(archive))
    if (whole !== undefined) yield* whole.read(archive, basename(path))
    else yield* readElements(zipValues(archive, onBytes), path, fallback)
  } finally {
    await archive.close()
  }
}

async function* readElements(
  elements: AsyncIterable<JsonElement>,
  path: string,
  fallback: TraceFormat | undefined
): AsyncGenerator<ReadTrace, void, void> {
  let format: TraceFormat | undefined
  let collector: TraceCollector | undefined
  let number = 0
  let isCut = false
  const skipped: ReadTrace[] = []
  // Messages right in the file's list: the whole file is one conversation.
  const loose: JsonValue[] = []
  for await (const element of elements) {
    const { where, value, problem } = element
    if (problem !== undefined) {
      skipped.push({ where, problem })
      continue
    }
    isCut = element.isCut === true
    format ??= traceFormats.find((each) => each.recognises(value)) ?? fallback
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
    yield* valueRecords(format, value, number++, where, isCut)
  }
  if (collector !== undefined && format !== undefined)
    for (const record of collector.end())
      yield { where: 'The file', record: isCut ? cutRecord(record) : record, format: format.id }
  if (format !== undefined) {
    yield* skipped
    return
  }
  const whole = loose.length > 0 ? chatFormat.read(loose, { number: 0 }) : ''
  if (typeof whole === 'string') throw notRecognised(path, skipped)
  for (const record of whole) yield { where: 'The file', record, format: chatFormat.id }
}

function* valueRecords(
  format: TraceFormat,
  value: JsonValue,
  number: number,
  where: string,
  isCut: boolean
): Iterable<ReadTrace> {
  if ('start' in format) return
  const records = readGuarded(format.read.bind(format), value, number)
  if (typeof records === 'string') yield { where, problem: records }
  else
    for (const [i, record] of records.entries())
      yield {
        where,
        // What was being written when the file ended is the last of them.
        record: isCut && i === records.length - 1 ? cutRecord(record) : record,
        format: format.id
      }
}

/** A value that a format is not ready for is left out with a reason; it never ends the import. */
function readGuarded(
  read: (value: JsonValue, place: { number: number }) => readonly TraceRecord[] | string,
  value: JsonValue,
  number: number
): readonly TraceRecord[] | string {
  try {
    return read(value, { number })
  } catch (error) {
    if (error instanceof RangeError || error instanceof TypeError)
      return 'Its form is not what its first fields promise.'
    throw error
  }
}

function cutRecord(record: TraceRecord): TraceRecord {
  const { steps } = deriveTrace(record, plainRules)
  const warning = `This trace is cut off at step ${steps.length.toLocaleString('en')} (the file ends early).`
  return { ...record, warnings: [...record.warnings, warning] }
}

function notRecognised(path: string, skipped: readonly ReadTrace[]): AppError {
  const [first] = skipped
  const isBroken =
    skipped.length > 0 &&
    skipped.every((each) => 'problem' in each && !/no trace in a form/.test(each.problem))
  const name = `\u201C${basename(path)}\u201D`
  if (isBroken && first !== undefined && 'problem' in first)
    return new AppError(
      'file-not-recognised',
      `${name} could not be read. ${first.where}: ${first.problem}`,
      { hint: 'Get the file again from where it came from, or export it anew as JSON.' }
    )
  const names = [...traceFormats, ...archiveFormats].map((each) => each.name)
  return new AppError('file-not-recognised', `${name} holds no traces that Winnow knows.`, {
    hint: `It reads ${names.join(', ')}. Other JSON files can be read by saying which field is which.`
  })
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
