// k-NN by hand, and on data where its answer is known.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../compute/devices/device.ts'
import type { FingerprintInputs } from './check-model.ts'
import { knnModel, temperature, voters } from './knn.ts'
import { linearModel } from './linear.ts'
import { openFastDevice, ringInputs } from './models.test-support.ts'

let device: Device
beforeAll(async () => {
  device = await openFastDevice()
})
const { signal } = new AbortController()

/** Two-number rows at these angles in degrees, any length. */
function at(angles: readonly number[], length = 1): Float32Array {
  return Float32Array.from(
    angles.flatMap((angle) => {
      const radians = (angle * Math.PI) / 180
      return [length * Math.cos(radians), length * Math.sin(radians)]
    })
  )
}

function inputs(change: Partial<FingerprintInputs>): FingerprintInputs {
  return {
    trainFeatures: at([0, 60, 70]),
    trainLabels: Int32Array.of(0, 1, 1),
    testFeatures: at([10]),
    testLabels: Int32Array.of(0),
    columns: 2,
    classes: 2,
    seed: 0,
    ...change
  }
}

describe('k-NN', () => {
  it('weighs votes by likeness: one item close by beats two far away', async () => {
    // exp((cos 50 - cos 10) / 0.07) + exp((cos 60 - cos 10) / 0.07) = 0.0085 < 1.
    const far = [50, 60].map((degrees) =>
      Math.exp((Math.cos((degrees * Math.PI) / 180) - Math.cos(Math.PI / 18)) / temperature)
    )
    expect(far[0] + far[1]).toBeLessThan(1)
    expect(await knnModel.score(inputs({}), device, signal)).toBe(1)
  })
  it('lets two items outvote one that is hardly nearer', async () => {
    // The label at 0 is 15 degrees away, the two others 16 and 17: weights 1, 0.94 and 0.87.
    const close = inputs({ trainFeatures: at([0, 31, 32]), testFeatures: at([15]) })
    expect(await knnModel.score(close, device, signal)).toBe(0)
  })
  it('looks at direction only, not at length', async () => {
    const long = inputs({ trainFeatures: at([0, 60, 70], 1000), testFeatures: at([10], 0.001) })
    expect(await knnModel.score(long, device, signal)).toBe(1)
  })
  it('asks only the most alike items', async () => {
    // As many items of label 0 close by as vote; a crowd of label 1 further away changes nothing.
    const near = Array.from({ length: voters }, (_, i) => i)
    const crowd = Array.from({ length: 500 }, (_, i) => 30 + i / 100)
    const many = inputs({
      trainFeatures: at([...crowd, ...near]),
      trainLabels: Int32Array.from([...crowd.map(() => 1), ...near.map(() => 0)]),
      testFeatures: at([15])
    })
    expect(await knnModel.score(many, device, signal)).toBe(1)
  })
  it('leaves out items without a label, and counts only labelled test items', async () => {
    const some = inputs({
      trainFeatures: at([10, 0, 60]),
      trainLabels: Int32Array.of(-1, 0, 1),
      testFeatures: at([10, 60, 0]),
      testLabels: Int32Array.of(0, 1, -1)
    })
    expect(await knnModel.score(some, device, signal)).toBe(1)
    expect(
      await knnModel.score(inputs({ trainLabels: Int32Array.of(-1, -1, -1) }), device, signal)
    ).toBe(0)
  })
  it('gives equal votes to the lower label, and survives zeros and broken numbers', async () => {
    const odd = inputs({
      trainFeatures: Float32Array.of(0, 0, NaN, 1),
      trainLabels: Int32Array.of(1, 0),
      testFeatures: Float32Array.of(Infinity, 0),
      testLabels: Int32Array.of(0)
    })
    expect(await knnModel.score(odd, device, signal)).toBe(1)
  })
  it('is the same over block borders, and stops when asked', async () => {
    const ring = ringInputs(5000, 1)
    // Shifted away from zero, so that the ring becomes a band of directions around a narrow one.
    const moved = { ...ring, columns: 2 }
    const first = await knnModel.score(moved, device, signal)
    expect(await knnModel.score({ ...moved, seed: 99 }, device, signal)).toBe(first)
    await expect(knnModel.score(moved, device, AbortSignal.abort())).rejects.toThrow()
  })
})

describe('the fast linear model', () => {
  it('cannot tell a ring from the blob inside it', async () => {
    expect(await linearModel.score(ringInputs(200, 1), device, signal)).toBeLessThan(0.8)
  })
})
