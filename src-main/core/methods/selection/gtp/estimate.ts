// What a run will take, from the shape of the data alone; constants measured on one thread.
import { gradientNumbers, matrixCost } from '../../gradients/estimate.ts'
import type { MethodEstimate, MethodShape } from '../../method.ts'
import { estimateDoubt } from './doubt.ts'
import type { GtpParams } from './params.ts'
import { keepBytes } from './method-knobs.ts'
import { capacity } from './plan.ts'

/** Multiply-adds the device does per second, and plain loops per second. */
const productRate = 13e9
const loopRate = 0.8e9
/** Rounds a pursuit takes, those of them with nearly all places, and steps of the fits in each. */
const usualRounds = 30
const fullRounds = 8
const stepsPerRound = 130
/** Columns that a chosen one is multiplied with in a round. */
const comparedPerPlace = 1000

/** Seconds and memory; within a factor of three on the wasm device. */
export function estimateGtp(shape: MethodShape, params: GtpParams): MethodEstimate {
  if (shape.gradients !== undefined) return estimateMatrices(shape, params)
  const { candidates, columns, budget } = shape
  const classes = Math.max(2, shape.classes)
  const width = columns + 1
  const outputs = classes * params.warmUpEpochs
  const rank = params.warmUpEpochs * (classes - 1) * width
  const atOnce = Math.min(budget, capacity(candidates, rank))
  const pursuits = Math.ceil(budget / atOnce)
  const rounds = Math.min(params.rounds, usualRounds)
  const warmUpRows = Math.max((params.warmUpPercent / 100) * candidates, Math.min(candidates, 200))
  // Parts share the rows out, so all pursuits together pass over them as often as one.
  const passes = rounds + 5
  const products = passes * candidates * width * outputs
  const grams = pursuits * fullRounds * comparedPerPlace * atOnce * (width + outputs)
  const steps = pursuits * fullRounds * stepsPerRound * (1.15 * atOnce) ** 2
  const seconds =
    (warmUpRows * params.warmUpEpochs * width * classes * 16 + products + grams) / productRate +
    (passes * candidates * (outputs + 2 * width) + 0.8 * steps) / loopRate
  const kept = 4 * candidates * (width + outputs)
  const bytes =
    (kept <= keepBytes ? kept : 0) +
    4 * 4 * (1.3 * atOnce) ** 2 +
    3 * 8 * outputs * width +
    60 * candidates
  return {
    seconds: 0.1 + seconds + (params.wrongLabels === 'count' ? 0 : estimateDoubt(shape).seconds),
    megabytes: 120 + bytes / 1e6,
    why:
      `${candidates.toLocaleString('en-US')} items x ${outputs} directions x ${columns} numbers each, ` +
      `up to ${rounds} rounds, ${atOnce.toLocaleString('en-US')} items chosen at once`
  }
}

/** The same on gradients made elsewhere, whose rows are as wide as all checkpoints together. */
function estimateMatrices(shape: MethodShape, params: GtpParams): MethodEstimate {
  const { candidates, budget } = shape
  const numbers = gradientNumbers(shape)
  const atOnce = Math.min(budget, capacity(candidates, numbers))
  const pursuits = Math.ceil(budget / atOnce)
  const rounds = Math.min(params.rounds, usualRounds)
  const part = (2 * candidates * numbers) / pursuits
  return matrixCost(shape, {
    passes: rounds + 5,
    directions: 1,
    products: pursuits * fullRounds * comparedPerPlace * atOnce * numbers,
    loops: (pursuits * fullRounds * stepsPerRound * (1.15 * atOnce) ** 2) / 8,
    bytes: (part <= keepBytes ? part : 0) + 4 * 4 * (1.3 * atOnce) ** 2
  })
}
