// Recovery of all pictures, batch by batch: Adam on the pixels, every step through another view. All that
// is drawn comes from the batch and the step, so that a run goes on from any checkpoint to the same bits.
import type { Scalar, Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { letMessagesIn } from '../../../compute/let-messages-in.ts'
import type { Random } from '../../../compute/random.ts'
import { repeatedStep } from '../../../compute/repeated-step.ts'
import type { ExpertSource } from '../../../networks/experts.ts'
import { inputSize, type NetworkCode } from '../../../networks/network.ts'
import { oneHotShares } from '../../../networks/normalisation.ts'
import { asBatchStatistics } from '../../../networks/running-statistics.ts'
import { trainingOps } from '../../../networks/training-ops.ts'
import type { MethodCheckpoint } from '../../method.ts'
import { keepWithin, type ValueRange } from '../matching/made-items.ts'
import { candidateSteps } from '../matching/schedule.ts'
import { parameterTensors } from '../matching/network-tensors.ts'
import {
  descendParts,
  descentFrom,
  keepDescent,
  startDescent,
  type Descent
} from '../unrolled/outer-descent.ts'
import type { RecoveryParams } from './params.ts'
import { pushWeights, type Teacher } from './push-weights.ts'
import { recoveryLoss } from './recovery-loss.ts'
import { applyView, drawView, leastAreaAt } from './views.ts'

/** Pictures of a batch: SRe2L's number, rounded to whole slots of one picture of each class. */
const picturesOfBatch = 100

/** Slots (one picture of each class) of a batch. */
export function slotsAtOnce(classes: number, perClass: number): number {
  return Math.max(1, Math.min(perClass, Math.floor(picturesOfBatch / classes)))
}

/** Everything that recovery needs. */
export interface Recovery {
  readonly tf: TensorFlow
  readonly network: NetworkCode
  readonly experts: ExpertSource
  readonly params: Pick<
    RecoveryParams,
    'iterations' | 'statisticsWeight' | 'push' | 'zoom' | 'rate' | 'start'
  >
  readonly perClass: number
  readonly range: ValueRange
  readonly random: Random
  readonly signal: AbortSignal
  /** Real pictures in the order of the made ones, for the push. */
  readonly real: Float32Array
  /** Steps between two checkpoints, besides those at which the set is offered. */
  readonly keepEvery: number
}

/** A step that was done. */
export interface RecoveryProgress {
  readonly done: number
  readonly total: number
  readonly loss: number
  /** Every so many steps, and at the end of each batch. */
  readonly checkpoint?: MethodCheckpoint
  /** The pictures are worth showing: at fixed steps, always with a checkpoint. */
  readonly isOffered: boolean
}

/** Name of recovery's checkpoints. */
export const recoveryStep = 'recovery'

/** Rows of each batch: a class-major set cut into slots, as equal as can be. */
export function batchRows(classes: number, perClass: number): Uint32Array[] {
  const count = Math.ceil(perClass / slotsAtOnce(classes, perClass))
  const cut = (b: number): number => Math.floor((b * perClass) / count)
  return Array.from({ length: count }, (_, b) => {
    const each = cut(b + 1) - cut(b)
    return Uint32Array.from({ length: each * classes }, (_, i) => {
      const [c, place] = [Math.floor(i / each), i % each]
      return c * perClass + cut(b) + place
    })
  })
}

/**
 * Changes `values` (classes x perClass pictures, one class after the other) in place. Goes on from a
 * checkpoint whose pictures the caller has put into `values`.
 */
export async function* recoverPictures(
  recovery: Recovery,
  values: Float32Array,
  resume: MethodCheckpoint | undefined
): AsyncGenerator<RecoveryProgress, void, void> {
  const { params, network, perClass, random, signal, range, keepEvery } = recovery
  const size = inputSize(network.input)
  const batches = batchRows(network.classes, perClass)
  const total = batches.length * params.iterations
  const offered = new Set(candidateSteps(total))
  let done = resume === undefined ? 0 : Number(resume.values.done)
  for (const [b, rows] of batches.entries()) {
    if (done >= (b + 1) * params.iterations) continue
    const own = random.fork(`batch ${b}`)
    const pixels = gatherRows(values, rows, size)
    const isUnderWay = resume !== undefined && done > b * params.iterations
    const descent = isUnderWay ? descentFrom(resume, [pixels]) : startDescent([pixels])
    const stepper = await batchStepper(recovery, rows, own)
    try {
      for (let index = done - b * params.iterations; index < params.iterations; index++) {
        await letMessagesIn()
        signal.throwIfAborted()
        const share = index / params.iterations
        const result = stepper.run(pixels, own.fork(`step ${index}`), share)
        const falling = 0.5 * (1 + Math.cos(Math.PI * share))
        descendParts([pixels], [result.subarray(1)], descent, ruleOf(params.rate), falling)
        keepWithin(pixels, range)
        scatterRows(values, rows, size, pixels)
        done++
        const isOffered = offered.has(done)
        const isLast = index + 1 === params.iterations
        const isKept = isOffered || isLast || (index + 1) % keepEvery === 0
        yield {
          done,
          isOffered,
          total,
          loss: result[0],
          ...(isKept ? { checkpoint: checkpointOf(values, descent, done) } : {})
        }
      }
    } finally {
      stepper.dispose()
    }
  }
}

/** SRe2L's Adam. */
function ruleOf(rate: number): Parameters<typeof descendParts>[3] {
  return {
    kind: 'adam',
    rates: [rate],
    momentum: 0.5,
    squares: 0.9,
    isRelative: false,
    clip: undefined
  }
}

function checkpointOf(values: Float32Array, descent: Descent, done: number): MethodCheckpoint {
  const kept = keepDescent(descent)
  return {
    step: recoveryStep,
    arrays: { ...kept.arrays, pictures: values.slice() },
    values: { ...kept.values, done }
  }
}

/** Weight of variances beside means where weights are pushed (DWA). */
const pushedVariance = 11
const firstWeight = 10
/** How much the better of two helper models counts more (CV-DD). */
const accuracyTemperature = 0.1

/** The compiled step of one batch with its helper models. */
async function batchStepper(recovery: Recovery, rows: Uint32Array, random: Random) {
  const { tf, network, params } = recovery
  const ops = trainingOps(tf)
  const { teachers, shares } = await drawTeachers(recovery, rows, random.fork('teachers'))
  const weights = { first: firstWeight, variance: params.push > 0 ? pushedVariance : 1 }
  const parts = teachers.map(({ parameters, statistics }) => [
    ...parameterTensors(tf, network, parameters),
    ...statistics.map((numbers) => tf.tensor1d(numbers))
  ])
  const each = parts[0].length
  const count = network.parameters.length
  const y = targetTensor(tf, rows, recovery)
  const shape: [number, number, number, number] = [
    rows.length,
    network.input.height,
    network.input.width,
    network.input.channels
  ]
  const step = repeatedStep(tf, ([x, targets, down, across, ...given]) => {
    const lossOf = (pictures: Tensor): Scalar => {
      const seen = applyView(tf, pictures as Tensor4D, down, across)
      const losses = shares.map((share, t) => {
        const own = given.slice(t * each, (t + 1) * each)
        const running = asBatchStatistics(own.slice(count))
        const parameters = own.slice(0, count)
        const loss = recoveryLoss(
          tf,
          ops,
          network,
          parameters,
          running,
          seen,
          targets as Tensor2D,
          params.statisticsWeight,
          weights
        )
        return tf.mul(loss, share)
      })
      return losses.length === 1 ? (losses[0] as Scalar) : (tf.addN(losses) as Scalar)
    }
    const { value, grad } = tf.valueAndGrad(lossOf)(x)
    return tf.concat([tf.reshape(value, [1]), tf.reshape(grad, [-1])])
  })
  return {
    /** Loss, then the slopes of the pixels. @param share of the batch's steps done */
    run(pixels: Float32Array, stream: Random, share: number): Float32Array {
      const area = params.zoom === 'falling' ? leastAreaAt(share) : 1
      const view = drawView(stream, network.input, area)
      const [, height, width] = shape
      const inputs = [
        tf.tensor4d(pixels.slice(), shape),
        y,
        tf.tensor2d(view.rows, [height, height]),
        tf.tensor2d(view.columns, [width, width])
      ]
      const result = step.run([...inputs, ...parts.flat()])
      tf.dispose(inputs.filter((tensor) => tensor !== y))
      return result
    },
    dispose() {
      step.dispose()
      tf.dispose([y, ...parts.flat()])
    }
  }
}

function targetTensor(
  tf: TensorFlow,
  rows: Uint32Array,
  { perClass, network }: Pick<Recovery, 'perClass' | 'network'>
): Tensor2D {
  const labels = Int32Array.from(rows, (row) => Math.floor(row / perClass))
  return tf.tensor2d(oneHotShares(labels, network.classes), [rows.length, network.classes])
}

/** One helper model, or two of several by lot, weighted by softmax(accuracy / 0.1); pushed if asked. */
async function drawTeachers(
  recovery: Recovery,
  rows: Uint32Array,
  random: Random
): Promise<{ readonly teachers: readonly Teacher[]; readonly shares: readonly number[] }> {
  const { tf, network, experts, params, real } = recovery
  const chosen = [...random.sample(experts.count, Math.min(2, experts.count))]
  const lasts = chosen.map((expert) => experts.moments[expert].length - 1)
  const scores = chosen.map((expert, i) =>
    Math.exp(experts.moments[expert][lasts[i]].accuracy01 / accuracyTemperature)
  )
  const sum = scores.reduce((total, score) => total + score, 0)
  const teachers: Teacher[] = []
  for (const [i, expert] of chosen.entries()) {
    const parameters = await experts.read(expert, lasts[i])
    const statistics = await experts.readStatistics(expert, lasts[i])
    if (params.push === 0) {
      teachers.push({ parameters, statistics })
      continue
    }
    const { height, width, channels } = network.input
    const shown = gatherRows(real, rows, inputSize(network.input))
    const x = tf.tensor4d(shown, [rows.length, height, width, channels])
    const y = targetTensor(tf, rows, recovery)
    const pushed = pushWeights(tf, network, { parameters, statistics }, x, y, params.push)
    tf.dispose([x, y])
    teachers.push({ parameters: pushed, statistics })
  }
  return { teachers, shares: scores.map((score) => score / sum) }
}

function gatherRows(values: Float32Array, rows: Uint32Array, size: number): Float32Array {
  const out = new Float32Array(rows.length * size)
  rows.forEach((row, i) => out.set(values.subarray(row * size, (row + 1) * size), i * size))
  return out
}

function scatterRows(
  values: Float32Array,
  rows: Uint32Array,
  size: number,
  from: Float32Array
): void {
  rows.forEach((row, i) => values.set(from.subarray(i * size, (i + 1) * size), row * size))
}
