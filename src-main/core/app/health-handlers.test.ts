// The calls of data health over a checked dataset: report, items, one action, dismissal; a second
// start joins the running check, and a read-only project is not changed.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { contract } from '../../api/contract.ts'
import {
  createHealthFixture,
  randomTexts,
  type HealthFixture
} from '../health/health.test-support.ts'
import type { AppState } from './app-state.ts'
import { createHealthHandlers } from './health-handlers.ts'

let fixture: HealthFixture
let jobs: { id: string; kind: string; dataset: string; state: string }[]
let isReadOnly: boolean
beforeEach(async () => {
  fixture = await createHealthFixture()
  jobs = []
  isReadOnly = false
  const [first, ...others] = randomTexts(30, 25, 2)
  await fixture.add(
    'd',
    'text',
    [first, ...others, first].map((text) => ({ text }))
  )
  await fixture.check('d')
})
afterEach(() => fixture.dispose())

function handlers(): ReturnType<typeof createHealthHandlers> {
  const store = new Proxy(fixture.store, {
    get: (target, name) => (name === 'isReadOnly' ? isReadOnly : Reflect.get(target, name, target))
  })
  const area = {
    project: { store },
    browse: fixture.browse,
    edits: fixture.edits,
    engine: {
      list: () => jobs,
      submit(job: { kind: string; dataset: string }) {
        jobs.push({ ...job, id: `job ${jobs.length}`, state: 'running' })
        return jobs[jobs.length - 1]
      }
    }
  }
  // Only what these handlers ask of an area is there.
  return createHealthHandlers({ area: () => area } as unknown as AppState)
}

// Handlers get their connection's context as a second argument in the app; these need none.
const call = <T>(made: (input: never, ...rest: never[]) => T, input: unknown): T =>
  made(input as never)

it('report, items, action and dismissal fit the contract', async () => {
  const made = handlers()
  const report = contract['health.report'].output.parse(
    await call(made['health.report'], { dataset: 'd' })
  )
  const found = report.findings.find((it) => it.kind === 'exact-duplicates')
  expect(found).toMatchObject({ count: 2, groups: 1, isDismissed: false })
  expect(found?.examples.map((it) => it.row)).toEqual([0, 30])
  const window = { first: 0, limit: 10 }
  const items = contract['health.items'].output.parse(
    await call(made['health.items'], { dataset: 'd', finding: 'exact-duplicates', window })
  )
  expect(items.items.map((it) => [it.item.row, it.group, it.isBest])).toEqual([
    [0, 0, true],
    [30, 0, false]
  ])
  const act = { dataset: 'd', finding: 'exact-duplicates', action: 'keep-first', rows: null }
  expect(await call(made['health.act'], act)).toMatchObject({ changed: 1 })
  expect(await call(made['health.act'], act)).toEqual({ changed: 0, step: null })
  await call(made['health.dismiss'], { dataset: 'd', finding: 'exact-duplicates', dismissed: true })
  const after = await call(made['health.report'], { dataset: 'd' })
  expect(after.findings.find((it) => it.kind === 'exact-duplicates')).toMatchObject({
    count: 0,
    isDismissed: true
  })
})

it('a second start joins the check that is running', async () => {
  const made = handlers()
  const first = await call(made['health.start'], { dataset: 'd' })
  expect(await call(made['health.start'], { dataset: 'd' })).toEqual(first)
  expect((await call(made['health.report'], { dataset: 'd' })).job).toBe(first.job)
  jobs = jobs.map((job) => ({ ...job, state: 'finished' }))
  expect((await call(made['health.report'], { dataset: 'd' })).job).toBeNull()
})

it('refuses unknown findings and datasets, and changes of a read-only project', async () => {
  const made = handlers()
  const act = { dataset: 'd', finding: 'no-such', action: 'tag', rows: null }
  await expect(call(made['health.act'], act)).rejects.toMatchObject({ code: 'item-not-found' })
  await expect(call(made['health.report'], { dataset: 'x' })).rejects.toMatchObject({
    code: 'dataset-not-found'
  })
  isReadOnly = true
  await expect(
    (async () => call(made['health.act'], { ...act, finding: 'exact-duplicates' }))()
  ).rejects.toMatchObject({ code: 'project-read-only' })
})
