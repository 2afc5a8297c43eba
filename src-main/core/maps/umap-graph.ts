// UMAP's weighted graph (McInnes, Healy, Melville 2018, section 3.1, algorithms 2 and 3): how
// strongly each item belongs to its near ones, made mutual by the probabilistic union.

/** Pairs of items with the strength of their bond, each pair once. */
export interface BondGraph {
  readonly from: Uint32Array
  readonly to: Uint32Array
  /** 0..1 */
  readonly strength: Float32Array
}

const roundsMax = 64
const tolerance = 1e-5
const leastScale = 1e-3

/**
 * The graph of `points` items with k near items each, nearest first, the item itself not among them.
 * @param isLonely items (1) that keep no bonds at all
 */
export function bondGraph(
  points: number,
  k: number,
  near: Uint32Array,
  distance: Float32Array,
  isLonely: Uint8Array
): BondGraph {
  const strength = memberships(points, k, distance)
  for (let i = 0; i < points; i++)
    for (let p = i * k; p < (i + 1) * k; p++)
      if (isLonely[i] === 1 || isLonely[near[p]] === 1) strength[p] = 0
  const from = new Uint32Array(points * k)
  const to = new Uint32Array(points * k)
  const bond = new Float32Array(points * k)
  let count = 0
  for (let i = 0; i < points; i++) {
    for (let p = i * k; p < (i + 1) * k; p++) {
      const j = near[p]
      const back = strengthOf(strength, near, k, j, i)
      // A pair that names each other is taken once, from its earlier item.
      if (back !== undefined && j < i) continue
      const mutual = strength[p] + (back ?? 0) - strength[p] * (back ?? 0)
      if (!(mutual > 0)) continue
      from[count] = i
      to[count] = j
      bond[count++] = mutual
    }
  }
  return {
    from: from.slice(0, count),
    to: to.slice(0, count),
    strength: bond.slice(0, count)
  }
}

function strengthOf(
  strength: Float32Array,
  near: Uint32Array,
  k: number,
  i: number,
  wanted: number
): number | undefined {
  for (let p = i * k; p < (i + 1) * k; p++) if (near[p] === wanted) return strength[p]
  return undefined
}

/**
 * exp(-(d - rho) / sigma) for each near item: rho is the distance to the nearest item that is not
 * the same, sigma makes the sum log2(k + 1) as in the reference, which counts the item itself.
 */
function memberships(points: number, k: number, distance: Float32Array): Float32Array {
  const out = new Float32Array(points * k)
  const mean = meanOf(distance)
  const target = Math.log2(k + 1)
  for (let i = 0; i < points; i++) {
    const own = distance.subarray(i * k, (i + 1) * k)
    const rho = own.find((d) => d > 0) ?? 0
    const ownMean = rho > 0 ? meanOf(own) : mean
    const sigma = Math.max(scaleFor(own, rho, target), leastScale * ownMean)
    for (let p = 0; p < k; p++) {
      const beyond = own[p] - rho
      out[i * k + p] = beyond <= 0 || sigma === 0 ? 1 : Math.exp(-beyond / sigma)
    }
  }
  return out
}

/** Binary search for sigma. */
function scaleFor(own: Float32Array, rho: number, target: number): number {
  let low = 0
  let high = Infinity
  let sigma = 1
  for (let round = 0; round < roundsMax; round++) {
    let sum = 0
    for (const d of own) sum += d > rho ? Math.exp(-(d - rho) / sigma) : 1
    if (Math.abs(sum - target) < tolerance) break
    if (sum > target) {
      high = sigma
      sigma = (low + high) / 2
    } else {
      low = sigma
      sigma = high === Infinity ? sigma * 2 : (low + high) / 2
    }
  }
  return sigma
}

function meanOf(values: Float32Array): number {
  let sum = 0
  for (const value of values) sum += value
  return values.length === 0 ? 0 : sum / values.length
}
