// Cholesky factor of a symmetric positive definite matrix and the solve that goes with it, in
// float64. Row-oriented, so the inner loops run over neighbouring numbers.

/** Factors A = L L^T in place (n x n row-major, lower part). Returns false when A is not positive definite. */
export function factorCholesky(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j]
      const rowI = i * n
      const rowJ = j * n
      for (let k = 0; k < j; k++) sum -= a[rowI + k] * a[rowJ + k]
      if (i === j) {
        if (!(sum > 0)) return false
        a[rowI + i] = Math.sqrt(sum)
      } else a[rowI + j] = sum / a[rowJ + j]
    }
  }
  return true
}

/** Solves L L^T x = b in place for the n numbers of `b` that start at `at`. */
export function solveCholesky(l: Float64Array, n: number, b: Float64Array, at: number): void {
  for (let i = 0; i < n; i++) {
    let sum = b[at + i]
    for (let k = 0; k < i; k++) sum -= l[i * n + k] * b[at + k]
    b[at + i] = sum / l[i * n + i]
  }
  // Backward in the "axpy" form: L is walked by rows here too.
  for (let i = n - 1; i >= 0; i--) {
    const value = b[at + i] / l[i * n + i]
    b[at + i] = value
    for (let k = 0; k < i; k++) b[at + k] -= l[i * n + k] * value
  }
}
