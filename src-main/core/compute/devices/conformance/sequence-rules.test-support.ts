// The operations that random sequences are made of. Whole-number rules compute exactly in float32,
// so that a device must agree to the last bit whatever it rewrites; smooth rules keep values small
// and have derivatives everywhere.
import type { TensorFlow } from '../device.ts'
import {
  atAxis,
  exactLimit,
  fit,
  movingRules,
  scalarFree,
  spread,
  type Rule,
  type Unary,
  type Value
} from './moving-rules.test-support.ts'
import type { AnyTensor } from './tensors.test-support.ts'

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
    const small = (value: Value): Value => (value.limit > 60 ? clipped(tf, value) : value)
    const [left, right] = [small(a), small(b)]
    const inner = [4, 3, 2, 1].find(
      (side) => left.tensor.size % side === 0 && right.tensor.size % side === 0
    )
    const side = inner ?? 1
    const rows = tf.slice(
      tf.reshape(left.tensor, [-1, side]),
      [0, 0],
      [Math.min(9, left.tensor.size / side), -1]
    )
    const columns = tf.slice(
      tf.reshape(right.tensor, [-1, side]),
      [0, 0],
      [Math.min(9, right.tensor.size / side), -1]
    )
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
  add: combines(
    (tf, a, b) => tf.add(a, b),
    (a, b) => a + b
  ),
  sub: combines(
    (tf, a, b) => tf.sub(a, b),
    (a, b) => a + b
  ),
  mul: combines(
    (tf, a, b) => tf.mul(a, b),
    (a, b) => a * b
  ),
  squaredDifference: combines(
    (tf, a, b) => tf.squaredDifference(a, b),
    (a, b) => (a + b) ** 2
  ),
  maximum: combines((tf, a, b) => tf.maximum(a, b), Math.max),
  minimum: combines((tf, a, b) => tf.minimum(a, b), Math.max),
  greater: combines(
    (tf, a, b) => tf.cast(tf.greater(a, b), 'float32'),
    () => 1
  ),
  equal: combines(
    (tf, a, b) => tf.cast(tf.equal(a, b), 'float32'),
    () => 1
  ),
  both: combines(
    (tf, a, b) => tf.cast(tf.logicalAnd(tf.greater(a, 0), tf.less(b, 1)), 'float32'),
    () => 1
  ),
  where: combines(
    (tf, a, b) => tf.where(tf.greater(a, b), a, tf.add(b, 1)),
    (a, b) => a + b + 1
  ),
  neg: scales((tf, x) => tf.neg(x)),
  abs: scales((tf, x) => tf.abs(x)),
  relu: scales((tf, x) => tf.relu(x)),
  sign: scales((tf, x) => tf.sign(x)),
  step: scales((tf, x) => tf.step(x)),
  square: (tf, a, _b, lots) =>
    combines(
      (_, x) => tf.square(x),
      (x) => x * x
    )(tf, a, a, lots),
  clip: (tf, a) => clipped(tf, a),
  double: scales(
    (tf, x) => tf.mul(x, 2),
    () => 2
  ),
  increment: scales(
    (tf, x) => tf.add(x, 1),
    () => 2
  ),
  twice: scales(
    (tf, x) => tf.add(x, x),
    () => 2
  ),
  toWhole: scales((tf, x) => tf.cast(tf.cast(x, 'int32'), 'float32')),
  sum: scales(
    (tf, x, lots) => tf.sum(x, axesFor(x, lots), lots[1] % 2 === 0),
    (x) => x.size
  ),
  spreadSum: scales(
    (tf, x, lots) =>
      x.rank > 3
        ? tf.clone(x)
        : tf.sum(tf.mul(x, tf.ones([1 + (lots[1] % 3), ...x.shape])), lots[2] % (x.rank + 1)),
    (x) => Math.max(3, ...x.shape)
  ),
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
  ones: scales(
    (tf, x) => tf.sub(x, tf.onesLike(x)),
    () => 2
  ),
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
  squared: bounded((tf, a, b) => tf.tanh(tf.squaredDifference(a, spread(tf, b, a.shape)))),
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
