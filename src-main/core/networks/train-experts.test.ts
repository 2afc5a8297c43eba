// Experts: moments, determinism, going on from every checkpoint to the same bits, sharpness.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../compute/devices/device.ts'
import { enableGradients } from '../compute/devices/gradients.ts'
import { createRandom } from '../compute/random.ts'
import { openFastDevice } from '../evaluation/models/models.test-support.ts'
import type { MethodCheckpoint } from '../methods/method.ts'
import { createNetwork } from './create-network.ts'
import { trainExpertsInMemory } from './expert-memory.ts'
import type { ExpertRequest } from './experts.ts'
import { smallPictures } from './picture-sample.test-support.ts'
import { photoAugmentation } from './siamese-augmentation.ts'
import { expertMoments, meanEntropy, trainExpert, type KeptMoment } from './train-experts.ts'

let device: Device
beforeAll(async () => {
  await enableGradients()
  device = await openFastDevice()
})
const { signal } = new AbortController()
const sample = smallPictures(2, { train: 20, side: 8 })
const request: ExpertRequest = {
  network: { kind: 'convnet', width: 4, depth: 2, norm: 'batch' },
  count: 2,
  epochs: 4,
  firstEpochParts: 2,
  rate: 0.1,
  momentum: 0.5,
  decay: 1e-4,
  batch: 24,
  augment: photoAugmentation,
  sharpness: 0
}

async function train(
  wanted: ExpertRequest,
  resume?: MethodCheckpoint
): Promise<{ moments: KeptMoment[]; checkpoints: MethodCheckpoint[] }> {
  const network = createNetwork(wanted.network, sample.shape, sample.classes)
  const context = { device, random: createRandom(5), signal, resume }
  const moments: KeptMoment[] = []
  const checkpoints: MethodCheckpoint[] = []
  const { train, validation } = sample
  for await (const part of trainExpert(context, network, wanted, train, validation, 0)) {
    if (part.moment !== undefined) moments.push(part.moment)
    if (part.checkpoint !== undefined) checkpoints.push(part.checkpoint)
  }
  return { moments, checkpoints }
}

describe('moments', () => {
  it('are before training, parts of the first epoch, and whole epochs', () => {
    expect(
      expertMoments({ ...request, firstEpochParts: 4 }, 240).map(({ epoch }) => epoch)
    ).toEqual([0, 0.3, 0.5, 0.8, 1, 2, 3, 4])
    const between = expertMoments({ ...request, firstEpochParts: 0 }, 80)
    expect(between.map(({ step }) => step)).toEqual([0, 4, 8, 12, 16])
    expect(expertMoments({ ...request, firstEpochParts: 9 }, 30).map(({ step }) => step)).toEqual([
      0, 1, 2, 4, 6, 8
    ])
  })
  it('of a training get better and surer', async () => {
    const { moments } = await train({ ...request, augment: null, epochs: 8 })
    const [first, last] = [moments[0], moments[moments.length - 1]]
    expect(first.accuracy01).toBeLessThan(0.5)
    expect(last.accuracy01).toBeGreaterThan(0.6)
    expect(last.entropy).toBeLessThan(first.entropy)
    expect(first.statistics.map(({ length }) => length)).toEqual([4, 4, 4, 4])
  })
})

describe('a training', () => {
  it.each([
    request,
    { ...request, momentum: 0, sharpness: 0.05, network: { ...request.network, norm: 'instance' } }
  ] as const)('goes on from every checkpoint to the same bits (rho $sharpness)', async (wanted) => {
    const before = device.tf.memory().numTensors
    const whole = await train(wanted)
    expect(whole.moments).toHaveLength(6)
    for (const checkpoint of whole.checkpoints) {
      const rest = await train(wanted, checkpoint)
      expect(rest.moments).toEqual(whole.moments.slice(6 - rest.moments.length))
      expect(rest.moments).toHaveLength(
        expertMoments(wanted, 80).filter(({ step }) => step > Number(checkpoint.values.steps))
          .length
      )
    }
    expect(device.tf.memory().numTensors).toBe(before)
  })
  it('with sharpness ends elsewhere, and learns too', async () => {
    const plain = { ...request, augment: null, epochs: 8 }
    const [flat, usual] = [await train({ ...plain, sharpness: 0.05 }), await train(plain)]
    expect(flat.moments.at(-1)?.parameters).not.toEqual(usual.moments.at(-1)?.parameters)
    expect(flat.moments.at(-1)?.accuracy01).toBeGreaterThan(0.5)
  })
  it('stops when asked', async () => {
    const before = device.tf.memory().numTensors
    const network = createNetwork(request.network, sample.shape, sample.classes)
    const stop = new AbortController()
    const context = { device, random: createRandom(5), signal: stop.signal, resume: undefined }
    const { train: rows, validation } = sample
    await expect(async () => {
      for await (const { done } of trainExpert(context, network, request, rows, validation, 0))
        if (done > 1) stop.abort(new Error('stopped'))
    }).rejects.toThrow('stopped')
    expect(device.tf.memory().numTensors).toBe(before)
  })
  it('of another expert starts elsewhere; a source hands out copies', async () => {
    const network = createNetwork(request.network, sample.shape, sample.classes)
    const context = { device, random: createRandom(5), signal }
    const short = { ...request, epochs: 1, firstEpochParts: 0 }
    const { train: rows, validation } = sample
    const source = await trainExpertsInMemory(context, network, short, rows, validation)
    expect(source.count).toBe(2)
    expect(source.moments.map((moments) => moments.map(({ epoch }) => epoch))).toEqual([
      [0, 1],
      [0, 1]
    ])
    const [first, second] = [await source.read(0, 0), await source.read(1, 0)]
    expect(first).not.toEqual(second)
    first[0].fill(7)
    expect(await source.read(0, 0)).not.toEqual(first)
    expect(await source.readStatistics(1, 1)).toHaveLength(4)
    await expect(source.read(2, 0)).rejects.toThrow(RangeError)
  })
})

describe('entropy', () => {
  it('is log C for equal logits and 0 for sure ones', () => {
    expect(meanEntropy(Float32Array.of(1, 1, 1, 1), 4)).toBeCloseTo(Math.log(4), 10)
    expect(meanEntropy(Float32Array.of(500, 0), 2)).toBeCloseTo(0, 10)
    expect(meanEntropy(new Float32Array(0), 2)).toBe(0)
  })
})
