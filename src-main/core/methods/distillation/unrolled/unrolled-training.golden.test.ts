// G7: The reverse recursion against numbers worked out elsewhere, and against differentiating the whole
// unrolled training at once.
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { crossEntropy } from '../../../compute/ops/losses.ts'
import { secondOrderOps } from '../../../compute/ops/second-order.ts'
import { createRandom } from '../../../compute/random.ts'
import { unrollTraining, type InnerTraining, type Snapshot } from './unrolled-training.ts'

let tf: TensorFlow

beforeAll(async () => {
  await enableGradients()
  tf = (await openDevice('native')).device.tf
})

test.each([
  [0.9, 1.5713008, -0.615462178],
  [0, -0.2565938, -1.177271981]
])('a training of one number with momentum %s', (momentum, end, slope) => {
  const training = unrollTraining(
    tf,
    {
      shapes: [[1]],
      momentum,
      loss: (_, [w], [x]) => tf.div(tf.sum(tf.square(tf.sub(w, x))), 2)
    },
    (_, [w]) => tf.div(tf.sum(tf.square(tf.sub(w, 2))), 2)
  )
  const batch = { learned: [tf.tensor1d([0.7])], given: [] }
  training.begin([Float32Array.of(-1.3)])
  const before: Snapshot[] = []
  for (let t = 0; t < 7; t++) {
    before.push(training.snapshot())
    training.step(batch, 0.1)
  }
  expect(training.snapshot()[0]).toBeCloseTo(end, 6)
  training.outer([])
  let total = 0
  for (const weights of before.reverse()) total += training.back(weights, batch, 0.1).learned[0][0]
  expect(total).toBeCloseTo(slope, 6)
  training.dispose()
  tf.dispose(batch.learned)
})

const shapes = [
  [4, 5],
  [5, 3]
]
const T = 6

/** A net of two layers with softplus, three batches that take turns. */
function tinyProblem() {
  const random = createRandom(3)
  const normal = (size: number, spread: number): Float32Array =>
    Float32Array.from({ length: size }, () => spread * random.normal())
  const ops = secondOrderOps(tf)
  const logits = ([a, b]: readonly Tensor[], x: Tensor): Tensor2D =>
    tf.matMul(ops.softplus(tf.matMul(x as Tensor2D, a as Tensor2D)), b as Tensor2D)
  const loss = (parameters: readonly Tensor[], x: Tensor, y: Tensor): Scalar =>
    crossEntropy(tf, ops, logits(parameters, x), y as Tensor2D)
  const inner: InnerTraining = {
    shapes,
    momentum: 0.8,
    loss: (_, parameters, [x], [y]) => loss(parameters, x, y)
  }
  const start = [normal(20, 0.5), normal(15, 0.5)]
  const targets = tf.tensor2d([1, 0, 0, 0.2, 0.3, 0.5], [2, 3])
  const batches = [0, 1, 2].map(() => ({
    learned: [tf.tensor2d(normal(8, 1), [2, 4])],
    given: [targets]
  }))
  const real = [
    tf.tensor2d(normal(24, 1), [6, 4]),
    tf.tidy(() => tf.cast(tf.oneHot([0, 1, 2, 0, 1, 2], 3), 'float32'))
  ]
  return { inner, loss, start, batches, real }
}

/** The recursion's slopes for the batches and the rate. */
function byRecursion(rate: number) {
  const { inner, loss, start, batches, real } = tinyProblem()
  const training = unrollTraining(tf, inner, (_, parameters, [x, y]) => loss(parameters, x, y))
  training.begin(start)
  const before: Snapshot[] = []
  for (let t = 0; t < T; t++) {
    before.push(training.snapshot())
    training.step(batches[t % 3], rate)
  }
  const value = training.outer(real)
  const slopes = batches.map(() => new Float32Array(8))
  let rateSlope = 0
  for (let t = T - 1; t >= 0; t--) {
    const back = training.back(before[t], batches[t % 3], rate)
    back.learned[0].forEach((slope, i) => (slopes[t % 3][i] += slope))
    rateSlope += back.rate
  }
  training.dispose()
  return { value, slopes, rateSlope }
}

/** The same by differentiating everything at once. */
function unrolledLoss(rate: Tensor, learned: readonly Tensor[]): Scalar {
  const { inner, loss, start, batches, real } = tinyProblem()
  let theta: Tensor[] = start.map((values, i) => tf.tensor(values, shapes[i]))
  let velocity: Tensor[] = theta.map((weights) => tf.zerosLike(weights))
  for (let t = 0; t < T; t++) {
    const [x, y] = [learned[t % 3], batches[t % 3].given[0]]
    const slopes = tf.grads((...at: Tensor[]) => loss(at, x, y))(theta)
    velocity = velocity.map((v, i) => tf.add(tf.mul(v, inner.momentum), slopes[i]))
    theta = theta.map((weights, i) => tf.sub(weights, tf.mul(velocity[i], rate)))
  }
  return loss(theta, real[0], real[1])
}

test('equals the derivative of the unrolled training, for the batches and for the rate', () => {
  const rate = 0.3
  const found = byRecursion(rate)
  tf.tidy(() => {
    const { batches } = tinyProblem()
    const by = tf.valueAndGrads((...[r, ...x]: Tensor[]) => unrolledLoss(r, x))
    const { value, grads } = by([tf.scalar(rate), ...batches.map(({ learned }) => learned[0])])
    expect(found.value).toBeCloseTo(value.dataSync()[0], 6)
    expect(found.rateSlope).toBeCloseTo(grads[0].dataSync()[0], 5)
    found.slopes.forEach((slopes, i) => {
      const expected = grads[i + 1].dataSync()
      slopes.forEach((slope, k) => expect(Math.abs(slope - expected[k])).toBeLessThan(1e-6))
      expect(Math.max(...expected.map(Math.abs))).toBeGreaterThan(1e-3)
    })
  })
})

test('equals differences of the whole training', () => {
  const { slopes } = byRecursion(0.3)
  tf.tidy(() => {
    const { batches } = tinyProblem()
    const at = (which: number, k: number, step: number): number => {
      const moved = batches.map(({ learned }, i) => {
        const values = learned[0].dataSync().slice()
        if (i === which) values[k] += step
        return tf.tensor2d(values, [2, 4])
      })
      return unrolledLoss(tf.scalar(0.3), moved).dataSync()[0]
    }
    for (const [which, k] of [
      [0, 1],
      [1, 6],
      [2, 3]
    ]) {
      const h = 0.05
      const measured =
        (8 * (at(which, k, h) - at(which, k, -h)) - (at(which, k, 2 * h) - at(which, k, -2 * h))) /
        (12 * h)
      expect(Math.abs(slopes[which][k] - measured)).toBeLessThan(1e-5)
    }
  })
})

test('one step without momentum is a plain gradient step, and the short way is exact there', () => {
  const { inner, loss, start, batches, real } = tinyProblem()
  const training = unrollTraining(tf, { ...inner, momentum: 0 }, (_, at, [x, y]) => loss(at, x, y))
  const slopes = (['exact', 'direct'] as const).map((kind) => {
    training.begin(start)
    const before = training.snapshot()
    training.step(batches[0], 0.5)
    training.outer(real)
    return Array.from(training.back(before, batches[0], 0.5, kind).learned[0])
  })
  slopes[0].forEach((slope, i) => expect(slopes[1][i]).toBeCloseTo(slope, 7))
  training.dispose()
})

test('holds the number of tensors and gives the same bits again', () => {
  const first = byRecursion(0.2)
  const held = tf.memory().numTensors
  const second = byRecursion(0.2)
  // The problem itself: targets, three batches, two real tensors.
  expect(tf.memory().numTensors - held).toBe(6)
  expect(second).toEqual(first)
})
