// Records operations in the form that runs fastest. Pictures come from tfjs as N x H x W x C while
// the runtime convolves N x C x H x W, so a transpose moves towards the end of the graph (through
// everything that works number by number) until it meets its inverse and both are gone. Values
// spread from one number stay that number as long as possible.
import type { Recorder } from './recorder.ts'
import { sameShape, sizeOf, type NumberType, type Value } from './value.ts'

/** The pending value's attribute; undefined when it is another kind of value. */
function attributeOf<T>(value: Value, kind: string, name: string): T | undefined {
  if (value.operation?.kind !== kind) return undefined
  // Attributes are written by this folder only, under the name that is asked for here.
  return value.operation.attributes[name] as T
}

/** The order of axes when the value is a pending transpose. */
export const permOf = (value: Value): readonly number[] | undefined =>
  attributeOf<readonly number[]>(value, 'Transpose', 'perm')

/** 0 or 1 when the value is that number everywhere and known to be without computing. */
export const fillOf = (value: Value): number | undefined =>
  attributeOf<number>(value, 'Fill', 'value')

/** Whether the value is pending as an operation of that kind. */
export const isPending = (value: Value, kind: string): boolean => value.operation?.kind === kind

/**
 * One number everywhere. Only 0 and 1 become part of the graph: with any other number (a learning
 * rate, say) every new one would be a new graph to compile.
 */
export function fill(
  g: Recorder,
  number: number,
  shape: readonly number[],
  type: NumberType
): Value {
  if (Object.is(number, 0) || number === 1)
    return g.record('Fill', { value: number, shape }, [], shape, type)
  return expand(g, g.leaf([number], [], type), shape)
}

export function reshape(g: Recorder, value: Value, shape: readonly number[]): Value {
  if (sameShape(value.shape, shape)) return value
  const number = fillOf(value)
  if (number !== undefined) return fill(g, number, shape, value.type)
  if (isPending(value, 'Reshape')) return reshape(g, value.inputs[0], shape)
  return g.record('Reshape', { shape }, [value], shape, value.type)
}

export function transpose(g: Recorder, value: Value, perm: readonly number[]): Value {
  if (perm.every((axis, i) => axis === i)) return value
  const shape = perm.map((axis) => value.shape[axis])
  const long = perm.filter((axis) => value.shape[axis] !== 1)
  // Only axes of length 1 change places: the numbers stay where they are.
  if (long.every((axis, i) => i === 0 || long[i - 1] < axis)) return reshape(g, value, shape)
  const number = fillOf(value)
  if (number !== undefined) return fill(g, number, shape, value.type)
  const inner = permOf(value)
  if (inner !== undefined) {
    return transpose(
      g,
      value.inputs[0],
      perm.map((axis) => inner[axis])
    )
  }
  return g.record('Transpose', { perm }, [value], shape, value.type)
}

function inverse(perm: readonly number[]): number[] {
  const back: number[] = []
  perm.forEach((axis, i) => (back[axis] = i))
  return back
}

/** The order of axes of a pending transpose that is worth moving: of three or more axes. */
function movablePerm(value: Value): readonly number[] | undefined {
  return value.shape.length >= 3 ? permOf(value) : undefined
}

/** Bool to int32, where an operation has no bool form. */
export function numeric(g: Recorder, value: Value): Value {
  return value.type === 'bool' ? cast(g, value, 'int32') : value
}

export function cast(g: Recorder, value: Value, type: NumberType): Value {
  if (value.type === type) return value
  const number = fillOf(value)
  if (number !== undefined) return fill(g, number, value.shape, type)
  const perm = movablePerm(value)
  if (perm !== undefined) return transpose(g, cast(g, value.inputs[0], type), perm)
  return g.record('Cast', { type }, [value], value.shape, type)
}

/** Spread to a shape by the usual rules. */
export function expand(g: Recorder, value: Value, shape: readonly number[]): Value {
  if (sameShape(value.shape, shape)) return value
  const number = fillOf(value)
  if (number !== undefined) return fill(g, number, shape, value.type)
  if (sizeOf(value.shape) === sizeOf(shape)) return reshape(g, value, shape)
  return g.record('Expand', { shape }, [value], shape, value.type)
}

/** A function of every number; see emit/elementwise.ts for the names. */
export function unary(
  g: Recorder,
  name: string,
  value: Value,
  type: NumberType = value.type,
  attributes: Readonly<Record<string, number>> = {}
): Value {
  const perm = movablePerm(value)
  if (perm !== undefined)
    return transpose(g, unary(g, name, value.inputs[0], type, attributes), perm)
  return g.record(`Unary.${name}`, attributes, [value], value.shape, type)
}

/** The shape two shapes spread to. Throws a RangeError when they do not fit. */
export function broadcast(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length)
  return Array.from({ length: rank }, (_, i) => {
    const p = a[i - rank + a.length] ?? 1
    const q = b[i - rank + b.length] ?? 1
    if (p !== q && p !== 1 && q !== 1)
      throw new RangeError(`shapes ${a.join(' x ')} and ${b.join(' x ')} do not fit`)
    return p === 1 ? q : p
  })
}

/** The value before it was spread, when spreading again by `other` gives the same shape. */
function unspread(
  g: Recorder,
  value: Value,
  other: readonly number[],
  out: readonly number[]
): Value {
  const number = fillOf(value)
  if (number !== undefined && value.shape.length > 0 && sameShape(broadcast([], other), out))
    return fill(g, number, [], value.type)
  if (!isPending(value, 'Expand')) return value
  const [inner] = value.inputs
  return sameShape(broadcast(inner.shape, other), out) ? inner : value
}

function withRank(g: Recorder, value: Value, rank: number): Value {
  const missing = rank - value.shape.length
  return missing === 0
    ? value
    : reshape(g, value, [...new Array<number>(missing).fill(1), ...value.shape])
}

/** Undoes `perm` on a value that takes part in an operation in the order before it. */
function before(g: Recorder, value: Value, perm: readonly number[]): Value {
  if (value.shape.length === 0) return value
  return transpose(g, withRank(g, value, perm.length), inverse(perm))
}

/** A function of two numbers, spread by the usual rules; see emit/elementwise.ts for the names. */
export function binary(
  g: Recorder,
  name: string,
  first: Value,
  second: Value,
  type: NumberType = first.type
): Value {
  const out = broadcast(first.shape, second.shape)
  if (name === 'Mul' && type === 'float32') {
    if (fillOf(second) === 1) return expand(g, first, out)
    if (fillOf(first) === 1) return expand(g, second, out)
  }
  const a = unspread(g, first, second.shape, out)
  const b = unspread(g, second, a.shape, out)
  const biased = name === 'Add' ? (withBias(g, a, b) ?? withBias(g, b, a)) : undefined
  if (biased !== undefined) return biased
  const moved = [a, b].find((value) => value.shape.length === out.length && movablePerm(value))
  const perm = moved === undefined ? undefined : permOf(moved)
  if (perm === undefined) return binaryInPlace(g, name, a, b, type)
  return transpose(g, binaryInPlace(g, name, before(g, a, perm), before(g, b, perm), type), perm)
}

/** Without moving transposes: two different ones would chase each other. */
function binaryInPlace(g: Recorder, name: string, a: Value, b: Value, type: NumberType): Value {
  if (name === 'Add') {
    const inOnePass = affine(g, a, b) ?? affine(g, b, a)
    if (inOnePass !== undefined) return inOnePass
  }
  const gated = name === 'Mul' ? (gatedBy(a, b) ?? gatedBy(b, a)) : undefined
  const [kind, inputs] = gated === undefined ? [name, [a, b]] : ['Gate', gated]
  return g.record(`Binary.${kind}`, {}, inputs, broadcast(a.shape, b.shape), type)
}

/** dy and x when the product is dy * step(x), the gradient of relu. */
function gatedBy(dy: Value, step: Value): readonly [Value, Value] | undefined {
  const isStep = step.operation?.key === 'Unary.Step alpha=0'
  const isFloat = dy.type === 'float32' && step.type === 'float32'
  return isStep && isFloat && sameShape(dy.shape, step.shape) ? [dy, step.inputs[0]] : undefined
}

/** A convolution plus a number per channel: the runtime adds it on the way. */
function withBias(g: Recorder, value: Value, bias: Value): Value | undefined {
  const perm = permOf(value)
  const [convolution] = value.inputs
  if (perm === undefined || !isPending(convolution, 'Convolution')) return undefined
  const [, channels] = convolution.shape
  const isPerChannel = sizeOf(bias.shape) === channels && bias.shape.at(-1) === channels
  if (perm.join() !== '0,2,3,1' || convolution.inputs.length > 2 || !isPerChannel) return undefined
  const inputs = [...convolution.inputs, reshape(g, bias, [channels])]
  const attributes = convolution.operation?.attributes ?? {}
  return transpose(
    g,
    g.record('Convolution', attributes, inputs, convolution.shape, 'float32'),
    perm
  )
}

/** x * s + t in one pass over x (N x C x rest), where s and t are alike over the rest. */
function affine(g: Recorder, product: Value, shift: Value): Value | undefined {
  if (!isPending(product, 'Binary.Mul') || product.type !== 'float32') return undefined
  const { shape } = product
  if (shape.length < 3 || sizeOf(shape.slice(2)) < 16) return undefined
  const isPerRow = (value: Value): boolean =>
    value.shape.length === shape.length && value.shape.slice(2).every((dim) => dim === 1)
  if (!isPerRow(shift)) return undefined
  const [p, q] = product.inputs
  const [x, scale] = sameShape(p.shape, shape) ? [p, q] : [q, p]
  if (!sameShape(x.shape, shape) || !isPerRow(scale)) return undefined
  const rows = [shape[0], shape[1]]
  const perRow = (value: Value): Value =>
    reshape(g, expand(g, reshape(g, value, value.shape.slice(0, 2)), rows), [rows[0] * rows[1]])
  return g.record('Affine', {}, [x, perRow(scale), perRow(shift)], shape, 'float32')
}

/** Where the condition holds the second, elsewhere the third; spread by the usual rules. */
export function select(g: Recorder, condition: Value, yes: Value, no: Value): Value {
  const out = broadcast(broadcast(condition.shape, yes.shape), no.shape)
  const perm = condition.shape.length === out.length ? movablePerm(condition) : undefined
  if (perm === undefined) return g.record('Select', {}, [condition, yes, no], out, yes.type)
  const inner = select(g, before(g, condition, perm), before(g, yes, perm), before(g, no, perm))
  return transpose(g, inner, perm)
}

/** Sum, Mean, Max, Min or Prod over axes (sorted, not negative). */
export function reduce(
  g: Recorder,
  name: string,
  value: Value,
  axes: readonly number[],
  keepsAxes: boolean
): Value {
  const kept = value.shape.map((dim, i) => (axes.includes(i) ? 1 : dim))
  const out = keepsAxes ? kept : value.shape.filter((_, i) => !axes.includes(i))
  if (axes.every((axis) => value.shape[axis] === 1)) return reshape(g, value, out)
  const spread = name === 'Sum' ? sumOfSpread(g, value, axes, kept) : undefined
  if (spread !== undefined) return reshape(g, spread, out)
  const perm = movablePerm(value)
  const source = perm === undefined ? value : value.inputs[0]
  const within =
    perm === undefined ? [...axes] : axes.map((axis) => perm[axis]).sort((p, q) => p - q)
  const result = reduceInOrder(g, name, source, within)
  return reshape(g, perm === undefined ? result : transpose(g, result, perm), out)
}

/** With all axes kept. The runtime is fastest over axes that lie together at the end. */
function reduceInOrder(g: Recorder, name: string, value: Value, axes: readonly number[]): Value {
  const step = (from: Value, over: readonly number[], kind: string): Value => {
    const shape = from.shape.map((dim, i) => (over.includes(i) ? 1 : dim))
    return g.record(`Reduce.${kind}`, { axes: over }, [from], shape, from.type)
  }
  const isSplit = axes.length > 1 && axes[0] === 0 && !axes.includes(1) && value.shape[0] > 1
  if (!isSplit) return step(value, axes, name)
  return step(step(value, axes.slice(1), name), [0], name)
}

/** A sum over axes along which the value was only spread: that many times the value before. */
function sumOfSpread(
  g: Recorder,
  value: Value,
  axes: readonly number[],
  kept: readonly number[]
): Value | undefined {
  if (!isPending(value, 'Expand') || value.type !== 'float32') return undefined
  const before = withRank(g, value.inputs[0], value.shape.length)
  if (!axes.every((axis) => before.shape[axis] === 1)) return undefined
  const times = axes.reduce((count, axis) => count * value.shape[axis], 1)
  return expand(g, binary(g, 'Mul', before, g.leaf([times], [], 'float32')), kept)
}

/** Matrix product over the last two axes, the others spread by the usual rules. */
export function matMul(
  g: Recorder,
  first: Value,
  second: Value,
  transposeFirst: boolean,
  transposeSecond: boolean
): Value {
  // A pending transpose of a plain matrix becomes the product's own switch.
  const plain = (value: Value): Value | undefined =>
    value.shape.length === 2 && permOf(value) !== undefined ? value.inputs[0] : undefined
  const a = plain(first) ?? first
  const b = plain(second) ?? second
  const transA = transposeFirst !== (a !== first)
  const transB = transposeSecond !== (b !== second)
  const rows = a.shape.at(transA ? -1 : -2) ?? 1
  const columns = b.shape.at(transB ? -2 : -1) ?? 1
  const batch = broadcast(a.shape.slice(0, -2), b.shape.slice(0, -2))
  if (batch.length > 0 && sizeOf(batch) === 1) {
    const flatA = reshape(g, a, a.shape.slice(-2))
    const flatB = reshape(g, b, b.shape.slice(-2))
    return reshape(g, matMul(g, flatA, flatB, transA, transB), [...batch, rows, columns])
  }
  return g.record('MatMul', { transA, transB }, [a, b], [...batch, rows, columns], 'float32')
}

/** A box of the value. */
export function slice(
  g: Recorder,
  value: Value,
  begin: readonly number[],
  size: readonly number[]
): Value {
  if (sameShape(size, value.shape)) return value
  const number = fillOf(value)
  if (number !== undefined) return fill(g, number, size, value.type)
  if (value.data !== undefined && !g.isRepeating && isLeading(value.shape, size)) {
    // Rows of numbers that are there, as when a data set is cut into batches: taken now, because
    // every new beginning would be a new graph.
    const length = sizeOf(size)
    const from = begin[0] * (sizeOf(value.shape) / Math.max(1, value.shape[0]))
    return g.leaf(value.data.subarray(from, from + length), size, value.type)
  }
  return g.record('Slice', { begin, size }, [value], size, value.type)
}

function isLeading(shape: readonly number[], size: readonly number[]): boolean {
  return shape.slice(1).every((dim, i) => dim === size[i + 1])
}
