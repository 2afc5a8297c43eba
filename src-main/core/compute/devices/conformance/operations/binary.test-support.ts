// Operations on pairs of elements, with sides that broadcast both ways and mixed types.
import fc from 'fast-check'
import type { TensorFlow } from '../../device.ts'
import type { Tolerance } from '../compare.test-support.ts'
import { call, type Call, type Operation } from '../operation.test-support.ts'
import {
  broadcastShapes,
  seeds,
  shapes,
  sizeOf,
  tensorOf,
  type AnyTensor,
  type DataType,
  type Values
} from '../tensors.test-support.ts'
import { approximated, derived, exact, rounded } from '../tolerances.test-support.ts'

type Apply = (tf: TensorFlow, a: AnyTensor, b: AnyTensor) => AnyTensor
type Types = readonly [DataType, DataType]

interface BinaryOptions {
  readonly tolerance: Tolerance
  readonly types: readonly Types[]
  readonly values?: readonly [Values, Values]
  readonly isSpecialDefined?: boolean
  readonly gradient?: readonly [Values, Values]
  /** tfjs-core forgets to sum the gradient over broadcast axes. */
  readonly gradientShapes?: 'equal'
}

const equalShapes = shapes().map((shape) => [shape, shape] as const)

function calls(
  name: string,
  apply: Apply,
  pairs: fc.Arbitrary<readonly [readonly number[], readonly number[]]>,
  types: readonly Types[],
  values: readonly [Values, Values]
): fc.Arbitrary<Call> {
  return fc
    .record({ pair: pairs, seed: seeds, dtype: fc.constantFrom(...types) })
    .map(({ pair, seed, dtype }) =>
      call(
        name,
        [
          tensorOf(pair[0], seed, values[0], dtype[0]),
          tensorOf(pair[1], seed + 1, values[1], dtype[1])
        ],
        (tf, [a, b]) => apply(tf, a, b)
      )
    )
}

/** tfjs-core cannot differentiate spreading to nothing. */
const filledShapes = broadcastShapes.filter(([a, b]) => sizeOf(a) * sizeOf(b) > 0)

const floats: readonly Types[] = [['float32', 'float32']]

function binary(name: string, apply: Apply, options: BinaryOptions): Operation {
  const { tolerance, types, values = ['plain', 'plain'], gradient } = options
  return {
    name,
    tolerance,
    gradientTolerance: derived,
    calls: calls(name, apply, broadcastShapes, types, values),
    runs: 30,
    ...(options.isSpecialDefined !== false && {
      specialCalls: calls(name, apply, broadcastShapes, floats, ['special', 'special'])
    }),
    ...(gradient !== undefined && {
      gradientCalls: calls(
        name,
        apply,
        options.gradientShapes === 'equal' ? equalShapes : filledShapes,
        floats,
        gradient
      )
    })
  }
}

/** Two bools are left out: the reference stores their sum, 2, as a bool. */
const arithmeticTypes: readonly Types[] = [
  ['float32', 'float32'],
  ['int32', 'int32'],
  ['float32', 'int32'],
  ['bool', 'float32'],
  ['int32', 'bool']
]
const anyTypes: readonly Types[] = [...arithmeticTypes, ['bool', 'bool']]

const arithmetic: readonly Operation[] = [
  binary('add', (tf, a, b) => tf.add(a, b), {
    tolerance: exact,
    types: arithmeticTypes,
    gradient: ['plain', 'plain']
  }),
  binary('sub', (tf, a, b) => tf.sub(a, b), {
    tolerance: exact,
    types: arithmeticTypes,
    gradient: ['plain', 'plain']
  }),
  binary('mul', (tf, a, b) => tf.mul(a, b), {
    tolerance: exact,
    types: arithmeticTypes,
    gradient: ['plain', 'plain']
  }),
  binary('div', (tf, a, b) => tf.div(a, b), {
    tolerance: rounded,
    types: [
      ['float32', 'float32'],
      ['int32', 'float32']
    ],
    gradient: ['plain', 'away from zero']
  }),
  // Whole numbers divide downwards, through FloorDiv.
  binary('div (int32)', (tf, a, b) => tf.div(a, b), {
    tolerance: exact,
    types: [['int32', 'int32']],
    values: ['plain', 'away from zero'],
    isSpecialDefined: false
  }),
  binary('floorDiv', (tf, a, b) => tf.floorDiv(a, b), {
    tolerance: exact,
    types: [
      ['int32', 'int32'],
      ['float32', 'float32']
    ],
    values: ['plain', 'away from zero'],
    isSpecialDefined: false
  }),
  binary('mod', (tf, a, b) => tf.mod(a, b), {
    tolerance: rounded,
    types: [
      ['int32', 'int32'],
      ['float32', 'float32']
    ],
    values: ['plain', 'away from zero'],
    isSpecialDefined: false,
    gradient: ['plain', 'away from zero']
  }),
  binary('squaredDifference', (tf, a, b) => tf.squaredDifference(a, b), {
    tolerance: rounded,
    types: arithmeticTypes,
    gradient: ['plain', 'plain'],
    gradientShapes: 'equal'
  }),
  binary('maximum', (tf, a, b) => tf.maximum(a, b), {
    tolerance: exact,
    types: anyTypes,
    gradient: ['plain', 'plain'],
    gradientShapes: 'equal'
  }),
  binary('minimum', (tf, a, b) => tf.minimum(a, b), {
    tolerance: exact,
    types: anyTypes,
    gradient: ['plain', 'plain'],
    gradientShapes: 'equal'
  }),
  binary('atan2', (tf, a, b) => tf.atan2(a, b), {
    tolerance: approximated,
    types: floats,
    gradient: ['away from zero', 'away from zero']
  })
]

const powers: readonly Operation[] = [
  binary('pow', (tf, a, b) => tf.pow(a, b), {
    tolerance: approximated,
    types: floats,
    values: ['positive', 'plain'],
    // 1 to the power of NaN is NaN in JavaScript and 1 in C.
    isSpecialDefined: false,
    gradient: ['positive', 'plain']
  }),
  binary('pow (negative base)', (tf, a, b) => tf.pow(a, b), {
    tolerance: approximated,
    types: floats,
    values: ['plain', 'whole'],
    isSpecialDefined: false,
    gradient: ['away from zero', 'whole']
  }),
  binary('pow (int32)', (tf, a, b) => tf.pow(a, tf.abs(b)), {
    tolerance: exact,
    types: [['int32', 'int32']],
    isSpecialDefined: false
  }),
  binary('prelu', (tf, a, b) => tf.prelu(a, b), {
    tolerance: exact,
    types: floats,
    gradient: ['plain', 'plain'],
    gradientShapes: 'equal'
  })
]

const large = (tf: TensorFlow): AnyTensor => tf.scalar(20_000_001, 'int32')

/** Whole numbers that float32 cannot hold: the result must not take a way through float32. */
const largeNumbers: readonly Operation[] = (
  ['add', 'sub', 'maximum', 'floorDiv', 'mod', 'equal', 'less'] as const
).map((name) =>
  binary(
    `${name} (large int32)`,
    (tf, a, b) => tf[name](tf.add(tf.mul(a, large(tf)), b), tf.add(b, large(tf))),
    {
      tolerance: exact,
      types: [['int32', 'int32']],
      values: ['plain', 'away from zero'],
      isSpecialDefined: false
    }
  )
)

const comparisons: readonly Operation[] = (
  ['equal', 'notEqual', 'greater', 'greaterEqual', 'less', 'lessEqual'] as const
).map((name) =>
  // Whole numbers make ties.
  binary(name, (tf, a, b) => tf[name](a, b), {
    tolerance: exact,
    types: anyTypes,
    values: ['whole', 'whole']
  })
)

const logic: readonly Operation[] = (['logicalAnd', 'logicalOr', 'logicalXor'] as const).map(
  (name) =>
    binary(name, (tf, a, b) => tf[name](a, b), {
      tolerance: exact,
      types: [['bool', 'bool']],
      isSpecialDefined: false
    })
)

const addMany: Operation = {
  name: 'addN',
  tolerance: rounded,
  calls: manyOf('plain'),
  gradientCalls: manyOf('plain'),
  gradientTolerance: derived
}

function manyOf(values: Values): fc.Arbitrary<Call> {
  return fc
    .record({ shape: shapes(), seed: seeds, count: fc.integer({ min: 1, max: 4 }) })
    .map(({ shape, seed, count }) =>
      call(
        `addN of ${count}`,
        Array.from({ length: count }, (_, i) => tensorOf(shape, seed + i, values)),
        (tf, inputs) => tf.addN([...inputs])
      )
    )
}

// Condition and both branches broadcast to one shape.
const select: Operation = {
  name: 'where',
  tolerance: exact,
  calls: selections(['float32', 'int32', 'bool']),
  // tfjs-core differentiates broadcasting up to rank 4.
  gradientCalls: selections(['float32']).filter(({ inputs }) =>
    inputs.every(({ shape }) => shape.length <= 4)
  ),
  gradientTolerance: derived,
  runs: 30
}

function selections(types: readonly DataType[]): fc.Arbitrary<Call> {
  return fc
    .record({
      pair: broadcastShapes,
      seed: seeds,
      dtype: fc.constantFrom(...types),
      narrow: fc.integer({ min: 0, max: 2 })
    })
    .filter(({ pair }) => sizeOf(pair[0]) > 0 && sizeOf(pair[1]) > 0)
    .map(({ pair, seed, dtype, narrow }) => {
      const shapeAt = (at: number): readonly number[] => (at === narrow ? pair[0] : pair[1])
      return call(
        `where, narrow ${narrow}`,
        [
          tensorOf(shapeAt(0), seed, 'whole', 'bool'),
          tensorOf(shapeAt(1), seed + 1, 'plain', dtype),
          tensorOf(shapeAt(2), seed + 2, 'plain', dtype)
        ],
        (tf, [condition, yes, no]) => tf.where(condition, yes, no)
      )
    })
}

/** Functions of two or more numbers. */
export const binaryOperations: readonly Operation[] = [
  ...arithmetic,
  ...powers,
  ...largeNumbers,
  ...comparisons,
  ...logic,
  addMany,
  select
]
