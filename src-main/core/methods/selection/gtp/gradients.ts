// Gradient trajectories of rows as a dictionary, in factors (specs 0): at pass t a row's gradient is
// error e_t (x) feature h, so with s = (sqrt(share_t) e_t)_t its trajectory is s (x) h and
//   a_i . R = s_i' R h_i,   a_i . a_j = (s_i . s_j)(h_i . h_j),   sum w_i a_i = S' diag(w) H.
// Rows stream through in blocks; where they fit into the allowed memory, the factors are kept.
import type { Device } from '../../../compute/devices/device.ts'
import { scaleRowInto } from '../../../compute/kernels/scaling.ts'
import { probabilitiesToErrors, softmaxInPlace } from '../../../compute/kernels/softmax.ts'
import type { Dictionary } from './dictionary.ts'
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

/** Factors of some rows: n x width features, n x (T classes) errors. */
interface Factors {
  readonly features: Float32Array
  readonly errors: Float32Array
}

/** A dictionary of gradient trajectories. */
export interface GradientDictionary extends Dictionary {
  /** Numbers of one trajectory: T x classes x width. */
  readonly size: number
  /** Rows with a number that is not finite. */
  readonly notFinite: number
  /** Rows whose trajectory is zero. */
  readonly zero: number
  /** 1 for rows with a number that is not finite. */
  readonly isBad: Uint8Array
}

/** Rows of the Gram matrix made at once. */
const gramRows = 1024

/** Goes over the rows once (lengths, and the factors where they are kept). Yields rows done. */
export async function* openGradients(
  rows: LabelledRows,
  trajectory: Trajectory,
  options: GradientOptions
): AsyncGenerator<number, GradientDictionary, void> {
  const { device, signal, blockRows, isUnit } = options
  const { tf } = device
  const width = trajectory.scaling.center.length + 1
  const outputs = trajectory.classes * trajectory.shares.length
  const size = outputs * width
  const count = rows.count
  const isKept = 4 * count * (width + outputs) <= options.keepBytes
  const kept: Factors[] = []
  const squares = new Float32Array(count)
  const isBad = new Uint8Array(count)
  let notFinite = 0
  let zero = 0

  async function make(raw: Float32Array, labelAt: (i: number) => number): Promise<Factors> {
    const found = await factorsOf(device, raw, labelAt, trajectory)
    if (isUnit) toUnitLength(found, width, outputs)
    return found
  }
  async function block(first: number): Promise<Factors> {
    const held = kept[first / blockRows]
    if (held !== undefined) return held
    const raw = await rows.readBlock(first, Math.min(blockRows, count - first))
    return make(raw, (i) => rows.label(first + i))
  }
  /** Factors of single rows, from what is kept or read anew. */
  async function some(wanted: Uint32Array): Promise<Factors> {
    if (!isKept) {
      const raw = await rows.readSome(wanted)
      return make(raw, (i) => rows.label(wanted[i]))
    }
    const out = {
      features: new Float32Array(wanted.length * width),
      errors: new Float32Array(wanted.length * outputs)
    }
    wanted.forEach((row, at) => {
      const { features, errors } = kept[Math.floor(row / blockRows)]
      const i = row % blockRows
      out.features.set(features.subarray(i * width, (i + 1) * width), at * width)
      out.errors.set(errors.subarray(i * outputs, (i + 1) * outputs), at * outputs)
    })
    return out
  }
  async function sumOf({ features, errors }: Factors): Promise<Float32Array> {
    const n = features.length / width
    const product = tf.tidy(() =>
      tf.matMul(
        tf.tensor2d(transposed(errors, n, outputs), [outputs, n]),
        tf.tensor2d(features, [n, width])
      )
    )
    const values = (await product.data()) as Float32Array
    product.dispose()
    return values
  }

  for (let first = 0; first < count; first += blockRows) {
    signal.throwIfAborted()
    const found = await block(first)
    const n = found.features.length / width
    for (let i = 0; i < n; i++) {
      const h = squaresOf(found.features, i * width, width)
      squares[first + i] = h * squaresOf(found.errors, i * outputs, outputs)
      // scaleRowInto leaves the trailing 1 out of a row that is not finite.
      if (h === 0) {
        isBad[first + i] = 1
        notFinite++
      } else if (squares[first + i] === 0) zero++
    }
    if (isKept) kept.push(found)
    yield Math.min(count, first + blockRows)
  }

  return {
    count,
    size,
    squares,
    notFinite,
    zero,
    isBad,
    async *products(vector) {
      const out = new Float32Array(count)
      const right = tf.tensor2d(transposed(vector, outputs, width), [width, outputs])
      try {
        for (let first = 0; first < count; first += blockRows) {
          signal.throwIfAborted()
          const { features, errors } = await block(first)
          const n = features.length / width
          const product = tf.tidy(() => tf.matMul(tf.tensor2d(features, [n, width]), right))
          const values = (await product.data()) as Float32Array
          product.dispose()
          for (let i = 0; i < n; i++) {
            let sum = 0
            for (let c = i * outputs; c < (i + 1) * outputs; c++) sum += errors[c] * values[c]
            out[first + i] = sum
          }
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
      const sum = new Float64Array(size)
      for (let from = 0; from < columns.length; from += blockRows) {
        signal.throwIfAborted()
        const part = await some(columns.subarray(from, from + blockRows))
        const n = part.features.length / width
        for (let i = 0; i < n; i++)
          for (let c = i * outputs; c < (i + 1) * outputs; c++) part.errors[c] *= weights[from + i]
        addTo(sum, await sumOf(part))
      }
      return sum
    }
  }
}

function addTo(sum: Float64Array, values: Float32Array): void {
  for (let i = 0; i < sum.length; i++) sum[i] += values[i]
}

function squaresOf(values: Float32Array, at: number, count: number): number {
  let sum = 0
  for (let i = at; i < at + count; i++) sum += values[i] * values[i]
  return sum
}

function transposed(values: ArrayLike<number>, rows: number, columns: number): Float32Array {
  const out = new Float32Array(rows * columns)
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) out[c * rows + r] = values[r * columns + c]
  return out
}

/** Scaled features with their trailing 1, and errors of all passes times sqrt(share). */
async function factorsOf(
  { tf }: Device,
  raw: Float32Array,
  labelAt: (i: number) => number,
  trajectory: Trajectory
): Promise<Factors> {
  const { classes, scaling, heads, shares, centroids } = trajectory
  const columns = scaling.center.length
  const width = columns + 1
  const n = raw.length / columns
  const features = new Float32Array(n * width)
  for (let i = 0; i < n; i++) scaleRowInto(raw, i * columns, scaling, features, i * width)
  const passes = shares.length
  const lines = (heads.length + centroids.length) / width
  const product = tf.tidy(() => {
    const all = new Float32Array(lines * width)
    all.set(heads)
    all.set(centroids, heads.length)
    const right = tf.tensor2d(transposed(all, lines, width), [width, lines])
    return tf.matMul(tf.tensor2d(features, [n, width]), right)
  })
  const values = (await product.data()) as Float32Array
  product.dispose()
  const errors = new Float32Array(n * passes * classes)
  const error = new Float64Array(classes)
  for (let i = 0; i < n; i++) {
    // A row that is not finite keeps errors of zero.
    if (features[i * width + columns] === 0) continue
    const own = ownLabel(values, i * lines, trajectory, labelAt(i))
    for (let t = 0; t < passes; t++) {
      for (let c = 0; c < classes; c++) error[c] = values[i * lines + t * classes + c]
      softmaxInPlace(error)
      probabilitiesToErrors(error, own)
      const scale = Math.sqrt(shares[t])
      for (let c = 0; c < classes; c++) errors[(i * passes + t) * classes + c] = scale * error[c]
    }
  }
  return { features, errors }
}

/** The group the row falls in, else its label, else the best guess of the last head. */
function ownLabel(
  values: Float32Array,
  at: number,
  { classes, shares, centroids }: Trajectory,
  label: number
): number {
  if (centroids.length === 0 && label >= 0) return label
  const from = at + (centroids.length > 0 ? shares.length : shares.length - 1) * classes
  let best = 0
  for (let c = 1; c < classes; c++) if (values[from + c] > values[from + best]) best = c
  return best
}

/** Divides errors by the trajectory's length; a zero row stays zero. */
function toUnitLength({ features, errors }: Factors, width: number, outputs: number): void {
  for (let i = 0; i < features.length / width; i++) {
    const length = Math.sqrt(
      squaresOf(features, i * width, width) * squaresOf(errors, i * outputs, outputs)
    )
    if (length === 0) continue
    for (let c = i * outputs; c < (i + 1) * outputs; c++) errors[c] /= length
  }
}

/** (S S') .* (H H') of two lists of rows, in blocks of the left ones. */
async function gramOf(
  { tf }: Device,
  signal: AbortSignal,
  left: Factors,
  right: Factors,
  width: number,
  outputs: number
): Promise<Float32Array> {
  const count = left.features.length / width
  const n = right.features.length / width
  const out = new Float32Array(count * n)
  if (out.length === 0) return out
  const features = tf.tensor2d(transposed(right.features, n, width), [width, n])
  const errors = tf.tensor2d(transposed(right.errors, n, outputs), [outputs, n])
  try {
    for (let from = 0; from < count; from += gramRows) {
      signal.throwIfAborted()
      const to = Math.min(count, from + gramRows)
      const product = tf.tidy(() => {
        const h = tf.tensor2d(left.features.subarray(from * width, to * width), [to - from, width])
        const s = tf.tensor2d(left.errors.subarray(from * outputs, to * outputs), [
          to - from,
          outputs
        ])
        return tf.mul(tf.matMul(h, features), tf.matMul(s, errors))
      })
      out.set((await product.data()) as Float32Array, from * n)
      product.dispose()
    }
  } finally {
    tf.dispose([features, errors])
  }
  return out
}
