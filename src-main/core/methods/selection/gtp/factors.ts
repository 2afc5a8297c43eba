// The factors of gradient trajectories and what is computed from them (specs 0): errors of all passes
// and features of some rows, their Gram matrix and their weighted sum.
import type { Device } from '../../../compute/devices/device.ts'
import { scaleRowInto } from '../../../compute/kernels/scaling.ts'
import { probabilitiesToErrors, softmaxInPlace } from '../../../compute/kernels/softmax.ts'
import type { Trajectory } from './trajectory.ts'

/** Factors of some rows: n x width features, n x (T classes) errors. */
export interface Factors {
  readonly features: Float32Array
  readonly errors: Float32Array
}

/** Rows of the Gram matrix made at once. */
const gramRows = 1024

/** Sum of squares of `count` numbers from `at`. */
export function squaresOf(values: Float32Array, at: number, count: number): number {
  let sum = 0
  for (let i = at; i < at + count; i++) sum += values[i] * values[i]
  return sum
}

/** rows x columns numbers as columns x rows. */
export function transposed(values: ArrayLike<number>, rows: number, columns: number): Float32Array {
  const out = new Float32Array(rows * columns)
  for (let r = 0; r < rows; r++)
    for (let c = 0; c < columns; c++) out[c * rows + r] = values[r * columns + c]
  return out
}

/** Scaled features with their trailing 1, and errors of all passes times sqrt(share). */
export async function factorsOf(
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
export function toUnitLength({ features, errors }: Factors, width: number, outputs: number): void {
  for (let i = 0; i < features.length / width; i++) {
    const length = Math.sqrt(
      squaresOf(features, i * width, width) * squaresOf(errors, i * outputs, outputs)
    )
    if (length === 0) continue
    for (let c = i * outputs; c < (i + 1) * outputs; c++) errors[c] /= length
  }
}

/** S' H: outputs x width, the sum of the rows' trajectories. */
export async function sumOf(
  { tf }: Device,
  { features, errors }: Factors,
  width: number,
  outputs: number
): Promise<Float32Array> {
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

/**
 * Products s_i' R h_i of rows with a matrix R.
 * @param right R transposed, width x outputs, on the device
 */
export async function productsOf(
  { tf }: Device,
  { features, errors }: Factors,
  right: ReturnType<Device['tf']['tensor2d']>,
  out: Float32Array
): Promise<void> {
  const [width, outputs] = right.shape
  const n = features.length / width
  const product = tf.tidy(() => tf.matMul(tf.tensor2d(features, [n, width]), right))
  const values = (await product.data()) as Float32Array
  product.dispose()
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let c = i * outputs; c < (i + 1) * outputs; c++) sum += errors[c] * values[c]
    out[i] = sum
  }
}

/** (S S') .* (H H') of two lists of rows, in blocks of the left ones. */
export async function gramOf(
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
