// A selection under the real job engine: it finishes with a result, stops when cancelled, and goes
// on after the app closed in the middle, to the same bits.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { JsonValue } from '../../api/dto/common.ts'
import { SelectionResult, type SelectDraft } from '../../api/dto/runs.ts'
import { Settings } from '../../api/dto/settings.ts'
import { createJobEngine, type AnyJobKind, type JobEngine } from '../jobs/engine.ts'
import { selectionMethods } from '../methods/registry.ts'
import { createSelectJob } from './select-job.ts'
import { clouds, createFixture, draftFor, type Fixture } from './selection-fixture.ts'

let fixture: Fixture
let clock = 1000
beforeEach(async () => {
  fixture = await createFixture()
  const shape = { classes: 3, columns: 8, distance: 2 }
  await fixture.addDataset('pool', [
    ...clouds({ ...shape, items: 300, seed: 1, split: 'train', wrongShare01: 0.2 }),
    ...clouds({ ...shape, items: 90, seed: 2, split: 'test' })
  ])
})
afterEach(() => fixture.dispose())

function startEngine(): JobEngine {
  const now = (): number => (clock += 10)
  const kind = createSelectJob({
    store: fixture.store,
    items: fixture.items,
    methods: selectionMethods,
    features: fixture.features,
    appVersion: 'test',
    mediaFolder: join(fixture.folder, 'media'),
    now,
    checkpointEveryMs: 0
  })
  return createJobEngine({
    store: fixture.store,
    kinds: [kind as AnyJobKind],
    pool: fixture.pool,
    platform: { now, log: { write: () => undefined } },
    runsFolder: join(fixture.folder, 'runs'),
    getSettings: () => Settings.parse({ device: 'wasm' })
  })
}

function submit(engine: JobEngine, id: string, draft: SelectDraft): void {
  fixture.store.runs.insert({
    id,
    name: draft.name,
    dataset: draft.dataset,
    datasetName: 'Data pool',
    method: draft.method.id,
    draft: draft as unknown as JsonValue,
    result: undefined,
    createdAt: 0
  })
  engine.submit({
    id,
    kind: 'select',
    title: draft.name,
    dataset: draft.dataset,
    run: id,
    params: draft
  })
}

/** Resolves when the job has measured this many points. */
function livePoints(engine: JobEngine, id: string, count: number): Promise<void> {
  let seen = 0
  return new Promise((resolve) => {
    const stop = engine.watch((event) => {
      if (event.kind !== 'live' || event.job !== id || ++seen < count) return
      stop()
      resolve()
    })
  })
}

const chosenOf = (id: string): Promise<Buffer> =>
  readFile(join(fixture.folder, 'runs', id, 'chosen.npy'))
const checkOf = (id: string): SelectionResult['check'] =>
  SelectionResult.parse(fixture.store.runs.get(id)?.result).check

describe('under the engine', () => {
  it('a selection finishes with a result and its notes', async () => {
    const engine = startEngine()
    submit(engine, 'a', draftFor('pool'))
    const job = await engine.wait('a')
    expect(job.error).toBeNull()
    expect(['finished', 'finished-with-notes']).toContain(job.state)
    expect(engine.result('a')).toMatchObject({ run: 'a', got: checkOf('a')?.trainItems.chosen })
    await engine.dispose()
  })

  it('closing the app in the middle and going on gives the same bits', async () => {
    const first = startEngine()
    submit(first, 'whole', draftFor('pool'))
    await first.wait('whole')
    submit(first, 'cut', draftFor('pool'))
    await livePoints(first, 'cut', 6)
    await first.dispose()
    expect(fixture.store.jobs.get('cut')?.state).toBe('interrupted')
    const second = startEngine()
    second.resume('cut')
    expect((await second.wait('cut')).error).toBeNull()
    expect(await chosenOf('cut')).toEqual(await chosenOf('whole'))
    expect(checkOf('cut')).toEqual(checkOf('whole'))
    await second.dispose()
  })

  it('cancelling with "keep" in the test keeps the selection, without it nothing', async () => {
    const engine = startEngine()
    for (const [id, keep] of [
      ['kept', true],
      ['gone', false]
    ] as const) {
      submit(engine, id, draftFor('pool', { check: { repeats: 10 } }))
      // Warm-up gives four points; the next are units of the check.
      await livePoints(engine, id, 6)
      engine.cancel(id, keep)
      expect((await engine.wait(id)).state).toBe('cancelled')
    }
    expect(checkOf('kept')).toBeNull()
    expect(SelectionResult.parse(fixture.store.runs.get('kept')?.result).got).toBeGreaterThan(0)
    expect(fixture.store.runs.get('gone')?.result).toBeUndefined()
    await expect(chosenOf('gone')).rejects.toThrow()
    await engine.dispose()
  })
})
