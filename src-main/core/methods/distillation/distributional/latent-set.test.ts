// Clouds, decoders and what is stored of them: drawing is deterministic without noise, narrow clouds are
// their means, groups are put together, and the ledger adds up.
import { beforeAll, describe, expect, test } from 'vitest'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { inputSize } from '../../../networks/network.ts'
import { startGroup, type GroupState } from './group-state.ts'
import { groupBytes, groupDecoder, groupSizes, planLayout, type LatentLayout } from './layout.ts'
import {
  decodeItems,
  itemClouds,
  itemLabels,
  readGroups,
  recoverItems,
  storedGroups
} from './latent-set.ts'
import { latentSet } from './made-latents.ts'
import { distributionalParams, numberRules, type DistributionalParams } from './params.ts'
import { readArray, storeArray } from './quantise.ts'

let tf: TensorFlow
beforeAll(async () => {
  tf = (await openTestDevice()).tf
})

const shape = { height: 12, width: 10, channels: 1 }
const normalisation = { mean: [0.3], sd: [0.2] }
const classNames = ['a', 'b', 'c', 'd']
const facts = { iterations: 0, loss: NaN, studentEpochs: 10, notes: [] }

function layoutOf(perClass: number, change: Partial<DistributionalParams> = {}) {
  const params = distributionalParams.parse({ latent: 8, drawsPerClass: 3, ...change })
  return planLayout({ shape, normalisation, classNames, perClass }, params)
}

function randomGroups(layout: LatentLayout): GroupState[] {
  return layout.groups.map(({ classes }, g) => {
    const clouds = classes * layout.priors
    return startGroup(groupDecoder(layout, g, shape), clouds, createRandom(g + 1))
  })
}

describe('drawing', () => {
  const { layout } = layoutOf(8, { storage: 'numbers', priors: 2 })
  const read = () => readGroups(storedGroups(randomGroups(layout), layout, shape), layout, shape)
  const clouds = Int32Array.of(0, 3, 5)
  const noise = (by: number): Float32Array => {
    const random = createRandom(9)
    return Float32Array.from({ length: 3 * 8 }, () => by * random.normal())
  }

  test('without noise gives the same every time, and stays between black and white', () => {
    const [group] = read()
    const draw = (): Float32Array => decodeItems(tf, group, layout, 0, shape, clouds, noise(0))
    const items = draw()
    expect(draw()).toEqual(items)
    expect(items).toHaveLength(3 * 120)
    expect(Math.min(...items)).toBeGreaterThanOrEqual(layout.low[0] - 1e-5)
    expect(Math.max(...items)).toBeLessThanOrEqual(layout.high[0] + 1e-5)
    expect(decodeItems(tf, group, layout, 0, shape, clouds, noise(1))).not.toEqual(items)
  })

  test('from clouds without extent gives their means', () => {
    const [group] = read()
    const narrow = { ...group, spread: group.spread.map(() => -80) }
    const drawn = decodeItems(tf, narrow, layout, 0, shape, clouds, noise(1))
    expect(drawn).toEqual(decodeItems(tf, group, layout, 0, shape, clouds, noise(0)))
  })

  test('gives each class the means of its clouds first, then fresh items', () => {
    const groups = read()
    const first = recoverItems(tf, groups, layout, shape, createRandom(1))
    const again = recoverItems(tf, groups, layout, shape, createRandom(1))
    const other = recoverItems(tf, groups, layout, shape, createRandom(2))
    const means = recoverItems(tf, groups, layout, shape, undefined)
    const labels = itemLabels(layout)
    const all = itemClouds(layout)
    expect(again).toEqual(first)
    expect(labels).toHaveLength(4 * 2 * layout.copies)
    const item = (of: Float32Array, i: number): Float32Array => of.slice(i * 120, (i + 1) * 120)
    labels.forEach((label, i) => {
      expect(Math.floor(all[i] / layout.priors)).toBe(label)
      const isMean = i % (2 * layout.copies) < 2
      if (isMean) expect(item(first, i)).toEqual(item(means, i))
      else expect(item(first, i)).not.toEqual(item(other, i))
    })
  })
})

describe('groups of classes', () => {
  test('are consecutive and as equal as can be', () => {
    expect(groupSizes(10, 3)).toEqual([3, 3, 4])
    expect(groupSizes(4, 1)).toEqual([4])
    expect(groupSizes(3, 9)).toEqual([1, 1, 1])
  })

  test('put together, every group draws its own classes', () => {
    const { layout } = layoutOf(8, { groups: 2, priors: 1 })
    const groups = readGroups(storedGroups(randomGroups(layout), layout, shape), layout, shape)
    const all = recoverItems(tf, groups, layout, shape, undefined)
    const half = all.length / 2
    groups.forEach((group, g) => {
      // One group alone is a set without groups.
      const alone = { ...layout, classes: 2, groups: [layout.groups[g]] }
      const own = recoverItems(tf, [group], alone, shape, undefined)
      expect(own).toEqual(all.slice(g * half, (g + 1) * half))
    })
  })
})

describe('storage', () => {
  test.each(numberRules)('of one number as %s fills the room without overflowing it', (storage) => {
    for (const labels of ['plain', 'try-soft'] as const) {
      const { layout, room, fits } = layoutOf(20, { storage, labels, groups: 2, priors: 3 })
      const groups = randomGroups(layout)
      const clouds = 4 * 3
      const shares = new Float32Array(clouds * 4).fill(0.25)
      const soft = labels === 'plain' ? undefined : { shares, from: 'no one' }
      const inputs = { shape, perClass: 20 }
      const set = latentSet(tf, inputs, groups, layout, soft, facts, createRandom(1))
      const bytes = set.stored.reduce(
        (sum, array) => sum + array.shape.reduce((n, side) => n * side, 1) * array.bytesEach,
        0
      )
      expect(fits).toBe(true)
      expect(room).toBe(20 * 4 * inputSize(shape))
      expect(bytes).toBeLessThanOrEqual(room)
      expect(set.info.storage).toMatchObject({ bytes })
      expect(set.info.labelVectors).toBe(clouds)
      // The next width would not fit.
      const [first, ...others] = layout.groups
      const wider = groupBytes(shape, { ...first, width: first.width + 1 }, layout)
      const now = groupBytes(shape, first, layout)
      expect(wider - now).toBeGreaterThan((room - bytes) / (1 + others.length) - 1)
      const lines = set.stored.filter(({ part }) => part === 'labels')
      const numbers = lines.reduce((sum, { values }) => sum + values.length, 0)
      expect(numbers).toBe(soft === undefined ? clouds : clouds * 4)
    }
  })

  test('says so where even the smallest decoder is too large', () => {
    const { fits, layout } = layoutOf(1, { latent: 64 })
    expect(fits).toBe(false)
    expect(layout.groups[0].width).toBe(1)
  })

  test('soft labels are one vector for each cloud, reused for all its items', () => {
    const { layout } = layoutOf(20, { priors: 2 })
    const random = createRandom(3)
    const shares = Float32Array.from({ length: 8 * 4 }, () => random.uniform())
    for (let row = 0; row < 8; row++) {
      const own = shares.subarray(row * 4, row * 4 + 4)
      const sum = own.reduce((total, share) => total + share, 0)
      own.forEach((share, c) => (own[c] = share / sum))
    }
    const groups = randomGroups(layout)
    const soft = { shares, from: 'no one' }
    const inputs = { shape, perClass: 20 }
    const { targets } = latentSet(tf, inputs, groups, layout, soft, facts, createRandom(1))
    if (targets.kind !== 'soft') throw new Error('the labels are not soft')
    itemClouds(layout).forEach((cloud, i) => {
      for (let c = 0; c < 4; c++)
        expect(targets.shares[i * 4 + c]).toBeCloseTo(shares[cloud * 4 + c], 2)
    })
  })

  test('one byte is within half a step, zero stays zero', () => {
    const values = Float32Array.of(0, 1.27, -1.27, 0.0049, 0.0151, -0.3)
    const [stored, step] = storeArray({ name: 'w', part: 'decoder', shape: [6], values }, 'bytes')
    expect(stored.values).toBeInstanceOf(Uint8Array)
    expect(step.values[0]).toBeCloseTo(0.01, 6)
    const back = readArray([stored, step], 'w')
    values.forEach((value, i) => expect(Math.abs(back[i] - value)).toBeLessThan(0.00501))
    expect(back[0]).toBe(0)
    const zeros = storeArray(
      { name: 'z', part: 'items', shape: [2], values: new Float32Array(2) },
      'bytes'
    )
    expect(readArray(zeros, 'z')).toEqual(new Float32Array(2))
    expect(() => readArray([stored], 'v')).toThrow('"v"')
  })
})
