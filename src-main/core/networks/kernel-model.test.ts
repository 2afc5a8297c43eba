// G10: The kernel model: what it says, labels in closed form, and more items than it takes as they are.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../compute/devices/device.ts'
import { createRowProducts, kernelsOf } from '../compute/kernels/item-kernel.ts'
import { ridgeError } from '../compute/kernels/kernel-ridge.ts'
import { createRandom } from '../compute/random.ts'
import { openTestDevice } from '../compute/wasm.test-support.ts'
import { centredOneHot, solveLabels } from './kernel-labels.ts'
import { kernelAccuracy, kernelFactsOf, kernelPredict, mostKernelItems } from './kernel-model.ts'
import { labelledValues, oneHotShares } from './normalisation.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})
const { signal } = new AbortController()

/** Two rings of points: no straight line parts them. */
function rings(count: number, seed: number): { values: Float32Array; labels: Int32Array } {
  const random = createRandom(seed)
  const labels = Int32Array.from({ length: count }, (_, i) => i % 2)
  const values = new Float32Array(count * 2)
  labels.forEach((label, i) => {
    const angle = random.uniform() * 2 * Math.PI
    const radius = 1 + label + 0.2 * random.normal()
    values.set([radius * Math.cos(angle), radius * Math.sin(angle)], i * 2)
  })
  return { values, labels }
}

test('says k(t, s) y / (1 + lambda) for a single item', async () => {
  const items = { values: Float32Array.of(1, 0), count: 1, targets: Float32Array.of(3, -3) }
  const rows = labelledValues(Float32Array.of(1, 2, 1, 0), Int32Array.of(0, 0))
  const said = await kernelPredict(device.tf, items, { spread: 4, ridge: 0.5 }, rows, signal)
  expect(said[0]).toBeCloseTo(2 * Math.exp(-1), 5)
  expect(said[1]).toBeCloseTo(-2 * Math.exp(-1), 5)
  expect(said[2]).toBeCloseTo(2, 5)
})

test.each([60, mostKernelItems + 100])(
  'parts two rings by %i items, and keeps no tensors',
  async (count) => {
    const { values, labels } = rings(count, 1)
    const other = rings(100, 2)
    const before = device.tf.memory().numTensors
    const accuracy = await kernelAccuracy(
      device.tf,
      { values, count, targets: oneHotShares(labels, 2) },
      { spread: 1, ridge: 1e-3 },
      labelledValues(other.values, other.labels),
      signal
    )
    expect(accuracy).toBeGreaterThan(0.9)
    expect(device.tf.memory().numTensors).toBe(before)
  },
  20_000
)

test('stops when asked', async () => {
  const { values, labels } = rings(10, 1)
  const items = { values, count: 10, targets: oneHotShares(labels, 2) }
  const facts = { spread: 1, ridge: 1e-3 }
  const stopped = AbortSignal.abort(new Error('stopped'))
  await expect(
    kernelPredict(device.tf, items, facts, labelledValues(values, labels), stopped)
  ).rejects.toThrow('stopped')
})

test('solved labels are those at which the error has no slope', async () => {
  const all = rings(700, 3)
  const rows = labelledValues(all.values, all.labels)
  const anchors = rings(8, 4).values
  const products = createRowProducts(device.tf)
  const kernel = { kind: 'radial', spread: 1 } as const
  const inputs = {
    products,
    anchors,
    size: 2,
    classes: 2,
    kernel,
    rows,
    penalty: 0,
    ridge: 0.01,
    signal
  }
  const targetsOf = (some: Uint32Array): Float32Array =>
    centredOneHot(
      some.map((row) => all.labels[row]),
      2
    )
  const labels = await solveLabels({ ...inputs, targetsOf })
  const kernels = kernelsOf(products, anchors, all.values, 2, kernel)
  const errorOf = (y: Float32Array) => ridgeError(kernels, y, centredOneHot(all.labels, 2), 2, 0.01)
  const best = errorOf(labels)
  const plain = errorOf(centredOneHot(rings(8, 4).labels, 2))
  const largest = (values: Float64Array): number => Math.max(...values.map(Math.abs))
  expect(largest(best.labels)).toBeLessThan(2e-5)
  expect(largest(plain.labels)).toBeGreaterThan(1e-2)
  expect(best.loss).toBeLessThan(plain.loss)
  products.dispose()
})

describe('facts of a set', () => {
  test('are read from its info, and only where they make sense', () => {
    expect(kernelFactsOf({ kernel: { spread: 2, ridge: 0.1 } })).toEqual({ spread: 2, ridge: 0.1 })
    for (const kernel of [
      undefined,
      null,
      3,
      {},
      { spread: 0, ridge: 1 },
      { spread: 'a', ridge: 1 }
    ])
      expect(kernelFactsOf({ kernel })).toBeUndefined()
  })
})
