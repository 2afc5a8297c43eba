// Ten classes that come in five stages: memories of the stages keep what was learned, the last stage's
// data alone does not.
import { beforeAll, expect, test } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { createRandom } from '../../../compute/random.ts'
import { labelledValues } from '../../../networks/normalisation.ts'
import type { DistillationInputs, LabelledRows } from '../distillation-method.ts'
import { contextOn, runToEnd } from '../matching/matching.test-support.ts'
import {
  keepStage,
  rowsOfClasses,
  stageInputs,
  stagesOf,
  testStages,
  type StageMemory
} from './continual.ts'
import { memoryMethod } from './method.ts'
import { memoryParams } from './params.ts'

let device: Device
beforeAll(async () => {
  device = (await openDevice('native')).device
  await enableGradients()
})

const classes = 10
const columns = 6

/** Ten places in six dimensions, with noise around them. */
function rows(seed: number, each: number): LabelledRows {
  const places = createRandom(77)
  const centres = Float32Array.from({ length: classes * columns }, () => 1.6 * places.normal())
  const random = createRandom(seed)
  const labels = Int32Array.from({ length: classes * each }, (_, i) => i % classes)
  const values = Float32Array.from({ length: labels.length * columns }, (_, i) => {
    const label = labels[Math.floor(i / columns)]
    return centres[label * columns + (i % columns)] + 0.5 * random.normal()
  })
  return labelledValues(values, labels)
}

const inputs: DistillationInputs = {
  data: 'vectors',
  shape: { height: 1, width: 1, channels: columns },
  normalisation: {
    mean: new Array<number>(columns).fill(0),
    sd: new Array<number>(columns).fill(1)
  },
  classNames: Array.from({ length: classes }, (_, c) => `class ${c}`),
  train: rows(1, 40),
  validation: rows(2, 10),
  perClass: 3,
  network: { kind: 'mlp', width: 16, depth: 1, norm: 'none' }
}

test('stages are even and keep the order', () => {
  expect(stagesOf(10, 5)).toEqual([
    [0, 1],
    [2, 3],
    [4, 5],
    [6, 7],
    [8, 9]
  ])
  expect(stagesOf(5, 2)).toEqual([
    [0, 1, 2],
    [3, 4]
  ])
  expect(() => stagesOf(3, 4)).toThrow(RangeError)
})

test('a stage sees its own classes only', () => {
  const { train, classNames } = stageInputs(inputs, [4, 7])
  expect(classNames).toEqual(['class 4', 'class 7'])
  expect(train.count).toBe(80)
  expect(new Set(train.labels)).toEqual(new Set([0, 1]))
  const first = inputs.train.labels.indexOf(4)
  expect(train.read(Uint32Array.of(0))).toEqual(inputs.train.read(Uint32Array.of(first)))
})

test('memories of five stages keep old classes', async () => {
  const params = memoryParams.parse({
    quickSteps: 5,
    steps: 2,
    length: 10,
    window: 0,
    networks: 0,
    realPerClass: 20,
    innerRate: 0.1
  })
  const memories: StageMemory[] = []
  for (const stage of stagesOf(classes, 5)) {
    const run = memoryMethod.run(contextOn(device), stageInputs(inputs, stage), params)
    memories.push(keepStage(stage, (await runToEnd(run)).set))
  }
  const { data, shape, network } = inputs
  const given = { data, shape, classes, network, test: rows(3, 20) }
  const { signal } = new AbortController()
  const results = await testStages(device.tf, memories, given, createRandom(4), signal)
  expect(results.map((result) => result.classes.length)).toEqual([2, 4, 6, 8, 10])
  for (const { accuracy01 } of results) expect(accuracy01).toBeGreaterThan(0.7)
  // Without the memories of the first four stages only the last two classes are known.
  const [onlyLast] = await testStages(
    device.tf,
    [{ ...memories[4], classes: stagesOf(classes, 1)[0] }],
    given,
    createRandom(4),
    signal
  )
  expect(onlyLast.accuracy01).toBeLessThan(0.25)
})

test('rows of some classes keep their labels when not numbered anew', () => {
  const some = rowsOfClasses(inputs.train, [3, 8], false)
  expect(new Set(some.labels)).toEqual(new Set([3, 8]))
})
