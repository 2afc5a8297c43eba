// One attempt as it is read: its outline, pages of its events, where a text occurs, what its tools do.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { event } from '../formats/trace-format.ts'
import { call, letters, recordOf, screens } from '../traces.test-support.ts'
import { detectors, findAll } from '../detectors/registry.ts'
import type { DeriveParams } from './derive-job.ts'
import { createDeriveTracesJob } from './derive-job.ts'
import { findingView } from './finding-text.ts'
import { loadTrace } from './load-trace.ts'
import { PassLengths } from './pass-lengths.ts'
import { searchTrace } from './search-task.ts'
import { createTraceShelf, type TraceShelf } from './stored-traces.test-support.ts'
import { changedRules, rulesView } from './tool-rules.ts'
import { eventText, eventViews, traceDetail } from './trace-detail.ts'
import { createTraceLists } from './trace-lists.ts'
import type { JobContext } from '../../jobs/job-kind.ts'

let shelf: TraceShelf
beforeEach(() => {
  shelf = createTraceShelf()
})
afterEach(() => shelf.dispose())

const timed = (at: number, ...events: readonly ReturnType<typeof event>[]) =>
  events.map((each, i) => ({ ...each, time: at + i * 100 }))

describe('an attempt', () => {
  it('has its steps in short, with results, times, runs of equal calls and findings', async () => {
    const events = [
      event('user', 'Book it'),
      event('thought', '  I will\nlook first. ', { actor: 'assistant' }),
      ...timed(1000, ...call('get_user', { id: 1 })),
      ...timed(2000, ...call('get_user', { id: 1 })),
      ...timed(3000, ...call('book_flight', {}, 'Error: no seats', true)),
      event('assistant', 'Sorry.')
    ]
    const [trace, other] = await shelf.add('s', [recordOf(events), recordOf(call('a'), 'pass')])
    const detail = await traceDetail(shelf.store, createTraceLists(shelf.store), trace)
    expect(detail.steps).toMatchObject([
      { from: 1, to: 3, until: 4, title: 'get_user', kind: 'call', effect: 'read', repeats: 2 },
      { from: 4, to: 5, until: 6, status: 'ok', durationMs: 100, repeats: 1 },
      { from: 6, to: 7, until: 8, effect: 'write', status: 'error', title: 'book_flight' },
      { from: 8, to: 9, until: 9, kind: 'talk', title: 'Sorry.', status: 'none', repeats: 1 }
    ])
    expect([...detail.kinds].slice(0, 4)).toEqual([1, 3, 4, 5])
    expect(detail.row).toMatchObject({ steps: 4, errors: 1, outcome: 'fail', state: 'none' })
    expect(detail.steps[2].findings).toContainEqual({ detector: 'error', severity: 2 })
    expect(detail.siblings.map((row) => row.trace)).toEqual([other])
    expect(detail.findings.find(({ detector }) => detector === 'error')?.text).toBe(
      'The tool answered with an error: \u201CError: no seats\u201D.'
    )
  })

  it('names the events of side lines, those that are no step among them', async () => {
    const events = [
      event('user', 'Book it'),
      ...call('write_all').map((each) => ({ ...each, lane: 1 })),
      event('user', 'Which flights are there?', { lane: 2 }),
      ...call('find_flight')
    ]
    const [trace] = await shelf.add('s', [recordOf(events)])
    const detail = await traceDetail(shelf.store, createTraceLists(shelf.store), trace)
    expect(detail.side).toEqual([1, 2, 3])
  })

  it('gives events by pages with cut texts, and parts of the rest', async () => {
    const [trace] = await shelf.add('s', [
      recordOf([event('user', 'x'.repeat(5000)), ...call('f', { long: 'y'.repeat(900) })])
    ])
    const views = eventViews(shelf.store, { trace, from: 0, to: 2, maxChars: 100 })
    expect(views).toMatchObject([
      { seq: 0, text: 'x'.repeat(100), length: 5000, data: null, dataLength: 0, attachments: [] },
      { seq: 1, name: 'f', data: null, dataLength: 911 }
    ])
    expect(eventText(shelf.store, { trace, seq: 1, what: 'data', from: 0, size: 9 })).toEqual({
      text: '{"long":"',
      length: 911
    })
    expect(() => eventText(shelf.store, { trace, seq: 9, what: 'text', from: 0, size: 9 })).toThrow(
      'not in the attempt'
    )
    expect(() => eventViews(shelf.store, { trace, from: 0, to: 401, maxChars: 1 })).toThrow('400')
    expect(() => eventViews(shelf.store, { trace: 99, from: 0, to: 1, maxChars: 1 })).toThrow(
      'not in the project'
    )
  })

  it('tells where a text occurs, however it is written and however long the text around it', async () => {
    const long = `${'z'.repeat(70_000)}Needle${'z'.repeat(70_000)}needle`
    const [trace] = await shelf.add('s', [
      recordOf([
        event('user', 'A needle.'),
        event('assistant', long),
        ...call('needle_tool', { of: 'NEEDLE' }, 'hay')
      ])
    ])
    const find = (text: string, kinds: 'assistant'[] = []) =>
      searchTrace(
        shelf.store.traces,
        { trace, events: 4, text, kinds },
        new AbortController().signal
      )
    expect(await find('nEEdle')).toEqual({
      hits: [
        { seq: 0, count: 1 },
        { seq: 1, count: 2 },
        { seq: 2, count: 2 },
        { seq: 3, count: 1 }
      ],
      total: 6
    })
    expect(await find('needle', ['assistant'])).toEqual({ hits: [{ seq: 1, count: 2 }], total: 2 })
    expect((await find('no such')).hits).toEqual([])
  })
})

describe('findings', () => {
  it('are told in a sentence by every detector there is', () => {
    const found = [
      ...findAll(screens('s1 s1 s2 s1 s2 s1 s2 s1 s2 s1'), { passes: [], passLengths: [] }),
      ...findAll(letters('AAAABABABAB'), { passes: [letters('AB', 'pass')], passLengths: [] })
    ]
    expect(found.length).toBeGreaterThan(5)
    for (const each of found) expect(findingView(each).text).not.toContain('?')
    for (const { id, name } of detectors)
      expect(
        findingView({ detector: id, severity: 1, step: 0, to: 0, evidence: {} }).text
      ).not.toBe(`${name}.`)
  })

  it('compare lengths by the same quartiles as with all lengths', () => {
    const passes = [4, 9, 2, 7, 5, 11, 3].map((steps, trace) => ({ trace, steps }))
    const lengths = new PassLengths(passes)
    expect(lengths.without(99)).toEqual([2, 3.5, 5, 8, 11])
    expect(lengths.without(5)).toEqual([2, 3.25, 4.5, 6.5, 9])
    expect(new PassLengths(passes.slice(0, 3)).without(1)).toEqual([2, 4])
  })
})

describe('the table of tools', () => {
  const quiet: Pick<JobContext, 'phase' | 'progress' | 'breathe' | 'signal'> = {
    phase: () => {},
    progress: () => {},
    breathe: () => Promise.resolve(),
    signal: new AbortController().signal
  }

  it('changes what steps are, and findings with them', async () => {
    const [trace] = await shelf.add('s', [
      recordOf(call('frobnicate', { id: 1, at: 5 }), 'fail'),
      recordOf(call('frobnicate', { id: 2, at: 6 }), 'pass')
    ])
    const { traces } = shelf.store
    const set = traces.set('s')
    if (set === undefined) throw new Error('no set')
    expect(rulesView(set).tools).toEqual([
      { verb: 'frobnicate', calls: 2, effect: 'unknown', isGuess: true, arguments: ['id', 'at'] }
    ])
    const rules = changedRules(set.rules, { effects: { frobnicate: 'write' }, volatile: ['at'] })
    traces.updateSet('s', { rules, isStale: true })
    const context = { ...quiet, pool: shelf.pool } as JobContext
    const params: DeriveParams = { set: 's' }
    expect(await createDeriveTracesJob({ store: shelf.store }).run(context, params)).toEqual({
      set: 's',
      traces: 2
    })
    expect(traces.set('s')?.isStale).toBe(false)
    expect(traces.outline(trace)?.steps[0].effect).toBe('write')
    expect(traces.outline(trace)?.findings.map(({ detector }) => detector)).toContain('extra-write')
    expect(loadTrace(shelf.store, trace).steps[0].actions[0].key).toBe('frobnicate|{"id":1}')
  })

  it('goes back to the guess for a tool that is set to nothing', () => {
    const first = {
      effects: { a: 'write', b: 'end' },
      volatile: ['x'],
      isOrderFree: false
    } as const
    expect(changedRules(first, { effects: { a: null, c: 'read' }, isOrderFree: true })).toEqual({
      effects: { b: 'end', c: 'read' },
      volatile: ['x'],
      isOrderFree: true
    })
  })
})
