// The warm-up whose course the gradients are taken along: one head per pass, each with the share it
// counts for (its mean learning rate, as LESS does).
import { AppError } from '../../../../api/errors.ts'
import type { FeatureScaling } from '../../../compute/kernels/scaling.ts'
import type { MethodCheckpoint, MethodContext, SelectionInputs } from '../../method.ts'
import { defaultTuning, fitFactors } from '../icons/factors.ts'

/** T heads over the same scaled features. All widths are columns + 1 (trailing 1). */
export interface Trajectory {
  readonly classes: number
  readonly scaling: FeatureScaling
  /** T x classes x width, pass after pass. */
  readonly heads: Float32Array
  /** T shares that sum to 1. */
  readonly shares: Float32Array
  /** classes x width unit rows standing in for labels; empty when the data's labels are used. */
  readonly centroids: Float32Array
  readonly warmUpRows: number
}

/** A measured pass, for the chart. */
export interface WarmUpPass {
  readonly epoch: number
  readonly loss: number
}

/**
 * Trains the head on a seeded sample; without labels, on groups found by k-means (specs B1, B8).
 * Throws AppError "method-not-possible" when no row of the sample can be used.
 */
export async function fitTrajectory(
  context: MethodContext,
  inputs: SelectionInputs,
  options: { readonly warmUpPercent: number; readonly epochs: number }
): Promise<{ readonly trajectory: Trajectory; readonly passes: readonly WarmUpPass[] }> {
  const fitted = await fitFactors(context, inputs, { ...options, tuning: defaultTuning }).catch(
    (error: unknown) => {
      // Shapes were checked before: what is left is a sample without one row that can be used.
      if (!(error instanceof RangeError)) throw error
      throw new AppError(
        'method-not-possible',
        'None of the items for the warm-up has numbers that can be read and a label.',
        { cause: error }
      )
    }
  )
  const { classes, scaling, centroids, warmUpRows, checkpoints } = fitted
  const heads = new Float32Array(checkpoints.length * fitted.weights.length)
  checkpoints.forEach(({ weights }, t) => heads.set(weights, t * fitted.weights.length))
  const rates = checkpoints.map(({ meanLearningRate }) => meanLearningRate)
  const total = rates.reduce((sum, rate) => sum + rate, 0)
  const shares = Float32Array.from(rates, (rate) => rate / total)
  return {
    trajectory: { classes, scaling, heads, shares, centroids, warmUpRows },
    passes: checkpoints.map(({ epoch, loss }) => ({ epoch, loss }))
  }
}

/** The trajectory as it is stored; {@link unpackTrajectory} reads it back with the same bits. */
export function packTrajectory(
  trajectory: Trajectory
): Pick<MethodCheckpoint, 'arrays' | 'values'> {
  const { classes, scaling, heads, shares, centroids, warmUpRows } = trajectory
  const { center, inverseScale, meanSquaredNorm } = scaling
  return {
    arrays: { heads, shares, centroids, center, inverseScale },
    values: { classes, meanSquaredNorm, warmUpRows }
  }
}

export function unpackTrajectory({ arrays, values }: MethodCheckpoint): Trajectory {
  // A checkpoint is handed back as it was given out: these arrays are float32.
  const floats = (name: string): Float32Array => arrays[name] as Float32Array
  return {
    classes: Number(values['classes']),
    scaling: {
      center: floats('center'),
      inverseScale: floats('inverseScale'),
      meanSquaredNorm: Number(values['meanSquaredNorm'])
    },
    heads: floats('heads'),
    shares: floats('shares'),
    centroids: floats('centroids'),
    warmUpRows: Number(values['warmUpRows'])
  }
}

/** Numbers of one gradient trajectory that can differ: errors sum to zero over the labels. */
export function trajectoryRank({ classes, shares, scaling }: Trajectory): number {
  return shares.length * Math.max(0, classes - 1) * (scaling.center.length + 1)
}
