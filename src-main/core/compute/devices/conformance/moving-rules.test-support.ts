// What random sequences of operations are made of: the form of a rule, and the rules that only move
// elements.
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
export const exactLimit = 2 ** 22
/** No tensor of a sequence grows beyond. */
const largest = 4000

/** Makes one tensor of one; `lots` choose how. */
export type Unary = (tf: TensorFlow, x: AnyTensor, lots: readonly number[]) => AnyTensor

/** Moves elements: the limit stays, or becomes at least 1 where ones are added. */
function moves(apply: Unary): Rule {
  return (tf, a, _b, lots) => ({ tensor: apply(tf, a.tensor, lots), limit: Math.max(1, a.limit) })
}

/** An axis of the tensor; 0 for a scalar. */
export function atAxis(x: AnyTensor, lot: number): number {
  return lot % Math.max(1, x.rank)
}

function order(rank: number, lots: readonly number[]): number[] {
  const left = Array.from({ length: rank }, (_, axis) => axis)
  return Array.from({ length: rank }, (_, i) => left.splice((lots[i % 3] + i) % left.length, 1)[0])
}

/** The same for tensors with axes; a scalar gets one. */
export const scalarFree =
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
            x.shape.map((_, axis): [number, number] => [
              lots[axis % 3] % 2,
              lots[(axis + 1) % 3] % 2
            ]),
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
  // As the derivative of a sum: a product with ones.
  spread: moves((tf, x, lots) =>
    x.rank < 4 && isSmall(x.size * 3)
      ? tf.mul(tf.ones([1 + (lots[0] % 3), ...x.shape]), x)
      : tf.clone(x)
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
    return { tensor: tf.concat([a.tensor, spread(tf, other, a.tensor.shape)], axis), limit }
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
export function fit(tf: TensorFlow, target: AnyTensor, x: AnyTensor): AnyTensor {
  const offset = target.rank - x.rank
  const fits =
    offset >= 0 && x.shape.every((side, axis) => side === 1 || side === target.shape[axis + offset])
  return fits ? x : tf.reshape(tf.slice(tf.reshape(x, [-1]), [0], [1]), [])
}

/** The tensor spread to a shape. Not by tfjs-core's own way, whose gradient slices every repetition. */
export function spread(tf: TensorFlow, x: AnyTensor, shape: number[]): AnyTensor {
  return tf.add(tf.zeros(shape), x)
}
