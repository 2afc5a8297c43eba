// Experts: networks trained on all training items, with their parameters kept along the way. They
// label items, are matched by trajectory methods, and judge what a tiny set carries.
import type { NetworkSpec } from './network.ts'
import type { Augmentation } from './siamese-augmentation.ts'

/** Which experts are wanted. Plain data: equal requests on equal data share their experts on disk. */
export interface ExpertRequest {
  readonly network: NetworkSpec
  /** Independent trainings. */
  readonly count: number
  readonly epochs: number
  /** Also keep parameters this often within the first epoch (0 = only between epochs). */
  readonly firstEpochParts: number
  readonly rate: number
  readonly momentum: number
  readonly decay: number
  readonly batch: number
  readonly augment: Augmentation | null
  /** Sharpness-aware training (FTD): the radius rho, 0 for plain SGD. */
  readonly sharpness: number
}

/** One kept moment of a training. */
export interface ExpertMoment {
  /** Epochs done, with fractions inside the first one; 0 = before training. */
  readonly epoch: number
  /** Share of validation items named rightly. */
  readonly accuracy01: number
  /** Mean entropy of its probabilities over validation items, in nats. */
  readonly entropy: number
}

/** Experts as methods see them. */
export interface ExpertSource {
  readonly network: NetworkSpec
  readonly count: number
  /** Moments kept, in order; the same for all experts. Accuracy and entropy are of each expert. */
  readonly moments: readonly (readonly ExpertMoment[])[]
  /** Parameters of one expert at one moment, in the order of the network's `parameters`. */
  read(expert: number, moment: number): Promise<Float32Array[]>
  /** Running mean and variance before each batch normalisation, mean then variance; empty without. */
  readStatistics(expert: number, moment: number): Promise<Float32Array[]>
  /**
   * Set where only answers are known (a model of the analyst's own): logits of rows, count x classes.
   * `read` and `readStatistics` throw AppError "method-not-possible" then.
   */
  answer?(
    rows: { readonly count: number; read(rows: Uint32Array): Float32Array },
    signal: AbortSignal
  ): Promise<Float32Array>
}
