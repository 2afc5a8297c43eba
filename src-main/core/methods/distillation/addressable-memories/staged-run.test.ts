// Labels that come in stages, from beginning to end: one memory for each stage, what is still known after
// every stage beside real items, the same bits again and from every checkpoint.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { createRandom } from '../../../compute/random.ts'
import { labelledValues } from '../../../networks/normalisation.ts'
import type { DistillationInputs, LabelledRows } from '../distillation-method.ts'
import { contextOn, runToEnd, smallInputs, type Ran } from '../matching/matching.test-support.ts'
import { shapeOf } from '../real-items/distillation.test-support.ts'
import type { ReadyTable } from '../soft-labels/tables.ts'
import { memoryMethod } from './method.ts'
import { memoryParams } from './params.ts'
import { stageClasses } from './stage-plan.ts'
import { equalItems } from './stage-tests.ts'

let device: Device
beforeAll(async () => {
  device = (await openDevice('native')).device
  await enableGradients()
})

const classes = 6
const columns = 8

/** Six places in eight dimensions, with noise around them. */
function rowsFrom(seed: number, each: number): LabelledRows {
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
  train: rowsFrom(1, 40),
  validation: rowsFrom(2, 10),
  perClass: 2,
  network: { kind: 'mlp', width: 16, depth: 1, norm: 'none' }
}

const params = memoryParams.parse({
  stages: 3,
  quickSteps: 4,
  steps: 1,
  length: 4,
  slotsPerStep: 3,
  realPerClass: 10
})

function ran(resume?: Parameters<typeof contextOn>[1]): Promise<Ran> {
  return runToEnd(memoryMethod.run(contextOn(device, resume), inputs, params))
}

function tableOf({ set }: Ran): ReadyTable {
  const [table] = set.info.tables as ReadyTable[] // as the run wrote it
  return table
}

describe('labels in three stages', () => {
  let whole: Ran
  beforeAll(async () => {
    whole = await ran()
  })

  test('give one memory for each stage, in the space of its labels', () => {
    const { set } = whole
    expect(set.form).toBe('memories')
    expect(set.stored.map(({ name }) => name)).toEqual([
      'bases 1',
      'addresses 1',
      'bases 2',
      'addresses 2',
      'bases 3',
      'addresses 3'
    ])
    const numbers = set.stored.map(({ values }) => values.length)
    for (const stage of [0, 1, 2])
      expect(numbers[2 * stage] + numbers[2 * stage + 1]).toBeLessThanOrEqual(2 * 2 * 8)
    expect(set.info.numbers).toBe(numbers.reduce((sum, count) => sum + count, 0))
    expect(set.values).toHaveLength(set.count * 8)
    expect(new Set(set.labels)).toEqual(new Set([0, 1, 2, 3, 4, 5]))
  })

  test('say what is still known after each stage, beside real items', () => {
    const { header, rows } = tableOf(whole)
    expect(header).toHaveLength(5)
    expect(rows.map(([stage, labels]) => [stage, labels])).toEqual(
      [0, 1, 2].map((stage) => [
        stage + 1,
        inputs.classNames.slice(2 * stage, 2 * stage + 2).join(', ')
      ])
    )
    for (const row of rows) for (const cell of row.slice(2)) expect(cell).toMatch(/^\d+\.\d %$/)
    // By lot two labels give 50 % and six give 17 %.
    for (const column of [2, 3, 4]) {
      expect(parseFloat(String(rows[0][column]))).toBeGreaterThan(70)
      expect(parseFloat(String(rows[2][column]))).toBeGreaterThan(50)
    }
  })

  test('offer a set only when all labels are in it', () => {
    const candidates = whole.progress.flatMap(({ candidate }) => candidate ?? [])
    expect(candidates).toHaveLength(1)
    expect(candidates[0].values).toEqual(whole.set.values)
    expect(whole.progress.at(-1)).toMatchObject({ done: 24, total: 24 })
  })

  test('end with the same bits from checkpoints in a stage, between stages and between tests', async () => {
    const kept = whole.progress.filter(({ checkpoint }) => checkpoint !== undefined)
    const at = (done: number) => kept.find((progress) => progress.done === done)?.checkpoint
    for (const done of [3, 10, 22]) {
      const checkpoint = at(done)
      if (checkpoint === undefined) throw new Error(`no checkpoint at ${done}`)
      expect((await ran(checkpoint)).set).toEqual(whole.set)
    }
  })
})

test('every stage needs two labels, said in words', () => {
  expect(stageClasses(10, 5)).toHaveLength(5)
  expect(() => stageClasses(10, 6)).toThrow(/at least 2/)
  expect(() => stageClasses(3, 2)).toThrow(/at least 2/)
  expect(() => memoryMethod.work(shapeOf(inputs), { ...params, stages: 4 })).toThrow(/at least 2/)
})

test('stops within a step when told to', async () => {
  const controller = new AbortController()
  const run = memoryMethod.run(contextOn(device, undefined, controller.signal), inputs, params)
  await run.next()
  controller.abort(new Error('stopped'))
  await expect(run.next()).rejects.toThrow('stopped')
})

test('random items take as many bytes as a memory of pictures', () => {
  const stored = [
    { name: 'bases', part: 'items', shape: [], values: new Float32Array(290), bytesEach: 4 }
  ] as const
  const { shape } = smallInputs(1, {}, 12)
  // 1,160 bytes for two labels; a picture with its label takes 145.
  expect(equalItems({ stored }, shape, 2)).toBe(4)
  expect(equalItems({ stored }, { height: 1, width: 1, channels: 144 }, 2)).toBe(1)
})

test('the estimate counts all stages and their tests', () => {
  const asked = shapeOf(inputs)
  const one = memoryMethod.work(asked, { ...params, stages: 1 })
  const three = memoryMethod.work(asked, params)
  expect(three.trained).toBeGreaterThan(one.trained)
})
