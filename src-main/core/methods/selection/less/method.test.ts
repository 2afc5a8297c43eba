import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { unpackHeads } from '../../head-gradients/head-set.ts'
import {
  checkpointOf,
  dotOf,
  fullGradient,
  runSpec,
  scaledRow,
  scoresOf,
  type TargetRecord
} from '../../head-gradients/target.test-support.ts'
import { makeCase, type Case } from '../icons/icons.test-support.ts'
import { adamDirection } from './adam.ts'
import { lessSpec } from './method.ts'
import { lessParams, type LessParams } from './params.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const shape = { rows: 150, columns: 9, classes: 4, tasks: 3, budget: 30, parts: 2 }

const run = (given: Case, params: Partial<LessParams>): Promise<TargetRecord> =>
  runSpec(device, given.inputs, lessSpec(lessParams.parse(params)))

/** The paper's matrices: T checkpoints x N x V whole gradients, in float64. */
function reference({ inputs, values }: Case, record: TargetRecord): number[][] {
  const checkpoint = checkpointOf(record, 'heads')
  const { weights, shares, moments, columns } = unpackHeads(checkpoint)
  const unit = (g: number[]): number[] => g.map((value) => value / Math.hypot(...g))
  const isAdam = moments.length > 0
  const pool = weights.map((own, t) =>
    [...inputs.labels].map((label, i) => {
      const g = fullGradient(own, scaledRow(checkpoint, values, i), label)
      if (!isAdam) return unit(g)
      return unit(g.map((x, at) => adamDirection(x, moments[t].mean[at], moments[t].square[at])))
    })
  )
  return inputs.tasks.map((task) => {
    const parts = task.parts.map((part) => {
      expect(part.features.length).toBe(part.labels.length * columns)
      const sums = inputs.labels.map(() => 0)
      const out = Array.from(sums, () => 0)
      weights.forEach((own, t) => {
        const targets = [...part.labels].map((label, v) =>
          unit(fullGradient(own, scaledRow(checkpoint, part.features, v), label))
        )
        pool[t].forEach((g, i) => {
          const influences = targets.map((target) => dotOf(target, g))
          out[i] += (shares[t] * influences.reduce((a, b) => a + b)) / targets.length
        })
      })
      return out
    })
    return parts[0].map((_, i) => Math.max(...parts.map((part) => part[i])))
  })
}

describe('LESS', () => {
  it.each([
    ['at several checkpoints', { subTasks: 'none' }],
    ['with T = 1, where it is the plain cosine', { subTasks: 'none', warmUpEpochs: 1 }],
    ['with the steps of Adam', { subTasks: 'none', steps: 'adam' }]
  ] as const)('equals the mean of the full N x V matrix %s', async (_, params) => {
    const given = makeCase(5, shape)
    const record = await run(given, params)
    const expected = reference(given, record).flat()
    const got = scoresOf(record)
    expect(got.length).toBe(expected.length)
    expected.forEach((value, i) => expect(Math.abs(got[i] - value)).toBeLessThan(5e-6))
  })

  it('takes the mean where a task has one part, and the largest over its labels otherwise', async () => {
    const given = makeCase(5, { ...shape, parts: 1 })
    const split = await run(given, { subTasks: 'labels' })
    const { columns } = given.inputs.features
    const tasks = given.inputs.tasks.map((task) => ({
      ...task,
      parts: [...new Set(task.parts[0].labels)].map((label) => {
        const rows = [...task.parts[0].labels.keys()].filter(
          (v) => task.parts[0].labels[v] === label
        )
        const features = rows.flatMap((v) => [
          ...task.parts[0].features.subarray(v * columns, (v + 1) * columns)
        ])
        return {
          name: String(label),
          labels: Int32Array.from(rows, () => label),
          features: Float32Array.from(features)
        }
      })
    }))
    const expected = reference({ ...given, inputs: { ...given.inputs, tasks } }, split).flat()
    const got = scoresOf(split)
    expected.forEach((value, i) => expect(Math.abs(got[i] - value)).toBeLessThan(5e-6))
  })

  it('weighs checkpoints by their mean learning rates, which fall', async () => {
    const { shares } = unpackHeads(checkpointOf(await run(makeCase(5, shape), {}), 'heads'))
    expect(shares).toHaveLength(4)
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 12)
    for (let t = 1; t < 4; t++) expect(shares[t]).toBeLessThan(shares[t - 1])
  })
})

describe('the direction of Adam', () => {
  it('is nearly the sign of a gradient when the moments are zero', () => {
    for (const g of [3, -0.5, 0.02])
      expect(adamDirection(g, 0, 0)).toBeCloseTo((0.1 * g) / Math.sqrt(0.001 * g * g + 1e-8), 12)
    expect(adamDirection(3, 0, 0) / adamDirection(0.5, 0, 0)).toBeCloseTo(1, 3)
    expect(adamDirection(-3, 0, 0)).toBe(-adamDirection(3, 0, 0))
    expect(adamDirection(0, 0, 0)).toBe(0)
  })

  it('takes nine tenths of the old mean and 0.999 of the old square, without bias correction', () => {
    // m' = 0.9 * 2 + 0.1 * 3 = 2.1; v' = 0.999 * 4 + 0.001 * 9 = 4.005.
    expect(adamDirection(3, 2, 4)).toBeCloseTo(2.1 / Math.sqrt(4.005 + 1e-8), 12)
    expect(adamDirection(0, 2, 4)).toBeCloseTo(1.8 / Math.sqrt(3.996 + 1e-8), 12)
  })

  it('learns: the loss of its warm-up falls', async () => {
    const { steps } = await run(makeCase(5, shape), { steps: 'adam', warmUpEpochs: 6 })
    const losses = steps.flatMap(({ live }) => (live === undefined ? [] : [live.y]))
    expect(losses).toHaveLength(6)
    expect(losses[5]).toBeLessThan(0.7 * losses[0])
  })
})
