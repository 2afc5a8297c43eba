// Steps of made items, when they are offered, how they are stored and what they begin as.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { inputSize } from '../../../networks/network.ts'
import { drawClassBatch, drawRows, rowsByClass } from './class-rows.ts'
import { chooseMoments } from './expert-moments.ts'
import { descend, itemsFrom, keepItems, madeItems } from './made-items.ts'
import { fromPixels, madeSet, pictureRange } from './made-set.ts'
import { smallInputs } from './matching.test-support.ts'
import { candidateSteps, checkpointEvery } from './schedule.ts'
import { startValues, type StartRule } from './start-items.ts'

describe('steps', () => {
  test('follow the rule of SGD with momentum', () => {
    const items = madeItems(Float32Array.of(1, 2))
    const by = { rate: 0.5, momentum: 0.5, range: undefined }
    descend(items, Float32Array.of(1, -2), by)
    expect(Array.from(items.values)).toEqual([0.5, 3])
    descend(items, Float32Array.of(1, 0), by)
    // Velocities 1.5 and -1.
    expect(Array.from(items.values)).toEqual([-0.25, 3.5])
  })

  test('stay within black and white, and pass over numbers that are none', () => {
    const items = madeItems(Float32Array.of(0, 0, 0, 0))
    const range = { low: [-1, -2], high: [1, 2] }
    descend(items, Float32Array.of(-9, -9, 9, NaN), { rate: 1, momentum: 0, range })
    expect(Array.from(items.values)).toEqual([1, 2, -1, 0])
  })

  test('a checkpoint is a copy, and another length is refused', () => {
    const items = madeItems(Float32Array.of(1, 2))
    const kept = keepItems(items)
    items.values[0] = 9
    expect(Array.from(itemsFrom(kept, 2).values)).toEqual([1, 2])
    expect(() => itemsFrom(kept, 3)).toThrow('3 numbers')
  })
})

describe('schedule', () => {
  test.each([1, 7, 100, 20_000])('%i steps end with a set and have at most ten', (total) => {
    const steps = candidateSteps(total)
    expect(steps.at(-1)).toBe(total)
    expect(steps.length).toBeLessThanOrEqual(10)
    expect([...steps].sort((a, b) => a - b)).toEqual(steps)
    expect(steps[0]).toBeGreaterThanOrEqual(1)
  })

  test('is denser at the start', () => {
    expect(candidateSteps(100)).toEqual([1, 4, 9, 16, 25, 36, 49, 64, 81, 100])
  })

  test('checkpoints come more rarely where steps are quick', () => {
    expect(checkpointEvery(10, 8)).toBeGreaterThan(checkpointEvery(3000, 32))
    expect(checkpointEvery(1e9, 128)).toBe(1)
  })
})

describe('rows of classes', () => {
  const names = ['a', 'b']
  const labels = Int32Array.of(1, 0, 1, 1)

  test('are drawn without repeats, all of them where there are few', () => {
    const byClass = rowsByClass({ count: 4, labels }, names)
    expect(byClass.map((rows) => Array.from(rows))).toEqual([[1], [0, 2, 3]])
    const batch = drawClassBatch(createRandom(1), byClass, 2)
    expect(Array.from(batch.classes)).toEqual([0, 1, 1])
    expect(Array.from(batch.counts)).toEqual([1, 2])
    expect(new Set(batch.rows).size).toBe(3)
    expect(Array.from(drawRows(createRandom(2), byClass[1], 9)).sort()).toEqual([0, 2, 3])
  })

  test('a class without items is named', () => {
    expect(() => rowsByClass({ count: 4, labels }, ['a', 'b', 'boots'])).toThrow('"boots"')
  })
})

test('networks that name items are of about the same age', () => {
  const moments = [0, 1, 5, 9, 20].map((epoch) => ({ epoch, accuracy01: 0, entropy: 0 }))
  const source = { count: 2, moments: [moments, moments] }
  const random = createRandom(3)
  const drawn = Array.from({ length: 200 }, () => chooseMoments(random, source, 7))
  for (const { moment, judge } of drawn)
    expect(Math.abs(moments[moment].epoch - moments[judge].epoch)).toBeLessThanOrEqual(7)
  expect(new Set(drawn.map(({ expert }) => expert)).size).toBe(2)
  expect(new Set(drawn.map(({ moment }) => moment)).size).toBe(5)
  expect(drawn.some(({ moment, judge }) => moment !== judge)).toBe(true)
})

describe('the set', () => {
  const parts = { factor: 1, augment: null, info: {}, notes: [] }

  test('in bytes gives students what is stored', () => {
    const inputs = smallInputs(1)
    const values = createNoise(4 * 144)
    const set = madeSet(inputs, values, { ...parts, storage: 'bytes' })
    const [{ values: bytes, bytesEach, shape }, labels] = set.stored
    expect(bytes).toBeInstanceOf(Uint8Array)
    expect([bytesEach, shape]).toEqual([1, [4, 12, 12, 1]])
    expect(set.values).toEqual(fromPixels(bytes as Uint8Array, inputs.normalisation))
    expect(Array.from(labels.values)).toEqual([0, 1, 2, 3])
    const range = pictureRange(inputs)
    // Half a brightness from what it was, or cut off at black or white.
    set.values.forEach((value, i) => {
      const wanted = Math.min(range?.high[0] ?? 0, Math.max(range?.low[0] ?? 0, values[i]))
      expect(Math.abs(value - wanted)).toBeLessThan(0.51 / 255 / inputs.normalisation.sd[0])
    })
  })

  test('in numbers keeps every value', () => {
    const values = createNoise(4 * 144)
    const set = madeSet(smallInputs(1), values, { ...parts, storage: 'numbers' })
    expect(set.values).toEqual(values)
    expect(set.stored[0].bytesEach).toBe(4)
  })

  test('of tiles counts what students see, and stores what is stored', () => {
    const set = madeSet(smallInputs(2), createNoise(8 * 144), {
      ...parts,
      factor: 2,
      storage: 'bytes'
    })
    expect([set.form, set.count, set.values.length]).toEqual(['tiles', 32, 32 * 144])
    expect(Array.from(set.labels)).toEqual(Array.from({ length: 32 }, (_, i) => i >> 3))
    expect(set.stored[0].shape).toEqual([8, 12, 12, 1])
    expect(set.info.tiles).toBe(2)
  })

  test('rows of numbers have no black and white', () => {
    expect(pictureRange({ data: 'vectors', normalisation: { mean: [0], sd: [1] } })).toBeUndefined()
  })
})

describe('beginnings', () => {
  let device: Device
  beforeAll(async () => {
    device = await openTestDevice()
  })

  const start = async (rule: StartRule, perClass: number, factor = 1) => {
    const inputs = smallInputs(perClass)
    const byClass = rowsByClass(inputs.train, inputs.classNames)
    const { tf } = device
    const values = await startValues(
      {
        tf,
        train: inputs.train,
        byClass,
        shape: inputs.shape,
        perClass,
        factor,
        random: createRandom(4),
        signal: new AbortController().signal
      },
      rule
    )
    return { inputs, byClass, values, size: inputSize(inputs.shape) }
  }

  test('real ones are items of their class, all different', async () => {
    const { inputs, byClass, values, size } = await start('real', 3)
    const known = byClass.map((rows) =>
      Array.from(rows, (row) => inputs.train.read(Uint32Array.of(row)).join())
    )
    const made = Array.from({ length: 12 }, (_, i) =>
      values.subarray(i * size, (i + 1) * size).join()
    )
    made.forEach((item, i) => expect(known[Math.floor(i / 3)]).toContain(item))
    expect(new Set(made).size).toBe(12)
  })

  test('more than a class has are repeated', async () => {
    const { values, size } = await start('real', 40)
    expect(values.subarray(0, size)).toEqual(values.subarray(30 * size, 31 * size))
  })

  test('averages differ within a class and lie between its items', async () => {
    const { inputs, byClass, values, size } = await start('averages', 3)
    const [a, b] = [values.subarray(0, size), values.subarray(size, 2 * size)]
    expect(a).not.toEqual(b)
    const real = inputs.train.read(byClass[0])
    const largest = Math.max(...real)
    const spread = (items: Float32Array): number =>
      Math.sqrt(items.reduce((sum, value) => sum + value * value, 0) / items.length)
    expect(Math.max(...a)).toBeLessThanOrEqual(largest)
    expect(spread(a)).toBeLessThan(spread(real))
    const whole = await start('averages', 1)
    const mean = new Float64Array(size)
    real.forEach((value, i) => (mean[i % size] += value / byClass[0].length))
    mean.forEach((value, i) => expect(whole.values[i]).toBeCloseTo(value, 5))
  })

  test('tiles begin as pictures of their own', async () => {
    const { values, size } = await start('real', 1, 2)
    const quarter = (top: number, left: number): string =>
      Array.from({ length: 36 }, (_, i) =>
        values[(top + Math.floor(i / 6)) * 12 + left + (i % 6)].toFixed(4)
      ).join()
    expect(values).toHaveLength(4 * size)
    expect(new Set([quarter(0, 0), quarter(0, 6), quarter(6, 0), quarter(6, 6)]).size).toBe(4)
  })

  test('the same seed begins alike', async () => {
    for (const rule of ['real', 'averages', 'noise'] as const)
      expect((await start(rule, 2)).values).toEqual((await start(rule, 2)).values)
  })
})

function createNoise(count: number): Float32Array {
  const random = createRandom(9)
  return Float32Array.from({ length: count }, () => random.normal())
}
