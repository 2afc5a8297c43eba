// TAROT's automatic size: each part of the examples adds its neighbours, one round after the other, for
// as long as the set comes closer to the examples of the other parts.
import type { TopRows } from '../../../compute/blocks/top-rows.ts'
import type { Random } from '../../../compute/random.ts'
import type { TransportTo } from './transport.ts'

export interface AutomaticSizeInputs {
  /** Nearest candidates per example. */
  readonly lists: readonly TopRows[]
  /** One per example, summing to 1. */
  readonly weights: Float64Array
  readonly folds: number
  readonly random: Random
  readonly transport: TransportTo
  /** Cosines of candidate rows with all V examples, n x V. */
  cosinesOf(rows: readonly number[]): Promise<Float32Array>
}

export interface AutomaticSize {
  /** Union over the folds, ascending. */
  readonly rows: Uint32Array
  /** Rounds each fold took. */
  readonly depths: readonly number[]
  /** Folds that ran out of neighbours or memory before they stopped by themselves. */
  readonly unfinished: number
}

/** Cosines kept in memory at most, as numbers. */
const mostCosines = 16 << 20

/** Yields folds done. Needs two examples or more. */
export async function* automaticSize(
  inputs: AutomaticSizeInputs
): AsyncGenerator<number, AutomaticSize, void> {
  const count = inputs.lists.length
  const folds = Math.min(inputs.folds, count)
  const dealt = inputs.random.shuffle(Uint32Array.from({ length: count }, (_, v) => v))
  const union = new Set<number>()
  const depths: number[] = []
  let unfinished = 0
  const known = new Map<number, Float32Array>()
  for (let fold = 0; fold < folds; fold++) {
    const own = [...dealt].filter((_, place) => place % folds === fold)
    const others = [...dealt].filter((_, place) => place % folds !== fold)
    const found = await sizeOfFold(inputs, own, others, known)
    for (const row of found.rows) union.add(row)
    depths.push(found.depth)
    if (!found.hasStopped) unfinished++
    yield fold + 1
  }
  return { rows: Uint32Array.from(union).sort(), depths, unfinished }
}

/** Adds rounds until the distance to the others rises; keeps the set before the rise. */
async function sizeOfFold(
  inputs: AutomaticSizeInputs,
  own: readonly number[],
  others: readonly number[],
  known: Map<number, Float32Array>
): Promise<{ rows: readonly number[]; depth: number; hasStopped: boolean }> {
  const weights = Float64Array.from(others, (v) => inputs.weights[v])
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const shares = weights.map((weight) => weight / total)
  const deepest = Math.max(...inputs.lists.map((list) => list.rows.length))
  const set = new Set<number>()
  let best: { rows: number[]; depth: number; cost: number } = { rows: [], depth: 0, cost: Infinity }
  let start: Float64Array | undefined
  for (let depth = 1; depth <= deepest; depth++) {
    const before = set.size
    for (const v of own) {
      const { rows, scores } = inputs.lists[v]
      // As in the paper's code: candidates that point away from an example are no neighbours.
      if (depth <= rows.length && scores[depth - 1] > 0) set.add(rows[depth - 1])
    }
    if (set.size === before) continue
    const rows = [...set]
    await learn(inputs, rows, known)
    if (known.size * inputs.lists.length > mostCosines) break
    const cosines = new Float32Array(rows.length * others.length)
    rows.forEach((row, i) => {
      const line = known.get(row)
      if (line !== undefined) others.forEach((v, j) => (cosines[i * others.length + j] = line[v]))
    })
    const plan = await inputs.transport(cosines, shares, start)
    start = plan.g
    if (plan.cost >= best.cost) return { ...best, hasStopped: true }
    best = { rows, depth, cost: plan.cost }
  }
  return { ...best, hasStopped: false }
}

/** Fetches the cosines of rows that were not seen before. */
async function learn(
  { lists, cosinesOf }: AutomaticSizeInputs,
  rows: readonly number[],
  known: Map<number, Float32Array>
): Promise<void> {
  const missing = rows.filter((row) => !known.has(row))
  if (missing.length === 0) return
  const values = await cosinesOf(missing)
  missing.forEach((row, i) =>
    known.set(row, values.slice(i * lists.length, (i + 1) * lists.length))
  )
}
