// A small residual network (He et al. 2016) whose stages halve the picture by means of 2 x 2 instead
// of strides, as the residual networks of the dataset-condensation code do ("ResNetAP").
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../compute/devices/device.ts'
import type { NetworkOps } from '../compute/ops/network-ops.ts'
import { batchNorm } from './batch-norm.ts'
import { linear, parameterReader } from './convnet.ts'
import { initialValues } from './initial-values.ts'
import type {
  BatchStatistics,
  ForwardOptions,
  InputShape,
  NetworkCode,
  NetworkSpec,
  Outputs,
  ParameterShape
} from './network.ts'

/** One residual block of two convolutions. */
interface Stage {
  readonly name: string
  readonly inputs: number
  readonly outputs: number
  readonly isHalving: boolean
}

/**
 * A convolution of `spec.width` filters, then `spec.depth` stages of one residual block each. Every
 * stage but the first halves the picture and doubles the filters; the mean of each filter goes into
 * one linear layer. Throws a RangeError when the picture is too small for the depth.
 */
export function createResnet(spec: NetworkSpec, input: InputShape, classes: number): NetworkCode {
  const { width, depth, norm } = spec
  if (Math.min(input.height, input.width) < 2 ** (depth - 1))
    throw new RangeError(`a picture of ${input.height} x ${input.width} is too small`)
  const stages = stagesOf(width, depth)
  const { parameters, normalised } = shapesOf(spec, stages, input.channels, classes)
  const featureWidth = width * 2 ** (depth - 1)
  return {
    spec,
    input,
    classes,
    parameters,
    featureWidth,
    normalised,
    start: (random) => initialValues(parameters, random),
    forward(tf, ops, given, x, options = {}): Outputs {
      const take = parameterReader(given)
      const statistics: BatchStatistics[] = []
      const layer = createLayer({ tf, ops, norm, take, statistics, options })
      let seen = tf.relu(layer(x as Tensor4D, 1)) // as the contract says
      const activations: Tensor[] = [seen]
      for (const stage of stages) {
        if (stage.isHalving) seen = ops.averagePool(seen, 2)
        const outer = layer(tf.relu(layer(seen, 1)), 1)
        const straight = stage.inputs === stage.outputs ? seen : layer(seen, 0)
        seen = tf.relu(tf.add(outer, straight))
        activations.push(seen)
      }
      const features: Tensor2D = tf.mean(seen, [1, 2])
      return { logits: linear(tf, features, take(), take()), features, activations, statistics }
    }
  }
}

function stagesOf(width: number, depth: number): Stage[] {
  return Array.from({ length: depth }, (_, at) => ({
    name: `stage${at + 1}`,
    inputs: width * 2 ** Math.max(0, at - 1),
    outputs: width * 2 ** at,
    isHalving: at > 0
  }))
}

function shapesOf(
  { width, norm, depth }: NetworkSpec,
  stages: readonly Stage[],
  channels: number,
  classes: number
): { parameters: ParameterShape[]; normalised: number[] } {
  const parameters: ParameterShape[] = []
  const normalised: number[] = []
  const layer = (name: string, side: number, inputs: number, outputs: number): void => {
    parameters.push(
      { name: `${name}.weight`, shape: [side, side, inputs, outputs], role: 'weight' },
      { name: `${name}.bias`, shape: [outputs], role: 'bias' }
    )
    if (norm === 'none') return
    parameters.push(
      { name: `${name}.scale`, shape: [outputs], role: 'scale' },
      { name: `${name}.shift`, shape: [outputs], role: 'shift' }
    )
    if (norm === 'batch') normalised.push(outputs)
  }
  layer('stem', 3, channels, width)
  for (const { name, inputs, outputs } of stages) {
    layer(`${name}.first`, 3, inputs, outputs)
    layer(`${name}.second`, 3, outputs, outputs)
    if (inputs !== outputs) layer(`${name}.straight`, 1, inputs, outputs)
  }
  parameters.push(
    { name: 'classifier.weight', shape: [width * 2 ** (depth - 1), classes], role: 'weight' },
    { name: 'classifier.bias', shape: [classes], role: 'bias' }
  )
  return { parameters, normalised }
}

interface LayerContext {
  readonly tf: TensorFlow
  readonly ops: NetworkOps
  readonly norm: NetworkSpec['norm']
  readonly take: <T extends Tensor>() => T
  readonly statistics: BatchStatistics[]
  readonly options: ForwardOptions
}

/** Convolution and normalisation with the next parameters in order. */
function createLayer(context: LayerContext): (x: Tensor4D, padding: number) => Tensor4D {
  const { tf, ops, norm, take, statistics, options } = context
  return (x, padding) => {
    const seen: Tensor4D = tf.add(ops.convolve(x, take<Tensor4D>(), padding), take())
    if (norm === 'none') return seen
    if (norm === 'instance') return ops.instanceNorm(seen, take(), take())
    const done = batchNorm(tf, seen, take(), take(), options.running?.[statistics.length])
    statistics.push(done.statistics)
    return done.value as Tensor4D // of the shape of its input
  }
}
