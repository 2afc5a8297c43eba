// Whether something grows: the median of all slopes between two readings (Theil and Sen), with the
// interval that Kendall's statistic gives (Sen 1968). One odd reading, such as the memory in the
// middle of a large job, does not move it.

/** A reading: when, in minutes, and how much. */
export interface Point {
  readonly minute: number
  readonly value: number
}

/** Growth per hour with its 95 % interval. */
export interface Growth {
  readonly perHour: number
  readonly low: number
  readonly high: number
  readonly points: number
}

/** Middle of numbers; NaN of none. */
export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5
  )
}

/** Quantile of sorted numbers, between two by their distance; NaN of none. */
export function quantile(sorted: readonly number[], share01: number): number {
  const at = share01 * (sorted.length - 1)
  const [low, high] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]]
  if (low === undefined || high === undefined) return Number.NaN
  return low + (high - low) * (at - Math.floor(at))
}

/**
 * Medians of readings in equal stretches of time. Neighbouring readings of a process are alike, and an
 * interval over them would be too narrow; medians of stretches are nearly independent.
 */
export function stretches(points: readonly Point[], minutes: number): Point[] {
  const groups = new Map<number, number[]>()
  for (const { minute, value } of points) {
    const at = Math.floor(minute / minutes)
    groups.set(at, [...(groups.get(at) ?? []), value])
  }
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([at, values]) => ({ minute: (at + 0.5) * minutes, value: median(values) }))
}

/** Slope of readings per hour. Of fewer than four there is no interval: it is infinite. */
export function growth(points: readonly Point[]): Growth {
  const slopes: number[] = []
  points.forEach((first, i) => {
    for (const second of points.slice(i + 1))
      if (second.minute !== first.minute)
        slopes.push((60 * (second.value - first.value)) / (second.minute - first.minute))
  })
  slopes.sort((a, b) => a - b)
  const n = points.length
  const perHour = slopes.length === 0 ? 0 : quantile(slopes, 0.5)
  if (n < 4) return { perHour, low: -Infinity, high: Infinity, points: n }
  const reach = 1.96 * Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18)
  const at = (rank: number): number =>
    slopes[Math.min(slopes.length - 1, Math.max(0, Math.round(rank)))] ?? perHour
  return {
    perHour,
    low: at((slopes.length - reach) / 2 - 1),
    high: at((slopes.length + reach) / 2),
    points: n
  }
}

/** Readings of the second half of the whole time. */
export function secondHalf(points: readonly Point[]): Point[] {
  const last = Math.max(...points.map(({ minute }) => minute))
  return points.filter(({ minute }) => minute >= last / 2)
}
