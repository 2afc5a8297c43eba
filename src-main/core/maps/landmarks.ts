// Which items carry the layout of a large set: a seeded random sample, so that crowded places stay
// crowded, with at least a few of every label, so that rare labels keep a place of their own.
import { createRandom } from '../compute/random.ts'

/** Least landmarks of a label that has so many items. */
const leastPerLabel = 25

/**
 * Rows of the landmarks, ascending; all rows when there are no more than `most`.
 * @param labels label index per row, -1 = none
 */
export function chooseLandmarks(labels: Int32Array, most: number, seed: number): Uint32Array {
  const count = labels.length
  if (count <= most) return Uint32Array.from(labels, (_, row) => row)
  const order = createRandom(seed).fork('landmarks').sample(count, count)
  const taken = new Uint8Array(count)
  let left = most
  // First a few of every label, in the random order; never more than half of all landmarks.
  const perLabel = new Map<number, number>()
  const distinct = new Set(labels).size
  const least = Math.min(leastPerLabel, Math.floor(most / 2 / Math.max(1, distinct)))
  for (const row of order) {
    const have = perLabel.get(labels[row]) ?? 0
    if (have >= least) continue
    perLabel.set(labels[row], have + 1)
    taken[row] = 1
    left--
  }
  for (const row of order) {
    if (left === 0) break
    if (taken[row] === 1) continue
    taken[row] = 1
    left--
  }
  return rowsOf(taken, most - left)
}

function rowsOf(taken: Uint8Array, count: number): Uint32Array {
  const rows = new Uint32Array(count)
  let at = 0
  for (let row = 0; row < taken.length; row++) if (taken[row] === 1) rows[at++] = row
  return rows
}
