// Arithmetic of completion over attempts: means, paired one-sided tests, intervals of shares.

/** Mean of numbers; NaN for none. */
export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Complementary error function; Numerical Recipes' Chebyshev fit, relative error below 1.2e-7. */
export function erfc(x: number): number {
  const z = Math.abs(x)
  const t = 1 / (1 + z / 2)
  const terms = [
    -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398,
    1.48851587, -0.82215223, 0.17087277
  ]
  const polynomial = terms.reduceRight((sum, term) => sum * t + term, 0)
  const value = t * Math.exp(-z * z + polynomial)
  return x >= 0 ? value : 2 - value
}

/** A one-tailed McNemar test of paired outcomes. */
export interface McNemar {
  /** Solved before and not after. */
  readonly lost: number
  /** Solved after and not before. */
  readonly won: number
  readonly z: number
  /** That as many are won by chance; 1 where nothing differs. */
  readonly p: number
}

/** z = (won - lost) / sqrt(won + lost), p = erfc(z / sqrt 2) / 2: the normal form, without correction. */
export function mcNemar(lost: number, won: number): McNemar {
  if (lost + won === 0) return { lost, won, z: 0, p: 1 }
  const z = (won - lost) / Math.sqrt(won + lost)
  return { lost, won, z, p: 0.5 * erfc(z / Math.SQRT2) }
}

/** Outcomes in pairs: the same seeds before and after. */
export function mcNemarOf(pairs: readonly (readonly [before: boolean, after: boolean])[]): McNemar {
  return mcNemar(
    pairs.filter(([before, after]) => before && !after).length,
    pairs.filter(([before, after]) => !before && after).length
  )
}

/** Wilson's 95 % interval of a share. */
export function shareInterval(count: number, of: number): readonly [low: number, high: number] {
  if (of === 0) return [0, 1]
  const z = 1.959964
  const share = count / of
  const middle = share + (z * z) / (2 * of)
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  const scale = 1 + (z * z) / of
  return [Math.max(0, (middle - spread) / scale), Math.min(1, (middle + spread) / scale)]
}
