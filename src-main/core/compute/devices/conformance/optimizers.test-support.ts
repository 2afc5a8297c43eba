// Three training steps with every optimizer of tfjs-core on one device against the reference.
import { beforeAll, describe, expect, test } from 'vitest'
import { createRandom } from '../../random.ts'
import type { TensorFlow } from '../device.ts'
import { difference, read, type Result, type Tolerance } from './compare.test-support.ts'
import { openPair, type Pair } from './pair.test-support.ts'
import { make, tensorOf, type AnyTensor } from './tensors.test-support.ts'

type Optimizer = InstanceType<TensorFlow['Optimizer']>
type Scalar = ReturnType<TensorFlow['scalar']>

const optimizers: Readonly<Record<string, (tf: TensorFlow) => Optimizer>> = {
  sgd: (tf) => tf.train.sgd(0.1),
  momentum: (tf) => tf.train.momentum(0.1, 0.9),
  'momentum (Nesterov)': (tf) => tf.train.momentum(0.1, 0.9, true),
  adam: (tf) => tf.train.adam(0.01),
  adamax: (tf) => tf.train.adamax(0.01),
  rmsprop: (tf) => tf.train.rmsprop(0.01, 0.9, 0.5),
  'rmsprop (centred)': (tf) => tf.train.rmsprop(0.01, 0.9, 0.5, 1e-7, true),
  adagrad: (tf) => tf.train.adagrad(0.1),
  adadelta: (tf) => tf.train.adadelta(0.5)
}

/** A network: the shapes of its parameters, of a batch, and its logits. */
interface Network {
  readonly parameters: readonly (readonly number[])[]
  readonly batch: readonly number[]
  logits(tf: TensorFlow, x: AnyTensor, parameters: readonly AnyTensor[]): AnyTensor
}

const classes = 3

const perceptron: Network = {
  parameters: [[8, 7], [7], [7, classes], [classes]],
  batch: [6, 8],
  logits: (tf, x, [w, b, v, c]) => tf.add(tf.matMul(tf.relu(tf.add(tf.matMul(x, w), b)), v), c)
}

// Convolution, instance normalisation, ReLU, mean pooling, twice. No bias before the normalisation:
// its derivative is 0, and adaptive optimizers would magnify the roundings of that.
const convolutional: Network = {
  parameters: [[3, 3, 1, 4], [4], [4], [3, 3, 4, 5], [5], [5], [20, classes], [classes]],
  batch: [4, 8, 8, 1],
  logits(tf, x, parameters) {
    const first = block(tf, x, parameters.slice(0, 3))
    const second = block(tf, first, parameters.slice(3, 6))
    const [w, b] = parameters.slice(6)
    return tf.add(tf.matMul(tf.reshape(second, [x.shape[0], -1]), w), b)
  }
}

function block(
  tf: TensorFlow,
  x: AnyTensor,
  [filter, scale, shift]: readonly AnyTensor[]
): AnyTensor {
  // The types ask for four axes; shapes above have them.
  type Picture = ReturnType<TensorFlow['tensor4d']>
  const response = tf.conv2d(x as Picture, filter as Picture, 1, 'same')
  const { mean, variance } = tf.moments(response, [1, 2], true)
  const normal = tf.mul(tf.sub(response, mean), tf.rsqrt(tf.add(variance, 1e-5)))
  const active = tf.relu(tf.add(tf.mul(normal, scale), shift))
  return tf.avgPool(active as Picture, 2, 2, 'valid')
}

const networks: Readonly<Record<string, Network>> = {
  'a perceptron with two layers': perceptron,
  'a convolutional network': convolutional
}

/** Where adaptive steps divide by the root of a squared derivative near 0, roundings grow. */
const trained: Tolerance = {
  relative: 1e-3,
  absolute: 2e-4,
  ofLargest: 0,
  why: 'adaptive optimizers divide by the root of small squares: 1e-6 of a derivative near 0 shows'
}

/** Registers the tests. `lacks` names networks that the device cannot train. */
export function optimizerConformance(
  id: string,
  lacks: readonly (keyof typeof networks)[] = []
): void {
  let pair: Pair
  beforeAll(async () => {
    pair = await openPair(id)
  })

  for (const [title, network] of Object.entries(networks)) {
    describe.skipIf(lacks.includes(title))(`three steps of ${title}`, () => {
      test.each(Object.keys(optimizers))('%s', (name) => {
        const { expected, got } = pair.both(() => {
          const { engine } = pair.tf
          const before = engine().backend.numDataIds()
          const results = train(pair.tf, network, optimizers[name])
          return { results, left: engine().backend.numDataIds() - before }
        })
        // Momentum forgets one scalar on every device.
        expect(got.left).toBe(expected.left)
        expected.results.forEach((result, at) => {
          const found = difference(result, got.results[at], trained)
          if (found !== undefined) throw new Error(`${id}: parameter or loss ${at}: ${found}`)
        })
      })
    })
  }
}

/** The losses of the three steps and the parameters after them. */
function train(tf: TensorFlow, network: Network, create: (tf: TensorFlow) => Optimizer): Result[] {
  const random = createRandom(7)
  const x = make(tf, tensorOf(network.batch, 3))
  const count = network.batch[0]
  const target = tf.tidy(() =>
    tf.oneHot(
      tf.tensor1d(
        Array.from({ length: count }, (_, i) => i % classes),
        'int32'
      ),
      classes
    )
  )
  const variables = network.parameters.map((shape) => {
    const start = make(tf, tensorOf(shape, random.below(1000), 'unit'))
    const variable = tf.variable(start)
    start.dispose()
    return variable
  })
  const optimizer = create(tf)
  const results: Result[] = []
  for (let step = 0; step < 3; step++) {
    const loss = optimizer.minimize(
      () => lossOf(tf, network.logits(tf, x, variables), target),
      true,
      variables
    )
    if (loss === null) throw new Error('minimize gave no loss')
    results.push(read(loss))
    loss.dispose()
  }
  results.push(...variables.map(read))
  optimizer.dispose()
  tf.dispose([x, target, variables])
  return results
}

function lossOf(tf: TensorFlow, logits: AnyTensor, target: AnyTensor): Scalar {
  const shares = tf.logSoftmax(logits)
  return tf.neg(tf.mean(tf.sum(tf.mul(shares, tf.cast(target, 'float32')), -1)))
}
