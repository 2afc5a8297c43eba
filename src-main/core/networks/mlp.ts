// Dense layers: for rows of numbers, and as another architecture to judge a tiny set of pictures by.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { batchNorm } from './batch-norm.ts'
import { linear, parameterReader } from './convnet.ts'
import { initialValues } from './initial-values.ts'
import {
  inputSize,
  type BatchStatistics,
  type InputShape,
  type NetworkCode,
  type NetworkSpec,
  type Outputs,
  type ParameterShape
} from './network.ts'

/**
 * `spec.depth` hidden layers of `spec.width` ReLUs and one linear layer; depth 0 is softmax
 * regression. Pictures are taken as rows of numbers. "instance" norm has no meaning for single
 * numbers and counts as "none".
 */
export function createMlp(spec: NetworkSpec, input: InputShape, classes: number): NetworkCode {
  const { width, depth } = spec
  const isNormalised = spec.norm === 'batch' && depth > 0
  const size = inputSize(input)
  const featureWidth = depth === 0 ? size : width
  const parameters: ParameterShape[] = []
  for (let layer = 1; layer <= depth; layer++) {
    parameters.push(
      { name: `dense${layer}.weight`, shape: [layer === 1 ? size : width, width], role: 'weight' },
      { name: `dense${layer}.bias`, shape: [width], role: 'bias' }
    )
    if (isNormalised)
      parameters.push(
        { name: `norm${layer}.scale`, shape: [width], role: 'scale' },
        { name: `norm${layer}.shift`, shape: [width], role: 'shift' }
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
    normalised: isNormalised ? Array.from({ length: depth }, () => width) : [],
    start: (random) => initialValues(parameters, random),
    forward(tf, _ops, given, x, options = {}): Outputs {
      const take = parameterReader(given)
      const activations: Tensor[] = []
      const statistics: BatchStatistics[] = []
      let features: Tensor2D = tf.reshape(x, [x.shape[0], size])
      for (let layer = 0; layer < depth; layer++) {
        features = linear(tf, features, take(), take())
        if (isNormalised) {
          const done = batchNorm(tf, features, take(), take(), options.running?.[layer])
          features = done.value as Tensor2D // of the shape of its input
          statistics.push(done.statistics)
        }
        features = tf.relu(features)
        activations.push(features)
      }
      return { logits: linear(tf, features, take(), take()), features, activations, statistics }
    }
  }
}
