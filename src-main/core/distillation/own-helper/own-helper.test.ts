// A helper model from a file labels items in whole runs: added, measured on validation items, asked by
// the methods that need labels only, and refused where its inside would be needed.
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DistilResult, type DistilDraft, type HelperFile } from '../../../api/dto/distil.ts'
import { distillationMethods } from '../../methods/distillation/registry.ts'
import {
  addPictures,
  createDistilFixture,
  draftFor,
  runDistilJob,
  type DistilFixture
} from '../distil.test-support.ts'
import { reviewDraft } from '../review.ts'
import type { AddHelperInput } from './add-helper-task.ts'
import { findHelper, listHelpers, removeHelper } from './helper-store.ts'
import { ownFolder } from './own-experts.ts'
import { tinyOnnx } from './tiny-onnx.test-support.ts'

let fixture: DistilFixture
beforeEach(async () => {
  fixture = await createDistilFixture()
  await addPictures(fixture, 160)
})
afterEach(() => fixture.dispose())

const never = new AbortController().signal
const own = (): string => ownFolder(join(fixture.folder, 'experts'))

/** The bars that addPictures draws, as a linear model: it knows them nearly perfectly. */
function barModel(side: number, labels = 4, softmax = false): Uint8Array {
  const weights = new Float32Array(side * side * labels)
  for (let at = 0; at < side * side; at++) {
    const [x, y] = [at % side, Math.floor(at / side)]
    const far = [Math.abs(x - side / 2), Math.abs(y - side / 2), Math.abs(x - y)]
    far.push(Math.abs(side - 1 - x - y))
    const reach = side / 6
    far.forEach((distance, label) => {
      if (label < labels) weights[at * labels + label] = distance < reach ? 12 / side : -2 / side
    })
  }
  return tinyOnnx({ input: [1, side, side], weights, outputs: labels, softmax })
}

async function add(bytes: Uint8Array, name = 'teacher.onnx'): Promise<HelperFile> {
  const path = join(fixture.folder, name)
  await writeFile(path, bytes)
  return fixture.pool.run<AddHelperInput, never, HelperFile>(
    { name: 'add-helper' },
    { path, folder: own(), now: 1 },
    { signal: never }
  )
}

function draftWith(file: HelperFile, method: string, params = {}, change = {}): DistilDraft {
  return draftFor('pictures', {
    method: { id: method, params },
    helper: { kind: 'file', file: file.file, name: file.name, values: 'shares' },
    check: { repeats: 1, otherNetwork: false, equalBytes: false, all: false },
    ...change
  })
}

const softSettings = { studentEpochs: 10, studentAugment: false, rates: 1, finalists: 1 }

function resultOf(id: string): DistilResult {
  return DistilResult.parse(fixture.store.runs.get(id)?.result)
}

describe('a file', () => {
  it('is kept once under its hash, with what it takes and how long it takes', async () => {
    const first = await add(barModel(12))
    const again = await add(barModel(12), 'the same.onnx')
    expect(again.file).toBe(first.file)
    expect(first).toMatchObject({
      data: 'pictures',
      input: { height: 12, width: 12, channels: 1, layout: 'NCHW' },
      outputs: 4
    })
    expect(await listHelpers(own())).toHaveLength(1)
    expect((await findHelper(own(), first.file))?.secondsPerItem).toBeGreaterThan(0)
  })

  it('that is no model is refused, and nothing is kept', async () => {
    await expect(add(new TextEncoder().encode('PK a zip'))).rejects.toMatchObject({
      code: 'file-not-recognised'
    })
    // Sound by its fields, but with an answer of another size than it says.
    const wrong = tinyOnnx({
      input: [1, 2, 2],
      weights: new Float32Array(16),
      outputs: 4,
      declared: 5
    })
    await expect(add(wrong)).rejects.toMatchObject({ code: 'method-not-possible' })
    expect(await readdir(own()).catch(() => [])).toEqual([])
  })
})

describe('a run', () => {
  it('of richer labels takes them from the file, and says how right it is', async () => {
    const file = await add(barModel(12))
    const draft = draftWith(file, 'soft-labels', softSettings)
    const run = await runDistilJob(fixture, draft, { id: 'own' })
    expect(run.error).toBeUndefined()
    const result = resultOf('own')
    expect(result.experts).toHaveLength(1)
    expect(result.experts[0].accuracy01).toBeGreaterThan(0.9)
    expect(result.experts[0].entropy).toBeGreaterThan(0)
    expect(result.draft.helper).toEqual(draft.helper)
    // The next run with the same items finds it asked.
    const untested = { ...draft, check: { ...draft.check, isOn: false } }
    const second = await runDistilJob(fixture, untested, { id: 'again' })
    expect(second.error).toBeUndefined()
    expect(resultOf('again').provenance['setHash']).toBe(result.provenance['setHash'])
    expect(resultOf('again').provenance['experts']).toBe(result.provenance['experts'])
    const kept = await readdir(join(fixture.folder, 'experts'))
    expect(kept.filter((name) => name !== 'own')).toHaveLength(1)
  }, 60_000)

  it('of tiles asks one of another size that answers with shares', async () => {
    const file = await add(barModel(24, 4, true))
    const params = { pictures: 4, crops: 2, studentEpochs: 10 }
    const draft = draftWith(file, 'realistic-tiles', params, {
      kind: 'mixed',
      check: { isOn: false }
    })
    const run = await runDistilJob(fixture, draft, { id: 'tiles' })
    expect(run.error).toBeUndefined()
    expect(resultOf('tiles').experts[0].accuracy01).toBeGreaterThan(0.9)
  }, 60_000)

  it('says so when the file is gone', async () => {
    const file = await add(barModel(12))
    await removeHelper(own(), file.file)
    const run = await runDistilJob(fixture, draftWith(file, 'soft-labels', softSettings), {
      id: 'gone'
    })
    expect(run.error).toMatchObject({ code: 'file-not-readable' })
  })
})

describe('the review', () => {
  const review = (draft: DistilDraft) =>
    reviewDraft(
      {
        store: fixture.store,
        items: fixture.items,
        methods: distillationMethods,
        features: fixture.features,
        prober: { speed: () => Promise.resolve(undefined) },
        expertsFolder: join(fixture.folder, 'experts'),
        machine: { freeMemoryBytes: () => 8e9, freeDiskBytes: () => Promise.resolve(1e11) },
        projectFolder: '/projects/My data.winnow',
        threads: 2,
        deviceRequest: () => 'auto',
        isGraphics: () => false
      },
      draft
    )
  const texts = async (draft: DistilDraft): Promise<string[]> =>
    (await review(draft)).messages
      .filter(({ code }) => code.startsWith('H'))
      .map(({ severity, text }) => `${severity}: ${text}`)

  it('says which output is which label, and what is brought to size', async () => {
    const file = await add(barModel(24))
    const { messages } = await review(draftWith(file, 'soft-labels'))
    const mapping = messages.find(({ code }) => code === 'H2')
    expect(mapping?.details?.lines).toHaveLength(4)
    expect(mapping?.details?.lines[0]).toMatch(/^Output 1: /)
    expect(messages.find(({ code }) => code === 'H3')?.text).toContain('24 \u00d7 24')
  })

  it('refuses another number of labels, a file that is gone, and labels asked while learning', async () => {
    const three = await add(barModel(12, 3))
    expect(await texts(draftWith(three, 'soft-labels'))).toEqual([
      expect.stringMatching(/^error: .*names 3 labels; the data has 4 labels/)
    ])
    const file = await add(barModel(12))
    const live = draftWith(file, 'soft-labels', {}, { labels: { kind: 'teacher' } })
    expect(await texts(live)).toEqual([expect.stringContaining('trained here')])
    await removeHelper(own(), file.file)
    expect(await texts(draftWith(file, 'soft-labels'))).toEqual([
      expect.stringContaining('is not in this project')
    ])
  })

  it('says why a method cannot use a file, with a way out', async () => {
    const file = await add(barModel(12))
    const draft = draftWith(file, 'trajectory-matching', {}, { kind: 'made' })
    const { messages, methods } = await review(draft)
    const refused = messages.find(({ code }) => code === 'H1')
    expect(refused?.text).toContain('inside of its helper models')
    expect(refused?.actions[0]?.patch).toEqual({ helper: { kind: 'train' } })
    const why = new Map(methods.map(({ method, whyNoOwnHelper }) => [method, whyNoOwnHelper]))
    expect(why.get('soft-labels')).toBeNull()
    expect(why.get('realistic-tiles')).toBeNull()
    expect(why.get('gradient-matching')).toBe('It needs no helper model.')
  })
})
