// One comparison of pair matching against finite differences, TESLA's short way against the exact one,
// both distances by hand, and what belongs together as a matrix.
import { beforeAll, describe, expect, test } from 'vitest'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { createRandom } from '../../../compute/random.ts'
import { pairHeads } from '../../../evaluation/pairs/pair-heads.ts'
import {
  belongsMatrix,
  blends,
  bothDistances,
  pairMatcher,
  type MadePairs,
  type PairMatch,
  type PairMatchOptions
} from './matcher.ts'

let tf: TensorFlow
beforeAll(async () => {
  await enableGradients()
  tf = (await openDevice('native')).device.tf
})

function normal(seed: number, size: number, spread = 1): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: size }, () => spread * random.normal())
}

const heads = pairHeads({ pictureColumns: 3, textColumns: 2, space: 2, hidden: 0 })
const columns = 5
const usual: PairMatchOptions = {
  lessons: 1,
  perLesson: 8,
  temperature: 0.5,
  mix: 0,
  rank: 0,
  isConstant: false
}
const goal = {
  from: heads.parameters.map(({ shape }, i) => normal(i + 1, sizeOf(shape), 0.6)),
  to: heads.parameters.map(({ shape }, i) => normal(i + 11, sizeOf(shape), 0.6))
}
const made: MadePairs = { rows: normal(30, 4 * columns), rate: 0.4 }
const similar: MadePairs = {
  ...made,
  belongs: { own: normal(31, 4, 0.5), left: normal(32, 8), right: normal(33, 8, 0.5) }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1)
}

function match(change: Partial<PairMatchOptions> = {}, pairs = made): Promise<PairMatch> {
  const { signal } = new AbortController()
  const matcher = pairMatcher(tf, heads, { ...usual, ...change }, signal)
  return matcher.match(pairs, goal, createRandom(6)).finally(() => matcher.dispose())
}

/** The sum of distances with one number of one part moved. */
async function distanceAt(pairs: MadePairs, change: Partial<PairMatchOptions>): Promise<number> {
  const { pictures, texts } = await match(change, pairs)
  return pictures + texts
}

function moved(values: Float32Array, at: number, by: number): Float32Array {
  return values.map((value, i) => (i === at ? value + by : value))
}

describe('slopes agree with differences', () => {
  const step = 5e-3
  test.each([
    { lessons: 1, mix: 0 },
    { lessons: 3, mix: 0 },
    { lessons: 2, mix: 1 }
  ])('for rows and the rate: $lessons lessons, blends $mix', async (change) => {
    const { slopes } = await match(change)
    for (const i of [0, 4, 11, 19]) {
      const at = (by: number) => distanceAt({ ...made, rows: moved(made.rows, i, by) }, change)
      const expected = ((await at(step)) - (await at(-step))) / (2 * step)
      expect(Math.abs(slopes[0][i] - expected)).toBeLessThan(0.02 * Math.abs(expected) + 2e-3)
    }
    const at = (by: number) => distanceAt({ ...made, rate: made.rate + by }, change)
    const expected = ((await at(step)) - (await at(-step))) / (2 * step)
    expect(Math.abs(slopes[1][0] - expected)).toBeLessThan(0.02 * Math.abs(expected) + 2e-3)
  })

  test('for what belongs together', async () => {
    const change = { lessons: 2, rank: 2 }
    const { slopes } = await match(change, similar)
    expect(slopes).toHaveLength(5)
    const { belongs } = similar
    if (belongs === undefined) throw new Error('it is learned')
    const names = ['own', 'left', 'right'] as const
    for (const [part, name] of names.entries())
      for (const i of [0, 3]) {
        const at = (by: number) =>
          distanceAt(
            { ...similar, belongs: { ...belongs, [name]: moved(belongs[name], i, by) } },
            change
          )
        const expected = ((await at(step)) - (await at(-step))) / (2 * step)
        const found = slopes[1 + part][i]
        expect(Math.abs(found - expected)).toBeLessThan(0.02 * Math.abs(expected) + 2e-3)
      }
  })
})

test('TESLA equals the exact way for one lesson, and not for several', async () => {
  const [exact, constant] = [await match(), await match({ isConstant: true })]
  expect(constant.pictures).toBe(exact.pictures)
  exact.slopes.forEach((part, i) =>
    part.forEach((slope, j) => expect(constant.slopes[i][j]).toBeCloseTo(slope, 5))
  )
  const several = { lessons: 6 }
  const [long, short] = [await match(several), await match({ ...several, isConstant: true })]
  expect(short.texts).toBeCloseTo(long.texts, 5)
  const far = Math.hypot(...long.slopes[0].map((slope, i) => slope - short.slopes[0][i]))
  expect(far).toBeGreaterThan(1e-3)
})

test('each head has its own distance, 0 at the goal and 1 at the start', () => {
  const flat = (parts: readonly Float32Array[]): Float32Array =>
    Float32Array.from(parts.flatMap((part) => [...part]))
  const atStart = bothDistances(flat(goal.from), goal)
  expect([atStart.pictures, atStart.texts]).toEqual([expect.closeTo(1), expect.closeTo(1)])
  const half = goal.from.length / 2
  const mixed = flat([...goal.to.slice(0, half), ...goal.from.slice(half)])
  const there = bothDistances(mixed, goal)
  expect(there.pictures).toBe(0)
  expect(there.texts).toBeCloseTo(1)
  const split = flat(goal.to.slice(0, half)).length
  expect(there.slopes.subarray(0, split).every((slope) => slope === 0)).toBe(true)
})

test('what belongs together is diag(own) + left right / rank', () => {
  const own = Float32Array.of(1, 2)
  const left = Float32Array.of(1, 2, 3, 4)
  const right = Float32Array.of(5, 6, 7, 8)
  expect([...belongsMatrix({ own, left, right })]).toEqual([9.5, 11.5, 19.5, 28.5])
})

test('blends are shares that sum to 1, and none where they are off', () => {
  const found = blends(createRandom(2), 6, 1)
  for (let row = 0; row < 6; row++) {
    const shares = found.subarray(row * 6, (row + 1) * 6)
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5)
    expect(shares.every((share) => share >= 0)).toBe(true)
  }
  expect([...blends(createRandom(2), 2, 0)]).toEqual([1, 0, 0, 1])
})

test('nothing is kept on the device, and a comparison stops when told', async () => {
  const before = tf.memory().numTensors
  await match({ lessons: 2, mix: 1, isConstant: true })
  await match({ lessons: 2, rank: 2 }, similar)
  expect(tf.memory().numTensors).toBe(before)
  const abort = new AbortController()
  const matcher = pairMatcher(tf, heads, { ...usual, lessons: 50 }, abort.signal)
  const running = matcher.match(made, goal, createRandom(6))
  abort.abort(new Error('stopped'))
  await expect(running).rejects.toThrow('stopped')
  matcher.dispose()
  expect(tf.memory().numTensors).toBe(before)
})
