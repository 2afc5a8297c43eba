// Which columns leave when there are too many (step 5 of the pursuit): one after the other the one
// without which the error rises least, w^2 / (Q^-1)_jj once the others have taken over what they can
// of it (Hassibi and Stork, "Second order derivatives for network pruning: optimal brain surgeon",
// NeurIPS 1992), as far as they are in its own group.
import { factorPart, invertFactor } from '../../../compute/kernels/part-factor.ts'

/** Columns of one group: places, weights as others take over, and the inverse of their matrix. */
interface Part {
  readonly places: Uint32Array
  readonly weights: Float64Array
  readonly inverse: Float64Array
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
    const inverse = invertFactor(factorPart(gram, n, places, ridge), places.length)
    const part = {
      places,
      inverse,
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

function cheapestOf({ inverse, weights, isGone }: Pick<Part, 'inverse' | 'weights' | 'isGone'>): {
  cheapest: number
  cost: number
} {
  const s = weights.length
  let cheapest = -1
  let least = Infinity
  for (let a = 0; a < s; a++) {
    if (isGone[a] === 1) continue
    const weight = Math.max(0, weights[a])
    const cost = (weight * weight) / inverse[a * s + a]
    if (cost < least) [cheapest, least] = [a, cost]
  }
  return { cheapest, cost: least }
}

/** Takes the cheapest one out; the others of its group take over, and the inverse is theirs alone. */
function drop(part: Part): void {
  const { weights, inverse, isGone, cheapest } = part
  const s = weights.length
  const line = inverse.slice(cheapest * s, (cheapest + 1) * s)
  const own = 1 / line[cheapest]
  const share = weights[cheapest] * own
  isGone[cheapest] = 1
  for (let a = 0; a < s; a++) {
    if (isGone[a] === 1) continue
    weights[a] -= share * line[a]
    const value = line[a] * own
    const from = a * s
    for (let b = 0; b < s; b++) inverse[from + b] -= value * line[b]
  }
  Object.assign(part, cheapestOf(part))
}
