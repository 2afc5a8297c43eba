// The deterministic way between noise levels, and that a U-Net learns to see noise.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../compute/devices/device.ts'
import { enableGradients } from '../../compute/devices/gradients.ts'
import { createRandom } from '../../compute/random.ts'
import { openFastDevice } from '../../evaluation/models/models.test-support.ts'
import { trainingOps } from '../training-ops.ts'
import { createMover } from './ddim.ts'
import { keptShares, moveFactors, stepGrid, usualSchedule } from './schedule.ts'
import { startUnet } from './train-unet.ts'
import { createUnet, timeWaves } from './unet.ts'

let device: Device
beforeAll(async () => {
  device = await openFastDevice()
  await enableGradients()
})

describe('noise levels', () => {
  it('multiply what each step keeps', () => {
    const kept = keptShares(usualSchedule)
    expect(kept[0]).toBeCloseTo(1 - 1e-4, 12)
    expect(kept[1]).toBeCloseTo((1 - 1e-4) * (1 - 1e-4 - (0.02 - 1e-4) / 999), 12)
    expect(kept[999]).toBeCloseTo(4.0358e-5, 8)
  })
  it('are visited evenly, each once', () => {
    expect(stepGrid(5, 500)).toEqual([0, 125, 250, 375, 500])
    expect(stepGrid(5, 2)).toEqual([0, 1, 2])
  })
  it('undo one another where the noise seen is the same', () => {
    const up = moveFactors(0.9, 0.3)
    const down = moveFactors(0.3, 0.9)
    const [x, noise] = [0.7, -1.3]
    const there = up.picture * x + up.noise * noise
    expect(down.picture * there + down.noise * noise).toBeCloseTo(x, 12)
  })
})

describe('a small U-Net', () => {
  const unet = createUnet(
    { channels: [4, 8], time: 8, groups: 2 },
    { height: 8, width: 8, channels: 1 }
  )
  const picture = Float32Array.from({ length: 64 }, (_, at) => (at % 8 < 4 ? 0.8 : -0.8))

  it('refuses sides it cannot halve and channels it cannot group', () => {
    const spec = { channels: [4, 8], time: 8, groups: 2 }
    expect(() => createUnet(spec, { height: 7, width: 8, channels: 1 })).toThrow(RangeError)
    expect(() => createUnet({ ...spec, groups: 3 }, unet.input)).toThrow(RangeError)
  })
  it('sees no noise before it has learnt, so that up and down only scale', async () => {
    const { tf } = device
    const signal = new AbortController().signal
    const model = { unet, parameters: unet.start(createRandom(1)), schedule: usualSchedule }
    const grid = stepGrid(6, 500)
    const mover = createMover(tf, trainingOps(tf), model, { grid, signal })
    const kept = keptShares(usualSchedule)
    const latent = await mover.invert(picture)
    const scale = Math.sqrt(kept[500] / kept[0])
    latent.forEach((value, at) => expect(value).toBeCloseTo(scale * picture[at], 4))
    const back = await mover.denoise(latent)
    back.forEach((value, at) => expect(value).toBeCloseTo(picture[at], 4))
    mover.dispose()
  })
  it('learns, and goes on from where it stopped to the same bits', () => {
    const { tf } = device
    const recipe = { schedule: usualSchedule, batch: 4, steps: 40, rate: 3e-3, average: 0.9 }
    const pictures = {
      count: 4,
      read: (rows: Uint32Array) =>
        Float32Array.from({ length: rows.length * 64 }, (_, at) => picture[at % 64])
    }
    const start = (from?: Parameters<typeof startUnet>[5]) =>
      startUnet(tf, unet, pictures, recipe, createRandom(3), from)
    const whole = start()
    const losses = Array.from({ length: 40 }, () => whole.step())
    const mean = (part: number[]): number => part.reduce((sum, loss) => sum + loss, 0) / part.length
    expect(mean(losses.slice(30))).toBeLessThan(0.8 * mean(losses.slice(0, 5)))
    const first = start()
    for (let step = 0; step < 20; step++) first.step()
    const second = start(first.state())
    first.dispose()
    for (let step = 20; step < 40; step++) expect(second.step()).toBe(losses[step])
    expect(second.network()).toEqual(whole.network())
    whole.dispose()
    second.dispose()
  }, 180_000)
  it('is told the step by waves of its own', () => {
    expect(Array.from(timeWaves([0], 4))).toEqual([0, 0, 1, 1])
    const [one, two] = [timeWaves([10], 8), timeWaves([11], 8)]
    expect(one).not.toEqual(two)
  })
})
