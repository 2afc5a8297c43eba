// Compute task: how a chosen set lies in its pool. Near-duplicates inside the set, and how far the
// pool's items are from the nearest chosen one, beside the same for a random set. Bounded: large
// sets are sampled with a seed.
import { createRandom } from '../compute/random.ts'
import type { Device } from '../compute/devices/device.ts'
import { openNpy } from '../features/npy.ts'
import type { FeatureSource } from '../features/feature-matrix.ts'
import type { ComputeTask, TaskContext } from '../jobs/compute-task.ts'

export interface MeasureTaskInput {
  readonly featuresPath: string
  /** Ascending rows of the dataset. */
  readonly chosen: Uint32Array
  readonly random: Uint32Array
  readonly candidates: Uint32Array
  readonly seed: number
  readonly device: string
}

export interface SetMeasures {
  /** Share of chosen items with another chosen item more than 0.95 alike (cosine), 0..1. */
  readonly duplicateShare01: number
  /** 1 - cosine similarity from pool items to the nearest chosen one. */
  readonly meanDistance: number
  readonly maxDistance: number
}

export interface MeasureTaskOutput {
  readonly chosen: SetMeasures
  readonly random: SetMeasures
  /** True when sets or pool were sampled. */
  readonly isSampled: boolean
}

/** Items of the pool and of a set that are looked at, at most. */
export const measuredPool = 2000
export const measuredSet = 2000

/** Cosine above which two chosen items count as near-duplicates (specs B10). */
const alike = 0.95

function sampleRows(rows: Uint32Array, limit: number, seed: number, key: string): Uint32Array {
  if (rows.length <= limit) return rows
  const picked = createRandom(seed).fork(key).sample(rows.length, limit)
  return picked.map((i) => rows[i]).sort()
}

/** Rows scaled to length 1; zero rows stay zero. */
async function unitRows(source: FeatureSource, rows: Uint32Array): Promise<Float32Array> {
  const values = Float32Array.from(await source.readRows(rows))
  for (let i = 0; i < rows.length; i++) {
    const row = values.subarray(i * source.columns, (i + 1) * source.columns)
    let squares = 0
    for (const value of row) squares += value * value
    const inverse = squares > 1e-24 ? 1 / Math.sqrt(squares) : 0
    for (let j = 0; j < row.length; j++) row[j] *= inverse
  }
  return values
}

/** For each row of `left`, the largest cosine to a row of `right` that is not the same item. */
async function nearest(
  device: Device,
  left: { readonly ids: Uint32Array; readonly values: Float32Array },
  right: { readonly ids: Uint32Array; readonly values: Float32Array },
  columns: number,
  isSelfExcluded: boolean,
  context: TaskContext
): Promise<Float32Array> {
  const { tf } = device
  const best = new Float32Array(left.ids.length).fill(-1)
  const rightTensor = tf.tensor2d(right.values, [right.ids.length, columns])
  const block = 256
  try {
    for (let start = 0; start < left.ids.length; start += block) {
      context.signal.throwIfAborted()
      const count = Math.min(block, left.ids.length - start)
      const part = tf.tensor2d(left.values.subarray(start * columns, (start + count) * columns), [
        count,
        columns
      ])
      const product = tf.matMul(part, rightTensor, false, true)
      const cosines = (await product.data()) as Float32Array
      tf.dispose([part, product])
      for (let i = 0; i < count; i++) {
        for (let j = 0; j < right.ids.length; j++) {
          const value = cosines[i * right.ids.length + j]
          if (value > best[start + i] && !(isSelfExcluded && left.ids[start + i] === right.ids[j]))
            best[start + i] = value
        }
      }
    }
  } finally {
    rightTensor.dispose()
  }
  return best
}

async function measureSet(
  source: FeatureSource,
  set: Uint32Array,
  pool: Uint32Array,
  poolValues: Float32Array,
  device: Device,
  context: TaskContext
): Promise<SetMeasures> {
  const values = { ids: set, values: await unitRows(source, set) }
  const inside = await nearest(device, values, values, source.columns, true, context)
  const outside = await nearest(
    device,
    { ids: pool, values: poolValues },
    values,
    source.columns,
    false,
    context
  )
  let sum = 0
  let largest = 0
  for (const cosine of outside) {
    const distance = Math.max(0, 1 - cosine)
    sum += distance
    largest = Math.max(largest, distance)
  }
  return {
    duplicateShare01:
      inside.reduce((n, cosine) => n + (cosine > alike ? 1 : 0), 0) / Math.max(1, set.length),
    meanDistance: sum / Math.max(1, pool.length),
    maxDistance: largest
  }
}

export const measureTask: ComputeTask<MeasureTaskInput, never, MeasureTaskOutput> = {
  name: 'measure-selection',
  // eslint-disable-next-line require-yield -- bounded work: its result is its only event
  async *run(input, context) {
    const device = await context.device(input.device)
    const source = await openNpy(input.featuresPath)
    try {
      const pool = sampleRows(input.candidates, measuredPool, input.seed, 'measured pool')
      const poolValues = await unitRows(source, pool)
      const measure = (rows: Uint32Array): Promise<SetMeasures> =>
        measureSet(
          source,
          sampleRows(rows, measuredSet, input.seed, 'measured set'),
          pool,
          poolValues,
          device,
          context
        )
      return {
        chosen: await measure(input.chosen),
        random: await measure(input.random),
        isSampled: pool.length < input.candidates.length || input.chosen.length > measuredSet
      }
    } finally {
      await source.close()
    }
  }
}
