// A repeated step gives the bits that the same step gives when tfjs runs it every time.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { TensorFlow } from './devices/device.ts'
import { enableGradients } from './devices/gradients.ts'
import { nativeDriver } from './devices/native/driver.ts'
import { plainDriver } from './devices/plain.ts'
import { createDeviceRegistry } from './devices/registry.ts'
import { firstOrderOps } from './ops/first-order.ts'
import { crossEntropy } from './ops/losses.ts'
import { createRandom } from './random.ts'
import { repeatedStep } from './repeated-step.ts'

const registry = createDeviceRegistry([nativeDriver, plainDriver])
let tf: TensorFlow

beforeAll(enableGradients)

beforeEach(async () => {
  tf = (await registry.openDevice('native')).device.tf
})

const compiled = (): number => nativeDriver.usage?.().compiled ?? 0

function numbers(seed: number, length: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length }, () => random.normal())
}

type Optimizer = ReturnType<TensorFlow['train']['adam']>

/** A network of two layers, its optimizer's step and its weights. */
function network(optimizer: Optimizer): {
  step: (inputs: readonly Tensor[]) => Tensor
  weights: () => number[][]
} {
  const ops = firstOrderOps(tf)
  const first = tf.variable(tf.tensor2d(numbers(1, 6 * 5), [6, 5]))
  const second = tf.variable(tf.tensor2d(numbers(2, 5 * 3), [5, 3]))
  return {
    step(inputs) {
      const [x, y] = inputs as [Tensor2D, Tensor2D]
      const loss = optimizer.minimize(
        () => {
          const logits = tf.matMul(tf.relu(tf.matMul(x, first)), second)
          return crossEntropy(tf, ops, logits as Tensor2D, y)
        },
        true,
        [first, second]
      )
      if (loss === null) throw new Error('minimize was asked for the loss')
      return loss
    },
    weights: () => [first, second].map((variable) => Array.from(variable.dataSync()))
  }
}

function batch(seed: number): Tensor[] {
  const labels = Int32Array.from({ length: 8 }, (_, i) => (i + seed) % 3)
  const shares = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), 3), 'float32'))
  return [tf.tensor2d(numbers(seed, 8 * 6), [8, 6]), shares]
}

function train(kind: 'repeated' | 'plain', optimizer: Optimizer): unknown {
  const { step, weights } = network(optimizer)
  const repeated = repeatedStep(tf, step)
  const losses: number[] = []
  for (let i = 0; i < 8; i++) {
    const inputs = batch(10 + i)
    const loss = kind === 'repeated' ? repeated.run(inputs) : plainRun(step, inputs)
    losses.push(loss[0] ?? NaN)
    tf.dispose(inputs)
  }
  repeated.dispose()
  return { losses, weights: weights() }
}

function plainRun(
  step: (inputs: readonly Tensor[]) => Tensor,
  inputs: readonly Tensor[]
): Float32Array {
  const loss = tf.tidy(() => step(inputs))
  const values = loss.dataSync<'float32'>()
  loss.dispose()
  return values
}

describe('a repeated training step', () => {
  test.each(['sgd', 'momentum', 'adam'] as const)(
    'of %s gives the bits of the plain one',
    (name) => {
      const make = (): Optimizer => {
        const found = name === 'momentum' ? tf.train.momentum(0.1, 0.9) : tf.train[name](0.1)
        return found as Optimizer
      }
      expect(train('repeated', make())).toEqual(train('plain', make()))
    }
  )

  test('leaves tfjs out from the third run on', () => {
    let runs = 0
    const { step } = network(tf.train.momentum(0.1, 0.9) as never)
    const repeated = repeatedStep(tf, (inputs) => {
      runs++
      return step(inputs)
    })
    for (let i = 0; i < 10; i++) {
      const inputs = batch(i)
      repeated.run(inputs)
      tf.dispose(inputs)
    }
    // The first run makes the optimizer's variables, the second is the one that is repeated.
    expect(runs).toBe(2)
    const [before, tensors] = [compiled(), tf.memory().numTensors]
    const inputs = batch(3)
    repeated.run(inputs)
    tf.dispose(inputs)
    expect([compiled(), tf.memory().numTensors]).toEqual([before, tensors])
    repeated.dispose()
  })

  test('is recorded again for inputs of another shape and another number of cores', () => {
    const scale = tf.variable(tf.scalar(2))
    let runs = 0
    const repeated = repeatedStep(tf, ([x]) => {
      runs++
      scale.assign(tf.add(scale, 1))
      return tf.sum(tf.mul(x, scale))
    })
    const run = (values: number[]): number => {
      const x = tf.tensor1d(values)
      const [result] = repeated.run([x])
      x.dispose()
      return result
    }
    expect([run([1, 1]), run([1, 1]), run([1, 1, 1]), run([2, 2, 2])]).toEqual([6, 8, 15, 36])
    expect(runs).toBe(2)
    nativeDriver.setCores?.(2)
    expect(run([1, 0, 0])).toBe(7)
    nativeDriver.setCores?.(1)
    expect(runs).toBe(3)
    repeated.dispose()
    scale.dispose()
  })

  test('leaves copies of the variables as they were', () => {
    const weight = tf.variable(tf.tensor1d([1, 2]))
    const repeated = repeatedStep(tf, ([x]) => {
      weight.assign(tf.add(weight, x))
      return tf.sum(weight)
    })
    const x = tf.tensor1d([1, 1])
    repeated.run([x])
    repeated.run([x])
    const copy = tf.clone(weight)
    const later = tf.mul(weight, 10)
    expect(Array.from(repeated.run([x]))).toEqual([9])
    expect(Array.from(copy.dataSync())).toEqual([3, 4])
    expect(Array.from(later.dataSync())).toEqual([30, 40])
    expect(Array.from(weight.dataSync())).toEqual([4, 5])
    repeated.dispose()
    tf.dispose([weight, x, copy, later])
  })
})

describe('a step that cannot be repeated', () => {
  const x = (): Tensor => tf.tensor1d([1, 2, 3])

  test('because it reads numbers on the way runs as it is', () => {
    const weight = tf.variable(tf.scalar(1))
    const repeated = repeatedStep(tf, ([input]) => {
      const [seen] = tf.sum(tf.mul(input, weight)).dataSync()
      weight.assign(tf.scalar(seen))
      return tf.mul(weight, 2)
    })
    const inputs = [x()]
    const results = Array.from({ length: 6 }, () => repeated.run(inputs)[0])
    expect(results).toEqual([12, 72, 432, 2592, 15552, 93312])
    tf.dispose([...inputs, weight])
  })

  test('because it makes random numbers runs as it is', () => {
    const repeated = repeatedStep(tf, ([input]) => tf.sum(tf.mul(input, tf.randomNormal([3]))))
    const inputs = [x()]
    const results = Array.from({ length: 8 }, () => repeated.run(inputs)[0])
    expect(new Set(results).size).toBe(8)
    tf.dispose(inputs)
  })

  test('on a device without recording runs as it is', async () => {
    tf = (await registry.openDevice('cpu')).device.tf
    const repeated = repeatedStep(tf, ([input]) => tf.sum(input))
    const inputs = [x()]
    expect(Array.from({ length: 5 }, () => repeated.run(inputs)[0])).toEqual([6, 6, 6, 6, 6])
    tf.dispose(inputs)
  })
})
