// What is recorded, what of it is computed, and when a graph is compiled anew.
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { firstOrderOps } from '../../ops/first-order.ts'
import { crossEntropy } from '../../ops/losses.ts'
import type { DeviceUsage, TensorFlow } from '../device.ts'
import { enableGradients } from '../gradients.ts'
import { plainDriver } from '../plain.ts'
import { createDeviceRegistry } from '../registry.ts'
import type { NativeBackend } from './backend.ts'
import { cutOut } from './cut.ts'
import { nativeDriver } from './driver.ts'
import { sizeOf, type Value } from './value.ts'

let tf: TensorFlow

beforeAll(async () => {
  tf = (await createDeviceRegistry([nativeDriver, plainDriver]).openDevice('native')).device.tf
  await enableGradients()
})

const usage = (): DeviceUsage => {
  const now = nativeDriver.usage?.()
  if (now === undefined) throw new Error('the native device tells what it holds')
  return now
}

/** Pending values that the next read would compute, in order. */
function pending(): readonly Value[] {
  const backend = tf.backend() as unknown as NativeBackend // the device under test is active
  return cutOut([...backend.recorder.wanted]).order
}

const kinds = (values: readonly Value[]): string[] =>
  values.map((value) => value.operation?.kind ?? '')

/** Reads everything that is pending, so that a test starts with an empty graph. */
function settle(): void {
  const backend = tf.backend() as unknown as NativeBackend
  backend.flush()
}

describe('reading', () => {
  test('computes all wanted values at once and nothing else', () => {
    settle()
    const before = usage().compiled
    tf.tidy(() => {
      const x = tf.tensor1d([1, 2, 3])
      const square = tf.square(x)
      tf.exp(tf.mul(x, 1e30)).dispose() // never asked for
      const sum = tf.sum(square)
      expect(kinds(pending())).toEqual(expect.arrayContaining(['Unary.Square']))
      expect(kinds(pending())).not.toContain('Unary.Exp')
      expect(sum.dataSync()).toEqual(Float32Array.of(14))
      expect(pending()).toEqual([])
      expect(Array.from(square.dataSync())).toEqual([1, 4, 9])
    })
    expect(usage().compiled).toBe(before + 1)
  })

  test('what is disposed unread is not compiled', () => {
    settle()
    const before = usage().compiled
    tf.tidy(() => tf.sum(tf.mul(tf.range(0, 50), 2)).dispose())
    settle()
    expect(usage().compiled).toBe(before)
  })

  test('numbers handed over are copied, and so are numbers handed out', () => {
    const scratch = Float32Array.of(1, 2)
    const x = tf.tensor1d(scratch)
    const doubled = tf.add(x, x)
    scratch.fill(9)
    const values = doubled.dataSync()
    expect(Array.from(values)).toEqual([2, 4])
    values.fill(7)
    expect(Array.from(tf.add(doubled, x).dataSync())).toEqual([3, 6])
    tf.dispose([x, doubled])
  })

  test('a long chain that nobody reads is computed in between', () => {
    let x: Tensor = tf.scalar(0)
    for (let i = 0; i < 9000; i++) {
      const next = tf.add(x, i % 2 === 0 ? 1 : x)
      x.dispose()
      x = next
      if (i % 2 === 1) x = tf.tidy(() => tf.minimum(x, 3))
    }
    expect(pending().length).toBeLessThan(5000)
    expect(Number.isFinite(x.dataSync()[0])).toBe(true)
    x.dispose()
  })
})

describe('compiling', () => {
  const compiledBy = (work: () => void): number => {
    settle()
    const before = usage().compiled
    tf.tidy(work)
    return usage().compiled - before
  }

  test('the same computation with other numbers is not compiled again', () => {
    const run = (rate: number): void => {
      const x = tf.tensor2d([1, 2, 3, rate], [2, 2])
      tf.sum(tf.mul(tf.matMul(x, x), rate)).dataSync()
    }
    expect(compiledBy(() => run(0.5))).toBe(1)
    expect(compiledBy(() => run(0.25))).toBe(0)
  })

  test('batches cut from a data set share a graph', () => {
    const data = tf.randomUniform([40, 6])
    const run = (from: number): void => {
      const batch = tf.slice(data, [from, 0], [8, 6]) as Tensor2D
      tf.mean(tf.square(batch)).dataSync()
    }
    expect(compiledBy(() => run(0))).toBe(1)
    expect(compiledBy(() => run(8))).toBe(0)
    expect(compiledBy(() => run(32))).toBe(0)
    data.dispose()
  })
})

describe('a training step of a convolutional network', () => {
  function record(check: (values: readonly Value[]) => void): void {
    settle()
    tf.tidy(() => {
      const ops = firstOrderOps(tf)
      const x = tf.randomUniform([16, 8, 8, 1]) as Tensor4D
      const targets = tf.cast(tf.oneHot(tf.range(0, 16, 1, 'int32'), 16), 'float32') as Tensor2D
      const filters = tf.randomUniform([3, 3, 16, 16]) as Tensor4D
      const first = tf.randomUniform([3, 3, 1, 16]) as Tensor4D
      const ones = tf.randomUniform([16]) as Tensor1D
      const last = tf.randomUniform([64, 16]) as Tensor2D
      const loss = (...given: Tensor[]): Tensor => {
        const [a, b, w] = given as [Tensor4D, Tensor4D, Tensor2D]
        const bias = tf.add(ops.convolve(x, a, 'same'), ones) as Tensor4D
        const one = ops.averagePool(tf.relu(ops.instanceNorm(bias, ones, ones)), 2)
        const two = tf.relu(ops.instanceNorm(ops.convolve(one, b, 'same'), ones, ones))
        const flat = tf.reshape(ops.averagePool(two, 2), [16, 64])
        return crossEntropy(tf, ops, tf.matMul(flat as Tensor2D, w) as Tensor2D, targets)
      }
      const gradients = tf.grads(loss as never)([first, filters, last])
      check(pending())
      for (const gradient of gradients) {
        expect(gradient.dataSync().every((value) => Number.isFinite(value))).toBe(true)
      }
    })
  }

  test('turns no pictures round between its operations', () => {
    record((values) => {
      const turned = values.filter(
        (value) => value.operation?.kind === 'Transpose' && sizeOf(value.shape) >= 16 * 8 * 8
      )
      // Where the network becomes flat, there and back, and the filter's gradient.
      expect(turned.map((value) => value.shape.join(' x '))).toEqual([
        '16 x 2 x 2 x 16',
        '16 x 16 x 2 x 2',
        '3 x 3 x 16 x 16'
      ])
    })
  })

  test('adds the bias, scales and gates in as few passes as there are', () => {
    record((values) => {
      const found = kinds(values)
      const count = (kind: string): number => found.filter((one) => one === kind).length
      expect(count('Affine')).toBe(4)
      expect(count('Binary.Gate')).toBe(2)
      expect(count('Unary.Step')).toBe(0)
      expect(values.filter(({ operation }) => operation?.kind === 'Convolution').length).toBe(3)
    })
  })
})
