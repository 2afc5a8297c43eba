// Training of both heads on pairs: plain batches, the loss of the set, the optimizer of the recipe. Used
// for students, and for the helper heads whose way is followed.
import type { Scalar, Tensor, Tensor2D, Variable } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import type { Random } from '../../compute/random.ts'
import { repeatedStep, type RepeatedStep } from '../../compute/repeated-step.ts'
import { createOptimizer, makeVariable, type OptimizerRules } from '../../networks/optimizers.ts'
import { gather } from '../../networks/train-student.ts'
import { trainingOps } from '../../networks/training-ops.ts'
import type { PairHeads } from './pair-heads.ts'
import { balancedWeights, infoNce, ownTexts, weightedBinary } from './pair-loss.ts'

/** Pairs to learn from. */
export interface PairRows {
  readonly count: number
  /** count x (picture columns + text columns), normalised. */
  read(rows: Uint32Array): Float32Array
  /** count x count: how much each picture belongs to each text; absent = to its own alone. */
  readonly belongs?: Float32Array | undefined
}

export interface HeadRules extends OptimizerRules {
  readonly rate: number
  readonly epochs: number
  readonly batch: number
  readonly temperature: number
}

/** Milliseconds of steps between two looks at the event loop. */
const pauseEvery = 80

/**
 * Trains heads from their first values to the end; `enableGradients` comes first. First values and
 * order depend on `random` alone. Throws the signal's reason within a step.
 * @param onEpoch called before the first epoch and after each, with the parameters
 */
export async function trainHeads(
  tf: TensorFlow,
  heads: PairHeads,
  pairs: PairRows,
  rules: HeadRules,
  random: Random,
  signal: AbortSignal,
  onEpoch: (parameters: () => Float32Array[], epoch: number) => void = () => undefined
): Promise<Float32Array[]> {
  if (pairs.count === 0) throw new RangeError('heads need at least one pair')
  const training = startTraining(tf, heads, pairs, rules, heads.start(random.fork('weights')))
  const order = random.fork('order')
  const rows = Uint32Array.from({ length: pairs.count }, (_, i) => i)
  const batch = Math.min(rules.batch, pairs.count)
  // A rest of one pair has nothing to be told from.
  const perEpoch = Math.max(1, Math.floor(pairs.count / batch))
  let paused = performance.now()
  try {
    onEpoch(training.parameters, 0)
    for (let epoch = 0; epoch < rules.epochs; epoch++) {
      order.shuffle(rows)
      for (let at = 0; at < perEpoch; at++) {
        training.step(rows.slice(at * batch, (at + 1) * batch))
        if (performance.now() - paused < pauseEvery) continue
        await letMessagesIn()
        signal.throwIfAborted()
        paused = performance.now()
      }
      onEpoch(training.parameters, epoch + 1)
    }
    return training.parameters()
  } finally {
    training.dispose()
  }
}

function startTraining(
  tf: TensorFlow,
  heads: PairHeads,
  pairs: PairRows,
  rules: HeadRules,
  from: readonly Float32Array[]
): {
  step(rows: Uint32Array): void
  parameters(): Float32Array[]
  dispose(): void
} {
  const ops = trainingOps(tf)
  const weights = heads.parameters.map(({ shape }, i) => makeVariable(tf, from[i], shape))
  const optimizer = createOptimizer(tf, weights, rules)
  const columns = heads.spec.pictureColumns + heads.spec.textColumns
  const lossOf = (x: Tensor2D, given: readonly Tensor[]): Scalar => {
    const seen = heads.project(tf, weights, x)
    // count x count each, as made below.
    const [own, share] = given as readonly Tensor2D[]
    return pairs.belongs === undefined
      ? infoNce(tf, ops, seen, own, rules.temperature)
      : weightedBinary(tf, seen, own, share, rules.temperature)
  }
  const steps = new Map<number, RepeatedStep>()
  const update = ([rate, decayed, x, ...given]: readonly Tensor[]): Tensor => {
    const { value, grads } = tf.variableGrads(() => lossOf(x as Tensor2D, given), weights)
    optimizer.update(
      weights.map(({ name }) => grads[name]),
      [rate, decayed]
    )
    return tf.reshape(value, [1])
  }
  let done = 0
  return {
    step(rows) {
      const count = rows.length
      const square: [number, number] = [count, count]
      const x = tf.tensor2d(pairs.read(rows), [count, columns])
      const { belongs } = pairs
      const given =
        belongs === undefined
          ? [tf.tensor2d(ownTexts(count), square)]
          : [
              tf.tensor2d(squareOf(belongs, pairs.count, rows), square),
              tf.tensor2d(balancedWeights(count), square)
            ]
      const [rate, decayed = 0] = optimizer.rates(done, rules.rate)
      const rates = [tf.scalar(rate), tf.scalar(decayed)]
      const repeated = steps.get(count) ?? repeatedStep(tf, update)
      steps.set(count, repeated)
      repeated.run([...rates, x, ...given])
      tf.dispose([x, ...given, ...rates])
      done++
    },
    parameters: () =>
      weights.map((each: Variable) => Float32Array.from(each.dataSync<'float32'>())),
    dispose() {
      for (const repeated of steps.values()) repeated.dispose()
      optimizer.dispose()
      tf.dispose(weights)
    }
  }
}

/** The rows and columns of a square matrix that belong to a batch. */
export function squareOf(matrix: Float32Array, side: number, rows: Uint32Array): Float32Array {
  const out = new Float32Array(rows.length * rows.length)
  rows.forEach((row, i) =>
    rows.forEach((column, j) => (out[i * rows.length + j] = matrix[row * side + column]))
  )
  return out
}

/** Pairs that are in memory. */
export function pairRowsOf(
  values: Float32Array,
  columns: number,
  belongs?: Float32Array
): PairRows {
  return {
    count: columns === 0 ? 0 : values.length / columns,
    read: (rows) => gather(values, rows, columns),
    ...(belongs === undefined ? {} : { belongs })
  }
}
