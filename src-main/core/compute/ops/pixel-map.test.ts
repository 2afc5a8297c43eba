// Resampling: against tfjs-core's own where it has one, and the identities of linear maps.
import type { Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import type { TensorFlow } from '../devices/device.ts'
import { enableGradients } from '../devices/gradients.ts'
import { openDevice } from '../devices/registry.ts'
import { createRandom } from '../random.ts'
import { normalStart } from './finite-differences.test-support.ts'
import { affineMap, mapRows, movePixels, resizeMap, takeRows, transposed } from './pixel-map.ts'

let tf: TensorFlow
beforeAll(async () => {
  await enableGradients()
  tf = (await openDevice('wasm')).device.tf
})

function pictures(seed: number, shape: [number, number, number, number]): Tensor4D {
  return tf.tensor4d(normalStart(createRandom(seed), shape).values, shape)
}

function expectClose(a: ArrayLike<number>, b: ArrayLike<number>): void {
  expect(a.length).toBe(b.length)
  for (let i = 0; i < b.length; i++) expect(a[i]).toBeCloseTo(b[i], 4)
}

const side = fc.integer({ min: 1, max: 7 })
const angle = fc.double({ min: -0.4, max: 0.4, noNaN: true })
const scale = fc.double({ min: 0.7, max: 1.4, noNaN: true })

describe('size', () => {
  test('is that of tfjs-core with half-pixel centres', () => {
    fc.assert(
      fc.property(side, side, side, side, (fromHeight, fromWidth, height, width) =>
        tf.tidy(() => {
          const x = pictures(1, [2, fromHeight, fromWidth, 2])
          const own = movePixels(tf, x, [resizeMap(fromHeight, fromWidth, height, width)])
          expect(own.shape).toEqual([2, height, width, 2])
          const theirs = tf.image.resizeBilinear(x, [height, width], false, true)
          expectClose(own.dataSync(), theirs.dataSync())
        })
      ),
      { numRuns: 25 }
    )
  })

  test('a constant picture stays constant', () => {
    tf.tidy(() => {
      const x = tf.fill<typeof tf.Rank.R4>([1, 3, 4, 1], 0.7)
      const y = movePixels(tf, x, [resizeMap(3, 4, 8, 8)]).dataSync()
      expectClose(y, new Float32Array(64).fill(0.7))
    })
  })
})

describe('rotation and scale', () => {
  test('the identity changes nothing', () => {
    tf.tidy(() => {
      const x = pictures(2, [2, 5, 7, 3])
      const y = movePixels(tf, x, [affineMap(5, 7, [1, 0, 0, 1])])
      expectClose(y.dataSync(), x.dataSync())
    })
  })

  test('a mirror and a quarter turn are exact', () => {
    tf.tidy(() => {
      const x = pictures(3, [1, 4, 4, 2])
      const mirrored = movePixels(tf, x, [affineMap(4, 4, [-1, 0, 0, 1])])
      expectClose(mirrored.dataSync(), tf.reverse(x, 2).dataSync())
      // Row r and column c come from row c and column n - 1 - r.
      const turned = movePixels(tf, x, [affineMap(4, 4, [0, -1, 1, 0])])
      const expected = tf.reverse(tf.transpose(x, [0, 2, 1, 3]), 1)
      expectClose(turned.dataSync(), expected.dataSync())
    })
  })

  test('what lies outside is zero', () => {
    tf.tidy(() => {
      const x = tf.ones<typeof tf.Rank.R4>([1, 4, 4, 1])
      // Twice as far out: the result is the picture at half size in the middle.
      const y = movePixels(tf, x, [affineMap(4, 4, [2, 0, 0, 2])]).dataSync()
      for (let i = 0; i < 4; i++)
        expect([y[i], y[12 + i], y[4 * i], y[4 * i + 3]]).toEqual([0, 0, 0, 0])
      expect(y[5]).toBeCloseTo(1, 5)
    })
  })

  test('one map for each picture is each picture by itself', () => {
    tf.tidy(() => {
      const x = pictures(4, [3, 4, 5, 2])
      const maps = [0.1, -0.2, 0.3].map((turn) => affineMap(4, 5, [1, -turn, turn, 1.1]))
      const together = movePixels(tf, x, maps)
      const single = maps.map((map, i) =>
        movePixels(tf, tf.slice(x, [i, 0, 0, 0], [1, 4, 5, 2]), [map])
      )
      expectClose(together.dataSync(), tf.concat(single, 0).dataSync())
    })
  })

  test('the gradient is the transposed map: <A x, y> = <x, gradient>', () => {
    fc.assert(
      fc.property(side, side, angle, scale, (height, width, turn, size) =>
        tf.tidy(() => {
          const map = affineMap(height, width, [size, -turn, turn, size])
          const x = pictures(5, [2, height, width, 2])
          const y = pictures(6, [2, height, width, 2])
          const move = (at: typeof x): typeof x => movePixels(tf, at, [map])
          const slope = tf.grad((at) => tf.sum(tf.mul(move(at as Tensor4D), y)))(x)
          const left = tf.sum(tf.mul(move(x), y)).dataSync()[0]
          const right = tf.sum(tf.mul(x, slope)).dataSync()[0]
          expect(Math.abs(left - right)).toBeLessThan(1e-3)
        })
      ),
      { numRuns: 20 }
    )
  })

  test('the transpose of the transpose is the map', () => {
    tf.tidy(() => {
      const map = affineMap(5, 6, [0.9, -0.2, 0.2, 1.1])
      const x: Tensor3D = tf.reshape(pictures(7, [1, 5, 6, 2]), [1, 30, 2])
      const again = transposed(transposed(map))
      expectClose(mapRows(tf, x, again).dataSync(), mapRows(tf, x, map).dataSync())
    })
  })

  test('maps that do not fit are refused', () => {
    tf.tidy(() => {
      const x = pictures(8, [3, 4, 4, 1])
      const map = affineMap(4, 4, [1, 0, 0, 1])
      expect(() => movePixels(tf, x, [map, map])).toThrow(RangeError)
      expect(() => movePixels(tf, x, [])).toThrow(RangeError)
      expect(() => movePixels(tf, x, [affineMap(4, 5, [1, 0, 0, 1])])).toThrow(RangeError)
      expect(() => movePixels(tf, x, [map, map, resizeMap(4, 4, 2, 2)])).toThrow(RangeError)
    })
  })
})

describe('choice of rows', () => {
  test('takes the named rows, repeats included, and sums their gradients', () => {
    tf.tidy(() => {
      const x = tf.tensor2d([1, 2, 3, 4, 5, 6], [3, 2])
      const take = (at: typeof x): ReturnType<typeof takeRows> => takeRows(tf, at, [2, 0, 2])
      expect(Array.from(take(x).dataSync())).toEqual([5, 6, 1, 2, 5, 6])
      const slope = tf.grad((at) => tf.sum(tf.square(take(at as typeof x))))(x)
      expect(Array.from(slope.dataSync())).toEqual([2, 4, 0, 0, 20, 24])
    })
  })

  test('a row that is not there is refused', () => {
    tf.tidy(() => {
      expect(() => takeRows(tf, tf.ones([2, 2]), [2])).toThrow(RangeError)
      expect(() => takeRows(tf, tf.ones([2, 2]), [-1])).toThrow(RangeError)
    })
  })
})
