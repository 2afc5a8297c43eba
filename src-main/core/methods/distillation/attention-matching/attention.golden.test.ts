// Attention against sums by hand, what must not change it, and whole runs.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import {
  derivativeError,
  normalStart
} from '../../../compute/ops/finite-differences.test-support.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { fashionInputs } from '../matching/fashion.test-support.ts'
import { contextOn, runToEnd, smallInputs } from '../matching/matching.test-support.ts'
import { attention, attentionDescription } from './attention.ts'
import { attentionMatchingMethod } from './method.ts'
import { attentionMatchingParams } from './params.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
  await enableGradients()
})

function activations(seed: number): Tensor {
  const { values, shape } = normalStart(createRandom(seed), [3, 4, 5, 6])
  return device.tf.relu(device.tf.tensor(values, [...shape]))
}

describe('attention', () => {
  test('with power 1 is the sum over channels, of length 1', () => {
    const { tf } = device
    const x = tf.tensor4d([1, 2, 0, 4, 3, 0, 0, 0], [1, 2, 2, 2])
    const rows = attention(tf, x, 1).dataSync()
    const wanted = [3, 4, 3, 0].map((value) => value / Math.sqrt(34))
    wanted.forEach((value, i) => expect(rows[i]).toBeCloseTo(value, 6))
  })

  test.each([1, 2, 3, 4])('with power %i does not depend on the strength', (exponent) => {
    const { tf } = device
    const x = activations(1)
    const rows = attention(tf, x, exponent).dataSync<'float32'>()
    const stronger = attention(tf, tf.mul(x, 3), exponent).dataSync<'float32'>()
    rows.forEach((value, i) => expect(stronger[i]).toBeCloseTo(value, 5))
    for (let row = 0; row < 3; row++) {
      const squares = rows.slice(row * 20, (row + 1) * 20).reduce((sum, v) => sum + v * v, 0)
      expect(squares).toBeCloseTo(1, 4)
    }
  })

  test.each([1, 2, 3, 4])('with power %i is the sum of powers by hand', (exponent) => {
    const { tf } = device
    const x = activations(2)
    const values = x.dataSync<'float32'>()
    const sums = Array.from({ length: 60 }, (_, place) =>
      Array.from({ length: 6 }, (_, c) => values[place * 6 + c] ** exponent).reduce((a, b) => a + b)
    )
    const rows = attention(tf, x, exponent).dataSync<'float32'>()
    sums.forEach((sum, place) => {
      const from = place - (place % 20)
      const length = Math.hypot(...sums.slice(from, from + 20))
      expect(rows[place]).toBeCloseTo(sum / length, 4)
    })
  })

  test('of a layer that is dead has slopes, and they are numbers', () => {
    const { tf } = device
    for (const exponent of [1, 3, 4]) {
      const slopes = tf.grad((x) => tf.sum(attention(tf, tf.relu(x), exponent)))
      for (const value of slopes(tf.fill([1, 2, 2, 2], -1)).dataSync<'float32'>())
        expect(value).toBe(0)
      for (const value of slopes(tf.zeros([1, 2, 2, 2])).dataSync<'float32'>())
        expect(Number.isFinite(value)).toBe(true)
    }
  })

  test('has the slopes of finite differences', () => {
    const { tf } = device
    for (const exponent of [1, 2, 3, 4]) {
      const { values, shape } = normalStart(createRandom(3), [2, 3, 3, 4], 0.2)
      // Away from 0, where a ReLU has its kink.
      const start = { shape, values: values.map((value) => 1.5 + value) }
      const f = ([x]: readonly Tensor[]): Tensor => attention(tf, x, exponent)
      expect(derivativeError(tf, f, [start], 1, createRandom(4))).toBeLessThan(1e-2)
    }
  })
})

test('what is matched weighs attention 100 and the last layer 100 times its weight', () => {
  const { tf } = device
  const [a, last] = [activations(4), activations(5)]
  const features = tf.tensor2d([3, 4, 0, 0, 1, 0], [3, 2])
  const logits = tf.zeros([3, 2]) as typeof features
  const outputs = { activations: [a, last], features, logits, statistics: [] }
  const rows = attentionDescription(4, 0.01)(tf, outputs, a).arraySync()
  const squares = (values: readonly number[]): number => values.reduce((sum, v) => sum + v * v, 0)
  // The attention of the last block is left out.
  expect(rows[0]).toHaveLength(20 + 2)
  expect(squares(rows[0].slice(0, 20))).toBeCloseTo(100, 2)
  expect(squares(rows[0].slice(20))).toBeCloseTo(25, 4)
})

describe('a run', () => {
  const params = attentionMatchingParams.parse({ iterations: 5, realPerClass: 8 })

  test('gives the same bits again and from every checkpoint, and keeps no tensors', async () => {
    const inputs = smallInputs(1)
    const { run } = attentionMatchingMethod
    const before = device.tf.memory().numTensors
    const { progress, set } = await runToEnd(run(contextOn(device), inputs, params))
    for (const { checkpoint } of progress) {
      if (checkpoint === undefined) continue
      const again = await runToEnd(run(contextOn(device, checkpoint), inputs, params))
      expect(again.set).toEqual(set)
    }
    expect(device.tf.memory().numTensors).toBe(before)
    expect(set.values).toHaveLength(4 * 144)
  })

  test('brings the attention of made pictures nearer', async () => {
    const { inputs } = await fashionInputs(1, 600, 1)
    const longer = attentionMatchingParams.parse({ iterations: 25, changes: 'off' })
    const { progress } = await runToEnd(
      attentionMatchingMethod.run(contextOn(device), inputs, longer)
    )
    const losses = progress.map(({ live }) => live?.y ?? NaN)
    const mean = (of: readonly number[]): number => of.reduce((sum, v) => sum + v, 0) / of.length
    expect(mean(losses.slice(-5))).toBeLessThan(0.7 * mean(losses.slice(0, 5)))
  })
})
