// Whole runs of gradient matching: the same bits again and from the middle of a network's time, no
// memory kept, and what the parameters ask for.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { createRandom } from '../../../compute/random.ts'
import { labelledValues } from '../../../networks/normalisation.ts'
import type { DistillationInputs } from '../distillation-method.ts'
import { contextOn, runToEnd, smallInputs, type Ran } from '../matching/matching.test-support.ts'
import { gradientMatchingMethod } from './method.ts'
import { gradientMatchingParams, type GradientMatchingParams } from './params.ts'
import { loopsOf, publishedRate } from './rules.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

const { run } = gradientMatchingMethod
const short = { steps: 3, perNetwork: 2, lessons: 2, realPerClass: 4 } as const
const tiny = twoClasses(smallInputs(1, {}, 8))

function twoClasses(inputs: DistillationInputs): DistillationInputs {
  const { train, classNames } = inputs
  const rows = Uint32Array.from(train.labels, (_, row) => row).filter(
    (row) => train.labels[row] < 2
  )
  const labels = Int32Array.from(rows, (row) => train.labels[row])
  return {
    ...inputs,
    classNames: classNames.slice(0, 2),
    train: labelledValues(train.read(rows), labels)
  }
}

function ran(
  inputs: DistillationInputs,
  params: Partial<GradientMatchingParams>,
  resume?: Parameters<typeof contextOn>[1]
): Promise<Ran> {
  const parsed = gradientMatchingParams.parse({ ...short, ...params })
  return runToEnd(run(contextOn(device, resume), inputs, parsed))
}

describe('a run', () => {
  const cases: readonly Partial<GradientMatchingParams>[] = [
    {},
    { changes: 'off', start: 'noise', distance: 'whole-cosine', storage: 'numbers' },
    { teaching: 'real', distance: 'absolute', tiles: 2 }
  ]
  test.each(cases)('gives the same bits again and from every checkpoint: %o', async (params) => {
    const { progress, set } = await ran(tiny, params)
    const checkpoints = progress.flatMap(({ checkpoint }) => checkpoint ?? [])
    // In the middle of a network's time, and between two networks.
    const isInside = checkpoints.map(({ arrays }) => 'parameter 0' in arrays)
    expect(isInside).toEqual([true, false, false])
    for (const checkpoint of [undefined, ...checkpoints.slice(0, 2)])
      expect((await ran(tiny, params, checkpoint)).set).toEqual(set)
    expect(progress.at(-1)?.candidate).toEqual(set)
  })

  test('keeps no tensors', async () => {
    const { tf } = device
    const before = tf.memory().numTensors
    const counts = new Set<number>()
    const params = gradientMatchingParams.parse(short)
    await runToEnd(run(contextOn(device), tiny, params), () => counts.add(tf.memory().numTensors))
    expect(counts.size).toBe(1)
    expect(tf.memory().numTensors).toBe(before)
  })

  test('stops within a step', async () => {
    const stop = new AbortController()
    const before = device.tf.memory().numTensors
    const params = gradientMatchingParams.parse(short)
    const steps = run(contextOn(device, undefined, stop.signal), tiny, params)
    await steps.next()
    stop.abort(new Error('stopped'))
    await expect(steps.next()).rejects.toThrow('stopped')
    expect(device.tf.memory().numTensors).toBe(before)
  })

  test('makes rows of numbers that a network learns the classes from', async () => {
    const random = createRandom(2)
    const labels = Int32Array.from({ length: 60 }, (_, i) => i % 2)
    const values = Float32Array.from(
      { length: 60 * 4 },
      (_, i) => random.normal() + (labels[Math.floor(i / 4)] === 1 ? 1.5 : -1.5)
    )
    const inputs: DistillationInputs = {
      ...smallInputs(1),
      data: 'vectors',
      shape: { height: 1, width: 1, channels: 4 },
      normalisation: { mean: [0, 0, 0, 0], sd: [1, 1, 1, 1] },
      classNames: ['low', 'high'],
      train: labelledValues(values, labels),
      network: { kind: 'mlp', width: 16, depth: 1, norm: 'none' }
    }
    const { progress, set } = await ran(inputs, {
      steps: 60,
      perNetwork: 1,
      start: 'noise',
      realPerClass: 30
    })
    const losses = progress.map(({ live }) => live?.y ?? NaN)
    const mean = (of: readonly number[] | Float32Array): number =>
      Array.from(of).reduce((sum, v) => sum + v, 0) / of.length
    expect(mean(losses.slice(-10))).toBeLessThan(0.9 * mean(losses.slice(0, 10)))
    expect(mean(set.values.subarray(4))).toBeGreaterThan(mean(set.values.subarray(0, 4)))
  })
})

test('loops are those of the published code unless asked otherwise', () => {
  const asked = { perNetwork: 0, lessons: 0 }
  expect([1, 10, 20, 30, 40, 50, 100].map((n) => Object.values(loopsOf(n, asked)))).toMatchObject(
    [
      [1, 1],
      [10, 50],
      [20, 25],
      [30, 20],
      [40, 15],
      [50, 10],
      [50, 10]
    ].map((row) => expect.arrayContaining(row) as unknown)
  )
  expect(loopsOf(10, { perNetwork: 3, lessons: 7 })).toMatchObject({ perNetwork: 3, lessons: 7 })
})

test('rates of plain differences are turned from pixels into normalised units', () => {
  const inputs = { network: smallInputs(1).network, normalisation: { mean: [0.5], sd: [0.5] } }
  expect(publishedRate(inputs, 'squares')).toBeCloseTo(0.02, 9)
  expect(publishedRate(inputs, 'absolute')).toBeCloseTo(4e-4, 9)
})

test('the work counts comparisons and lessons', () => {
  const inputs = smallInputs(10)
  const shape = { ...inputs, classes: 4, trainItems: 120 }
  const params = gradientMatchingParams.parse({ steps: 100, realPerClass: 8 })
  const { trained, second } = gradientMatchingMethod.work(shape, params)
  expect(second).toBe(100 * 40)
  // 10 steps with each network, lessons after all but the last.
  expect(trained).toBeCloseTo(100 * (32 + 0.9 * 50 * 40), 6)
})
