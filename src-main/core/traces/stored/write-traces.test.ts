// Attempts in a project file: they come back as they were, nothing is seen of half a set, and sets go.
import { statSync } from 'node:fs'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../api/dto/common.ts'
import { eventKinds } from '../../store/trace-records.ts'
import { event } from '../formats/trace-format.ts'
import type { TraceEvent } from '../model/trace.ts'
import { call, letters, recordOf } from '../traces.test-support.ts'
import { loadTask, loadTrace } from './load-trace.ts'
import { createTraceRemovals } from './removals.ts'
import { attempt, createTraceShelf, type TraceShelf } from './stored-traces.test-support.ts'

let shelf: TraceShelf
beforeEach(() => {
  shelf = createTraceShelf()
})
afterEach(() => shelf.dispose())

const long = 'What was said, at length. '.repeat(20)

describe('a record', () => {
  it('comes back as it was, with whatever its events hold', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constant(long),
      fc.string({ unit: 'binary', maxLength: 300 }).map((each) => each.toWellFormed())
    )
    const name = fc.option(fc.string({ maxLength: 10 }))
    const events = fc.array(
      fc
        .record({
          kind: fc.constantFrom(...eventKinds),
          text,
          actor: name,
          name,
          callId: name,
          // JSON knows no -0.
          data: fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as JsonValue),
          isError: fc.boolean(),
          time: fc.option(fc.integer({ min: 0, max: 2e12 }))
        })
        .map((each): TraceEvent => each),
      { minLength: 1, maxLength: 40 }
    )
    let number = 0
    await fc.assert(
      fc.asyncProperty(events, async (list) => {
        const record = recordOf(list)
        const [trace] = await shelf.add(`s${number++}`, [record])
        expect(shelf.store.traces.record(trace)).toEqual(record)
      }),
      { numRuns: 12 }
    )
  })

  it('keeps facts, right solutions, marked mistakes, lanes and attachments', async () => {
    const bytes = Uint8Array.of(1, 2, 3)
    const record = attempt({
      id: 'x',
      task: { key: 'k', goal: long },
      trial: 3,
      outcome: 'partial',
      reward: 0.25,
      endReason: 'limit',
      warnings: ['A result is missing.'],
      gold: [{ name: 'f', args: { a: [1] } }],
      marked: { event: 0, actor: 'planner', reason: 'wrong' },
      facts: {
        agent: 'a',
        model: 'm',
        startedAt: 5,
        durationMs: 7,
        tokensIn: 3,
        tokensOut: 4,
        cost: 0.1,
        seed: null,
        family: null
      },
      events: [
        { ...event('user', 'hi'), attachments: [{ mime: 'image/png', name: null, bytes }], lane: 2 }
      ]
    })
    const [trace] = await shelf.add('s', [record])
    const back = shelf.store.traces.record(trace)
    expect(back).toEqual({
      ...record,
      events: [
        {
          ...record.events[0],
          attachments: [{ mime: 'image/png', name: null, bytes: Buffer.from(bytes) }]
        }
      ]
    })
    expect(shelf.store.traces.listings('s')).toMatchObject([
      { trace, agent: 'a', model: 'm', tokens: 7, durationMs: 7, goal: long.slice(0, 300) }
    ])
    expect(shelf.store.traces.attachment(trace, 0, 0)).toEqual({ mime: 'image/png', bytes })
    expect(shelf.store.traces.attachment(trace, 0, 1)).toBeUndefined()
  })

  it('gives pages of a text longer than a piece, without cutting a pair', async () => {
    const text = `${'a'.repeat(65_535)}\u{1F600}${'b'.repeat(70_000)}`
    const [trace] = await shelf.add('s', [recordOf([event('user', text)])])
    expect(shelf.store.traces.record(trace)?.events[0].text).toBe(text)
    for (const [from, size] of [
      [0, 10],
      [65_530, 20],
      [65_536, 4],
      [131_060, 30],
      [135_530, 99]
    ])
      expect(shelf.store.traces.text(trace, 0, 'text', from, size)).toEqual({
        text: text.slice(from, from + size),
        length: text.length
      })
    expect(shelf.store.traces.events(trace, 0, 1, 5)).toMatchObject([
      { seq: 0, text: 'aaaaa', length: text.length }
    ])
  })

  it('keeps what is said again and again once', async () => {
    const before = size()
    await shelf.add(
      's',
      Array.from({ length: 200 }, () => recordOf([event('system', long.repeat(40))]))
    )
    // Once it is 20,000 characters; two hundred times, four million.
    expect(size() - before).toBeLessThan(500_000)
  })
})

/** Bytes of the file, with nothing left in the log beside it. */
function size(): number {
  return statSync(shelf.reopen().path).size
}

describe('a set', () => {
  it('is seen when it is whole, and not before', async () => {
    const writer = shelf.writer('s')
    const trace = writer.add(recordOf(call('read_a'), 'pass'))
    const { traces } = shelf.store
    expect([traces.sets(), traces.head(trace), traces.listings('s')]).toEqual([[], undefined, []])
    await shelf.finish(writer, ['price'])
    expect(traces.sets()).toMatchObject([
      {
        id: 's',
        rules: { effects: {}, volatile: ['price'], isOrderFree: false },
        tools: [{ verb: 'read_a', calls: 1, arguments: [] }]
      }
    ])
    expect(loadTrace(shelf.store, trace).steps).toHaveLength(1)
    expect(traces.outline(trace)?.steps).toMatchObject([{ title: 'read_a', effect: 'read' }])
  })

  it('does not get a name that another has', async () => {
    await shelf.add('s', [recordOf(call('a'))])
    expect(() => shelf.writer('s')).toThrow('already has a set of traces')
  })

  it('is not made of nothing', async () => {
    await expect(shelf.finish(shelf.writer('s'))).rejects.toThrow('no attempts')
  })

  it('gives findings that need siblings, also when these come later', async () => {
    const [fail] = await shelf.add('s', [recordOf(call('cancel_order', { id: 1 }), 'fail')])
    const found = (): string[] =>
      (shelf.store.traces.outline(fail)?.findings ?? []).map(({ detector }) => detector)
    expect(found()).not.toContain('extra-write')
    await shelf.add(
      's',
      [recordOf([...call('book_flight', { id: 2 }), ...call('read_x')], 'pass')],
      false
    )
    expect(found()).toContain('extra-write')
    expect(loadTask(shelf.store, 's', 't').map(({ outcome }) => outcome)).toEqual(['fail', 'pass'])
    expect(
      shelf.store.traces
        .set('s')
        ?.tools.map(({ verb }) => verb)
        .sort()
    ).toEqual(['book_flight', 'cancel_order', 'read_x'])
  })

  it('is as it was when what was added is given up', async () => {
    const [kept] = await shelf.add('s', [letters('AB', 'pass')])
    const before = shelf.store.traces.listings('s')
    const writer = shelf.writer('s', false)
    writer.add(letters('CD'))
    writer.discard()
    expect(shelf.store.traces.listings('s')).toEqual(before)
    const removals = createTraceRemovals({ store: shelf.store })
    await removals.settled()
    expect(shelf.store.traces.parts().map(({ state }) => state)).toEqual(['ready'])
    expect([...(shelf.store.traces.search('s', 'read') ?? [])]).toEqual([kept])
  })

  it('that a crash left half is gone when the project is opened again', async () => {
    shelf.writer('half').add(letters('ABC'))
    await shelf.add('whole', [letters('A')])
    const store = shelf.reopen()
    const removals = createTraceRemovals({ store })
    expect(store.traces.setByName('Set half')).toBeUndefined()
    await removals.settled()
    expect(store.traces.set('half')).toBeUndefined()
    expect(store.traces.sets().map(({ id }) => id)).toEqual(['whole'])
    expect(store.traces.parts()).toHaveLength(1)
  })

  it('goes with everything of it and frees its name at once', async () => {
    const [gone] = await shelf.add('a', [letters('AB'), recordOf([event('user', long)])])
    const [kept] = await shelf.add('b', [letters('AB')])
    const removals = createTraceRemovals({ store: shelf.store })
    await removals.settled()
    removals.remove('a')
    expect(shelf.store.traces.head(gone)).toBeUndefined()
    await shelf.add('c', [letters('X')])
    expect(shelf.store.traces.setByName('Set a')).toBeUndefined()
    await removals.settled()
    expect(shelf.store.traces.set('a')).toBeUndefined()
    expect(shelf.store.traces.record(gone)).toBeUndefined()
    expect(shelf.store.traces.record(kept)?.events).toHaveLength(4)
    expect(shelf.store.check()).toEqual([])
  })
})

describe('words', () => {
  it('are found in any event of an attempt, in names and in arguments', async () => {
    const [first, second] = await shelf.add('s', [
      recordOf([event('user', 'Cancel my Flight, please'), ...call('get_order', { id: 'W123' })]),
      recordOf([event('user', `${'filler '.repeat(60_000)} needle`), event('user', 'flight')])
    ])
    const find = (text: string): number[] => [...(shelf.store.traces.search('s', text) ?? [])]
    expect(find('flight')).toEqual([first, second])
    expect(find('cancel w123')).toEqual([first])
    expect(find('get_order fli')).toEqual([first])
    // In two rows of one long attempt.
    expect(find('needle filler')).toEqual([second])
    expect(find('fli please')).toEqual([])
    expect(shelf.store.traces.search('s', ' -- ')).toBeUndefined()
  })

  it('of two imports at once do not get mixed up', async () => {
    const writers = [shelf.writer('a'), shelf.writer('b')]
    const traces = writers.map((writer) => {
      const record = attempt({ outcome: 'pass' })
      return writer.begin(record, 0, 0)
    })
    for (const text of ['first', 'second'])
      writers.forEach((writer, i) => writer.append([event('user', `${text} of ${'ab'[i]}`)]))
    for (const writer of writers) await shelf.finish(writer)
    expect([...(shelf.store.traces.search('a', 'first second a') ?? [])]).toEqual([traces[0]])
    expect([...(shelf.store.traces.search('b', 'second first b') ?? [])]).toEqual([traces[1]])
    expect([...(shelf.store.traces.search('b', 'a') ?? [])]).toEqual([])
  })
})
