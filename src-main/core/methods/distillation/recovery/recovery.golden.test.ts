// The statistics term, views and pushes against values that are known.
import type { Scalar, Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { crossEntropy } from '../../../compute/ops/losses.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { oneHotShares } from '../../../networks/normalisation.ts'
import { asBatchStatistics } from '../../../networks/running-statistics.ts'
import { trainingOps } from '../../../networks/training-ops.ts'
import { parameterTensors } from '../matching/network-tensors.ts'
import { pushWeights } from './push-weights.ts'
import { batchRows, slotsAtOnce } from './recover.ts'
import { recoveryLoss, statisticsTerm } from './recovery-loss.ts'
import { applyView, drawView, leastAreaAt } from './views.ts'

let tf: TensorFlow
beforeAll(async () => {
  tf = (await openTestDevice()).tf
  await enableGradients()
})

const shape = { height: 8, width: 8, channels: 1 }
const network = createNetwork({ kind: 'convnet', width: 4, depth: 2, norm: 'batch' }, shape, 3)
const once = { first: 1, variance: 1 }

function pictures(seed: number, count = 6): Tensor4D {
  const random = createRandom(seed)
  const values = Float32Array.from({ length: count * 64 }, () => random.normal())
  return tf.tensor4d(values, [count, 8, 8, 1])
}

test('the term is 0 at the stored statistics, and else the lengths of the differences', () => {
  tf.tidy(() => {
    const ops = trainingOps(tf)
    const parameters = parameterTensors(tf, network, network.start(createRandom(1)))
    const { statistics } = network.forward(tf, ops, parameters, pictures(1))
    expect(statistics).toHaveLength(2)
    expect(statisticsTerm(tf, statistics, statistics, once).dataSync()[0]).toBeCloseTo(0, 7)

    const plain = (mean: number[], variance: number[]) => ({
      mean: tf.tensor1d(mean),
      variance: tf.tensor1d(variance)
    })
    const batch = [plain([3, 0], [1, 1]), plain([0], [1])]
    const stored = [plain([0, 4], [1, 3]), plain([2], [1.5])]
    // 5 + 2 and 2 + 0.5.
    expect(statisticsTerm(tf, batch, stored, once).dataSync()[0]).toBeCloseTo(9.5, 4)
    const weighted = statisticsTerm(tf, batch, stored, { first: 10, variance: 11 })
    expect(weighted.dataSync()[0]).toBeCloseTo(10 * (5 + 22) + 2 + 5.5, 3)
  })
})

test('the slope of the loss is that of finite differences', () => {
  tf.tidy(() => {
    const ops = trainingOps(tf)
    const parameters = parameterTensors(tf, network, network.start(createRandom(2)))
    const { statistics: running } = network.forward(tf, ops, parameters, pictures(3))
    const y = tf.tensor2d(oneHotShares(Int32Array.of(0, 1, 2, 0, 1, 2), 3), [6, 3])
    const loss = (x: Tensor): Scalar =>
      recoveryLoss(tf, ops, network, parameters, running, x, y, 0.5, { first: 10, variance: 1 })
    const x = pictures(4)
    const slopes = tf.grad(loss)(x)
    const random = createRandom(5)
    const direction = tf.tensor4d(
      Float32Array.from({ length: x.size }, () => random.normal()),
      x.shape
    )
    const step = 2e-3
    const at = (by: number): number => loss(tf.add(x, tf.mul(direction, by))).dataSync()[0]
    const expected = (at(step) - at(-step)) / (2 * step)
    const along = tf.sum(tf.mul(slopes, direction)).dataSync()[0]
    expect(Math.abs(along - expected)).toBeLessThan(0.03 * Math.abs(expected) + 0.01)
    expect(Math.abs(expected)).toBeGreaterThan(0.1)
  })
})

test('a view of the whole picture is a shift that loses nothing', () => {
  const view = drawView(createRandom(7), shape, 1)
  tf.tidy(() => {
    const x = pictures(6)
    const [rows, columns] = [view.rows, view.columns].map((values) => tf.tensor2d(values, [8, 8]))
    const seen = applyView(tf, x, rows, columns)
    const sorted = (of: Tensor): number[] => Array.from(of.dataSync()).sort((a, b) => a - b)
    sorted(seen).forEach((value, i) => expect(value).toBeCloseTo(sorted(x)[i], 5))
    // Each row of the result is one row of the picture, moved.
    const row = view.rows.indexOf(1)
    const column = view.columns.indexOf(1)
    expect(seen.arraySync()[2][0][0][0]).toBeCloseTo(x.arraySync()[2][row][column][0], 5)
  })
})

test('a part of the picture is its pixels, weighted, and constant pictures stay', () => {
  tf.tidy(() => {
    for (const seed of [1, 2, 3]) {
      const view = drawView(createRandom(seed), { ...shape, width: 6 }, 0.08)
      const rows = tf.tensor2d(view.rows, [8, 8])
      const columns = tf.tensor2d(view.columns, [6, 6])
      const seen = applyView(tf, tf.ones([2, 8, 6, 3]), rows, columns)
      expect(seen.shape).toEqual([2, 8, 6, 3])
      for (const value of seen.dataSync()) expect(value).toBeCloseTo(1, 5)
    }
  })
  expect(leastAreaAt(0)).toBe(1)
  expect(leastAreaAt(1)).toBeCloseTo(0.08, 10)
})

test('a push goes as far as asked, uphill, and the same way each time', () => {
  const parameters = network.start(createRandom(8))
  const statistics = network.normalised.flatMap((count) => [
    new Float32Array(count),
    new Float32Array(count).fill(1)
  ])
  const x = pictures(9)
  const y = tf.tensor2d([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 1], [6, 3])
  const push = (length: number) =>
    pushWeights(tf, network, { parameters, statistics }, x, y, length)
  const pushed = push(0.3)
  expect(push(0.3)).toEqual(pushed)
  const apart = pushed.flatMap((values, i) => Array.from(values, (v, j) => v - parameters[i][j]))
  const far = Math.hypot(...apart)
  expect(far).toBeLessThanOrEqual(0.3001)
  expect(far).toBeGreaterThan(0.2)
  const loss = (of: readonly Float32Array[]): number =>
    tf.tidy(() => {
      const running = asBatchStatistics(statistics.map((values) => tf.tensor1d(values)))
      const ops = trainingOps(tf)
      const given = parameterTensors(tf, network, of)
      const { logits } = network.forward(tf, ops, given, x, { running })
      return crossEntropy(tf, ops, logits, y).dataSync()[0]
    })
  expect(loss(pushed)).toBeGreaterThan(loss(parameters))
  tf.dispose([x, y])
})

test('batches hold whole slots and every picture once', () => {
  expect(slotsAtOnce(10, 50)).toBe(10)
  expect(slotsAtOnce(1000, 5)).toBe(1)
  for (const [classes, perClass] of [
    [10, 13],
    [3, 1],
    [40, 5]
  ]) {
    const batches = batchRows(classes, perClass)
    const rows = batches.flatMap((batch) => [...batch])
    expect([...rows].sort((a, b) => a - b)).toEqual(rows.map((_, i) => i))
    for (const batch of batches) {
      expect(batch.length % classes).toBe(0)
      expect(new Set(Array.from(batch, (row) => Math.floor(row / perClass))).size).toBe(classes)
    }
  }
})
