// Whole runs of distribution matching: the same bits again and from every checkpoint, no memory kept,
// and items that teach better than real ones drawn by lot.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import type { ExpertSource } from '../../../networks/experts.ts'
import { labelledValues, oneHotShares } from '../../../networks/normalisation.ts'
import { accuracyOf } from '../../../networks/predict.ts'
import { trainStudent } from '../../../networks/train-student.ts'
import type { DistillationInputs, DistilledSet, LabelledRows } from '../distillation-method.ts'
import { rowsByClass } from '../matching/class-rows.ts'
import { fashionInputs } from '../matching/fashion.test-support.ts'
import { madeSet } from '../matching/made-set.ts'
import { contextOn, runToEnd, smallInputs, type Ran } from '../matching/matching.test-support.ts'
import { startValues } from '../matching/start-items.ts'
import { distributionMatchingMethod, distributionOptions } from './method.ts'
import { distributionMatchingParams, type DistributionMatchingParams } from './params.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
  await enableGradients()
})

const short: Partial<DistributionMatchingParams> = { iterations: 6, realPerClass: 10 }
const { run } = distributionMatchingMethod

function ran(
  inputs: DistillationInputs,
  params: Partial<DistributionMatchingParams>,
  resume?: Parameters<typeof contextOn>[1]
): Promise<Ran> {
  const parsed = distributionMatchingParams.parse({ ...short, ...params })
  return runToEnd(run(contextOn(device, resume), inputs, parsed))
}

describe('a run', () => {
  test.each([
    { name: 'as it is', perClass: 2, params: {} },
    { name: 'tiles, mirror images, free numbers', perClass: 1, params: tilesAndMore() }
  ])('$name gives the same bits again and from every checkpoint', async ({ perClass, params }) => {
    const inputs = smallInputs(perClass)
    const { progress, set } = await ran(inputs, params)
    expect((await ran(inputs, params)).set).toEqual(set)
    const checkpoints = progress.flatMap(({ checkpoint }) => checkpoint ?? [])
    expect(checkpoints.length).toBeGreaterThan(3)
    for (const checkpoint of checkpoints)
      expect((await ran(inputs, params, checkpoint)).set).toEqual(set)
    expect(progress.at(-1)?.candidate).toEqual(set)
    expect(progress.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6])
  })

  test('keeps no tensors', async () => {
    const { tf } = device
    const before = tf.memory().numTensors
    const counts = new Set<number>()
    const params = distributionMatchingParams.parse(short)
    await runToEnd(run(contextOn(device), smallInputs(2), params), () =>
      counts.add(tf.memory().numTensors)
    )
    expect(counts.size).toBe(1)
    expect(tf.memory().numTensors).toBe(before)
  })

  test('stops between parts of an iteration', async () => {
    const stop = new AbortController()
    const params = distributionMatchingParams.parse(short)
    const steps = run(contextOn(device, undefined, stop.signal), smallInputs(1), params)
    await steps.next()
    stop.abort(new Error('stopped'))
    await expect(steps.next()).rejects.toThrow('stopped')
    expect(device.tf.memory().numTensors).toBe(0)
  })

  test('makes rows of numbers through dense networks, and averages without any', async () => {
    const random = createRandom(2)
    const labels = Int32Array.from({ length: 40 }, (_, i) => i % 2)
    const values = Float32Array.from(
      { length: 40 * 5 },
      (_, i) => random.normal() + (labels[Math.floor(i / 5)] === 1 ? 2 : 0)
    )
    const rows = labelledValues(values, labels)
    const inputs: DistillationInputs = {
      ...smallInputs(2),
      data: 'vectors',
      shape: { height: 1, width: 1, channels: 5 },
      normalisation: { mean: [0, 0, 0, 0, 0], sd: [1, 1, 1, 1, 1] },
      classNames: ['low', 'high'],
      train: rows,
      network: { kind: 'mlp', width: 16, depth: 1, norm: 'none' }
    }
    const { set } = await ran(inputs, { tiles: 2 })
    expect(set.count).toBe(4)
    expect(set.stored[0].bytesEach).toBe(4)
    expect(set.notes.join()).toContain('no tiles')
    expect(set.student.augment).toBeNull()

    const linear = { ...inputs, network: { ...inputs.network, kind: 'linear' as const } }
    const plain = await ran(linear, { iterations: 40, realPerClass: 40 })
    // Features are the numbers, so the average of the made items becomes that of the class.
    const mean = (of: Float32Array): number => of.reduce((sum, v) => sum + v, 0) / of.length
    const high = values.filter((_, i) => labels[Math.floor(i / 5)] === 1)
    expect(mean(plain.set.values.subarray(10))).toBeCloseTo(mean(high), 4)
  })

  test('may match in trained networks and ask them for names', async () => {
    const inputs = smallInputs(1)
    const params = distributionMatchingParams.parse({ ...short, features: 'trained', helpers: 2 })
    const request = distributionMatchingMethod.experts(shapeOf(inputs), params)
    expect(request).toMatchObject({ count: 2, network: inputs.network })
    expect(
      distributionMatchingMethod.experts(shapeOf(inputs), { ...params, features: 'random' })
    ).toBeUndefined()
    const network = createNetwork(inputs.network, inputs.shape, 4)
    const read: string[] = []
    const moment = (epoch: number) => ({ epoch, accuracy01: 0.5, entropy: 1 })
    const experts: ExpertSource = {
      network: inputs.network,
      count: 2,
      moments: [0, 1].map(() => [0, 5, 30].map(moment)),
      read: (expert, at) => {
        read.push(`${expert} ${at}`)
        return Promise.resolve(network.start(createRandom(expert * 10 + at)))
      },
      readStatistics: () => Promise.resolve([])
    }
    const trained = { features: 'trained', classWeight: 1 } as const
    const first = await ran({ ...inputs, experts }, trained)
    expect(read).toHaveLength(2 * 6)
    expect((await ran({ ...inputs, experts }, trained)).set).toEqual(first.set)
    const without = await ran({ ...inputs, experts }, { ...trained, classWeight: 0 })
    expect(without.set.values).not.toEqual(first.set.values)
  })
})

test('the rate is the published one, ten times as large from 100 per class on', () => {
  const params = distributionMatchingParams.parse({ rate: 2 })
  const rate = (perClass: number): number => distributionOptions(smallInputs(perClass), params).rate
  expect([rate(1), rate(99), rate(100)]).toEqual([2, 2, 20])
})

test('the work is that of all items in all steps', () => {
  const params = distributionMatchingParams.parse({ iterations: 10, realPerClass: 10, tiles: 2 })
  const work = distributionMatchingMethod.work(shapeOf(smallInputs(3)), params)
  expect(work).toMatchObject({ forward: 10 * 40, trained: 10 * 4 * 3 * 4, second: 0 })
})

test('made items teach a new network better than real ones drawn by lot', async () => {
  const { inputs, test: items } = await fashionInputs(1, 1000, 250)
  const { set } = await ran(inputs, { iterations: 25, realPerClass: 40, changes: 'off' })
  const score = (of: DistilledSet, seed: number): Promise<number> =>
    accuracy(inputs, items, of, seed)
  const made = await score(set, 1)
  let random = 0
  for (const seed of [1, 2]) random += (await score(await byLot(inputs, seed), seed)) / 2
  expect(made).toBeGreaterThan(random + 0.08)
}, 60_000)

async function byLot(inputs: DistillationInputs, seed: number): Promise<DistilledSet> {
  const values = await startValues(
    {
      ...inputs,
      tf: device.tf,
      byClass: rowsByClass(inputs.train, inputs.classNames),
      factor: 1,
      random: createRandom(seed),
      signal: new AbortController().signal
    },
    'real'
  )
  const parts = { storage: 'bytes', factor: 1, augment: null, info: {}, notes: [] } as const
  return madeSet(inputs, values, parts)
}

async function accuracy(
  inputs: DistillationInputs,
  items: LabelledRows,
  set: DistilledSet,
  seed: number
): Promise<number> {
  const { signal } = new AbortController()
  const network = createNetwork(inputs.network, inputs.shape, 10)
  const student = await trainStudent(
    device.tf,
    network,
    { values: set.values, count: set.count, targets: oneHotShares(set.labels, 10) },
    { ...set.student, epochs: 50 },
    createRandom(seed),
    signal
  )
  return accuracyOf(device.tf, network, student.parameters, items, signal)
}

function shapeOf(inputs: DistillationInputs) {
  return { ...inputs, classes: inputs.classNames.length, trainItems: inputs.train.count }
}

function tilesAndMore(): Partial<DistributionMatchingParams> {
  return { tiles: 2, mirror: true, storage: 'numbers', start: 'averages', changes: 'with-mirror' }
}
