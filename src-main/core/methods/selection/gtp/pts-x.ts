// Dense dictionaries for tests of the pursuit, and plain non-negative orthogonal matching pursuit
// as the reference that the pursuit is measured against (tests and the benchmark).
import { nnls } from '../../../compute/kernels/nnls.ts'
import { createRandom } from '../../../compute/random.ts'
import { lengthOf, type Dictionary } from './dictionary.ts'
import { pursue, type PursuitOptions, type PursuitResult, type PursuitRound } from './pursuit-x.ts'

/** Columns in memory, in float64. */
export function denseDictionary(columns: readonly Float64Array[]): Dictionary {
  const dot = (a: Float64Array, b: Float64Array): number => {
    let sum = 0
    for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
    return sum
  }
  return {
    count: columns.length,
    squares: Float64Array.from(columns, (column) => dot(column, column)),
    // eslint-disable-next-line require-yield -- nothing to wait for
    async *products(vector) {
      return Float32Array.from(columns, (column) => dot(column, vector))
    },
    gram: async (places, others = places) => {
      const out = new Float64Array(places.length * others.length)
      places.forEach((a, i) =>
        others.forEach((b, j) => (out[i * others.length + j] = dot(columns[a], columns[b])))
      )
      return out
    },
    combine: async (places, weights) => {
      const sum = new Float64Array(columns[0].length)
      places.forEach((place, at) => {
        for (let i = 0; i < sum.length; i++) sum[i] += weights[at] * columns[place][i]
      })
      return sum
    }
  }
}

/** Seeded Gaussian columns of length 1. */
export function gaussianColumns(seed: number, rows: number, count: number): Float64Array[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => {
    const column = Float64Array.from({ length: rows }, () => random.normal())
    const length = lengthOf(column)
    return column.map((value) => value / length)
  })
}

/** sum of weights[i] columns[places[i]]. */
export function mixture(
  columns: readonly Float64Array[],
  places: readonly number[],
  weights: readonly number[]
): Float64Array {
  const sum = new Float64Array(columns[0].length)
  places.forEach((place, at) => {
    for (let i = 0; i < sum.length; i++) sum[i] += weights[at] * columns[place][i]
  })
  return sum
}

/** Runs a pursuit to its end. */
export async function runPursuit(
  dictionary: Dictionary,
  target: Float64Array,
  budget: number,
  changes: Partial<PursuitOptions> = {}
): Promise<PursuitResult & { readonly history: readonly PursuitRound[] }> {
  const steps = pursue(dictionary, target, {
    budget,
    rounds: 30,
    leastGain: 1e-4,
    ridge: 0,
    signal: new AbortController().signal,
    ...changes
  })
  const history: PursuitRound[] = []
  for (;;) {
    const step = await steps.next()
    if (step.done === true) return { ...step.value, history }
    if (step.value.finished !== undefined) history.push(step.value.finished)
  }
}

/** Warm starts make few sweeps enough; small fits are exact. */
const accuracy = { tolerance: 1e-5, exactUpTo: 64 }

/**
 * Non-negative orthogonal matching pursuit: one column per step, the one with the largest product
 * with the residual over its length (or the plain product), then all weights anew.
 */
export async function orthogonalMatchingPursuit(
  dictionary: Dictionary,
  target: Float64Array,
  budget: number,
  byLength = true
): Promise<{ columns: Uint32Array; weights: Float64Array; error: number }> {
  const { count, squares } = dictionary
  const chosen: number[] = []
  let weights = new Float64Array(0)
  let residual = target
  let pull: Float32Array | undefined
  // The Gram matrix of the chosen columns, grown by one line per step.
  const lines: Float64Array[] = []
  const isRefused = new Uint8Array(count)
  while (chosen.length < budget) {
    const steps = dictionary.products(residual)
    let step = await steps.next()
    while (step.done !== true) step = await steps.next()
    const products = step.value
    pull ??= products
    let best = -1
    let most = 0
    for (let i = 0; i < count; i++) {
      if (isRefused[i] === 1 || !(squares[i] > 0)) continue
      const value = byLength ? products[i] / Math.sqrt(squares[i]) : products[i]
      if (value > most) [best, most] = [i, value]
    }
    if (best < 0) break
    isRefused[best] = 1
    chosen.push(best)
    const n = chosen.length
    const columns = Uint32Array.from(chosen)
    lines.push(Float64Array.from(await dictionary.gram(columns.subarray(n - 1), columns)))
    const gram = new Float64Array(n * n)
    lines.forEach((line, a) => {
      for (let b = 0; b <= a; b++) gram[a * n + b] = gram[b * n + a] = line[b]
    })
    const start = new Float64Array(n)
    start.set(weights)
    const linear = Float64Array.from(columns, (column) => pull?.[column] ?? 0)
    weights = Float64Array.from(nnls({ gram, linear, ridge: 0 }, { start, ...accuracy }).weights)
    const sum = await dictionary.combine(columns, weights)
    residual = target.map((value, i) => value - sum[i])
  }
  return {
    columns: Uint32Array.from(chosen),
    weights,
    error: lengthOf(residual) / lengthOf(target)
  }
}
