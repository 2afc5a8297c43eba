// Robust statistics of a column: what is usual, and how far something is from it.
import { percentileOf } from '../../compute/kernels/percentile.ts'

export interface Usual {
  readonly median: number
  /** Median distance from the median, scaled to a standard deviation for normal data. */
  readonly spread: number
  readonly count: number
}

/** Median and scaled median absolute deviation of finite values. */
export function usualOf(values: ArrayLike<number>): Usual {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort()
  const median = percentileOf(sorted.length, (i) => sorted[i], 50)
  const off = sorted.map((value) => Math.abs(value - median)).sort()
  // 1.4826 turns the median deviation of a normal distribution into its standard deviation.
  const spread = 1.4826 * percentileOf(off.length, (i) => off[i], 50)
  return { median, spread, count: sorted.length }
}

/** Distance from the median in spreads; `floor` keeps a spread of almost nothing from deciding. */
export function deviation(value: number, usual: Usual, floor: number): number {
  return (value - usual.median) / Math.max(usual.spread, floor)
}

/** A strength 0.5..1 from how far something is beyond its threshold. */
export function strengthBeyond(value: number, threshold: number): number {
  return 1 - 0.5 * Math.min(1, Math.max(0, threshold / Math.max(value, threshold)))
}
