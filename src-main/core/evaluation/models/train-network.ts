// How the networks among the check models are trained: AdamW for a number of steps that is fixed
// beforehand, the rate falling along half a cosine. Nothing looks at test items or stops by what it
// sees, so that all arms of a check get exactly the same treatment.
import type { Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { crossEntropy } from '../../compute/ops/losses.ts'
import type { NetworkOps } from '../../compute/ops/network-ops.ts'
import type { Random } from '../../compute/random.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import { repeatedStep } from '../../compute/repeated-step.ts'
import { oneHotShares } from '../../networks/normalisation.ts'
import { createOptimizer } from '../../networks/optimizers.ts'

/** Everything about a training that is fixed beforehand. */
export interface NetworkRecipe {
  readonly steps: number
  /** Items per step; fewer where the set has fewer. */
  readonly batch: number
  /** Rate of the first step. */
  readonly rate: number
  /** Decoupled weight decay (Loshchilov and Hutter 2019), as a share of the rate. */
  readonly decay: number
}

/** A network with its weights on the device. */
export interface Network {
  readonly variables: readonly Variable[]
  /** N x classes. */
  logits(x: Tensor): Tensor2D
}

/** A network in training. */
export interface Training {
  readonly steps: number
  /** Step `index` of `steps`, in order; returns the mean cross-entropy of its batch. */
  step(index: number): number
  /** Share of the labelled test items named rightly by the weights as they are. */
  accuracy(signal: AbortSignal): Promise<number>
  dispose(): void
}

/** Changes the weights of a network by batches. */
export interface Trainer {
  /** @param y batch x classes, one-hot. Returns the mean cross-entropy before the change. */
  step(index: number, x: Tensor, y: Tensor2D): number
  dispose(): void
}

/** AdamW (Loshchilov and Hutter 2019) on the network's variables; biases and scales do not decay. */
export function createTrainer(
  tf: TensorFlow,
  ops: NetworkOps,
  network: Network,
  recipe: NetworkRecipe
): Trainer {
  const { variables } = network
  const rules = { optimizer: 'adamw', momentum: 0, decay: recipe.decay } as const
  const optimizer = createOptimizer(tf, variables, rules)
  const update = ([x, y, ...rates]: readonly Tensor[]): Tensor => {
    const lossOf = () => crossEntropy(tf, ops, network.logits(x), y as Tensor2D) // as given below
    const { value, grads } = tf.variableGrads(lossOf, [...variables])
    optimizer.update(
      variables.map(({ name }) => grads[name]),
      rates
    )
    return value
  }
  const repeated = repeatedStep(tf, update)
  return {
    step(index, x, y) {
      const falling = recipe.rate * 0.5 * (1 + Math.cos((Math.PI * index) / recipe.steps))
      const rates = optimizer.rates(index, falling).map((value) => tf.scalar(value))
      const [loss] = repeated.run([x, y, ...rates])
      tf.dispose(rates)
      return loss
    },
    dispose() {
      repeated.dispose()
      optimizer.dispose()
    }
  }
}

/** Milliseconds of steps between two looks at the event loop. */
const pauseEvery = 100

/** Runs a training to its end and returns its accuracy; the training is disposed. */
export async function finishTraining(training: Training, signal: AbortSignal): Promise<number> {
  try {
    signal.throwIfAborted()
    let paused = performance.now()
    for (let index = 0; index < training.steps; index++) {
      training.step(index)
      if (performance.now() - paused < pauseEvery) continue
      await letMessagesIn()
      signal.throwIfAborted()
      paused = performance.now()
    }
    return await training.accuracy(signal)
  } finally {
    training.dispose()
  }
}

/** Items per forward product when the test items are named. */
const testBatch = 256

/**
 * Share of test items whose largest logit is their label; the first of equal ones counts.
 * @param items positions of the labelled test items @param load N items as the network takes them
 */
export async function networkAccuracy(
  tf: TensorFlow,
  network: Network,
  items: Uint32Array,
  labels: Int32Array,
  load: (items: Uint32Array) => Tensor,
  signal: AbortSignal
): Promise<number> {
  let right = 0
  for (let from = 0; from < items.length; from += testBatch) {
    await letMessagesIn()
    signal.throwIfAborted()
    const part = items.subarray(from, from + testBatch)
    const logits = tf.tidy(() => network.logits(load(part)))
    const values = await logits.data<'float32'>()
    logits.dispose()
    const classes = values.length / part.length
    part.forEach((item, i) => {
      const row = values.subarray(i * classes, (i + 1) * classes)
      if (row.indexOf(Math.max(...row)) === labels[item]) right++
    })
  }
  return items.length === 0 ? 0 : right / items.length
}

/** Endless batches: shuffled pass after shuffled pass, every batch of the same size. */
export function createBatches(
  items: Uint32Array,
  batch: number,
  random: Random
): () => Uint32Array {
  const size = Math.min(batch, items.length)
  const order = items.slice()
  let at = order.length
  return () => {
    const next = new Uint32Array(size)
    for (let filled = 0; filled < size;) {
      if (at === order.length) {
        random.shuffle(order)
        at = 0
      }
      const taken = order.subarray(at, at + size - filled)
      next.set(taken, filled)
      filled += taken.length
      at += taken.length
    }
    return next
  }
}

/** Batch x classes: 1 at each item's label. */
export function oneHot(
  tf: TensorFlow,
  items: Uint32Array,
  labels: Int32Array,
  classes: number
): Tensor2D {
  const own = Int32Array.from(items, (item) => labels[item])
  return tf.tensor2d(oneHotShares(own, classes), [items.length, classes])
}
