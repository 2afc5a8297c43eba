// The values of the second-order operations against tfjs-core's own and plain loops, their edges,
// and that nothing stays in memory. Their derivatives: second-order.property.test.ts.
import type { Scalar, Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { TensorFlow } from '../devices/device.ts'
import { enableGradients } from '../devices/gradients.ts'
import { listDevices, openDevice } from '../devices/registry.ts'
import { createRandom } from '../random.ts'
import { normalStart, unrolledError } from './finite-differences.test-support.ts'
import { crossEntropy } from './losses.ts'
import type { Padding } from './network-ops.ts'
import { plainConvolution, plainInstanceNorm, plainPool } from './plain-pictures.ts'
import { trainingCase } from './second-order-cases.test-support.ts'
import { secondOrderOps, type SecondOrderOps } from './second-order.ts'

await enableGradients()
const devices = (await listDevices()).filter((device) => device.isAvailable)

function normal(tf: TensorFlow, seed: number, shape: readonly number[]): Tensor {
  return tf.tensor(normalStart(createRandom(seed), shape).values, [...shape])
}

/** Largest distance between numbers; NaN and different counts are infinitely far. */
function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Infinity
  let worst = 0
  for (let i = 0; i < a.length; i++) {
    const error = Math.abs(a[i] - b[i])
    worst = Number.isNaN(error) ? Infinity : Math.max(worst, error)
  }
  return worst
}

test('gradients enabled before a device opens are whole: cast and addN copy their gradient', async () => {
  const { tf } = (await openDevice('cpu')).device
  const total = (x: Tensor): Scalar => tf.sum(tf.cast(tf.addN([x, x]), 'float32'))
  expect(
    Array.from(
      tf
        .grad(total)(tf.tensor1d([1, 2]))
        .dataSync()
    )
  ).toEqual([2, 2])
})

describe.each(devices.map((device) => device.id))('on %s', (id) => {
  let tf: TensorFlow
  let ops: SecondOrderOps
  beforeAll(async () => {
    tf = (await openDevice(id)).device.tf
    ops = secondOrderOps(tf)
  })

  const side = fc.integer({ min: 1, max: 5 })
  const paddings = fc.constantFrom<Padding[]>('same', 'valid', 0, 1, 2, 5)
  const seeds = fc.integer({ min: 0, max: 1_000_000 })

  test('convolution is that of tfjs-core for any filter and padding', () => {
    fc.assert(
      fc.property(side, side, side, side, paddings, seeds, (h, w, more, wider, padding, seed) => {
        const error = tf.tidy(() => {
          const x = normal(tf, seed, [2, h + more - 1, w + wider - 1, 3]) as Tensor4D
          const filter = normal(tf, seed + 1, [h, w, 3, 2]) as Tensor4D
          const own = ops.convolve(x, filter, padding)
          // tfjs-core is wrong for a number with a filter that is not square.
          const border = typeof padding === 'number' ? padding : 0
          const wide = tf.pad(x, [
            [0, 0],
            [border, border],
            [border, border],
            [0, 0]
          ])
          const theirs = tf.conv2d(wide, filter, 1, padding === 'same' ? 'same' : 'valid')
          expect(own.shape).toEqual(theirs.shape)
          return distance(own.dataSync(), theirs.dataSync())
        })
        expect(error).toBeLessThan(1e-4)
      }),
      { numRuns: 15 }
    )
  })

  test('convolution is that of plain loops, the odd side of an even filter at the end', () => {
    const [x, w] = [
      normalStart(createRandom(1), [5, 6, 2]),
      normalStart(createRandom(2), [4, 3, 2, 3])
    ]
    const size = { height: 5, width: 6, channels: 2 }
    const plain = plainConvolution(
      Float64Array.from(x.values),
      size,
      Float64Array.from(w.values),
      [4, 3, 2, 3]
    )
    const own = tf.tidy(() =>
      ops
        .convolve(tf.tensor4d(x.values, [1, 5, 6, 2]), tf.tensor4d(w.values, [4, 3, 2, 3]), 'same')
        .dataSync()
    )
    expect(distance(own, plain)).toBeLessThan(1e-4)
  })

  test('its gradients are those of the transposed product', () => {
    fc.assert(
      fc.property(side, side, side, side, paddings, seeds, (h, w, more, wider, padding, seed) => {
        // <convolve(x, w), dy> = <x, gradient for x> = <w, gradient for w>
        const products = tf.tidy(() => {
          const x = normal(tf, seed, [2, h + more - 1, w + wider - 1, 3])
          const filter = normal(tf, seed + 1, [h, w, 3, 2])
          const convolve = (x: Tensor, w: Tensor): Tensor =>
            ops.convolve(x as Tensor4D, w as Tensor4D, padding)
          const y = convolve(x, filter)
          const dy = normal(tf, seed + 2, y.shape)
          const [dx, dw] = tf.grads(convolve)([x, filter], dy)
          const inner = (a: Tensor, b: Tensor): number => tf.sum(tf.mul(a, b)).dataSync()[0]
          return [inner(y, dy), inner(x, dx), inner(filter, dw)]
        })
        const scale = Math.max(10, Math.abs(products[0]))
        expect(Math.abs(products[1] - products[0]) / scale).toBeLessThan(1e-4)
        expect(Math.abs(products[2] - products[0]) / scale).toBeLessThan(1e-4)
      }),
      { numRuns: 10 }
    )
  })

  test('a filter or square larger than the picture is refused', () => {
    tf.tidy(() => {
      const x = tf.ones<typeof tf.Rank.R4>([1, 2, 3, 1])
      const filter = tf.ones<typeof tf.Rank.R4>([3, 3, 1, 1])
      expect(() => ops.convolve(x, filter, 'valid')).toThrow(RangeError)
      expect(() => ops.averagePool(x, 3)).toThrow(RangeError)
    })
  })

  test('average pooling drops the rest', () => {
    const x = normalStart(createRandom(3), [5, 7, 2])
    const plain = plainPool(Float64Array.from(x.values), { height: 5, width: 7, channels: 2 }, 2)
    const own = tf.tidy(() => {
      const y = ops.averagePool(tf.tensor4d(x.values, [1, 5, 7, 2]), 2)
      expect(y.shape).toEqual([1, 2, 3, 2])
      return y.dataSync()
    })
    expect(distance(own, plain)).toBeLessThan(1e-5)
  })

  test('instance normalisation: plain loops, and the same for any brightness and contrast', () => {
    const x = normalStart(createRandom(4), [6, 5, 3])
    const scale = [0.5, 1, 2]
    const size = { height: 6, width: 5, channels: 3 }
    const plain = plainInstanceNorm(Float64Array.from(x.values), size, Float64Array.from(scale))
    const [own, changed] = tf.tidy(() => {
      const picture = tf.tensor4d(x.values, [1, 6, 5, 3])
      const norm = (y: Tensor4D): Tensor4D => ops.instanceNorm(y, tf.tensor1d(scale), tf.zeros([3]))
      return [norm(picture).dataSync(), norm(tf.add(tf.mul(picture, 3), 2)).dataSync()]
    })
    expect(distance(own, plain)).toBeLessThan(1e-4)
    expect(distance(own, changed)).toBeLessThan(1e-4)
  })

  test('shares of extreme logits are finite and add to one', () => {
    const [log, shares] = tf.tidy(() => {
      const logits = tf.tensor2d([1000, 0, -1000, 3, 3, 3], [2, 3])
      return [ops.logSoftmax(logits).dataSync(), ops.softmax(logits).dataSync()]
    })
    const third = Math.log(3)
    expect(distance(log, [0, -1000, -2000, -third, -third, -third])).toBeLessThan(1e-3)
    expect(distance(shares, [1, 0, 0, 1 / 3, 1 / 3, 1 / 3])).toBeLessThan(1e-6)
  })

  test('cross-entropy of soft labels is its definition', () => {
    const loss = tf.tidy(() =>
      crossEntropy(
        tf,
        ops,
        tf.tensor2d([0, Math.log(3), 0, 0], [2, 2]),
        tf.tensor2d([0.5, 0.5, 1, 0], [2, 2])
      ).dataSync()
    )
    const first = -0.5 * Math.log(1 / 4) - 0.5 * Math.log(3 / 4)
    expect(loss[0]).toBeCloseTo((first + Math.log(2)) / 2, 5)
  })

  test('norms and absolute values have derivative zero at zero, twice', () => {
    const rows = [
      [3, 4],
      [0, 0]
    ]
    const results = tf.tidy(() => {
      const x = tf.tensor2d(rows)
      const norm = (at: Tensor): Scalar => tf.sum(ops.norms(at as Tensor2D))
      const slope = tf.grad(norm)
      const absolute = tf.grad((at: Tensor) => tf.sum(ops.absolute(at)))
      const curve = tf.grad((at: Tensor) => tf.sum(tf.square(slope(at))))
      return [ops.norms(x), slope(x), curve(x), absolute(x)].map((t) => Array.from(t.dataSync()))
    })
    expect(distance(results[0], [5, 0])).toBeLessThan(1e-6)
    expect(distance(results[1], [0.6, 0.8, 0, 0])).toBeLessThan(1e-6)
    // A direction has length 1 wherever it points.
    expect(distance(results[2], [0, 0, 0, 0])).toBeLessThan(1e-6)
    expect(results[3]).toEqual([1, 1, 0, 0])
  })

  test('no tensor is left behind', () => {
    const run = (): void => {
      const { training, parameters, pictures } = trainingCase(tf, 5, 2)
      unrolledError(tf, training, parameters, pictures, createRandom(1), 1)
    }
    run()
    const before = tf.memory().numTensors
    run()
    expect(tf.memory().numTensors).toBe(before)
  })

  test('what one second derivative holds at its end is its result alone', () => {
    const x = normal(tf, 1, [2, 6, 6, 2])
    const filter = normal(tf, 2, [3, 3, 2, 4])
    const loss = (x: Tensor, w: Tensor): Scalar =>
      tf.mean(ops.exp(ops.averagePool(ops.convolve(x as Tensor4D, w as Tensor4D, 1), 2)))
    const before = tf.memory().numTensors
    const outer = tf.grad((x) => tf.sum(tf.square(tf.grad((w) => loss(x, w))(filter))))(x)
    expect(tf.memory().numTensors).toBe(before + 1)
    outer.dispose()
    x.dispose()
    filter.dispose()
  })
})
