// Gradients made elsewhere in the form TAROT compares: per checkpoint every row is brought to length 1,
// wide ones are projected with random signs, and the checkpoints lie end to end, so that a cosine is
// the mean of theirs. Rows are read in blocks and never kept.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { isReadable } from '../../../compute/kernels/readable-row.ts'
import { fillSigns } from '../../../compute/kernels/rademacher.ts'
import type { FeatureSource } from '../../../features/feature-matrix.ts'
import { gradientsOf } from '../../gradients/part-directions.ts'
import type {
  GradientCheckpoint,
  MethodContext,
  SelectionInputs,
  TargetTask
} from '../../method.ts'

/** Inputs whose fingerprints are the joined gradients. */
export interface GradientRows {
  readonly inputs: SelectionInputs
  /** Numbers of a row as joined, and as compared. */
  readonly joined: number
  readonly columns: number
  dispose(): void
}

/** Numbers every checkpoint's rows have after the projection, `size` together at most. */
export function projectedSizes(columns: readonly number[], size: number): number[] {
  const all = columns.reduce((sum, own) => sum + own, 0)
  if (all <= size) return [...columns]
  const share = Math.max(1, Math.floor(size / columns.length))
  return columns.map((own) => Math.min(own, share))
}

/**
 * The inputs with gradients in place of fingerprints, candidates and examples in the same form. Rows
 * with a number that cannot be used, and rows of zeros at every checkpoint, are read as NaN. Keeps
 * the signs of wide checkpoints on the device until disposed.
 */
export async function gradientRows(
  context: Pick<MethodContext, 'device' | 'random'>,
  inputs: SelectionInputs,
  gradients: readonly GradientCheckpoint[],
  size: number
): Promise<GradientRows> {
  const { tf } = context.device
  const widths = gradients.map(({ rows }) => rows.columns)
  const sizes = projectedSizes(widths, size)
  const random = context.random.fork('tarot')
  const maps = widths.map((width, c) => {
    const isWhole = sizes[c] === width
    return isWhole ? undefined : signsOf(tf, random.fork(`signs ${c}`).uint32(), width, sizes[c])
  })
  const columns = sizes.reduce((sum, own) => sum + own, 0)
  const form = (blocks: readonly Float32Array[]): Promise<Float32Array> =>
    joinRows(tf, blocks, widths, sizes, maps)
  const readAll = (read: (rows: FeatureSource) => Promise<Float32Array>): Promise<Float32Array> =>
    Promise.all(gradients.map(({ rows }) => read(rows))).then(form)
  const features: FeatureSource = {
    rows: inputs.features.rows,
    columns,
    readBlock: (start, count) => readAll((rows) => rows.readBlock(start, count)),
    readRows: (list) => readAll((rows) => rows.readRows(list)),
    // The files belong to the caller.
    close: () => Promise.resolve()
  }
  const tasks: TargetTask[] = []
  for (const task of inputs.tasks) {
    const parts = []
    for (const part of task.parts)
      parts.push({ ...part, features: await form(widths.map((_, c) => gradientsOf(part, c))) })
    tasks.push({ ...task, parts })
  }
  return {
    inputs: { ...inputs, features, tasks },
    joined: widths.reduce((sum, own) => sum + own, 0),
    columns,
    dispose: () => {
      for (const map of maps) map?.dispose()
    }
  }
}

type Signs = ReturnType<TensorFlow['tensor2d']>

function signsOf(tf: TensorFlow, seed: number, width: number, size: number): Signs {
  const signs = new Float32Array(width * size)
  fillSigns(seed, 0, width, size, signs)
  return tf.tensor2d(signs, [width, size])
}

/** Unit rows of all checkpoints end to end, each times 1 / sqrt(checkpoints). */
async function joinRows(
  tf: TensorFlow,
  blocks: readonly Float32Array[],
  widths: readonly number[],
  sizes: readonly number[],
  maps: readonly (Signs | undefined)[]
): Promise<Float32Array> {
  const count = blocks[0].length / widths[0]
  const columns = sizes.reduce((sum, own) => sum + own, 0)
  const out = new Float32Array(count * columns)
  const isZero = new Uint8Array(count).fill(1)
  const isBad = new Uint8Array(count)
  let first = 0
  for (const [c, width] of widths.entries()) {
    const map = maps[c]
    const scale = 1 / Math.sqrt(widths.length * (map === undefined ? 1 : sizes[c]))
    const units = unitRows(blocks[c], width, scale, isZero, isBad)
    const values = map === undefined ? units : await project(tf, units, width, map)
    for (let i = 0; i < count; i++)
      out.set(values.subarray(i * sizes[c], (i + 1) * sizes[c]), i * columns + first)
    first += sizes[c]
  }
  for (let i = 0; i < count; i++)
    if (isBad[i] === 1 || isZero[i] === 1) out.fill(NaN, i * columns, (i + 1) * columns)
  return out
}

/** Rows of length `scale` in a new array; those that cannot be read become zeros and are marked. */
function unitRows(
  block: Float32Array,
  width: number,
  scale: number,
  isZero: Uint8Array,
  isBad: Uint8Array
): Float32Array {
  const out = new Float32Array(block.length)
  for (let i = 0, at = 0; at < block.length; i++, at += width) {
    if (!isReadable(block, at, width)) {
      isBad[i] = 1
      continue
    }
    let squares = 0
    for (let j = at; j < at + width; j++) squares += block[j] * block[j]
    if (squares === 0) continue
    isZero[i] = 0
    const factor = scale / Math.sqrt(squares)
    for (let j = at; j < at + width; j++) out[j] = factor * block[j]
  }
  return out
}

async function project(
  tf: TensorFlow,
  rows: Float32Array,
  width: number,
  signs: Signs
): Promise<Float32Array> {
  const left = tf.tensor2d(rows, [rows.length / width, width])
  const product = tf.matMul(left, signs)
  const values = (await product.data()) as Float32Array
  tf.dispose([left, product])
  return values
}

/** More rows than this, or ten for every number, do not make the spread any better known. */
const mostMeasured = 20_000

/** Rows the spread of gradients is measured on: to project every row for it would take hours. */
export function spreadRows(rows: number, columns: number): number {
  return Math.min(rows, Math.max(mostMeasured, 10 * columns))
}

/** So many rows of a source, drawn by lot and in their order; all of them where there are no more. */
export function sampleOf(
  source: FeatureSource,
  count: number,
  { random }: Pick<MethodContext, 'random'>
): FeatureSource {
  if (count >= source.rows) return source
  const picked = random.fork('spread').sample(source.rows, count).sort()
  return {
    rows: count,
    columns: source.columns,
    readBlock: (start, size) => source.readRows(picked.subarray(start, start + size)),
    readRows: (list) => source.readRows(Uint32Array.from(list, (at) => picked[at])),
    close: () => Promise.resolve()
  }
}
