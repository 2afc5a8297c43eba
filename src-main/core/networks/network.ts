// What a trainable network is: the shapes of its parameters, their first values and a forward pass
// written as a function of the parameters, so that the same network can be trained, frozen, matched,
// or differentiated through its own training.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../compute/devices/device.ts'
import type { NetworkOps } from '../compute/ops/network-ops.ts'
import type { Random } from '../compute/random.ts'

/** Which network. Plain data: it travels to other threads and into manifests. */
export interface NetworkSpec {
  /** ConvNet-D (Gidaris and Komodakis 2018, as used by Zhao et al. 2021), dense layers, small ResNet. */
  readonly kind: 'convnet' | 'mlp' | 'resnet' | 'linear'
  /** Filters of a convolution, or units of a hidden layer; ignored by "linear". */
  readonly width: number
  /** Blocks of a ConvNet, hidden layers of an MLP, stages of a ResNet; ignored by "linear". */
  readonly depth: number
  /** Instance norm suits small batches; methods that match batch statistics need batch norm. */
  readonly norm: 'instance' | 'batch' | 'none'
}

/** What goes in: pictures, or rows of numbers as pictures of 1 x 1 with one channel per column. */
export interface InputShape {
  readonly height: number
  readonly width: number
  readonly channels: number
}

/** Numbers of one input. */
export function inputSize({ height, width, channels }: InputShape): number {
  return height * width * channels
}

/** One parameter of a network. */
export interface ParameterShape {
  readonly name: string
  /** tfjs's order: h x w x in x out for convolutions, in x out for dense layers. */
  readonly shape: readonly number[]
  readonly role: 'weight' | 'bias' | 'scale' | 'shift'
}

/** Mean and variance of each channel before a batch normalisation, for one batch. */
export interface BatchStatistics {
  readonly mean: Tensor
  readonly variance: Tensor
  /** Numbers of each channel that they were taken over, where they are a batch's own. */
  readonly numbers?: number
}

export interface ForwardOptions {
  /**
   * Batch norm only. Absent: each batch is normalised by its own statistics, which come back in
   * {@link Outputs.statistics}. Given: these (running) statistics are used instead, as in evaluation.
   */
  readonly running?: readonly BatchStatistics[]
}

/** What a forward pass gives. */
export interface Outputs {
  /** N x classes. */
  readonly logits: Tensor2D
  /** N x featureWidth: what the last linear layer reads. */
  readonly features: Tensor2D
  /** After the ReLU of each block or hidden layer, first block first. */
  readonly activations: readonly Tensor[]
  /** Of each batch normalisation, in order; empty without. */
  readonly statistics: readonly BatchStatistics[]
}

/** A network for one input shape and number of classes. Holds no tensors. */
export interface NetworkCode {
  readonly spec: NetworkSpec
  readonly input: InputShape
  readonly classes: number
  readonly parameters: readonly ParameterShape[]
  readonly featureWidth: number
  /** Channels before each batch normalisation, in order; empty without. */
  readonly normalised: readonly number[]
  /** First values in the order of `parameters`; PyTorch's usual ones. */
  start(random: Random): Float32Array[]
  /**
   * @param parameters tensors of the shapes of `parameters`, in their order
   * @param x N x height x width x channels (N x columns for networks over rows of numbers)
   */
  forward(
    tf: TensorFlow,
    ops: NetworkOps,
    parameters: readonly Tensor[],
    x: Tensor,
    options?: ForwardOptions
  ): Outputs
}

/** Numbers in all parameters. */
export function parameterCount(network: Pick<NetworkCode, 'parameters'>): number {
  return network.parameters.reduce(
    (sum, { shape }) => sum + shape.reduce((product, side) => product * side, 1),
    0
  )
}
