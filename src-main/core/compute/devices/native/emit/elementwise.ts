// Operations that work number by number.
import { onnxTypes } from '../onnx-model.ts'
import { attribute, type Emit, type Emitter } from './emitter.ts'
import type { Value } from '../value.ts'

/** Functions the runtime has under the same or another name. */
const direct: Readonly<Record<string, string>> = {
  Abs: 'Abs',
  Acos: 'Acos',
  Acosh: 'Acosh',
  Asin: 'Asin',
  Asinh: 'Asinh',
  Atan: 'Atan',
  Atanh: 'Atanh',
  Ceil: 'Ceil',
  Cos: 'Cos',
  Cosh: 'Cosh',
  Elu: 'Elu',
  Erf: 'Erf',
  Exp: 'Exp',
  Floor: 'Floor',
  IsInf: 'IsInf',
  IsNan: 'IsNaN',
  Log: 'Log',
  LogicalNot: 'Not',
  Neg: 'Neg',
  Reciprocal: 'Reciprocal',
  Relu: 'Relu',
  Round: 'Round',
  Selu: 'Selu',
  Sigmoid: 'Sigmoid',
  Sign: 'Sign',
  Sin: 'Sin',
  Sinh: 'Sinh',
  Softplus: 'Softplus',
  Sqrt: 'Sqrt',
  Tan: 'Tan',
  Tanh: 'Tanh'
}

type EmitUnary = (to: Emitter, x: string, value: Value, name: string) => void

const composed: Readonly<Record<string, EmitUnary>> = {
  Square: (to, x, _, name) => to.node('Mul', [x, x], { name }),
  Rsqrt: (to, x, _, name) => to.node('Reciprocal', [to.node('Sqrt', [x])], { name }),
  Log1p: (to, x, _, name) => to.node('Log', [to.node('Add', [x, to.number(1)])], { name }),
  Expm1: (to, x, _, name) => to.node('Sub', [to.node('Exp', [x]), to.number(1)], { name }),
  Relu6: (to, x, _, name) => to.node('Clip', [x, to.number(0), to.number(6)], { name }),
  Clip(to, x, value, name) {
    const bound = (which: string): string => to.number(attribute<number>(value, which), value.type)
    to.node('Clip', [x, bound('least'), bound('most')], { name })
  },
  LeakyRelu(to, x, value, name) {
    const alpha = { float: attribute<number>(value, 'alpha') }
    to.node('LeakyRelu', [x], { attributes: { alpha }, name })
  },
  Step(to, x, value, name) {
    const alpha = attribute<number>(value, 'alpha')
    const isPositive = to.node('Greater', [x, to.number(0, value.inputs[0].type)])
    const [one, other] = [to.number(1, value.type), to.number(alpha, value.type)]
    if (alpha === 0) {
      to.node('Cast', [isPositive], { attributes: { to: onnxTypes[value.type] }, name })
    } else to.node('Where', [isPositive, one, other], { name })
  },
  IsFinite(to, x, _, name) {
    const either = to.node('Or', [to.node('IsNaN', [x]), to.node('IsInf', [x])])
    to.node('Not', [either], { name })
  }
}

/** Functions of one number. */
export const unaryNames: readonly string[] = [...Object.keys(direct), ...Object.keys(composed)]

type EmitBinary = (to: Emitter, a: string, b: string, value: Value, name: string) => void

const plainBinary = {
  Add: 'Add',
  Sub: 'Sub',
  Mul: 'Mul',
  Div: 'Div',
  Max: 'Max',
  Min: 'Min',
  Pow: 'Pow',
  Equal: 'Equal',
  Greater: 'Greater',
  GreaterEqual: 'GreaterOrEqual',
  Less: 'Less',
  LessEqual: 'LessOrEqual',
  And: 'And',
  Or: 'Or',
  Xor: 'Xor'
} as const

const composedBinary: Readonly<Record<string, EmitBinary>> = {
  NotEqual: (to, a, b, _, name) => to.node('Not', [to.node('Equal', [a, b])], { name }),
  SquaredDifference(to, a, b, _, name) {
    const difference = to.node('Sub', [a, b])
    to.node('Mul', [difference, difference], { name })
  },
  FloorDiv(to, a, b, value, name) {
    if (value.type !== 'int32') {
      to.node('Floor', [to.node('Div', [a, b])], { name })
      return
    }
    // Through float64 (type 11), which holds every int32; an int32 division by 0 ends the process.
    const float = (x: string): string => to.node('Cast', [x], { attributes: { to: 11 } })
    const floor = to.node('Floor', [to.node('Div', [float(a), float(b)])])
    to.node('Cast', [floor], { attributes: { to: onnxTypes.int32 }, name })
  },
  // a * step(b), the gradient of relu. A ramp so steep that every normal number above 0 is at its
  // top takes one pass where a comparison, a conversion and a product take three.
  Gate(to, a, b, _, name) {
    const ramp = { alpha: { float: 3.4028234e38 }, beta: { float: 0 } }
    to.node('Mul', [to.node('HardSigmoid', [b], { attributes: ramp }), a], { name })
  }
}

/** Functions of two numbers. */
export const binaryNames: readonly string[] = [
  ...Object.keys(plainBinary),
  ...Object.keys(composedBinary)
]

/** x * scale + shift per row of x as N*C x rest, in the one pass of an inference batch norm. */
const affine: Emit = (to, value, name) => {
  const [x, scale, shift] = value.inputs
  const rows = value.shape[0] * value.shape[1]
  const flat = to.node('Reshape', [to.of(x), to.integers([1, rows, -1])])
  const every = (number: number): string =>
    to.once(`row ${rows} ${number}`, () =>
      to.node('Expand', [to.number(number), to.integers([rows])])
    )
  const done = to.node(
    'BatchNormalization',
    [flat, to.of(scale), to.of(shift), every(0), every(1)],
    { attributes: { epsilon: { float: 0 } } }
  )
  to.node('Reshape', [done, to.integers(value.shape)], { name })
}

const select: Emit = (to, value, name) => {
  const [condition, yes, no] = value.inputs.map((input) => to.of(input))
  if (value.type !== 'bool') {
    to.node('Where', [condition, yes, no], { name })
    return
  }
  // The runtime selects no bools.
  const number = (x: string): string =>
    to.node('Cast', [x], { attributes: { to: onnxTypes.uint8 } })
  const chosen = to.node('Where', [condition, number(yes), number(no)])
  to.node('Cast', [chosen], { attributes: { to: onnxTypes.bool }, name })
}

/** Emitters by kind of operation. */
export const elementwise: Readonly<Record<string, Emit>> = {
  ...Object.fromEntries(
    Object.entries(direct).map(([kind, op]): [string, Emit] => [
      `Unary.${kind}`,
      (to, value, name) => void to.node(op, [to.of(value.inputs[0])], { name })
    ])
  ),
  ...Object.fromEntries(
    Object.entries(composed).map(([kind, emit]): [string, Emit] => [
      `Unary.${kind}`,
      (to, value, name) => emit(to, to.of(value.inputs[0]), value, name)
    ])
  ),
  ...Object.fromEntries(
    Object.entries(plainBinary).map(([kind, op]): [string, Emit] => [
      `Binary.${kind}`,
      (to, value, name) =>
        void to.node(
          op,
          value.inputs.map((input) => to.of(input)),
          { name }
        )
    ])
  ),
  ...Object.fromEntries(
    Object.entries(composedBinary).map(([kind, emit]): [string, Emit] => [
      `Binary.${kind}`,
      (to, value, name) => emit(to, to.of(value.inputs[0]), to.of(value.inputs[1]), value, name)
    ])
  ),
  Affine: affine,
  Select: select,
  Cast: (to, value, name) =>
    void to.node('Cast', [to.of(value.inputs[0])], {
      attributes: { to: onnxTypes[value.type] },
      name
    })
}
