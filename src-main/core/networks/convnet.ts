// ConvNet-D of the dataset-distillation literature (Zhao, Mopuri and Bilen 2021, section 4.1): D times
// convolution 3 x 3, normalisation, ReLU and means of 2 x 2, then one linear layer.
import type { Tensor, Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../compute/devices/device.ts'
import { batchNorm } from './batch-norm.ts'
import { initialValues } from './initial-values.ts'
import type {
  BatchStatistics,
  InputShape,
  NetworkCode,
  NetworkSpec,
  Outputs,
  ParameterShape
} from './network.ts'

/** Zeros around the picture before the first convolution: grey 28 x 28 pictures become 32 x 32. */
export function firstPadding({ height, width, channels }: InputShape): number {
  return channels === 1 && height === 28 && width === 28 ? 3 : 1
}

/**
 * ConvNet-D with `spec.depth` blocks of `spec.width` filters. With instance norm, width 128 and depth
 * 3 it has 320,010 parameters on 32 x 32 x 3 and 317,706 on 28 x 28 x 1, as in the published code.
 * Throws a RangeError when the picture is too small for the depth.
 */
export function createConvnet(spec: NetworkSpec, input: InputShape, classes: number): NetworkCode {
  const { width, depth, norm } = spec
  const padding = firstPadding(input)
  const grown = 2 * (padding - 1)
  const sides = [input.height + grown, input.width + grown].map((side) =>
    Math.floor(side / 2 ** depth)
  )
  if (sides.some((side) => side < 1))
    throw new RangeError(`a picture of ${input.height} x ${input.width} is too small`)
  const featureWidth = sides[0] * sides[1] * width
  const parameters: ParameterShape[] = []
  for (let block = 1; block <= depth; block++) {
    const inputs = block === 1 ? input.channels : width
    parameters.push(
      { name: `conv${block}.weight`, shape: [3, 3, inputs, width], role: 'weight' },
      { name: `conv${block}.bias`, shape: [width], role: 'bias' }
    )
    if (norm !== 'none')
      parameters.push(
        { name: `norm${block}.scale`, shape: [width], role: 'scale' },
        { name: `norm${block}.shift`, shape: [width], role: 'shift' }
      )
  }
  parameters.push(
    { name: 'classifier.weight', shape: [featureWidth, classes], role: 'weight' },
    { name: 'classifier.bias', shape: [classes], role: 'bias' }
  )
  return {
    spec,
    input,
    classes,
    parameters,
    featureWidth,
    normalised: norm === 'batch' ? Array.from({ length: depth }, () => width) : [],
    start: (random) => initialValues(parameters, random),
    forward(tf, ops, given, x, options = {}): Outputs {
      const take = parameterReader(given)
      const activations: Tensor[] = []
      const statistics: BatchStatistics[] = []
      let seen = x as Tensor4D // as the contract says
      for (let block = 0; block < depth; block++) {
        const filter = take<Tensor4D>()
        seen = tf.add(ops.convolve(seen, filter, block === 0 ? padding : 1), take<Tensor1D>())
        if (norm === 'instance') seen = ops.instanceNorm(seen, take<Tensor1D>(), take<Tensor1D>())
        if (norm === 'batch') {
          const done = batchNorm(tf, seen, take(), take(), options.running?.[block])
          seen = done.value as Tensor4D // of the shape of its input
          statistics.push(done.statistics)
        }
        seen = tf.relu(seen)
        activations.push(seen)
        seen = ops.averagePool(seen, 2)
      }
      const features: Tensor2D = tf.reshape(seen, [x.shape[0], featureWidth])
      const logits = linear(tf, features, take(), take())
      return { logits, features, activations, statistics }
    }
  }
}

/** Hands out the parameters one after the other. */
export function parameterReader(parameters: readonly Tensor[]): <T extends Tensor>() => T {
  let at = 0
  return <T extends Tensor>() => parameters[at++] as T // of the rank its shape was declared with
}

/** x W + b. */
export function linear(tf: TensorFlow, x: Tensor2D, weight: Tensor, bias: Tensor): Tensor2D {
  return tf.add(tf.matMul(x, weight as Tensor2D), bias)
}
