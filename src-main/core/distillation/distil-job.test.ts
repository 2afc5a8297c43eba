import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DistilResult } from '../../api/dto/distil.ts'
import {
  addPictures,
  addRows,
  createDistilFixture,
  draftFor,
  runDistilJob,
  type DistilFixture
} from './distil.test-support.ts'
import { loadPreview } from './run-files.ts'
import { loadSet } from './set-files.ts'

let fixture: DistilFixture
beforeEach(async () => {
  fixture = await createDistilFixture()
})
afterEach(() => fixture.dispose())

const softSettings = {
  expertEpochs: 2,
  moments: 2,
  studentEpochs: 10,
  studentAugment: false,
  rates: 1,
  finalists: 1
}
const matchSettings = { iterations: 4, realPerClass: 8 }

function resultOf(id: string): DistilResult {
  return DistilResult.parse(fixture.store.runs.get(id)?.result)
}

describe('a tiny set', () => {
  it('of real pictures with richer labels is made, tested and written', async () => {
    await addPictures(fixture, 240)
    const draft = draftFor('pictures', { method: { id: 'soft-labels', params: softSettings } })
    const run = await runDistilJob(fixture, draft, { id: 'one' })
    expect(run.error).toBeUndefined()
    expect(run.phases).toEqual([
      'Reading the items',
      'Training the helper model',
      'Making the set',
      'Testing the set',
      'Writing the result'
    ])
    const result = resultOf('one')
    expect(result.items).toBe(8)
    expect(result.picture).toEqual({ height: 12, width: 12, channels: 1 })
    const arms = result.check?.arms.map(({ arm }) => arm)
    expect(arms).toEqual(expect.arrayContaining(['distilled-hard', 'random-hard', 'all']))
    expect(result.experts.length).toBeGreaterThan(1)
    expect(result.ledger.map(({ name }) => name)).toEqual(['Items', 'Labels'])
    expect(result.bytes).toBeGreaterThanOrEqual(8 * 144)
    const set = await loadSet(join(fixture.folder, 'runs', 'one', 'set'))
    // Real items are rows, never copies of pixels.
    expect(set.values).toBeUndefined()
    expect(set.sourceRows).toHaveLength(8)
    expect(await readdir(join(fixture.folder, 'runs', 'one'))).not.toContain('pictures')
  }, 60_000)

  it('of made pictures shows itself on the way and keeps the best', async () => {
    await addPictures(fixture, 240)
    const draft = draftFor('pictures', {
      kind: 'made',
      method: { id: 'distribution-matching', params: matchSettings },
      check: { isOn: false }
    })
    const run = await runDistilJob(fixture, draft, { id: 'made' })
    expect(run.error).toBeUndefined()
    const result = resultOf('made')
    expect(result.curve.length).toBeGreaterThan(1)
    expect(result.randomLine).not.toBeNull()
    const preview = await loadPreview(join(fixture.folder, 'runs', 'made'))
    expect(preview?.columns).toBe(2)
    expect(preview?.rows).toBe(4)
    expect(preview?.png?.length).toBeGreaterThan(50)
  }, 60_000)

  it('comes out the same after stops at checkpoints, and shares its helper models', async () => {
    await addPictures(fixture, 160)
    const draft = draftFor('pictures', {
      kind: 'made',
      method: {
        id: 'distribution-matching',
        params: { ...matchSettings, features: 'trained', helpers: 1, helperEpochs: 2 }
      },
      perClass: 1,
      check: { repeats: 1, otherNetwork: false, equalBytes: false, all: false }
    })
    const calm = await runDistilJob(fixture, draft, { id: 'calm' })
    expect(calm.error).toBeUndefined()
    let stops = 0
    for (;;) {
      const run = await runDistilJob(fixture, draft, { id: 'cut', stopAfter: 3 })
      if (run.error === undefined) break
      // Stopped in a task or between two of them.
      expect(String(run.error)).toMatch(/Stopped|aborted/)
      stops++
    }
    expect(stops).toBeGreaterThan(2)
    const [one, two] = [resultOf('calm'), resultOf('cut')]
    expect(two.provenance['setHash']).toBe(one.provenance['setHash'])
    expect(two.curve).toEqual(one.curve)
    expect(two.check).toEqual(one.check)
    expect(two.provenance['experts']).toBe(one.provenance['experts'])
    expect(await readdir(join(fixture.folder, 'experts'))).toHaveLength(1)
    // Nothing that only an unfinished run needs is left.
    const left = await readdir(join(fixture.folder, 'runs', 'cut'))
    expect(left.sort()).toEqual(
      ['facts.json', 'manifest.json', 'plan', 'preview.json', 'result.json', 'set', 'split'].sort()
    )
  }, 60_000)

  it('is kept as it is best so far when it is stopped early, and tested', async () => {
    await addPictures(fixture, 160)
    const draft = draftFor('pictures', {
      kind: 'made',
      method: { id: 'distribution-matching', params: { iterations: 400, realPerClass: 8 } },
      check: { repeats: 1, otherNetwork: false, equalBytes: false, all: false }
    })
    expect(fixture.stops.stop('early')).toBe(false)
    const run = await runDistilJob(fixture, draft, {
      id: 'early',
      onCheckpoint: () => void fixture.stops.stop('early')
    })
    expect(run.error).toBeUndefined()
    const result = resultOf('early')
    expect(result.check?.arms.length).toBeGreaterThan(1)
    expect(result.notes).toContain('Stopped early: the best set so far was kept.')
    expect(result.curve.length).toBeLessThan(4)
  }, 60_000)

  it('is kept without a test when a run is cancelled with what is done', async () => {
    await addPictures(fixture, 160)
    const draft = draftFor('pictures', {
      kind: 'made',
      method: { id: 'distribution-matching', params: { iterations: 400, realPerClass: 8 } }
    })
    const run = await runDistilJob(fixture, draft, { id: 'kept', stopAfter: 5, keepOnCancel: true })
    expect(run.error).toMatchObject({ code: 'cancelled' })
    const result = resultOf('kept')
    expect(result.check).toBeNull()
    expect(result.notes).toContain('Stopped before it ended: the best set so far was kept.')
  }, 60_000)

  it('is not made from pictures that are gone, and says so', async () => {
    await addPictures(fixture, 80)
    fixture.store.datasets.update('pictures', { sourcePath: join(fixture.folder, 'nowhere') })
    const run = await runDistilJob(fixture, draftFor('pictures'), { id: 'gone' })
    expect(run.error).toMatchObject({ code: 'file-not-readable' })
    expect(fixture.store.runs.get('gone')?.result).toBeUndefined()
  })

  it('of rows of numbers has no pictures', async () => {
    await addRows(fixture)
    const draft = draftFor('rows', {
      width: 8,
      method: { id: 'soft-labels', params: softSettings },
      check: { repeats: 1, otherNetwork: false }
    })
    const run = await runDistilJob(fixture, draft, { id: 'rows' })
    expect(run.error).toBeUndefined()
    expect(resultOf('rows').picture).toBeNull()
  }, 60_000)
})
