// Farthest-first traversal (Gonzalez 1985; k-center greedy): again and again the row that is farthest
// from everything picked. Distances only shrink, so the farthest rows are held in memory and picked
// from until one that is not held could be farther; only then are all rows looked at again. The picks
// are those of the plain loop, with a fraction of its passes over the data.
import type { TensorFlow } from '../devices/device.ts'
import { rankDescending } from './ranking.ts'

/** Rows that can be read again. */
export interface ReadableRows {
  readonly rows: number
  readonly columns: number
  /** Rows start .. start+count-1, row-major. */
  readBlock(start: number, count: number): Promise<Float32Array>
  /** Rows of an ascending list. */
  readRows(list: Uint32Array): Promise<Float32Array>
}

/** Where a traversal stands after a pass over all rows; enough to go on from. */
export interface TraversalState {
  readonly picks: Uint32Array
  /** Distance of every pick to the picks before it; the first one's is Infinity. */
  readonly distances: Float32Array
  /** Squared distance of every row to the nearest pick; Infinity before the first pass. */
  readonly squared: Float32Array
  /** The nearest pick of every row, as a place in `picks`. */
  readonly nearest: Uint32Array
}

export interface TraversalOptions {
  readonly signal: AbortSignal
  readonly resume?: TraversalState
  /** Rows held in memory; 4,096 or 16 MB when absent. */
  readonly held?: number
}

/** What is yielded: picks so far, and the state after a pass. */
export interface TraversalStep {
  readonly picked: number
  readonly state?: TraversalState
}

const blockNumbers = 2_097_152
const picksPerPass = 256
const workPerStep = 2e7
/** Squared distances below this share of the squared lengths are rounding: the rows are the same. */
const sameRow = 2e-6

/**
 * Picks `need` rows, starting with row `first`; equal distances go to the lower row. The result is
 * the state after a last pass. Memory: 16 bytes per row, the held rows, one block.
 */
export async function* farthestFirst(
  tf: TensorFlow,
  source: ReadableRows,
  need: number,
  first: number,
  { signal, resume, held }: TraversalOptions
): AsyncGenerator<TraversalStep, TraversalState, void> {
  const count = source.rows
  if (!(need >= 1 && need <= count)) throw new RangeError(`cannot pick ${need} of ${count}`)
  const hold = Math.min(
    count,
    held ?? Math.max(256, Math.min(4096, Math.floor(4_194_304 / source.columns)))
  )
  const picks = new Uint32Array(need)
  const distances = new Float32Array(need)
  const squared = new Float32Array(count).fill(Infinity)
  const nearest = new Uint32Array(count)
  const isPicked = new Uint8Array(count)
  const plain = Uint32Array.from({ length: count }, (_, i) => i)
  let picked = 0
  let seen = 0
  const stateNow = (): TraversalState => ({
    picks: picks.slice(0, picked),
    distances: distances.slice(0, picked),
    squared: squared.slice(),
    nearest: nearest.slice()
  })
  if (resume === undefined) {
    picks[0] = first
    distances[0] = Infinity
    picked = 1
  } else {
    picks.set(resume.picks)
    distances.set(resume.distances)
    squared.set(resume.squared)
    nearest.set(resume.nearest)
    picked = seen = resume.picks.length
  }
  for (const row of picks.subarray(0, picked)) isPicked[row] = 1
  for (;;) {
    if (seen < picked) {
      const newest = await source.readRows(picks.slice(seen, picked).sort())
      const rowsOf = picks.slice(seen, picked).sort()
      const placeOf = new Map(
        Array.from(picks.subarray(seen, picked), (row, at) => [row, seen + at])
      )
      const places = Uint32Array.from(rowsOf, (row) => placeOf.get(row) ?? 0)
      const look = lookAtAll(tf, source, newest, places, squared, nearest, signal)
      while ((await look.next()).done !== true) yield { picked }
      seen = picked
      if (picked === need) return stateNow()
      yield { picked, state: stateNow() }
    }
    const order = rankDescending(
      squared.map((value, row) => (isPicked[row] === 1 ? -1 : value)),
      plain
    )
    const heldRows = order.slice(0, hold).sort()
    // What is not held is at most as far as the first of it.
    const bound = hold < count ? squared[order[hold]] : -1
    const boundRow = hold < count ? order[hold] : count
    const pass = pickFromHeld(await source.readRows(heldRows), source.columns)
    const values = Float32Array.from(heldRows, (row) => (isPicked[row] === 1 ? -1 : squared[row]))
    let work = 0
    while (picked < need && picked - seen < picksPerPass) {
      let best = 0
      for (let i = 1; i < values.length; i++) if (values[i] > values[best]) best = i
      const row = heldRows[best]
      const isSure = values[best] > bound || (values[best] === bound && row < boundRow)
      // The first one is always the farthest of all: every round gets on.
      if (values[best] < 0 || (!isSure && picked > seen)) break
      picks[picked] = row
      distances[picked++] = Math.sqrt(Math.max(0, values[best]))
      isPicked[row] = 1
      pass.shrink(values, best)
      values[best] = -1
      work += values.length * source.columns
      if (work < workPerStep) continue
      work = 0
      signal.throwIfAborted()
      yield { picked }
    }
  }
}

/** Distances among the held rows, in float64. */
function pickFromHeld(
  rows: Float32Array,
  columns: number
): { shrink(values: Float32Array, pick: number): void } {
  return {
    shrink(values, pick) {
      const at = pick * columns
      for (let i = 0; i < values.length; i++) {
        if (values[i] <= 0) continue
        const from = i * columns
        const most = values[i]
        let sum = 0
        for (let j = 0; j < columns && sum < most; j++) {
          const offset = rows[from + j] - rows[at + j]
          sum += offset * offset
        }
        if (sum < most) values[i] = sum
      }
    }
  }
}

/** Shrinks the distances of all rows by the newest picks, with one matrix product per block. */
async function* lookAtAll(
  tf: TensorFlow,
  source: ReadableRows,
  newest: Float32Array,
  places: Uint32Array,
  squared: Float32Array,
  nearest: Uint32Array,
  signal: AbortSignal
): AsyncGenerator<void, void, void> {
  const { columns } = source
  const size = Math.max(64, Math.min(4096, Math.floor(blockNumbers / columns)))
  const picks = places.length
  const lengths = squaredLengths(newest, columns)
  const right = tf.tidy(() => tf.transpose(tf.tensor2d(newest, [picks, columns])))
  try {
    for (let from = 0; from < source.rows; from += size) {
      signal.throwIfAborted()
      const rows = Math.min(size, source.rows - from)
      const block = await source.readBlock(from, rows)
      const own = squaredLengths(block, columns)
      const product = tf.tidy(() => tf.matMul(tf.tensor2d(block, [rows, columns]), right))
      const dots = (await product.data()) as Float32Array
      product.dispose()
      for (let i = 0; i < rows; i++) {
        for (let p = 0; p < picks; p++) {
          const both = own[i] + lengths[p]
          const far = both - 2 * dots[i * picks + p]
          const distance = far <= sameRow * both ? 0 : far
          if (distance >= squared[from + i]) continue
          squared[from + i] = distance
          nearest[from + i] = places[p]
        }
      }
      yield
    }
  } finally {
    right.dispose()
  }
}

function squaredLengths(rows: Float32Array, columns: number): Float64Array {
  return Float64Array.from({ length: rows.length / columns }, (_, i) => {
    let sum = 0
    for (let j = i * columns; j < (i + 1) * columns; j++) sum += rows[j] * rows[j]
    return sum
  })
}
