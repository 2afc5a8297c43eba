// Computations that look alike: the same operations on tensors of the same shapes, different only in
// which tensor goes where or in an attribute. A device that keeps compiled graphs must not take one
// for another.
import type { TensorFlow } from '../device.ts'
import { readAll, type Result } from './compare.test-support.ts'
import { make, tensorOf, type AnyTensor } from './tensors.test-support.ts'

type Picture = ReturnType<TensorFlow['tensor4d']>

/** Results of all of them, one computation after the other. */
export function lookAlikes(tf: TensorFlow): Result[] {
  const cube = make(tf, tensorOf([3, 3, 3], 5))
  const three = [1, 2, 3].map((seed) => make(tf, tensorOf([3, 3], seed)))
  const results = [...wirings(three), ...attributes(cube, three[0])].flatMap((compute) =>
    readAll(tf.tidy(() => [compute(tf)].flat()))
  )
  tf.dispose([cube, three])
  return results
}

type Compute = (tf: TensorFlow) => AnyTensor | AnyTensor[]

function wirings(tensors: readonly AnyTensor[]): Compute[] {
  const places = tensors.map((_, at) => at)
  const all = places.flatMap((i) => places.flatMap((j) => places.map((k) => [i, j, k])))
  return all.flatMap((order) => {
    const [a, b, c] = order.map((at) => tensors[at])
    const chosen: Compute[] = [
      (tf) => tf.sub(tf.mul(a, b), c),
      (tf) => tf.sub(c, tf.mul(a, b)),
      (tf) => tf.matMul(tf.transpose(a), tf.add(b, c)),
      (tf) => tf.where(tf.greater(a, b), b, c),
      // The same values, wanted in another order.
      (tf) => [tf.neg(a), tf.neg(b), tf.neg(c)],
      // One graph, of which other values are wanted.
      (tf) => chainOf(tf, a, b).slice(0, 2),
      (tf) => chainOf(tf, a, b).slice(1),
      (tf) => chainOf(tf, a, b).slice(2),
      (tf) => chainOf(tf, a, b).reverse(),
      (tf) => chainOf(tf, a, b),
      (tf) => tf.concat([a, b, tf.abs(c)])
    ]
    return chosen
  })
}

function chainOf(tf: TensorFlow, a: AnyTensor, b: AnyTensor): AnyTensor[] {
  const product = tf.mul(a, b)
  const root = tf.abs(product)
  return [product, root, tf.matMul(root, product)]
}

const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0]
]
const axes = [0, 1, 2]
const switches = [false, true]
const numbers = [0, 0.5, 1, -2]

function attributes(cube: AnyTensor, square: AnyTensor): Compute[] {
  const each = <T>(
    list: readonly T[],
    compute: (tf: TensorFlow, item: T) => AnyTensor
  ): Compute[] => list.map((item) => (tf) => compute(tf, item))
  return [
    ...each(orders, (tf, order) => tf.transpose(cube, order)),
    ...each(orders, (tf, order) => tf.tanh(tf.transpose(tf.mul(cube, square), order))),
    ...each(axes, (tf, axis) => tf.reverse(tf.exp(cube), [axis])),
    ...each(axes, (tf, axis) => tf.sum(cube, axis)),
    ...each(axes, (tf, axis) => tf.max(cube, axis, true)),
    ...each(axes, (tf, axis) => tf.argMin(cube, axis)),
    ...each(axes, (tf, axis) => tf.slice(tf.neg(cube), [axis, 0, 2 - axis], [1, 3, 1])),
    ...each(axes, (tf, axis) => tf.split(cube, 3, 1)[axis]),
    ...each(axes, (tf, axis) => tf.gather(cube, tf.tensor1d([2, 0, 2], 'int32'), axis)),
    ...each(axes, (tf, place) => tf.gather(cube, tf.tensor1d([place, 1], 'int32'))),
    ...each(axes, (tf, axis) => tf.unstack(cube, axis)[1]),
    ...switches.flatMap((exclusive) =>
      each(switches, (tf, reverse) => tf.cumsum(cube, 1, exclusive, reverse))
    ),
    ...switches.flatMap((left) =>
      each(switches, (tf, right) => tf.matMul(square, tf.add(square, 1), left, right))
    ),
    ...each(numbers, (tf, number) =>
      tf.pad(
        square,
        [
          [1, 0],
          [0, 2]
        ],
        number
      )
    ),
    ...each(numbers, (tf, number) => tf.leakyRelu(square, number)),
    ...each(numbers, (tf, number) => tf.step(square, number)),
    ...each(numbers, (tf, number) => tf.clipByValue(square, -3, number)),
    ...each(numbers, (tf, number) => tf.mul(square, number)),
    ...each(numbers, (tf, number) => tf.add(tf.fill([3, 3], number), square)),
    ...each([0, 1, 2, -2], (tf, mark) => tf.oneHot(tf.tensor1d([0, 2], 'int32'), 3, mark, 3)),
    ...each([0, 1], (tf, side) => tf.conv2d(picture(tf, cube), filter(tf, cube), 1 + side, side)),
    ...each(['avg', 'max'] as const, (tf, name) => tf.pool(picture(tf, cube), 2, name, 'valid'))
  ]
}

// Given the four axes that the types below ask for and cannot follow.
const picture = (tf: TensorFlow, cube: AnyTensor): Picture =>
  tf.reshape(cube, [1, 3, 3, 3]) as Picture
const filter = (tf: TensorFlow, cube: AnyTensor): Picture =>
  tf.reshape(cube, [3, 3, 3, 1]) as Picture
