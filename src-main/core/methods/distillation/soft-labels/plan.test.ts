// What is tried for which parameters.
import { expect, it } from 'vitest'
import { softLabelParams } from './params.ts'
import {
  expertBatch,
  frontierCounts,
  inverseTemperatures,
  searchPlan,
  studentRecipe,
  triedMoments
} from './plan.ts'
import { tenthOf } from './choose-items.ts'
import { averagedMoments } from './expert-labels.ts'

const moments = [0, 0.25, 0.5, 1, 2, 3, 4].map((epoch) => ({ epoch }))

it('tries moments from early to last, never the untrained one', () => {
  expect(triedMoments(moments, 3)).toEqual([2, 4, 6])
  expect(triedMoments(moments, 1)).toEqual([6])
  expect(triedMoments(moments, 50)).toEqual([1, 2, 3, 4, 5, 6])
})

it('has the published grid of temperatures, and the near ones of few', () => {
  const grid = inverseTemperatures(10)
  expect(grid[0]).toBe(1)
  expect(grid[9]).toBeCloseTo(0.2, 12)
  expect(1 / grid[1]).toBeCloseTo(1 + 4 / 9, 12)
  expect(inverseTemperatures(1)).toEqual([1])
  expect(inverseTemperatures(2)).toEqual([1, 0.5])
})

it('compares at a third of the length, without changes for rows of numbers', () => {
  const params = softLabelParams.parse({ studentEpochs: 300, teacherShares: true })
  const plan = searchPlan(params, moments)
  expect(plan.screenEpochs).toBe(100)
  expect(plan.teacherShares).toEqual([0.75, 0.5, 0.25])
  expect(studentRecipe(params, 'pictures').augment).not.toBeNull()
  expect(studentRecipe(params, 'vectors').augment).toBeNull()
})

it('grows the batch of a helper model with the data', () => {
  expect([100, 5000, 60_000].map(expertBatch)).toEqual([16, 50, 128])
})

it('measures the frontier around the asked number', () => {
  expect(frontierCounts(10)).toEqual([1, 2, 5, 10, 20])
  expect(frontierCounts(7)).toEqual([1, 2, 5, 7, 10])
})

it('takes a tenth by difficulty, more where a tenth is too small', () => {
  const losses = Float64Array.from({ length: 40 }, (_, i) => (i * 7) % 40)
  const valuesOf = (places: Uint32Array): number[] => Array.from(places, (at) => losses[at])
  expect(valuesOf(tenthOf(losses, 0, 2))).toEqual([0, 1, 2, 3])
  expect(valuesOf(tenthOf(losses, 9, 2))).toEqual([36, 37, 38, 39])
  expect(valuesOf(tenthOf(losses, 9, 6))).toEqual([34, 35, 36, 37, 38, 39])
})

it('averages a moment with those just before it, none younger than half its age', () => {
  expect(averagedMoments(moments, 6, 3)).toEqual([5, 6])
  expect(averagedMoments(moments, 3, 3)).toEqual([3])
  expect(
    averagedMoments(
      [1, 2, 3, 4, 5, 6, 7].map((epoch) => ({ epoch })),
      6,
      3
    )
  ).toEqual([4, 5, 6])
  expect(averagedMoments(moments, 6, 1)).toEqual([6])
  expect(averagedMoments(moments, 0, 3)).toEqual([0])
})
