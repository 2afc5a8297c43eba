// How a student is trained on a tiny set. Plain data: it travels to other threads and manifests.
import type { Augmentation } from './siamese-augmentation.ts'

/** Everything about a student's training but its network, its seed and its items. */
export interface StudentRecipe {
  readonly optimizer: 'sgd' | 'adamw'
  readonly rate: number
  /** SGD only. */
  readonly momentum: number
  /** L2 added to the gradient for SGD, decoupled for AdamW. */
  readonly decay: number
  readonly epochs: number
  /** Items per step; fewer where the set has fewer. */
  readonly batch: number
  /**
   * "drop-at-half": a tenth from epoch E / 2 + 1 with a new optimizer (DC family); "quarter-drops":
   * 0.3 times every quarter (soft-label baseline); "cosine": to 0; "none".
   */
  readonly schedule: 'drop-at-half' | 'quarter-drops' | 'cosine' | 'none'
  readonly augment: Augmentation | null
  /** Cross-entropy with hard or soft targets; KL at a temperature; squared error on free numbers. */
  readonly loss: 'cross-entropy' | 'kl' | 'squared-error'
  /** KL only. */
  readonly temperature: number
}

/** The DC family's evaluation (Zhao et al. 2021): 300 epochs without augmentation. */
export const plainStudent: StudentRecipe = {
  optimizer: 'sgd',
  rate: 0.01,
  momentum: 0.9,
  decay: 5e-4,
  epochs: 300,
  batch: 256,
  schedule: 'drop-at-half',
  augment: null,
  loss: 'cross-entropy',
  temperature: 1
}
