// G8, G9: One comparison against what can be worked out by hand, against differentiating it all at once, and
// TESLA's short way against the exact one.
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { crossEntropy } from '../../../compute/ops/losses.ts'
import { secondOrderOps } from '../../../compute/ops/second-order.ts'
import { createRandom } from '../../../compute/random.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { augmentationOf, siameseChange } from '../matching/siamese-change.ts'
import { smallInputs } from '../matching/matching.test-support.ts'
import { unrollTraining } from '../unrolled/unrolled-training.ts'
import {
  distanceTo,
  trajectoryMatcher,
  type Goal,
  type MadeTrajectory,
  type MatchOptions
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

const input = { height: 1, width: 1, channels: 3 }
const linear = createNetwork({ kind: 'linear', width: 1, depth: 0, norm: 'none' }, input, 2)
const usual: MatchOptions = {
  lessons: 1,
  perLesson: 8,
  learnsLabels: false,
  isConstant: false
}
const made: MadeTrajectory = {
  items: normal(1, 4 * 3),
  labels: Float32Array.of(1, 0, 1, 0, 0, 1, 0, 1),
  rate: 0.3
}
const goal: Goal = {
  from: [normal(2, 6, 0.3), normal(3, 2, 0.3)],
  to: [normal(4, 6, 0.3), normal(5, 2, 0.3)]
}

function match(change: Partial<MatchOptions>, from: MadeTrajectory = made, towards = goal) {
  const { signal } = new AbortController()
  const none = siameseChange(tf, input, null)
  const matcher = trajectoryMatcher(tf, linear, none, { ...usual, ...change }, signal)
  return matcher.match(from, towards, createRandom(6)).finally(() => matcher.dispose())
}

/** The distance after lessons from all items, for tensors that can be differentiated for. */
function distanceOf(lessons: number, isSoft = false) {
  const ops = secondOrderOps(tf)
  return (x: Tensor, y: Tensor, rate: Tensor): Scalar => {
    const start = goal.from.map((values, i) => tf.tensor(values, [...linear.parameters[i].shape]))
    const targets = isSoft ? ops.softmax(y) : y
    let at: Tensor[] = start
    for (let t = 0; t < lessons; t++) {
      const loss = (...now: Tensor[]): Scalar =>
        crossEntropy(tf, ops, linear.forward(tf, ops, now, x).logits, targets as Tensor2D)
      const slopes = tf.grads(loss)(at)
      at = at.map((weights, i) => tf.sub(weights, tf.mul(slopes[i], rate)))
    }
    const squares = (parts: readonly Tensor[]): Scalar =>
      parts
        .map((part, i): Scalar =>
          tf.sum(tf.square(tf.sub(part, tf.tensor(goal.to[i], [...part.shape]))))
        )
        .reduce((sum, part) => tf.add(sum, part))
    return tf.div(squares(at), squares(start))
  }
}

function close(found: Float32Array, expected: ArrayLike<number>): void {
  const largest = Math.max(...Array.from(expected, Math.abs))
  expect(largest).toBeGreaterThan(1e-4)
  found.forEach((value, i) =>
    expect(Math.abs(value - expected[i])).toBeLessThan(1e-5 * largest + 1e-7)
  )
}

describe('the distance', () => {
  test('is 1 without a lesson that moves, with no slope for the items', async () => {
    const still = await match({ lessons: 3 }, { ...made, rate: 0 })
    expect(still.distance).toBe(1)
    expect(still.items.every((slope) => slope === 0)).toBe(true)
  })

  test('is 0 at the goal, with no slopes at all', () => {
    const [from, to] = [normal(1, 9), normal(2, 9)]
    expect(distanceTo(to, to, from)).toEqual({ distance: 0, slopes: new Float32Array(9) })
    expect(distanceTo(from, to, from).distance).toBe(1)
  })

  test('of an expert that stood still teaches nothing', () => {
    const [at, still] = [normal(1, 9), normal(2, 9)]
    expect(distanceTo(at, still, still)).toEqual({ distance: 0, slopes: new Float32Array(9) })
  })
})

test('the slope for the rate at rate 0 is -2 <goal - start, -gradient> / |goal - start|^2', async () => {
  const { rate } = await match({}, { ...made, rate: 0 })
  const expected = tf.tidy(() => {
    const ops = secondOrderOps(tf)
    const start = goal.from.map((values, i) => tf.tensor(values, [...linear.parameters[i].shape]))
    const x = tf.tensor2d(made.items, [4, 3])
    const y = tf.tensor2d(made.labels, [4, 2])
    const slopes = tf.grads((...now: Tensor[]) =>
      crossEntropy(tf, ops, linear.forward(tf, ops, now, x).logits, y)
    )(start)
    let [along, whole] = [0, 0]
    slopes.forEach((slope, p) =>
      slope.dataSync().forEach((g, i) => {
        const way = goal.to[p][i] - goal.from[p][i]
        along += way * -g
        whole += way * way
      })
    )
    return (-2 * along) / whole
  })
  expect(rate / expected).toBeCloseTo(1, 5)
})

test.each([1, 5])(
  'slopes for items and rate equal those of the whole, %i lessons',
  async (lessons) => {
    const found = await match({ lessons })
    tf.tidy(() => {
      const y = tf.tensor2d(made.labels, [4, 2])
      const by = tf.valueAndGrads((x: Tensor, rate: Tensor) => distanceOf(lessons)(x, y, rate))
      const { value, grads } = by([tf.tensor2d(made.items, [4, 3]), tf.scalar(made.rate)])
      expect(found.distance).toBeCloseTo(value.dataSync()[0], 5)
      close(found.items, grads[0].dataSync())
      close(Float32Array.of(found.rate), grads[1].dataSync())
      expect(found.labels.every((slope) => slope === 0)).toBe(true)
    })
  }
)

test('slopes for learned labels too', async () => {
  const logits = { ...made, labels: normal(8, 8) }
  const found = await match({ lessons: 3, learnsLabels: true }, logits)
  tf.tidy(() => {
    const rate = tf.scalar(made.rate)
    const by = tf.valueAndGrads((x: Tensor, y: Tensor) => distanceOf(3, true)(x, y, rate))
    const { grads } = by([tf.tensor2d(made.items, [4, 3]), tf.tensor2d(logits.labels, [4, 2])])
    close(found.items, grads[0].dataSync())
    close(found.labels, grads[1].dataSync())
  })
})

test('one lesson of squared error has the slope of the closed form', () => {
  // theta' = theta - a x (theta x - y); L = (theta' - goal)^2 / (theta - goal)^2
  const [theta, x, y, a, to] = [0.4, 0.7, -0.5, 0.3, 1.1]
  const training = unrollTraining(tf, {
    shapes: [[1]],
    momentum: 0,
    loss: (_, [w], [at]) => tf.div(tf.sum(tf.square(tf.sub(tf.mul(w, at), y))), 2)
  })
  const batch = { learned: [tf.tensor1d([x])], given: [] }
  training.begin([Float32Array.of(theta)])
  const before = training.snapshot()
  training.step(batch, a)
  const after = theta - a * x * (theta * x - y)
  expect(training.snapshot()[0]).toBeCloseTo(after, 6)
  training.outerSlopes(
    distanceTo(training.snapshot(), Float32Array.of(to), Float32Array.of(theta)).slopes
  )
  const { learned, rate } = training.back(before, batch, a)
  const outer = (2 * (after - to)) / (theta - to) ** 2
  expect(learned[0][0]).toBeCloseTo(outer * -a * (2 * theta * x - y), 5)
  expect(rate).toBeCloseTo(outer * -x * (theta * x - y), 5)
  training.dispose()
  tf.dispose(batch.learned)
})

describe('constant memory (TESLA)', () => {
  const cosine = (a: Float32Array, b: Float32Array): number => {
    let [ab, aa, bb] = [0, 0, 0]
    a.forEach((value, i) => {
      ab += value * b[i]
      aa += value * value
      bb += b[i] * b[i]
    })
    return ab / Math.sqrt(aa * bb)
  }

  test('is exact for one lesson', async () => {
    const [exact, short] = [await match({}), await match({ isConstant: true })]
    expect(short.distance).toBe(exact.distance)
    close(short.items, exact.items)
    expect(short.rate / exact.rate).toBeCloseTo(1, 5)
  })

  test('differs for five, in nearly the same direction', async () => {
    const exact = await match({ lessons: 5 })
    const short = await match({ lessons: 5, isConstant: true })
    expect(short.distance).toBe(exact.distance)
    const gap = Math.hypot(...short.items.map((slope, i) => slope - exact.items[i]))
    expect(gap / Math.hypot(...exact.items)).toBeGreaterThan(0.01)
    expect(cosine(short.items, exact.items)).toBeGreaterThan(0.9)
  })
})

test('pictures with changes: slopes equal differences along a direction', async () => {
  const { shape } = smallInputs(1, {}, 8)
  const network = createNetwork({ kind: 'convnet', width: 4, depth: 1, norm: 'instance' }, shape, 2)
  const change = siameseChange(tf, shape, augmentationOf('usual', { data: 'pictures', shape }))
  const { signal } = new AbortController()
  const options = { ...usual, lessons: 2, perLesson: 2 }
  const matcher = trajectoryMatcher(tf, network, change, options, signal)
  const from = network.start(createRandom(1))
  // A goal nearby, so that single lessons count.
  const to = from.map((values, p) => {
    const way = normal(p, values.length, 0.1)
    return values.map((value, i) => value + way[i])
  })
  const items = normal(3, 4 * 64)
  const at = (values: Float32Array) =>
    matcher.match({ ...made, items: values, rate: 0.2 }, { from, to }, createRandom(4))
  const { items: slopes } = await at(items)
  const length = Math.hypot(...slopes)
  const moved = (step: number) => at(items.map((value, i) => value + (step * slopes[i]) / length))
  const h = 0.003 // short, so that no relu changes sides
  const measured = ((await moved(h)).distance - (await moved(-h)).distance) / (2 * h)
  expect(measured / length).toBeCloseTo(1, 3)
  matcher.dispose()
})
