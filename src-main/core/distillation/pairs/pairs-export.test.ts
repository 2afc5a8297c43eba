// An exported set of pairs: what the manifest says, and a training program that finds what our own
// students find, where Python has PyTorch.
import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DistilResult } from '../../../api/dto/distil.ts'
import { writeNpy } from '../../features/npy.ts'
import { rotatedPairs } from '../../evaluation/pairs/pairs.test-support.ts'
import { pairsScript } from '../../reports/distilled/pairs-script.ts'
import {
  createDistilFixture,
  draftFor,
  runDistilJob,
  type DistilFixture
} from '../distil.test-support.ts'
import { loadSet } from '../set-files.ts'
import { addPairs, testHalves } from './pairs.test-support.ts'

let empty: DistilFixture
beforeEach(async () => {
  empty = await createDistilFixture()
})
afterEach(() => empty.dispose())

const run = promisify(execFile)
const python = '/usr/bin/python3'
const hasTorch = await run(python, ['-c', 'import torch, numpy']).then(
  () => true,
  () => false
)

async function finished(similarity: 'own' | 'learned') {
  const { fixture } = await addPairs(empty, 160)
  const params = { space: 4, steps: 3, lessons: 1, helpers: 1, similarity, rank: 2 }
  const draft = draftFor('pairs', {
    pairs: true,
    kind: 'made',
    method: { id: 'pair-matching', params },
    perClass: 40,
    check: { repeats: 1, otherNetwork: false, equalBytes: false, all: false }
  })
  const { error } = await runDistilJob(fixture, draft, { id: 'one' })
  expect(error).toBeUndefined()
  const folder = join(fixture.folder, 'runs', 'one')
  const set = await loadSet(join(folder, 'set'))
  const result = DistilResult.parse(fixture.store.runs.get('one')?.result)
  return { folder, set, result }
}

it('says what its students are', async () => {
  const { folder, set, result } = await finished('own')
  const manifest: unknown = JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8'))
  expect(manifest).toMatchObject({
    student: {
      consumer: 'pairs',
      heads: { ...testHalves, space: 4, hidden: 0, temperature: 0.07 }
    }
  })
  expect(pairsScript({ ...set, result })).toContain("'picture': nn.Linear(6, 4)")
  expect(pairsScript({ ...set, info: {}, result })).toBeUndefined()
  const heads = { ...testHalves, space: 4, hidden: 8, temperature: 0.07 }
  const deep = pairsScript({ ...set, info: { pairs: heads }, result })
  expect(deep).toContain('nn.Sequential(nn.Linear(5, 8), nn.ReLU(), nn.Linear(8, 4))')
}, 60_000)

it.skipIf(!hasTorch)(
  'comes with a program that trains heads (skipped without PyTorch)',
  async () => {
    const { set, result } = await finished('learned')
    const place = join(empty.folder, 'out')
    await mkdir(place)
    const { values, targets, count } = set
    if (values === undefined || targets.kind !== 'values') throw new Error('a made set')
    const { rows } = rotatedPairs(testHalves, 1, 50)
    const unseen = rows.read(Uint32Array.from({ length: 50 }, (_, i) => i))
    await writeNpy(join(place, 'rows.npy'), values, count, 11)
    await writeNpy(join(place, 'targets.npy'), targets.values, count, targets.values.length / count)
    await writeNpy(join(place, 'unseen.npy'), unseen, 50, 11)
    await writeFile(join(place, 'train.py'), pairsScript({ ...set, result }) ?? '')
    const pack =
      "import numpy as n; n.savez('train.npz', rows=n.load('rows.npy'), targets=n.load('targets.npy')); n.savez('test.npz', rows=n.load('unseen.npy'))"
    await run(python, ['-c', pack], { cwd: place })
    const { stdout } = await run(python, ['train.py', 'test.npz'], { cwd: place })
    const percent = Number(/found: ([\d.]+) %/.exec(stdout)?.[1])
    // Chance is 2 %.
    expect(percent).toBeGreaterThan(4)
  },
  120_000
)
