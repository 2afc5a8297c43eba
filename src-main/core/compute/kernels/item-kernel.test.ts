// Kernels made from products on the device, and their slopes by every number of every item.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../devices/device.ts'
import { createRandom } from '../random.ts'
import { openTestDevice } from '../wasm.test-support.ts'
import {
  createRowProducts,
  kernelAcross,
  kernelOwn,
  kernelsOf,
  type KernelKind,
  type RowProducts
} from './item-kernel.ts'
import { ridgeError } from './kernel-ridge.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const size = 6
const kinds: readonly KernelKind[] = [{ kind: 'radial', spread: 9 }, { kind: 'plain' }]

function rows(count: number, seed: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: count * size }, () => random.normal())
}

async function withProducts(use: (products: RowProducts) => void): Promise<void> {
  const before = device.tf.memory().numTensors
  const products = createRowProducts(device.tf)
  use(products)
  products.dispose()
  expect(device.tf.memory().numTensors).toBe(before)
  await Promise.resolve()
}

describe.each(kinds)('the $kind kernel', (kernel) => {
  test('is its formula', async () => {
    const [items, others] = [rows(4, 1), rows(3, 2)]
    const expected = (a: Float32Array, i: number, b: Float32Array, j: number): number => {
      let [product, distance] = [0, 0]
      for (let k = 0; k < size; k++) {
        const [p, q] = [a[i * size + k], b[j * size + k]]
        product += p * q
        distance += (p - q) ** 2
      }
      return kernel.kind === 'plain' ? product + 1 : Math.exp(-distance / kernel.spread)
    }
    await withProducts((products) => {
      const own = kernelOwn(products, items, size, kernel)
      const across = kernelAcross(products, others, items, size, kernel)
      const both = kernelsOf(products, items, others, size, kernel)
      for (let j = 0; j < 4; j++) {
        for (let i = 0; i < 4; i++)
          expect(own[i * 4 + j]).toBeCloseTo(expected(items, i, items, j), 5)
        for (let i = 0; i < 3; i++)
          expect(across[i * 4 + j]).toBeCloseTo(expected(others, i, items, j), 5)
      }
      expect(both.own).toEqual(own)
      both.across.forEach((value, i) => expect(value).toBeCloseTo(across[i], 6))
    })
  })

  test('leads the slopes of a ridge error back to the items', async () => {
    const classes = 2
    const others = rows(9, 3)
    const y = rows(4, 4).slice(0, 4 * classes)
    const targets = rows(9, 5).slice(0, 9 * classes)
    const items = rows(4, 6)
    await withProducts((products) => {
      const errorAt = (values: Float32Array) => {
        const kernels = kernelsOf(products, values, others, size, kernel)
        return { kernels, error: ridgeError(kernels, y, targets, classes, 0.05) }
      }
      const { kernels, error } = errorAt(items)
      const slopes = kernels.back(error)
      const step = 1 / 64
      items.forEach((value, i) => {
        const up = errorAt(items.with(i, value + step)).error.loss
        const down = errorAt(items.with(i, value - step)).error.loss
        const rise = (up - down) / (2 * step)
        expect(Math.abs(slopes[i] - rise)).toBeLessThan(2e-3 + 0.01 * Math.abs(rise))
      })
      expect(Math.max(...slopes.map(Math.abs))).toBeGreaterThan(0.02)
    })
  })
})
