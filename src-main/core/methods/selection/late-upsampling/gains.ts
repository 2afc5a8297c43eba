// From what a late dose of each source did to the loss, to shares. This rule is ours.
import { pairedInterval, type Interval95 } from '../../../compute/statistics.ts'
import { sharesFromLogs } from '../../mixtures/probe-run.ts'

/** What a late dose of one source did. */
export interface LateGain extends Interval95 {
  /** Whether the interval leaves out 0. */
  readonly isClear: boolean
}

/**
 * Gain of every source: loss after a late phase by size, minus loss after one with more of the source,
 * over the repeats. With one repeat every difference counts.
 * @param plain one loss per repeat
 * @param dosed per repeat: one loss per source
 */
export function lateGains(
  plain: readonly number[],
  dosed: readonly (readonly number[])[]
): LateGain[] {
  return dosed[0].map((_, source) => {
    const own = dosed.map((losses) => losses[source])
    const interval = pairedInterval(plain, own)
    const isOne = plain.length === 1
    return {
      mean: interval.mean,
      // An interval of one pair is infinite and cannot be stored.
      low: isOne ? interval.mean : interval.low,
      high: isOne ? interval.mean : interval.high,
      isClear: isOne ? interval.mean !== 0 : interval.low > 0 || interval.high < 0
    }
  })
}

/**
 * Shares: p_i ~ prior_i * most^(g_i / max |g|) over clear gains g (0 where unclear), so that the source
 * with the largest effect gets `most` times its weight, or a `most`-th of it. Without any clear gain
 * the prior stays.
 */
export function sharesFromGains(
  prior: readonly number[],
  gains: readonly LateGain[],
  most: number
): number[] {
  const clear = gains.map(({ mean, isClear }) => (isClear ? mean : 0))
  const top = Math.max(...clear.map(Math.abs))
  if (!(top > 0)) return [...prior]
  return sharesFromLogs(
    prior.map((share, i) => Math.log(share) + (Math.log(most) * clear[i]) / top)
  )
}
