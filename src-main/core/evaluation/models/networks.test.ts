// The networks among the check models: they learn what they should, equal seeds give equal bits,
// and every arm gets the same treatment.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../compute/devices/device.ts'
import { enableGradients } from '../../compute/devices/gradients.ts'
import { createRandom } from '../../compute/random.ts'
import { openTestDevice } from '../../compute/wasm.test-support.ts'
import { convnetRecipe, startConvnet } from './convnet.ts'
import { mlpModel, mlpRecipe, startMlp } from './mlp.ts'
import { barInputs, openFastDevice, ringInputs } from './models.test-support.ts'
import { createBatches, finishTraining, type NetworkRecipe } from './train-network.ts'

let device: Device
beforeAll(async () => {
  await enableGradients()
  device = await openFastDevice()
})
const { signal } = new AbortController()
const short: NetworkRecipe = { ...mlpRecipe, steps: 150 }
const tiny: NetworkRecipe = { ...convnetRecipe, steps: 25, batch: 16 }

describe('the small network', () => {
  it('learns a ring that no straight border can', async () => {
    const accuracy = await finishTraining(startMlp(device.tf, ringInputs(200, 1), short), signal)
    expect(accuracy).toBeGreaterThan(0.97)
  })
  it('gives the same numbers for the same seed, and other ones for another', () => {
    const losses = (seed: number): number[] => {
      const training = startMlp(device.tf, ringInputs(100, seed), { ...short, steps: 12 })
      const found = Array.from({ length: 12 }, (_, index) => training.step(index))
      training.dispose()
      return found
    }
    const first = losses(4)
    expect(losses(4)).toEqual(first)
    expect(losses(5)).not.toEqual(first)
    expect(first.at(-1)).toBeLessThan(first[0])
  })
  it('repeats its recorded step instead of recording it anew', () => {
    const training = startMlp(device.tf, ringInputs(100, 1), short)
    const engine = device.tf.engine()
    const [plain, counted] = [engine.runKernel.bind(engine), { calls: 0 }]
    for (let index = 0; index < 4; index++) training.step(index)
    engine.runKernel = (...given) => {
      counted.calls++
      return plain(...given)
    }
    try {
      training.step(4)
    } finally {
      engine.runKernel = plain
      training.dispose()
    }
    expect(counted.calls).toBe(0)
  })
  it('starts every arm of a repeat alike: first weights do not depend on the items', () => {
    const inputs = ringInputs(100, 3)
    const blank = {
      ...inputs,
      trainFeatures: new Float32Array(200),
      trainLabels: inputs.trainLabels
    }
    const first = startMlp(device.tf, blank, short)
    const second = startMlp(device.tf, { ...blank, testFeatures: inputs.trainFeatures }, short)
    expect(first.step(0)).toBe(second.step(0))
    first.dispose()
    second.dispose()
  })
  it('leaves nothing on the device and stops when asked', async () => {
    const { tf } = device
    const before = tf.memory().numTensors
    await finishTraining(startMlp(tf, ringInputs(60, 1), { ...short, steps: 5 }), signal)
    expect(tf.memory().numTensors).toBe(before)
    await expect(mlpModel.score(ringInputs(60, 1), device, AbortSignal.abort())).rejects.toThrow()
    expect(tf.memory().numTensors).toBe(before)
  })
  it('scores 0 where no item has a label', async () => {
    const none = { ...ringInputs(4, 1), trainLabels: new Int32Array(4).fill(-1) }
    expect(await mlpModel.score(none, device, signal)).toBe(0)
  })
})

describe('the picture network', () => {
  it.each([1, 3] as const)(
    'tells lying bars from standing ones (%i channels)',
    async (channels) => {
      const inputs = barInputs(48, 16, channels, 2)
      expect(await finishTraining(startConvnet(device.tf, inputs, tiny), signal)).toBeGreaterThan(
        0.9
      )
    }
  )
  it('gives the same numbers for the same seed', () => {
    const losses = (seed: number): number[] => {
      const training = startConvnet(device.tf, barInputs(20, 16, 3, seed), tiny)
      const found = [0, 1, 2, 3].map((index) => training.step(index))
      training.dispose()
      return found
    }
    const first = losses(1)
    expect(losses(1)).toEqual(first)
    expect(losses(2)).not.toEqual(first)
  })
  it('learns on a device that has no filter gradient of its own', async () => {
    const wasm = await openTestDevice()
    const training = startConvnet(wasm.tf, barInputs(16, 16, 1, 1), { ...tiny, steps: 6 })
    const losses = Array.from({ length: 6 }, (_, index) => training.step(index))
    training.dispose()
    expect(Math.min(...losses.slice(3))).toBeLessThan(losses[0])
    device = await openFastDevice()
  })
})

describe('batches', () => {
  it('pass over all items before any comes again, all of one size', () => {
    const items = Uint32Array.from({ length: 10 }, (_, i) => i * 3)
    const next = createBatches(items, 4, createRandom(1))
    const seen = Array.from({ length: 5 }, () => [...next()])
    expect(seen.every((batch) => batch.length === 4)).toBe(true)
    const flat = seen.flat()
    expect([...flat.slice(0, 10)].sort((a, b) => a - b)).toEqual([...items])
    expect([...flat.slice(10)].sort((a, b) => a - b)).toEqual([...items])
  })
  it('are as large as a small set', () => {
    expect(createBatches(Uint32Array.of(5, 6), 64, createRandom(1))()).toHaveLength(2)
  })
})
