// Which columns come in next (step 2 of the pursuit). Not those with the largest products, which
// are near-repeats of each other, but one after the other: each is the one that lowers the error
// most after those before it and after the columns in use (orthogonal least squares, Chen, Billings
// and Luo 1989), as far as they are in its own group of columns.
import { factorPart } from '../../../compute/kernels/part-factor.ts'
import type { Dictionary } from './dictionary.ts'

/** Columns in use with their weights and products, p x p. */
export interface Choice {
  readonly columns: Uint32Array
  readonly weights: Float64Array
  readonly gram: Float32Array | Float64Array
}

export interface TakeInOptions {
  /** How many columns to find at most. */
  readonly width: number
  readonly ridge: number
  readonly signal: AbortSignal
}

/** Columns that are less than this share of their square away from the others are repeats: an
 * angle with a cosine of 0.9999 leaves 0.0002 (specs 3.6). */
const leastPivot = 2e-4
/** Gains below this share of the first are rounding. */
const leastScore = 1e-6
/** Columns in use and candidates looked at in one group at most. */
const mostInUse = 400
const mostCandidates = 1024

/** The candidates of one group, each as far as the columns in use and taken do not explain it. */
interface Search {
  readonly columns: Uint32Array
  /** Products of all candidates with each other, c x c from `first` on in rows of `stride`. */
  readonly gram: Float32Array | Float64Array
  readonly first: number
  readonly stride: number
  /** What columns in use and taken explain: c rows of `room` numbers, `used` of them filled. */
  readonly explained: Float64Array
  readonly room: number
  used: number
  /** Products with what is left, and squares of what is left of each column; 0 once taken. */
  readonly products: Float64Array
  readonly pivots: Float64Array
  /** The best of them now. */
  best: number
  score: number
}

/**
 * Columns in the order in which they were found.
 * @param products of all columns with the residual
 * @param candidates columns with the largest products over length first, none of them in use
 * @param groupOf group of the columns in use, then of the candidates
 */
export async function takeIn(
  dictionary: Dictionary,
  choice: Choice,
  products: Float32Array,
  candidates: Uint32Array,
  groupOf: Int16Array,
  { width, ridge, signal }: TakeInOptions
): Promise<Uint32Array> {
  const searches: Search[] = []
  const inUse = choice.columns.length
  for (const group of new Set(groupOf.subarray(inUse))) {
    signal.throwIfAborted()
    const places = heaviest(choice.weights, groupOf, group)
    const columns = candidates
      .filter((_, at) => groupOf[inUse + at] === group)
      .subarray(0, mostCandidates)
    searches.push(await openSearch(dictionary, choice, places, columns, products, width, ridge))
  }
  const found: number[] = []
  const least = leastScore * Math.max(0, ...searches.map(({ score }) => score))
  while (found.length < width) {
    let best: Search | undefined
    for (const search of searches)
      if (search.score > least && (best === undefined || search.score > best.score)) best = search
    if (best === undefined) break
    found.push(best.columns[best.best])
    take(best)
    if (found.length % 64 === 0) signal.throwIfAborted()
  }
  return Uint32Array.from(found)
}

/** Places of the group's columns in use; of very many, those with the largest weights. */
function heaviest(weights: Float64Array, groupOf: Int16Array, group: number): Uint32Array {
  const places = Uint32Array.from(weights.keys()).filter((place) => groupOf[place] === group)
  if (places.length <= mostInUse) return places
  places.sort((a, b) => weights[b] - weights[a] || a - b)
  return places.subarray(0, mostInUse).sort()
}

async function openSearch(
  dictionary: Dictionary,
  choice: Choice,
  places: Uint32Array,
  columns: Uint32Array,
  residual: Float32Array,
  width: number,
  ridge: number
): Promise<Search> {
  const s = places.length
  const c = columns.length
  const all = new Uint32Array(s + c)
  all.set(places.map((place) => choice.columns[place]))
  all.set(columns, s)
  const gram = await dictionary.gram(columns, all)
  const factor = factorPart(choice.gram, choice.columns.length, places, ridge)
  const room = s + Math.min(width, c)
  const explained = new Float64Array(c * room)
  for (let j = 0; j < c; j++)
    for (let a = 0; a < s; a++) explained[j * room + a] = gram[j * (s + c) + a]
  solveRows(factor, s, explained, room, c)
  const pivots = Float64Array.from(columns, (column, j) => {
    const square = dictionary.squares[column] + ridge
    const left = square - dotRow(explained, j * room, j * room, s)
    return left > leastPivot * square ? left : 0
  })
  // The residual has nothing of the columns in use, so products stay as they are.
  const products = Float64Array.from(columns, (column) => residual[column])
  const search = { columns, gram, first: s, stride: s + c, explained, room, products, pivots }
  return { ...search, used: s, ...bestOf(search) }
}

/** x becomes L^-1 x for `rows` rows x of s numbers, `stride` apart; four rows for one read of L. */
function solveRows(
  l: Float64Array,
  s: number,
  x: Float64Array,
  stride: number,
  rows: number
): void {
  for (let row = 0; row < rows; row += 4) {
    // Past the end it is the last row again, which gives the same numbers.
    const p = row * stride
    const q = Math.min(row + 1, rows - 1) * stride
    const r = Math.min(row + 2, rows - 1) * stride
    const t = Math.min(row + 3, rows - 1) * stride
    for (let a = 0; a < s; a++) {
      let sumP = x[p + a]
      let sumQ = x[q + a]
      let sumR = x[r + a]
      let sumT = x[t + a]
      const from = a * s
      for (let b = 0; b < a; b++) {
        const value = l[from + b]
        sumP -= value * x[p + b]
        sumQ -= value * x[q + b]
        sumR -= value * x[r + b]
        sumT -= value * x[t + b]
      }
      const inverse = 1 / l[from + a]
      x[p + a] = sumP * inverse
      x[q + a] = sumQ * inverse
      x[r + a] = sumR * inverse
      x[t + a] = sumT * inverse
    }
  }
}

/** Product of two runs of `count` numbers of one array. */
function dotRow(values: Float64Array, p: number, q: number, count: number): number {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  let i = 0
  for (; i + 4 <= count; i += 4) {
    a += values[p + i] * values[q + i]
    b += values[p + i + 1] * values[q + i + 1]
    c += values[p + i + 2] * values[q + i + 2]
    d += values[p + i + 3] * values[q + i + 3]
  }
  for (; i < count; i++) a += values[p + i] * values[q + i]
  return a + b + (c + d)
}

function bestOf({ products, pivots }: Pick<Search, 'products' | 'pivots'>): {
  best: number
  score: number
} {
  let best = -1
  let most = 0
  for (let j = 0; j < pivots.length; j++) {
    const product = products[j]
    if (!(product > 0) || pivots[j] === 0) continue
    // The square of the score is by how much the squared error falls.
    const gain = (product * product) / pivots[j]
    if (gain > most) [best, most] = [j, gain]
  }
  return { best, score: Math.sqrt(most) }
}

/** Takes the best candidate and leaves of the others what it does not explain. */
function take(search: Search): void {
  const { columns, gram, first, stride, explained, room, products, pivots, best, used } = search
  const pivot = Math.sqrt(pivots[best])
  const share = products[best] / pivot
  pivots[best] = 0
  for (let j = 0; j < columns.length; j++) {
    // Taken or a repeat: it will not be looked at again.
    if (pivots[j] === 0) continue
    const shared = gram[best * stride + first + j]
    const own = (shared - dotRow(explained, best * room, j * room, used)) / pivot
    explained[j * room + used] = own
    products[j] -= share * own
    const left = pivots[j] - own * own
    pivots[j] = left > leastPivot * gram[j * stride + first + j] ? left : 0
  }
  search.used = used + 1
  Object.assign(search, bestOf(search))
}
