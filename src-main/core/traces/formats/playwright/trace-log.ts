// The entries of a Playwright trace put together: calls with their ends and notes, pictures, pages.
import type { JsonValue } from '../../../../api/dto/common.ts'
import { objectOf, textOf, type JsonObject } from '../trace-format.ts'
import { Snapshots } from './snapshots.ts'

/** A call of Playwright's interface, or a step of its test runner. */
export interface LoggedCall {
  readonly id: string
  readonly before: JsonObject
  after: JsonObject | undefined
  readonly notes: string[]
  /** Milliseconds since 1970. */
  readonly start: number
}

/** A picture of the screen. */
export interface LoggedFrame {
  readonly time: number
  /** Where its picture lies, from the trace's folder on. */
  readonly file: string
}

/** Something said beside the calls: the console, the output of the program, errors of the test. */
export interface LoggedNote {
  readonly time: number
  readonly kind: 'info' | 'error'
  readonly text: string
}

/** One trace file after the other goes in; everything is told by its own type. */
export class TraceLog {
  readonly calls = new Map<string, LoggedCall>()
  readonly frames: LoggedFrame[] = []
  readonly notes: LoggedNote[] = []
  readonly snapshots = new Snapshots()
  title = ''
  browser = ''
  isTestRunner = false
  #shift = 0
  #last = 0

  /** Clocks differ between the files of a trace: each begins with its own. */
  beginFile(): void {
    this.#shift = 0
  }

  add(value: JsonValue): void {
    const entry = objectOf(value)
    if (entry === undefined) return
    const type = textOf(entry['type'])
    if (type === 'context-options') this.#context(entry)
    else if (type === 'before' || type === 'action') this.#begin(entry)
    else if (type === 'frame-snapshot') {
      const snapshot = objectOf(entry['snapshot'])
      if (snapshot !== undefined) this.snapshots.add(snapshot)
    } else if (type === 'screencast-frame') {
      const sha1 = textOf(entry['sha1'])
      // Logs of version 10 name the picture's place; those before, its name among the resources.
      const file = textOf(entry['file']) ?? (sha1 === undefined ? undefined : `resources/${sha1}`)
      if (file !== undefined) this.frames.push({ time: this.#time(entry['timestamp']), file })
    } else if (type === 'after' || type === 'log') this.#goOn(type, entry)
    else this.#note(type, entry)
  }

  #context(entry: JsonObject): void {
    const wall = entry['wallTime']
    const own = entry['monotonicTime']
    if (typeof wall === 'number' && typeof own === 'number') this.#shift = wall - own
    if (this.title === '') this.title = textOf(entry['title']) ?? ''
    if (this.browser === '') this.browser = textOf(entry['browserName']) ?? ''
    if (entry['origin'] === 'testRunner') this.isTestRunner = true
  }

  #begin(entry: JsonObject): void {
    const id = textOf(entry['callId'])
    if (id === undefined) return
    const start = this.#time(entry['startTime'])
    // Older traces hold a call with its end in one entry.
    const after = entry['type'] === 'action' ? entry : undefined
    this.calls.set(id, { id, before: entry, after, notes: [], start })
  }

  #goOn(type: 'after' | 'log', entry: JsonObject): void {
    const call = this.calls.get(textOf(entry['callId']) ?? '')
    if (call === undefined) return
    if (type === 'after') call.after = entry
    else if (call.notes.length < 200) call.notes.push(textOf(entry['message']) ?? '')
  }

  #note(type: string | undefined, entry: JsonObject): void {
    const text = textOf(entry['text']) ?? textOf(entry['message']) ?? ''
    if (text === '') return
    const time = this.#time(entry['time'] ?? entry['timestamp'])
    if (type === 'error') this.notes.push({ time, kind: 'error', text })
    else if (type === 'console')
      this.notes.push({
        time,
        kind: 'info',
        text: `console ${textOf(entry['messageType']) ?? 'log'}: ${text}`
      })
    else if (type === 'stdout' || type === 'stderr') this.notes.push({ time, kind: 'info', text })
  }

  /** Entries without a time are as late as the one before. */
  #time(value: JsonValue | undefined): number {
    if (typeof value === 'number' && Number.isFinite(value)) this.#last = value + this.#shift
    return this.#last
  }
}
