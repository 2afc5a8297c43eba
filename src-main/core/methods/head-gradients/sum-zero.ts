// Vectors over the labels that add up to zero, written in one number less. Every row vector of a
// softmax head is one (row-factors.ts), which would make each curvature matrix singular.

/**
 * Orthonormal rows that span the vectors of sum zero (Helmert): (classes - 1) x classes, row-major.
 */
export function sumZeroBasis(classes: number): Float64Array {
  const basis = new Float64Array((classes - 1) * classes)
  for (let k = 0; k < classes - 1; k++) {
    const scale = 1 / Math.sqrt((k + 1) * (k + 2))
    for (let c = 0; c <= k; c++) basis[k * classes + c] = scale
    basis[k * classes + k + 1] = -(k + 1) * scale
  }
  return basis
}

/** Basis times a classes x width matrix: (classes - 1) x width. A vector is a matrix of width 1. */
export function reduceLabels(
  basis: Float64Array,
  matrix: ArrayLike<number>,
  classes: number,
  width: number
): Float64Array {
  const out = new Float64Array((classes - 1) * width)
  for (let k = 0; k < classes - 1; k++)
    for (let c = 0; c < classes; c++) {
      const share = basis[k * classes + c]
      if (share === 0) continue
      for (let j = 0; j < width; j++) out[k * width + j] += share * matrix[c * width + j]
    }
  return out
}

/** The way back: basis^T times a (classes - 1) x width matrix, classes x width. */
export function expandLabels(
  basis: Float64Array,
  matrix: ArrayLike<number>,
  classes: number,
  width: number
): Float64Array {
  const out = new Float64Array(classes * width)
  for (let k = 0; k < classes - 1; k++)
    for (let c = 0; c < classes; c++) {
      const share = basis[k * classes + c]
      if (share === 0) continue
      for (let j = 0; j < width; j++) out[c * width + j] += share * matrix[k * width + j]
    }
  return out
}
