// Kernels that work number by number, and what is composed of them.
import type {
  CastAttrs,
  ClipByValueAttrs,
  FusedBatchNormAttrs,
  LeakyReluAttrs,
  StepAttrs
} from '@tensorflow/tfjs-core'
import type { Recorder } from '../recorder.ts'
import { binary, cast, fill, numeric, reshape, select, unary } from '../rewrites.ts'
import type { Value } from '../value.ts'
import type { Kernel } from './kernel.ts'

/** Functions of float32; the plain device has its own rules for the other types. */
const ofFloats = [
  ...['Acos', 'Acosh', 'Asin', 'Asinh', 'Atan', 'Atanh', 'Ceil', 'Cos', 'Cosh', 'Elu', 'Erf'],
  ...['Expm1', 'Floor', 'Log1p', 'Reciprocal', 'Relu6', 'Round', 'Selu', 'Sigmoid', 'Sin'],
  ...['Sinh', 'Softplus', 'Tan', 'Tanh']
]
/** Functions whose result is float32 whatever comes in. */
const toFloats = ['Exp', 'Log', 'Sqrt', 'Rsqrt']
/** Functions of float32 and int32 alike. */
const ofNumbers = ['Abs', 'Neg', 'Sign', 'Square', 'Relu']
const toBools = { IsNan: 'IsNan', IsInf: 'IsInf', IsFinite: 'IsFinite' }

const arithmetic = {
  Add: 'Add',
  Sub: 'Sub',
  Multiply: 'Mul',
  RealDiv: 'Div',
  Maximum: 'Max',
  Minimum: 'Min',
  Pow: 'Pow',
  SquaredDifference: 'SquaredDifference'
}
const comparisons = {
  Equal: 'Equal',
  NotEqual: 'NotEqual',
  Greater: 'Greater',
  GreaterEqual: 'GreaterEqual',
  Less: 'Less',
  LessEqual: 'LessEqual'
}
const logic = { LogicalAnd: 'And', LogicalOr: 'Or' }

function each(
  names: Readonly<Record<string, string>> | string[],
  make: (name: string) => Kernel
): Record<string, Kernel> {
  const pairs = Array.isArray(names)
    ? names.map((name: string): [string, string] => [name, name])
    : Object.entries(names)
  return Object.fromEntries(pairs.map(([kernel, name]) => [kernel, make(name)]))
}

/** The activation of a fused kernel; undefined for one that is not known here. */
export function activate(
  g: Recorder,
  value: Value,
  name: string | null | undefined,
  weights: Value | undefined,
  alpha: number | undefined
): Value | undefined {
  switch (name) {
    case null:
    case undefined:
    case 'linear':
      return value
    case 'relu':
    case 'relu6':
    case 'elu':
    case 'sigmoid':
    case 'tanh':
      return unary(g, name[0].toUpperCase() + name.slice(1), value)
    case 'leakyrelu':
      return unary(g, 'LeakyRelu', value, 'float32', { alpha: alpha ?? 0.2 })
    case 'prelu':
      return weights && prelu(g, value, weights)
    default:
      return undefined
  }
}

function prelu(g: Recorder, x: Value, alpha: Value): Value {
  const isNegative = binary(g, 'Less', x, fill(g, 0, [], 'float32'), 'bool')
  return select(g, isNegative, binary(g, 'Mul', alpha, x), x)
}

/** Kernels by the name that tfjs-core calls them by. */
export const elementwiseKernels: Readonly<Record<string, Kernel>> = {
  ...each(ofFloats, (name) => (call) => {
    const x = call.value('x')
    return x.type === 'float32' ? unary(call.g, name, x) : undefined
  }),
  ...each(toFloats, (name) => (call) => {
    return unary(call.g, name, cast(call.g, call.value('x'), 'float32'))
  }),
  ...each(ofNumbers, (name) => (call) => {
    const x = call.value('x')
    return x.type === 'bool' ? undefined : unary(call.g, name, x)
  }),
  ...each(toBools, (name) => (call) => {
    const x = call.value('x')
    return x.type === 'float32' ? unary(call.g, name, x, 'bool') : undefined
  }),
  ...each(arithmetic, (name) => (call) => {
    const [a, b] = [call.value('a'), call.value('b')]
    return a.type === 'bool' || a.type !== b.type ? undefined : binary(call.g, name, a, b)
  }),
  // int32 for float32, too, as on the plain device.
  FloorDiv(call) {
    const [a, b] = [call.value('a'), call.value('b')]
    if (a.type === 'bool' || a.type !== b.type) return undefined
    return cast(call.g, binary(call.g, 'FloorDiv', a, b), 'int32')
  },
  ...each(comparisons, (name) => (call) => {
    const [a, b] = [numeric(call.g, call.value('a')), numeric(call.g, call.value('b'))]
    return a.type === b.type ? binary(call.g, name, a, b, 'bool') : undefined
  }),
  ...each(logic, (name) => (call) => {
    const [a, b] = [cast(call.g, call.value('a'), 'bool'), cast(call.g, call.value('b'), 'bool')]
    return binary(call.g, name, a, b, 'bool')
  }),
  LogicalNot: (call) => unary(call.g, 'LogicalNot', cast(call.g, call.value('x'), 'bool')),
  Step(call) {
    const x = call.value('x')
    const { alpha } = call.attributes<StepAttrs>()
    return x.type === 'float32' ? unary(call.g, 'Step', x, x.type, { alpha }) : undefined
  },
  LeakyRelu(call) {
    const { alpha } = call.attributes<LeakyReluAttrs>()
    const x = call.value('x')
    return x.type === 'float32' ? unary(call.g, 'LeakyRelu', x, x.type, { alpha }) : undefined
  },
  Prelu: (call) => prelu(call.g, call.value('x'), call.value('alpha')),
  ClipByValue(call) {
    const { clipValueMin, clipValueMax } = call.attributes<ClipByValueAttrs>()
    const x = call.value('x')
    const bounds = { least: clipValueMin, most: clipValueMax }
    return x.type === 'float32' ? unary(call.g, 'Clip', x, x.type, bounds) : undefined
  },
  EluGrad(call) {
    const { g } = call
    const [dy, y] = [call.value('dy'), call.value('y')]
    const isPositive = binary(g, 'GreaterEqual', y, fill(g, 0, [], 'float32'), 'bool')
    const slope = binary(g, 'Add', y, fill(g, 1, [], 'float32'))
    return select(g, isPositive, dy, binary(g, 'Mul', dy, slope))
  },
  AddN(call) {
    const [first, ...rest] = call.list()
    if (first.type === 'bool') return undefined
    return rest.reduce((sum, value) => binary(call.g, 'Add', sum, value), first)
  },
  Cast(call) {
    const { dtype } = call.attributes<CastAttrs>()
    if (dtype !== 'float32' && dtype !== 'int32' && dtype !== 'bool') return undefined
    return cast(call.g, call.value('x'), dtype)
  },
  Select(call) {
    const { g } = call
    const [yes, no] = [call.value('t'), call.value('e')]
    const condition = cast(g, call.value('condition'), 'bool')
    if (yes.type !== no.type) return undefined
    // A list of conditions chooses whole rows.
    const isList = condition.shape.length === 1 && yes.shape.length > 1
    const shape = isList ? [condition.shape[0], ...yes.shape.slice(1).map(() => 1)] : undefined
    return select(g, shape === undefined ? condition : reshape(g, condition, shape), yes, no)
  },
  FusedBatchNorm(call) {
    const { g } = call
    const { varianceEpsilon } = call.attributes<FusedBatchNormAttrs>()
    const epsilon = g.leaf([varianceEpsilon], [], 'float32')
    const variance = binary(g, 'Add', call.value('variance'), epsilon)
    const scale = call.optional('scale')
    const inverse = unary(g, 'Rsqrt', variance)
    const factor = scale === undefined ? inverse : binary(g, 'Mul', inverse, scale)
    const centred = binary(g, 'Sub', call.value('x'), call.value('mean'))
    const scaled = binary(g, 'Mul', centred, factor)
    const offset = call.optional('offset')
    return offset === undefined ? scaled : binary(g, 'Add', scaled, offset)
  }
}
