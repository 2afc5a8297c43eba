// Traces of Playwright (trace.zip): calls with their ends, the page and the picture after each, and
// what the console said. Written for version 7 of the form, and what it shares with its neighbours.
import { AppError } from '../../../../api/errors.ts'
import type { ZipArchive } from '../../../files/zip-reader.ts'
import type { JsonValue } from '../../../../api/dto/common.ts'
import type { TraceAttachment, TraceEvent, TraceRecord } from '../../model/trace.ts'
import { goalKey } from '../chat.ts'
import { fromBase64, safeMime } from '../content-parts.ts'
import { knownFacts, spanOfTimes } from '../facts.ts'
import { elementsOf } from '../json-elements.ts'
import {
  event,
  listOf,
  objectOf,
  textOf,
  type ArchiveFormat,
  type JsonObject,
  type ReadTrace
} from '../trace-format.ts'
import { TraceLog, type LoggedCall } from './trace-log.ts'

/** Archives with .trace files of JSON lines. */
export const playwrightFormat: ArchiveFormat = {
  id: 'playwright',
  name: 'Playwright traces (trace.zip)',
  volatile: ['timeout', 'strict', 'waitUntil', 'noWaitAfter', 'expectedNumber'],
  recognises: ({ entries }) =>
    entries.some(({ name }) => isLog(name)) &&
    entries.some(({ name }) =>
      /(?:^|\/)resources\/|\.network$|(?:^|\/)[\w-]*trace\.trace$/.test(name)
    ),
  read
}

const isLog = (name: string): boolean => /(?:^|\/)[^/]+\.trace$/.test(name)

/** Bytes of attachments taken of one trace. */
const mostAttached = 256 * 2 ** 20
const largestAttached = 32 * 2 ** 20

async function* read(archive: ZipArchive, name: string): AsyncGenerator<ReadTrace, void, void> {
  // Several traces in one archive each have a folder of their own.
  const logs = archive.entries.filter((entry) => !entry.isFolder && isLog(entry.name))
  const folders = Map.groupBy(logs, (entry) => entry.name.slice(0, entry.name.lastIndexOf('/') + 1))
  for (const [folder, entries] of folders) {
    const where = folder === '' ? 'The file' : folder
    const log = new TraceLog()
    const warnings: string[] = []
    for (const entry of entries) {
      log.beginFile()
      for await (const each of elementsOf(archive.stream(entry)))
        if (each.problem === undefined && each.isCut !== true) log.add(each.value)
        else if (warnings.length < 20)
          warnings.push(
            each.problem === undefined
              ? `${entry.name} ends early: its last line is cut off.`
              : `${entry.name}, ${each.where}: ${each.problem}`
          )
    }
    if (log.calls.size === 0) {
      yield { where, problem: 'It holds no calls.' }
      continue
    }
    const files = new Files(archive, folder, warnings)
    const events = await eventsOf(log, files)
    const record = recordOf(log, events, warnings, folder === '' ? name : folder)
    yield { where, record, format: playwrightFormat.id }
  }
}

function recordOf(
  log: TraceLog,
  events: readonly TraceEvent[],
  warnings: readonly string[],
  place: string
): TraceRecord {
  const errors = events.filter(({ kind }) => kind === 'error')
  const hasFailed = errors.length > 0 || [...log.calls.values()].some((call) => isFailedTest(call))
  const goal = log.title
  return {
    id: goal === '' ? place : goal,
    task: { key: goal === '' ? goalKey(place) : goal, goal },
    trial: 0,
    // Only the test runner knows whether a run was to go as it went.
    outcome: !log.isTestRunner ? 'unknown' : hasFailed ? 'fail' : 'pass',
    reward: null,
    endReason: errors[0]?.text.split('\n')[0]?.slice(0, 300) ?? null,
    events,
    warnings,
    gold: null,
    marked: null,
    ...knownFacts({ ...spanOfTimes(events), family: log.browser === '' ? null : log.browser })
  }
}

const isRunnerStep = ({ before }: LoggedCall): boolean => before['class'] === 'Test'

function isFailedTest(call: LoggedCall): boolean {
  return isRunnerStep(call) && call.before['parentId'] === undefined && errorOf(call) !== ''
}

async function eventsOf(log: TraceLog, files: Files): Promise<TraceEvent[]> {
  const calls = shownCalls(log)
  const events: TraceEvent[] = log.notes.map(({ time, kind, text }) =>
    event(kind, text, { actor: kind === 'error' ? 'test' : 'page', time })
  )
  for (const [i, call] of calls.entries()) {
    const until = calls[i + 1]?.start ?? Infinity
    const frame = log.frames.findLast(({ time }) => time >= call.start && time < until)
    const picture = frame === undefined ? undefined : await files.taken(frame.file)
    events.push(...(await callEvents(call, log, picture, files)))
  }
  // Sorting keeps the order of what has the same time.
  return events.sort((a, b) => (a.time ?? 0) - (b.time ?? 0))
}

/** Calls as they were made: of a step of the runner and the call that carries it out, the call. */
function shownCalls(log: TraceLog): LoggedCall[] {
  const carried = new Set<string>()
  const parents = new Set<string>()
  for (const { before } of log.calls.values()) {
    const step = textOf(before['stepId'])
    const parent = textOf(before['parentId'])
    if (step !== undefined && step !== before['callId']) carried.add(step)
    if (parent !== undefined) parents.add(parent)
  }
  return [...log.calls.values()]
    .filter((call) => !carried.has(call.id) && !(isRunnerStep(call) && parents.has(call.id)))
    .filter((call) => !/^(?:tracing|Tracing)\./.test(nameOfCall(call)))
    .sort((a, b) => a.start - b.start)
}

function nameOfCall({ before }: LoggedCall): string {
  const api = textOf(before['apiName']) ?? ''
  if (api !== '') return api
  const owner = textOf(before['class']) ?? ''
  const method = textOf(before['method']) ?? textOf(before['title']) ?? 'call'
  return owner === '' ? method : `${owner.charAt(0).toLowerCase()}${owner.slice(1)}.${method}`
}

function errorOf({ after }: LoggedCall): string {
  const error = objectOf(after?.['error'])
  const inner = objectOf(error?.['error']) ?? error
  const text = textOf(inner?.['message']) ?? textOf(inner?.['value'])
  return text ?? (error === undefined ? '' : 'It failed.')
}

async function callEvents(
  call: LoggedCall,
  log: TraceLog,
  picture: TraceAttachment | undefined,
  files: Files
): Promise<TraceEvent[]> {
  const { before, after, notes, id, start } = call
  const name = nameOfCall(call)
  const made = event('tool-call', '', {
    actor: 'agent',
    name,
    callId: id,
    data: before['params'] ?? null,
    time: start
  })
  if (after === undefined) return [made]
  const error = errorOf(call)
  const time = start + Math.max(0, lengthOf(before, after))
  const page =
    log.snapshots.page(textOf(after['afterSnapshot']) ?? '') ?? log.snapshots.page(`after@${id}`)
  const attached = await files.attached(listOf(after['attachments']) ?? [])
  const shown = picture === undefined ? [] : [picture]
  // Without a page there is nothing to tell screens apart by; the picture goes with the answer.
  const own = page === undefined ? [...attached, ...shown] : attached
  const answer = [error, resultText(after['result']), ...(error === '' ? [] : notes)]
  const events = [
    made,
    event('tool-result', answer.filter((text) => text !== '').join('\n'), {
      actor: 'page',
      name,
      callId: id,
      isError: error !== '',
      time,
      ...(own.length > 0 ? { attachments: own } : {})
    })
  ]
  if (page === undefined) return events
  const html = {
    mime: 'text/html',
    name: page.url === '' ? null : page.url.slice(0, 500),
    bytes: new TextEncoder().encode(page.html)
  }
  const text = [page.url, page.text].filter((part) => part !== '').join('\n')
  const seen = event('observation', text, { actor: 'page', time, attachments: [...shown, html] })
  return [...events, seen]
}

function lengthOf(before: JsonObject, after: JsonObject): number {
  const [from, to] = [before['startTime'], after['endTime']]
  return typeof from === 'number' && typeof to === 'number' ? to - from : 0
}

function resultText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text === '{}' ? '' : text
}

/** Pictures and files of a trace, as long as its share of memory lasts. */
class Files {
  readonly #archive: ZipArchive
  readonly #folder: string
  readonly #warnings: string[]
  #left = mostAttached

  constructor(archive: ZipArchive, folder: string, warnings: string[]) {
    this.#archive = archive
    this.#folder = folder
    this.#warnings = warnings
  }

  /** The file at a place, from the trace's folder on; only what the archive lists is ever found. */
  async taken(file: string, mime?: string): Promise<TraceAttachment | undefined> {
    const entry = this.#archive.find(this.#folder + file)
    if (entry === undefined) return undefined
    if (this.#left <= 0) return undefined
    try {
      const bytes = await this.#archive.read(entry, Math.min(this.#left, largestAttached))
      this.#left -= bytes.length
      if (this.#left <= 0) this.#warn('Only the first 256 MB of pictures and files were taken.')
      return { mime: mime ?? mimeOf(bytes, file), name: null, bytes: new Uint8Array(bytes) }
    } catch (error) {
      if (error instanceof AppError && error.code === 'archive-unsafe') throw error
      this.#warn(`${file} could not be read.`)
      return undefined
    }
  }

  async attached(list: readonly JsonValue[]): Promise<TraceAttachment[]> {
    const found: TraceAttachment[] = []
    for (const each of list) {
      const fields = objectOf(each)
      const mime = safeMime(textOf(fields?.['contentType']))
      const name = textOf(fields?.['name']) ?? null
      const packed = textOf(fields?.['base64'])
      const sha1 = textOf(fields?.['sha1'])
      if (packed !== undefined) found.push({ mime, name, bytes: fromBase64(packed) })
      else if (sha1 !== undefined) {
        const file = await this.taken(`resources/${sha1}`, mime)
        if (file !== undefined) found.push({ ...file, name })
      }
    }
    return found
  }

  #warn(text: string): void {
    if (this.#warnings.length < 20 && !this.#warnings.includes(text)) this.#warnings.push(text)
  }
}

/** Told by the first bytes, else by the name. */
function mimeOf(bytes: Buffer, name: string): string {
  if (bytes.length > 3 && bytes[0] === 0xff && bytes[1] === 0xd8) return 'image/jpeg'
  if (bytes.length > 8 && bytes.readUInt32BE(0) === 0x89504e47) return 'image/png'
  if (bytes.length > 12 && bytes.toString('latin1', 8, 12) === 'WEBP') return 'image/webp'
  return /\.html?$/.test(name) ? 'text/html' : 'application/octet-stream'
}
