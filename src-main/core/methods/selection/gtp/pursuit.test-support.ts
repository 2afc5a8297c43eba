// Dense dictionaries for tests of the pursuit, and a runner.
import { createRandom } from '../../../compute/random.ts'
import { lengthOf, type Dictionary } from './dictionary.ts'
import { pursue, type PursuitOptions, type PursuitResult, type PursuitRound } from './pursuit.ts'

/** Columns in memory, in float64. */
export function denseDictionary(columns: readonly Float64Array[]): Dictionary {
  const dot = (a: Float64Array, b: Float64Array): number => {
    let sum = 0
    for (let i = 0; i < a.length; i++) sum += a[i] * b[i]
    return sum
  }
  // A pursuit asks for the same products again and again.
  const rows = new Map<number, Float64Array>()
  const rowOf = (place: number): Float64Array => {
    const held = rows.get(place)
    if (held !== undefined) return held
    const row = Float64Array.from(columns, (column) => dot(columns[place], column))
    rows.set(place, row)
    return row
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
      places.forEach((a, i) => {
        const row = rowOf(a)
        others.forEach((b, j) => (out[i * others.length + j] = row[b]))
      })
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
