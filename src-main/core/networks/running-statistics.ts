// Running mean and variance before each batch normalisation, as evaluation uses them.
import type { Tensor, Variable } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../compute/devices/device.ts'
import type { BatchStatistics } from './network.ts'
import { makeVariable } from './optimizers.ts'

/** Weight of the newest batch (PyTorch's "momentum"). */
const newest = 0.1

export interface RunningStatistics {
  /** Mean, then variance of each normalisation. */
  readonly variables: readonly Variable[]
  /**
   * Moves them towards those of a batch; part of the compiled step. The variance is that of a
   * sample (divided by the numbers less one), as in PyTorch.
   */
  update(statistics: readonly BatchStatistics[]): void
}

/** Running statistics of these channels: mean 0 and variance 1, or given ones. */
export function createRunning(
  tf: TensorFlow,
  channels: readonly number[],
  from?: readonly Float32Array[]
): RunningStatistics {
  const variables = channels.flatMap((count, at) => [
    makeVariable(tf, from?.[2 * at] ?? new Float32Array(count), [count]),
    makeVariable(tf, from?.[2 * at + 1] ?? new Float32Array(count).fill(1), [count])
  ])
  const towards = (variable: Variable, value: Tensor, factor: number): void =>
    variable.assign(tf.add(tf.mul(variable, 1 - newest), tf.mul(value, newest * factor)))
  return {
    variables,
    update(statistics) {
      statistics.forEach(({ mean, variance, numbers = Infinity }, at) => {
        const unbiased = numbers === Infinity ? 1 : numbers / Math.max(1, numbers - 1)
        towards(variables[2 * at], mean, 1)
        towards(variables[2 * at + 1], variance, unbiased)
      })
    }
  }
}

/** Plain running statistics as a network's `forward` takes them. */
export function asBatchStatistics(tensors: readonly Tensor[]): BatchStatistics[] {
  return Array.from({ length: tensors.length / 2 }, (_, at) => ({
    mean: tensors[2 * at],
    variance: tensors[2 * at + 1]
  }))
}
