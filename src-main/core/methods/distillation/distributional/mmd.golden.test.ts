// G12: The kernel distance against numbers worked out by hand, and its gradient against finite differences.
import type { Scalar, Tensor, Tensor3D } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { inKernelUnits, kernelWidths, squaredMmd } from './mmd.ts'

let tf: TensorFlow
beforeAll(async () => {
  tf = (await openTestDevice()).tf
  await enableGradients()
})

function distance(x: number[][], y: number[][], widths: readonly number[]): number {
  return tf.tidy(() => {
    const [a, b] = [x, y].map((rows) => tf.tensor3d([rows]))
    return squaredMmd(tf, a, b, widths).dataSync()[0]
  })
}

test('{0, 1} against itself is -0.39347: unbiased, so negative', () => {
  const zeroOne = [[0], [1]]
  expect(distance(zeroOne, zeroOne, [1])).toBeCloseTo(-0.39347, 5)
})

test('the mixture is the sum over the widths, and other samples are apart', () => {
  const near = [
    [0, 0],
    [1, 0],
    [0, 2]
  ]
  const far = [
    [9, 9],
    [8, 9],
    [9, 7]
  ]
  const each = kernelWidths.map((width) => distance(near, far, [width]))
  const sum = each.reduce((total, value) => total + value, 0)
  expect(distance(near, far, kernelWidths)).toBeCloseTo(sum, 4)
  expect(sum).toBeGreaterThan(1)
})

test('a sample of one item counts nothing for itself', () => {
  // k(y1, y2) - (k(x, y1) + k(x, y2)) with x between the two.
  const expected = Math.exp(-2) - 2 * Math.exp(-0.5)
  expect(distance([[0]], [[-1], [1]], [1])).toBeCloseTo(expected, 5)
})

test('groups do not mix', () => {
  const value = tf.tidy(() => {
    const x = tf.tensor3d([
      [[0], [1]],
      [[5], [7]]
    ])
    return Array.from(squaredMmd(tf, x, x, [1]).dataSync())
  })
  expect(value[0]).toBeCloseTo(-0.39347, 5)
  expect(value[1]).toBeCloseTo(Math.exp(-2) - 1, 5)
})

test('the gradient is that of finite differences, units included', () => {
  const random = createRandom(3)
  const draw = (count: number): number[] => Array.from({ length: count }, () => random.normal())
  const [x, y] = [draw(2 * 3 * 4), draw(2 * 5 * 4)]
  const loss = (values: Tensor): Scalar => {
    const [a, b] = inKernelUnits(tf, values as Tensor3D, tf.tensor3d(y, [2, 5, 4]))
    return tf.mean(squaredMmd(tf, a, b))
  }
  const at = (values: number[]): number =>
    tf.tidy(() => loss(tf.tensor3d(values, [2, 3, 4])).dataSync()[0])
  const slopes = tf.tidy(() =>
    Array.from(
      tf
        .grad(loss)(tf.tensor3d(x, [2, 3, 4]))
        .dataSync()
    )
  )
  const step = 1e-2
  for (const place of [0, 7, 13, 23]) {
    const moved = (by: number): number[] => x.map((value, i) => (i === place ? value + by : value))
    const expected = (at(moved(step)) - at(moved(-step))) / (2 * step)
    expect(slopes[place]).toBeCloseTo(expected, 3)
  }
  expect(Math.max(...slopes.map(Math.abs))).toBeGreaterThan(0.01)
})

test('units are those of the real sample: shifted and stretched features give the same', () => {
  const random = createRandom(4)
  const x = Array.from({ length: 24 }, () => random.normal())
  const y = Array.from({ length: 40 }, () => random.normal())
  const value = (by: (value: number) => number): number =>
    tf.tidy(() => {
      const [a, b] = inKernelUnits(
        tf,
        tf.tensor3d(x.map(by), [2, 3, 4]),
        tf.tensor3d(y.map(by), [2, 5, 4])
      )
      return tf.mean(squaredMmd(tf, a, b)).dataSync()[0]
    })
  expect(value((v) => 300 * v + 7)).toBeCloseTo(
    value((v) => v),
    3
  )
})
