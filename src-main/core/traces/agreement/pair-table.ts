// How two raters' answers fall together: a square table of counts, and what is read from it. Pure.

/** Counts of pairs of answers. */
export interface PairTable {
  /** The different answers. */
  readonly categories: readonly (string | number)[]
  /** Row = first rater, column = second; categories squared, row by row. */
  readonly counts: Float64Array
  readonly total: number
}

/** "nominal": answers differ or not. "quadratic": by the square of their distance, for numbers. */
export type Weights = 'nominal' | 'quadratic'

/** Counts pairs of answers. Texts and numbers are not mixed in one table. */
export function tableOf<T extends string | number>(pairs: readonly (readonly [T, T])[]): PairTable {
  const categories = [...new Set(pairs.flat())].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const index = new Map(categories.map((category, i) => [category, i]))
  const counts = new Float64Array(categories.length ** 2)
  for (const [first, second] of pairs)
    counts[(index.get(first) ?? 0) * categories.length + (index.get(second) ?? 0)]++
  return { categories, counts, total: pairs.length }
}

/** Share of pairs that are equal; NaN of none. */
export function percentOf({ categories, counts, total }: PairTable): number {
  let equal = 0
  for (let i = 0; i < categories.length; i++) equal += counts[i * categories.length + i]
  return equal / total
}

/** How far apart each two categories are, as `counts`. */
export function distancesOf({ categories }: PairTable, weights: Weights): Float64Array {
  const size = categories.length
  return Float64Array.from({ length: size * size }, (_, at) => {
    const [a, b] = [categories[Math.floor(at / size)], categories[at % size]]
    if (weights === 'nominal') return a === b ? 0 : 1
    return (Number(a) - Number(b)) ** 2
  })
}

/**
 * Cohen's kappa (Cohen 1960; weighted: Cohen 1968): one less the disagreement found over the
 * disagreement by chance from both raters' own shares. Null where chance alone cannot disagree:
 * nothing varies, or there are no pairs.
 */
export function kappaOf(table: PairTable, weights: Weights = 'nominal'): number | null {
  return kappaFrom(table.counts, table.total, table.categories.length, distancesOf(table, weights))
}

/** {@link kappaOf} over bare counts, for resampling. */
export function kappaFrom(
  counts: Float64Array,
  total: number,
  size: number,
  distances: Float64Array
): number | null {
  const rows = new Float64Array(size)
  const columns = new Float64Array(size)
  let found = 0
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      const count = counts[i * size + j]
      rows[i] += count
      columns[j] += count
      found += count * distances[i * size + j]
    }
  let chance = 0
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) chance += rows[i] * columns[j] * distances[i * size + j]
  return chance === 0 ? null : 1 - (found * total) / chance
}
