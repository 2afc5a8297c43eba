// The exact end of a non-negative least squares problem: from weights that are nearly right, the
// active-set method of Lawson and Hanson (1974, chapter 23) in Gram form, with one Cholesky factor
// that grows and shrinks. Its result is a vertex: at most rank(A) weights are positive.

interface Problem {
  readonly gram: Float32Array | Float64Array
  readonly linear: Float64Array
  readonly ridge: number
}

/** Pivots below this share of their diagonal are rounding: the column depends on the others. */
const dependence = { float32: 4e-6, float64: 1e-11 }

/** Independent columns with the Cholesky factor of their Gram matrix, row by row. */
interface Factor {
  readonly columns: number[]
  readonly rows: Float64Array[]
}

/**
 * Improves `weights` in place until they are a vertex that meets the KKT conditions to `cut`.
 * Yields between steps. Returns false when it gave up (too many columns or steps); the weights are
 * then feasible and no worse than before.
 * @param slope space for n numbers
 */
export function* finishExactly(
  problem: Problem,
  weights: Float64Array,
  slope: Float64Array,
  cut: number,
  mostColumns: number
): Generator<undefined, boolean, void> {
  const factor: Factor = { columns: [], rows: [] }
  const n = weights.length
  // Large weights first: what depends on them is then dropped from the small ones.
  const positive = [...weights.keys()].filter((j) => weights[j] > 0)
  positive.sort((a, b) => weights[b] - weights[a] || a - b)
  for (const j of positive) {
    if (factor.columns.length >= mostColumns) return false
    if (weights[j] > 0) takeIn(problem, factor, weights, j)
    yield
  }
  const refused = new Uint8Array(n)
  for (let step = 0; step < 3 * n + 10; step++) {
    if (!settle(problem, factor, weights)) return false
    slopes(problem, factor.columns, weights, slope)
    yield
    let best = -1
    for (let j = 0; j < n; j++) {
      if (weights[j] > 0 || refused[j] === 1 || !(slope[j] > cut)) continue
      if (problem.gram[j * n + j] + problem.ridge > 0 && (best < 0 || slope[j] > slope[best]))
        best = j
    }
    if (best < 0) return true
    if (factor.columns.length >= mostColumns) return false
    // A column that depends on those in use cannot lower the error by more than rounding.
    if (append(problem, factor, best)) refused.fill(0)
    else refused[best] = 1
  }
  return false
}

function entry({ gram, linear, ridge }: Problem, i: number, j: number): number {
  return gram[i * linear.length + j] + (i === j ? ridge : 0)
}

/** L^-1 times column j's products with the columns in use. */
function forward(problem: Problem, { columns, rows }: Factor, j: number): Float64Array {
  const line = new Float64Array(columns.length + 1)
  for (let a = 0; a < columns.length; a++) {
    const row = rows[a]
    let sum = entry(problem, columns[a], j)
    for (let b = 0; b < a; b++) sum -= row[b] * line[b]
    line[a] = sum / row[a]
  }
  return line
}

/** Adds a column to the factor; false when it depends on those that are there. */
function append(problem: Problem, factor: Factor, j: number): boolean {
  const line = forward(problem, factor, j)
  const last = factor.columns.length
  const own = entry(problem, j, j)
  let pivot = own
  for (let a = 0; a < last; a++) pivot -= line[a] * line[a]
  const least = problem.gram instanceof Float32Array ? dependence.float32 : dependence.float64
  if (!(pivot > least * own)) return false
  line[last] = Math.sqrt(pivot)
  factor.columns.push(j)
  factor.rows.push(line)
  return true
}

/** Takes the column at a place out, with weight 0; rows after it are made anew. */
function removeAt(problem: Problem, factor: Factor, weights: Float64Array, at: number): void {
  const [gone, ...after] = factor.columns.slice(at)
  factor.columns.length = at
  factor.rows.length = at
  weights[gone] = 0
  // Part of an independent set is independent; only rounding can refuse one here.
  for (const j of after) if (!append(problem, factor, j)) weights[j] = 0
}

/** Solves L' x = line in place of a copy. */
function backward({ rows }: Factor, line: Float64Array): Float64Array {
  const x = line.slice(0, rows.length)
  for (let a = rows.length - 1; a >= 0; a--) {
    const row = rows[a]
    x[a] /= row[a]
    for (let b = 0; b < a; b++) x[b] -= row[b] * x[a]
  }
  return x
}

/**
 * Takes a column with a positive weight in. One that depends on the others is written as their sum
 * and weight is moved along that relation, which changes nothing, until one weight is zero
 * (Caratheodory); so either it or one of the others goes.
 */
function takeIn(problem: Problem, factor: Factor, weights: Float64Array, j: number): void {
  while (weights[j] > 0 && !append(problem, factor, j)) {
    const sum = backward(factor, forward(problem, factor, j))
    // w_j falls by t, the others change by +t * sum: those with a negative share may reach zero.
    let step = weights[j]
    let gone = -1
    factor.columns.forEach((column, a) => {
      if (sum[a] < 0 && weights[column] < -sum[a] * step) {
        step = -weights[column] / sum[a]
        gone = a
      }
    })
    factor.columns.forEach((column, a) => {
      weights[column] = Math.max(0, weights[column] + step * sum[a])
    })
    weights[j] = gone < 0 ? 0 : Math.max(0, weights[j] - step)
    if (gone >= 0) removeAt(problem, factor, weights, gone)
  }
}

/** Least squares on the columns in use, dropping what would become negative; false = gave up. */
function settle(problem: Problem, factor: Factor, weights: Float64Array): boolean {
  for (let guard = 0; guard <= weights.length; guard++) {
    const { columns, rows } = factor
    const line = new Float64Array(columns.length)
    for (let a = 0; a < columns.length; a++) {
      let sum = problem.linear[columns[a]]
      for (let b = 0; b < a; b++) sum -= rows[a][b] * line[b]
      line[a] = sum / rows[a][a]
    }
    const solved = backward(factor, line)
    let step = 1
    let gone = -1
    columns.forEach((column, a) => {
      if (solved[a] > 0) return
      const share = weights[column] / (weights[column] - solved[a])
      // A column that has just come in has weight 0: it goes at once.
      if (!(share > 0) || share < step) {
        step = share > 0 ? Math.min(step, share) : 0
        gone = a
      }
    })
    if (gone < 0 && solved.every((value) => value > 0)) {
      columns.forEach((column, a) => (weights[column] = solved[a]))
      return true
    }
    if (gone < 0) return false
    columns.forEach((column, a) => {
      weights[column] = Math.max(0, weights[column] + step * (solved[a] - weights[column]))
    })
    removeAt(problem, factor, weights, gone)
  }
  return false
}

/** slope = c - Qw - ridge w for all columns. */
function slopes(
  { gram, linear, ridge }: Problem,
  columns: readonly number[],
  weights: Float64Array,
  slope: Float64Array
): void {
  const n = linear.length
  slope.set(linear)
  for (const j of columns) {
    const weight = weights[j]
    const from = j * n
    for (let i = 0; i < n; i++) slope[i] -= weight * gram[from + i]
    slope[j] -= ridge * weight
  }
}
