// Trace of the matrix of second derivatives of a network's mean loss for its weights, by Hutchinson's
// estimate with signs (Hutchinson 1990): the mean of v'Hv. Hv comes from two first derivatives a small
// step apart, so that nothing is differentiated twice: [g(w + h v) - g(w - h v)] / 2h.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import { enableGradients } from '../../compute/devices/gradients.ts'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import { crossEntropy } from '../../compute/ops/losses.ts'
import type { Random } from '../../compute/random.ts'
import { repeatedStep } from '../../compute/repeated-step.ts'
import { batchShape } from '../../networks/create-network.ts'
import type { NetworkCode } from '../../networks/network.ts'
import { trainingOps } from '../../networks/training-ops.ts'

/** Items that the loss is a mean over. */
export interface LossItems {
  readonly count: number
  readonly values: Float32Array
  /** count x classes. */
  readonly shares: Float32Array
}

/** Second derivatives of the mean cross-entropy over some items, for one network. */
export interface Curvature {
  /** u'Hv at these weights. */
  product(
    weights: readonly Float32Array[],
    u: readonly Float32Array[],
    v: readonly Float32Array[]
  ): number
  /** Mean of v'Hv over random signs. Throws the signal's reason between two of them. */
  trace(
    weights: readonly Float32Array[],
    probes: number,
    random: Random,
    signal: AbortSignal
  ): Promise<number>
  dispose(): void
}

/** Share of the length of the weights that the step has; a third of the digits stay. */
const stepShare = 1e-3

/** Prepares the derivatives. Dispose when done. */
export async function createCurvature(
  tf: TensorFlow,
  network: NetworkCode,
  items: LossItems
): Promise<Curvature> {
  await enableGradients()
  const ops = trainingOps(tf)
  const count = network.parameters.length
  const x = tf.tensor(items.values, batchShape(network.input, items.count))
  const y = tf.tensor2d(items.shares, [items.count, network.classes])
  // weights, u, v and h in; u' [g(w + h v) - g(w - h v)] / 2h out.
  const step = repeatedStep(tf, (given) => {
    const weights = given.slice(0, count)
    const u = given.slice(count, 2 * count)
    const v = given.slice(2 * count, 3 * count)
    const [h, pictures, targets] = given.slice(3 * count)
    const slopes = tf.grads((...at: Tensor[]) =>
      crossEntropy(tf, ops, network.forward(tf, ops, at, pictures).logits, targets as Tensor2D)
    )
    const moved = (by: Tensor): Tensor[] =>
      slopes(weights.map((values, i) => tf.add(values, tf.mul(v[i], by))))
    const [after, before] = [moved(h), moved(tf.neg(h))]
    const parts = after.map((slope, i) => tf.sum(tf.mul(u[i], tf.sub(slope, before[i]))))
    return tf.div(tf.addN(parts), tf.mul(h, 2))
  })
  const product: Curvature['product'] = (weights, u, v) => {
    const h = stepShare * (lengthOf(weights) / Math.max(1e-12, lengthOf(v)))
    const tensors = [weights, u, v].flatMap((arrays) =>
      network.parameters.map(({ shape }, i) => tf.tensor(arrays[i], [...shape]))
    )
    const width = tf.scalar(h)
    const [value] = step.run([...tensors, width, x, y])
    tf.dispose([...tensors, width])
    return value
  }
  return {
    product,
    async trace(weights, probes, random, signal) {
      let sum = 0
      for (let probe = 0; probe < probes; probe++) {
        await letMessagesIn()
        signal.throwIfAborted()
        const signs = randomSigns(weights, random)
        sum += product(weights, signs, signs)
      }
      return sum / probes
    },
    dispose() {
      step.dispose()
      tf.dispose([x, y])
    }
  }
}

/** Plus or minus one for every weight. */
export function randomSigns(weights: readonly Float32Array[], random: Random): Float32Array[] {
  return weights.map((values) => values.map(() => (random.below(2) === 1 ? 1 : -1)))
}

function lengthOf(arrays: readonly Float32Array[]): number {
  return Math.sqrt(
    arrays.reduce((sum, array) => array.reduce((within, value) => within + value * value, sum), 0)
  )
}

/** Exponential mean of a series: `keep` is the weight of the past; the first value counts whole. */
export function smoothed(values: readonly number[], keep: number): number[] {
  let last = values[0]
  return values.map((value, i) => (last = i === 0 ? value : keep * last + (1 - keep) * value))
}
