// Exports of tiny sets whose helper model is kept, or whose changed pictures have stored labels: the
// files beside the items, half precision as half precision, and the words about them.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  addPictures,
  createDistilFixture,
  draftFor,
  runDistilJob,
  type DistilFixture
} from '../../distillation/distil.test-support.ts'
import { taught, taughtSettings } from '../../distillation/taught.test-support.ts'
import { parseNpyHeader } from '../../features/npy-header.ts'
import { verifyFolder } from '../verify-folder.ts'
import { exportTiny } from './tiny-export.test-support.ts'

let fixture: DistilFixture
beforeEach(async () => {
  fixture = await createDistilFixture([taught])
  await addPictures(fixture, 160)
})
afterEach(() => fixture.dispose())

async function exported(labels: Record<string, unknown>) {
  const draft = draftFor('pictures', {
    method: { id: 'real-items', params: taughtSettings },
    labels,
    check: { isOn: false }
  })
  const { error } = await runDistilJob(fixture, draft, { id: 'kept', methods: [taught] })
  if (error !== undefined) throw error
  return exportTiny(fixture, 'kept')
}

/** The header of a safetensors file. */
function headOf(bytes: Buffer): Record<string, { dtype: string; shape: number[] }> {
  const length = Number(bytes.readBigUInt64LE(0))
  return JSON.parse(bytes.subarray(8, 8 + length).toString()) as ReturnType<typeof headOf>
}

describe('an exported tiny set', () => {
  it('brings the helper model that its students ask', async () => {
    const out = await exported({ kind: 'teacher' })
    expect(out.files).toEqual(expect.arrayContaining(['helper.npz', 'helper.safetensors']))
    const head = headOf(out.bytes('helper.safetensors'))
    expect(head['model1.conv1.weight']).toMatchObject({ dtype: 'F16', shape: [4, 1, 3, 3] })
    expect(head['model1.classifier.bias']).toMatchObject({ dtype: 'F16', shape: [4] })
    const targets = out.bytes('arrays/targets.npy')
    expect(parseNpyHeader(targets, targets.length)).toMatchObject({
      dtype: 'float16',
      shape: [8, 4]
    })
    expect(headOf(out.bytes('train.safetensors'))['targets'].dtype).toBe('F16')
    expect(out.text('README.txt')).toContain('the helper model that is part of this set')
    expect(out.text('README.txt')).toContain('targets  float16, 8 x 4')
    expect(out.text('train.py')).toContain("np.load(os.path.join(FOLDER, 'helper.npz'))")
    expect((await verifyFolder(out.dir)).ok).toBe(true)
  }, 60_000)

  it('brings the labels of changed pictures with the changes', async () => {
    const out = await exported({ kind: 'views', passes: 5 })
    expect(out.files).toEqual(expect.arrayContaining(['views.npz', 'views.safetensors']))
    expect(out.files).not.toContain('helper.npz')
    const head = headOf(out.bytes('views.safetensors'))
    expect(head['shares']).toMatchObject({ dtype: 'F16', shape: [5 * 8, 4] })
    expect(head['changes']).toMatchObject({ dtype: 'F32', shape: [5 * 8, 1, 5] })
    expect(head['starts']).toMatchObject({ dtype: 'I32', shape: [6] })
    expect(out.text('README.txt')).toContain('train.py draws the same views')
    expect((await verifyFolder(out.dir)).ok).toBe(true)
  }, 60_000)
})
