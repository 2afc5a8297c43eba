// Tiny sets side by side: what may be compared, what is clear, and what differs.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DistilResult } from '../../api/dto/distil.ts'
import { AppError } from '../../api/errors.ts'
import { compareRunsOfSets, compareSets, leastClear } from './compare-sets.ts'
import {
  addRows,
  createDistilFixture,
  draftFor,
  runDistilJob,
  type DistilFixture
} from './distil.test-support.ts'

let fixture: DistilFixture
beforeEach(async () => {
  fixture = await createDistilFixture()
})
afterEach(() => fixture.dispose())

const params = { expertEpochs: 1, moments: 1, studentEpochs: 10, rates: 1, finalists: 1 }

async function makeSet(id: string, change: Record<string, unknown> = {}): Promise<DistilResult> {
  const draft = draftFor('rows', {
    name: id,
    method: { id: 'soft-labels', params },
    check: { repeats: 2, all: false, otherNetwork: false, equalBytes: false },
    ...change
  })
  const run = await runDistilJob(fixture, draft, { id })
  expect(run.error).toBeUndefined()
  return resultOf(id)
}
function resultOf(run: string): DistilResult {
  const record = fixture.store.runs.get(run)
  if (record === undefined) throw new AppError('run-not-found')
  return DistilResult.parse(record.result)
}
const runsFolder = (): string => join(fixture.folder, 'runs')

/** The result with these accuracies in each repeat of the arm that counts. */
function withRepeats(result: DistilResult, name: string, perRepeat: number[]): DistilResult {
  const { check } = result
  if (check === null) throw new Error('the set was tested')
  const arms = check.arms.map((arm) => (arm.arm === check.chosenArm ? { ...arm, perRepeat } : arm))
  return { ...result, name, check: { ...check, repeats: perRepeat.length, arms } }
}

describe('sets of the same data', () => {
  it('are read from their runs with the settings that differ', async () => {
    await addRows(fixture)
    await makeSet('one')
    const longer = { id: 'soft-labels', params: { ...params, expertEpochs: 2 } }
    await makeSet('two', { perClass: 3, method: longer })
    const found = await compareRunsOfSets({ result: resultOf, runsFolder: runsFolder() }, [
      'one',
      'two'
    ])
    expect(found.results.map(({ name }) => name)).toEqual(['one', 'two'])
    expect(found).toMatchObject({ sameData: true, sameTest: true })
    expect(found.differences).toContainEqual({
      setting: 'Items for each label',
      values: ['2', '3']
    })
    expect(found.differences).toContainEqual({
      setting: 'Method, expert epochs',
      values: ['1', '2']
    })
    expect(found.differences.map(({ setting }) => setting)).not.toContain('Data')
    const kernel = { ...resultOf('two'), consumer: 'kernel' as const, method: 'kernel-ridge' }
    const mixed = compareSets(
      [resultOf('one'), kernel].map((result) => ({ result, testRows: new Uint32Array() }))
    )
    expect(mixed.cautions).toContainEqual(expect.stringContaining('models that compare items'))
    // Settings of one method say nothing about another one's.
    expect(mixed.differences.some(({ setting }) => setting.startsWith('Method, '))).toBe(false)
    expect(found.cautions).toContainEqual(expect.stringContaining('equally many items'))
    expect(found.cautions).toContainEqual(expect.stringContaining('fewer than three times'))
    expect(found.sentence).toContain('of the test items')

    await rm(join(runsFolder(), 'two', 'split'), { recursive: true })
    await expect(
      compareRunsOfSets({ result: resultOf, runsFolder: runsFolder() }, ['one', 'two'])
    ).rejects.toThrow()
    await expect(
      compareRunsOfSets({ result: resultOf, runsFolder: runsFolder() }, ['one', 'gone'])
    ).rejects.toMatchObject({ code: 'run-not-found' })
  }, 60_000)

  it('say who is ahead only where the repeats say so', async () => {
    await addRows(fixture)
    const made = await makeSet('one')
    const testRows = Uint32Array.of(1, 2, 3)
    const clear = compareSets([
      { result: withRepeats(made, 'A', [0.7, 0.71, 0.69]), testRows },
      { result: withRepeats(made, 'B', [0.8, 0.81, 0.79]), testRows }
    ])
    expect(clear.cautions).toEqual([])
    expect(clear.sentence).toMatch(
      /learned from “B” are right on 80\.0 %.*“A” on 70\.0 %.*10\.0 points, more/
    )
    const close = compareSets([
      { result: withRepeats(made, 'A', [0.6, 0.7, 0.8]), testRows },
      { result: withRepeats(made, 'B', [0.62, 0.72, 0.82]), testRows }
    ])
    expect(close.sentence).toContain('within how much the repeats vary')
  }, 60_000)

  it('are not ranked when they were tested on different items, or not at all', async () => {
    await addRows(fixture)
    const made = await makeSet('one')
    const one = { result: withRepeats(made, 'A', [0.7, 0.71, 0.69]), testRows: Uint32Array.of(1) }
    const other = { result: withRepeats(made, 'B', [0.9, 0.9, 0.9]), testRows: Uint32Array.of(2) }
    const different = compareSets([one, other])
    expect(different.sameTest).toBe(false)
    expect(different.cautions[0]).toContain('tested on different items')
    expect(different.sentence).not.toContain('points')
    const untested = compareSets([
      one,
      { result: { ...made, name: 'B', check: null }, testRows: one.testRows }
    ])
    expect(untested.sameTest).toBe(false)
    expect(untested.cautions).toContain('Not tested: “B”.')
    expect(untested.sentence).toContain('none is ahead')
    const elsewhere = { ...other, result: { ...other.result, dataset: 'other' } }
    expect(compareSets([one, elsewhere])).toMatchObject({ sameData: false })
  }, 60_000)
})

it('finds the least clear difference as Welch does', () => {
  // Equal spreads of n = 3: 4 degrees of freedom, t = 2.7764; sd 0.01, so sqrt(2 / 3) * 0.01.
  expect(leastClear([0.7, 0.71, 0.69], [0.8, 0.81, 0.79])).toBeCloseTo(
    2.776445 * 0.01 * Math.sqrt(2 / 3),
    7
  )
  expect(leastClear([0.7], [0.8, 0.9])).toBe(Infinity)
  expect(leastClear([0.7, 0.7], [0.8, 0.8])).toBe(0)
})
