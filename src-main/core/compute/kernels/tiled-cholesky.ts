// Cholesky factor of matrices of some thousand rows, a panel of rows at a time: the caller can stop
// between panels, and every finished row is read once per panel instead of once per row.

const panelRows = 32

/**
 * Factors A = L L^T in place (n x n row-major, lower part, float64) and yields the number of
 * finished rows after each panel. Returns false when A is not positive definite.
 */
export function* factorCholeskyTiled(a: Float64Array, n: number): Generator<number, boolean, void> {
  for (let from = 0; from < n; from += panelRows) {
    const to = Math.min(n, from + panelRows)
    for (let j = 0; j < from; j++) columnBefore(a, n, from, to, j)
    if (!ownTriangle(a, n, from, to)) return false
    yield to
  }
  return true
}

/** Entry j of the rows from..to-1, for a row j that is finished: four rows for one read of it. */
function columnBefore(a: Float64Array, n: number, from: number, to: number, j: number): void {
  const rowJ = j * n
  const inverse = 1 / a[rowJ + j]
  let i = from
  for (; i + 4 <= to; i += 4) {
    const [p, q, r, s] = [i * n, (i + 1) * n, (i + 2) * n, (i + 3) * n]
    let [sumP, sumQ, sumR, sumS] = [a[p + j], a[q + j], a[r + j], a[s + j]]
    for (let k = 0; k < j; k++) {
      const value = a[rowJ + k]
      sumP -= a[p + k] * value
      sumQ -= a[q + k] * value
      sumR -= a[r + k] * value
      sumS -= a[s + k] * value
    }
    a[p + j] = sumP * inverse
    a[q + j] = sumQ * inverse
    a[r + j] = sumR * inverse
    a[s + j] = sumS * inverse
  }
  for (; i < to; i++) {
    let sum = a[i * n + j]
    for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[rowJ + k]
    a[i * n + j] = sum * inverse
  }
}

function ownTriangle(a: Float64Array, n: number, from: number, to: number): boolean {
  for (let j = from; j < to; j++) {
    let pivot = a[j * n + j]
    for (let k = 0; k < j; k++) pivot -= a[j * n + k] * a[j * n + k]
    if (!(pivot > 0)) return false
    a[j * n + j] = Math.sqrt(pivot)
    const inverse = 1 / a[j * n + j]
    for (let i = j + 1; i < to; i++) {
      let sum = a[i * n + j]
      for (let k = 0; k < j; k++) sum -= a[i * n + k] * a[j * n + k]
      a[i * n + j] = sum * inverse
    }
  }
  return true
}
