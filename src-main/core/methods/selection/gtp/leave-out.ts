// Which columns leave when there are too many (step 5 of the pursuit): one after the other the one
// without which the error rises least, w^2 / (Q^-1)_jj once the others have taken over what they can
// of it (Hassibi and Stork, "Second order derivatives for network pruning: optimal brain surgeon",
// NeurIPS 1992), as far as they are in its own group.
import { factorPart, invertFactor } from '../../../compute/kernels/part-factor.ts'

/** Columns of one group; with L their Cholesky factor, (L L^T)^-1 = M^T M for M = L^-1. */
interface Part {
  readonly places: Uint32Array
  /** As the others take over. */
  readonly weights: Float64Array
  readonly triangle: Float64Array
  /** Diagonal of the inverse of those that are left. */
  readonly spread: Float64Array
  /** What each one that has gone takes from that inverse: the inverse loses u u^T. */
  readonly taken: Float64Array[]
  readonly isGone: Uint8Array
  /** The cheapest one that is left, and by how much the squared error rises without it. */
  cheapest: number
  cost: number
}

/**
 * Places that stay, ascending, and their weights (0 or more).
 * @param gram n x n
 * @param groups places with weight, each in one list; all others leave
 * @param count how many stay
 */
export function leaveOut(
  gram: Float32Array | Float64Array,
  weights: Float64Array,
  groups: readonly Uint32Array[],
  count: number,
  ridge: number
): { readonly places: Uint32Array; readonly weights: Float64Array } {
  const n = weights.length
  const parts = groups.map((places): Part => {
    const s = places.length
    const triangle = invertFactor(factorPart(gram, n, places, ridge), s)
    const part = {
      places,
      triangle,
      spread: squaresOf(triangle, s),
      taken: [],
      weights: Float64Array.from(places, (place) => weights[place]),
      isGone: new Uint8Array(places.length)
    }
    return { ...part, ...cheapestOf(part) }
  })
  let left = groups.reduce((sum, { length }) => sum + length, 0)
  for (; left > count; left--) {
    let next = parts[0]
    for (const part of parts) if (part.cost < next.cost) next = part
    drop(next)
  }
  const after = new Float64Array(n).fill(-1)
  for (const { places, isGone, weights: own } of parts)
    places.forEach((place, a) => {
      if (isGone[a] === 0) after[place] = Math.max(0, own[a])
    })
  const places = Uint32Array.from(after.keys()).filter((place) => after[place] >= 0)
  return { places, weights: Float64Array.from(places, (place) => after[place]) }
}

/** Sums of squares of the columns of an s x s matrix. */
function squaresOf(matrix: Float64Array, s: number): Float64Array {
  const sums = new Float64Array(s)
  for (let i = 0; i < s; i++)
    for (let j = 0; j <= i; j++) sums[j] += matrix[i * s + j] * matrix[i * s + j]
  return sums
}

function cheapestOf({ spread, weights, isGone }: Pick<Part, 'spread' | 'weights' | 'isGone'>): {
  cheapest: number
  cost: number
} {
  let cheapest = -1
  let least = Infinity
  for (let a = 0; a < weights.length; a++) {
    if (isGone[a] === 1) continue
    const weight = Math.max(0, weights[a])
    const cost = (weight * weight) / spread[a]
    if (cost < least) [cheapest, least] = [a, cost]
  }
  return { cheapest, cost: least }
}

/** Takes the cheapest one out; the others of its group take over, and the inverse is theirs alone. */
function drop(part: Part): void {
  const { weights, triangle, spread, taken, isGone, cheapest } = part
  const s = weights.length
  // Its line of the inverse: M^T times its column of M, without what others have taken.
  const line = new Float64Array(s)
  for (let i = cheapest; i < s; i++) {
    const value = triangle[i * s + cheapest]
    for (let a = 0; a <= i; a++) line[a] += value * triangle[i * s + a]
  }
  for (const other of taken) {
    const value = other[cheapest]
    for (let a = 0; a < s; a++) line[a] -= value * other[a]
  }
  const root = 1 / Math.sqrt(line[cheapest])
  const share = weights[cheapest] / line[cheapest]
  isGone[cheapest] = 1
  const own = line.map((value) => value * root)
  taken.push(own)
  for (let a = 0; a < s; a++) {
    weights[a] -= share * line[a]
    spread[a] -= own[a] * own[a]
  }
  Object.assign(part, cheapestOf(part))
}
