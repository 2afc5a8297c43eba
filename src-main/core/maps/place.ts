// Places the items of a large set between their nearest landmarks: the weighted mean of those that
// lie together on the map, and a fixed small shift so that items do not hide one another.
import { share } from './fit-square.ts'

/** For each item the landmarks nearest to it, k each, nearest first. */
export interface Links {
  readonly k: number
  /** Positions in the list of landmarks. */
  readonly near: Uint32Array
  readonly distance: Float32Array
}

/** A landmark further from the nearest one than this many of its spacings is another place. */
const togetherSpacings = 6

/**
 * Positions of all items.
 * @param landmarkRows row of each landmark: it stays exactly where the layout put it
 * @param spacing usual distance from each landmark to those like it, on the map
 */
export function placeItems(
  items: number,
  links: Links,
  landmarkRows: Uint32Array,
  layout: { readonly x: Float32Array; readonly y: Float32Array },
  spacing: Float32Array
): { x: Float32Array; y: Float32Array } {
  const x = new Float32Array(items)
  const y = new Float32Array(items)
  for (let row = 0; row < items; row++) {
    const at = row * links.k
    const anchor = links.near[at]
    const centre = meanAround(links, at, layout, spacing[anchor])
    // A point of a disc, the same for a row at any time.
    const angle = 2 * Math.PI * share(row, 3)
    const radius = 0.5 * spacing[anchor] * Math.sqrt(share(row, 4))
    x[row] = centre.x + radius * Math.cos(angle)
    y[row] = centre.y + radius * Math.sin(angle)
  }
  landmarkRows.forEach((row, i) => {
    x[row] = layout.x[i]
    y[row] = layout.y[i]
  })
  return { x, y }
}

function meanAround(
  { k, near, distance }: Links,
  at: number,
  { x, y }: { readonly x: Float32Array; readonly y: Float32Array },
  spacing: number
): { x: number; y: number } {
  const anchor = near[at]
  const reach = togetherSpacings * spacing
  let sumX = 0
  let sumY = 0
  let sum = 0
  for (let p = at; p < at + k; p++) {
    const dx = x[near[p]] - x[anchor]
    const dy = y[near[p]] - y[anchor]
    // The middle between two places would be a place where nothing alike is.
    if (dx * dx + dy * dy > reach * reach) continue
    const weight = 1 / (distance[p] * distance[p] + 1e-6)
    sumX += weight * x[near[p]]
    sumY += weight * y[near[p]]
    sum += weight
  }
  return { x: sumX / sum, y: sumY / sum }
}

/** A lonely landmark counts as spaced at most this many times as far as the usual one. */
const spacingMax = 2

/** Middle distance on the map from each landmark to its `k` near ones. */
export function spacings(
  near: Uint32Array,
  k: number,
  x: Float32Array,
  y: Float32Array
): Float32Array {
  const own = new Float32Array(k)
  const found = Float32Array.from(x, (_, i) => {
    for (let p = 0; p < k; p++) {
      const j = near[i * k + p]
      own[p] = Math.hypot(x[j] - x[i], y[j] - y[i])
    }
    return k === 0 ? 0 : own.sort()[k >> 1]
  })
  const usual = found.slice().sort()[found.length >> 1] ?? 0
  return found.map((value) => Math.min(value, spacingMax * usual))
}
