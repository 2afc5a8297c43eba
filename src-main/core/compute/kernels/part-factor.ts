// Cholesky factors of parts of a large Gram matrix, what they solve, and their inverses: for what is solved exactly
// within a few hundred columns. A part that is a hair from singular is made firmer, so these are
// for preconditioners and estimates, not for last digits.
import { factorCholeskyTiled } from './tiled-cholesky.ts'

/** Added to the diagonal, as a share: products summed up in float32 are off by about that. */
const firmness = { float32: 1e-5, float64: 1e-10 }

/**
 * L with L L^T = the rows and columns `places` of an n x n matrix plus `ridge` on its diagonal
 * (s x s row-major, lower part). A part that is not positive definite is taken as its diagonal.
 */
export function factorPart(
  gram: Float32Array | Float64Array,
  n: number,
  places: Uint32Array,
  ridge: number
): Float64Array {
  const s = places.length
  const firm = 1 + (gram instanceof Float32Array ? firmness.float32 : firmness.float64)
  const out = new Float64Array(s * s)
  for (let a = 0; a < s; a++) {
    const from = places[a] * n
    for (let b = 0; b < a; b++) out[a * s + b] = gram[from + places[b]]
    out[a * s + a] = firm * gram[from + places[a]] + ridge
  }
  const steps = factorCholeskyTiled(out, s)
  let step = steps.next()
  while (step.done !== true) step = steps.next()
  if (step.value) return out
  out.fill(0)
  for (let a = 0; a < s; a++)
    out[a * s + a] = Math.sqrt(firm * gram[places[a] * n + places[a]] + ridge)
  return out
}

/** L^-1, s x s row-major, lower part; L is not changed. */
export function invertFactor(l: Float64Array, s: number): Float64Array {
  const inverse = new Float64Array(s * s)
  for (let i = 0; i < s; i++) {
    const into = i * s
    let k = 0
    for (; k + 2 <= i; k += 2) {
      const first = l[into + k]
      const second = l[into + k + 1]
      const from = k * s
      // Row k has a 0 where row k + 1 has its last number.
      for (let j = 0; j <= k + 1; j++)
        inverse[into + j] -= first * inverse[from + j] + second * inverse[from + s + j]
    }
    if (k < i) {
      const value = l[into + k]
      for (let j = 0; j <= k; j++) inverse[into + j] -= value * inverse[k * s + j]
    }
    const own = 1 / l[into + i]
    for (let j = 0; j < i; j++) inverse[into + j] *= own
    inverse[into + i] = own
  }
  return inverse
}

/** Solves L L^T x = b in place, s numbers, four rows at a time. */
export function solveFactor(l: Float64Array, s: number, b: Float64Array): void {
  let i = 0
  for (; i + 4 <= s; i += 4) {
    const p = i * s
    let sum0 = b[i]
    let sum1 = b[i + 1]
    let sum2 = b[i + 2]
    let sum3 = b[i + 3]
    for (let k = 0; k < i; k++) {
      const value = b[k]
      sum0 -= l[p + k] * value
      sum1 -= l[p + s + k] * value
      sum2 -= l[p + 2 * s + k] * value
      sum3 -= l[p + 3 * s + k] * value
    }
    b[i] = sum0
    b[i + 1] = sum1
    b[i + 2] = sum2
    b[i + 3] = sum3
    forward(l, s, b, i, i + 4, i)
  }
  forward(l, s, b, i, s, 0)
  backward(l, s, b, i, s, 0)
  for (i -= 4; i >= 0; i -= 4) {
    backward(l, s, b, i, i + 4, i)
    const p = i * s
    const x0 = b[i]
    const x1 = b[i + 1]
    const x2 = b[i + 2]
    const x3 = b[i + 3]
    for (let k = 0; k < i; k++)
      b[k] -= l[p + k] * x0 + l[p + s + k] * x1 + l[p + 2 * s + k] * x2 + l[p + 3 * s + k] * x3
  }
}

/** Rows from..to-1 of L x = b, from the column `first` on. */
function forward(
  l: Float64Array,
  s: number,
  b: Float64Array,
  from: number,
  to: number,
  first: number
): void {
  for (let i = from; i < to; i++) {
    let sum = b[i]
    for (let k = first; k < i; k++) sum -= l[i * s + k] * b[k]
    b[i] = sum / l[i * s + i]
  }
}

/** Rows to-1 down to `from` of L^T x = b; what they change of `b` before `first` is left out. */
function backward(
  l: Float64Array,
  s: number,
  b: Float64Array,
  from: number,
  to: number,
  first: number
): void {
  for (let i = to - 1; i >= from; i--) {
    const value = b[i] / l[i * s + i]
    b[i] = value
    for (let k = first; k < i; k++) b[k] -= l[i * s + k] * value
  }
}
