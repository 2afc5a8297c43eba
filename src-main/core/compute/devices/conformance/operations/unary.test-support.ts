// Operations on each element by itself.
import fc from 'fast-check'
import type { TensorFlow } from '../../device.ts'
import type { Tolerance } from '../compare.test-support.ts'
import { call, type Call, type Operation } from '../operation.test-support.ts'
import {
  seeds,
  shapes,
  tensorOf,
  type AnyTensor,
  type DataType,
  type Values
} from '../tensors.test-support.ts'
import { approximated, cancelling, derived, exact, rounded } from '../tolerances.test-support.ts'

type Apply = (tf: TensorFlow, x: AnyTensor) => AnyTensor

interface UnaryOptions {
  readonly tolerance: Tolerance
  /** What the operation is defined on; 'plain' unless said otherwise. */
  readonly values?: Values
  /** False where the reference, too, does not care what becomes of NaN or 1e20. */
  readonly isSpecialDefined?: boolean
  readonly types?: readonly DataType[]
  /** What to differentiate on; undefined: tfjs-core has no gradient. */
  readonly gradient?: Values | undefined
}

function calls(
  name: string,
  apply: Apply,
  types: readonly DataType[],
  values: Values
): fc.Arbitrary<Call> {
  return fc
    .record({ shape: shapes(), seed: seeds, dtype: fc.constantFrom(...types) })
    .map(({ shape, seed, dtype }) =>
      call(name, [tensorOf(shape, seed, values, dtype)], (tf, [x]) => apply(tf, x))
    )
}

function unary(name: string, apply: Apply, options: UnaryOptions): Operation {
  const { tolerance, values = 'plain', types = ['float32'], gradient } = options
  return {
    name,
    tolerance,
    gradientTolerance: derived,
    calls: calls(name, apply, types, values),
    ...(options.isSpecialDefined !== false && {
      specialCalls: calls(name, apply, ['float32'], 'special')
    }),
    ...(gradient !== undefined && { gradientCalls: calls(name, apply, ['float32'], gradient) })
  }
}

const numeric: readonly DataType[] = ['float32', 'int32']
const every: readonly DataType[] = ['float32', 'int32', 'bool']

const piecewise: readonly Operation[] = [
  unary('abs', (tf, x) => tf.abs(x), { tolerance: exact, types: numeric, gradient: 'plain' }),
  unary('neg', (tf, x) => tf.neg(x), { tolerance: exact, types: numeric, gradient: 'plain' }),
  unary('sign', (tf, x) => tf.sign(x), { tolerance: exact, types: numeric, gradient: 'plain' }),
  unary('step', (tf, x) => tf.step(x, 0.25), { tolerance: exact, gradient: 'plain' }),
  unary('floor', (tf, x) => tf.floor(x), { tolerance: exact, gradient: 'plain' }),
  unary('ceil', (tf, x) => tf.ceil(x), { tolerance: exact, gradient: 'plain' }),
  // Halves go to the even neighbour; 'plain' is full of halves.
  unary('round', (tf, x) => tf.round(x), { tolerance: exact, gradient: 'plain' }),
  unary('relu', (tf, x) => tf.relu(x), { tolerance: exact, types: numeric, gradient: 'plain' }),
  unary('relu6', (tf, x) => tf.relu6(tf.mul(x, tf.scalar(3, x.dtype))), {
    tolerance: exact,
    types: numeric,
    gradient: 'plain'
  }),
  unary('leakyRelu', (tf, x) => tf.leakyRelu(x, 0.3), {
    tolerance: rounded,
    types: numeric,
    gradient: 'plain'
  }),
  unary('clipByValue', (tf, x) => tf.clipByValue(x, -1, 2), {
    tolerance: exact,
    types: numeric,
    gradient: 'plain'
  }),
  unary('isNaN', (tf, x) => tf.isNaN(x), { tolerance: exact }),
  unary('isInf', (tf, x) => tf.isInf(x), { tolerance: exact }),
  unary('isFinite', (tf, x) => tf.isFinite(x), { tolerance: exact }),
  unary('logicalNot', (tf, x) => tf.logicalNot(x), {
    tolerance: exact,
    types: ['bool'],
    isSpecialDefined: false
  }),
  unary('zerosLike', (tf, x) => tf.zerosLike(x), { tolerance: exact, types: every }),
  unary('onesLike', (tf, x) => tf.onesLike(x), { tolerance: exact, types: every }),
  unary('clone', (tf, x) => tf.clone(x), { tolerance: exact, types: every, gradient: 'plain' })
]

const algebraic: readonly Operation[] = [
  unary('square', (tf, x) => tf.square(x), { tolerance: exact, types: numeric, gradient: 'plain' }),
  unary('sqrt', (tf, x) => tf.sqrt(x), {
    tolerance: exact,
    values: 'positive',
    gradient: 'positive'
  }),
  unary('rsqrt', (tf, x) => tf.rsqrt(x), {
    tolerance: rounded,
    values: 'positive',
    gradient: 'positive'
  }),
  unary('reciprocal', (tf, x) => tf.reciprocal(x), {
    tolerance: rounded,
    gradient: 'away from zero'
  }),
  unary('exp', (tf, x) => tf.exp(x), { tolerance: approximated, gradient: 'plain' }),
  unary('expm1', (tf, x) => tf.expm1(x), { tolerance: cancelling, gradient: 'plain' }),
  unary('log', (tf, x) => tf.log(x), {
    tolerance: approximated,
    values: 'positive',
    gradient: 'positive'
  }),
  unary('log1p', (tf, x) => tf.log1p(x), {
    tolerance: cancelling,
    values: 'unit',
    gradient: 'positive'
  })
]

const curved: readonly Operation[] = [
  unary('sigmoid', (tf, x) => tf.sigmoid(x), { tolerance: approximated, gradient: 'plain' }),
  unary('logSigmoid', (tf, x) => tf.logSigmoid(x), { tolerance: cancelling, gradient: 'plain' }),
  unary('tanh', (tf, x) => tf.tanh(x), { tolerance: approximated, gradient: 'plain' }),
  unary('softplus', (tf, x) => tf.softplus(x), { tolerance: approximated, gradient: 'plain' }),
  unary('elu', (tf, x) => tf.elu(x), { tolerance: cancelling, gradient: 'plain' }),
  unary('selu', (tf, x) => tf.selu(x), { tolerance: cancelling, gradient: 'plain' }),
  // The reference itself is a polynomial with an error of 1.5e-7.
  unary('erf', (tf, x) => tf.erf(x), { tolerance: approximated, gradient: 'plain' }),
  ...(
    [
      'sin',
      'cos',
      'tan',
      'asin',
      'acos',
      'atan',
      'sinh',
      'cosh',
      'asinh',
      'acosh',
      'atanh'
    ] as const
  ).map((name) => {
    const domain: Values =
      name === 'acosh' ? 'positive' : /^(asin|acos|atanh|tan)$/.test(name) ? 'unit' : 'plain'
    const apply: Apply = (tf, x) => tf[name](name === 'acosh' ? tf.add(x, 1) : x)
    return unary(name, apply, {
      tolerance: cancelling,
      values: domain,
      // The remainder of 1e20 by pi has no digit left in float32.
      isSpecialDefined: !/^(sin|cos|tan)$/.test(name),
      gradient: domain
    })
  })
]

/** Functions of one number. */
export const unaryOperations: readonly Operation[] = [...piecewise, ...algebraic, ...curved]
