// Intervals of a check: paired differences over the repeats, and the range of one arm.
import type { Interval, MeanSd } from '../../api/dto/runs.ts'
import { mean, pairedInterval, sd, studentTQuantile } from '../compute/statistics.ts'

/** Mean and spread of accuracies. */
export function meanSd(values: readonly number[]): MeanSd {
  return { mean: mean(values), sd: sd(values) }
}

/** Half of the 95 % range of one more draw like these: t(n - 1) * sd * sqrt(1 + 1/n). */
function halfRange(spread: number, count: number): number {
  return studentTQuantile(0.975, count - 1) * spread * Math.sqrt(1 + 1 / count)
}

/**
 * 95 % interval of chosen - random over paired repeats. The chosen set is ONE set while random is
 * drawn anew, so the spread of a single draw counts, not only that of the mean:
 * mean +- t(n - 1) * sd * sqrt(1 + 1/n). A random set sent through the same check is then called
 * better than random in 2.5 % of cases and not in 16 %; where training holds luck, in fewer, because
 * the luck of both sides widens the interval and only part of it stays in the mean. Clamped to
 * -1..1; with one repeat it is the whole range.
 */
export function differenceInterval(chosen: readonly number[], random: readonly number[]): Interval {
  const centre = pairedInterval(chosen, random).mean
  const count = chosen.length
  if (count < 2) return { mean: centre, low: -1, high: 1 }
  const half = halfRange(sd(chosen.map((value, i) => value - random[i])), count)
  return { mean: centre, low: Math.max(-1, centre - half), high: Math.min(1, centre + half) }
}

/**
 * 95 % range of the accuracy of one random set: the same width as {@link differenceInterval}, so a
 * chosen set without luck lies outside exactly where the difference is clear. Within 0..1.
 */
export function armInterval(values: readonly number[]): Interval {
  const centre = mean(values)
  if (values.length < 2) return { mean: centre, low: 0, high: 1 }
  const half = halfRange(sd(values), values.length)
  return { mean: centre, low: Math.max(0, centre - half), high: Math.min(1, centre + half) }
}
