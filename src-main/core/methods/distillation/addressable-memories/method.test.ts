// Whole runs of addressable memories: the same bits again and from every checkpoint, no memory kept,
// and a set that teaches better than it did at the start.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { createRandom } from '../../../compute/random.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { oneHotShares } from '../../../networks/normalisation.ts'
import { accuracyOf } from '../../../networks/predict.ts'
import { trainStudent } from '../../../networks/train-student.ts'
import type { DistillationInputs, DistilledSet } from '../distillation-method.ts'
import { fashionInputs } from '../matching/fashion.test-support.ts'
import { contextOn, runToEnd, smallInputs, type Ran } from '../matching/matching.test-support.ts'
import { vectorInputs } from '../real-items/distillation.test-support.ts'
import { memoryMethod } from './method.ts'
import { memoryParams, type MemoryParams } from './params.ts'

let device: Device
beforeAll(async () => {
  device = (await openDevice('native')).device
  await enableGradients()
})

const short: Partial<MemoryParams> = {
  quickSteps: 3,
  steps: 5,
  length: 6,
  window: 2,
  networks: 2,
  slotsPerStep: 2,
  realPerClass: 5
}

function ran(
  inputs: DistillationInputs,
  params: Partial<MemoryParams>,
  resume?: Parameters<typeof contextOn>[1]
): Promise<Ran> {
  const parsed = memoryParams.parse({ ...short, ...params })
  return runToEnd(memoryMethod.run(contextOn(device, resume), inputs, parsed))
}

describe('a run', () => {
  test.each([
    { name: 'networks kept in training', params: {} },
    {
      name: 'new networks, SGD, changes, random start',
      params: { networks: 0, follow: 'sgd', changes: 'usual', start: 'noise' } as const
    },
    { name: 'the plain variant', params: { addressing: false, window: 0, length: 2 } }
  ])('gives the same bits again and from every checkpoint: $name', async ({ params }) => {
    const inputs = smallInputs(2, {}, 8)
    const { progress, set } = await ran(inputs, params)
    expect((await ran(inputs, params)).set).toEqual(set)
    const checkpoints = progress.flatMap(({ checkpoint }) => checkpoint ?? [])
    expect(checkpoints.length).toBeGreaterThan(2)
    for (const checkpoint of [checkpoints[0], checkpoints[checkpoints.length - 2]])
      expect((await ran(inputs, params, checkpoint)).set).toEqual(set)
    expect(progress.at(-1)?.candidate).toEqual(set)
    expect(set.values.every(Number.isFinite)).toBe(true)
  })

  test('stores no more numbers than the items asked for', async () => {
    const inputs = smallInputs(2, {}, 8)
    const { set } = await ran(inputs, {})
    const numbers = set.stored.reduce((sum, { values }) => sum + values.length, 0)
    expect(set.form).toBe('memories')
    expect(numbers).toBeLessThanOrEqual(2 * 4 * 64)
    expect(set.count).toBeGreaterThan(2 * 4)
    expect(set.labels).toHaveLength(set.count)
  })

  test('keeps no tensors', async () => {
    const { tf } = device
    const inputs = smallInputs(1, {}, 8)
    const before = tf.memory().numTensors
    const counts = new Set<number>()
    const params = memoryParams.parse({ ...short, changes: 'usual' })
    await runToEnd(memoryMethod.run(contextOn(device), inputs, params), () =>
      counts.add(tf.memory().numTensors)
    )
    expect(counts.size).toBe(1)
    expect(tf.memory().numTensors).toBe(before)
  })

  test('rows of numbers', async () => {
    const inputs = vectorInputs(3, { kind: 'mlp', width: 8, depth: 1, norm: 'none' })
    const { set } = await ran(inputs, {})
    expect(set.values).toHaveLength(set.count * 8)
  })

  test('stops within a step when told to', async () => {
    const controller = new AbortController()
    const inputs = smallInputs(1, {}, 8)
    const params = memoryParams.parse(short)
    const run = memoryMethod.run(contextOn(device, undefined, controller.signal), inputs, params)
    await run.next()
    controller.abort(new Error('stopped'))
    await expect(run.next()).rejects.toThrow('stopped')
  })
})

/** Accuracy of a student of the set. */
async function taught(inputs: DistillationInputs, set: DistilledSet): Promise<number> {
  const { tf } = device
  const network = createNetwork(inputs.network, inputs.shape, inputs.classNames.length)
  const { signal } = new AbortController()
  const items = { ...set, targets: oneHotShares(set.labels, inputs.classNames.length) }
  const recipe = { ...set.student, epochs: 60, rate: 0.05 }
  const student = await trainStudent(tf, network, items, recipe, createRandom(1), signal)
  return accuracyOf(tf, network, student.parameters, inputs.validation, signal)
}

test('a memory of random numbers learns to teach', async () => {
  const inputs = vectorInputs(2, { kind: 'mlp', width: 8, depth: 1, norm: 'none' })
  const { progress, set } = await ran(inputs, {
    start: 'noise',
    quickSteps: 0,
    steps: 60,
    length: 10,
    window: 0,
    networks: 0,
    slotsPerStep: 4,
    realPerClass: 30,
    innerRate: 0.3,
    rate: 8
  })
  const first = progress[0].candidate
  if (first === undefined) throw new Error('the start was not offered')
  const [before, after] = [await taught(inputs, first), await taught(inputs, set)]
  expect(after).toBeGreaterThan(before + 0.2)
})

test('quick steps bring the error of the last layer down', async () => {
  const { inputs } = await fashionInputs(1, 600, 10)
  const { progress } = await ran(inputs, {
    quickSteps: 40,
    steps: 0,
    networks: 2,
    realPerClass: 20,
    slotsPerStep: 4
  })
  const errors = progress.flatMap(({ live }) => live?.y ?? [])
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  expect(errors).toHaveLength(40)
  expect(mean(errors.slice(-10))).toBeLessThan(0.95 * mean(errors.slice(0, 10)))
})

test('networks that all run away are said in words', async () => {
  const inputs = vectorInputs(2, { kind: 'mlp', width: 8, depth: 1, norm: 'none' })
  const broken = { ...inputs, train: { ...inputs.train, read: nothing } }
  await expect(ran(broken, { start: 'noise', steps: 0 })).rejects.toThrow('No network could learn')
})

/** Items without a single number. */
function nothing(rows: Uint32Array): Float32Array {
  return new Float32Array(rows.length * 8).fill(NaN)
}

test('the work counted for an estimate grows with the steps', () => {
  const { data, shape, classNames, train, perClass, network } = smallInputs(2)
  const asked = {
    data,
    shape,
    classes: classNames.length,
    trainItems: train.count,
    perClass,
    network
  }
  const [some, more] = [10, 20].map((steps) =>
    memoryMethod.work(asked, memoryParams.parse({ ...short, steps }))
  )
  expect(more.second).toBe(2 * some.second)
  expect(some.trained).toBeGreaterThan(some.second)
})
