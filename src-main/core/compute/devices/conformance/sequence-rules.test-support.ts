// The operations that random sequences are made of. Whole-number rules compute exactly in float32,
// so that a device must agree to the last bit whatever it rewrites; smooth rules keep values small
// and have derivatives everywhere.
import type { TensorFlow } from '../device.ts'
import { sizeOf, type AnyTensor } from './tensors.test-support.ts'

/** A tensor and a limit of the size of its elements, known without reading them. */
export interface Value {
  readonly tensor: AnyTensor
  readonly limit: number
}

/** Applies to any two values; `lots` choose axes, sides and places. */
export type Rule = (tf: TensorFlow, a: Value, b: Value, lots: readonly number[]) => Value

/** Whole numbers up to here are exact in float32, with room for one more operation. */
const exactLimit = 2 ** 22
/** No tensor of a sequence grows beyond. */
const largest = 4000

type Unary = (tf: TensorFlow, x: AnyTensor, lots: readonly number[]) => AnyTensor

/** Moves elements: the limit stays, or becomes at least 1 where ones are added. */
function moves(apply: Unary): Rule {
  return (tf, a, _b, lots) => ({ tensor: apply(tf, a.tensor, lots), limit: Math.max(1, a.limit) })
}

function atAxis(x: AnyTensor, lot: number): number {
  return lot % Math.max(1, x.rank)
}

function order(rank: number, lots: readonly number[]): number[] {
  const left = Array.from({ length: rank }, (_, axis) => axis)
  return Array.from({ length: rank }, (_, i) => left.splice((lots[i % 3] + i) % left.length, 1)[0])
}

const scalarFree =
  (apply: Unary): Unary =>
  (tf, x, lots) =>
    x.rank === 0 ? tf.reshape(x, [1]) : apply(tf, x, lots)

const isSmall = (size: number): boolean => size <= largest

/** Rules of both kinds of sequence: they move elements. */
export const movingRules: Readonly<Record<string, Rule>> = {
  transpose: moves((tf, x, lots) => tf.transpose(x, order(x.rank, lots))),
  swap: moves((tf, x) => (x.rank < 2 ? tf.clone(x) : tf.transpose(x))),
  reshape: moves((tf, x, lots) => {
    const side = [1, 2, 3, 4].filter((divisor) => x.size % divisor === 0)[lots[0] % 2] ?? 1
    return tf.reshape(x, lots[1] % 2 === 0 ? [side, x.size / side] : [x.size / side, 1, side])
  }),
  flatten: moves((tf, x) => tf.reshape(x, [-1])),
  slice: moves(
    scalarFree((tf, x, lots) => {
      const begin = x.shape.map((side, axis) => lots[axis % 3] % side)
      return tf.slice(
        x,
        begin,
        x.shape.map((side, axis) => 1 + (lots[(axis + 1) % 3] % (side - begin[axis])))
      )
    })
  ),
  reverse: moves(scalarFree((tf, x, lots) => tf.reverse(x, [atAxis(x, lots[0])]))),
  pad: moves(
    scalarFree((tf, x, lots) =>
      isSmall(sizeOf(x.shape.map((side) => side + 2)))
        ? tf.pad(
            x,
            x.shape.map((_, axis): [number, number] => [lots[axis % 3] % 2, lots[(axis + 1) % 3] % 2]),
            lots[2] % 2
          )
        : tf.clone(x)
    )
  ),
  tile: moves(
    scalarFree((tf, x, lots) =>
      isSmall(x.size * 2)
        ? tf.tile(
            x,
            x.shape.map((_, axis) => (axis === atAxis(x, lots[0]) ? 2 : 1))
          )
        : tf.clone(x)
    )
  ),
  gather: moves(
    scalarFree((tf, x, lots) => {
      const axis = atAxis(x, lots[0])
      // The reference differentiates this with one pass for every place there is.
      if (x.shape[axis] > 50) return tf.clone(x)
      const places = lots.slice(0, Math.min(3, x.shape[axis])).map((lot) => lot % x.shape[axis])
      return tf.gather(x, tf.tensor1d(places, 'int32'), axis)
    })
  ),
  // tfjs-core differentiates repetition up to rank 4.
  expandDims: moves((tf, x, lots) =>
    x.rank < 4 ? tf.expandDims(x, lots[0] % (x.rank + 1)) : tf.clone(x)
  ),
  squeeze: moves((tf, x) => tf.squeeze(x)),
  identity: moves((tf, x) => tf.clone(x)),
  concat: (tf, a, b, lots) => {
    const limit = Math.max(a.limit, b.limit)
    const other = fit(tf, a.tensor, b.tensor)
    if (a.tensor.rank === 0) return { tensor: tf.stack([a.tensor, other]), limit }
    const axis = atAxis(a.tensor, lots[0])
    if (!isSmall(a.tensor.size * 2)) return { tensor: tf.clone(a.tensor), limit: a.limit }
    return { tensor: tf.concat([a.tensor, tf.broadcastTo(other, a.tensor.shape)], axis), limit }
  },
  // One half of a split; the other half is never used.
  split: (tf, a, _b, lots) => {
    const axis = a.tensor.shape.findIndex((side) => side % 2 === 0)
    if (axis === -1) return { tensor: tf.clone(a.tensor), limit: a.limit }
    return { tensor: tf.split(a.tensor, 2, axis)[lots[0] % 2], limit: a.limit }
  },
  unstack: (tf, a, _b, lots) =>
    // tfjs-core cannot differentiate taking apart one element.
    (a.tensor.shape[0] ?? 1) === 1 || a.tensor.shape[0] > 50
      ? { tensor: tf.clone(a.tensor), limit: a.limit }
      : { tensor: tf.unstack(a.tensor)[lots[0] % a.tensor.shape[0]], limit: a.limit }
}

/** `x` so that it broadcasts into the shape of `target`: as it is, or its first element. */
function fit(tf: TensorFlow, target: AnyTensor, x: AnyTensor): AnyTensor {
  const offset = target.rank - x.rank
  const fits =
    offset >= 0 &&
    x.shape.every((side, axis) => side === 1 || side === target.shape[axis + offset])
  return fits ? x : tf.reshape(tf.slice(tf.reshape(x, [-1]), [0], [1]), [])
}

type Combine = (tf: TensorFlow, a: AnyTensor, b: AnyTensor) => AnyTensor

/** Two operands, one of which broadcasts into the other, with a limit for the result. */
function combines(apply: Combine, limitOf: (a: number, b: number) => number): Rule {
  return (tf, a, b, lots) => {
    const fitted: Value = { tensor: fit(tf, a.tensor, b.tensor), limit: b.limit }
    const [left, right] = lots[2] % 2 === 0 ? [a, fitted] : [fitted, a]
    const isFine = limitOf(left.limit, right.limit) <= exactLimit
    const [x, y] = isFine ? [left, right] : [clipped(tf, left), clipped(tf, right)]
    return { tensor: apply(tf, x.tensor, y.tensor), limit: limitOf(x.limit, y.limit) }
  }
}

function clipped(tf: TensorFlow, { tensor }: Value): Value {
  return { tensor: tf.clipByValue(tensor, -3, 3), limit: 3 }
}

/** One operand whose elements are at most `factor` times larger afterwards. */
function scales(apply: Unary, factorOf: (x: AnyTensor) => number = () => 1): Rule {
  return (tf, a, _b, lots) => {
    const factor = factorOf(a.tensor)
    const x = a.limit * factor <= exactLimit ? a : clipped(tf, a)
    return { tensor: apply(tf, x.tensor, lots), limit: Math.max(1, x.limit * factor) }
  }
}

const axesFor = (x: AnyTensor, lots: readonly number[]): number[] | undefined =>
  x.rank === 0 || lots[0] % 4 === 0 ? undefined : [atAxis(x, lots[0])]

/** Both as matrices whose inner sides agree, with random transposes. */
function multiplied(scale: (inner: number) => number): Rule {
  return (tf, a, b, lots) => {
    const small = (value: Value): Value =>
      value.limit > 60 ? clipped(tf, value) : value
    const [left, right] = [small(a), small(b)]
    const inner = [4, 3, 2, 1].find(
      (side) => left.tensor.size % side === 0 && right.tensor.size % side === 0
    )
    const side = inner ?? 1
    const rows = tf.slice(tf.reshape(left.tensor, [-1, side]), [0, 0], [Math.min(9, left.tensor.size / side), -1])
    const columns = tf.slice(tf.reshape(right.tensor, [-1, side]), [0, 0], [Math.min(9, right.tensor.size / side), -1])
    const [flipLeft, flipRight] = [lots[0] % 2 === 1, lots[1] % 2 === 1]
    const product = tf.matMul(
      flipLeft ? tf.transpose(rows) : rows,
      flipRight ? columns : tf.transpose(columns),
      flipLeft,
      flipRight
    )
    return {
      tensor: scale(side) === 1 ? product : tf.mul(product, scale(side)),
      limit: left.limit * right.limit * side * scale(side)
    }
  }
}

/** Exact in float32 as long as limits hold. */
export const wholeRules: Readonly<Record<string, Rule>> = {
  ...movingRules,
  add: combines((tf, a, b) => tf.add(a, b), (a, b) => a + b),
  sub: combines((tf, a, b) => tf.sub(a, b), (a, b) => a + b),
  mul: combines((tf, a, b) => tf.mul(a, b), (a, b) => a * b),
  squaredDifference: combines((tf, a, b) => tf.squaredDifference(a, b), (a, b) => (a + b) ** 2),
  maximum: combines((tf, a, b) => tf.maximum(a, b), Math.max),
  minimum: combines((tf, a, b) => tf.minimum(a, b), Math.max),
  greater: combines((tf, a, b) => tf.cast(tf.greater(a, b), 'float32'), () => 1),
  equal: combines((tf, a, b) => tf.cast(tf.equal(a, b), 'float32'), () => 1),
  both: combines(
    (tf, a, b) => tf.cast(tf.logicalAnd(tf.greater(a, 0), tf.less(b, 1)), 'float32'),
    () => 1
  ),
  where: combines((tf, a, b) => tf.where(tf.greater(a, b), a, tf.add(b, 1)), (a, b) => a + b + 1),
  neg: scales((tf, x) => tf.neg(x)),
  abs: scales((tf, x) => tf.abs(x)),
  relu: scales((tf, x) => tf.relu(x)),
  sign: scales((tf, x) => tf.sign(x)),
  step: scales((tf, x) => tf.step(x)),
  square: (tf, a, _b, lots) => combines((_, x) => tf.square(x), (x) => x * x)(tf, a, a, lots),
  clip: (tf, a) => clipped(tf, a),
  double: scales((tf, x) => tf.mul(x, 2), () => 2),
  increment: scales((tf, x) => tf.add(x, 1), () => 2),
  twice: scales((tf, x) => tf.add(x, x), () => 2),
  toWhole: scales((tf, x) => tf.cast(tf.cast(x, 'int32'), 'float32')),
  sum: scales((tf, x, lots) => tf.sum(x, axesFor(x, lots), lots[1] % 2 === 0), (x) => x.size),
  max: scales((tf, x, lots) => tf.max(x, axesFor(x, lots), lots[1] % 2 === 0)),
  min: scales((tf, x, lots) => tf.min(x, axesFor(x, lots), lots[1] % 2 === 0)),
  cumsum: scales(
    scalarFree((tf, x, lots) => tf.cumsum(x, atAxis(x, lots[0]), lots[1] % 2 === 0)),
    (x) => x.size
  ),
  argMax: scales(
    scalarFree((tf, x, lots) => tf.cast(tf.argMax(x, atAxis(x, lots[0])), 'float32')),
    (x) => Math.max(1, ...x.shape)
  ),
  zeros: scales((tf, x) => tf.mul(tf.zerosLike(x), x)),
  ones: scales((tf, x) => tf.sub(x, tf.onesLike(x)), () => 2),
  matMul: multiplied(() => 1)
}

/** A result between -4 and 4 whatever the operands. */
function bounded(apply: Combine): Rule {
  return (tf, a, b) => ({ tensor: apply(tf, a.tensor, fit(tf, a.tensor, b.tensor)), limit: 4 })
}

/** Values stay between -4 and 4; every rule has derivatives everywhere. */
export const smoothRules: Readonly<Record<string, Rule>> = {
  ...movingRules,
  average: bounded((tf, a, b) => tf.mul(tf.add(a, b), 0.5)),
  difference: bounded((tf, a, b) => tf.mul(tf.sub(a, b), 0.5)),
  mul: bounded((tf, a, b) => tf.mul(tf.tanh(a), b)),
  div: bounded((tf, a, b) => tf.div(a, tf.add(tf.square(b), 1))),
  squared: bounded((tf, a, b) => tf.tanh(tf.squaredDifference(a, tf.broadcastTo(b, a.shape)))),
  tanh: bounded((tf, a) => tf.tanh(a)),
  sigmoid: bounded((tf, a) => tf.sigmoid(a)),
  softplus: bounded((tf, a) => tf.mul(tf.softplus(a), 0.9)),
  exp: bounded((tf, a) => tf.exp(tf.neg(tf.square(a)))),
  sin: bounded((tf, a) => tf.sin(a)),
  root: bounded((tf, a) => tf.sqrt(tf.add(tf.square(a), 0.5))),
  log: bounded((tf, a) => tf.log(tf.add(tf.square(a), 1))),
  neg: bounded((tf, a) => tf.neg(a)),
  softmax: bounded((tf, a) => (a.rank === 0 ? tf.tanh(a) : tf.softmax(a))),
  logSumExp: bounded((tf, a) => tf.mul(tf.logSumExp(a), 0.3)),
  mean: (tf, a, _b, lots) => ({
    tensor: tf.mean(a.tensor, axesFor(a.tensor, lots), lots[1] % 2 === 0),
    limit: 4
  }),
  sum: (tf, a, _b, lots) => ({
    tensor: tf.tanh(tf.mul(tf.sum(a.tensor, axesFor(a.tensor, lots), lots[1] % 2 === 0), 0.1)),
    limit: 4
  }),
  normalise: bounded((tf, a) => {
    const centred = tf.sub(a, tf.mean(a, undefined, false))
    return tf.mul(centred, tf.rsqrt(tf.add(tf.mean(tf.square(centred)), 0.5)))
  }),
  matMul: (tf, a, b, lots) => {
    const { tensor } = multiplied((inner) => 1 / inner)(tf, a, b, lots)
    return { tensor: tf.tanh(tensor), limit: 4 }
  }
}
