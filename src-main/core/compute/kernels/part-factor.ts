// Cholesky factors of parts of a large Gram matrix, and their inverses: for what is solved exactly
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

/** (L L^T)^-1, s x s symmetric, from the lower part of L; L is not changed. */
export function invertFactor(l: Float64Array, s: number): Float64Array {
  const inverse = new Float64Array(s * s)
  for (let i = 0; i < s; i++) {
    const row = inverse.subarray(i * s, i * s + i + 1)
    const own = 1 / l[i * s + i]
    for (let k = 0; k < i; k++) {
      const value = l[i * s + k]
      if (value === 0) continue
      for (let j = 0, from = k * s; j <= k; j++) row[j] -= value * inverse[from + j]
    }
    for (let j = 0; j < i; j++) row[j] *= own
    row[i] = own
  }
  const out = new Float64Array(s * s)
  for (let i = 0; i < s; i++) {
    for (let a = 0; a <= i; a++) {
      const value = inverse[i * s + a]
      for (let b = 0, into = a * s, from = i * s; b <= a; b++)
        out[into + b] += value * inverse[from + b]
    }
  }
  for (let a = 0; a < s; a++) for (let b = a + 1; b < s; b++) out[a * s + b] = out[b * s + a]
  return out
}
