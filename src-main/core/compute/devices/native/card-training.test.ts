// Training steps on a graphics card against the plain reference, all of each step on the card. Runs
// where there is one.
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor, Tensor1D, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { firstOrderOps } from '../../ops/first-order.ts'
import { crossEntropy } from '../../ops/losses.ts'
import { createRandom } from '../../random.ts'
import { enableGradients } from '../gradients.ts'
import { whyNoCard } from './card.test-support.ts'
import { installBackend } from './install.ts'
import { loadRuntime } from './runtime.ts'

const reason = await whyNoCard()
const ids = { card: 'card only', reference: 'cpu' }
const batch = 6
const classes = 4
const rate = 0.1
const steps = 3

/** Shapes of the parameters, of a batch, and the logits. */
interface Network {
  readonly parameters: readonly (readonly number[])[]
  readonly input: readonly number[]
  logits(x: Tensor, parameters: readonly Tensor[]): Tensor
}

const perceptron: Network = {
  parameters: [[20, 16], [16], [16, classes], [classes]],
  input: [batch, 20],
  logits(x, [w, b, v, c]) {
    const inner = tf.relu(tf.add(tf.matMul(x as Tensor2D, w as Tensor2D), b)) // shapes above
    return tf.add(tf.matMul(inner, v as Tensor2D), c)
  }
}

const blockShapes = (from: number, into: number): number[][] => [
  [3, 3, from, into],
  [into],
  [into],
  [into]
]

const convolutional: Network = {
  parameters: [...blockShapes(1, 8), ...blockShapes(8, 12), [48, classes], [classes]],
  input: [batch, 8, 8, 1],
  logits(x, parameters) {
    const ops = firstOrderOps(tf)
    const block = (from: Tensor, [filter, bias, scale, shift]: readonly Tensor[]): Tensor => {
      // The engine's types ask for four axes and one; the shapes above have them.
      const response = ops.convolve(from as Tensor4D, filter as Tensor4D, 1)
      const biased = tf.add(response, bias) as Tensor4D
      const normal = ops.instanceNorm(biased, scale as Tensor1D, shift as Tensor1D)
      return ops.averagePool(tf.relu(normal), 2)
    }
    const inner = block(block(x, parameters.slice(0, 4)), parameters.slice(4, 8))
    const [w, b] = parameters.slice(8)
    return tf.add(tf.matMul(tf.reshape(inner, [batch, -1]), w), b)
  }
}

/** Losses of the steps, then the parameters after them. */
function train(backend: string, { parameters, input, logits }: Network): number[][] {
  // tfjs-core switches at once to a backend that has started.
  void tf.setBackend(backend)
  const random = createRandom(31)
  const numbers = (shape: readonly number[], scale: number): Tensor => {
    const size = shape.reduce((a, b) => a * b, 1)
    return tf.tensor(
      Float32Array.from({ length: size }, () => random.normal() * scale),
      [...shape]
    )
  }
  const losses: number[] = []
  return tf.tidy(() => {
    const x = numbers(input, 1)
    const labels = Array.from({ length: batch }, (_, i) => i % classes)
    const targets = tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), classes), 'float32') as Tensor2D
    const variables: Variable[] = parameters.map((shape) => tf.variable(numbers(shape, 0.3)))
    const loss = (): ReturnType<typeof crossEntropy> =>
      crossEntropy(tf, firstOrderOps(tf), logits(x, variables) as Tensor2D, targets)
    for (let step = 0; step < steps; step++) {
      const { value, grads } = tf.variableGrads(loss, variables)
      for (const variable of variables)
        variable.assign(tf.sub(variable, tf.mul(grads[variable.name], rate)))
      losses.push(value.dataSync()[0])
    }
    const trained = variables.map((variable) => Array.from(variable.dataSync()))
    tf.dispose(variables)
    return [losses, ...trained]
  })
}

describe.skipIf(reason !== undefined)(`training on a graphics card (${reason ?? 'found'})`, () => {
  beforeAll(async () => {
    await enableGradients()
    await import('@tensorflow/tfjs-backend-cpu')
    const runtime = loadRuntime()
    const strict: typeof runtime = {
      ...runtime,
      createSession: (model, options) =>
        runtime.createSession(model, { ...options, isCardOnly: true })
    }
    installBackend(ids.card, strict, 'webgpu')
    await tf.setBackend(ids.reference)
    await tf.setBackend(ids.card)
  })

  test.each(Object.entries({ perceptron, convolutional }))('%s', (_, network) => {
    const expected = train(ids.reference, network)
    const got = train(ids.card, network)
    expect(expected[0][steps - 1]).toBeLessThan(expected[0][0])
    expected.forEach((numbers, at) => {
      numbers.forEach((number, i) => {
        // Measured on SwiftShader: within 2e-6 of the larger of the number and 0.01.
        const distance = Math.abs(got[at][i] - number) / Math.max(0.01, Math.abs(number))
        expect(distance, `list ${at}, number ${i}`).toBeLessThan(1e-4)
      })
    })
  })
})
