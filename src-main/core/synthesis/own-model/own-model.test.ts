// A model file of the analyst's own: what it says of itself, that it sees what our own model sees
// whatever its order of numbers, and that the way of using it is found by how well it sees noise.
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { OwnModelSettings } from '../../../api/dto/expand.ts'
import { AppError } from '../../../api/errors.ts'
import type { Device } from '../../compute/devices/device.ts'
import { encodeModel } from '../../compute/devices/native/onnx-model.ts'
import { createRandom } from '../../compute/random.ts'
import { openFastDevice } from '../../evaluation/models/models.test-support.ts'
import { createMover, type DiffusionModel } from '../../networks/diffusion/ddim.ts'
import {
  keptShares,
  levelWith,
  publishedSchedule,
  stepGrid,
  usualSchedule
} from '../../networks/diffusion/schedule.ts'
import { createUnet } from '../../networks/diffusion/unet.ts'
import { trainingOps } from '../../networks/training-ops.ts'
import { openModel, openPictureModel, topLevelOf } from '../picture-model.ts'
import { noiseModelFacts } from './noise-model-facts.ts'
import { openNoiseSession, type NoiseSession } from './noise-session.ts'
import {
  entryPath,
  findOwn,
  hashOf,
  keepOwn,
  listOwn,
  ownId,
  removeOwn,
  type OwnEntry
} from './own-models.ts'
import { findSettings, ranges, usualSettings } from './try-own-model.ts'
import { unetOnnx, type WrittenForm } from './unet-onnx.test-support.ts'

let device: Device
let folder: string
const signal = new AbortController().signal
beforeAll(async () => {
  device = await openFastDevice()
})
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'winnow-own-model-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

/** A small U-Net with weights that do something everywhere. */
function smallModel(channels: 1 | 3): DiffusionModel {
  const unet = createUnet(
    { channels: [4, 8], time: 8, groups: 2 },
    { height: 8, width: 8, channels }
  )
  const random = createRandom(5)
  const parameters = unet
    .start(random)
    .map((part) => part.map((value) => value + 0.2 * random.normal()))
  return { unet, parameters, schedule: usualSchedule }
}
const noise = (count: number, size: number): Float32Array => {
  const random = createRandom(9)
  return Float32Array.from({ length: count * size }, () => random.normal())
}
function entryOf(bytes: Uint8Array, part: Partial<OwnEntry> = {}): OwnEntry {
  const settings = usualSettings(8)
  const sha256 = hashOf(bytes)
  return {
    id: ownId(sha256, settings),
    own: {
      ...{ sha256, file: 'mine.onnx', bytes: bytes.length, settings, error: 0.1 },
      isSideOpen: false
    },
    ...{ side: 8, channels: 1, addedAt: 1 },
    ...part
  }
}

describe('what a file says', () => {
  it.each<[WrittenForm, object]>([
    [{}, { layout: 'NCHW', batch: null, timeType: 'int64', timeShape: 'each' }],
    [
      { layout: 'NHWC', timeType: 'float32' },
      { layout: 'NHWC', timeType: 'float32' }
    ],
    [{ batch: 4 }, { batch: 4, timeShape: 'each' }],
    [{ timeShape: [] }, { timeShape: 'one' }],
    [{ timeShape: [1] }, { timeShape: 'list-of-one' }],
    [
      { timeShape: [-1, 1], timeType: 'int32' },
      { timeShape: 'column', timeType: 'int32' }
    ]
  ])('about its inputs: %j', (form, expected) => {
    expect(noiseModelFacts(unetOnnx(smallModel(3), form), 'a.onnx')).toMatchObject({
      ...{ pictureName: 'sample', timeName: 'timestep', outputName: 'noise', side: 8, channels: 3 },
      ...expected
    })
  })
})

describe('what a file sees', () => {
  it.each<[1 | 3, WrittenForm]>([
    [1, {}],
    [3, {}],
    [3, { layout: 'NHWC', timeType: 'float32', timeShape: [1] }],
    [3, { batch: 4 }],
    [1, { timeShape: [], timeType: 'int32' }],
    [1, { timeShape: [-1, 1] }]
  ])('is what the same weights see here: %d channels, %j', async (channels, form) => {
    const model = smallModel(channels)
    const bytes = unetOnnx(model, form)
    const entry = entryOf(bytes, { channels })
    await keepOwn(folder, entry, bytes)
    const own = await openPictureModel(entryPath(folder, entry.id))
    expect(topLevelOf(own.schedule)).toBe(500)
    const grid = stepGrid(5, 500)
    const pictures = noise(6, 64 * channels).map((value) => Math.tanh(value))
    const ours = createMover(device.tf, trainingOps(device.tf), model, { grid, signal })
    const theirs = own.mover({ tf: device.tf, cores: 1 }, { grid, signal })
    const there = await ours.invert(pictures)
    const there2 = await theirs.invert(pictures)
    there2.forEach((value, at) => expect(value).toBeCloseTo(there[at], 4))
    const back = await ours.denoise(there)
    const back2 = await theirs.denoise(there)
    back2.forEach((value, at) => expect(value).toBeCloseTo(back[at], 4))
    // Something happened on the way.
    expect(Math.max(...there.map((value, at) => Math.abs(value - pictures[at])))).toBeGreaterThan(
      0.1
    )
    ours.dispose()
    theirs.dispose()
  })

  it('is what the model that comes with the app sees', async () => {
    const shipped = await openModel(
      join(import.meta.dirname, '../../../../resources/models/pictures-grey-28.safetensors')
    )
    const bytes = unetOnnx(shipped)
    const facts = noiseModelFacts(bytes, 'shipped.onnx')
    const session = openNoiseSession({ bytes, name: 'shipped.onnx', facts, side: 28, cores: 1 })
    const pictures = Float32Array.from({ length: 4 * 784 }, (_, at) =>
      Math.abs((at % 28) - 14) < 5 && at % 784 > 100 ? 0.8 : -1
    )
    const found = findSettings(session, facts, 'shipped.onnx', pictures, null)
    expect(found.settings).toMatchObject({ range: 'centred', told: 'number' })
    expect(found.error).toBeLessThan(0.4)
    session.dispose()
    const entry = { ...entryOf(bytes), side: 28, id: ownId(hashOf(bytes), found.settings) }
    entry.own.settings = { ...found.settings, schedule: 'linear' }
    entry.id = ownId(hashOf(bytes), entry.own.settings)
    await keepOwn(folder, entry, bytes)
    const own = await openPictureModel(entryPath(folder, entry.id))
    const grid = stepGrid(4, 500)
    const ours = createMover(device.tf, trainingOps(device.tf), shipped, { grid, signal })
    const theirs = own.mover({ tf: device.tf, cores: 1 }, { grid, signal })
    const [a, b] = [await ours.invert(pictures), await theirs.invert(pictures)]
    b.forEach((value, at) => expect(Math.abs(value - a[at])).toBeLessThan(1e-3))
    ours.dispose()
    theirs.dispose()
  }, 120_000)
})

describe('the way of using a file', () => {
  const size = 64
  const facts = { ...noiseModelFacts(unetOnnx(smallModel(1)), 'a.onnx'), side: null }
  const pictures = noise(4, size).map((value) => Math.tanh(value))
  /** Sees the noise in these pictures, and nothing else, where it is used as it was made to be. */
  function knowing(made: OwnModelSettings): NoiseSession {
    const kept = keptShares(publishedSchedule(made.schedule, made.steps))
    const clean = pictures.map(ranges[made.range].into)
    return {
      see(x, told) {
        const level = Math.round(made.told === 'share' ? told * made.steps : told)
        const share = kept[Math.min(made.steps - 1, level)]
        return x.map((value, at) => (value - Math.sqrt(share) * clean[at]) / Math.sqrt(1 - share))
      },
      dispose: () => undefined
    }
  }
  const ways = (['linear', 'scaled-linear', 'cosine'] as const).flatMap((schedule) =>
    (['centred', 'shares'] as const).flatMap((range) =>
      (['number', 'share'] as const).map((told) => ({ schedule, range, told }))
    )
  )
  it.each(ways)('is found: %j', (way) => {
    const made = { ...usualSettings(null), ...way }
    const { settings, error } = findSettings(
      knowing(made),
      { ...facts, timeType: 'float32' },
      'a.onnx',
      pictures,
      null
    )
    expect(settings).toEqual(made)
    expect(error).toBeLessThan(1e-3)
  })
  it('is not looked for where a person says it', () => {
    const made = { ...usualSettings(null), steps: 400 }
    expect(findSettings(knowing(made), facts, 'a.onnx', pictures, made).error).toBeLessThan(1e-3)
    const other = { ...made, range: 'shares' as const }
    const found = findSettings(knowing(made), facts, 'a.onnx', pictures, other)
    expect(found.settings).toEqual(other)
    expect(found.error).toBeGreaterThan(0.05)
  })
  it('is none for a model that sees nothing, or gives the picture instead', () => {
    const blind: NoiseSession = {
      see: (x) => new Float32Array(x.length),
      dispose: () => undefined
    }
    const refusal = (session: NoiseSession): AppError => {
      try {
        findSettings(session, facts, 'a.onnx', pictures, null)
      } catch (error) {
        if (error instanceof AppError) return error
      }
      throw new Error('it was taken')
    }
    expect(refusal(blind).message).toContain('does not see noise in these pictures')
    const painter: NoiseSession = { see: () => pictures.slice(), dispose: () => undefined }
    expect(refusal(painter).message).toContain('answers with the picture')
  })
})

describe('published ways in which noise grows', () => {
  it('leave what their makers say', () => {
    const linear = keptShares(publishedSchedule('linear', 1000))
    expect(linear).toEqual(keptShares(usualSchedule))
    const scaled = keptShares(publishedSchedule('scaled-linear', 1000))
    // The product of 1 - beta of the published betas, worked out by itself.
    expect(scaled[999]).toBeCloseTo(0.00466, 4)
    const cosine = keptShares(publishedSchedule('cosine', 1000))
    expect(cosine[499]).toBeCloseTo(0.4938, 3)
    expect(cosine[999]).toBeLessThan(1e-5)
  })
  it('begin expansions where as much is left of a picture', () => {
    for (const kind of ['linear', 'scaled-linear', 'cosine'] as const)
      for (const steps of [200, 1000, 4000]) {
        const schedule = publishedSchedule(kind, steps)
        const kept = keptShares(schedule)
        const top = topLevelOf(schedule)
        expect(top).toBe(levelWith(kept, keptShares(usualSchedule)[500]))
        expect(Math.abs(kept[top] - 0.0786)).toBeLessThan(0.01)
      }
  })
})

describe('files that are kept', () => {
  const bytes = encodeModel({
    nodes: [{ op: 'Identity', inputs: ['a'], outputs: ['c'] }],
    constants: [],
    inputs: [
      { name: 'a', type: 'float32', shape: [-1, 1, 8, 8] },
      { name: 't', type: 'int64', shape: [-1] }
    ],
    outputs: [{ name: 'c', type: 'float32', shape: [-1, 1, 8, 8] }]
  })
  it('are one copy for all ways of using them, gone with the last of these', async () => {
    const first = entryOf(bytes)
    const settings = { ...usualSettings(8), schedule: 'cosine' as const }
    const second = {
      ...entryOf(bytes, { addedAt: 2, id: ownId(hashOf(bytes), settings) }),
      own: { ...entryOf(bytes).own, settings }
    }
    await keepOwn(folder, first, bytes)
    await keepOwn(folder, second, bytes)
    expect((await listOwn(folder)).map(({ id }) => id)).toEqual([second.id, first.id])
    expect((await readdir(folder)).filter((name) => name.endsWith('.onnx'))).toHaveLength(1)
    await removeOwn(folder, first.id)
    expect(await findOwn(folder, first.id)).toBeUndefined()
    expect(await findOwn(folder, second.id)).toEqual(second)
    await removeOwn(folder, second.id)
    expect(await readdir(folder)).toEqual([])
  })
  it('have the same id for the same file and settings alone', () => {
    const settings = usualSettings(8)
    const id = ownId(hashOf(bytes), settings)
    expect(ownId(hashOf(bytes), { ...settings })).toBe(id)
    expect(ownId(hashOf(bytes), { ...settings, steps: 999 })).not.toBe(id)
    expect(ownId(hashOf(bytes.subarray(1)), settings)).not.toBe(id)
  })
})
