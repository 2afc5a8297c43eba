// One network in training: its weights on the device and the step that changes them by one batch,
// compiled once where the device can. Students and experts are trained by it.
import type { Scalar, Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../compute/devices/device.ts'
import { crossEntropy } from '../compute/ops/losses.ts'
import { repeatedStep, type RepeatedStep } from '../compute/repeated-step.ts'
import { batchShape } from './create-network.ts'
import type { BatchStatistics, NetworkCode } from './network.ts'
import { createOptimizer, makeVariable, numbersOf, type OptimizerRules } from './optimizers.ts'
import { createRunning, type RunningStatistics } from './running-statistics.ts'
import { trainingOps } from './training-ops.ts'

export type LossKind = 'cross-entropy' | 'kl' | 'squared-error'

/** How a batch changes the weights. */
export interface TrainerRules extends OptimizerRules {
  readonly loss: LossKind
  /** KL only: logits are divided by it; the loss is multiplied by its square (Hinton et al. 2015). */
  readonly temperature: number
  /** Radius rho of sharpness-aware training; 0 for the plain gradient. */
  readonly sharpness: number
}

/** Everything that a training needs to go on to the same bits. */
export interface TrainerState {
  readonly parameters: Float32Array[]
  /** The optimizer's memory. */
  readonly moments: Float32Array[]
  /** Running mean and variance of each batch normalisation, mean then variance. */
  readonly statistics: Float32Array[]
  /** Steps since the optimizer began. */
  readonly steps: number
}

export interface Trainer {
  /**
   * One step on a batch of normalised values and targets (shares, or free numbers); returns the
   * loss before the change.
   */
  step(values: Float32Array, targets: Float32Array, rate: number): number
  /** Forgets the optimizer's memory. */
  restart(): void
  state(): TrainerState
  dispose(): void
}

/**
 * A network with these weights, ready to be trained; `enableGradients` comes first. `from` is either
 * first values or the state of a training that is continued.
 */
export function createTrainer(
  tf: TensorFlow,
  network: NetworkCode,
  rules: TrainerRules,
  from: Pick<TrainerState, 'parameters'> & Partial<TrainerState>
): Trainer {
  const weights = network.parameters.map(({ shape }, at) =>
    makeVariable(tf, from.parameters[at], shape)
  )
  const optimizer = createOptimizer(tf, weights, rules, from.moments)
  const running = createRunning(tf, network.normalised, from.statistics)
  const update = createUpdate(tf, network, rules, weights, running, optimizer.update)
  // The last batch of a pass is smaller; each size has its own compiled step.
  const steps = new Map<number, RepeatedStep>()
  let done = from.steps ?? 0
  return {
    step(values, targets, rate) {
      const count = targets.length / network.classes
      const repeated = steps.get(count) ?? repeatedStep(tf, update)
      steps.set(count, repeated)
      const x = tf.tensor(values, batchShape(network.input, count))
      const y = tf.tensor2d(targets, [count, network.classes])
      const rates = optimizer.rates(done, rate).map((value) => tf.scalar(value))
      const [loss] = repeated.run([x, y, ...rates])
      tf.dispose([x, y, ...rates])
      done++
      return loss
    },
    restart() {
      optimizer.restart()
      done = 0
    },
    state: () => ({
      parameters: weights.map(numbersOf),
      moments: optimizer.moments().map(numbersOf),
      statistics: running.variables.map(numbersOf),
      steps: done
    }),
    dispose() {
      for (const repeated of steps.values()) repeated.dispose()
      optimizer.dispose()
      tf.dispose([...weights, ...running.variables])
    }
  }
}

/** The step as operations: [x, y, rates...] in, the loss out, variables changed. */
function createUpdate(
  tf: TensorFlow,
  network: NetworkCode,
  rules: TrainerRules,
  weights: readonly Variable[],
  running: RunningStatistics,
  change: (gradients: readonly Tensor[], rates: readonly Tensor[]) => void
): (inputs: readonly Tensor[]) => Tensor {
  const ops = trainingOps(tf)
  const lossOf = (logits: Tensor2D, y: Tensor2D): Scalar => {
    if (rules.loss === 'squared-error') return tf.mean(tf.square(tf.sub(logits, y)))
    if (rules.loss === 'cross-entropy') return crossEntropy(tf, ops, logits, y)
    const { temperature } = rules
    const soft = crossEntropy(tf, ops, tf.div(logits, temperature), y)
    return tf.mul(soft, temperature ** 2)
  }
  return ([x, y, ...rates]) => {
    let statistics: readonly BatchStatistics[] = []
    const forget = (): void =>
      tf.dispose(statistics.flatMap(({ mean, variance }) => [mean, variance]))
    const slopes = tf.valueAndGrads((...given: Tensor[]) => {
      const outputs = network.forward(tf, ops, given, x)
      // Kept beyond the scope that the gradient's calculation opens.
      statistics = outputs.statistics.map(({ mean, variance, ...rest }) => ({
        mean: tf.keep(tf.clone(mean)),
        variance: tf.keep(tf.clone(variance)),
        ...rest
      }))
      return lossOf(outputs.logits, y as Tensor2D) // as given to run
    })
    const at = slopes([...weights])
    running.update(statistics)
    forget()
    if (rules.sharpness === 0) change(at.grads, rates)
    else {
      const near = slopes(raised(tf, weights, at.grads, rules.sharpness))
      forget()
      change(flatter(tf, at.grads, near.grads), rates)
    }
    return at.value
  }
}

/** Keeps norms of gradients away from zero. */
const tiny = 1e-12

/** How much of the plain gradient's part across the raised one is taken away (FTD's value). */
const acrossShare = 0.3

/** The weights a step of length `radius` uphill. */
function raised(
  tf: TensorFlow,
  weights: readonly Tensor[],
  gradients: readonly Tensor[],
  radius: number
): Tensor[] {
  const factor = tf.div(radius, tf.add(tf.sqrt(product(tf, gradients, gradients)), tiny))
  return weights.map((values, at) => tf.add(values, tf.mul(gradients[at], factor)))
}

/**
 * Surrogate-gap guided sharpness-aware minimisation (Zhuang et al. 2022, algorithm 1; used for the
 * experts of Du et al. 2023): the gradient at the raised weights, less a share of the plain
 * gradient's component at right angles to it.
 */
function flatter(tf: TensorFlow, plain: readonly Tensor[], near: readonly Tensor[]): Tensor[] {
  const along = tf.div(product(tf, plain, near), tf.add(product(tf, near, near), tiny))
  return near.map((gradient, at) => {
    const across = tf.sub(plain[at], tf.mul(gradient, along))
    return tf.sub(gradient, tf.mul(across, acrossShare))
  })
}

function product(tf: TensorFlow, a: readonly Tensor[], b: readonly Tensor[]): Scalar {
  return tf.addN(a.map((tensor, at) => tf.sum(tf.mul(tensor, b[at])))) as Scalar // sums of all
}
