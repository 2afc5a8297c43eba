// Soft labels in fewer bytes: the largest shares of each item, in half precision, and the rest
// spread evenly or left out. What comes back is what students will really learn, and what it cost.
import type { StoredArray } from '../distillation-method.ts'
import { roundToHalf } from '../../../compute/half-precision.ts'
import { meanDivergence, normalisedShares, rankedClasses } from './shares.ts'

/** How labels are stored. */
export interface LabelStorage {
  /** Largest shares kept for each item; undefined = all. */
  readonly keep?: number
  /** Two bytes for each share instead of four. */
  readonly isHalf: boolean
  /**
   * "spread": what the dropped shares had is spread evenly over them, so that rows sum to 1.
   * "drop": it is lost, and the rest is not scaled up, as in the published top-k experiment.
   */
  readonly rest: 'spread' | 'drop'
}

export interface CompressedLabels {
  /** Count x classes: the shares as they come back from storage. */
  readonly shares: Float32Array
  readonly stored: readonly StoredArray[]
  readonly bytes: number
  /** Mean KL(full || stored) in nats; Infinity where shares were dropped and not spread. */
  readonly divergence: number
  /** Mean share of an item's label that was dropped, 0..1. */
  readonly dropped: number
}

/** Rounding may take the kept shares to 1 and beyond: no label ever becomes impossible by it. */
const leastRest = 1e-6

/** Stores shares (count x classes) and reads them back. Throws a RangeError when `keep` is below 1. */
export function compressLabels(
  full: Float32Array,
  classes: number,
  storage: LabelStorage
): CompressedLabels {
  const keep = Math.min(classes, storage.keep ?? classes)
  if (!(keep >= 1)) throw new RangeError(`cannot keep ${keep} shares`)
  const round = storage.isHalf ? roundToHalf : (value: number) => value
  const bytesEach = storage.isHalf ? 2 : 4
  const count = full.length / classes
  if (keep === classes) {
    const values = full.map(round)
    const stored: StoredArray[] = [
      { name: 'label shares', part: 'labels', shape: [count, classes], values, bytesEach }
    ]
    // Rounding takes a row a little off 1.
    const shares = normalisedShares(values, classes)
    return finish(full, shares, classes, stored, 0)
  }
  const places = new Uint32Array(count * keep)
  const values = new Float32Array(count * keep)
  let dropped = 0
  for (let i = 0; i < count; i++) {
    const row = full.subarray(i * classes, (i + 1) * classes)
    const ranked = rankedClasses(row)
    for (let k = 0; k < keep; k++) {
      places[i * keep + k] = ranked[k]
      values[i * keep + k] = round(row[ranked[k]])
    }
    for (let k = keep; k < classes; k++) dropped += row[ranked[k]]
  }
  const shares = readTopShares(places, values, keep, classes, storage.rest)
  const indexBytes = classes <= 256 ? 1 : 2
  const shape = [count, keep]
  const stored: StoredArray[] = [
    { name: 'label places', part: 'labels', shape, values: places, bytesEach: indexBytes },
    { name: 'label shares', part: 'labels', shape, values, bytesEach }
  ]
  return finish(full, shares, classes, stored, dropped / Math.max(1, count))
}

/** Count x classes from the kept places and shares (count x keep each). */
export function readTopShares(
  places: Uint32Array,
  values: Float32Array,
  keep: number,
  classes: number,
  rest: LabelStorage['rest']
): Float32Array {
  const count = values.length / keep
  const shares = new Float32Array(count * classes)
  for (let i = 0; i < count; i++) {
    let sum = 0
    for (let k = 0; k < keep; k++) sum += values[i * keep + k]
    const even = rest === 'spread' ? Math.max(leastRest, 1 - sum) / Math.max(1, classes - keep) : 0
    shares.fill(even, i * classes, (i + 1) * classes)
    for (let k = 0; k < keep; k++) shares[i * classes + places[i * keep + k]] = values[i * keep + k]
  }
  return rest === 'spread' ? normalisedShares(shares, classes) : shares
}

function finish(
  full: Float32Array,
  shares: Float32Array,
  classes: number,
  stored: readonly StoredArray[],
  dropped: number
): CompressedLabels {
  return {
    shares,
    stored,
    bytes: stored.reduce((sum, { values, bytesEach }) => sum + values.length * bytesEach, 0),
    divergence: meanDivergence(full, shares, classes),
    dropped
  }
}
