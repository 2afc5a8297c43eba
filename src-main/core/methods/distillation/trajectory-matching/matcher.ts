// One comparison of trajectory matching (Cazenavette et al. 2022): a network learns from the made
// items from where an expert was, and the distance to where the expert went is differentiated for the
// items, the labels and the rate of the lessons.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { letMessagesIn } from '../../../compute/let-messages-in.ts'
import { crossEntropy } from '../../../compute/ops/losses.ts'
import { secondOrderOps } from '../../../compute/ops/second-order.ts'
import type { Random } from '../../../compute/random.ts'
import { batchShape } from '../../../networks/create-network.ts'
import { concatArrays } from '../../../networks/flat-arrays.ts'
import { inputSize, type NetworkCode } from '../../../networks/network.ts'
import { trainingOps } from '../../../networks/training-ops.ts'
import type { SiameseChange } from '../matching/siamese-change.ts'
import { unrollTraining, type Batch, type Snapshot } from '../unrolled/unrolled-training.ts'

/** What is learned. */
export interface MadeTrajectory {
  /** count x size. */
  readonly items: Float32Array
  /** count x classes: shares, or logits of shares where labels are learned. */
  readonly labels: Float32Array
  /** Of the lessons. */
  readonly rate: number
}

export interface MatchOptions {
  readonly lessons: number
  readonly perLesson: number
  /** Labels are logits and get slopes. */
  readonly learnsLabels: boolean
  /** TESLA: each lesson by itself, nothing kept. */
  readonly isConstant: boolean
}

/** Parameters of an expert at the start and at the goal. */
export interface Goal {
  readonly from: readonly Float32Array[]
  readonly to: readonly Float32Array[]
}

export interface Match {
  /** Squared distance to the goal after the lessons, relative to that before them. */
  readonly distance: number
  readonly items: Float32Array
  /** Zeros where labels are not learned. */
  readonly labels: Float32Array
  readonly rate: number
}

export interface TrajectoryMatcher {
  match(made: MadeTrajectory, goal: Goal, random: Random): Promise<Match>
  dispose(): void
}

/** `enableGradients` and the check of second derivatives come first. */
export function trajectoryMatcher(
  tf: TensorFlow,
  network: NetworkCode,
  change: SiameseChange,
  options: MatchOptions,
  signal: AbortSignal
): TrajectoryMatcher {
  const { learnsLabels } = options
  const any = secondOrderOps(tf)
  const unrolled = unrollTraining(tf, {
    shapes: network.parameters.map(({ shape }) => shape),
    momentum: 0,
    forwardOps: trainingOps(tf),
    loss(ops, parameters, [x, logits], given) {
      const [targets, changes] = learnsLabels
        ? [any.softmax(logits as Tensor2D), given]
        : [given[0] as Tensor2D, given.slice(1)]
      const seen = change.apply(x, changes)
      return crossEntropy(tf, ops, network.forward(tf, ops, parameters, seen).logits, targets)
    }
  })
  const breathe = async (): Promise<void> => {
    await letMessagesIn()
    signal.throwIfAborted()
  }
  const size = inputSize(network.input)

  /** The batch of a lesson; the same for the same random stream. */
  const batchOf = (made: MadeTrajectory, lesson: Lesson): Batch => {
    const { rows } = lesson
    const x = tf.tensor(rowsOf(made.items, rows, size), batchShape(network.input, rows.length))
    const y = tf.tensor2d(rowsOf(made.labels, rows, network.classes), [
      rows.length,
      network.classes
    ])
    const changes = change.draw(lesson.random)
    return learnsLabels
      ? { learned: [x, y], given: changes }
      : { learned: [x], given: [y, ...changes] }
  }
  const withBatch = <T>(made: MadeTrajectory, lesson: Lesson, work: (batch: Batch) => T): T => {
    const batch = batchOf(made, lesson)
    try {
      return work(batch)
    } finally {
      tf.dispose([...batch.learned, ...batch.given] as Tensor[])
    }
  }

  async function match(made: MadeTrajectory, { from, to }: Goal, random: Random): Promise<Match> {
    const count = made.items.length / size
    const lessons = lessonsOf(random, count, options)
    const kept: Snapshot[] = []
    unrolled.begin(from)
    for (const lesson of lessons()) {
      if (!options.isConstant) kept.push(unrolled.snapshot())
      withBatch(made, lesson, (batch) => unrolled.step(batch, made.rate))
      await breathe()
    }
    const end = distanceTo(unrolled.snapshot(), concatArrays(to), concatArrays(from))
    unrolled.outerSlopes(end.slopes)
    const slopes = {
      items: new Float32Array(made.items.length),
      labels: new Float32Array(made.labels.length)
    }
    let rate = 0
    const back = (lesson: Lesson, before: Snapshot): void => {
      const found = withBatch(made, lesson, (batch) =>
        unrolled.back(before, batch, made.rate, options.isConstant ? 'direct' : 'exact')
      )
      rate += found.rate
      addRows(slopes.items, lesson.rows, found.learned[0], size)
      if (learnsLabels) addRows(slopes.labels, lesson.rows, found.learned[1], network.classes)
    }
    if (options.isConstant) {
      // The lessons once more from the start, as nothing was kept.
      unrolled.begin(from)
      for (const lesson of lessons()) {
        back(lesson, unrolled.snapshot())
        withBatch(made, lesson, (batch) => unrolled.step(batch, made.rate))
        await breathe()
      }
    } else {
      for (const lesson of [...lessons()].reverse()) {
        back(lesson, kept.pop() ?? new Float32Array(0))
        await breathe()
      }
    }
    return { distance: end.distance, ...slopes, rate }
  }
  return { match, dispose: () => unrolled.dispose() }
}

/** One lesson: its items, and a stream of its own for the changes. */
interface Lesson {
  readonly rows: Uint32Array
  readonly random: Random
}

/** Items without putting back until all were taken, then anew, as published. The same each time. */
function lessonsOf(
  random: Random,
  count: number,
  { lessons, perLesson }: MatchOptions
): () => Lesson[] {
  const each = Math.min(perLesson, count)
  return () => {
    const stream = random.fork('order')
    let order = new Uint32Array(0)
    return Array.from({ length: lessons }, (_, i) => {
      if (order.length < each) order = Uint32Array.from(stream.sample(count, count))
      const rows = order.slice(0, each)
      order = order.slice(each)
      return { rows, random: random.fork(`changes ${i}`) }
    })
  }
}

/**
 * |at - to|^2 / |from - to|^2 with its slopes for `at`; both 0 where the expert stood still, which
 * has nothing to teach.
 */
export function distanceTo(
  at: Float32Array,
  to: Float32Array,
  from: Float32Array
): { readonly distance: number; readonly slopes: Float32Array } {
  let [left, whole] = [0, 0]
  for (let i = 0; i < at.length; i++) {
    left += (at[i] - to[i]) ** 2
    whole += (from[i] - to[i]) ** 2
  }
  if (whole === 0) return { distance: 0, slopes: new Float32Array(at.length) }
  return { distance: left / whole, slopes: at.map((value, i) => (2 * (value - to[i])) / whole) }
}

function rowsOf(values: Float32Array, rows: Uint32Array, size: number): Float32Array {
  const out = new Float32Array(rows.length * size)
  rows.forEach((row, i) => out.set(values.subarray(row * size, (row + 1) * size), i * size))
  return out
}

function addRows(sums: Float32Array, rows: Uint32Array, values: Float32Array, size: number): void {
  rows.forEach((row, i) => {
    for (let j = 0; j < size; j++) sums[row * size + j] += values[i * size + j]
  })
}
