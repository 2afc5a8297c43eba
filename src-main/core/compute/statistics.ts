// Small statistics in double precision: mean, spread, Student t, paired interval.
// Everything is exact to rounding and free of state; nothing here draws random numbers.

export interface Interval95 {
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** Arithmetic mean; NaN of nothing. */
export function mean(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]
  return sum / values.length
}

/** Sample standard deviation (n - 1 below); 0 when there are fewer than two different values. */
export function sd(values: ArrayLike<number>): number {
  // Deviations are taken from the first value on: equal values then have exactly none, where the
  // rounded mean of equal values would leave a trace.
  const shifted = Float64Array.from(values, (value) => value - values[0])
  if (shifted.every((value) => value === 0)) return 0
  return spreadOf(shifted)
}

function spreadOf(values: Float64Array): number {
  const centre = mean(values)
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += (values[i] - centre) * (values[i] - centre)
  return Math.sqrt(sum / (values.length - 1))
}

// Lanczos approximation with g = 7 and nine terms; relative error below 1e-14 for x > 0.
const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
  -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
  1.5056327351493116e-7
]

/** Natural logarithm of the gamma function for x > 0. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const shifted = x - 1
  let series = lanczos[0]
  for (let i = 1; i < lanczos.length; i++) series += lanczos[i] / (shifted + i)
  const t = shifted + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (shifted + 0.5) * Math.log(t) - t + Math.log(series)
}

/** Continued fraction of the incomplete beta function (modified Lentz). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const guard = (value: number): number => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / guard(1 - ((a + b) * x) / (a + 1))
  let result = d
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / guard(1 + even * d)
    c = guard(1 + even / c)
    result *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / guard(1 + odd * d)
    c = guard(1 + odd / c)
    const change = d * c
    result *= change
    if (Math.abs(change - 1) < 1e-16) break
  }
  return result
}

/** Regularised incomplete beta function I_x(a, b), for x in [0, 1]. */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)
  )
  // The fraction converges fast on this side of the mean; the other side follows by symmetry.
  return x < (a + 1) / (a + b + 2)
    ? (front * betaFraction(x, a, b)) / a
    : 1 - (front * betaFraction(1 - x, b, a)) / b
}

/** P(T <= t) for Student's t with `degrees` degrees of freedom. */
export function studentTCdf(t: number, degrees: number): number {
  const tail = 0.5 * incompleteBeta(degrees / (degrees + t * t), degrees / 2, 0.5)
  return t > 0 ? 1 - tail : tail
}

/**
 * Quantile of Student's t: the t with P(T <= t) = p. Bisection on the distribution function, so
 * the answer is right to about 1e-12. Throws a RangeError unless 0 < p < 1 and degrees >= 1.
 */
export function studentTQuantile(p: number, degrees: number): number {
  if (!(p > 0 && p < 1) || !(degrees >= 1))
    throw new RangeError(`no t quantile at ${p}, ${degrees}`)
  if (p < 0.5) return -studentTQuantile(1 - p, degrees)
  if (p === 0.5) return 0
  let low = 0
  let high = 1
  while (studentTCdf(high, degrees) < p) high *= 2
  for (let step = 0; step < 200 && high - low > 1e-13 * high; step++) {
    const middle = 0.5 * (low + high)
    if (studentTCdf(middle, degrees) < p) low = middle
    else high = middle
  }
  return 0.5 * (low + high)
}

/**
 * Interval for the mean of paired differences a - b, by Student's t with n - 1 degrees. With one
 * pair there is no interval: low and high are infinite. Throws a RangeError on unequal lengths.
 */
export function pairedInterval(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  confidence01 = 0.95
): Interval95 {
  if (a.length !== b.length || a.length === 0) throw new RangeError('pairs are needed')
  const differences = Float64Array.from({ length: a.length }, (_, i) => a[i] - b[i])
  const centre = mean(differences)
  if (a.length === 1) return { mean: centre, low: -Infinity, high: Infinity }
  const t = studentTQuantile(0.5 + confidence01 / 2, a.length - 1)
  const half = (t * sd(differences)) / Math.sqrt(a.length)
  return { mean: centre, low: centre - half, high: centre + half }
}
