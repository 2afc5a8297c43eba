// The parts of the review store on their own: keys, pages of events, time, places in an attempt.
import { flushPromises } from '@vue/test-utils'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppError } from '@api/errors.ts'
import { emptyReviewBody } from '@api/dto/trace-reviews.ts'
import { bodyAfter } from '@api/review-acts.ts'
import {
  charsPerPart,
  createEventPages,
  eventsPerPage,
  type EventSource
} from './trace-review-events.ts'
import { eventOf, stepOf } from './trace-review-fixtures.test-support.ts'
import {
  commandOf,
  keyChanges,
  keyLabel,
  keysWith,
  rebind,
  reviewCommands,
  usualKeys
} from './trace-review-keys.ts'
import { positionOf, stepOfEvent } from './trace-review-places.ts'
import { watchReviewTime } from './trace-review-time.ts'

const plain = { ctrlKey: false, metaKey: false, altKey: false }

describe('keys', () => {
  it('are one for each command', () => {
    expect(new Set(Object.values(usualKeys)).size).toBe(reviewCommands.length)
  })

  it('rest while a field is filled in, but for ending and leaving it', () => {
    expect(commandOf(usualKeys, { ...plain, key: 'w' }, true)).toBeUndefined()
    expect(commandOf(usualKeys, { ...plain, key: 'Escape' }, true)).toBe('cancel')
    expect(commandOf(usualKeys, { ...plain, key: 'Enter', metaKey: true }, true)).toBe('done')
    expect(commandOf(usualKeys, { ...plain, key: 'w', altKey: true })).toBeUndefined()
    expect(commandOf(usualKeys, { ...plain, key: 'w', ctrlKey: true })).toBeUndefined()
  })

  it('stay one for each command however often they are changed, and survive being kept', () => {
    const key = fc.constantFrom('q', 'w', 'd', 'Mod+s', 'j', '9', 'Escape', 'Enter', ' ', 'ArrowUp')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...reviewCommands), key), { maxLength: 20 }),
        (changes) => {
          let keys = usualKeys
          for (const [command, wanted] of changes) keys = rebind(keys, command, wanted) ?? keys
          expect(new Set(Object.values(keys)).size).toBe(reviewCommands.length)
          expect(keys.cancel).toBe('Escape')
          expect(keysWith(keyChanges(keys))).toEqual(keys)
        }
      )
    )
  })

  it('swap with the command that had the key', () => {
    const keys = rebind(usualKeys, 'good', 'b')
    expect([keys?.good, keys?.bad]).toEqual(['b', 'g'])
    expect(rebind(usualKeys, 'good', 'ArrowDown')).toBeUndefined()
  })

  it('are written as on the keyboard', () => {
    expect(keyLabel('Mod+Enter', false)).toBe('Ctrl ↵')
    expect(keyLabel('Mod+Enter', true)).toBe('⌘ ↵')
    expect(keyLabel('Escape', false)).toBe('Esc')
    expect(keyLabel('+', false)).toBe('+')
  })
})

describe('a review after acts', () => {
  it('cannot say that no step is wrong and which one is', () => {
    const marked = bodyAfter(bodyAfter(emptyReviewBody, { kind: 'none-wrong', value: true }), {
      kind: 'first-wrong',
      step: 2
    })
    expect(marked).toMatchObject({ noneWrong: false, firstWrong: 2 })
    expect(bodyAfter(marked, { kind: 'none-wrong', value: true })).toMatchObject({
      noneWrong: true,
      firstWrong: null
    })
  })

  it('forgets what is taken back', () => {
    const acts = [
      { kind: 'step-tag', step: 1, tag: 'Loop', on: true },
      { kind: 'step-tag', step: 1, tag: 'Loop', on: false },
      { kind: 'step-note', step: 1, text: 'hm' },
      { kind: 'step-note', step: 1, text: '' },
      { kind: 'mark', step: 1, mark: 'bad' },
      { kind: 'mark', step: 1, mark: null }
    ] as const
    expect(acts.reduce(bodyAfter, emptyReviewBody)).toEqual(emptyReviewBody)
  })
})

describe('pages of events', () => {
  const long = 'x'.repeat(20) + 'y'.repeat(3 * charsPerPart)
  function source(): { [K in keyof EventSource]: ReturnType<typeof vi.fn<EventSource[K]>> } {
    return {
      events: vi.fn<EventSource['events']>(async (from, to) =>
        Array.from({ length: to - from }, (_, at) =>
          eventOf(from + at, 'user', { text: long.slice(0, 20), length: long.length })
        )
      ),
      text: vi.fn<EventSource['text']>(async (_seq, what, from, size) => {
        const all = what === 'data' ? '{"id":"Q7"}' : long
        return { text: all.slice(from, from + size), length: all.length }
      })
    }
  }

  it('are read once, when they are wanted', async () => {
    const from = source()
    const pages = createEventPages(120, from)
    pages.want(10, 60)
    pages.want(0, 5)
    await flushPromises()
    expect(from.events.mock.calls.map(([first, end]) => [first, end])).toEqual([
      [0, eventsPerPage],
      [eventsPerPage, 2 * eventsPerPage]
    ])
    expect(pages.get(59)?.seq).toBe(59)
    expect(pages.get(110)).toBeUndefined()
    expect((await pages.load(119))?.seq).toBe(119)
    expect(await pages.load(120)).toBeUndefined()
  })

  it('say why they could not be read, and are read again when asked', async () => {
    const from = source()
    from.events.mockRejectedValueOnce(new AppError('file-damaged'))
    const pages = createEventPages(20, from)
    pages.want(0, 5)
    await flushPromises()
    expect(pages.problemOf(3)?.code).toBe('file-damaged')
    pages.want(0, 5)
    expect(from.events).toHaveBeenCalledOnce()
    pages.retry(3)
    await flushPromises()
    expect([pages.problemOf(3), pages.get(3)?.seq]).toEqual([undefined, 3])
  })

  it('forget those not wanted for long, and read them again', async () => {
    const from = source()
    const pages = createEventPages(60 * eventsPerPage, from)
    for (let page = 0; page < 60; page++) await pages.load(page * eventsPerPage)
    expect(pages.get(0)).toBeUndefined()
    expect(pages.get(59 * eventsPerPage)).toBeDefined()
    await pages.load(0)
    expect(from.events).toHaveBeenCalledTimes(61)
  })

  it('read on in long texts, part by part, and keep what came when a part fails', async () => {
    const from = source()
    const pages = createEventPages(5, from)
    await pages.load(2)
    await pages.more(2)
    expect(pages.longText(2)).toMatchObject({ text: long, isLoading: false })
    expect(from.text).toHaveBeenCalledTimes(3)
    await pages.load(3)
    from.text.mockRejectedValueOnce(new AppError('internal'))
    await pages.more(3)
    expect(pages.longText(3)?.problem?.code).toBe('internal')
    await pages.more(3)
    expect(pages.longText(3)).toMatchObject({ text: long, problem: undefined })
  })

  it('give arguments that were too long to come along', async () => {
    const from = source()
    from.events.mockResolvedValueOnce([
      eventOf(0, 'tool-call', { data: null, dataLength: 11 }),
      eventOf(1, 'tool-call', { data: { id: 1 }, dataLength: 8 })
    ])
    const pages = createEventPages(2, from)
    expect(await pages.argumentsOf(0)).toEqual({ id: 'Q7' })
    expect(await pages.argumentsOf(1)).toEqual({ id: 1 })
  })
})

describe('time', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('counts only while the reviewer looks, and is handed over now and then', () => {
    let now = 0
    let isThere = true
    const handed: number[] = []
    const time = watchReviewTime(
      (ms) => handed.push(ms),
      () => isThere,
      () => now
    )
    const pass = (seconds: number): void => {
      for (let i = 0; i < seconds; i++) {
        now += 1000
        vi.advanceTimersByTime(1000)
      }
    }
    pass(15)
    expect(handed).toEqual([15_000])
    pass(4)
    isThere = false
    pass(30)
    isThere = true
    pass(3)
    // The computer slept for an hour: that is not reading.
    now += 3_600_000
    time.stop()
    expect(handed).toHaveLength(2)
    expect(handed[1]).toBeGreaterThanOrEqual(6000)
    expect(handed[1]).toBeLessThanOrEqual(14_000)
    pass(20)
    expect(handed).toHaveLength(2)
  })
})

describe('places', () => {
  it('tell the step of an event', () => {
    const steps = [stepOf(0), stepOf(1), stepOf(2)]
    expect([0, 1, 2, 3, 4, 6, 99].map((seq) => stepOfEvent(steps, seq))).toEqual([
      null,
      null,
      0,
      0,
      1,
      2,
      2
    ])
  })

  it('find where a value is in a sorted list', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(500)), fc.nat(500), (list, value) => {
        const sorted = [...list].sort((a, b) => a - b)
        const found = sorted.findIndex((one) => one >= value)
        expect(positionOf(sorted, value)).toBe(found === -1 ? sorted.length : found)
      })
    )
  })
})
