// Whole runs of both kernel methods: the same bits again and from every checkpoint, no memory kept,
// better kernel models than plain items give, and plain words where they cannot be used.
import { beforeAll, describe, expect, test } from 'vitest'
import { AppError } from '../../../../api/errors.ts'
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { judge } from '../../../evaluation/distilled/judge.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { kernelAccuracy, kernelFactsOf, kernelOf } from '../../../networks/kernel-model.ts'
import { labelledValues, oneHotShares } from '../../../networks/normalisation.ts'
import type { DistillationInputs, DistilledSet } from '../distillation-method.ts'
import { fashionInputs } from '../matching/fashion.test-support.ts'
import { pictureRange } from '../matching/made-set.ts'
import { contextOn, runToEnd, smallInputs, type Ran } from '../matching/matching.test-support.ts'
import { kernelLabelsMethod } from '../kernel-labels/method.ts'
import { kernelRidgeMethod } from './method.ts'
import { kernelLabelsParams, kernelRidgeParams, type KernelRidgeParams } from './params.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})
const { signal } = new AbortController()

function ran(
  inputs: DistillationInputs,
  params: Partial<KernelRidgeParams> = {},
  resume?: Parameters<typeof contextOn>[1]
): Promise<Ran> {
  const parsed = kernelRidgeParams.parse({ iterations: 8, batch: 40, ...params })
  return runToEnd(kernelRidgeMethod.run(contextOn(device, resume), inputs, parsed))
}

function labelled(inputs: DistillationInputs, params = {}): Promise<Ran> {
  const parsed = kernelLabelsParams.parse(params)
  return runToEnd(kernelLabelsMethod.run(contextOn(device), inputs, parsed))
}

/** Of the set's kernel model, with its own labels or with plain ones. */
function accuracy(
  set: DistilledSet,
  rows: DistillationInputs['train'],
  labels: 'own' | 'plain' = 'own'
): Promise<number> {
  const facts = kernelFactsOf(set.info)
  if (facts === undefined || set.targets.kind !== 'values') throw new Error('not a kernel set')
  const classes = set.targets.values.length / set.count
  const targets = labels === 'own' ? set.targets.values : oneHotShares(set.labels, classes)
  return kernelAccuracy(device.tf, { ...set, targets }, facts, rows, signal)
}

describe('made items', () => {
  test.each([
    { name: 'as they are', perClass: 2, params: {} },
    {
      name: 'free numbers, plain labels, real start',
      perClass: 1,
      params: { storage: 'numbers', learnLabels: false, start: 'real' } as const
    }
  ])('$name: the same bits again and from every checkpoint', async ({ perClass, params }) => {
    const inputs = smallInputs(perClass)
    const { progress, set } = await ran(inputs, params)
    expect((await ran(inputs, params)).set).toEqual(set)
    const checkpoints = progress.flatMap(({ checkpoint }) => checkpoint ?? [])
    expect(checkpoints.length).toBeGreaterThan(3)
    for (const checkpoint of checkpoints)
      expect((await ran(inputs, params, checkpoint)).set).toEqual(set)
    expect(progress.at(-1)?.candidate).toEqual(set)
    expect(progress.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  })

  test('keep no tensors, and stop between steps', async () => {
    const { tf } = device
    const before = tf.memory().numTensors
    const stop = new AbortController()
    const run = kernelRidgeMethod.run(
      contextOn(device, undefined, stop.signal),
      smallInputs(1),
      kernelRidgeParams.parse({ batch: 40 })
    )
    for (let i = 0; i < 5; i++) {
      await run.next()
      expect(tf.memory().numTensors).toBe(before)
    }
    stop.abort(new Error('stopped'))
    await expect(run.next()).rejects.toThrow('stopped')
    expect(tf.memory().numTensors).toBe(before)
  })

  test('make a better kernel model than their start and than real items, within black and white', async () => {
    const { inputs, test: unseen } = await fashionInputs(1, 1500, 600)
    const first = await ran(inputs, { iterations: 1 })
    const { set, progress } = await ran(inputs, { iterations: 100, batch: 200 })
    const lots = await labelled(inputs)
    const made = await accuracy(set, unseen)
    expect(made).toBeGreaterThan((await accuracy(first.set, unseen)) + 0.04)
    expect(made).toBeGreaterThan((await accuracy(lots.set, unseen, 'plain')) + 0.15)
    const losses = progress.map(({ live }) => live?.y ?? NaN)
    expect(losses[99]).toBeLessThan(0.8 * losses[0])
    const range = pictureRange(inputs)
    expect(Math.min(...set.values)).toBeGreaterThanOrEqual((range?.low[0] ?? NaN) - 1e-5)
    expect(Math.max(...set.values)).toBeLessThanOrEqual((range?.high[0] ?? NaN) + 1e-5)
    expect(set.consumer).toBe('kernel')
    expect(set.stored[0].values).toBeInstanceOf(Uint8Array)
    expect(set.notes[0]).toContain('Little of its lead carries over to networks')
  })
})

describe('labels of real items', () => {
  test('are the same again and better than plain ones', async () => {
    const { inputs, test: unseen } = await fashionInputs(3, 1500, 600)
    const { set } = await labelled(inputs)
    expect((await labelled(inputs)).set).toEqual(set)
    expect(set.form).toBe('rows')
    expect(set.sourceRows).toHaveLength(30)
    const own = await accuracy(set, unseen)
    expect(own).toBeGreaterThan((await accuracy(set, unseen, 'plain')) + 0.05)
  })

  test('of rows of numbers', async () => {
    const inputs = tableInputs(2, 60)
    const { set } = await labelled(inputs, { choice: 'k-means' })
    expect(set.stored[0].bytesEach).toBe(4)
    const own = await accuracy(set, inputs.train)
    expect(own).toBeGreaterThan(0.9)
    // The test of a run judges it by the same model.
    const network = createNetwork(inputs.network, inputs.shape, 2)
    const targets = set.targets.kind === 'values' ? set.targets.values : new Float32Array(0)
    const judged = { items: { ...set, targets }, recipe: set.student, network, seed: 1 }
    const all = { ...judged, rows: inputs.train, kernel: kernelOf(set) }
    expect(await judge(device, all, signal)).toBe(own)
  })
})

describe('what cannot be done is said in plain words', () => {
  test.each([
    ['too many items', tableInputs(501, 1200), 'at most 1,000 items'],
    ['equal items', { ...tableInputs(1, 40), train: allEqual(40) }, 'Most items are equal']
  ])('%s', async (_name, inputs, words) => {
    for (const run of [() => ran(inputs), () => labelled(inputs)]) {
      const error: unknown = await run().catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(AppError)
      expect(String(error)).toContain(words)
    }
    expect(device.tf.memory().numTensors).toBe(0)
  })
})

test('the work grows with steps and items', () => {
  const shape = { ...smallInputs(10), classes: 4, trainItems: 1000 }
  const work = (iterations: number, perClass: number): number =>
    kernelRidgeMethod.work({ ...shape, perClass }, kernelRidgeParams.parse({ iterations }))
      .otherSeconds
  expect(work(200, 10)).toBeCloseTo(2 * work(100, 10), 6)
  expect(work(100, 100)).toBeGreaterThan(5 * work(100, 10))
})

function tableInputs(perClass: number, count: number): DistillationInputs {
  const random = createRandom(2)
  const labels = Int32Array.from({ length: count }, (_, i) => i % 2)
  const values = Float32Array.from(
    { length: count * 5 },
    (_, i) => random.normal() + (labels[Math.floor(i / 5)] === 1 ? 3 : 0)
  )
  return {
    ...smallInputs(perClass),
    data: 'vectors',
    shape: { height: 1, width: 1, channels: 5 },
    normalisation: { mean: [0, 0, 0, 0, 0], sd: [1, 1, 1, 1, 1] },
    classNames: ['low', 'high'],
    train: labelledValues(values, labels),
    network: { kind: 'mlp', width: 16, depth: 1, norm: 'none' }
  }
}

function allEqual(count: number): DistillationInputs['train'] {
  return labelledValues(
    new Float32Array(count * 5).fill(1),
    Int32Array.from({ length: count }, (_, i) => i % 2)
  )
}
