// Whole runs of the distributional method: the same bits again and from every checkpoint, no memory kept,
// fresh items, and labels decided on validation items.
import { beforeAll, expect, test } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { createRandom } from '../../../compute/random.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { trainExpertsInMemory } from '../../../networks/expert-memory.ts'
import { oneHotShares } from '../../../networks/normalisation.ts'
import { accuracyOf } from '../../../networks/predict.ts'
import { trainStudent } from '../../../networks/train-student.ts'
import type { DistillationInputs } from '../distillation-method.ts'
import { rowsByClass } from '../matching/class-rows.ts'
import { fashionInputs } from '../matching/fashion.test-support.ts'
import { contextOn, runToEnd, smallInputs, type Ran } from '../matching/matching.test-support.ts'
import { startGroup } from './group-state.ts'
import { groupDecoder, planLayout } from './layout.ts'
import { classesAtOnce, createMatcher } from './matcher.ts'
import { distributionalMethod as method } from './method.ts'
import { distributionalParams, type DistributionalParams } from './params.ts'

let device: Device
beforeAll(async () => {
  device = (await openDevice('native')).device
  await enableGradients()
})

const short: Partial<DistributionalParams> = {
  warmSteps: 3,
  iterations: 4,
  latent: 8,
  realPerClass: 5,
  madePerClass: 4,
  drawsPerClass: 3,
  studentEpochs: 10
}

function ran(
  inputs: DistillationInputs,
  params: Partial<DistributionalParams> = {},
  resume?: Parameters<typeof contextOn>[1]
): Promise<Ran> {
  const parsed = distributionalParams.parse({ ...short, ...params })
  return runToEnd(method.run(contextOn(device, resume), inputs, parsed))
}

test.each([
  { name: 'one group', params: {} },
  {
    name: 'two groups of two clouds',
    params: { groups: 2, priors: 2, warmSteps: 1, iterations: 2 }
  },
  { name: 'no drawing first', params: { warmSteps: 0 } }
])('$name: the same bits again and from every checkpoint', async ({ params }) => {
  const inputs = smallInputs(8)
  const { progress, set } = await ran(inputs, params)
  expect((await ran(inputs, params)).set).toEqual(set)
  const checkpoints = progress.flatMap(({ checkpoint }) => checkpoint ?? [])
  expect(checkpoints.length).toBeGreaterThanOrEqual(4)
  for (const checkpoint of checkpoints)
    expect((await ran(inputs, params, checkpoint)).set).toEqual(set)
  expect(progress.at(-1)?.candidate).toEqual(set)
  expect(progress.at(-1)?.done).toBe(progress.at(-1)?.total)
})

test('one group per run is the run without groups, whatever they are called', async () => {
  const inputs = smallInputs(8)
  const { set } = await ran(inputs, { groups: 1 })
  expect(set).toEqual((await ran(inputs)).set)
  expect((await ran(inputs, { groups: 2 })).set.stored.length).toBeGreaterThan(set.stored.length)
})

test('keeps no tensors, and none after a stop', async () => {
  const { tf } = device
  const before = tf.memory().numTensors
  const params = distributionalParams.parse({ ...short, warmSteps: 0, iterations: 6 })
  const counts = new Set<number>()
  await runToEnd(method.run(contextOn(device), smallInputs(8), params), () =>
    counts.add(tf.memory().numTensors)
  )
  expect(counts.size).toBe(1)
  expect(tf.memory().numTensors).toBe(before)
  const stop = new AbortController()
  const steps = method.run(contextOn(device, undefined, stop.signal), smallInputs(8), params)
  await steps.next()
  stop.abort(new Error('stopped'))
  await expect(steps.next()).rejects.toThrow('stopped')
  expect(tf.memory().numTensors).toBe(before)
})

test('a step may look at some of the classes, others by others', () => {
  const { tf } = device
  const inputs = smallInputs(8)
  const params = distributionalParams.parse({ ...short, priors: 1 })
  const { layout } = planLayout(inputs, params)
  const code = groupDecoder(layout, 0, inputs.shape)
  const network = createNetwork(inputs.network, inputs.shape, 4)
  const matching = {
    tf,
    code,
    network,
    range: layout,
    train: inputs.train,
    byClass: rowsByClass(inputs.train, inputs.classNames),
    priors: 1,
    realPerClass: 5,
    madePerClass: 4,
    rate: 1e-3,
    mostClasses: 2
  }
  const start = startGroup(code, 4, createRandom(1))
  const touched = new Set<string>()
  for (const seed of [1, 2, 3, 4]) {
    const matcher = createMatcher(matching, start)
    matcher.step(0, createRandom(seed), network.start(createRandom(seed)))
    const { mean } = matcher.state()
    matcher.dispose()
    const moved = [0, 1, 2, 3].filter((c) => mean[c * 8] !== start.mean[c * 8])
    expect(moved).toHaveLength(2)
    touched.add(moved.join())
  }
  expect(touched.size).toBeGreaterThan(1)
  expect(classesAtOnce(network, matching, 4)).toBe(4)
  const wide = createNetwork({ ...inputs.network, width: 3000 }, inputs.shape, 4)
  expect(classesAtOnce(wide, matching, 4)).toBe(3)
})

test('draws fresh items from what is stored alone', async () => {
  const inputs = smallInputs(8)
  const { set } = await ran(inputs)
  const stored = structuredClone(set.stored)
  const info = JSON.parse(JSON.stringify(set.info)) as Record<string, unknown>
  const draw = (seed: number) =>
    method.sample?.(device, { ...set, stored, info }, inputs.shape, createRandom(seed))
  const first = await draw(1)
  expect(first).toHaveLength(set.values.length)
  expect(await draw(1)).toEqual(first)
  expect(await draw(2)).not.toEqual(first)
})

test('labels are tried on validation items, and a run goes on between trials', async () => {
  const inputs = smallInputs(8)
  const params = distributionalParams.parse({ ...short, labels: 'try-soft', helperEpochs: 2 })
  const facts = { ...inputs, classes: 4, trainItems: inputs.train.count }
  const request = method.experts(facts, params)
  if (request === undefined) throw new Error('no helper models were asked for')
  expect(method.experts(facts, { ...params, labels: 'plain' })).toBeUndefined()
  const network = createNetwork(request.network, inputs.shape, 4)
  const { train, validation } = inputs
  const experts = await trainExpertsInMemory(contextOn(device), network, request, train, validation)
  const wanted = { labels: 'try-soft', view: 'trained' } as const
  const { set, progress } = await ran({ ...inputs, experts }, wanted)
  expect(set.info.tables).toHaveLength(1)
  const trials = progress.flatMap(({ checkpoint }) =>
    checkpoint?.step === 'trials' ? [checkpoint] : []
  )
  expect(trials.length).toBeGreaterThanOrEqual(3)
  for (const checkpoint of [trials[0], trials[2]])
    expect((await ran({ ...inputs, experts }, wanted, checkpoint)).set).toEqual(set)
}, 30_000)

test('drawn items teach far better than guessing, in the room of a few pictures', async () => {
  const { inputs, test: items } = await fashionInputs(4, 1000, 250)
  const { set } = await ran(inputs, { warmSteps: 150, iterations: 10, drawsPerClass: 10 })
  expect(set.info.storage).toHaveProperty('itemsPerClassByBytes', expect.closeTo(4, 0))
  const { signal } = new AbortController()
  const network = createNetwork(inputs.network, inputs.shape, 10)
  const random = createRandom(1)
  const draw = async (pass: number): Promise<Float32Array> =>
    (await method.sample?.(device, set, inputs.shape, random.fork(`${pass}`))) ?? set.values
  const student = await trainStudent(
    device.tf,
    network,
    { ...set, targets: oneHotShares(set.labels, 10), fresh: draw },
    { ...set.student, epochs: 40 },
    random,
    signal
  )
  const accuracy = await accuracyOf(device.tf, network, student.parameters, items, signal)
  expect(accuracy).toBeGreaterThan(0.45)
}, 60_000)

test('the work grows with steps and items', () => {
  const facts = { ...smallInputs(2), classes: 4, trainItems: 1000 }
  const params = distributionalParams.parse(short)
  const work = method.work(facts, params)
  expect(work).toMatchObject({ forward: 4 * 4 * 5, trained: 4 * 4 * 4, second: 0 })
})
