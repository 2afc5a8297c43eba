// Facility location: picks rows one by one so that every row has a close one among the picked.
// f(S) = sum_i max_{j in S} s_ij with s = 0.5 + 0.5 cos (specs 5.3). Lazy greedy, which gives the
// same picks as plain greedy; up to a size over all pairs, above it over nearest neighbours only.
import type { TensorFlow } from '../devices/device.ts'
import type { Random } from '../random.ts'
import { allProducts, halved } from './all-products.ts'
import { lazyGreedy, type GreedyPicks, type Similarities } from './lazy-greedy.ts'
import { nearestCentroids, sphericalKMeans } from './spherical-k-means.ts'

/** Largest set compared pair by pair: 8,000 rows take 256 MB. */
export const exactLimit = 8000
const neighbours = 64
const cellRows = 1000
const largestCell = 2000

export interface FacilityLocationOptions {
  readonly signal: AbortSignal
  readonly random: Random
  /** Sets larger than this use nearest neighbours; default {@link exactLimit}. */
  readonly exactUpTo?: number
}

/**
 * Picks `need` of the rows, best first; equal gains go to the lower index.
 * @param rows n x width, unit rows. Throws a RangeError when need > n.
 */
export async function facilityLocation(
  tf: TensorFlow,
  rows: Float32Array,
  width: number,
  need: number,
  options: FacilityLocationOptions
): Promise<Uint32Array> {
  const count = rows.length / width
  if (need > count) throw new RangeError(`cannot pick ${need} of ${count}`)
  if (need === 0) return new Uint32Array(0)
  const isExact = count <= (options.exactUpTo ?? exactLimit)
  if (isExact) return (await finished(exactSteps(tf, rows, width, need, options.signal))).picks
  const run = lazyGreedy(await nearestOnly(tf, rows, width, options), need)
  for (;;) {
    options.signal.throwIfAborted()
    const step = run.next()
    if (step.done === true) return step.value.picks
  }
}

async function finished<T>(run: AsyncGenerator<number, T, void>): Promise<T> {
  for (;;) {
    const step = await run.next()
    if (step.done === true) return step.value
  }
}

/** What a comparison of all pairs finds. */
export interface Coverage extends GreedyPicks {
  /** The pick most alike to each row, as a row index; {@link uncovered} where nothing was picked. */
  readonly owner: Uint32Array
}

/** Marks a row that no pick covers. */
export const uncovered = 0xffffffff

/** A second, additive aim beside coverage: a row adds weight x what it covers + bonus[row]. */
export interface Blend {
  /** Above 0. */
  readonly weight: number
  /** One per row, 0 or more, so that gains never fall below 0 and never grow. */
  readonly bonus: ArrayLike<number>
}

/**
 * Facility location over all pairs, in steps: yields work done, 0 to 1. Memory is n x n x 4 bytes.
 * @param rows n x width, unit rows @param need up to n
 * @param atLeast ends before a pick that would add less
 * @param blend what is maximised beside coverage; gains are then those of both together
 */
export async function* exactSteps(
  tf: TensorFlow,
  rows: Float32Array,
  width: number,
  need: number,
  signal: AbortSignal,
  atLeast = -Infinity,
  blend?: Blend
): AsyncGenerator<number, Coverage, void> {
  const pairs = yield* allPairs(tf, rows, width, signal)
  const similarities = blend === undefined ? pairs : blended(pairs, blend)
  const owner = new Uint32Array(similarities.count).fill(uncovered)
  const run = lazyGreedy({ ...similarities, cover: similarities.coverBy(owner) }, need, atLeast)
  for (;;) {
    signal.throwIfAborted()
    const step = run.next()
    if (step.done === true) return { ...step.value, owner }
    yield 0.5 + step.value / (2 * need)
  }
}

/** All pairs; `coverBy` also notes which column covers a row best. */
interface PairSimilarities extends Omit<Similarities, 'cover'> {
  coverBy(owner: Uint32Array): Similarities['cover']
}

function blended(pairs: PairSimilarities, { weight, bonus }: Blend): PairSimilarities {
  return {
    ...pairs,
    gain: (column, covered) => weight * pairs.gain(column, covered) + bonus[column]
  }
}

/** Cosines of rows[from..to) with all of `others` (m x width): (to - from) x m. */
async function cosines(
  tf: TensorFlow,
  rows: Float32Array,
  from: number,
  to: number,
  width: number,
  right: ReturnType<TensorFlow['transpose']>
): Promise<Float32Array> {
  const block = rows.subarray(from * width, to * width)
  const product = tf.tidy(() => tf.matMul(tf.tensor2d(block, [to - from, width]), right as never))
  const values = (await product.data()) as Float32Array
  product.dispose()
  return values
}

/** 0.5 + 0.5 cos, never below 0: rounding can put a cosine just outside -1..1. */
const similarity = (cosine: number): number => Math.max(0, 0.5 + 0.5 * cosine)

async function* allPairs(
  tf: TensorFlow,
  rows: Float32Array,
  width: number,
  signal: AbortSignal
): AsyncGenerator<number, PairSimilarities, void> {
  const count = rows.length / width
  const matrix = yield* halved(allProducts(tf, rows, width, signal, similarity))
  return {
    count,
    // The matrix is symmetric: column j is read as row j, which lies together in memory.
    gain(column, covered) {
      const at = column * count
      // Four sums side by side and no branch: x + |x| is 2 x or 0.
      let [a, b, c, d] = [0, 0, 0, 0]
      let i = 0
      for (; i + 3 < count; i += 4) {
        const w = matrix[at + i] - covered[i]
        const x = matrix[at + i + 1] - covered[i + 1]
        const y = matrix[at + i + 2] - covered[i + 2]
        const z = matrix[at + i + 3] - covered[i + 3]
        a += w + Math.abs(w)
        b += x + Math.abs(x)
        c += y + Math.abs(y)
        d += z + Math.abs(z)
      }
      for (; i < count; i++) {
        const more = matrix[at + i] - covered[i]
        a += more + Math.abs(more)
      }
      return (a + b + (c + d)) / 2
    },
    coverBy: (owner) => (column, covered) => {
      const at = column * count
      for (let i = 0; i < count; i++) {
        if (!(matrix[at + i] > covered[i])) continue
        covered[i] = matrix[at + i]
        owner[i] = column
      }
    }
  }
}

/**
 * Similarities to the nearest neighbours inside k-means cells; all others count as 0. Cells hold
 * some thousand rows, so the work grows in proportion to the rows and not to their square.
 */
async function nearestOnly(
  tf: TensorFlow,
  rows: Float32Array,
  width: number,
  options: FacilityLocationOptions
): Promise<Similarities> {
  const count = rows.length / width
  const near = Math.min(neighbours, count)
  const pairRow = new Uint32Array(count * near)
  const pairColumn = new Uint32Array(count * near)
  const pairValue = new Float32Array(count * near)
  let pairs = 0
  for (const cell of await cellsOf(tf, rows, width, options)) {
    options.signal.throwIfAborted()
    const members = new Float32Array(cell.length * width)
    cell.forEach((row, at) =>
      members.set(rows.subarray(row * width, (row + 1) * width), at * width)
    )
    const right = tf.tidy(() => tf.transpose(tf.tensor2d(members, [cell.length, width])))
    const values = await cosines(tf, members, 0, cell.length, width, right)
    right.dispose()
    for (let i = 0; i < cell.length; i++) {
      const line = values.subarray(i * cell.length, (i + 1) * cell.length)
      const cut = cutFor(line, near)
      const keep = (j: number): void => {
        pairRow[pairs] = cell[i]
        pairColumn[pairs] = cell[j]
        pairValue[pairs++] = similarity(line[j])
      }
      // The row itself first: among many equal rows it could otherwise be crowded out.
      keep(i)
      for (let j = 0, kept = 1; j < cell.length && kept < near; j++) {
        if (j === i || line[j] < cut) continue
        keep(j)
        kept++
      }
    }
  }
  return byColumn(
    count,
    pairRow.subarray(0, pairs),
    pairColumn.subarray(0, pairs),
    pairValue.subarray(0, pairs)
  )
}

/** The near-th largest value of a line. */
function cutFor(line: Float32Array, near: number): number {
  if (line.length <= near) return -Infinity
  const sorted = line.slice().sort()
  return sorted[line.length - near]
}

function byColumn(
  count: number,
  row: Uint32Array,
  column: Uint32Array,
  value: Float32Array
): Similarities {
  const starts = new Uint32Array(count + 1)
  for (const c of column) starts[c + 1]++
  for (let c = 0; c < count; c++) starts[c + 1] += starts[c]
  const next = starts.slice()
  const rowAt = new Uint32Array(row.length)
  const valueAt = new Float32Array(row.length)
  for (let p = 0; p < row.length; p++) {
    const at = next[column[p]]++
    rowAt[at] = row[p]
    valueAt[at] = value[p]
  }
  return {
    count,
    gain(c, covered) {
      let sum = 0
      for (let p = starts[c]; p < starts[c + 1]; p++) {
        const more = valueAt[p] - covered[rowAt[p]]
        if (more > 0) sum += more
      }
      return sum
    },
    cover(c, covered) {
      for (let p = starts[c]; p < starts[c + 1]; p++) {
        if (valueAt[p] > covered[rowAt[p]]) covered[rowAt[p]] = valueAt[p]
      }
    }
  }
}

/** Groups of similar rows of at most `largestCell`, each ascending. */
async function cellsOf(
  tf: TensorFlow,
  rows: Float32Array,
  width: number,
  options: FacilityLocationOptions
): Promise<Uint32Array[]> {
  const count = rows.length / width
  const k = Math.ceil(count / cellRows)
  const sampleSize = Math.min(count, Math.max(2000, 50 * k))
  const sample = options.random.fork('cells').sample(count, sampleSize).sort()
  const sampled = new Float32Array(sampleSize * width)
  sample.forEach((row, at) =>
    sampled.set(rows.subarray(row * width, (row + 1) * width), at * width)
  )
  const centroids = await sphericalKMeans(
    tf,
    sampled,
    width,
    Math.min(k, sampleSize),
    options.random.fork('k-means'),
    options.signal,
    10
  )
  const { cluster } = await nearestCentroids(tf, rows, centroids, width, options.signal)
  const groups: number[][] = Array.from({ length: k }, () => [])
  cluster.forEach((c, row) => groups[c].push(row))
  return groups.flatMap((group) => {
    const parts = Math.ceil(group.length / largestCell)
    // A cell that is too large is dealt out in turn, so that its parts stay alike.
    return Array.from({ length: parts }, (_, p) =>
      Uint32Array.from(group.filter((_row, at) => at % parts === p))
    )
  })
}
