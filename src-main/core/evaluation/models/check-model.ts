// What a check model is: something that learns from labelled items, names the test items and says
// what share it got right. Same inputs, seed, device and cores give the same bits.
import type { Device } from '../../compute/devices/device.ts'

/** Similarity fingerprints with their classes. */
export interface FingerprintInputs {
  /** n x columns, row-major. */
  readonly trainFeatures: Float32Array
  /** n class indices; -1 rows are left out of the training. */
  readonly trainLabels: Int32Array
  /** m x columns, row-major. */
  readonly testFeatures: Float32Array
  /** m class indices; -1 rows do not count. */
  readonly testLabels: Int32Array
  readonly columns: number
  readonly classes: number
  /** Seed of the repeat. */
  readonly seed: number
}

/** Pictures with their classes. */
export interface PictureInputs {
  /** n x size x size x channels, 0..255, channels last. */
  readonly trainPixels: Uint8Array
  /** n class indices; -1 pictures are left out of the training. */
  readonly trainLabels: Int32Array
  readonly testPixels: Uint8Array
  readonly testLabels: Int32Array
  readonly size: number
  readonly channels: 1 | 3
  readonly classes: number
  readonly seed: number
}

/** A check model over one kind of inputs. */
export interface CheckModelCode<I> {
  /**
   * Trains on the training items and returns the share of test items named rightly, 0..1. A set
   * without any labelled item scores 0. Throws the signal's reason within a block or a step.
   */
  score(inputs: I, device: Device, signal: AbortSignal): Promise<number>
}

/** Positions with a label. */
export function labelledPositions(labels: Int32Array): Uint32Array {
  return Uint32Array.from(labels, (_, i) => i).filter((i) => labels[i] >= 0)
}

export { letMessagesIn } from '../../compute/let-messages-in.ts'
