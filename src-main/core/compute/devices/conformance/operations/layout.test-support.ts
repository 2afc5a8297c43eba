// Operations that move elements: transpose, slice, concatenate, repeat, pad, cast, create.
import fc from 'fast-check'
import type { TensorFlow } from '../../device.ts'
import { call, type Call, type Operation } from '../operation.test-support.ts'
import {
  dataTypes,
  seeds,
  shapes,
  sizeOf,
  tensorOf,
  type AnyTensor,
  type DataType,
  type ShapeLimits
} from '../tensors.test-support.ts'
import { derived, exact } from '../tolerances.test-support.ts'

/** What a form draws its attributes from: numbers that fast-check shrinks towards 0. */
type Lots = readonly number[]

/** A call's words and computation for a tensor of `shape`, as the lots say. */
type Form = (
  shape: readonly number[],
  lots: Lots
) => { words: string; run(tf: TensorFlow, x: AnyTensor): AnyTensor | readonly AnyTensor[] }

function moving(
  name: string,
  form: Form,
  options: {
    limits?: ShapeLimits
    types?: readonly DataType[]
    gradient?: ShapeLimits
    /** Shapes that tfjs-core's gradient can handle; all unless given. */
    isDifferentiable?: (shape: readonly number[]) => boolean
  } = {}
): Operation {
  const { limits = {}, types, gradient, isDifferentiable = () => true } = options
  const drawn = (
    shape: fc.Arbitrary<readonly number[]>,
    types: fc.Arbitrary<DataType>
  ): fc.Arbitrary<Call> =>
    fc
      .record({
        shape,
        seed: seeds,
        dtype: types,
        lots: fc.array(fc.nat(1000), { minLength: 12, maxLength: 12 })
      })
      .map(({ shape, seed, dtype, lots }) => {
        const { words, run } = form(shape, lots)
        return call(`${name} ${words}`, [tensorOf(shape, seed, 'plain', dtype)], (tf, [x]) =>
          run(tf, x)
        )
      })
  return {
    name,
    tolerance: exact,
    gradientTolerance: derived,
    runs: 30,
    calls: drawn(shapes(limits), types === undefined ? dataTypes : fc.constantFrom(...types)),
    ...(gradient !== undefined && {
      gradientCalls: drawn(
        shapes({ canBeEmpty: false, ...limits, ...gradient }).filter(isDifferentiable),
        fc.constant('float32')
      )
    })
  }
}

/** The order of axes that a list of lots stands for. */
function orderOf(rank: number, lots: Lots): number[] {
  const left = Array.from({ length: rank }, (_, axis) => axis)
  return Array.from({ length: rank }, (_, i) => left.splice(lots[i] % left.length, 1)[0])
}

const rearranged: readonly Operation[] = [
  moving(
    'transpose',
    (shape, lots) => {
      const order = orderOf(shape.length, lots)
      return { words: `[${order.join()}]`, run: (tf, x) => tf.transpose(x, order) }
    },
    { gradient: {} }
  ),
  moving(
    'reshape',
    (shape, lots) => {
      const size = sizeOf(shape)
      const sides = [1, 2, 3, 4, 6].filter((side) => size % side === 0)
      const side = sides[lots[0] % sides.length]
      const target = size === 0 ? [0, 3] : lots[1] % 2 === 0 ? [side, -1] : [1, side, size / side]
      return { words: `[${target.join()}]`, run: (tf, x) => tf.reshape(x, target) }
    },
    { gradient: {} }
  ),
  moving(
    'expandDims',
    (shape, lots) => {
      const axis = (lots[0] % (shape.length + 1)) - (lots[1] % 2 === 0 ? 0 : shape.length + 1)
      return { words: `${axis}`, run: (tf, x) => tf.squeeze(tf.expandDims(x, axis), [axis]) }
    },
    { limits: { maxRank: 4 }, gradient: {} }
  ),
  moving(
    'reverse',
    (shape, lots) => {
      const axes = shape.map((_, axis) => axis).filter((axis) => lots[axis] % 2 === 1)
      return { words: `[${axes.join()}]`, run: (tf, x) => tf.reverse(x, axes) }
    },
    { gradient: {}, limits: { minRank: 1 }, types: ['float32', 'int32'] }
  )
]

const cut: readonly Operation[] = [
  moving(
    'slice',
    (shape, lots) => {
      const begin = shape.map((side, axis) => lots[axis] % (side + 1))
      const size = shape.map((side, axis) => {
        const most = side - begin[axis]
        return lots[axis + 6] % 5 === 0 ? -1 : lots[axis + 6] % (most + 1)
      })
      return {
        words: `from [${begin.join()}] size [${size.join()}]`,
        run: (tf, x) => tf.slice(x, begin, size)
      }
    },
    { limits: { minRank: 1 }, gradient: {} }
  ),
  moving(
    'stridedSlice',
    (shape, lots) => {
      const strides = shape.map((_, axis) => (lots[axis] % 3) + 1)
      const isBackwards = lots[11] % 3 === 0
      const begin = shape.map((side, axis) => (isBackwards ? side - 1 : lots[axis + 5] % side))
      const end = shape.map((side) => (isBackwards ? -side - 1 : side))
      const steps = isBackwards ? strides.map((stride) => -stride) : strides
      return {
        words: `from [${begin.join()}] to [${end.join()}] by [${steps.join()}]`,
        run: (tf, x) => tf.stridedSlice(x, begin, end, steps)
      }
    },
    { limits: { minRank: 1, maxRank: 4, canBeEmpty: false } }
  ),
  moving(
    'split',
    (shape, lots) => {
      const axis = lots[0] % shape.length
      const first = lots[1] % (shape[axis] + 1)
      return {
        words: `at ${first}, axis ${axis}`,
        run: (tf, x) => tf.split(x, [first, shape[axis] - first], axis)
      }
    },
    { limits: { minRank: 1, canBeEmpty: false }, gradient: {} }
  ),
  moving(
    'unstack',
    (shape, lots) => {
      const axis = (lots[0] % shape.length) - (lots[1] % 2 === 0 ? 0 : shape.length)
      return { words: `axis ${axis}`, run: (tf, x) => tf.unstack(x, axis) }
    },
    {
      limits: { minRank: 1, canBeEmpty: false },
      gradient: {},
      // tfjs-core cannot differentiate taking apart an axis of one element.
      isDifferentiable: (shape) => !shape.includes(1)
    }
  )
]

const grown: readonly Operation[] = [
  moving(
    'tile',
    (shape, lots) => {
      const times = shape.map((_, axis) => (lots[axis] % 3) + 1)
      return { words: `[${times.join()}]`, run: (tf, x) => tf.tile(x, times) }
    },
    { limits: { minRank: 1, maxRank: 4 }, gradient: {} }
  ),
  moving(
    'broadcastTo',
    (shape, lots) => {
      const target = [
        ...Array.from({ length: lots[5] % 2 }, () => 2),
        ...shape.map((side, axis) => (side === 1 ? (lots[axis] % 3) + 1 : side))
      ]
      return { words: `[${target.join()}]`, run: (tf, x) => tf.broadcastTo(x, target) }
    },
    { limits: { maxRank: 4 }, gradient: { maxRank: 3 } }
  ),
  moving(
    'pad',
    (shape, lots) => {
      const sides = shape.map((_, axis): [number, number] => [lots[axis] % 3, lots[axis + 6] % 3])
      return {
        words: JSON.stringify(sides),
        run: (tf, x) => tf.pad(x, sides, x.dtype === 'bool' ? 1 : 2)
      }
    },
    { limits: { minRank: 1 }, gradient: {} }
  ),
  ...(['reflect', 'symmetric'] as const).map((mode) =>
    moving(
      `mirrorPad ${mode}`,
      (shape, lots) => {
        const most = (side: number): number => Math.min(2, mode === 'reflect' ? side - 1 : side)
        const sides = shape.map((side, axis): [number, number] => [
          lots[axis] % (most(side) + 1),
          lots[axis + 6] % (most(side) + 1)
        ])
        return { words: JSON.stringify(sides), run: (tf, x) => tf.mirrorPad(x, sides, mode) }
      },
      {
        limits: { minRank: 1, maxRank: 4, canBeEmpty: false },
        types: ['float32', 'int32'],
        gradient: {}
      }
    )
  )
]

function several(
  name: string,
  combine: (tf: TensorFlow, parts: AnyTensor[], axis: number) => AnyTensor,
  haveSameShape: boolean
): Operation {
  const drawn = (types: fc.Arbitrary<DataType>): fc.Arbitrary<Call> =>
    fc
      .record({
        shape: shapes({ minRank: haveSameShape ? 0 : 1, maxRank: 4 }),
        sides: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 4 }),
        lot: fc.nat(20),
        isNegative: fc.boolean(),
        seed: seeds,
        dtype: types
      })
      .map(({ shape, sides, lot, isNegative, seed, dtype }) => {
        const places = shape.length + (haveSameShape ? 1 : 0)
        const axis = lot % places
        const parts = sides.map((side, i) =>
          tensorOf(
            haveSameShape ? shape : shape.map((old, at) => (at === axis ? side : old)),
            seed + i,
            'plain',
            dtype
          )
        )
        const given = isNegative ? axis - places : axis
        return call(`${name} axis ${given}`, parts, (tf, inputs) => combine(tf, [...inputs], given))
      })
  return {
    name,
    tolerance: exact,
    gradientTolerance: derived,
    runs: 30,
    calls: drawn(dataTypes),
    gradientCalls: drawn(fc.constant('float32'))
  }
}

const joined: readonly Operation[] = [
  several('concat', (tf, parts, axis) => tf.concat(parts, axis), false),
  several('stack', (tf, parts, axis) => tf.stack(parts, axis), true)
]

// From each type to each: towards zero for whole numbers, "is not 0" for bool.
const casts: readonly Operation[] = (['float32', 'int32', 'bool'] as const).map((target) =>
  moving(
    `cast to ${target}`,
    () => ({ words: '', run: (tf, x) => tf.cast(x, target) }),
    target === 'float32' ? { gradient: {} } : {}
  )
)

/** Operations that move numbers. */
export const layoutOperations: readonly Operation[] = [
  ...rearranged,
  ...cut,
  ...grown,
  ...joined,
  ...casts
]
