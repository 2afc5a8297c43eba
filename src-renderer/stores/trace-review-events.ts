// Events of one attempt, read in pages when they come into view, and the rest of long texts in parts.
// Only the pages looked at last are kept: an attempt may be larger than memory.
import { shallowReactive } from 'vue'
import type { JsonValue } from '@api/dto/common.ts'
import type { TraceEventView } from '@api/dto/trace-sets.ts'
import { describeProblem, type Problem } from './problem.ts'

/** Events per request. */
export const eventsPerPage = 50
/** Most characters of each text at first: some screens of it. */
export const charsAtFirst = 8000
/** Characters of a long text per request. */
export const charsPerPart = 250_000
/** Most characters of one text that are read and drawn in a single go. */
export const charsAtOnce = 2_000_000
const pagesKept = 40

/** What reading an attempt needs of the app. */
export interface EventSource {
  events(from: number, to: number, maxChars: number): Promise<readonly TraceEventView[]>
  text(
    seq: number,
    what: 'text' | 'data',
    from: number,
    size: number
  ): Promise<{ readonly text: string; readonly length: number }>
}

/** A long text as far as it was read. */
export interface LongText {
  readonly text: string
  readonly isLoading: boolean
  readonly problem: Problem | undefined
}

/** Events of one attempt. */
export interface EventPages {
  /** The event, when its page is there. */
  get(seq: number): TraceEventView | undefined
  /** Why the page of an event could not be read. */
  problemOf(seq: number): Problem | undefined
  /** Reads the pages of these events. */
  want(from: number, to: number): void
  /** Waits for one event. Throws what the app answered. */
  load(seq: number): Promise<TraceEventView | undefined>
  /** Reads pages that failed again. */
  retry(seq: number): void
  /** What was read of an event's text beyond its beginning. */
  longText(seq: number): LongText | undefined
  /** Reads more of an event's text: at most `charsAtOnce` characters. */
  more(seq: number): Promise<void>
  /** The arguments of a call, also when they are too long to come with the event. */
  argumentsOf(seq: number): Promise<JsonValue>
}

/** Pages over `count` events. */
export function createEventPages(count: number, source: EventSource): EventPages {
  const pages = shallowReactive(new Map<number, readonly TraceEventView[]>())
  const problems = shallowReactive(new Map<number, Problem>())
  const texts = shallowReactive(new Map<number, LongText>())
  const underWay = new Map<number, Promise<void>>()
  /** Pages by when they were last wanted, oldest first. */
  const uses = new Map<number, true>()
  const pageOf = (seq: number): number => Math.floor(seq / eventsPerPage)

  function touch(page: number): void {
    uses.delete(page)
    uses.set(page, true)
  }
  function forget(): void {
    for (const page of uses.keys()) {
      if (uses.size <= pagesKept) return
      uses.delete(page)
      pages.delete(page)
    }
  }
  async function read(page: number): Promise<void> {
    const from = page * eventsPerPage
    try {
      const events = await source.events(from, Math.min(count, from + eventsPerPage), charsAtFirst)
      pages.set(page, events)
      problems.delete(page)
    } catch (thrown) {
      problems.set(page, describeProblem(thrown))
      throw thrown
    } finally {
      underWay.delete(page)
      forget()
    }
  }
  function ask(page: number): Promise<void> {
    touch(page)
    if (pages.has(page)) return Promise.resolve()
    const known = underWay.get(page)
    if (known !== undefined) return known
    const asked = read(page)
    underWay.set(page, asked)
    return asked
  }
  const get = (seq: number): TraceEventView | undefined => {
    const page = pageOf(seq)
    return pages.get(page)?.[seq - page * eventsPerPage]
  }
  async function load(seq: number): Promise<TraceEventView | undefined> {
    if (seq < 0 || seq >= count) return undefined
    await ask(pageOf(seq))
    return get(seq)
  }
  async function readParts(seq: number, what: 'text' | 'data', begin: string): Promise<string> {
    let text = begin
    const end = begin.length + charsAtOnce
    for (;;) {
      const part = await source.text(seq, what, text.length, charsPerPart)
      text += part.text
      if (part.text === '' || text.length >= Math.min(part.length, end)) return text
    }
  }
  return {
    get,
    load,
    problemOf: (seq) => problems.get(pageOf(seq)),
    want(from, to) {
      for (let page = pageOf(Math.max(0, from)); page <= pageOf(Math.min(count, to) - 1); page++)
        // Where it failed is shown in its place; it is asked for again by hand.
        if (!problems.has(page)) ask(page).catch(() => undefined)
    },
    retry(seq) {
      problems.delete(pageOf(seq))
      ask(pageOf(seq)).catch(() => undefined)
    },
    longText: (seq) => texts.get(seq),
    async more(seq) {
      const known = texts.get(seq)
      if (known?.isLoading === true) return
      const text = known?.text ?? get(seq)?.text ?? ''
      texts.set(seq, { text, isLoading: true, problem: undefined })
      try {
        const whole = await readParts(seq, 'text', text)
        texts.set(seq, { text: whole, isLoading: false, problem: undefined })
      } catch (thrown) {
        texts.set(seq, { text, isLoading: false, problem: describeProblem(thrown) })
      }
    },
    async argumentsOf(seq) {
      const event = await load(seq)
      if (event === undefined) return null
      if (event.data !== null || event.dataLength === 0) return event.data
      // The app writes arguments as JSON text.
      return JSON.parse(await readParts(seq, 'data', '')) as JsonValue
    }
  }
}
