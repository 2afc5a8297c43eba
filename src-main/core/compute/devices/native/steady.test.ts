// Long training neither gathers tensors nor compiles new graphs, and what nobody reads is not
// computed.
import type { Scalar } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import type { DeviceUsage, TensorFlow } from '../device.ts'
import { NativeBackend } from './backend.ts'
import { nativeDriver } from './driver.ts'
import {
  openNative,
  smallConvNet,
  smallPerceptron,
  type SmallTraining
} from './small-training.test-support.ts'

let tf: TensorFlow
beforeAll(async () => {
  tf = await openNative()
})

function usage(): DeviceUsage {
  const now = nativeDriver.usage?.()
  if (now === undefined) throw new Error('the native device tells what it holds')
  return now
}

function backend(): NativeBackend {
  const active = tf.backend()
  if (!(active instanceof NativeBackend)) throw new Error('the native device is active')
  return active
}

/** What must not grow. */
function held(): object {
  const { tensors, bytes, graphs, compiled, fallbacks } = usage()
  return { numTensors: tf.memory().numTensors, tensors, bytes, graphs, compiled, fallbacks }
}

function read(loss: Scalar): number {
  const [value] = loss.dataSync()
  loss.dispose()
  return value
}

describe.each<[string, (tf: TensorFlow) => SmallTraining, number]>([
  ['a perceptron', smallPerceptron, 200],
  ['a convolutional network', smallConvNet, 50]
])('training %s', (_, create, steps) => {
  test('with the loss read in every step holds the same after many steps as after a few', () => {
    const network = create(tf)
    const first = read(network.step())
    for (let i = 0; i < 4; i++) read(network.step())
    const warm = held()
    let last = first
    for (let i = 0; i < steps; i++) last = read(network.step())
    expect(held()).toEqual(warm)
    expect(last).toBeLessThan(first)
    network.dispose()
  })

  test('without reading anything keeps a bounded graph, and arrives at the same numbers', () => {
    const [unread, readAlways] = [create(tf), create(tf)]
    let mostPending = 0
    const start = usage().compiled
    for (let i = 0; i < steps; i++) {
      unread.step().dispose()
      mostPending = Math.max(mostPending, backend().recorder.pending)
    }
    expect(mostPending).toBeLessThan(10_000)
    expect(usage().compiled - start).toBeLessThan(10)
    for (let i = 0; i < steps; i++) read(readAlways.step())
    // Several steps in one graph share operations that steps on their own do not: not the same bits.
    unread.variables.forEach((variable, i) => {
      const expected = readAlways.variables[i].dataSync()
      const far = variable
        .dataSync()
        .findIndex((value, k) => !(Math.abs(value - expected[k]) < 1e-4))
      expect(far, `variable ${i}`).toBe(-1)
    })
    unread.dispose()
    readAlways.dispose()
  })
})

test('a network that comes and goes leaves nothing behind', () => {
  const round = (): void => {
    const network = smallPerceptron(tf)
    for (let i = 0; i < 3; i++) read(network.step())
    network.dispose()
  }
  round()
  const { numTensors } = tf.memory()
  const before = usage()
  for (let i = 0; i < 5; i++) round()
  expect(tf.memory().numTensors).toBe(numTensors)
  expect(usage()).toEqual(before)
})

test('what is disposed of unread is never computed', () => {
  const x = tf.tensor2d([1, 2, 3, 4], [2, 2])
  const before = { ...held(), spent: backend().spent.running }
  for (let i = 0; i < 20; i++) tf.tidy(() => void tf.sum(tf.matMul(tf.exp(x), tf.sin(x))))
  expect({ ...held(), spent: backend().spent.running }).toEqual(before)
  expect(backend().recorder.pending).toBe(0)
  x.dispose()
})
