// Tiny sets whose helper model is kept, or whose changed pictures have stored labels, from the draft to
// the test of the set and back from disk.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DistilResult } from '../../api/dto/distil.ts'
import {
  addPictures,
  createDistilFixture,
  draftFor,
  runDistilJob,
  type DistilFixture
} from './distil.test-support.ts'
import { loadSet } from './set-files.ts'
import { taught, taughtSettings } from './taught.test-support.ts'
import { setHash } from './write-run.ts'

let fixture: DistilFixture
beforeEach(async () => {
  fixture = await createDistilFixture([taught])
})
afterEach(() => fixture.dispose())

function draft(labels: Record<string, unknown>) {
  return draftFor('pictures', {
    method: { id: 'real-items', params: taughtSettings },
    perClass: 2,
    labels,
    width: 4,
    seed: 2
  })
}

async function finished(id: string, labels: Record<string, unknown>) {
  const { error } = await runDistilJob(fixture, draft(labels), { id, methods: [taught] })
  if (error !== undefined) throw error
  const folder = join(fixture.folder, 'runs', id)
  return {
    result: DistilResult.parse(fixture.store.runs.get(id)?.result),
    set: await loadSet(join(folder, 'set')),
    manifest: JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')) as {
      labels: Record<string, unknown>
    }
  }
}

describe('a tiny set', () => {
  it('with a helper model is tested like random items that ask the same one', async () => {
    await addPictures(fixture, 240)
    const { result, set, manifest } = await finished('kept', { kind: 'teacher' })
    if (set.targets.kind !== 'soft' || set.targets.changed?.kind !== 'teacher')
      throw new Error(`no helper model: ${JSON.stringify(result.tables)}`)
    expect(set.targets.changed.models).toHaveLength(1)
    expect(result.ledger.map(({ name }) => name)).toContain('Helper model kept for labels')
    expect(result.check?.arms.map(({ arm }) => arm)).toEqual(
      expect.arrayContaining(['distilled-soft', 'distilled-hard', 'random-soft', 'random-hard'])
    )
    expect(manifest.labels).toMatchObject({ kind: 'online teacher', teachers: 1, teacherShare: 1 })
    expect(result.expertEpoch).toBe(4)
  }, 90_000)

  it('with labels of changed pictures comes out the same after a stop', async () => {
    await addPictures(fixture, 240)
    const labels = { kind: 'views', passes: 6, keepOneOf: 2 }
    const { set, manifest, result } = await finished('views', labels)
    if (set.targets.kind !== 'soft' || set.targets.changed?.kind !== 'views')
      throw new Error(`no views: ${JSON.stringify(result.tables)}`)
    // Six passes over eight items in one batch each, half of them kept.
    expect(set.targets.changed.shares).toHaveLength(3 * 8 * 4)
    expect(manifest.labels).toMatchObject({ kind: 'per-view', passes: 6, keepOneOf: 2, seed: 2 })
    const stopped = await runDistilJob(fixture, draft(labels), {
      id: 'again',
      methods: [taught],
      stopAfter: 6
    })
    expect(stopped.error).toBeDefined()
    const again = await finished('again', labels)
    expect(setHash(again.set)).toBe(setHash(set))
    expect(again.result.check?.arms).toEqual(result.check?.arms)
  }, 90_000)
})
