// A memory: few small pictures (bases) and, for every item, how much of each goes into it (its
// address). Items are A B, enlarged; all of it is linear, so slopes go back through the transposes.
import { resizeMap, transposed, type RowMap } from '../../../compute/ops/pixel-map.ts'
import { inputSize, type InputShape } from '../../../networks/network.ts'
import { applyMap } from '../matching/decoder.ts'
import { baseShape, type MemoryPlan } from './budget.ts'

/** The numbers of a memory. Without addressing `coefficients` are empty and `bases` are the items. */
export interface Memory {
  /** K x (h w c), channels last; without addressing (r C) x (H W C). */
  readonly bases: Float32Array
  /** (C r) x K: the addresses of class 0, then those of class 1, ... */
  readonly coefficients: Float32Array
}

/** How a memory is read. Plain functions; nothing is held on a device. */
export interface MemoryCode {
  readonly plan: MemoryPlan
  readonly shape: InputShape
  readonly classes: number
  /** All items: (C r) x size, one class after the other. */
  decode(memory: Memory): Float32Array
  /** Slopes for the memory from slopes for all items. */
  back(memory: Memory, slopes: Float32Array): Memory
  /**
   * Items for any mixture of classes: `query` has one share for each class, and item j is made from
   * the sum over classes of share times address (c, j). r x size. One-hot queries give the items of
   * a class.
   */
  ask(memory: Memory, query: ArrayLike<number>): Float32Array
}

/** The code for one plan and shape of items. */
export function memoryCode(plan: MemoryPlan, shape: InputShape, classes: number): MemoryCode {
  const small = baseShape(shape, plan.shrink)
  const baseSize = inputSize(small)
  const isPlain = plan.bases === 0
  const enlarge =
    plan.shrink === 1 ? undefined : resizeMap(small.height, small.width, shape.height, shape.width)
  const reduce = enlarge && transposed(enlarge)
  const through = (map: RowMap | undefined, values: Float32Array): Float32Array =>
    map === undefined ? values : applyMap(map, values, shape.channels)
  const mixed = (coefficients: Float32Array, bases: Float32Array): Float32Array =>
    through(enlarge, product(coefficients, bases, plan.bases, baseSize))
  return {
    plan,
    shape,
    classes,
    decode: ({ bases, coefficients }) => (isPlain ? bases.slice() : mixed(coefficients, bases)),
    back({ bases, coefficients }, slopes) {
      if (isPlain) return { bases: slopes.slice(), coefficients: new Float32Array(0) }
      const onSmall = through(reduce, slopes)
      return {
        bases: transposedProduct(coefficients, onSmall, plan.bases, baseSize),
        coefficients: productWithTransposed(onSmall, bases, plan.bases, baseSize)
      }
    },
    ask({ bases, coefficients }, query) {
      if (query.length !== classes)
        throw new RangeError(`${query.length} shares for ${classes} classes`)
      const table = isPlain ? bases : coefficients
      const each = table.length / classes
      const address = new Float32Array(each)
      for (let c = 0; c < classes; c++)
        for (let i = 0; i < each; i++) address[i] += query[c] * table[c * each + i]
      return isPlain ? address : mixed(address, bases)
    }
  }
}

/** rows x inner times inner x columns. */
function product(a: Float32Array, b: Float32Array, inner: number, columns: number): Float32Array {
  const rows = a.length / inner
  const out = new Float32Array(rows * columns)
  for (let i = 0; i < rows; i++) {
    const row = out.subarray(i * columns, (i + 1) * columns)
    for (let k = 0; k < inner; k++) {
      const by = a[i * inner + k]
      for (let j = 0; j < columns; j++) row[j] += by * b[k * columns + j]
    }
  }
  return out
}

/** The transpose of (rows x inner) times (rows x columns): inner x columns. */
function transposedProduct(
  a: Float32Array,
  b: Float32Array,
  inner: number,
  columns: number
): Float32Array {
  const out = new Float32Array(inner * columns)
  for (let i = 0; i < a.length / inner; i++)
    for (let k = 0; k < inner; k++) {
      const by = a[i * inner + k]
      for (let j = 0; j < columns; j++) out[k * columns + j] += by * b[i * columns + j]
    }
  return out
}

/** (rows x columns) times the transpose of (inner x columns): rows x inner. */
function productWithTransposed(
  a: Float32Array,
  b: Float32Array,
  inner: number,
  columns: number
): Float32Array {
  const rows = a.length / columns
  const out = new Float32Array(rows * inner)
  for (let i = 0; i < rows; i++)
    for (let k = 0; k < inner; k++) {
      let sum = 0
      for (let j = 0; j < columns; j++) sum += a[i * columns + j] * b[k * columns + j]
      out[i * inner + k] = sum
    }
  return out
}
