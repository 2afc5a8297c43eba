// A small network that sees the noise in a picture (Ho et al. 2020, appendix B: a U-Net of residual
// blocks with group normalisation, the step told to every block, attention where pictures are small).
// Halving is the mean of 2 x 2, doubling is repetition, each with a convolution: operations that every
// device can differentiate.
import type { Tensor, Tensor1D, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../compute/devices/device.ts'
import type { NetworkOps } from '../../compute/ops/network-ops.ts'
import type { Random } from '../../compute/random.ts'
import { linear, parameterReader } from '../convnet.ts'
import { initialValues } from '../initial-values.ts'
import type { InputShape, ParameterShape } from '../network.ts'

/** Which U-Net. Plain data. */
export interface UnetSpec {
  /** Channels at full size, at half, at a quarter, ...: each level halves the sides. */
  readonly channels: readonly number[]
  /** Numbers that tell the step. */
  readonly time: number
  /** Groups of channels that are normalised together; divides every number of channels. */
  readonly groups: number
}

/** For 28 x 28 or 32 x 32: about 0.7 million parameters. */
export const usualUnet: UnetSpec = { channels: [32, 64, 96], time: 64, groups: 8 }

/** A U-Net for one shape of pictures. Holds no tensors. */
export interface UnetCode {
  readonly spec: UnetSpec
  readonly input: InputShape
  readonly parameters: readonly ParameterShape[]
  start(random: Random): Float32Array[]
  /**
   * The noise in x: of the shape of x.
   * @param x B x height x width x channels
   * @param time B x `spec.time`, see {@link timeWaves}
   */
  forward(
    tf: TensorFlow,
    ops: NetworkOps,
    parameters: readonly Tensor[],
    x: Tensor4D,
    time: Tensor2D
  ): Tensor4D
}

/** Longest wave that tells a step, over the shortest. */
const longestWave = 10_000

/** Steps as sines and cosines of falling frequency (Vaswani et al. 2017, section 3.5): B x width. */
export function timeWaves(steps: readonly number[], width: number): Float32Array {
  const half = width / 2
  const out = new Float32Array(steps.length * width)
  steps.forEach((step, row) => {
    for (let at = 0; at < half; at++) {
      const angle = step / longestWave ** (at / half)
      out[row * width + at] = Math.sin(angle)
      out[row * width + half + at] = Math.cos(angle)
    }
  })
  return out
}

/**
 * The U-Net for pictures of one shape. Throws a RangeError where a side cannot be halved as often as
 * there are levels, or channels do not divide into groups.
 */
export function createUnet(spec: UnetSpec, input: InputShape): UnetCode {
  const halvings = spec.channels.length - 1
  for (const side of [input.height, input.width])
    if (side % 2 ** halvings !== 0)
      throw new RangeError(`a side of ${side} pixels cannot be halved ${halvings} times`)
  for (const channels of spec.channels)
    if (channels % spec.groups !== 0)
      throw new RangeError(`${channels} channels do not divide into ${spec.groups} groups`)
  const parameters: ParameterShape[] = []
  // Declared by the same walk that reads them.
  walk(spec, input, (shapes) => parameters.push(...shapes))
  return {
    spec,
    input,
    parameters,
    start: (random) =>
      initialValues(parameters, random).map((values, at) =>
        // The last layer begins at nothing, so that the first guess is no noise at all.
        parameters[at].name.startsWith('out.last') ? values.fill(0) : values
      ),
    forward(tf, ops, given, x, time) {
      return createPass(tf, ops, spec, given)(x, time)
    }
  }
}

type Declare = (shapes: readonly ParameterShape[]) => void

const convolution = (name: string, side: number, from: number, to: number): ParameterShape[] => [
  { name: `${name}.weight`, shape: [side, side, from, to], role: 'weight' },
  { name: `${name}.bias`, shape: [to], role: 'bias' }
]
const dense = (name: string, from: number, to: number): ParameterShape[] => [
  { name: `${name}.weight`, shape: [from, to], role: 'weight' },
  { name: `${name}.bias`, shape: [to], role: 'bias' }
]
const norm = (name: string, channels: number): ParameterShape[] => [
  { name: `${name}.scale`, shape: [channels], role: 'scale' },
  { name: `${name}.shift`, shape: [channels], role: 'shift' }
]

function blockShapes(name: string, from: number, to: number, time: number): ParameterShape[] {
  return [
    ...norm(`${name}.first`, from),
    ...convolution(`${name}.first`, 3, from, to),
    ...dense(`${name}.time`, time, to),
    ...norm(`${name}.second`, to),
    ...convolution(`${name}.second`, 3, to, to),
    ...(from === to ? [] : convolution(`${name}.straight`, 1, from, to))
  ]
}

function attentionShapes(name: string, channels: number): ParameterShape[] {
  return [
    ...norm(name, channels),
    ...dense(`${name}.asked`, channels, 3 * channels),
    ...dense(`${name}.back`, channels, channels)
  ]
}

/** The parameters in the order that {@link createPass} reads them. */
function walk({ channels, time }: UnetSpec, input: InputShape, declare: Declare): void {
  const [first] = channels
  const top = channels.length - 1
  declare(dense('time.first', time, time))
  declare(dense('time.second', time, time))
  declare(convolution('in', 3, input.channels, first))
  channels.forEach((width, level) => {
    declare(blockShapes(`down${level}`, level === 0 ? first : channels[level - 1], width, time))
  })
  declare(attentionShapes('middle.attention', channels[top]))
  declare(blockShapes('middle', channels[top], channels[top], time))
  for (let level = top; level >= 0; level--) {
    const below = channels[Math.min(level + 1, top)]
    declare(blockShapes(`up${level}`, below + channels[level], channels[level], time))
  }
  declare(norm('out', first))
  declare(convolution('out.last', 3, first, input.channels))
}

const epsilon = 1e-5

function createPass(
  tf: TensorFlow,
  ops: NetworkOps,
  spec: UnetSpec,
  given: readonly Tensor[]
): (x: Tensor4D, time: Tensor2D) => Tensor4D {
  const take = parameterReader(given)
  const swish = <T extends Tensor>(x: T): T => tf.mul(x, ops.sigmoid(x))
  const convolve = (x: Tensor4D, padding: number): Tensor4D =>
    tf.add(ops.convolve(x, take<Tensor4D>(), padding), take<Tensor1D>())
  const groupNorm = (x: Tensor4D): Tensor4D => {
    const [pictures, height, width, channels] = x.shape
    const parts = tf.reshape(x, [pictures, height * width, spec.groups, channels / spec.groups])
    const centred = tf.sub(parts, tf.mean(parts, [1, 3], true))
    const rate = tf.rsqrt(tf.add(tf.mean(tf.square(centred), [1, 3], true), epsilon))
    const normal: Tensor4D = tf.reshape(tf.mul(centred, rate), x.shape)
    return tf.add(tf.mul(normal, take()), take())
  }
  const block = (x: Tensor4D, told: Tensor2D, to: number): Tensor4D => {
    const from = x.shape[3]
    const first = convolve(swish(groupNorm(x)), 1)
    const step = linear(tf, told, take(), take())
    const timed: Tensor4D = tf.add(first, tf.reshape(step, [x.shape[0], 1, 1, to]))
    const second = convolve(swish(groupNorm(timed)), 1)
    return tf.add(second, from === to ? x : convolve(x, 0))
  }
  const attention = (x: Tensor4D): Tensor4D => {
    const [pictures, height, width, channels] = x.shape
    const pixels = height * width
    const rows: Tensor2D = tf.reshape(groupNorm(x), [pictures * pixels, channels])
    const asked = linear(tf, rows, take(), take())
    const [queries, keys, values] = tf
      .split(asked, 3, 1)
      .map((part): Tensor3D => tf.reshape(part, [pictures, pixels, channels]))
    const scores = tf.mul(tf.matMul(queries, keys, false, true), 1 / Math.sqrt(channels))
    const seen = tf.matMul(tf.softmax(scores), values)
    const back = linear(tf, tf.reshape(seen, [pictures * pixels, channels]), take(), take())
    return tf.add(x, tf.reshape(back, x.shape))
  }
  return (x, time) => {
    const { channels } = spec
    const top = channels.length - 1
    const told = swish(linear(tf, swish(linear(tf, time, take(), take())), take(), take()))
    let seen = convolve(x, 1)
    const kept: Tensor4D[] = []
    channels.forEach((width, level) => {
      if (level > 0) seen = ops.averagePool(seen, 2)
      seen = block(seen, told, width)
      kept.push(seen)
    })
    seen = block(attention(seen), told, channels[top])
    for (let level = top; level >= 0; level--) {
      if (level < top) seen = doubled(tf, seen)
      seen = block(tf.concat([seen, kept[level]], 3), told, channels[level])
    }
    return convolve(swish(groupNorm(seen)), 1)
  }
}

/** Every pixel as a square of four. */
function doubled(tf: TensorFlow, x: Tensor4D): Tensor4D {
  const [pictures, height, width, channels] = x.shape
  const ones = tf.ones([1, 1, 2, 1, 2, 1])
  const wide = tf.mul(tf.reshape(x, [pictures, height, 1, width, 1, channels]), ones)
  return tf.reshape(wide, [pictures, 2 * height, 2 * width, channels])
}
