// Random shares that add up to 1 (Dirichlet), also where the strengths are so small that almost all
// of the share falls to one part.
import type { Random } from '../random.ts'

/** log of a gamma draw with this shape (Marsaglia and Tsang 2000; shapes below 1 by a power). */
function logGammaDraw(random: Random, shape: number): number {
  // Below 1: gamma(shape) = gamma(shape + 1) * u^(1 / shape); as a logarithm it cannot underflow.
  const boost = shape < 1 ? Math.log(1 - random.uniform()) / shape : 0
  const d = (shape < 1 ? shape + 1 : shape) - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const x = random.normal()
    const v = (1 + c * x) ** 3
    if (!(v > 0)) continue
    const u = 1 - random.uniform()
    if (Math.log(u) < 0.5 * x * x + d - d * v + d * Math.log(v)) return Math.log(d * v) + boost
  }
}

/**
 * One draw from Dirichlet(strengths): shares that add up to 1. A strength of 0 gives the share 0.
 * Throws a RangeError where no strength is above 0 or one is negative.
 */
export function drawDirichlet(random: Random, strengths: readonly number[]): number[] {
  if (!strengths.some((strength) => strength > 0) || strengths.some((strength) => !(strength >= 0)))
    throw new RangeError('shares need strengths of 0 or more, one of them above 0')
  const logs = strengths.map((strength) =>
    strength > 0 ? logGammaDraw(random, strength) : -Infinity
  )
  const top = Math.max(...logs)
  const parts = logs.map((value) => Math.exp(value - top))
  const sum = parts.reduce((total, part) => total + part, 0)
  return parts.map((part) => part / sum)
}
