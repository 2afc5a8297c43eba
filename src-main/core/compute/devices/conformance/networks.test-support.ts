// Random picture networks: convolutions, biases, normalisations, activations, pools, shortcuts and
// changes of layout behind each other, with their gradients. This is where a device that reorders
// axes or merges neighbouring operations goes wrong, if it does.
import fc from 'fast-check'
import type { TensorFlow } from '../device.ts'
import { readAll, type Result } from './compare.test-support.ts'
import { weightedSum } from './operation.test-support.ts'
import { make, seeds, tensorOf, type AnyTensor } from './tensors.test-support.ts'

type Picture = ReturnType<TensorFlow['tensor4d']>

/** Gives the next parameter of the network. */
type Parameter = (shape: readonly number[]) => AnyTensor

interface Layer {
  readonly name: keyof typeof layers
  readonly lots: readonly number[]
}

/** A random network and the picture it starts from. */
export interface Network {
  readonly picture: readonly number[]
  readonly layers: readonly Layer[]
  readonly seed: number
}

type Build = (tf: TensorFlow, x: Picture, next: Parameter, lots: readonly number[]) => AnyTensor

// The engine's types ask for four axes; every layer takes and gives four.
const asPicture = (x: AnyTensor): Picture => x as Picture

const widths = [1, 3, 4, 8, 16]

function perChannel(apply: (tf: TensorFlow, x: Picture, weights: AnyTensor) => AnyTensor): Build {
  return (tf, x, next, lots) => {
    const channels = x.shape[3]
    // The same numbers as a row, or with axes of 1 before them.
    return apply(tf, x, next([[channels], [1, 1, 1, channels], [1, channels]][lots[0] % 3]))
  }
}

/** Mean 0 and variance 1 over the axes, without parameters. */
function normalised(tf: TensorFlow, x: Picture, axes: number[]): AnyTensor {
  const { mean, variance } = tf.moments(x, axes, true)
  return tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, 0.1)))
}

const layers = {
  convolution: (tf, x, next, lots) => {
    const [, height, width, channels] = x.shape
    const side = Math.min(height, width, 1 + (lots[0] % 3))
    const filter = next([side, side, channels, widths[lots[1] % widths.length]])
    const pad = lots[2] % 3 === 0 ? 'valid' : 'same'
    const scale = 1 / Math.sqrt(side * side * channels)
    return tf.conv2d(x, asPicture(tf.mul(filter, scale)), 1 + (lots[2] % 2), pad)
  },
  bias: perChannel((tf, x, weights) => tf.add(x, weights)),
  biasFirst: perChannel((tf, x, weights) => tf.add(weights, x)),
  scale: perChannel((tf, x, weights) => tf.mul(x, weights)),
  relu: (tf, x) => tf.relu(x),
  leakyRelu: (tf, x) => tf.leakyRelu(x, 0.1),
  tanh: (tf, x) => tf.tanh(x),
  softplus: (tf, x) => tf.softplus(x),
  instanceNorm: (tf, x, next) =>
    tf.add(tf.mul(normalised(tf, x, [1, 2]), next([x.shape[3]])), next([x.shape[3]])),
  batchNorm: (tf, x, next) =>
    tf.add(tf.mul(next([x.shape[3]]), normalised(tf, x, [0, 1, 2])), next([x.shape[3]])),
  averagePool: (tf, x) => (Math.min(x.shape[1], x.shape[2]) < 2 ? x : tf.avgPool(x, 2, 2, 'valid')),
  overlappingPool: (tf, x) => tf.avgPool(x, Math.min(3, x.shape[1], x.shape[2]), 2, 'same'),
  maxPool: (tf, x) => (Math.min(x.shape[1], x.shape[2]) < 2 ? x : tf.maxPool(x, 2, 2, 'valid')),
  pad: (tf, x) =>
    x.shape[1] > 9
      ? x
      : tf.pad(x, [
          [0, 0],
          [1, 1],
          [0, 1],
          [0, 0]
        ]),
  turn: (tf, x) => tf.transpose(x, [0, 2, 1, 3]),
  throughChannelsFirst: (tf, x) =>
    tf.transpose(tf.tanh(tf.transpose(x, [0, 3, 1, 2])), [0, 2, 3, 1]),
  channelsFirstBias: (tf, x, next) =>
    tf.transpose(tf.add(tf.transpose(x, [0, 3, 1, 2]), next([x.shape[3], 1, 1])), [0, 2, 3, 1]),
  shortcut: (tf, x, next) => tf.add(x, tf.mul(tf.tanh(x), next([]))),
  gate: (tf, x) => tf.mul(x, tf.sigmoid(tf.mean(x, [1, 2], true))),
  mask: (tf, x, next) => tf.mul(x, next(x.shape)),
  twoBranches: (tf, x, next) =>
    x.shape[3] > 16 ? x : tf.concat([tf.relu(x), tf.mul(x, next([x.shape[3]]))], 3),
  halfChannels: (tf, x, _next, lots) => (x.shape[3] % 2 === 1 ? x : tf.split(x, 2, 3)[lots[0] % 2]),
  mirrored: (tf, x) => tf.reverse(x, [2]),
  flattened: (tf, x, next) => {
    const [pictures, height, width, channels] = x.shape
    const size = height * width * channels
    const mixed = tf.matMul(tf.reshape(x, [pictures, size]), tf.mul(next([size, 4]), 1 / size))
    return tf.add(x, tf.reshape(tf.sum(mixed, 1), [pictures, 1, 1, 1]))
  }
} satisfies Readonly<Record<string, Build>>

const layerNames = Object.keys(layers) as (keyof typeof layers)[] // the keys are written above

/** Networks of 2 to 9 layers on one to four pictures. */
export const networks: fc.Arbitrary<Network> = fc
  .record({
    picture: fc.tuple(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 2, max: 9 }),
      fc.integer({ min: 2, max: 9 }),
      fc.constantFrom(...widths)
    ),
    layers: fc.array(
      fc.record({
        // Convolutions are what the other layers merge with.
        name: fc.oneof(
          { weight: 1, arbitrary: fc.constant('convolution' as const) },
          { weight: 3, arbitrary: fc.constantFrom(...layerNames) }
        ),
        lots: fc.tuple(fc.nat(11), fc.nat(11), fc.nat(11))
      }),
      { minLength: 2, maxLength: 9, size: 'max' }
    ),
    seed: seeds
  })
  .map((network) => ({ ...network, [fc.toStringMethod]: () => wordsOf(network) }))

function wordsOf({ picture, layers: chosen, seed }: Network): string {
  const words = chosen.map(({ name, lots }) => `${name} (${lots.join()})`)
  return `seed ${seed}, [${picture.join()}]: ${words.join('; ')}`
}

function built(tf: TensorFlow, network: Network, x: AnyTensor, next: Parameter): AnyTensor {
  return network.layers.reduce<AnyTensor>(
    (value, { name, lots }) => layers[name](tf, asPicture(value), next, lots),
    x
  )
}

/** The network's result, then the derivatives by its picture and by every parameter. */
export function differentiated(tf: TensorFlow, network: Network): Result[] {
  const tensors = tf.tidy(() => {
    const { picture, seed } = network
    const x = make(tf, tensorOf(picture, seed, 'unit'))
    const parameters: AnyTensor[] = []
    const result = built(tf, network, x, (shape) => {
      const parameter = make(tf, tensorOf(shape, seed + parameters.length + 1, 'away from zero'))
      parameters.push(parameter)
      return parameter
    })
    const gradients = tf.grads((given, ...rest) => {
      let at = 0
      return weightedSum(tf, [built(tf, network, given, () => rest[at++])])
    })([x, ...parameters])
    return [result, ...gradients]
  })
  return readAll(tensors)
}
