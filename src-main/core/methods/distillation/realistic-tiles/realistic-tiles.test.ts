// Crops, tiles and the whole method (specs: G18).
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import type { DistillationInputs } from '../distillation-method.ts'
import { pictureInputs, runToEnd, withExperts } from '../real-items/distillation.test-support.ts'
import { bestCrops, scoreCrops } from './choose-crops.ts'
import { drawCrop, placeTile, resizeCrop, tileBoxes } from './crops.ts'
import { realisticTilesMethod as method } from './method.ts'
import { tilePictures } from './tile-pictures.ts'

const shape = { height: 6, width: 8, channels: 2 }
const whole = { top: 0, left: 0, height: 6, width: 8 }

function noise(seed: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: 96 }, () => random.normal())
}

describe('crops', () => {
  it('lie inside and have a share of the area between the least and 1', () => {
    const random = createRandom(1)
    for (let t = 0; t < 500; t++) {
      const { top, left, height, width } = drawCrop(random, shape, 0.3)
      expect(Math.min(top, left)).toBeGreaterThanOrEqual(0)
      expect(top + height).toBeLessThanOrEqual(6 + 1e-9)
      expect(left + width).toBeLessThanOrEqual(8 + 1e-9)
      expect((height * width) / 48).toBeGreaterThan(0.3 - 1e-9)
    }
  })

  it('stay as they are at their own size, and are means of 2 x 2 at half', () => {
    const picture = noise(2)
    resizeCrop(picture, shape, whole, shape).forEach((value, i) =>
      expect(value).toBeCloseTo(picture[i], 6)
    )
    const half = resizeCrop(picture, shape, whole, { height: 3, width: 4 })
    const at = (row: number, column: number): number => picture[(row * 8 + column) * 2 + 1]
    const mean = (at(2, 4) + at(2, 5) + at(3, 4) + at(3, 5)) / 4
    expect(half[(1 * 4 + 2) * 2 + 1]).toBeCloseTo(mean, 6)
    const part = resizeCrop(
      picture,
      shape,
      { top: 1, left: 3, height: 2, width: 2 },
      { height: 2, width: 2 }
    )
    expect(part[1]).toBeCloseTo(at(1, 3), 6)
    expect(part[7]).toBeCloseTo(at(2, 4), 6)
  })

  it('fill a picture exactly, whatever its size (G18)', () => {
    for (const factor of [1, 2, 3, 4])
      for (const [height, width] of [
        [6, 8],
        [7, 9],
        [28, 28]
      ]) {
        const own = { height, width, channels: 1 }
        const picture = new Float32Array(height * width)
        for (const box of tileBoxes(own, factor)) {
          const tile = new Float32Array(box.height * box.width).fill(1)
          const before = picture.slice()
          placeTile(picture, own, box, tile)
          // No tile lies on another.
          const added = picture.reduce((sum, value, i) => sum + value - before[i], 0)
          expect(added).toBe(tile.length)
        }
        expect(picture.every((value) => value === 1)).toBe(true)
      }
  })

  it('are the best of their pictures, lowest loss first; seconds only when pictures run out', () => {
    const box = whole
    const scored = [
      { row: 1, box, loss: 0.1 },
      { row: 1, box, loss: 0.2 },
      { row: 2, box, loss: 0.5 },
      { row: 2, box, loss: 0.4 },
      { row: 3, box, loss: 0.3 }
    ]
    expect(bestCrops(scored, 2).map(({ loss }) => loss)).toEqual([0.1, 0.3])
    expect(bestCrops(scored, 3).map(({ row }) => row)).toEqual([1, 3, 2])
    expect(bestCrops(scored, 4).map(({ loss }) => loss)).toEqual([0.1, 0.2, 0.3, 0.4])
  })
})

describe('realistic tiles', () => {
  const small = { expertEpochs: 4, pictures: 20, crops: 3, studentEpochs: 15 }
  let device: Device
  let inputs: DistillationInputs
  beforeAll(async () => {
    device = await openTestDevice()
    inputs = await withExperts(device, method, pictureInputs(3), small)
  })

  it('score every crop as students see it', async () => {
    if (inputs.experts === undefined) throw new Error('no helper models')
    const judge = {
      tf: device.tf,
      experts: inputs.experts,
      moment: 4,
      shape: inputs.shape,
      classes: 4,
      signal: new AbortController().signal
    }
    const rules = { crops: 3, leastArea: 0.5, factor: 2 }
    const rows = Uint32Array.from([0, 4, 8, 12])
    const scored = await scoreCrops(judge, inputs.train, rows, 0, rules, createRandom(1))
    expect(scored.map(({ row }) => row)).toEqual([0, 0, 0, 4, 4, 4, 8, 8, 8, 12, 12, 12])
    const best = bestCrops(scored, 4)
    expect(best.map(({ loss }) => loss)).toEqual(best.map(({ loss }) => loss).sort((a, b) => a - b))
    for (const { row, loss } of best)
      expect(scored.filter((crop) => crop.row === row).every((crop) => crop.loss >= loss)).toBe(
        true
      )
    const tiled = tilePictures(inputs, [best], 2)
    expect(tiled.values).toHaveLength(64)
    expect([...tiled.sourceRows]).toEqual(best.map(({ row }) => row))
  })

  it('become a set, and go on from a checkpoint to the same bits', async () => {
    const before = device.tf.memory().numTensors
    const { set, checkpoints, seen } = await runToEnd(device, method, inputs, small)
    expect(device.tf.memory().numTensors).toBe(before)
    expect(set.form).toBe('tiles')
    expect([...set.labels]).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])
    expect(set.sourceRows).toHaveLength(48)
    set.sourceRows?.forEach((row, i) =>
      expect(inputs.train.labels[row]).toBe(set.labels[Math.floor(i / 4)])
    )
    const best = Math.max(...seen.flatMap(({ live }) => live?.y ?? []))
    expect(set.info['validationAccuracy']).toBe(best)
    const again = await runToEnd(device, method, inputs, small, { resume: checkpoints[1] })
    expect(again.set).toEqual(set)
  })
})
