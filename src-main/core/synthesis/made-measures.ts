// What is measured of made pictures beside real ones, in plain numbers: distances, copies, spread and
// the distance between two clouds of features (Heusel et al. 2017, with each feature by itself: a few
// dozen pictures say nothing about how features go together).
import { percentile } from '../compute/kernels/percentile.ts'

/** Rows one after the other, count x size. */
export interface Points {
  readonly values: Float32Array
  readonly count: number
  readonly size: number
}

/** Bytes 0..255 as numbers in -1..1. */
export function toUnit(pixels: Uint8Array): Float32Array {
  return Float32Array.from(pixels, (value) => value / 127.5 - 1)
}

/** Numbers as bytes; what lies outside of -1..1 is cut off. */
export function toBytes(values: Float32Array): Uint8Array {
  return Uint8Array.from(values, (value) =>
    Math.round(127.5 * (Math.min(1, Math.max(-1, value)) + 1))
  )
}

/** Distance between row `a` of one and row `b` of another. */
export function distanceBetween(first: Points, a: number, second: Points, b: number): number {
  let sum = 0
  const { size } = first
  for (let at = 0; at < size; at++) {
    const step = first.values[a * size + at] - second.values[b * size + at]
    sum += step * step
  }
  return Math.sqrt(sum)
}

export interface Nearest {
  readonly at: number
  readonly distance: number
}

/** The row of `others` nearest to a row; one that `isLeftOut` is passed over. */
export function nearestOf(
  points: Points,
  row: number,
  others: Points,
  isLeftOut: (other: number) => boolean = () => false
): Nearest {
  let best: Nearest = { at: -1, distance: Infinity }
  for (let other = 0; other < others.count; other++) {
    if (isLeftOut(other)) continue
    const distance = distanceBetween(points, row, others, other)
    if (distance < best.distance) best = { at: other, distance }
  }
  return best
}

/**
 * How far a real picture usually lies from the nearest source: the median over other real pictures
 * of the kind, or of each source beside the rest where there are no others.
 */
export function usualDistance(sources: Points, fresh: Points): number {
  const distances =
    fresh.count >= 5
      ? Array.from({ length: fresh.count }, (_, row) => nearestOf(fresh, row, sources).distance)
      : Array.from(
          { length: sources.count },
          (_, row) => nearestOf(sources, row, sources, (other) => other === row).distance
        )
  const known = distances.filter((distance) => Number.isFinite(distance))
  return known.length === 0 ? 0 : percentile(known, 50)
}

/** Mean distance between all pairs; 0 for fewer than two rows. */
export function meanSpread(points: Points): number {
  let [sum, pairs] = [0, 0]
  for (let a = 0; a < points.count; a++)
    for (let b = a + 1; b < points.count; b++) {
      sum += distanceBetween(points, a, points, b)
      pairs++
    }
  return pairs === 0 ? 0 : sum / pairs
}

/** Squared distance between two clouds by the mean and the spread of each feature. */
export function featureDistance(first: Points, second: Points): number {
  const [a, b] = [momentsOf(first), momentsOf(second)]
  let sum = 0
  for (let at = 0; at < first.size; at++)
    sum += (a.mean[at] - b.mean[at]) ** 2 + (a.sd[at] - b.sd[at]) ** 2
  return sum
}

function momentsOf({ values, count, size }: Points): {
  readonly mean: Float64Array
  readonly sd: Float64Array
} {
  const mean = new Float64Array(size)
  for (let at = 0; at < values.length; at++) mean[at % size] += values[at] / count
  const squares = new Float64Array(size)
  for (let at = 0; at < values.length; at++)
    squares[at % size] += (values[at] - mean[at % size]) ** 2 / count
  return { mean, sd: squares.map(Math.sqrt) }
}

/** Root of the mean squared difference, row by row. */
export function rowErrors(first: Float32Array, second: Float32Array, size: number): Float32Array {
  return Float32Array.from({ length: first.length / size }, (_, row) => {
    let sum = 0
    for (let at = row * size; at < (row + 1) * size; at++) sum += (first[at] - second[at]) ** 2
    return Math.sqrt(sum / size)
  })
}

/** Some rows of many. */
export function rowsOf({ values, size }: Points, rows: ArrayLike<number>): Points {
  const out = new Float32Array(rows.length * size)
  for (let at = 0; at < rows.length; at++)
    out.set(values.subarray(rows[at] * size, (rows[at] + 1) * size), at * size)
  return { values: out, count: rows.length, size }
}

/** Middle of all rows, and the 95th percentile of the distance to it. */
export function centreOf(points: Points): { readonly centre: Points; readonly usual: number } {
  const { mean } = momentsOf(points)
  const centre = { values: Float32Array.from(mean), count: 1, size: points.size }
  const distances = Array.from({ length: points.count }, (_, row) =>
    distanceBetween(points, row, centre, 0)
  )
  return { centre, usual: percentile(distances, 95) }
}
