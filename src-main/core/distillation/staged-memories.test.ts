// Labels that come in stages, through the whole job: stopped and gone on with, cancelled, and with the
// table of what is still known on the result.
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { DistilResult } from '../../api/dto/distil.ts'
import {
  addRows,
  createDistilFixture,
  draftFor,
  runDistilJob,
  type DistilFixture
} from './distil.test-support.ts'
import { loadSet } from './set-files.ts'

let fixture: DistilFixture
beforeEach(async () => {
  fixture = await createDistilFixture()
  await addRows(fixture, { items: 160, classes: 4 })
})
afterEach(() => fixture.dispose())

const draft = draftFor('rows', {
  kind: 'made',
  labels: { kind: 'hard' },
  method: {
    id: 'addressable-memories',
    params: { stages: 2, quickSteps: 3, steps: 0, length: 3, slotsPerStep: 2, realPerClass: 5 }
  },
  check: { isOn: false }
})

function resultOf(id: string): DistilResult {
  return DistilResult.parse(fixture.store.runs.get(id)?.result)
}

it('labels in stages are made, tested after each stage and written, also after stops', async () => {
  const calm = await runDistilJob(fixture, draft, { id: 'calm' })
  expect(calm.error).toBeUndefined()
  const result = resultOf('calm')
  const [table] = result.tables
  expect(table.title).toBe('What is known after each stage')
  expect(table.help).not.toBe('')
  expect(table.rows.map(([stage]) => stage)).toEqual([1, 2])
  for (const row of table.rows) expect(row.slice(2).join(' ')).toMatch(/^(\d+\.\d % ?){3}$/)
  const set = await loadSet(join(fixture.folder, 'runs', 'calm', 'set'))
  expect(set.stored.map(({ name }) => name)).toEqual([
    ...['bases 1', 'addresses 1'],
    ...['bases 2', 'addresses 2']
  ])
  const bytes = set.stored.reduce((sum, { values }) => sum + 4 * (values?.length ?? 0), 0)
  expect(result.bytes).toBe(bytes)
  expect(result.ledger.map(({ name }) => name)).toEqual(['Items', 'How items are put together'])

  let stops = 0
  for (;;) {
    const run = await runDistilJob(fixture, draft, { id: 'cut', stopAfter: 7 })
    if (run.error === undefined) break
    expect(String(run.error)).toMatch(/Stopped|aborted/)
    stops++
  }
  expect(stops).toBeGreaterThan(1)
  expect(resultOf('cut').provenance['setHash']).toBe(result.provenance['setHash'])
  expect(resultOf('cut').tables).toEqual(result.tables)
}, 60_000)

it('more stages than labels allow are refused before anything is made', async () => {
  const three = {
    ...draft,
    method: { ...draft.method, params: { ...draft.method.params, stages: 3 } }
  }
  const run = await runDistilJob(fixture, three, { id: 'many' })
  expect(run.error).toMatchObject({ code: 'method-not-possible' })
})
