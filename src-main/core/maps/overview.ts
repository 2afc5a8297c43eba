// The first map, there within seconds: every item on the two directions along which the items differ
// most (principal component analysis). The axes come from the landmarks, the items from one pass
// over the file. More axes are kept for the search of each item's nearest landmarks.
import type { TensorFlow } from '../compute/devices/device.ts'
import { breathe } from '../features/breathe.ts'
import { multiply, type Matrix } from '../features/matrix-product.ts'
import { principalAxes, type PrincipalAxes } from '../features/principal-axes.ts'
import { blankRows, type MapRows } from './map-rows.ts'

/** Axes kept for searching; the first two draw the map. */
export const searchAxes = 64

export interface Overview {
  readonly x: Float32Array
  readonly y: Float32Array
  /** 1 = a row of zeros, like nothing. */
  readonly blank: Uint8Array
  readonly axes: PrincipalAxes
}

const blockRows = 4096

/** Yields the rows that are placed. Deterministic for a device. */
export async function* drawOverview(
  tf: TensorFlow,
  rows: MapRows,
  landmarks: Uint32Array,
  seed: number,
  signal: AbortSignal
): AsyncGenerator<number, Overview, void> {
  const axes = turned(await axesOf(tf, rows, landmarks, seed, signal))
  const x = new Float32Array(rows.rows)
  const y = new Float32Array(rows.rows)
  const blank = new Uint8Array(rows.rows)
  const two = tf.tensor2d(firstColumns(axes, 2), [rows.columns, Math.min(2, axes.columns)])
  try {
    for (let start = 0; start < rows.rows; start += blockRows) {
      await breathe(signal)
      const count = Math.min(blockRows, rows.rows - start)
      const block = await rows.readBlock(start, count)
      blank.set(blankRows(block, rows.columns), start)
      const placed = multiply(tf, centred(block, axes.mean), rows.columns, two)
      const width = placed.length / count
      for (let i = 0; i < count; i++) {
        x[start + i] = placed[i * width]
        // Rows on a line have one axis only.
        y[start + i] = width > 1 ? placed[i * width + 1] : 0
      }
      yield start + count
    }
  } finally {
    two.dispose()
  }
  return { x, y, blank, axes }
}

async function axesOf(
  tf: TensorFlow,
  rows: MapRows,
  landmarks: Uint32Array,
  seed: number,
  signal: AbortSignal
): Promise<PrincipalAxes> {
  const sample = await rows.readRows(landmarks)
  const blank = blankRows(sample, rows.columns)
  const used = blank.includes(1) ? withoutBlank(sample, rows.columns, blank) : sample
  if (used.length === 0) {
    const { columns } = rows
    return {
      mean: new Float32Array(columns),
      axes: new Float32Array(columns),
      variances: new Float64Array(1),
      columns: 1
    }
  }
  return principalAxes(tf, used, rows.columns, searchAxes, seed, signal)
}

function withoutBlank(values: Float32Array, columns: number, blank: Uint8Array): Float32Array {
  const kept = Array.from(blank.keys()).filter((i) => blank[i] === 0)
  const out = new Float32Array(kept.length * columns)
  kept.forEach((from, to) =>
    out.set(values.subarray(from * columns, (from + 1) * columns), to * columns)
  )
  return out
}

/** An axis and its opposite serve equally well; the one whose largest part is positive is taken. */
function turned(found: PrincipalAxes): PrincipalAxes {
  const { columns } = found
  const axes = found.axes.slice()
  const width = axes.length / columns
  for (let k = 0; k < columns; k++) {
    let largest = 0
    for (let j = 0; j < width; j++) {
      const value = axes[j * columns + k]
      if (Math.abs(value) > Math.abs(largest)) largest = value
    }
    if (largest >= 0) continue
    for (let j = 0; j < width; j++) axes[j * columns + k] = -axes[j * columns + k]
  }
  return { ...found, axes }
}

function firstColumns({ axes, columns }: PrincipalAxes, wanted: number): Float32Array {
  const kept = Math.min(wanted, columns)
  const width = axes.length / columns
  const out = new Float32Array(width * kept)
  for (let j = 0; j < width; j++)
    for (let k = 0; k < kept; k++) out[j * kept + k] = axes[j * columns + k]
  return out
}

/** Subtracts the mean from every row, in place. */
function centred(values: Float32Array, mean: Float32Array): Float32Array {
  for (let at = 0; at < values.length; at += mean.length)
    for (let j = 0; j < mean.length; j++) values[at + j] -= mean[j]
  return values
}

/** Rows on the search axes: rows x axes.columns. The given rows are changed. */
export function onAxes(
  tf: TensorFlow,
  values: Float32Array,
  mean: Float32Array,
  axes: Matrix
): Float32Array {
  return multiply(tf, centred(values, mean), mean.length, axes)
}
