// What a memory begins as: the main directions in which real items differ (bases) and the addresses
// of real ones among them, so that it holds rough real items from the first step on.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { resizeMap } from '../../../compute/ops/pixel-map.ts'
import type { Random } from '../../../compute/random.ts'
import { principalAxes } from '../../../features/principal-axes.ts'
import { inputSize } from '../../../networks/network.ts'
import type { LabelledRows } from '../distillation-method.ts'
import { applyMap } from '../matching/decoder.ts'
import { startValues, type StartRule } from '../matching/start-items.ts'
import { baseShape } from './budget.ts'
import type { Memory, MemoryCode } from './memory.ts'

export interface StartInputs {
  readonly tf: TensorFlow
  readonly train: LabelledRows
  readonly byClass: readonly Uint32Array[]
  readonly random: Random
  readonly signal: AbortSignal
}

/** Training items whose main directions are taken, at most. */
const mostSampled = 4000

/** The first memory. "noise" is the published start: Xavier's uniform numbers. */
export async function startMemory(
  code: MemoryCode,
  inputs: StartInputs,
  rule: StartRule
): Promise<Memory> {
  const { plan, shape, classes } = code
  const { random } = inputs
  const items = classes * plan.slots
  const isPlain = plan.bases === 0
  const baseSize = inputSize(baseShape(shape, plan.shrink))
  if (rule === 'noise') {
    const rows = isPlain ? items : plan.bases
    return {
      bases: xavier(random.fork('bases'), rows, baseSize),
      coefficients: xavier(random.fork('coefficients'), isPlain ? 0 : items, plan.bases)
    }
  }
  const values = await startValues(
    { ...inputs, shape, perClass: plan.slots, factor: 1, random: random.fork('items') },
    rule
  )
  if (isPlain) return { bases: values, coefficients: new Float32Array(0) }
  const bases = await mainDirections(code, inputs)
  return { bases, coefficients: project(reduced(code, values), bases, plan.bases, baseSize) }
}

/** Uniform within sqrt(6 / (rows + columns)). */
function xavier(random: Random, rows: number, columns: number): Float32Array {
  const bound = Math.sqrt(6 / (rows + columns))
  return Float32Array.from({ length: rows * columns }, () => bound * (2 * random.uniform() - 1))
}

/** Items at the size of the bases: means of what lies under each pixel, nearly. */
function reduced({ plan, shape }: MemoryCode, values: Float32Array): Float32Array {
  if (plan.shrink === 1) return values
  const { height, width } = baseShape(shape, plan.shrink)
  return applyMap(resizeMap(shape.height, shape.width, height, width), values, shape.channels)
}

/**
 * The mean and the K - 1 main directions of training items, all of length 1 and at right angles to
 * each other (the mean as far as it does not lie in the others), so that addresses are products with
 * them. Where the items have fewer directions, the rest is a little noise.
 */
async function mainDirections(
  code: MemoryCode,
  { tf, train, random, signal }: StartInputs
): Promise<Float32Array> {
  const { plan, shape } = code
  const size = inputSize(baseShape(shape, plan.shrink))
  const sample = random.fork('sample').sample(train.count, Math.min(mostSampled, train.count))
  const rows = reduced(code, train.read(sample)).slice()
  const found = await principalAxes(
    tf,
    rows,
    size,
    plan.bases,
    random.fork('axes').uint32(),
    signal
  )
  const noise = random.fork('noise')
  const bases = new Float32Array(plan.bases * size)
  for (let k = 0; k < plan.bases; k++) {
    const base = bases.subarray(k * size, (k + 1) * size)
    if (k === 0) base.set(found.mean)
    else if (k <= found.columns)
      for (let j = 0; j < size; j++) base[j] = found.axes[j * found.columns + k - 1]
    else for (let j = 0; j < size; j++) base[j] = noise.normal()
  }
  // The mean last, so that it is the one that gives way.
  for (let k = 1; k <= plan.bases; k++) straighten(bases, k % plan.bases, plan.bases, size)
  return bases
}

/** Takes out of base k what lies in those straightened before it (1 .. k - 1; all for the mean). */
function straighten(bases: Float32Array, k: number, count: number, size: number): void {
  const base = bases.subarray(k * size, (k + 1) * size)
  const last = k === 0 ? count - 1 : k - 1
  for (let other = 1; other <= last; other++) {
    let along = 0
    for (let j = 0; j < size; j++) along += base[j] * bases[other * size + j]
    for (let j = 0; j < size; j++) base[j] -= along * bases[other * size + j]
  }
  const length = Math.sqrt(base.reduce((sum, value) => sum + value * value, 0))
  // More bases than numbers in one: the rest of it is rounding, and stays as small.
  if (length > 1e-4) for (let j = 0; j < size; j++) base[j] /= length
}

/** Products of all items with all bases: count x K. */
function project(
  values: Float32Array,
  bases: Float32Array,
  count: number,
  size: number
): Float32Array {
  const rows = values.length / size
  const out = new Float32Array(rows * count)
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < count; k++) {
      let sum = 0
      for (let j = 0; j < size; j++) sum += values[i * size + j] * bases[k * size + j]
      out[i * count + k] = sum
    }
  return out
}
