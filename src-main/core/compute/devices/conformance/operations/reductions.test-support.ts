// Operations along axes: sums, extremes, their places, running sums, softmax.
import fc from 'fast-check'
import type { TensorFlow } from '../../device.ts'
import type { Tolerance } from '../compare.test-support.ts'
import { call, type Call, type Operation } from '../operation.test-support.ts'
import {
  seeds,
  shapes,
  sizeOf,
  tensorOf,
  type AnyTensor,
  type DataType,
  type Values
} from '../tensors.test-support.ts'
import { cancelling, derived, exact, multiplied, summed } from '../tolerances.test-support.ts'

type Axes = number | number[] | undefined
type Reduce = (tf: TensorFlow, x: AnyTensor, axes: Axes, keepDims: boolean) => AnyTensor

interface ReductionOptions {
  readonly tolerance: Tolerance
  readonly types?: readonly DataType[]
  readonly values?: Values
  readonly special?: Values
  readonly gradient?: Values
  /** Whether no element at all has a result: 0 for a sum. */
  readonly isEmptyDefined?: boolean
}

const reducedShapes = fc
  .record({
    shape: shapes(),
    mask: fc.nat(31),
    form: fc.constantFrom('all', 'one', 'negative', 'several'),
    keepDims: fc.boolean()
  })
  .map(({ shape, mask, form, keepDims }) => {
    const rank = shape.length
    const chosen = shape.map((_, axis) => axis).filter((axis) => mask & (1 << axis))
    const one = rank === 0 ? undefined : mask % rank
    const axes: Record<typeof form, Axes> = {
      all: undefined,
      one,
      negative: one === undefined ? undefined : one - rank,
      several: chosen.map((axis) => (mask & 1 ? axis : axis - rank))
    }
    return { shape, axes: axes[form], keepDims }
  })

function calls(
  name: string,
  reduce: Reduce,
  types: readonly DataType[],
  values: Values,
  isEmptyDefined = false
): fc.Arbitrary<Call> {
  return fc
    .record({ where: reducedShapes, seed: seeds, dtype: fc.constantFrom(...types) })
    .filter(({ where }) => isEmptyDefined || sizeOf(where.shape) > 0)
    .map(({ where: { shape, axes, keepDims }, seed, dtype }) =>
      call(
        `${name} axes ${JSON.stringify(axes)}${keepDims ? ' keepDims' : ''}`,
        [tensorOf(shape, seed, values, dtype)],
        (tf, [x]) => reduce(tf, x, axes, keepDims)
      )
    )
}

function reduction(name: string, reduce: Reduce, options: ReductionOptions): Operation {
  const { tolerance, types = ['float32'], values = 'plain', special, gradient } = options
  return {
    name,
    tolerance,
    gradientTolerance: derived,
    runs: 30,
    calls: calls(name, reduce, types, values, options.isEmptyDefined),
    ...(special !== undefined && { specialCalls: calls(name, reduce, ['float32'], special) }),
    ...(gradient !== undefined && { gradientCalls: calls(name, reduce, ['float32'], gradient) })
  }
}

const totals: readonly Operation[] = [
  reduction('sum', (tf, x, axes, keep) => tf.sum(x, axes, keep), {
    tolerance: summed,
    types: ['float32', 'int32', 'bool'],
    special: 'broken',
    gradient: 'plain',
    isEmptyDefined: true
  }),
  reduction('mean', (tf, x, axes, keep) => tf.mean(x, axes, keep), {
    tolerance: summed,
    types: ['float32', 'int32', 'bool'],
    special: 'broken',
    gradient: 'plain'
  }),
  reduction('prod', (tf, x, axes, keep) => tf.prod(x, axes, keep), {
    tolerance: multiplied,
    types: ['float32', 'bool'],
    values: 'away from zero',
    special: 'broken',
    isEmptyDefined: true
  }),
  reduction('logSumExp', (tf, x, axes, keep) => tf.logSumExp(x, axes, keep), {
    tolerance: cancelling,
    gradient: 'distinct'
  }),
  reduction('norm', (tf, x, _axes, keep) => tf.norm(x, 'euclidean', undefined, keep), {
    tolerance: summed,
    gradient: 'away from zero'
  }),
  reduction(
    'moments',
    (tf, x, axes, keep) => {
      const { mean, variance } = tf.moments(x, axes, keep)
      return tf.stack([mean, variance])
    },
    { tolerance: summed, gradient: 'plain' }
  )
]

const extremes: readonly Operation[] = [
  reduction('max', (tf, x, axes, keep) => tf.max(x, axes, keep), {
    tolerance: exact,
    types: ['float32', 'int32'],
    special: 'masked',
    // Ties included: each of the equal largest elements gets the whole gradient.
    gradient: 'plain'
  }),
  reduction('min', (tf, x, axes, keep) => tf.min(x, axes, keep), {
    tolerance: exact,
    types: ['float32', 'int32'],
    special: 'masked',
    gradient: 'plain'
  }),
  reduction('all', (tf, x, axes, keep) => tf.all(x, axes, keep), {
    tolerance: exact,
    types: ['bool']
  }),
  reduction('any', (tf, x, axes, keep) => tf.any(x, axes, keep), {
    tolerance: exact,
    types: ['bool']
  })
]

const axisShapes = fc
  .record({ shape: shapes({ minRank: 1, canBeEmpty: false }), lot: fc.nat(20) })
  .map(({ shape, lot }) => ({ shape, axis: lot % shape.length }))

function alongAxis(
  name: string,
  apply: (tf: TensorFlow, x: AnyTensor, axis: number) => AnyTensor,
  options: ReductionOptions & { readonly isLast?: boolean; readonly signs?: readonly number[] }
): Operation {
  const { tolerance, types = ['float32'], values = 'plain', special, gradient } = options
  const signs = options.signs ?? [0, 1]
  const drawn = (kinds: readonly DataType[], filled: Values, last = false): fc.Arbitrary<Call> =>
    fc
      .record({
        where: axisShapes,
        seed: seeds,
        dtype: fc.constantFrom(...kinds),
        sign: fc.constantFrom(...signs)
      })
      .map(({ where, seed, dtype, sign }) => {
        const { shape } = where
        const axis = last || options.isLast === true ? shape.length - 1 : where.axis
        const given = sign === 0 ? axis : axis - shape.length
        return call(`${name} axis ${given}`, [tensorOf(shape, seed, filled, dtype)], (tf, [x]) =>
          apply(tf, x, given)
        )
      })
  return {
    name,
    tolerance,
    gradientTolerance: derived,
    calls: drawn(types, values),
    ...(special !== undefined && { specialCalls: drawn(['float32'], special) }),
    ...(gradient !== undefined && { gradientCalls: drawn(['float32'], gradient, true) })
  }
}

const places: readonly Operation[] = [
  // The first of equal elements.
  alongAxis('argMax', (tf, x, axis) => tf.argMax(x, axis), {
    tolerance: exact,
    types: ['float32', 'int32'],
    values: 'whole',
    special: 'masked'
  }),
  alongAxis('argMin', (tf, x, axis) => tf.argMin(x, axis), {
    tolerance: exact,
    types: ['float32', 'int32'],
    values: 'whole',
    special: 'masked'
  }),
  alongAxis(
    'topk',
    (tf, x) => {
      const { values, indices } = tf.topk(x, Math.ceil(x.shape[x.rank - 1] / 2))
      return tf.stack([values, tf.cast(indices, 'float32')])
    },
    { tolerance: exact, values: 'distinct', isLast: true }
  )
]

// tfjs-core's gradient of a running sum is right along the last axis only.
const running: readonly Operation[] = [false, true].flatMap((exclusive) =>
  [false, true].flatMap((reverse) => {
    const form = `${exclusive ? ' exclusive' : ''}${reverse ? ' reverse' : ''}`
    return [
      alongAxis(`cumsum${form}`, (tf, x, axis) => tf.cumsum(x, axis, exclusive, reverse), {
        tolerance: summed,
        types: ['float32', 'int32'],
        gradient: 'plain',
        signs: [0]
      }),
      alongAxis(`cumprod${form}`, (tf, x, axis) => tf.cumprod(x, axis, exclusive, reverse), {
        tolerance: multiplied,
        values: 'away from zero',
        signs: [0]
      })
    ]
  })
)

const shares: readonly Operation[] = [
  alongAxis('softmax', (tf, x) => tf.softmax(x), {
    tolerance: cancelling,
    special: 'masked',
    gradient: 'plain',
    isLast: true
  }),
  alongAxis('logSoftmax', (tf, x) => tf.logSoftmax(x), {
    tolerance: cancelling,
    gradient: 'plain',
    isLast: true
  })
]

/** Operations along axes. */
export const reductionOperations: readonly Operation[] = [
  ...totals,
  ...extremes,
  ...places,
  ...running,
  ...shares
]
