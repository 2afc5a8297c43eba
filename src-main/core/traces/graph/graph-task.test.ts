// The graph of a task of a stored set, and scores of its attempts, as the app asks for them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { TraceGraph, TracePlausibility } from '../../../api/dto/trace-graphs.ts'
import { createInProcessPool } from '../../datasets/testing/in-process-pool.ts'
import type { TraceEvent, TraceRecord } from '../model/trace.ts'
import { attempt, createTraceShelf, type TraceShelf } from '../stored/stored-traces.test-support.ts'
import { call } from '../traces.test-support.ts'
import {
  plausibilityTask,
  traceGraphTask,
  type GraphInput,
  type PlausibilityInput
} from './graph-task.ts'

const task = { key: 'refund', goal: 'Give the money back' }
const signal = new AbortController().signal
const pool = createInProcessPool([traceGraphTask, plausibilityTask])

const write = (name: string): TraceEvent[] => call(`update_${name}`, { id: 1 })
function record(id: string, names: readonly string[], passed: boolean, trial: number): TraceRecord {
  const outcome = passed ? 'pass' : 'fail'
  return attempt({ id, task, trial, outcome, events: names.flatMap(write) })
}
const right = ['order', 'invoice', 'account']
const wrong = (at: number): string[] => ['order', `other_${at % 5}`, `more_${at % 3}`]

let shelf: TraceShelf
beforeEach(() => {
  shelf = createTraceShelf()
})
afterEach(() => shelf.dispose())

const draw = (of: string): Promise<TraceGraph> => {
  const input = { path: shelf.store.path, set: 's', task: of }
  return pool.run<GraphInput, never, TraceGraph>(traceGraphTask, input, { signal })
}
const judge = (trace: number): Promise<TracePlausibility> =>
  pool.run<PlausibilityInput, never, TracePlausibility>(
    plausibilityTask,
    { path: shelf.store.path, trace },
    { signal }
  )

describe('a task that was tried often', () => {
  it('is drawn as the contract says, and its steps are judged', async () => {
    const passes = Array.from({ length: 6 }, (_, at) => record(`p${at}`, right, true, at))
    const fails = Array.from({ length: 6 }, (_, at) => record(`f${at}`, wrong(at), false, 6 + at))
    const traces = await shelf.add('s', [...passes, ...fails])
    const graph = TraceGraph.parse(await draw('refund'))
    expect(graph).toMatchObject({ goal: task.goal, states: 'ledger', leftOut: 0 })
    expect(graph.paths.map(({ trace }) => trace)).toEqual(traces)
    expect(graph.trust).toMatchObject({ isTrusted: true, reason: 'trusted', attempts: 12 })
    const labels = graph.boxes.map(({ label, isDeadEnd }) => label + (isDeadEnd ? ' !' : ''))
    expect(labels).toContain('update_invoice (2 changes) +1')
    expect(labels).toContain('update_other_1 (2 changes) +1 !')
    const judged = TracePlausibility.parse(await judge(traces[6]))
    expect(judged.steps).toHaveLength(3)
    // The first step was right; the second is what no successful attempt did.
    expect(judged.steps[0]).toMatchObject({ step: 0, rank: 1, isKnown: true })
    expect(judged.steps[1].rank).toBeNull()
    expect(judged.steps[1].logp).toBeLessThan(judged.steps[0].logp)
    expect(judged.steps[1].advantage).toBeLessThan(0)
  })
})

describe('a task that was tried a few times', () => {
  it('has counts only', async () => {
    const [first] = await shelf.add('s', [
      record('a', right, true, 0),
      record('b', wrong(0), false, 1)
    ])
    expect((await draw('refund')).trust).toMatchObject({ reason: 'few-attempts', attempts: 2 })
    expect((await judge(first)).steps).toEqual([])
  })

  it('is refused in words where there is no such task, set or attempt', async () => {
    await shelf.add('s', [record('a', right, true, 0)])
    await expect(draw('unknown')).rejects.toMatchObject({ code: 'item-not-found' })
    await expect(judge(99)).rejects.toMatchObject({ code: 'item-not-found' })
    const other = { path: shelf.store.path, set: 'none', task: 'refund' }
    await expect(
      pool.run<GraphInput, never, TraceGraph>(traceGraphTask, other, { signal })
    ).rejects.toMatchObject({ code: 'dataset-not-found' })
  })

  it('may hold an attempt without a single step', async () => {
    await shelf.add('s', [record('a', [], false, 0)])
    const graph = await draw('refund')
    expect(graph.boxes.map(({ kind }) => kind)).toEqual(['start', 'fail'])
    expect(graph.lines).toHaveLength(1)
  })
})
