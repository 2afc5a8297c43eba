// What students learn, as the analyst chose: every choice for sets with a helper model, and what the
// storage ledger and the files say about it.
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DistilLabels } from '../../api/dto/distil.ts'
import type { Device } from '../compute/devices/device.ts'
import { createRandom } from '../compute/random.ts'
import { openFastDevice } from '../evaluation/models/models.test-support.ts'
import type { DistilledSet } from '../methods/distillation/distillation-method.ts'
import {
  storedTeacher,
  type TeacherLabels
} from '../methods/distillation/label-compression/teacher-labels.ts'
import { createNetwork } from '../networks/create-network.ts'
import { concatArrays } from '../networks/flat-arrays.ts'
import { smallPictures } from '../networks/picture-sample.test-support.ts'
import { signAugmentation } from '../networks/siamese-augmentation.ts'
import { plainStudent } from '../networks/student-recipe.ts'
import { withLabels, type LabelPlace } from './label-choice.ts'
import { ledgerOf } from './ledger.ts'
import { loadSet, saveSet } from './set-files.ts'

const { signal } = new AbortController()
const { train, shape, classes } = smallPictures(1, { train: 5 })
const count = train.count
const network = { kind: 'convnet', width: 4, depth: 1, norm: 'instance' } as const

let device: Device
let place: LabelPlace
let folder = ''
beforeAll(async () => {
  device = await openFastDevice()
  place = { tf: device.tf, shape, classes, seed: 3, signal }
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-labels-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A set whose method keeps a helper model. */
function taughtSet(): DistilledSet {
  const weights = createNetwork(network, shape, classes).start(createRandom(2))
  const parameters = concatArrays(weights).map((value) => Math.fround(Math.round(value * 64) / 64))
  const changed: TeacherLabels = {
    kind: 'teacher',
    network,
    tau: 0.5,
    teacherShare: 1,
    models: [{ parameters, statistics: new Float32Array(0) }]
  }
  const shares = new Float32Array(count * classes)
  train.labels.forEach((label, i) => {
    shares.fill(0.1, i * classes, (i + 1) * classes)
    shares[i * classes + label] = 0.7
  })
  return {
    form: 'pixels',
    count,
    values: train.read(Uint32Array.from(train.labels.keys())),
    labels: train.labels,
    targets: { kind: 'soft', shares, from: 'a helper model', changed },
    stored: storedTeacher(changed),
    student: { ...plainStudent, augment: signAugmentation, batch: 8 },
    consumer: 'network',
    info: {},
    notes: []
  }
}

const labelBytes = (set: Pick<DistilledSet, 'stored'>): Record<string, number> =>
  Object.fromEntries(ledgerOf(set.stored).map(({ name, bytes }) => [name, bytes]))

describe('labels of a set with a helper model', () => {
  it.each<[DistilLabels, string, Record<string, number>]>([
    [{ kind: 'hard' }, 'hard', { Labels: count }],
    [{ kind: 'soft', keep: null }, 'once', { Labels: 2 * count * classes }],
    [{ kind: 'soft', keep: 2 }, 'once', { Labels: (2 + 1) * count * 2 }],
    [{ kind: 'teacher' }, 'teacher', { 'Helper model kept for labels': 2 * 628 }],
    [{ kind: 'views', passes: 4, keepOneOf: 1 }, 'views', { Labels: 2 * 4 * count * classes }]
  ])(
    '%o: come back from disk as they were, and take what the ledger says',
    async (choice, kind, bytes) => {
      const set = await withLabels(taughtSet(), choice, place)
      expect(
        set.targets.kind === 'soft' ? (set.targets.changed?.kind ?? 'once') : set.targets.kind
      ).toBe(kind)
      expect(labelBytes(set)).toEqual(bytes)
      if (set.targets.kind === 'soft')
        for (let i = 0; i < count; i++) {
          const row = set.targets.shares.subarray(i * classes, (i + 1) * classes)
          expect(row.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 5)
          // What is not kept is spread, never lost.
          expect(Math.min(...row)).toBeGreaterThan(0.05)
        }
      await saveSet(folder, set)
      const read = await loadSet(folder)
      expect(read.targets).toEqual(set.targets)
      expect(labelBytes(read as DistilledSet)).toEqual(bytes)
      // Half precision is two bytes on disk, too.
      for (const [at, array] of set.stored.entries()) {
        const file = await readFile(join(folder, `stored-${at}.npy`))
        const header = 10 + file.readUInt16LE(8)
        expect(file.length - header).toBe(array.values.length * array.bytesEach)
      }
    }
  )

  it('are stored once where students see pictures as they are', async () => {
    const set = { ...taughtSet(), student: plainStudent }
    const made = await withLabels(set, { kind: 'teacher' }, place)
    expect(made.targets).not.toHaveProperty('changed')
    expect(labelBytes(made)).toEqual({ Labels: 2 * count * classes })
  })

  it('of distributions are counted once for each of these', async () => {
    const clouds = Float32Array.from({ length: 2 * classes * classes }, () => 1 / classes)
    const set: DistilledSet = {
      ...taughtSet(),
      form: 'latents',
      targets: { kind: 'soft', shares: new Float32Array(count * classes).fill(0.25), from: 'x' },
      stored: [
        {
          ...{ name: 'label shares', part: 'labels', bytesEach: 2 },
          ...{ shape: [2 * classes, classes], values: clouds }
        }
      ]
    }
    const plain = await withLabels(set, { kind: 'hard' }, place)
    expect(labelBytes(plain)).toEqual({ Labels: 2 * classes })
    expect([...(plain.stored[0].values as Uint8Array)]).toEqual([0, 0, 1, 1, 2, 2, 3, 3])
    const few = await withLabels(set, { kind: 'soft', keep: 1 }, place)
    expect(labelBytes(few)).toEqual({ Labels: 3 * 2 * classes })
  })
})
