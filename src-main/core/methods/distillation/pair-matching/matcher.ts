// One comparison of pair matching (Wu et al. 2024, MTT-VL): both heads learn from the made pairs from
// where a helper was, and the distances of both to where the helper went are differentiated for the
// pairs, for what belongs together and for the rate of the lessons.
import type { Scalar, Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { drawDirichlet } from '../../../compute/kernels/dirichlet.ts'
import { letMessagesIn } from '../../../compute/let-messages-in.ts'
import type { Random } from '../../../compute/random.ts'
import type { PairHeads } from '../../../evaluation/pairs/pair-heads.ts'
import {
  balancedWeights,
  infoNce,
  ownTexts,
  weightedBinary
} from '../../../evaluation/pairs/pair-loss.ts'
import { concatArrays } from '../../../networks/flat-arrays.ts'
import { gather } from '../../../networks/train-student.ts'
import { trainingOps } from '../../../networks/training-ops.ts'
import { distanceTo, type Goal } from '../trajectory-matching/matcher.ts'
import { unrollTraining, type Batch, type Snapshot } from '../unrolled/unrolled-training.ts'

/** What is learned. */
export interface MadePairs {
  /** count x (picture columns + text columns). */
  readonly rows: Float32Array
  /** How much belongs together; absent = each picture to its own text alone. */
  readonly belongs?: LowRank | undefined
  /** Of the lessons. */
  readonly rate: number
}

/** diag(own) + left right' / rank (Xu et al. 2024, LoRS): count x count in few numbers. */
export interface LowRank {
  /** count. */
  readonly own: Float32Array
  /** count x rank. */
  readonly left: Float32Array
  /** count x rank. */
  readonly right: Float32Array
}

export interface PairMatchOptions {
  readonly lessons: number
  readonly perLesson: number
  readonly temperature: number
  /** Strength of the Beta weights of blends; 0 = none. */
  readonly mix: number
  /** Numbers of `left` and `right` for each pair; 0 = what belongs together is not learned. */
  readonly rank: number
  /** TESLA: each lesson by itself, nothing kept. */
  readonly isConstant: boolean
}

export interface PairMatch {
  /** Of both heads: squared distance to the goal after the lessons, relative to that before them. */
  readonly pictures: number
  readonly texts: number
  /** Slopes of the sum of both, in the order rows, (own, left, right), rate. */
  readonly slopes: readonly Float32Array[]
}

export interface PairMatcher {
  match(made: MadePairs, goal: Goal, random: Random): Promise<PairMatch>
  dispose(): void
}

/** How much each picture belongs to each text: count x count. */
export function belongsMatrix({ own, left, right }: LowRank): Float32Array {
  const count = own.length
  const rank = left.length / count
  return Float32Array.from({ length: count * count }, (_, at) => {
    const [i, j] = [Math.floor(at / count), at % count]
    let sum = 0
    for (let r = 0; r < rank; r++) sum += left[i * rank + r] * right[j * rank + r]
    return sum / rank + (i === j ? own[i] : 0)
  })
}

/**
 * Blends of a batch, rows x rows: each row keeps a share of itself, drawn from Beta(mix, mix), and takes
 * the rest of another one. Both halves of a pair blend alike, so that blends are pairs, too.
 */
export function blends(random: Random, rows: number, mix: number): Float32Array {
  const out = ownTexts(rows)
  if (mix === 0) return out
  const partners = random.sample(rows, rows)
  partners.forEach((partner, row) => {
    const [share] = drawDirichlet(random, [mix, mix])
    out[row * rows + row] = share
    out[row * rows + partner] += 1 - share
  })
  return out
}

/** `enableGradients` and the check of second derivatives come first. */
export function pairMatcher(
  tf: TensorFlow,
  heads: PairHeads,
  options: PairMatchOptions,
  signal: AbortSignal
): PairMatcher {
  const { temperature, rank } = options
  const columns = heads.spec.pictureColumns + heads.spec.textColumns
  const unrolled = unrollTraining(tf, {
    shapes: heads.parameters.map(({ shape }) => shape),
    momentum: 0,
    forwardOps: trainingOps(tf),
    loss(ops, parameters, learned, given): Scalar {
      // All are matrices, as `batchOf` makes them.
      const [x, own, left, right] = learned as readonly Tensor2D[]
      const [mixing, diagonal, weights] = given as readonly Tensor2D[]
      const seen = heads.project(tf, parameters, tf.matMul(mixing, x))
      if (rank === 0) return infoNce(tf, ops, seen, diagonal, temperature)
      const others = tf.div(tf.matMul(left, right, false, true), rank)
      const belongs: Tensor2D = tf.add(tf.mul(diagonal, own), others)
      return weightedBinary(tf, seen, belongs, weights, temperature)
    }
  })
  const breathe = async (): Promise<void> => {
    await letMessagesIn()
    signal.throwIfAborted()
  }

  const batchOf = ({ rows, belongs }: MadePairs, lesson: Lesson): Batch => {
    const taken = lesson.rows
    const side = taken.length
    const square: [number, number] = [side, side]
    const x = tf.tensor2d(gather(rows, taken, columns), [side, columns])
    const mixing = tf.tensor2d(blends(lesson.random, side, options.mix), square)
    const diagonal = tf.tensor2d(ownTexts(side), square)
    if (belongs === undefined) return { learned: [x], given: [mixing, diagonal] }
    const own = tf.tensor2d(gather(belongs.own, taken, 1), [1, side])
    const left = tf.tensor2d(gather(belongs.left, taken, rank), [side, rank])
    const right = tf.tensor2d(gather(belongs.right, taken, rank), [side, rank])
    const weights = tf.tensor2d(balancedWeights(side), square)
    return { learned: [x, own, left, right], given: [mixing, diagonal, weights] }
  }
  const withBatch = <T>(made: MadePairs, lesson: Lesson, work: (batch: Batch) => T): T => {
    const batch = batchOf(made, lesson)
    try {
      return work(batch)
    } finally {
      tf.dispose([...batch.learned, ...batch.given] as Tensor[])
    }
  }

  async function match(made: MadePairs, goal: Goal, random: Random): Promise<PairMatch> {
    const lessons = lessonsOf(random, made.rows.length / columns, options)
    const kept: Snapshot[] = []
    unrolled.begin(goal.from)
    for (const lesson of lessons()) {
      if (!options.isConstant) kept.push(unrolled.snapshot())
      withBatch(made, lesson, (batch) => unrolled.step(batch, made.rate))
      await breathe()
    }
    const end = bothDistances(unrolled.snapshot(), goal)
    unrolled.outerSlopes(end.slopes)
    const parts = [made.rows, ...(made.belongs === undefined ? [] : partsOf(made.belongs))]
    const widths = [columns, 1, rank, rank]
    const slopes = parts.map(({ length }) => new Float32Array(length))
    let rate = 0
    const back = (lesson: Lesson, before: Snapshot): void => {
      const kind = options.isConstant ? 'direct' : 'exact'
      const found = withBatch(made, lesson, (batch) =>
        unrolled.back(before, batch, made.rate, kind)
      )
      rate += found.rate
      found.learned.forEach((values, i) => addRows(slopes[i], lesson.rows, values, widths[i]))
    }
    if (options.isConstant) {
      // The lessons once more from the start, as nothing was kept.
      unrolled.begin(goal.from)
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
    const { pictures, texts } = end
    return { pictures, texts, slopes: [...slopes, Float32Array.of(rate)] }
  }
  return { match, dispose: () => unrolled.dispose() }
}

/** What is learned of what belongs together, in the order of slopes. */
export function partsOf({ own, left, right }: LowRank): readonly Float32Array[] {
  return [own, left, right]
}

/** Both heads by themselves, so that the larger one does not drown the other; slopes of their sum. */
export function bothDistances(
  at: Float32Array,
  { from, to }: Goal
): { readonly pictures: number; readonly texts: number; readonly slopes: Float32Array } {
  const half = from.length / 2
  const split = concatArrays(from.slice(0, half)).length
  const [start, end] = [concatArrays(from), concatArrays(to)]
  const of = (part: Float32Array, isText: boolean): Float32Array =>
    isText ? part.subarray(split) : part.subarray(0, split)
  const [pictures, texts] = [false, true].map((isText) =>
    distanceTo(of(at, isText), of(end, isText), of(start, isText))
  )
  return {
    pictures: pictures.distance,
    texts: texts.distance,
    slopes: concatArrays([pictures.slopes, texts.slopes])
  }
}

/** One lesson: its pairs, and a stream of its own for the blends. */
interface Lesson {
  readonly rows: Uint32Array
  readonly random: Random
}

/** Pairs without putting back until too few are left, then anew. The same each time. */
function lessonsOf(
  random: Random,
  count: number,
  { lessons, perLesson }: PairMatchOptions
): () => Lesson[] {
  const each = Math.min(perLesson, count)
  return () => {
    const stream = random.fork('order')
    let order = new Uint32Array(0)
    return Array.from({ length: lessons }, (_, i) => {
      if (order.length < each) order = Uint32Array.from(stream.sample(count, count))
      const rows = order.slice(0, each)
      order = order.slice(each)
      return { rows, random: random.fork(`blends ${i}`) }
    })
  }
}

function addRows(sums: Float32Array, rows: Uint32Array, values: Float32Array, size: number): void {
  rows.forEach((row, i) => {
    for (let j = 0; j < size; j++) sums[row * size + j] += values[i * size + j]
  })
}
