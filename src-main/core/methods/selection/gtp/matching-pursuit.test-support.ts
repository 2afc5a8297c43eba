// Non-negative orthogonal matching pursuit, the reference that the pursuit is measured against
// (tests and the benchmark). One column per step; the weights are those of the exact fit at every
// step, from a Cholesky factor that grows by a row and loses one where a weight would turn negative
// (the fast form of Yaghoobi, Wu and Davies, "Fast non-negative orthogonal matching pursuit", IEEE
// Signal Processing Letters 22, 2015, with the active set of Lawson and Hanson).
import { lengthOf, type Dictionary } from './dictionary.ts'

/** The choice after a step. */
export interface MatchingStep {
  readonly columns: Uint32Array
  /** Their weights, above 0. */
  readonly weights: Float64Array
  /** Length of what is left of the target over its length. */
  readonly error: number
}

/** Pivots below this share of their diagonal are rounding: the column depends on the others. */
const dependence = 1e-6

/** Columns with the factor of their Gram matrix; `half` solves the factor for their products. */
interface Fit {
  readonly columns: number[]
  readonly rows: Float64Array[]
  readonly half: number[]
}

/**
 * Yields after every step in which the choice has changed, until `budget` columns are chosen or no
 * column has a positive product.
 * @param byLength the column with the largest product over its length comes next (else the largest
 *   product)
 */
export async function* matchingPursuit(
  dictionary: Dictionary,
  target: Float64Array,
  budget: number,
  byLength = true
): AsyncGenerator<MatchingStep, void, void> {
  const { count, squares } = dictionary
  const fit: Fit = { columns: [], rows: [], half: [] }
  const isRefused = new Uint8Array(count)
  const scale = Float64Array.from(squares, (square) => (byLength ? 1 / Math.sqrt(square) : 1))
  let weights = new Float64Array(0)
  let residual = target
  let pull: Float32Array | undefined
  while (fit.columns.length < budget) {
    const products = await allProducts(dictionary, residual)
    pull ??= products
    const inUse = new Set(fit.columns)
    let next = -1
    let most = 0
    for (let i = 0; i < count; i++) {
      const value = products[i] * scale[i]
      if (value > most && isRefused[i] === 0 && !inUse.has(i)) [next, most] = [i, value]
    }
    if (next < 0) return
    const columns = Uint32Array.from([...fit.columns, next])
    const line = await dictionary.gram(columns.subarray(columns.length - 1), columns)
    isRefused[next] = 1
    if (!append(fit, next, line, pull[next])) continue
    weights = settle(fit, weights)
    // It has come in, so another residual: columns that were of no use may now be.
    if (fit.columns.includes(next)) isRefused.fill(0)
    const chosen = Uint32Array.from(fit.columns)
    const sum = await dictionary.combine(chosen, weights)
    residual = target.map((value, i) => value - sum[i])
    yield { columns: chosen, weights, error: lengthOf(residual) / lengthOf(target) }
  }
}

/** Runs {@link matchingPursuit} to its end. */
export async function orthogonalMatchingPursuit(
  dictionary: Dictionary,
  target: Float64Array,
  budget: number,
  byLength = true
): Promise<MatchingStep> {
  let last: MatchingStep = {
    columns: new Uint32Array(0),
    weights: new Float64Array(0),
    error: 1
  }
  for await (const step of matchingPursuit(dictionary, target, budget, byLength)) last = step
  return last
}

async function allProducts(dictionary: Dictionary, vector: Float64Array): Promise<Float32Array> {
  const steps = dictionary.products(vector)
  for (;;) {
    const step = await steps.next()
    if (step.done === true) return step.value
  }
}

/** Adds a column; false when it depends on those that are there. */
function append(
  { columns, rows, half }: Fit,
  column: number,
  products: ArrayLike<number>,
  pull: number
): boolean {
  const n = columns.length
  const line = new Float64Array(n + 1)
  let pivot = products[n]
  let own = pull
  for (let a = 0; a < n; a++) {
    const row = rows[a]
    let sum = products[a]
    for (let b = 0; b < a; b++) sum -= row[b] * line[b]
    line[a] = sum / row[a]
    pivot -= line[a] * line[a]
    own -= line[a] * half[a]
  }
  if (!(pivot > dependence * products[n])) return false
  line[n] = Math.sqrt(pivot)
  columns.push(column)
  rows.push(line)
  half.push(own / line[n])
  return true
}

/** Weights of the fit; columns whose weight would turn negative leave, the nearest to zero first. */
function settle(fit: Fit, before: Float64Array): Float64Array<ArrayBuffer> {
  let held = new Float64Array(fit.columns.length)
  held.set(before)
  for (;;) {
    const solved = solve(fit)
    let step = 1
    let gone = -1
    solved.forEach((value, a) => {
      if (value > 0) return
      const share = held[a] / (held[a] - value)
      if (gone < 0 || share < step) [step, gone] = [share > 0 ? share : 0, a]
    })
    if (gone < 0) return solved
    const at = gone
    held = held.map((value, a) => Math.max(0, value + step * (solved[a] - value)))
    held = held.filter((_, a) => a !== at)
    remove(fit, at)
  }
}

function solve({ rows, half }: Fit): Float64Array<ArrayBuffer> {
  const x = Float64Array.from(half)
  for (let a = rows.length - 1; a >= 0; a--) {
    const row = rows[a]
    const value = x[a] / row[a]
    x[a] = value
    for (let b = 0; b < a; b++) x[b] -= row[b] * value
  }
  return x
}

/** Takes a column out: the rows after it are turned back into a triangle, pair after pair. */
function remove({ columns, rows, half }: Fit, at: number): void {
  columns.splice(at, 1)
  rows.splice(at, 1)
  const n = columns.length
  // Row i (i >= at) now has i + 2 numbers; turning columns i and i + 1 brings its last one to zero.
  const gone = half.splice(at, 1)[0]
  let carried = gone
  for (let i = at; i < n; i++) {
    const row = rows[i]
    const length = Math.hypot(row[i], row[i + 1])
    const [cos, sin] = [row[i] / length, row[i + 1] / length]
    for (let j = i; j < n; j++) {
      const other = rows[j]
      const [x, y] = [other[i], other[i + 1]]
      other[i] = cos * x + sin * y
      other[i + 1] = cos * y - sin * x
    }
    const own = half[i]
    half[i] = cos * carried + sin * own
    carried = cos * own - sin * carried
    rows[i] = row.slice(0, i + 1)
  }
}
