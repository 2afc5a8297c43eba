// A small decoder: from a few latent numbers to a picture, by one linear layer and convolutions that
// each come after a doubling of the sides. Doubling by repetition followed by a convolution is a
// transposed convolution with shared taps: no operation beyond those every device can differentiate.
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../compute/devices/device.ts'
import type { NetworkOps } from '../compute/ops/network-ops.ts'
import type { Random } from '../compute/random.ts'
import { linear, parameterReader } from './convnet.ts'
import { initialValues } from './initial-values.ts'
import { parameterCount, type InputShape, type ParameterShape } from './network.ts'

/** Which decoder. Plain data. */
export interface DecoderSpec {
  /** Latent numbers of a picture. */
  readonly latent: number
  /** Channels of the first, smallest picture; each doubling of the sides halves them. */
  readonly width: number
}

/** Smallest and largest value of each channel that a picture may have. */
export interface PictureRange {
  readonly low: readonly number[]
  readonly high: readonly number[]
}

/** Slope below zero of the leaky ReLU. */
export const leakySlope = 0.2

/** Sides and channels of a decoder's steps. */
export interface DecoderPlan {
  readonly height: number
  readonly width: number
  /** Channels of the first picture, then after each convolution but the last. */
  readonly channels: readonly number[]
  /** Times the sides are doubled. */
  readonly doublings: number
  /** Pixels cut off at the top and at the left, as doubled sides need not be those of the picture. */
  readonly cut: readonly [top: number, left: number]
}

/** Fewest channels before the last convolution. */
const fewestChannels = 4

/** From a first picture of about 4 x 4. */
export function decoderPlan({ width }: DecoderSpec, output: InputShape): DecoderPlan {
  const side = Math.min(output.height, output.width)
  const doublings = Math.max(1, Math.round(Math.log2(side / 4)))
  const first = (length: number): number => Math.ceil(length / 2 ** doublings)
  const [height, firstWidth] = [first(output.height), first(output.width)]
  const over = (grown: number, wanted: number): number => Math.floor((grown - wanted) / 2)
  return {
    height,
    width: firstWidth,
    channels: Array.from({ length: doublings }, (_, i) =>
      Math.max(Math.min(width, fewestChannels), Math.round(width / 2 ** i))
    ),
    doublings,
    cut: [
      over(height * 2 ** doublings, output.height),
      over(firstWidth * 2 ** doublings, output.width)
    ]
  }
}

/** A decoder for one shape of pictures. Holds no tensors. */
export interface DecoderCode {
  readonly spec: DecoderSpec
  readonly output: InputShape
  readonly plan: DecoderPlan
  readonly parameters: readonly ParameterShape[]
  start(random: Random): Float32Array[]
  /**
   * N x latent to N x height x width x channels, within the range (tanh).
   * @param parameters in the order of `parameters`
   */
  forward(
    tf: TensorFlow,
    ops: NetworkOps,
    parameters: readonly Tensor[],
    latents: Tensor2D,
    range: PictureRange
  ): Tensor4D
}

/** The shapes of its parameters. */
function decoderParameters(
  { latent }: DecoderSpec,
  { height, width, channels }: DecoderPlan,
  output: InputShape
): ParameterShape[] {
  const first = height * width * channels[0]
  const parameters: ParameterShape[] = [
    { name: 'linear.weight', shape: [latent, first], role: 'weight' },
    { name: 'linear.bias', shape: [first], role: 'bias' }
  ]
  channels.forEach((inputs, i) => {
    const outputs = channels[i + 1] ?? output.channels
    parameters.push(
      { name: `conv${i + 1}.weight`, shape: [3, 3, inputs, outputs], role: 'weight' },
      { name: `conv${i + 1}.bias`, shape: [outputs], role: 'bias' }
    )
  })
  return parameters
}

/** Numbers in a decoder's parameters. */
export function decoderSize(spec: DecoderSpec, output: InputShape): number {
  return parameterCount({ parameters: decoderParameters(spec, decoderPlan(spec, output), output) })
}

/** The decoder of a specification. */
export function createDecoderNetwork(spec: DecoderSpec, output: InputShape): DecoderCode {
  const plan = decoderPlan(spec, output)
  const parameters = decoderParameters(spec, plan, output)
  return {
    spec,
    output,
    plan,
    parameters,
    start: (random) => initialValues(parameters, random),
    forward(tf, ops, given, latents, range) {
      const take = parameterReader(given)
      const count = latents.shape[0]
      const first = linear(tf, latents, take(), take())
      let seen: Tensor4D = tf.reshape(first, [count, plan.height, plan.width, plan.channels[0]])
      for (let step = 0; step < plan.doublings; step++) {
        const grown = doubled(tf, leaky(tf, seen))
        seen = tf.add(ops.convolve(grown, take<Tensor4D>(), 1), take<Tensor1D>())
      }
      const [top, left] = plan.cut
      const { height, width, channels } = output
      const isWhole = seen.shape[1] === height && seen.shape[2] === width
      if (!isWhole) seen = tf.slice(seen, [0, top, left, 0], [count, height, width, channels])
      const { middle, half } = rangeParts(range)
      return tf.add(tf.mul(tf.tanh(seen), tf.tensor1d(half)), tf.tensor1d(middle))
    }
  }
}

/** Middle and half width of the range of each channel. */
export function rangeParts({ low, high }: PictureRange): {
  readonly middle: number[]
  readonly half: number[]
} {
  return {
    middle: low.map((value, c) => (value + high[c]) / 2),
    half: low.map((value, c) => (high[c] - value) / 2)
  }
}

/** x above zero, a part of x below. */
function leaky<T extends Tensor>(tf: TensorFlow, x: T): T {
  return tf.maximum(x, tf.mul(x, leakySlope))
}

/** Every pixel as 2 x 2 equal ones: rows of channels repeated side by side, then rows of pixels. */
function doubled(tf: TensorFlow, x: Tensor4D): Tensor4D {
  const [count, height, width, channels] = x.shape
  const wide = tf.reshape(tf.concat([x, x], 3), [count, height, 2 * width * channels])
  return tf.reshape(tf.concat([wide, wide], 2), [count, 2 * height, 2 * width, channels])
}
