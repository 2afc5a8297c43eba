// The mean of phi phi^T over rows of a joined matrix, TRAK's Phi^T Phi: rows are read in blocks and
// never kept, wide ones are projected with random signs on the way.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { fillSigns } from '../../../compute/kernels/rademacher.ts'
import { isReadable } from '../../../compute/kernels/readable-row.ts'
import type { FeatureSource } from '../../../features/feature-matrix.ts'
import { widestCurvature, type Curvature } from '../../head-gradients/curvature.ts'
import type { MethodContext } from '../../method.ts'
import { multiply, type Projection } from './projected.ts'

/** Numbers of a row that are projected with one block of signs. */
const panelColumns = 1024
const blockNumbers = 4_194_304

/** The rows measured: all of them up to `most`, otherwise drawn by lot, ascending. */
export function measuredRows(
  { random }: Pick<MethodContext, 'random'>,
  rows: number,
  most: number
): Uint32Array {
  if (rows <= most) return Uint32Array.from({ length: rows }, (_, row) => row)
  return random.fork('curvature').sample(rows, most).sort()
}

/** How rows of a checkpoint are projected; undefined where they are narrow enough as they are. */
export function projectionFor(
  { random }: Pick<MethodContext, 'random'>,
  checkpoint: number,
  columns: number,
  size: number,
  widest: number = widestCurvature
): Projection | undefined {
  if (columns <= widest) return undefined
  // A row is laid out as panels, so that no block of signs is large.
  const labels = Math.ceil(columns / panelColumns)
  const seed = random.fork(`signs ${checkpoint}`).uint32()
  return { seed, labels, width: panelColumns, size }
}

/** A row filled up with zeros to whole panels. */
export function padded({ labels, width }: Projection, row: Float32Array): Float64Array {
  const out = new Float64Array(labels * width)
  out.set(row)
  return out
}

/**
 * The mean over the rows of a list that can be read; yields rows done, and returns how many were
 * used. Products in float32, summed up in float64 in blocks that depend on the columns alone. Throws
 * the signal's reason and what reading throws.
 */
export async function* secondMoment(
  { device, signal }: Pick<MethodContext, 'device' | 'signal'>,
  source: Pick<FeatureSource, 'columns' | 'readRows'>,
  picked: Uint32Array,
  projection: Projection | undefined
): AsyncGenerator<number, { readonly curvature: Curvature; readonly used: number }, void> {
  const { tf } = device
  const { columns } = source
  const n = projection?.size ?? columns
  const matrix = new Float64Array(n * n)
  const step = Math.max(16, Math.min(1024, Math.floor(blockNumbers / columns)))
  let used = 0
  for (let from = 0; from < picked.length; from += step) {
    signal.throwIfAborted()
    const list = picked.subarray(from, from + step)
    const values = await source.readRows(list)
    used += blankUnreadable(values, columns)
    const phi =
      projection === undefined ? values : await project(tf, projection, values, columns, signal)
    const count = list.length
    const turned = new Float32Array(phi.length)
    for (let i = 0; i < count; i++)
      for (let k = 0; k < n; k++) turned[k * count + i] = phi[i * n + k]
    const part = await multiply(tf, turned, n, count, phi, n)
    for (let i = 0; i < matrix.length; i++) matrix[i] += part[i]
    yield Math.min(picked.length, from + step)
  }
  const share = 1 / (Math.max(1, used) * (projection?.size ?? 1))
  for (let i = 0; i < matrix.length; i++) matrix[i] *= share
  return { curvature: { matrix, n }, used }
}

/** Turns rows that cannot be read into zeros; returns how many can. */
function blankUnreadable(values: Float32Array, columns: number): number {
  let used = 0
  for (let at = 0; at < values.length; at += columns) {
    if (isReadable(values, at, columns)) used++
    else values.fill(0, at, at + columns)
  }
  return used
}

/** R^T of every row, without the 1 / sqrt(size): count x size. */
async function project(
  tf: TensorFlow,
  { seed, labels, width, size }: Projection,
  values: Float32Array,
  columns: number,
  signal: AbortSignal
): Promise<Float32Array> {
  const count = values.length / columns
  const out = new Float32Array(count * size)
  const signs = new Float32Array(width * size)
  const own = new Float32Array(count * width)
  for (let label = 0; label < labels; label++) {
    signal.throwIfAborted()
    fillSigns(seed, label, width, size, signs)
    const first = label * width
    const taken = Math.min(width, columns - first)
    own.fill(0)
    for (let i = 0; i < count; i++)
      own.set(values.subarray(i * columns + first, i * columns + first + taken), i * width)
    const part = await multiply(tf, own, count, width, signs, size)
    for (let i = 0; i < out.length; i++) out[i] += part[i]
  }
  return out
}
