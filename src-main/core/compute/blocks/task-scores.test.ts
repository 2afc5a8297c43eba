// Influence on tasks against the definition: the whole matrix of cosines between rows and examples,
// its means per part, the weighted sum over checkpoints, the largest part.
import { describe, expect, it } from 'vitest'
import {
  exactDot,
  exactNorm,
  halves,
  nativeEngine,
  normalNumbers,
  testRows
} from './blocks.test-support.ts'
import { meanOfUnitRows } from './mean-direction.ts'
import {
  scoreTasks,
  type CheckpointRows,
  type InfluenceScores,
  type TaskScoreState
} from './task-scores.ts'

const signal = new AbortController().signal
const options = { engine: nativeEngine(1), signal }
const plan = { taskOf: [0, 1, 1, 3], tasks: 4 }
const rows = 50
const columns = 33

async function scoreAll(
  checkpoints: readonly CheckpointRows[]
): Promise<InfluenceScores & { readonly done: readonly number[] }> {
  const run = scoreTasks(checkpoints, plan, options)
  const done: number[] = []
  let step = await run.next()
  for (; step.done !== true; step = await run.next()) done.push(step.value.done)
  return { ...step.value, done }
}

/** One checkpoint: rows, the examples of four parts, and the mean cosine of every row and part. */
async function checkpoint(seed: number, weight: number) {
  const values = halves(seed, rows * columns)
  values.fill(0, 3 * columns, 4 * columns)
  const source = testRows(values, columns)
  const parts = plan.taskOf.map((_, p) =>
    testRows(normalNumbers(seed * 10 + p, (4 + p) * columns), columns)
  )
  const directions = new Float32Array(parts.length * columns)
  for (const [p, part] of parts.entries())
    directions.set((await meanOfUnitRows(part, signal)) ?? [], p * columns)
  const numbers = source.numbers
  const means = parts.map((part) => {
    const examples = part.numbers
    return Array.from({ length: rows }, (_, i) => {
      let sum = 0
      for (let v = 0; v < part.rows; v++) {
        const lengths = exactNorm(numbers, i, columns) * exactNorm(examples, v, columns)
        sum += exactDot(numbers, i, examples, v, columns) / Math.max(lengths, 1e-12)
      }
      return sum / part.rows
    })
  })
  return { rows: source, directions, weight, means, values }
}

describe('influence on tasks', () => {
  it('is the largest weighted mean cosine of a task’s parts', async () => {
    for (const weights of [[1], [0.3, 2, 0.1]]) {
      const checkpoints = await Promise.all(weights.map((weight, c) => checkpoint(c + 1, weight)))
      const { scores, zero, notFinite, done } = await scoreAll(checkpoints)
      expect({ zero, notFinite }).toEqual({ zero: 1, notFinite: 0 })
      expect(done.at(-1)).toBe(rows * weights.length)
      for (let i = 0; i < rows; i++)
        for (let task = 0; task < plan.tasks; task++) {
          const parts = plan.taskOf.flatMap((of, p) => (of === task ? [p] : []))
          const sums = parts.map((p) =>
            checkpoints.reduce((sum, { weight, means }) => sum + weight * means[p][i], 0)
          )
          const got = scores[task * rows + i]
          // Row 3 is zero everywhere; task 2 has no part.
          if (i === 3 || parts.length === 0) expect(got).toBe(-Infinity)
          else expect(got).toBeCloseTo(Math.max(...sums), 5)
        }
    }
  })

  it('is no number for a row that is none at any checkpoint', async () => {
    const [first, second] = [await checkpoint(1, 1), await checkpoint(2, 1)]
    second.values[7 * columns + 2] = 0x7e00
    const { scores, notFinite, zero } = await scoreAll([first, second])
    expect({ notFinite, zero }).toEqual({ notFinite: 1, zero: 1 })
    expect([0, 1, 3].map((task) => scores[task * rows + 7])).toEqual([NaN, NaN, NaN])
    expect(scores[2 * rows + 7]).toBe(-Infinity)
  })

  it('refuses checkpoints of other rows', async () => {
    const one = await checkpoint(1, 1)
    const other = { ...one, rows: testRows(halves(1, columns), columns) }
    await expect(scoreAll([one, other])).rejects.toBeInstanceOf(RangeError)
  })
})

describe('a pass that is gone on with', () => {
  it('from any row of any checkpoint gives the same bits', async () => {
    const checkpoints = [await checkpoint(1, 0.4), await checkpoint(2, 0.6)]
    const whole = await scoreAll(checkpoints)
    for (const as of ['cosine', 'dot'] as const) {
      const start = scoreTasks(checkpoints, plan, { ...options, as })
      const states: TaskScoreState[] = []
      let step = await start.next()
      for (; step.done !== true; step = await start.next()) states.push(structuredClone(step.value))
      if (as === 'cosine') expect(step.value.scores).toEqual(whole.scores)
      else expect(step.value.scores).not.toEqual(whole.scores)
      for (const from of states) {
        const again = scoreTasks(checkpoints, plan, { ...options, as, from })
        let next = await again.next()
        while (next.done !== true) next = await again.next()
        expect(next.value).toEqual(step.value)
      }
    }
    // From the middle of a block: sums of the rows before it stand.
    const half = checkpoints.map((one) => ({ ...one, weight: 2 * one.weight }))
    const from = {
      done: 20,
      sums: new Float32Array(plan.taskOf.length * rows).fill(7),
      isZero: new Uint8Array(rows).fill(1)
    }
    const run = scoreTasks(half.slice(0, 1), plan, { ...options, from })
    let last = await run.next()
    while (last.done !== true) last = await run.next()
    const alone = await scoreAll(half.slice(0, 1))
    expect(last.value.scores[rows - 1] - 7).toBeCloseTo(alone.scores[rows - 1], 5)
    expect(last.value.scores[5]).toBe(-Infinity)
  })

  it('refuses a state of other rows', async () => {
    const from = { done: 0, sums: new Float32Array(1), isZero: new Uint8Array(1) }
    const run = scoreTasks([await checkpoint(1, 1)], plan, { ...options, from })
    await expect(run.next()).rejects.toBeInstanceOf(RangeError)
  })
})

describe('the mean of unit rows', () => {
  it('passes over rows that are no numbers and counts zero rows', async () => {
    const source = testRows(Float32Array.of(3, 4, NaN, 1, 0, 0, 0, -2), 2)
    const mean = await meanOfUnitRows(source, signal)
    expect([...(mean ?? [])].map((value) => value.toFixed(6))).toEqual(['0.200000', '-0.066667'])
    expect(await meanOfUnitRows(testRows(Float32Array.of(NaN, 1), 2), signal)).toBeUndefined()
    expect(await meanOfUnitRows(testRows(new Float32Array(0), 2), signal)).toBeUndefined()
  })
})
