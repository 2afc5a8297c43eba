// "Find the smallest set" as a whole run on synthetic data: what it finds, that a stopped search
// goes on without training anything twice, and that it is honest when nothing is enough.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SelectionResult } from '../../api/dto/runs.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { CheckTaskInput } from './check-task.ts'
import { clouds, createFixture, draftFor, runJob, type Fixture } from './selection-fixture.ts'

let fixture: Fixture
let trained: CheckTaskInput[]
let failAfter: number

beforeEach(async () => {
  const made = await createFixture()
  trained = []
  failAfter = Infinity
  const pool: ComputePool = {
    ...made.pool,
    run(task, input, options) {
      if (task.name === 'check') {
        if (trained.length >= failAfter) return Promise.reject(new Error('the power went out'))
        // Checked by the name above: this is what the check task takes.
        trained.push(input as unknown as CheckTaskInput)
      }
      return made.pool.run(task, input, options)
    }
  }
  fixture = { ...made, pool }
  const items = clouds({ items: 400, classes: 3, columns: 8, seed: 5, distance: 1.6 })
  await fixture.addDataset('pool', items)
})
afterEach(() => fixture.dispose())

function draft(change: Record<string, unknown> = {}): ReturnType<typeof draftFor> {
  return draftFor('pool', {
    budget: { kind: 'smallest', keepsShare01: 0.95, atMostPercent: 50 },
    tasks: { kind: 'labels', perTask: 5 },
    method: { id: 'stratified-random' },
    check: { isOn: false },
    rules: { nearDuplicates: { isOn: false, similarity01: 0.98 } },
    ...change
  })
}

function resultOf(id: string): SelectionResult {
  return SelectionResult.parse(fixture.store.runs.get(id)?.result)
}

const keyOf = ({ trainRows, testRows }: CheckTaskInput): string =>
  `${[...trainRows].join()} | ${[...testRows].join()}`

describe('the smallest set', () => {
  it('is far smaller than the limit where few items teach everything', async () => {
    const run = await runJob(fixture, draft(), { id: 'run' })
    expect(run.error).toBeUndefined()
    expect(run.phases).toContain('Finding the smallest set')
    const result = resultOf('run')
    expect(result.got).toBeLessThan(100)
    expect(result.asked).toBe(result.got)
    expect(result.notes[0]).toMatch(
      /^The smallest set found: \d+ items keep \d+\.\d % of the accuracy/
    )
    const points = fixture.store.jobs
      .live('run')
      .filter(({ series }) => series === 'smallest:share')
    expect(points.find(({ x }) => x === result.got)?.y).toBeGreaterThanOrEqual(0.95)
  })

  it('never trains on a validation item, and never looks at a test item', async () => {
    await runJob(fixture, draft({ check: { isOn: true, repeats: 1 } }), { id: 'run' })
    const search = trained.slice(0, -4)
    const tests = new Set(trained.at(-1)?.testRows)
    expect(tests.size).toBeGreaterThan(0)
    for (const { trainRows, testRows } of search) {
      const validation = new Set(testRows)
      expect([...trainRows].some((row) => validation.has(row) || tests.has(row))).toBe(false)
      expect([...testRows].some((row) => tests.has(row))).toBe(false)
    }
  })

  it('goes on after a stop and trains nothing twice', async () => {
    failAfter = 7
    const stopped = await runJob(fixture, draft(), { id: 'run' })
    expect(stopped.error).toBeDefined()
    failAfter = Infinity
    await runJob(fixture, draft(), { id: 'run' })
    const again = resultOf('run')
    const all = trained.map(keyOf)
    expect(new Set(all).size).toBe(all.length)
    await runJob(fixture, draft(), { id: 'straight' })
    expect(again.provenance['chosenHash']).toBe(resultOf('straight').provenance['chosenHash'])
    expect(again.notes).toEqual(resultOf('straight').notes)
  })

  it('keeps the limit and says so when even that is not enough', async () => {
    const budget = { kind: 'smallest', keepsShare01: 1, atMostPercent: 1 }
    await runJob(fixture, draft({ budget }), { id: 'run' })
    const result = resultOf('run')
    expect(result.got).toBe(3)
    expect(result.notes[0]).toMatch(/^Even 3 items keep only/)
  })

  it('holds the rules at every size', async () => {
    const perClass = [
      { label: 'c0', min: null, max: null, percent: 60 },
      { label: 'c1', min: null, max: null, percent: 40 }
    ]
    const rules = { perClass, nearDuplicates: { isOn: false, similarity01: 0.98 } }
    await runJob(fixture, draft({ rules }), { id: 'run' })
    const result = resultOf('run')
    expect(result.classes.map(({ chosen }) => chosen)).toEqual([
      Math.round(result.got * 0.6),
      result.got - Math.round(result.got * 0.6),
      0
    ])
  })
})
