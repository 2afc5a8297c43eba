// Labels of changed pictures: helper models in half precision say what networks say, stored views are
// what they would have said, and students learn from either to the same bits every time.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { halfBits, roundToHalf } from '../../../compute/half-precision.ts'
import { narrowNumbers } from '../../../compute/narrow-numbers.ts'
import { createRandom } from '../../../compute/random.ts'
import { halfToNumber } from '../../../datasets/readers/arrays/array-types.ts'
import { openFastDevice } from '../../../evaluation/models/models.test-support.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { expertsInMemory } from '../../../networks/expert-memory.ts'
import { inputSize, type NetworkSpec } from '../../../networks/network.ts'
import { labelledValues } from '../../../networks/normalisation.ts'
import { smallPictures } from '../../../networks/picture-sample.test-support.ts'
import { predictLogits } from '../../../networks/predict.ts'
import { photoAugmentation } from '../../../networks/siamese-augmentation.ts'
import { plainStudent, type StudentRecipe } from '../../../networks/student-recipe.ts'
import { startStudent, trainStudent } from '../../../networks/train-student.ts'
import { bakeViews } from './bake-views.ts'
import { labellerOf, type ChangedLabels } from './changed-labels.ts'
import { meanLogits, mixedShares, sharesOf } from './shares.ts'
import { createTeacher, readTeacher, storedTeacher, teacherModels } from './teacher-labels.ts'
import { planViews, viewedValues, type ViewPlan } from './view-labels.ts'
import { viewTable } from './view-table.ts'

let device: Device
beforeAll(async () => {
  await enableGradients()
  device = await openFastDevice()
})
const { signal } = new AbortController()
const sample = smallPictures(2, { train: 6 })
const { shape, classes } = sample
const labels = sample.train.labels
const values = sample.train.read(Uint32Array.from(labels.keys()))
const convnet: NetworkSpec = { kind: 'convnet', width: 5, depth: 2, norm: 'instance' }

/** Two untrained experts at two moments. */
function experts(spec: NetworkSpec) {
  const network = createNetwork(spec, shape, classes)
  const random = createRandom(4)
  return expertsInMemory(
    spec,
    [0, 1].map((expert) =>
      [1, 2].map((epoch) => ({
        ...{ epoch, accuracy01: 0.5, entropy: 1 },
        parameters: network.start(random.fork(`${expert} ${epoch}`)),
        statistics: network.normalised.flatMap((width) => [
          Float32Array.from({ length: width }, () => random.normal() / 4),
          Float32Array.from({ length: width }, () => 0.5 + random.uniform())
        ])
      }))
    )
  )
}

describe('half precision in files', () => {
  it('has the bits of every number it can hold', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const value = halfToNumber(bits)
      if (Number.isNaN(value)) continue
      if (halfBits(value) !== bits) throw new Error(`${bits}: ${halfBits(value)}`)
    }
    expect(halfToNumber(halfBits(0.1))).toBe(roundToHalf(0.1))
    expect(halfToNumber(halfBits(1e-8))).toBe(0)
    expect(halfToNumber(halfBits(1e9))).toBe(Infinity)
    expect(halfToNumber(halfBits(NaN))).toBeNaN()
  })

  it('takes as many bytes as the ledger counts', () => {
    const half = narrowNumbers({ values: Float32Array.of(0.5, 1), bytesEach: 2 })
    expect(half).toEqual({ descr: '<f2', values: Uint16Array.of(0x3800, 0x3c00) })
    const places = narrowNumbers({ values: Uint32Array.of(3, 255), bytesEach: 1 })
    expect(places).toEqual({ descr: '|u1', values: Uint8Array.of(3, 255) })
    const many = narrowNumbers({ values: Int32Array.of(3, 700), bytesEach: 2 })
    expect(many).toEqual({ descr: '<u2', values: Uint16Array.of(3, 700) })
  })
})

describe('a helper model kept with a set', () => {
  it.each(['instance', 'batch'] as const)('says what the networks say (%s norm)', async (norm) => {
    const { tf } = device
    const spec = { ...convnet, norm }
    const source = experts(spec)
    const asked = await readTeacher(source, 1, 1, { tau: 0.5, teacherShare: 0.75 })
    const before = tf.memory().numTensors
    const teacher = createTeacher(tf, asked, shape, classes)
    const shares = teacher.shares(values, labels)
    const network = createNetwork(spec, shape, classes)
    const rows = labelledValues(values, labels)
    const each: Float32Array[] = []
    for (const expert of [0, 1]) {
      const parameters = (await source.read(expert, 1)).map((own) => own.map(roundToHalf))
      const statistics = await source.readStatistics(expert, 1)
      each.push(await predictLogits(tf, network, parameters, rows, signal, statistics))
    }
    const wanted = mixedShares(sharesOf(meanLogits(each), classes, 0.5), labels, classes, 0.75)
    shares.forEach((share, i) => expect(share).toBeCloseTo(wanted[i], 5))
    // A part of them alone gets the same.
    const size = inputSize(shape)
    const some = teacher.shares(values.slice(0, 5 * size), labels.slice(0, 5))
    some.forEach((share, i) => expect(share).toBeCloseTo(shares[i], 5))
    teacher.dispose()
    expect(tf.memory().numTensors).toBe(before)
    expect(teacherModels(storedTeacher(asked))).toEqual(asked.models)
  })

  it('is stored in two bytes for each weight, and in four for running statistics', async () => {
    const spec = { ...convnet, norm: 'batch' } as const
    const asked = await readTeacher(experts(spec), 1, 2, { tau: 1, teacherShare: 1 })
    // Two experts; of two moments, the earlier one is no more than half as old.
    expect(asked.models).toHaveLength(2)
    expect(storedTeacher(asked).map(({ bytesEach }) => bytesEach)).toEqual([2, 4, 2, 4])
  })
})

const plan: ViewPlan = {
  seed: 9,
  augmentation: photoAugmentation,
  passes: 6,
  batch: 10,
  keepOneOf: 1
}

describe('stored views', () => {
  it('are what the helper model says about the changed pictures, in half precision', async () => {
    const asked = await readTeacher(experts(convnet), 0, 1, { tau: 2, teacherShare: 1 })
    const facts = { shape, classes }
    const before = device.tf.memory().numTensors
    const baked = await bakeViews(device.tf, asked, plan, { values, labels }, facts, signal)
    expect(device.tf.memory().numTensors).toBe(before)
    const views = planViews(plan, 24)
    expect(views.batches).toBe(18)
    expect(views.count).toBe(6 * 24)
    const teacher = createTeacher(device.tf, asked, shape, classes)
    const seen = new Set<string>()
    for (let step = 0; step < 18; step++) {
      const batch = views.batch(views.placeAt(step), shape)
      const own = labels.filter((_, row) => batch.rows.includes(row))
      const said = teacher.shares(viewedValues(values, batch, shape), own)
      const stored = baked.shares.subarray(
        batch.first * classes,
        (batch.first + batch.rows.length) * classes
      )
      stored.forEach((share, i) => expect(share).toBe(roundToHalf(said[i])))
      for (const row of batch.rows) seen.add(`${Math.floor(step / 3)} ${row}`)
    }
    teacher.dispose()
    // Every pass goes through every item once.
    expect(seen.size).toBe(6 * 24)
  })

  it('are a part of all where so asked, and that part comes again and again', () => {
    const views = planViews({ ...plan, keepOneOf: 3 }, 24)
    expect(views.batches).toBe(6)
    const met = Array.from({ length: 12 }, (_, step) => views.placeAt(step))
    expect(met.slice(0, 6).sort()).toEqual([0, 1, 2, 3, 4, 5])
    expect(met.slice(6).sort()).toEqual([0, 1, 2, 3, 4, 5])
    expect(views.placeAt(views.steps + 4)).toBe(views.placeAt(4))
    expect(planViews({ ...plan, keepOneOf: 100 }, 24).batches).toBe(1)
  })

  it('make a table that says how every view was changed', () => {
    const all = { ...plan, augmentation: { ...photoAugmentation, mode: 'all' } } as const
    const table = viewTable({ ...all, kind: 'views', shares: new Float32Array(0) }, 24, shape)
    expect(table.stages).toBe(6)
    expect(table.items).toHaveLength(144)
    expect([...table.starts.slice(0, 5)]).toEqual([0, 10, 20, 24, 34])
    expect([...table.order.slice(0, 4)]).toEqual([0, 1, 2, 3])
    const kinds = Array.from({ length: 6 }, (_, stage) => table.changes[stage * 5])
    expect(kinds).toEqual([1, 3, 5, 2, 4, 4])
    const { change } = planViews(all, 24).batch(0, shape)
    const [colour] = change.stages
    if (colour.kind !== 'colour') throw new Error('colours come first')
    expect(table.changes[1]).toBeCloseTo(colour.changes[0].brightness, 6)
  })
})

describe('students of changed pictures', () => {
  const recipe: StudentRecipe = {
    ...plainStudent,
    ...{ rate: 0.05, epochs: 9, batch: 10, augment: photoAugmentation }
  }
  const network = createNetwork(convnet, shape, classes)
  const targets = new Float32Array(24 * classes).fill(1 / classes)

  async function student(changed: ChangedLabels | undefined, own: StudentRecipe = recipe) {
    const items = { values, count: 24, targets, ...labellerOf(changed, labels, { shape, classes }) }
    return trainStudent(device.tf, network, items, own, createRandom(3), signal)
  }

  it('learn other labels than those stored once, the same bits every time', async () => {
    const asked = await readTeacher(experts(convnet), 1, 1, { tau: 3, teacherShare: 1 })
    const facts = { shape, classes }
    const views = await bakeViews(device.tf, asked, plan, { values, labels }, facts, signal)
    const before = device.tf.memory().numTensors
    const plain = await student(undefined)
    for (const changed of [asked, views]) {
      const first = await student(changed)
      expect(await student(changed)).toEqual(first)
      expect(first).not.toEqual(plain)
    }
    expect(device.tf.memory().numTensors).toBe(before)
  })

  it('that see pictures as they are learn the labels stored once', async () => {
    const asked = await readTeacher(experts(convnet), 1, 1, { tau: 3, teacherShare: 1 })
    const still = { ...recipe, augment: null }
    expect(await student(asked, still)).toEqual(await student(undefined, still))
  })

  it('of a helper model have no loss left when they say the same', async () => {
    const source = experts(convnet)
    const asked = await readTeacher(source, 1, 1, { tau: 1, teacherShare: 1 })
    const one = { ...asked, models: asked.models.slice(0, 1) }
    const parameters = (await source.read(0, 1)).map((own) => own.map(roundToHalf))
    const start = { ...network, start: () => parameters }
    const items = { values, count: 24, targets, ...labellerOf(one, labels, { shape, classes }) }
    const soft = { ...recipe, loss: 'kl', temperature: 4, rate: 0.01 } as const
    const training = startStudent(device.tf, start, items, soft, createRandom(1))
    // KL at the temperature of both: only decay moves it, and that hardly.
    expect(training.step()).toBeCloseTo(0, 4)
    expect(training.step()).toBeCloseTo(0, 4)
    training.dispose()
  })
})
