// One random case for each operation whose derivatives are checked: what is computed, and from
// which starting values.
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../devices/device.ts'
import { createRandom, type Random } from '../random.ts'
import {
  normalStart,
  type Start,
  type TensorFunction,
  type Training
} from './finite-differences.test-support.ts'
import { crossEntropy } from './losses.ts'
import type { Padding } from './network-ops.ts'
import { affineMap, movePixels, resizeMap, takeRows } from './pixel-map.ts'
import { secondOrderOps } from './second-order.ts'

/** A function with starting values for its inputs. */
export interface OperationCase {
  readonly starts: readonly Start[]
  readonly f: TensorFunction
}

type CaseMaker = (tf: TensorFlow, random: Random) => OperationCase

/** Between two whole numbers, both included. */
function within(random: Random, low: number, high: number): number {
  return low + random.below(high - low + 1)
}

/** Around linear operations, so that derivatives to the third order are not constant. */
function cube(tf: TensorFlow, x: Tensor): Tensor {
  return tf.mul(tf.square(x), x)
}

function elementwise(
  name: 'exp' | 'sigmoid' | 'tanh' | 'softplus' | 'softmax' | 'logSoftmax'
): CaseMaker {
  return (tf, random) => {
    const ops = secondOrderOps(tf)
    const shape = [within(random, 1, 3), within(random, 2, 5)]
    // Squares inside, so that what reaches the input through the operation twice is not constant.
    return {
      starts: [normalStart(random, shape, 0.7)],
      f: ([x]) => ops[name](tf.add(tf.square(x), x))
    }
  }
}

/** Any filter that fits, any padding, the picture as small as one filter. */
const convolve: CaseMaker = (tf, random) => {
  const ops = secondOrderOps(tf)
  const filter = [within(random, 1, 4), within(random, 1, 4)]
  const size = filter.map((length) => length + random.below(4))
  const [channels, outputs] = [within(random, 1, 3), within(random, 1, 3)]
  const paddings: readonly Padding[] = ['same', 'valid', 0, 1, 2, 4]
  const padding = paddings[random.below(paddings.length)]
  return {
    starts: [
      normalStart(random, [within(random, 1, 2), ...size, channels], 0.7),
      normalStart(random, [...filter, channels, outputs], 0.7)
    ],
    f: ([x, w]) => tf.square(ops.convolve(x as Tensor4D, w as Tensor4D, padding))
  }
}

const averagePool: CaseMaker = (tf, random) => {
  const ops = secondOrderOps(tf)
  const size = within(random, 1, 3)
  const sides = [size + random.below(4), size + random.below(4)]
  return {
    starts: [normalStart(random, [within(random, 1, 2), ...sides, within(random, 1, 3)])],
    f: ([x]) => cube(tf, ops.averagePool(x as Tensor4D, size))
  }
}

const instanceNorm: CaseMaker = (tf, random) => {
  const ops = secondOrderOps(tf)
  const channels = within(random, 1, 3)
  const sides = [within(random, 2, 4), within(random, 3, 5)]
  return {
    starts: [
      normalStart(random, [within(random, 1, 2), ...sides, channels]),
      normalStart(random, [channels]),
      normalStart(random, [channels])
    ],
    f: ([x, scale, shift]) =>
      ops.softplus(ops.instanceNorm(x as Tensor4D, scale as Tensor1D, shift as Tensor1D))
  }
}

/** Both for the logits and for learned soft labels. */
const crossEntropyCase: CaseMaker = (tf, random) => {
  const ops = secondOrderOps(tf)
  const shape = [within(random, 1, 3), within(random, 2, 5)]
  return {
    starts: [normalStart(random, shape), normalStart(random, shape)],
    f: ([logits, targets]) =>
      crossEntropy(tf, ops, logits as Tensor2D, ops.softmax(targets as Tensor2D))
  }
}

const norms: CaseMaker = (tf, random) => {
  const ops = secondOrderOps(tf)
  // Rows away from zero, where the norm is smooth.
  const start = normalStart(random, [within(random, 1, 4), within(random, 3, 6)], 0.3)
  const values = start.values.map((value) => value + 1)
  return { starts: [{ ...start, values }], f: ([x]) => ops.norms(x as Tensor2D) }
}

const movePixelsCase: CaseMaker = (tf, random) => {
  const [count, height, width] = [within(random, 1, 3), within(random, 3, 5), within(random, 3, 6)]
  const draw = (): ReturnType<typeof affineMap> => {
    const angle = ((random.uniform() - 0.5) * Math.PI) / 6
    const scale = 1 / 1.2 + random.uniform() * (1.2 - 1 / 1.2)
    const [c, s] = [scale * Math.cos(angle), scale * Math.sin(angle)]
    return affineMap(height, width, [c, -s, s, c])
  }
  const one = random.below(2) === 0 ? draw() : resizeMap(height, width, 2 * height, width + 1)
  const maps = random.below(2) === 0 ? [one] : Array.from({ length: count }, draw)
  return {
    starts: [normalStart(random, [count, height, width, within(random, 1, 3)])],
    f: ([x]) => cube(tf, movePixels(tf, x as Tensor4D, maps))
  }
}

const takeRowsCase: CaseMaker = (tf, random) => {
  const inputs = within(random, 1, 5)
  const rows = Array.from({ length: within(random, 1, 7) }, () => random.below(inputs))
  return {
    starts: [normalStart(random, [inputs, 2, within(random, 1, 3)])],
    f: ([x]) => cube(tf, takeRows(tf, x, rows))
  }
}

/** Every operation, by the name under which errors are reported. */
export const operationCases: Readonly<Record<string, CaseMaker>> = {
  exp: elementwise('exp'),
  sigmoid: elementwise('sigmoid'),
  tanh: elementwise('tanh'),
  softplus: elementwise('softplus'),
  softmax: elementwise('softmax'),
  'log-softmax': elementwise('logSoftmax'),
  convolution: convolve,
  'average pooling': averagePool,
  'instance normalisation': instanceNorm,
  'cross-entropy': crossEntropyCase,
  norms,
  'rotation, scale and size': movePixelsCase,
  'choice of rows': takeRowsCase
}

/** A training of a small convolutional network with its starting values. */
export interface TrainingCase {
  readonly training: Training
  readonly parameters: readonly Start[]
  readonly pictures: Start
}

const [count, classes, width] = [4, 3, 4]
const pictureShape = [count, 8, 8, 2]
const hardLabels = Float32Array.from([1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0])

/**
 * Two blocks (convolution, instance normalisation, softplus, average pooling) and a linear layer,
 * trained on four synthetic pictures; the outer loss is taken on four others. As in the networks of
 * Zhao et al. 2021 (Dataset condensation with gradient matching), but smooth and tiny.
 */
export function trainingCase(tf: TensorFlow, seed: number, steps: number): TrainingCase {
  const random = createRandom(seed)
  const real = normalStart(random, pictureShape)
  const training: Training = {
    steps,
    rate: 1,
    inner: (at, pictures) => networkLoss(tf, at, pictures),
    outer: (at) => networkLoss(tf, at, tf.tensor(real.values, pictureShape))
  }
  return {
    training,
    parameters: networkStart(random),
    pictures: normalStart(random, pictureShape)
  }
}

/**
 * The distance of gradient matching (Zhao et al. 2021, section 3.2) between the gradients of the
 * same network on real and on synthetic pictures, as a function of the latter: over the layers and
 * their outputs, the sum of one less the cosine.
 */
export function matchingCase(tf: TensorFlow, seed: number): OperationCase {
  const random = createRandom(seed)
  const ops = secondOrderOps(tf)
  const start = networkStart(random)
  const real = normalStart(random, pictureShape)
  const slopes = (pictures: Tensor): Tensor[] =>
    tf
      .grads((...at: Tensor[]) => networkLoss(tf, at, pictures))(
        start.map(({ values, shape }) => tf.tensor(values, [...shape]))
      )
      .filter((slope) => slope.rank >= 2)
  const perOutput = (slope: Tensor): Tensor2D => {
    const outputs = slope.shape[slope.rank - 1]
    return tf.transpose(tf.reshape(slope, [slope.size / outputs, outputs]))
  }
  const f: TensorFunction = ([pictures]) => {
    const goals = slopes(tf.tensor(real.values, pictureShape)).map(perOutput)
    const distances = slopes(pictures).map((slope, layer) => {
      const [own, goal] = [perOutput(slope), goals[layer]]
      const lengths = tf.add(tf.mul(ops.norms(own), ops.norms(goal)), 1e-6)
      return tf.sum(tf.sub(1, tf.div(tf.sum(tf.mul(own, goal), 1), lengths)))
    })
    return distances.reduce((total, distance) => tf.add(total, distance))
  }
  return { starts: [normalStart(random, pictureShape)], f }
}

function networkStart(random: Random): readonly Start[] {
  const ones = { shape: [width], values: new Float32Array(width).fill(1) }
  return [
    normalStart(random, [3, 3, 2, width], 0.3),
    ones,
    normalStart(random, [width], 0.1),
    normalStart(random, [3, 3, width, width], 0.3),
    ones,
    normalStart(random, [width], 0.1),
    normalStart(random, [4 * width, classes], 0.3),
    normalStart(random, [classes], 0.1)
  ]
}

function networkLoss(tf: TensorFlow, parameters: readonly Tensor[], pictures: Tensor): Tensor {
  const ops = secondOrderOps(tf)
  const [w1, scale1, shift1, w2, scale2, shift2, w3, bias] = parameters
  const block = (x: Tensor4D, w: Tensor, scale: Tensor, shift: Tensor): Tensor4D => {
    const response = ops.convolve(x, w as Tensor4D, 'same')
    const even = ops.instanceNorm(response, scale as Tensor1D, shift as Tensor1D)
    return ops.averagePool(ops.softplus(even), 2)
  }
  const first = block(pictures as Tensor4D, w1, scale1, shift1)
  const second = block(first, w2, scale2, shift2)
  const features: Tensor2D = tf.reshape(second, [count, 4 * width])
  const logits: Tensor2D = tf.add(tf.matMul(features, w3 as Tensor2D), bias)
  return crossEntropy(tf, ops, logits, tf.tensor2d(hardLabels, [count, classes]))
}
