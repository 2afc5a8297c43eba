// InfoNCE and the weighted binary loss against what is worked out by hand, and their slopes against
// finite differences, once and twice.
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { enableGradients } from '../../compute/devices/gradients.ts'
import { openDevice } from '../../compute/devices/registry.ts'
import { secondOrderOps } from '../../compute/ops/second-order.ts'
import { createRandom } from '../../compute/random.ts'
import { trainingOps } from '../../networks/training-ops.ts'
import { pairHeads } from './pair-heads.ts'
import { balancedWeights, infoNce, ownTexts, weightedBinary } from './pair-loss.ts'

let tf: TensorFlow
beforeAll(async () => {
  await enableGradients()
  tf = (await openDevice('native')).device.tf
})

const temperature = 0.5
/** Three pictures and texts of length 1 in a plane. */
const pictures = [1, 0, 0, 1, 0.6, 0.8]
const texts = [0.8, 0.6, 0, 1, 1, 0]
const products = [0.8, 0, 1, 0.6, 1, 0, 0.96, 0.8, 0.6]

function seen() {
  return { pictures: tf.tensor2d(pictures, [3, 2]), texts: tf.tensor2d(texts, [3, 2]) }
}

test('InfoNCE is the mean of both cross-entropies', () => {
  const z = products.map((cosine) => cosine / temperature)
  const lost = (own: number, others: readonly number[]): number =>
    Math.log(others.reduce((sum, at) => sum + Math.exp(z[at]), 0)) - z[own]
  const there = [0, 1, 2].map((i) => lost(4 * i, [3 * i, 3 * i + 1, 3 * i + 2]))
  const back = [0, 1, 2].map((i) => lost(4 * i, [i, 3 + i, 6 + i]))
  const expected = [...there, ...back].reduce((sum, value) => sum + value, 0) / 6
  for (const ops of [trainingOps(tf), secondOrderOps(tf)]) {
    const own = tf.tensor2d(ownTexts(3), [3, 3])
    expect(infoNce(tf, ops, seen(), own, temperature).dataSync()[0]).toBeCloseTo(expected, 5)
  }
})

test('one pair alone has nothing to be told from', () => {
  const one = { pictures: tf.tensor2d([1, 0], [1, 2]), texts: tf.tensor2d([0, 1], [1, 2]) }
  const loss = infoNce(tf, secondOrderOps(tf), one, tf.tensor2d([1], [1, 1]), temperature)
  expect(loss.dataSync()[0]).toBeCloseTo(0, 6)
})

test('the binary loss weighs pairs and all others alike', () => {
  const belongs = [1, 0.2, 0, 0, 1, 0, 0.5, 0, 1]
  const loss = products.map((cosine, i) => {
    const p = 1 / (1 + Math.exp(-(cosine - 0.5) / temperature))
    return -(belongs[i] * Math.log(p) + (1 - belongs[i]) * Math.log(1 - p))
  })
  const own = [0, 4, 8].reduce((sum, i) => sum + loss[i] / 3, 0)
  const others = [1, 2, 3, 5, 6, 7].reduce((sum, i) => sum + loss[i] / 6, 0)
  const found = weightedBinary(
    tf,
    seen(),
    tf.tensor2d(belongs, [3, 3]),
    tf.tensor2d(balancedWeights(3), [3, 3]),
    temperature
  )
  expect(found.dataSync()[0]).toBeCloseTo((own + others) / 2, 5)
  expect(balancedWeights(3).reduce((sum, value) => sum + value, 0)).toBeCloseTo(1)
  expect([...balancedWeights(1)]).toEqual([1])
})

const heads = pairHeads({ pictureColumns: 3, textColumns: 4, space: 2, hidden: 0 })
const random = createRandom(7)
const rows = Float32Array.from({ length: 5 * 7 }, () => random.normal())
const start = heads.start(createRandom(3))

/** The loss of a batch for a tensor of its rows and for parameters. */
function lossOf(kind: 'own' | 'learned') {
  const ops = secondOrderOps(tf)
  const own = tf.tensor2d(ownTexts(5), [5, 5])
  const weights = tf.tensor2d(balancedWeights(5), [5, 5])
  return (x: Tensor2D, parameters: readonly Tensor[]): Scalar => {
    const directions = heads.project(tf, parameters, x)
    return kind === 'own'
      ? infoNce(tf, ops, directions, own, temperature)
      : weightedBinary(tf, directions, own, weights, temperature)
  }
}

test.each(['own', 'learned'] as const)('slopes for rows agree with differences: %s', (kind) => {
  const loss = lossOf(kind)
  const parameters = heads.parameters.map(({ shape }, i) => tf.tensor(start[i], [...shape]))
  const at = (values: Float32Array): number =>
    loss(tf.tensor2d(values, [5, 7]), parameters).dataSync()[0]
  const slope = tf.grad((x: Tensor) => loss(x as Tensor2D, parameters))(tf.tensor2d(rows, [5, 7]))
  const found = slope.dataSync()
  const step = 1e-2
  for (const i of [0, 6, 17, 34]) {
    const moved = (by: number): Float32Array =>
      rows.map((value, j) => (j === i ? value + by : value))
    const expected = (at(moved(step)) - at(moved(-step))) / (2 * step)
    expect(found[i]).toBeCloseTo(expected, 3)
  }
})

test.each(['own', 'learned'] as const)('slopes of slopes agree with differences: %s', (kind) => {
  const loss = lossOf(kind)
  const shapes = heads.parameters.map(({ shape }) => [...shape])
  const along = start.map((values) => values.map((_, i) => Math.sin(i + 1)))
  const inner = (x: Tensor2D): Scalar => {
    const at = start.map((values, i) => tf.tensor(values, shapes[i]))
    const slopes = tf.grads((...now: Tensor[]) => loss(x, now))(at)
    return slopes
      .map((slope, i): Scalar => tf.sum(tf.mul(slope, tf.tensor(along[i], shapes[i]))))
      .reduce((sum, part) => tf.add(sum, part))
  }
  const at = (values: Float32Array): number => inner(tf.tensor2d(values, [5, 7])).dataSync()[0]
  const found = tf
    .grad((x: Tensor) => inner(x as Tensor2D))(tf.tensor2d(rows, [5, 7]))
    .dataSync()
  const step = 1e-2
  for (const i of [1, 5, 20, 33]) {
    const moved = (by: number): Float32Array =>
      rows.map((value, j) => (j === i ? value + by : value))
    const expected = (at(moved(step)) - at(moved(-step))) / (2 * step)
    expect(Math.abs(found[i] - expected)).toBeLessThan(0.02 * Math.abs(expected) + 2e-3)
  }
})
