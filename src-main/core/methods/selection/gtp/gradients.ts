// Gradient trajectories of rows as a dictionary, in factors (specs 0): at pass t a row's gradient is
// error e_t (x) feature h, so with s = (sqrt(share_t) e_t)_t its trajectory is s (x) h and
//   a_i . R = s_i' R h_i,   a_i . a_j = (s_i . s_j)(h_i . h_j),   sum w_i a_i = S' diag(w) H.
// Rows stream through in blocks; where they fit into the allowed memory, the factors are kept.
import type { Device } from '../../../compute/devices/device.ts'
import { copyKey } from './copies.ts'
import type { Dictionary } from './dictionary.ts'
import {
  factorsOf,
  gramOf,
  productsOf,
  squaresOf,
  sumOf,
  toUnitLength,
  transposed,
  type Factors
} from './factors.ts'
import type { Trajectory } from './trajectory.ts'

/** Where rows and their labels come from. */
export interface LabelledRows {
  readonly count: number
  /** Raw features of rows first .. first+count-1, row-major. */
  readBlock(first: number, count: number): Promise<Float32Array>
  /** Raw features of some rows. */
  readSome(rows: Uint32Array): Promise<Float32Array>
  /** Class index, -1 = none. */
  label(row: number): number
}

export interface GradientOptions {
  readonly device: Device
  readonly signal: AbortSignal
  /** Rows of one block. */
  readonly blockRows: number
  /** Factors of up to so many bytes are kept between passes. */
  readonly keepBytes: number
  /** True: every trajectory is brought to length 1 (long and short texts alike). */
  readonly isUnit: boolean
}

/** What the first pass over the rows finds. */
interface RowFacts {
  readonly squares: Float32Array
  /** 1 for rows with a number that is not finite. */
  readonly isBad: Uint8Array
  /** Keys that exact copies share, see copies.ts. */
  readonly keys: Float64Array
  /** Rows with a number that is not finite, and rows whose trajectory is zero. */
  readonly notFinite: number
  readonly zero: number
}

/** A dictionary of gradient trajectories. */
export interface GradientDictionary extends Dictionary, RowFacts {
  readonly squares: Float32Array
  /** Numbers of one trajectory: T x classes x width. */
  readonly size: number
}

/** Factors by block and by row, from memory or made anew. */
interface FactorStore {
  readonly width: number
  readonly outputs: number
  block(first: number): Promise<Factors>
  some(rows: Uint32Array): Promise<Factors>
}

/** Goes over the rows once (lengths, and the factors where they are kept). Yields rows done. */
export async function* openGradients(
  rows: LabelledRows,
  trajectory: Trajectory,
  options: GradientOptions
): AsyncGenerator<number, GradientDictionary, void> {
  const store = openStore(rows, trajectory, options)
  const facts = yield* factsOf(rows, store, options)
  return { ...facts, ...operations(rows.count, store, options), size: store.width * store.outputs }
}

function openStore(
  rows: LabelledRows,
  trajectory: Trajectory,
  { device, blockRows, keepBytes, isUnit }: GradientOptions
): FactorStore {
  const width = trajectory.scaling.center.length + 1
  const outputs = trajectory.classes * trajectory.shares.length
  const isKept = 4 * rows.count * (width + outputs) <= keepBytes
  const kept = new Map<number, Factors>()

  async function make(raw: Float32Array, labelAt: (i: number) => number): Promise<Factors> {
    const found = await factorsOf(device, raw, labelAt, trajectory)
    if (isUnit) toUnitLength(found, width, outputs)
    return found
  }
  async function block(first: number): Promise<Factors> {
    const held = kept.get(first)
    if (held !== undefined) return held
    const raw = await rows.readBlock(first, Math.min(blockRows, rows.count - first))
    const found = await make(raw, (i) => rows.label(first + i))
    if (isKept) kept.set(first, found)
    return found
  }
  async function some(wanted: Uint32Array): Promise<Factors> {
    if (!isKept) return make(await rows.readSome(wanted), (i) => rows.label(wanted[i]))
    const features = new Float32Array(wanted.length * width)
    const errors = new Float32Array(wanted.length * outputs)
    for (const [at, row] of wanted.entries()) {
      const i = row % blockRows
      const from = await block(row - i)
      features.set(from.features.subarray(i * width, (i + 1) * width), at * width)
      errors.set(from.errors.subarray(i * outputs, (i + 1) * outputs), at * outputs)
    }
    return { features, errors }
  }
  return { width, outputs, block, some }
}

async function* factsOf(
  rows: LabelledRows,
  { width, outputs, block }: FactorStore,
  { signal, blockRows }: GradientOptions
): AsyncGenerator<number, RowFacts, void> {
  const { count } = rows
  const squares = new Float32Array(count)
  const isBad = new Uint8Array(count)
  const keys = new Float64Array(count)
  let notFinite = 0
  let zero = 0
  for (let first = 0; first < count; first += blockRows) {
    signal.throwIfAborted()
    const { features, errors } = await block(first)
    for (let i = 0; i < features.length / width; i++) {
      const row = first + i
      const h = squaresOf(features, i * width, width)
      squares[row] = h * squaresOf(errors, i * outputs, outputs)
      keys[row] = copyKey(features, i * width, width, rows.label(row))
      // scaleRowInto leaves the trailing 1 out of a row that is not finite.
      if (h === 0) {
        isBad[row] = 1
        notFinite++
      } else if (squares[row] === 0) zero++
    }
    yield Math.min(count, first + blockRows)
  }
  return { squares, isBad, keys, notFinite, zero }
}

function operations(
  count: number,
  { width, outputs, block, some }: FactorStore,
  { device, signal, blockRows }: GradientOptions
): Omit<Dictionary, 'squares'> {
  return {
    count,
    async *products(vector) {
      const out = new Float32Array(count)
      const right = device.tf.tensor2d(transposed(vector, outputs, width), [width, outputs])
      try {
        for (let first = 0; first < count; first += blockRows) {
          signal.throwIfAborted()
          await productsOf(device, await block(first), right, out.subarray(first))
          yield Math.min(count, first + blockRows)
        }
      } finally {
        right.dispose()
      }
      return out
    },
    async gram(columns, others) {
      const left = await some(columns)
      const right = others === undefined ? left : await some(others)
      return gramOf(device, signal, left, right, width, outputs)
    },
    async combine(columns, weights) {
      const sum = new Float64Array(width * outputs)
      for (let from = 0; from < columns.length; from += blockRows) {
        signal.throwIfAborted()
        const part = await some(columns.subarray(from, from + blockRows))
        for (let c = 0; c < part.errors.length; c++)
          part.errors[c] *= weights[from + Math.floor(c / outputs)]
        const values = await sumOf(device, part, width, outputs)
        for (let i = 0; i < sum.length; i++) sum[i] += values[i]
      }
      return sum
    }
  }
}
