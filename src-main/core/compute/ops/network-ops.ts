// The operations that differ between training once and differentiating a training: what a network
// is written in, so that the same network runs with either set.
import type { Tensor, Tensor1D, Tensor4D } from '@tensorflow/tfjs-core'

/** Zeros around a picture: as many as keep its size, none, or the same number on all four sides. */
export type Padding = 'same' | 'valid' | number

/**
 * Operations a network uses beyond those that tfjs-core differentiates correctly any number of
 * times (add, multiply, matMul, square, relu, mean, reshape, ...). Pictures are N x H x W x C.
 */
export interface NetworkOps {
  /** How often results may be differentiated correctly. */
  readonly order: 'once' | 'any'
  /** x: N x H x W x C, filter: h x w x C x O, stride 1: N x H' x W' x O. */
  convolve(x: Tensor4D, filter: Tensor4D, padding: Padding): Tensor4D
  /** Means of size x size squares beside each other; a rest at the right or bottom is dropped. */
  averagePool(x: Tensor4D, size: number): Tensor4D
  /**
   * Instance normalisation (Ulyanov et al. 2016): every channel of every picture to mean 0 and
   * variance 1 (epsilon 1e-5), then scale and shift, each with one number per channel.
   */
  instanceNorm(x: Tensor4D, scale: Tensor1D, shift: Tensor1D): Tensor4D
  exp<T extends Tensor>(x: T): T
  sigmoid<T extends Tensor>(x: T): T
  /** Over the last axis. */
  logSoftmax<T extends Tensor>(logits: T): T
}
