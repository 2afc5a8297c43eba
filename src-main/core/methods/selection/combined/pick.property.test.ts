// The objective itself, against plain greedy and the best set by trying all: shares no code with the
// product beyond the kernel under test.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { exactSteps } from '../../../compute/kernels/facility-location.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { chosenOf, permuted, runMethod } from '../../coverage/coverage.test-support.ts'
import { makeTargetCase } from '../../difficulty/method-checks.test-support.ts'
import combined from './method.ts'
import { hardScores } from './pick.ts'
import { reachOfSum, unitsOf } from './scale.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

interface Problem {
  readonly rows: Float32Array
  readonly width: number
  readonly weight: number
  readonly bonus: Float64Array
}

function problemOf(seed: number, count: number): Problem {
  const width = 3
  const random = createRandom(seed)
  const rows = new Float32Array(count * width)
  for (let i = 0; i < count; i++) {
    const row = Array.from({ length: width }, () => random.normal())
    rows.set(
      row.map((value) => value / Math.hypot(...row)),
      i * width
    )
  }
  const bonus = Float64Array.from({ length: count }, () => random.uniform())
  return { rows, width, weight: 0.05 + random.uniform(), bonus }
}

/** f(S) in float64, from the definition. */
function valueOf({ rows, width, weight, bonus }: Problem, set: readonly number[]): number {
  const row = (i: number): number[] => [...rows.subarray(i * width, (i + 1) * width)]
  const likeness = (i: number, j: number): number =>
    0.5 + 0.5 * row(i).reduce((sum, value, k) => sum + value * row(j)[k], 0)
  let coverage = 0
  for (let i = 0; i < bonus.length; i++)
    coverage += set.reduce((most, j) => Math.max(most, likeness(i, j)), 0)
  return weight * coverage + set.reduce((sum, j) => sum + bonus[j], 0)
}

function naiveGreedy(problem: Problem, need: number): number[] {
  const set: number[] = []
  while (set.length < need) {
    const others = [...problem.bonus.keys()].filter((j) => !set.includes(j))
    const values = others.map((j) => valueOf(problem, [...set, j]))
    set.push(others[values.indexOf(Math.max(...values))])
  }
  return set
}

async function lazy(problem: Problem, need: number): Promise<{ picks: number[]; gains: number[] }> {
  const { rows, width, weight, bonus } = problem
  const signal = new AbortController().signal
  const run = exactSteps(device.tf, rows, width, need, signal, undefined, { weight, bonus })
  let step = await run.next()
  while (step.done !== true) step = await run.next()
  return { picks: [...step.value.picks], gains: [...step.value.gains] }
}

function subsets(count: number, need: number, from = 0): number[][] {
  if (need === 0) return [[]]
  const out: number[][] = []
  for (let i = from; i <= count - need; i++)
    for (const rest of subsets(count, need - 1, i + 1)) out.push([i, ...rest])
  return out
}

describe('the objective of several aims', () => {
  const seeds = fc.nat(1000)

  it('lazy greedy picks what plain greedy picks, and gains are what is added and never grow', async () => {
    await fc.assert(
      fc.asyncProperty(seeds, fc.integer({ min: 2, max: 12 }), async (seed, count) => {
        const problem = problemOf(seed, count)
        const need = 1 + (seed % count)
        const { picks, gains } = await lazy(problem, need)
        expect(picks).toEqual(naiveGreedy(problem, need))
        const total = gains.reduce((sum, gain) => sum + gain, 0)
        expect(total).toBeCloseTo(valueOf(problem, picks), 4)
        gains.forEach((gain, i) =>
          expect(gain).toBeLessThanOrEqual((gains[i - 1] ?? Infinity) + 1e-6)
        )
      }),
      { numRuns: 40 }
    )
  })

  it('reaches 1 - 1/e of the best set at least', async () => {
    for (let seed = 0; seed < 8; seed++) {
      const problem = problemOf(seed, 9)
      const { picks } = await lazy(problem, 3)
      const best = Math.max(...subsets(9, 3).map((set) => valueOf(problem, set)))
      expect(valueOf(problem, picks)).toBeGreaterThanOrEqual((1 - 1 / Math.E) * best)
    }
  })

  it('does not depend on where the rows stand', async () => {
    const made = makeTargetCase(12, { rows: 90, columns: 5, classes: 3, budget: 25 })
    const moved = permuted(made, 4)
    const params = { variety: 50, typical: 30, hard: 0, like: 30 }
    for (const mix of ['keep', 'free']) {
      const first = await runMethod(device, combined, made.inputs, { ...params, mix })
      const tasks = made.inputs.tasks
      const second = await runMethod(
        device,
        combined,
        { ...moved.inputs, tasks },
        { ...params, mix }
      )
      const back = chosenOf(second.selection).map((row) => moved.at[row])
      expect(new Set(back)).toEqual(new Set(chosenOf(first.selection)))
    }
  })
})

describe('the common unit', () => {
  it('is what the best set gains over one by lot, and adding to all scores changes nothing', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 2, maxLength: 30 }),
        fc.nat(28),
        fc.integer({ min: -9, max: 9 }),
        (list, at, shift) => {
          const quota = 1 + (at % (list.length - 1))
          const scores = Float32Array.from(list)
          const units = unitsOf(scores, quota)
          expect(Math.min(...units)).toBe(0)
          const { best, byLot } = reachOfSum(units, quota)
          const plain = reachOfSum(scores, quota)
          if (plain.best - plain.byLot > 1e-2) expect(best - byLot).toBeCloseTo(1, 3)
          const moved = unitsOf(
            scores.map((value) => value + shift),
            quota
          )
          if (plain.best - plain.byLot > 0.1)
            units.forEach((value, i) => expect(moved[i]).toBeCloseTo(value, 2))
        }
      )
    )
  })

  it('is finite where all rows are the same or all are kept', () => {
    expect([...unitsOf(new Float32Array([2, 2, 2]), 2)]).toEqual([0, 0, 0])
    const all = unitsOf(new Float32Array([1, 2, 3]), 3)
    expect(all.every(Number.isFinite)).toBe(true)
  })

  it('the very hardest and those not judged get nothing for being hard', () => {
    const hard = new Float32Array([0.1, 0.9, NaN, 0.5, 0.2])
    const rows = new Uint32Array([0, 1, 2, 3, 4])
    const scores = (drop: number): number[] =>
      [...hardScores(hard, rows, drop)].map((value) => Math.round(10 * value) / 10)
    expect(scores(0)).toEqual([0.1, 0.9, 0.1, 0.5, 0.2])
    expect(scores(25)).toEqual([0.1, 0.1, 0.1, 0.5, 0.2])
    expect([...hardScores(new Float32Array([NaN, NaN]), new Uint32Array([0, 1]), 10)]).toEqual([
      0, 0
    ])
  })
})
