// Slopes for pixels through the first layer of a ConvNet: with the wide border that small grey pictures
// get, the native device must not fall back to plain loops.
import { expect, test } from 'vitest'
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { secondOrderOps } from '../../../compute/ops/second-order.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { pixelOps } from './pixel-ops.ts'

function slopes({ tf }: Device, ops: ReturnType<typeof pixelOps>, border: number): Float32Array {
  const random = createRandom(border)
  const normal = (...shape: [number, number, number, number]): Tensor4D =>
    tf.tensor4d(
      Float32Array.from({ length: shape.reduce((a, b) => a * b) }, () => random.normal()),
      shape
    )
  return tf.tidy(() => {
    const [x, filter] = [normal(3, 7, 6, 2), normal(3, 3, 2, 4)]
    const total = (at: Tensor): Tensor =>
      tf.sum(tf.square(ops.averagePool(tf.relu(ops.convolve(at as Tensor4D, filter, border)), 2)))
    return Float32Array.from(tf.grad(total)(x).dataSync<'float32'>())
  })
}

test.each([0, 1, 2, 3, 5])('with a border of %i all devices agree', async (border) => {
  await enableGradients()
  const wasm = await openTestDevice()
  const expected = slopes(wasm, secondOrderOps(wasm.tf), border)
  expect(expected.some((slope) => Math.abs(slope) > 0.1)).toBe(true)
  const close = (found: Float32Array): void =>
    found.forEach((slope, i) => expect(slope).toBeCloseTo(expected[i], 3))
  close(slopes(wasm, pixelOps(wasm.tf), border))
  const { device: native } = await openDevice('native')
  close(slopes(native, pixelOps(native.tf), border))
  if (native.usage !== undefined) expect(native.usage().fallbacks).toEqual({})
})
