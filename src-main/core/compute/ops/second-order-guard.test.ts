// G20: The guard lets right devices through and catches each wrong operation by name.
import type { Scalar, Tensor } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '../../../api/errors.ts'
import type { TensorFlow } from '../devices/device.ts'
import { DeviceFailed } from '../devices/driver.ts'
import { enableGradients } from '../devices/gradients.ts'
import { listDevices, openDevice } from '../devices/registry.ts'
import { checkSecondOrder, requireSecondOrder } from './second-order-guard.ts'
import { secondOrderOps, type SecondOrderOps } from './second-order.ts'

await enableGradients()
const devices = (await listDevices()).filter((device) => device.isAvailable)

describe.each(devices.map((device) => device.id))('on %s', (id) => {
  let tf: TensorFlow
  beforeAll(async () => {
    tf = (await openDevice(id)).device.tf
  })

  test('all is right', async () => {
    expect(checkSecondOrder(tf)).toBeUndefined()
    await requireSecondOrder(tf)
  })

  test('nothing stays in memory', () => {
    checkSecondOrder(tf)
    const before = tf.memory().numTensors
    checkSecondOrder(tf)
    expect(tf.memory().numTensors).toBe(before)
  })

  test("tfjs-core's own exp gives 3.265 instead of 6.464, and is caught", () => {
    const second = (exp: SecondOrderOps['exp']): number =>
      tf.tidy(() => {
        const first = tf.grad((x: Tensor): Scalar => tf.sum(exp(tf.square(x))))
        return tf
          .grad((x: Tensor) => tf.sum(first(x)))(tf.tensor1d([0.7]))
          .dataSync()[0]
      })
    const ops = secondOrderOps(tf)
    expect(second((x) => tf.exp(x))).toBeCloseTo(3.265, 3)
    expect(second((x) => ops.exp(x))).toBeCloseTo(6.464, 3)
    expect(checkSecondOrder(tf, { ...ops, exp: (x) => tf.exp(x) })).toBe('exp')
  })
})

describe('what is wrong is named', () => {
  const wrong: [string, (tf: TensorFlow, ops: SecondOrderOps) => Partial<SecondOrderOps>][] = [
    ['sigmoid', (tf) => ({ sigmoid: (x) => tf.sigmoid(x) })],
    ['log-softmax', (tf) => ({ logSoftmax: (x) => tf.logSoftmax(x) })],
    // No second derivative at all.
    ['convolution', (tf) => ({ convolve: (x, w, padding) => tf.conv2d(x, w, 1, padding) })],
    ['average pooling', (tf) => ({ averagePool: (x, size) => tf.avgPool(x, size, size, 'valid') })],
    [
      'instance normalisation',
      // The factor taken as a constant, a usual slip.
      (tf, ops) => ({
        instanceNorm: (x, scale, shift) => {
          const value = ops.instanceNorm(x, scale, shift)
          return tf.customGrad<typeof value>(() => ({ value, gradFunc: (dy) => tf.clone(dy) }))(x)
        }
      })
    ]
  ]

  test.each(wrong)('%s', async (name, replace) => {
    const { tf } = (await openDevice('cpu')).device
    const ops = secondOrderOps(tf)
    expect(checkSecondOrder(tf, { ...ops, ...replace(tf, ops) })).toBe(name)
  })

  test('a convolution that pads on the wrong side', async () => {
    const { tf } = (await openDevice('cpu')).device
    const ops = secondOrderOps(tf)
    const convolve: SecondOrderOps['convolve'] = (x, w) => {
      const [rows, columns] = w.shape
      const padded = tf.pad(x, [
        [0, 0],
        [rows - 1, 0],
        [columns - 1, 0],
        [0, 0]
      ])
      return ops.convolve(padded, w, 'valid')
    }
    expect(checkSecondOrder(tf, { ...ops, convolve })).toBe('convolution')
  })

  test('a device that breaks down is not called wrong', async () => {
    const { tf } = (await openDevice('cpu')).device
    const lost = (): never => {
      throw new DeviceFailed('cpu', 'out of memory')
    }
    expect(() => checkSecondOrder(tf, { ...secondOrderOps(tf), exp: lost })).toThrow(DeviceFailed)
  })

  test('a person is told plainly', async () => {
    const { tf } = (await openDevice('cpu')).device
    const broken = { ...tf, log: (x: Tensor) => tf.mul(tf.log(x), 1.01) } as TensorFlow // one operation replaced
    const error: unknown = await requireSecondOrder(broken).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(AppError)
    expect(error).toMatchObject({ code: 'method-not-possible' })
    expect(String(error)).toContain('(log-softmax)')
  })
})
