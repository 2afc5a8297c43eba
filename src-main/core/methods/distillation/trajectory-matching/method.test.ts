// Whole runs of trajectory matching: the same bits again and from every checkpoint, no tensors kept,
// and a network that ends closer to where the helper models went.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { createRandom } from '../../../compute/random.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { trainExpertsInMemory } from '../../../networks/expert-memory.ts'
import type { ExpertSource } from '../../../networks/experts.ts'
import type { DistillationInputs } from '../distillation-method.ts'
import { contextOn, runToEnd, smallInputs, type Ran } from '../matching/matching.test-support.ts'
import { shapeOf } from '../real-items/distillation.test-support.ts'
import { expertRequest, trajectoryMethod } from './method.ts'
import { trajectoryParams, type TrajectoryParams } from './params.ts'

let device: Device
let experts: ExpertSource
const inputs = smallInputs(2, {}, 8)

beforeAll(async () => {
  device = (await openDevice('native')).device
  await enableGradients()
  const { train, validation, shape, classNames } = inputs
  const params = trajectoryParams.parse({ helpers: 2, helperEpochs: 4, changes: 'off' })
  const request = { ...expertRequest(shapeOf(inputs), params), rate: 0.1, batch: 20 }
  const network = createNetwork(request.network, shape, classNames.length)
  const { signal } = new AbortController()
  const context = { device, signal, random: createRandom(1) }
  experts = await trainExpertsInMemory(context, network, request, train, validation)
})

const short: Partial<TrajectoryParams> = {
  steps: 6,
  lessons: 3,
  perLesson: 5,
  ahead: 2,
  lessonRate: 0.1,
  storage: 'numbers'
}

function ran(
  params: Partial<TrajectoryParams>,
  resume?: Parameters<typeof contextOn>[1],
  given: DistillationInputs = { ...inputs, experts }
): Promise<Ran> {
  const parsed = trajectoryParams.parse({ ...short, ...params })
  return runToEnd(trajectoryMethod.run(contextOn(device, resume), given, parsed))
}

describe('a run', () => {
  test.each([
    { name: 'usual changes', params: {} },
    {
      name: 'constant memory, learned labels, bytes',
      params: { memory: 'constant', labels: 'learned', storage: 'bytes', changes: 'off' } as const
    },
    { name: 'SGD, no average', params: { follow: 'sgd', average: 0, changes: 'off' } as const }
  ])('gives the same bits again and from every checkpoint: $name', async ({ params }) => {
    const { progress, set } = await ran(params)
    expect((await ran(params)).set).toEqual(set)
    const checkpoints = progress.flatMap(({ checkpoint }) => checkpoint ?? [])
    expect(checkpoints.length).toBeGreaterThan(3)
    for (const checkpoint of [checkpoints[1], checkpoints[checkpoints.length - 2]])
      expect((await ran(params, checkpoint)).set).toEqual(set)
    expect(progress.at(-1)?.candidate).toEqual(set)
    expect(set.values.every(Number.isFinite)).toBe(true)
  })

  test('learned labels are shares, stored and counted', async () => {
    const { set } = await ran({ labels: 'learned', changes: 'off' })
    if (set.targets.kind !== 'soft') throw new Error('no shares')
    const { shares } = set.targets
    for (let item = 0; item < set.count; item++) {
      const row = shares.subarray(item * 4, (item + 1) * 4)
      expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5)
    }
    expect(set.stored.some(({ part, values }) => part === 'labels' && values === shares)).toBe(true)
  })

  test('keeps no tensors', async () => {
    const { tf } = device
    const before = tf.memory().numTensors
    const counts = new Set<number>()
    const params = trajectoryParams.parse(short)
    const run = trajectoryMethod.run(contextOn(device), { ...inputs, experts }, params)
    await runToEnd(run, () => counts.add(tf.memory().numTensors))
    expect(counts.size).toBe(1)
    expect(tf.memory().numTensors).toBe(before)
  })

  test('says in words that helper models are missing or too short', async () => {
    await expect(ran({}, undefined, inputs)).rejects.toThrow('no helper models')
    await expect(ran({ ahead: 50 })).rejects.toThrow('kept at')
    // Before any helper model is trained.
    const far = trajectoryParams.parse({ ...short, helperEpochs: 2, ahead: 6 })
    expect(() => expertRequest(shapeOf(inputs), far)).toThrow('kept at')
  })
})

test('the network ends closer to the goal, and the size of a lesson moves', async () => {
  const { progress, set } = await ran({ steps: 40, changes: 'off', rate: 2, lessons: 5 })
  const distances = progress.map(({ live }) => live?.y ?? NaN)
  const mean = (values: number[]): number => values.reduce((a, b) => a + b, 0) / values.length
  expect(mean(distances.slice(-10))).toBeLessThan(mean(distances.slice(0, 10)) - 0.05)
  expect(set.info.lessonRate).not.toBeCloseTo(0.1, 3)
})
