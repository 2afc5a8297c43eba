// What a softmax head is trained on, by which recipe, and what comes out. Two recipes: "warm-up" (a
// few passes of plain gradient descent from zero, for gradient directions) and "check" (trained
// close to its optimum, for judging a set of items).
import type { FeatureScaling, ScalingKind } from './kernels/scaling.ts'

/** Training rows: n x columns features, row-major, with one class index per row. */
export interface HeadData {
  readonly features: Float32Array
  readonly columns: number
  /** n class indices; rows with -1 are left out of the training. */
  readonly labels: Int32Array
  readonly classes: number
  /** Train on these rows of `features` only (a row named twice counts twice); absent = all. */
  readonly rows?: Uint32Array
}

/** A few passes of mini-batch gradient descent from zero (specs B1). */
export interface WarmUpRecipe {
  readonly kind: 'warm-up'
  readonly seed: number
  readonly epochs: number
  readonly batchRows: number
  /** Peak step in units of 1 / mean squared row norm; falls to 0 along half a cosine. */
  readonly learningRate: number
  /** Weight of 0.5 * ||W||^2 (the bias is free). */
  readonly l2: number
  readonly scaling: ScalingKind
  /** Keep the weights after every epoch with the mean learning rate of that epoch. */
  readonly keepCheckpoints: boolean
}

/** Softmax regression to near its optimum (L-BFGS on all rows). */
export interface CheckRecipe {
  readonly kind: 'check'
  /**
   * Not used by the optimiser: the problem is convex and solved from zero, so there is nothing to
   * draw. Kept in the record so that every recipe carries the seed of its repeat.
   */
  readonly seed: number
  /**
   * Objective = mean cross-entropy + 0.5 * l2 * ||W||^2 on scaled features (the bias is free).
   * "auto" = 0.25 / sqrt(rows): sets of the same size are held back equally.
   */
  readonly l2: number | 'auto'
  readonly maxIterations: number
  /** Stops when the largest gradient entry falls below this. */
  readonly tolerance: number
  readonly scaling: ScalingKind
}

export type HeadRecipe = WarmUpRecipe | CheckRecipe

/** Weights after one epoch of a warm-up. */
export interface HeadCheckpoint {
  readonly epoch: number
  /** classes x (columns + 1), row-major, bias last. */
  readonly weights: Float32Array
  readonly meanLearningRate: number
  /** Mean cross-entropy over the epoch's batches. */
  readonly loss: number
}

/** A trained head. Weights act on scaled features: ((x - center) * inverseScale, 1). */
export interface Head {
  readonly classes: number
  readonly columns: number
  readonly scaling: FeatureScaling
  /** classes x (columns + 1), row-major, bias last. */
  readonly weights: Float32Array
  /** Warm-up with `keepCheckpoints`: one per epoch; otherwise empty. */
  readonly checkpoints: readonly HeadCheckpoint[]
  /** Final training objective. */
  readonly loss: number
  /** Passes over the training rows. */
  readonly passes: number
}

/** The product's warm-up: 4 epochs from zero (specs B1). */
export function warmUpRecipe(seed: number, changes: Partial<WarmUpRecipe> = {}): WarmUpRecipe {
  return {
    kind: 'warm-up',
    seed,
    epochs: 4,
    batchRows: 32,
    learningRate: 1,
    l2: 0,
    scaling: 'centre',
    keepCheckpoints: true,
    ...changes
  }
}

/** The product's check of a set of items: softmax regression on standardised features. */
/** The product's check of a set of items: softmax regression to near its optimum. */
export function checkRecipe(seed: number, changes: Partial<CheckRecipe> = {}): CheckRecipe {
  return {
    kind: 'check',
    seed,
    l2: 'auto',
    maxIterations: 100,
    tolerance: 1e-3,
    scaling: 'centre',
    ...changes
  }
}
