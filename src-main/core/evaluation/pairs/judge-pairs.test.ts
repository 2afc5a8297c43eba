// Students of pairs: they find what can be found, the same each time, keep nothing, and stop when told.
import { beforeAll, expect, test } from 'vitest'
import type { Device } from '../../compute/devices/device.ts'
import { enableGradients } from '../../compute/devices/gradients.ts'
import { openDevice } from '../../compute/devices/registry.ts'
import { plainStudent, type StudentRecipe } from '../../networks/student-recipe.ts'
import { headRules, mostSearched, pairFactsOf, pairScorer, searchedRows } from './judge-pairs.ts'
import { pairHeads } from './pair-heads.ts'
import { rotatedPairs } from './pairs.test-support.ts'
import { pairRowsOf, squareOf, trainHeads } from './train-heads.ts'

let device: Device
beforeAll(async () => {
  device = (await openDevice('native')).device
  await enableGradients()
})
const { signal } = new AbortController()
const facts = { pictureColumns: 6, textColumns: 5, space: 4, hidden: 0, temperature: 0.1 }
const recipe = { ...plainStudent, rate: 0.3, epochs: 60, batch: 32, schedule: 'none' } as const
// The scorer looks at neither.
const network = undefined as never

function score(
  count: number,
  targets = new Float32Array(count).fill(1),
  hidden = 0,
  change: Partial<StudentRecipe> = {}
) {
  const { values, rows } = rotatedPairs(facts, count, 120)
  const items = { values, count, targets }
  const scorer = pairScorer({ ...facts, hidden })
  const own = { ...recipe, ...change }
  return scorer(device, { items, recipe: own, network, seed: 4, rows }, signal)
}

test('more pairs find more, the same each time, and nothing is kept', async () => {
  const before = device.tf.memory().numTensors
  const [few, many] = [await score(2), await score(100)]
  expect(many).toBeGreaterThan(few + 0.2)
  expect(many).toBeGreaterThan(0.4)
  expect(await score(100)).toBe(many)
  expect(await score(60, undefined, 8)).toBeGreaterThan(1 / 120)
  expect(device.tf.memory().numTensors).toBe(before)
})

test('a matrix of what belongs together is learned, and a wrong one misleads', async () => {
  const own = Float32Array.from({ length: 60 * 60 }, (_, i) => (i % 61 === 0 ? 1 : 0))
  const wrong = Float32Array.from({ length: 60 * 60 }, (_, i) => (i % 61 === 1 ? 1 : 0))
  const longer = { epochs: 200, rate: 1 }
  const right = await score(60, own, 0, longer)
  expect(right).toBeGreaterThan((await score(60, wrong, 0, longer)) + 0.08)
})

test('the part of a matrix that belongs to a batch', () => {
  const matrix = Float32Array.of(0, 1, 2, 3, 4, 5, 6, 7, 8)
  expect([...squareOf(matrix, 3, Uint32Array.of(2, 0))]).toEqual([8, 6, 2, 0])
})

test('students of many pairs take no more steps than those of few', () => {
  expect(headRules(recipe, 50_000, 0.1)).toMatchObject({ batch: 32, epochs: 1 })
  expect(headRules(recipe, 20, 0.1)).toMatchObject({ batch: 20, epochs: 60 })
})

test('at most a thousand are searched, always the same', () => {
  expect([...searchedRows({ count: 3 })]).toEqual([0, 1, 2])
  const many = searchedRows({ count: 5000 })
  expect(many).toHaveLength(mostSearched)
  expect(new Set(many).size).toBe(mostSearched)
  expect(searchedRows({ count: 5000 })).toEqual(many)
})

test('a training stops when told, and needs at least one pair', async () => {
  const heads = pairHeads(facts)
  const rules = headRules({ ...recipe, epochs: 100_000 }, 20, 0.1)
  const { values } = rotatedPairs(facts, 20, 1)
  const abort = new AbortController()
  abort.abort(new Error('stopped'))
  const { tf } = device
  const random = { fork: () => random, uniform: () => 0.5, shuffle: (x: unknown) => x } as never
  const pairs = pairRowsOf(values, 11)
  await expect(
    trainHeads(tf, heads, pairs, { ...rules, epochs: 100_000 }, random, abort.signal)
  ).rejects.toThrow('stopped')
  await expect(
    trainHeads(tf, heads, pairRowsOf(new Float32Array(0), 11), rules, random, signal)
  ).rejects.toThrow(RangeError)
})

test('facts of a set are read back; damaged ones are said', () => {
  expect(pairFactsOf({ consumer: 'pairs', info: { pairs: { ...facts } } })).toEqual(facts)
  expect(pairFactsOf({ consumer: 'network', info: {} })).toBeUndefined()
  expect(() => pairFactsOf({ consumer: 'pairs', info: {} })).toThrow('no heads')
  const info = { pairs: { ...facts, space: 'many' } }
  expect(() => pairFactsOf({ consumer: 'pairs', info })).toThrow('space')
})
