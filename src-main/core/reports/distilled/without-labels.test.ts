// The export of a set without labels: targets as wide as the fingerprint, and words that fit.
import { afterEach, beforeEach, expect, it } from 'vitest'
import {
  addUnlabelled,
  createDistilFixture,
  type DistilFixture
} from '../../distillation/distil.test-support.ts'
import { decodeNpy } from '../../features/npy.ts'
import { exportTiny, makeTiny } from './tiny-export.test-support.ts'

let fixture: DistilFixture
beforeEach(async () => {
  fixture = await createDistilFixture()
})
afterEach(() => fixture.dispose())

it('holds targets in the place of labels, and says what they are', async () => {
  await addUnlabelled(fixture, 120)
  await makeTiny(fixture, 'tiny', 'pictures', {
    groups: 3,
    kind: 'made',
    method: {
      id: 'self-supervised',
      params: { iterations: 2, batch: 20, networks: 1, lifetime: 2 }
    },
    check: { repeats: 1, all: false, otherNetwork: false, equalBytes: false }
  })
  const made = await exportTiny(fixture, 'tiny', {
    layouts: ['arrays', 'npy', 'safetensors', 'parquet', 'hf-folder']
  })
  const targets = decodeNpy(new Uint8Array(made.bytes('arrays/targets.npy')))
  // Five columns of fingerprint, three groups.
  expect(targets.shape).toEqual([6, 5])
  expect(targets.values.some((value) => value !== 0)).toBe(true)
  const [head, first] = made.text('labels.csv').split('\n')
  expect(head).toContain('value 1,value 2,value 3,value 4,value 5')
  expect(first).toContain('Group 1')
  const [line] = made.text('hf/train/metadata.jsonl').split('\n')
  expect(JSON.parse(line)).toMatchObject({
    label: 'Group 1',
    target: Array.from(targets.values.slice(0, 5))
  })
  const readMe = made.text('README.txt')
  expect(readMe).toContain('5 numbers in place of a label')
  expect(readMe).toContain('names nothing yet')
  expect(readMe).toContain('% of the similarity fingerprint')
  const program = made.text('train.py')
  expect(program).toContain('nn.Linear(width * 9, 5)')
  expect(program).toContain('explained: %.2f %%')
  const report = made.files.find((name) => name.endsWith('.html'))
  expect(report === undefined ? '' : made.text(report)).toContain('Fingerprint explained')
}, 60_000)
