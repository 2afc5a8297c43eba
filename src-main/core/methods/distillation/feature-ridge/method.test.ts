// Feature ridge: slopes through the features, whole runs to the same bits, no memory kept, and items
// that teach a new network better than real ones.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { accuracyOf } from '../../../networks/predict.ts'
import { trainStudent, type StudentItems } from '../../../networks/train-student.ts'
import type { DistillationInputs } from '../distillation-method.ts'
import { fashionInputs } from '../matching/fashion.test-support.ts'
import { contextOn, runToEnd, smallInputs, type Ran } from '../matching/matching.test-support.ts'
import { parameterTensors } from '../matching/network-tensors.ts'
import { featureRidgeMethod } from './method.ts'
import { createNetworkFeatures } from './network-features.ts'
import { featureRidgeParams, type FeatureRidgeParams } from './params.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
  await enableGradients()
})
const { signal } = new AbortController()

const short = { iterations: 7, batch: 20, networks: 2, lifetime: 4 } as const

function ran(
  inputs: DistillationInputs,
  params: Partial<FeatureRidgeParams> = {},
  resume?: Parameters<typeof contextOn>[1]
): Promise<Ran> {
  const parsed = featureRidgeParams.parse({ ...short, ...params })
  return runToEnd(featureRidgeMethod.run(contextOn(device, resume), inputs, parsed))
}

test('slopes by features lead back to the items, whatever the parts', async () => {
  const { tf } = device
  const inputs = smallInputs(1)
  const network = createNetwork(inputs.network, inputs.shape, 4)
  const random = createRandom(4)
  const parameters = parameterTensors(tf, network, network.start(random))
  const before = tf.memory().numTensors
  const features = createNetworkFeatures(tf, network, signal)
  const values = inputs.train.read(Uint32Array.of(0, 1, 2))
  const by = Float32Array.from({ length: 3 * network.featureWidth }, () => random.normal())
  const slopes = await features.back(values, by, parameters)
  const direction = Float32Array.from(values, () => random.normal())
  const sumAt = async (amount: number): Promise<number> => {
    const moved = values.map((value, i) => value + amount * direction[i])
    const found = await features.forward(moved, parameters)
    return found.reduce((sum, value, i) => sum + value * by[i], 0)
  }
  const step = 2e-3
  const rise = ((await sumAt(step)) - (await sumAt(-step))) / (2 * step)
  const expected = slopes.reduce((sum, slope, i) => sum + slope * direction[i], 0)
  // ReLUs bend within the step here and there.
  expect(Math.abs(rise - expected)).toBeLessThan(0.03 * Math.abs(expected) + 0.03)
  expect(Math.abs(expected)).toBeGreaterThan(0.5)
  // 30 items go in more than one part of 16 or more each.
  const many = inputs.train.read(Uint32Array.from({ length: 30 }, (_, i) => i))
  const all = await features.forward(many, parameters)
  const alone = await features.forward(many.slice(-144), parameters)
  alone.forEach((value, i) => expect(all[29 * network.featureWidth + i]).toBeCloseTo(value, 4))
  features.dispose()
  expect(tf.memory().numTensors).toBe(before)
  tf.dispose(parameters)
})

describe('a run', () => {
  test.each([
    { name: 'as it is', perClass: 2, params: {} },
    {
      name: 'free numbers, plain labels',
      perClass: 1,
      params: { storage: 'numbers', learnLabels: false, start: 'noise' } as const
    }
  ])('$name gives the same bits again and from every checkpoint', async ({ perClass, params }) => {
    const inputs = smallInputs(perClass)
    const { progress, set } = await ran(inputs, params)
    expect((await ran(inputs, params)).set).toEqual(set)
    const checkpoints = progress.flatMap(({ checkpoint }) => checkpoint ?? [])
    expect(checkpoints.length).toBeGreaterThan(3)
    for (const checkpoint of checkpoints)
      expect((await ran(inputs, params, checkpoint)).set).toEqual(set)
    expect(set.consumer).toBe('network')
    expect(device.tf.memory().numTensors).toBe(0)
  })

  test('keeps no tensors from step to step, and stops', async () => {
    const { tf } = device
    const stop = new AbortController()
    const run = featureRidgeMethod.run(
      contextOn(device, undefined, stop.signal),
      smallInputs(1),
      featureRidgeParams.parse(short)
    )
    const counts = new Set<number>()
    for (let i = 0; i < 6; i++) {
      await run.next()
      counts.add(tf.memory().numTensors)
    }
    expect(counts.size).toBe(1)
    stop.abort(new Error('stopped'))
    await expect(run.next()).rejects.toThrow('stopped')
    expect(tf.memory().numTensors).toBe(0)
  })

  test('makes items that teach a network better than where they began', async () => {
    const { inputs: pictures, test: unseen } = await fashionInputs(1, 2000, 800)
    // Dense networks, which learn in a moment.
    const network = { kind: 'mlp', width: 64, depth: 2, norm: 'none' } as const
    const inputs: DistillationInputs = { ...pictures, network }
    const params = { batch: 150, networks: 3, lifetime: 20, start: 'real' } as const
    const first = await ran(inputs, { ...params, iterations: 1, rate: 1e-5 })
    const last = await ran(inputs, { ...params, iterations: 150 })
    let gain = 0
    for (const seed of [1, 2])
      gain +=
        (await accuracy(inputs, last, unseen, seed)) - (await accuracy(inputs, first, unseen, seed))
    expect(gain / 2).toBeGreaterThan(0.08)
  }, 60_000)

  async function accuracy(
    inputs: DistillationInputs,
    { set }: Ran,
    rows: DistillationInputs['train'],
    seed: number
  ): Promise<number> {
    const network = createNetwork(inputs.network, inputs.shape, 10)
    if (set.targets.kind !== 'values') throw new Error('no free labels')
    const items: StudentItems = { ...set, targets: set.targets.values }
    const recipe = { ...set.student, rate: 0.05, epochs: 150 }
    const random = createRandom(seed)
    const student = await trainStudent(device.tf, network, items, recipe, random, signal)
    return accuracyOf(device.tf, network, student.parameters, rows, signal)
  }
})
