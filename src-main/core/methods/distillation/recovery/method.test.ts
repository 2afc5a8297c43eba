// Whole runs of recovery: the same bits again and from every checkpoint, all options, no memory kept.
import { beforeAll, expect, test } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { trainExpertsInMemory } from '../../../networks/expert-memory.ts'
import type { DistillationInputs } from '../distillation-method.ts'
import { contextOn, runToEnd, smallInputs, type Ran } from '../matching/matching.test-support.ts'
import { recoveryMethod as method } from './method.ts'
import { recoveryParams, type RecoveryParams } from './params.ts'

let device: Device
let inputs: DistillationInputs
const short: Partial<RecoveryParams> = {
  iterations: 4,
  teachers: 2,
  teacherEpochs: 3,
  studentEpochs: 10
}

beforeAll(async () => {
  device = (await openDevice('native')).device
  await enableGradients()
  const plain = smallInputs(2)
  const facts = { ...plain, classes: 4, trainItems: plain.train.count }
  const request = method.experts(facts, recoveryParams.parse(short))
  if (request === undefined) throw new Error('recovery asks for helper models')
  expect(request.network.norm).toBe('batch')
  const network = createNetwork(request.network, plain.shape, 4)
  const { train, validation } = plain
  const context = contextOn(device)
  const experts = await trainExpertsInMemory(context, network, request, train, validation)
  inputs = { ...plain, experts }
})

function ran(
  params: Partial<RecoveryParams>,
  resume?: Parameters<typeof contextOn>[1],
  perClass = 2
): Promise<Ran> {
  const parsed = recoveryParams.parse({ ...short, ...params })
  return runToEnd(method.run(contextOn(device, resume), { ...inputs, perClass }, parsed))
}

test.each([
  { name: 'real start', params: {}, perClass: 2 },
  {
    name: 'noise, pushed, falling zoom, two batches',
    params: { start: 'noise', push: 0.05, zoom: 'falling', iterations: 2 } as const,
    perClass: 26
  }
])('$name: the same bits again and from every checkpoint', async ({ params, perClass }) => {
  const { progress, set } = await ran(params, undefined, perClass)
  expect((await ran(params, undefined, perClass)).set).toEqual(set)
  const checkpoints = progress.flatMap(({ checkpoint }) => checkpoint ?? [])
  expect(checkpoints.length).toBeGreaterThanOrEqual(6)
  for (const checkpoint of checkpoints)
    expect((await ran(params, checkpoint, perClass)).set).toEqual(set)
  expect(set.count).toBe(4 * perClass)
  expect(set.form).toBe('pixels')
  expect(set.info.tables).toHaveLength(1)
})

test('pictures become what the helper models name rightly', async () => {
  const { progress } = await ran({ start: 'noise', iterations: 60, teachers: 1 })
  const losses = progress.flatMap(({ live }) => (live?.series === 'loss' ? [live.y] : []))
  const mean = (of: number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length
  expect(losses).toHaveLength(60)
  expect(mean(losses.slice(-5))).toBeLessThan(0.6 * mean(losses.slice(0, 5)))
})

test('keeps no tensors, and none after a stop', async () => {
  const { tf } = device
  const before = tf.memory().numTensors
  const params = recoveryParams.parse({ ...short, iterations: 6 })
  const counts = new Set<number>()
  await runToEnd(method.run(contextOn(device), inputs, params), ({ phase }) => {
    if (phase === 'Recovering pictures') counts.add(tf.memory().numTensors)
  })
  expect(counts.size).toBe(1)
  expect(tf.memory().numTensors).toBe(before)
  const stop = new AbortController()
  const steps = method.run(contextOn(device, undefined, stop.signal), inputs, params)
  await steps.next()
  stop.abort(new Error('stopped'))
  await expect(steps.next()).rejects.toThrow('stopped')
  expect(tf.memory().numTensors).toBe(before)
})

test('the work counts both helper models of a batch, and networks get batch norm', () => {
  const facts = { ...inputs, classes: 4, trainItems: 100 }
  const work = (teachers: number) =>
    method.work(facts, recoveryParams.parse({ ...short, teachers })).trained
  expect(work(2) - work(1)).toBe(4 * 2 * 4)
  expect(work(5)).toBe(work(2))
  const dense = { ...facts, network: { kind: 'mlp', width: 8, depth: 1, norm: 'none' } as const }
  const request = method.experts(dense, recoveryParams.parse(short))
  expect(request?.network).toMatchObject({ kind: 'convnet', norm: 'batch' })
})
