// Intervals: of a share (Wilson), and of kappa and of a mean by drawing anew (bootstrap, seeded).
import { createRandom } from '../../compute/random.ts'
import { distancesOf, kappaFrom, type PairTable, type Weights } from './pair-table.ts'

/** From low to high. */
export interface Interval {
  readonly low: number
  readonly high: number
}

const z95 = 1.959963984540054

/**
 * 95 % interval of a share of `count` out of `of` (Wilson 1927): stays within 0 and 1 and is right
 * for few. All of 0 to 1 when `of` is 0.
 */
export function wilson95(count: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 }
  const share = count / of
  const square = (z95 * z95) / of
  const middle = (share + square / 2) / (1 + square)
  const half = (z95 / (1 + square)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of))
  // Exact at the ends, where rounding would leave a little.
  return {
    low: count === 0 ? 0 : Math.max(0, middle - half),
    high: count === of ? 1 : Math.min(1, middle + half)
  }
}

const rounds = 1000

/**
 * 90 % interval of kappa from 1,000 sets of pairs drawn anew with repeats. Null where fewer than
 * half of the draws vary at all.
 */
export function kappaInterval90(
  table: PairTable,
  weights: Weights = 'nominal',
  seed = 0
): Interval | null {
  const { counts, total, categories } = table
  const random = createRandom(seed)
  const distances = distancesOf(table, weights)
  // Which cell of the table each pair is in.
  const cells = new Uint32Array(total)
  let next = 0
  counts.forEach((count, cell) => cells.fill(cell, next, (next += count)))
  const drawn = new Float64Array(counts.length)
  const kappas: number[] = []
  for (let round = 0; round < rounds; round++) {
    drawn.fill(0)
    for (let i = 0; i < total; i++) drawn[cells[Math.floor((random.uint32() / 2 ** 32) * total)]]++
    const kappa = kappaFrom(drawn, total, categories.length, distances)
    if (kappa !== null) kappas.push(kappa)
  }
  return kappas.length < rounds / 2 ? null : percentiles(kappas, 0.05, 0.95)
}

/** 95 % interval of a mean from 1,000 sets of values drawn anew; the mean itself for fewer than two. */
export function meanInterval95(values: readonly number[], seed = 0): Interval {
  const random = createRandom(seed)
  const means: number[] = []
  for (let round = 0; round < rounds; round++) {
    let sum = 0
    for (let i = 0; i < values.length; i++)
      sum += values[Math.floor(random.uniform() * values.length)]
    means.push(sum / values.length)
  }
  return percentiles(means, 0.025, 0.975)
}

// Type 1: always one of the values drawn.
function percentiles(values: readonly number[], low01: number, high01: number): Interval {
  const sorted = Float64Array.from(values).sort()
  const at = (share01: number): number =>
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share01 * sorted.length) - 1))]
  return { low: at(low01), high: at(high01) }
}
