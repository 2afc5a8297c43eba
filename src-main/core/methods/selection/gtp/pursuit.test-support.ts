// Dense dictionaries for tests of the pursuit, and a runner.
import { createRandom } from '../../../compute/random.ts'
import { lengthOf, type Dictionary } from './dictionary.ts'
import { pursue, type PursuitOptions, type PursuitResult, type PursuitRound } from './pursuit.ts'

/** Columns in memory, in float64. */
export function denseDictionary(columns: readonly Float64Array[]): Dictionary {
  const count = columns.length
  const size = columns[0].length
  const all = new Float64Array(count * size)
  columns.forEach((column, i) => all.set(column, i * size))
  const dots = (vector: Float64Array): Float64Array => {
    const out = new Float64Array(count)
    for (let c = 0; c < count; c++) {
      let sum = 0
      for (let i = 0, at = c * size; i < size; i++) sum += all[at + i] * vector[i]
      out[c] = sum
    }
    return out
  }
  // A pursuit asks for the same products again and again.
  const rows = new Map<number, Float64Array>()
  const rowOf = (place: number): Float64Array => {
    const row = rows.get(place) ?? dots(columns[place])
    rows.set(place, row)
    return row
  }
  return {
    count,
    squares: Float64Array.from(columns, (column) =>
      column.reduce((sum, value) => sum + value * value, 0)
    ),
    // eslint-disable-next-line require-yield -- nothing to wait for
    async *products(vector) {
      return Float32Array.from(dots(vector))
    },
    gram: async (places, others = places) => {
      const out = new Float64Array(places.length * others.length)
      for (let i = 0; i < places.length; i++) {
        const row = rowOf(places[i])
        for (let j = 0; j < others.length; j++) out[i * others.length + j] = row[others[j]]
      }
      return out
    },
    combine: async (places, weights) => mixture(columns, [...places], [...weights])
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
