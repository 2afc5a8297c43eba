// Random tensors for the conformance suite: shapes that fast-check can shrink, and values drawn
// from a seed, so that a failing case stays small to print.
import fc from 'fast-check'
import { createRandom, type Random } from '../../random.ts'
import type { TensorFlow } from '../device.ts'

/** Types of numbers that devices compute with. */
export type DataType = 'float32' | 'int32' | 'bool'
export type AnyTensor = ReturnType<TensorFlow['zeros']>

/** What a float32 tensor is filled with; int32 uses the same, rounded, and bool its parity. */
export type Values =
  /** -4 to 4 with zeros, whole numbers, halves and repeats among them. */
  | 'plain'
  /** {@link Values} 'plain' with numbers of size 1e20 and 1e-20, infinities and NaN among them. */
  | 'special'
  /** 'plain' with infinities and NaN among them: what training that diverges computes with. */
  | 'broken'
  /** 'plain' with -Infinity and numbers of size 1e20 among them: logits with masks. */
  | 'masked'
  /** 0.1 to 4. */
  | 'positive'
  /** -0.95 to 0.95. */
  | 'unit'
  /** -4 to 4, at least 0.25 away from zero. */
  | 'away from zero'
  /** All different, at least 1/64 apart, in random order: no ties. */
  | 'distinct'
  /** Whole numbers from -4 to 4. */
  | 'whole'

/** A tensor to be made on each device. */
export interface TensorSpec {
  readonly shape: readonly number[]
  readonly dtype: DataType
  readonly values: readonly number[]
}

const rare: Readonly<Record<'special' | 'broken' | 'masked', readonly number[]>> = {
  special: [1e20, -1e20, 3e-20, -3e-20, Infinity, -Infinity, NaN],
  broken: [Infinity, -Infinity, NaN],
  masked: [-Infinity, -1e20, 1e20]
}

/** Number of elements of a shape. */
export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, side) => product * side, 1)
}

/** A tensor of `shape` whose values follow from the seed. */
export function tensorOf(
  shape: readonly number[],
  seed: number,
  values: Values = 'plain',
  dtype: DataType = 'float32'
): TensorSpec {
  const random = createRandom(seed)
  const count = sizeOf(shape)
  const drawn =
    values === 'distinct'
      ? Array.from(random.sample(count, count), (rank) => (rank - count / 2) / 16 + 0.03125)
      : Array.from({ length: count }, () => drawValue(random, values))
  return { shape: [...shape], dtype, values: drawn.map((value) => toType(value, dtype, values)) }
}

function drawValue(random: Random, values: Exclude<Values, 'distinct'>): number {
  const spread = random.uniform() * 8 - 4
  const lot = random.below(10)
  switch (values) {
    case 'special':
    case 'broken':
    case 'masked': {
      const drawn = rare[values][random.below(rare[values].length)]
      return lot < 2 ? drawn : plainValue(spread, lot)
    }
    case 'positive':
      return 0.1 + ((spread + 4) / 8) * 3.9
    case 'unit':
      return (spread / 4) * 0.95
    case 'away from zero':
      return spread < 0 ? spread - 0.25 : spread + 0.25
    case 'whole':
      return Math.round(spread)
    case 'plain':
      return plainValue(spread, lot)
  }
}

function plainValue(spread: number, lot: number): number {
  if (lot === 3) return 0
  if (lot === 4) return Math.round(spread)
  if (lot === 5) return Math.round(spread * 2) / 2
  return spread
}

function toType(value: number, dtype: DataType, values: Values): number {
  if (dtype === 'float32') return Math.fround(value)
  const whole = Number.isFinite(value) ? Math.max(-1e9, Math.min(1e9, Math.round(value))) : 0
  if (whole === 0 && values === 'away from zero') return 1
  // Adding 0 makes a zero of a negative zero.
  return dtype === 'int32' ? whole + 0 : Math.abs(whole) % 2
}

/** Makes the tensor on the active device. */
export function make(tf: TensorFlow, spec: TensorSpec): AnyTensor {
  return tf.tensor([...spec.values], [...spec.shape], spec.dtype)
}

/** The seed that {@link tensorOf} draws values from. */
export const seeds = fc.nat(0xffff)

// Long sides reach the vector loops of a device and what they leave over.
const sides = fc.oneof(
  { weight: 4, arbitrary: fc.constant(1) },
  { weight: 8, arbitrary: fc.integer({ min: 2, max: 5 }) },
  { weight: 1, arbitrary: fc.integer({ min: 6, max: 9 }) },
  { weight: 2, arbitrary: fc.integer({ min: 10, max: 70 }) }
)

/** What shapes are drawn from. */
export interface ShapeLimits {
  readonly minRank?: number
  readonly maxRank?: number
  /** Whether a side may be 0; true unless said otherwise. */
  readonly canBeEmpty?: boolean
}

const largest = 600

/** Shapes of rank 0 to 5 and at most 600 elements; one in about twelve has a side of 0. */
export function shapes(limits: ShapeLimits = {}): fc.Arbitrary<number[]> {
  const { minRank = 0, maxRank = 5, canBeEmpty = true } = limits
  const full = fc
    .array(sides, { minLength: minRank, maxLength: maxRank, size: 'max' })
    .map(withinLimit)
  if (!canBeEmpty || maxRank === 0) return full
  return fc
    .tuple(full, fc.integer({ min: 0, max: 11 }), fc.nat(4))
    .map(([shape, lot, at]) =>
      lot === 11 ? shape.map((side, axis) => (axis === at % shape.length ? 0 : side)) : shape
    )
}

// Cuts the sides from the left on, so that a shape of rank 5 keeps its rank.
function withinLimit(shape: readonly number[]): number[] {
  const cut = [...shape]
  for (let axis = 0; sizeOf(cut) > largest; axis = (axis + 1) % cut.length)
    if (cut[axis] > 1) cut[axis] = Math.ceil(cut[axis] / 2)
  return cut
}

/** Two shapes that broadcast to one: sides of 1 and missing leading axes on either or both. */
export const broadcastShapes: fc.Arbitrary<readonly [number[], number[]]> = fc
  .record({
    shape: shapes(),
    ones: fc.tuple(fc.nat(31), fc.nat(31)),
    missing: fc.tuple(fc.nat(2), fc.nat(2)),
    shorter: fc.integer({ min: 0, max: 2 })
  })
  .map(({ shape, ones, missing, shorter }) => {
    const reduce = (mask: number, cut: number): number[] =>
      shape.map((side, axis) => (mask & ~(mask >> 1) & (1 << axis) ? 1 : side)).slice(cut)
    // At most one of the two is shorter; with 2, both keep their rank.
    return [
      reduce(ones[0], shorter === 0 ? missing[0] : 0),
      reduce(ones[1], shorter === 1 ? missing[1] : 0)
    ] as const
  })

/** Any type of numbers. */
export const dataTypes: fc.Arbitrary<DataType> = fc.constantFrom('float32', 'int32', 'bool')

/** "float32 [2,3]: 0.5, 1, ..." for the message of a failed property. */
export function describeTensor({ dtype, shape, values }: TensorSpec): string {
  const shown = values.slice(0, 24).join(', ')
  return `${dtype} [${shape.join()}]: ${shown}${values.length > 24 ? ', ...' : ''}`
}
