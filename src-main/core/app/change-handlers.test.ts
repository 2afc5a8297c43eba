// The one list of changes over a project file: datasets and reviews in the order of time, what is in
// force, pages, places, and what is not shown.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { contract, type InputOf, type OutputOf } from '../../api/contract.ts'
import type { ReviewAct } from '../../api/dto/trace-reviews.ts'
import { datasetRecord } from '../store/store.test-support.ts'
import { queuePlan } from '../traces/reviews/queue/queue.test-support.ts'
import { actOn, openOutside, openPlace, undoIn } from '../traces/reviews/review-work.ts'
import { createReviewFixture, type ReviewFixture } from '../traces/reviews/reviews.test-support.ts'
import type { AppState } from './app-state.ts'
import { createChangeHandlers } from './change-handlers.ts'

let fixture: ReviewFixture
beforeEach(() => {
  fixture = createReviewFixture([{}, {}, {}])
  const { store } = fixture
  store.datasets.insert(datasetRecord('d1', { name: 'Shoes' }))
  store.datasets.insert(datasetRecord('d2', { name: 'Bags' }))
  store.reviews.addQueue({ id: 'q', set: 's', plan: queuePlan({ name: 'Ten' }), createdAt: 1 }, [
    { position: 0, trace: fixture.traces[0], pass: 1, isRandom: true, why: '' },
    { position: 1, trace: fixture.traces[1], pass: 1, isRandom: true, why: '' }
  ])
})
afterEach(() => fixture.dispose())

/** Calls as the transport does: through the contract both ways. */
async function list(
  input: Partial<InputOf<'changes.list'>> = {}
): Promise<OutputOf<'changes.list'>> {
  const area = { project: { store: fixture.store } }
  const handlers = createChangeHandlers({ area: () => area } as unknown as AppState)
  const { input: wanted, output } = contract['changes.list']
  // The handler needs no context of a connection.
  const handler = handlers['changes.list'] as (it: unknown) => Promise<unknown>
  return output.parse(await handler(wanted.parse(input)))
}
function step(dataset: string, number: number, at: number, isUndone = false): void {
  fixture.store.edits.append(dataset, {
    number,
    at,
    kind: 'aside',
    sentence: `Step ${number} of ${dataset}`,
    changed: 1,
    isUndone,
    change: {},
    rows: Uint32Array.of(0),
    before: {}
  })
}
const verdict = (to: 'pass' | 'fail'): ReviewAct => ({ kind: 'verdict', verdict: to })
const sentences = (page: OutputOf<'changes.list'>): string[] =>
  page.changes.map(({ placeName, sentence }) => `${placeName}: ${sentence}`)

it('is empty in a project where nothing was changed', async () => {
  expect(await list()).toEqual({ changes: [], total: 0, places: [] })
})

it('merges datasets and reviews by time, newest first, with what is in force', async () => {
  // The clock of the fixture goes on by 1,000 from 1,000,000.
  const { deps } = fixture
  step('d1', 1, 500)
  const { id } = openPlace(deps, 'q', 1, 'ann')
  actOn(deps, id, verdict('fail'))
  step('d2', 1, 2_000_000)
  step('d1', 2, 3_000_000)
  step('d1', 3, 4_000_000, true)
  const page = await list()
  expect(sentences(page)).toEqual([
    'Shoes: Step 3 of d1',
    'Shoes: Step 2 of d1',
    'Bags: Step 1 of d2',
    'Flights: verdict fail',
    'Shoes: Step 1 of d1'
  ])
  expect(page.changes.map(({ line, number, head }) => [line, number, head])).toEqual([
    ['d1', 3, 2],
    ['d1', 2, 2],
    ['d2', 1, 1],
    [id, 1, 1],
    ['d1', 1, 2]
  ])
  expect(page.changes[3].review).toEqual({
    trace: fixture.traces[1],
    queue: 'q',
    position: 1,
    attempt: null
  })
  expect(page.total).toBe(5)
  expect(page.places).toEqual([
    { place: { kind: 'dataset', id: 'd2' }, name: 'Bags', changes: 1 },
    { place: { kind: 'traces', id: 's' }, name: 'Flights', changes: 1 },
    { place: { kind: 'dataset', id: 'd1' }, name: 'Shoes', changes: 3 }
  ])
})

it('follows what reviews take back, and names attempts outside a queue', async () => {
  const { deps } = fixture
  const { id } = openOutside(deps, 's', fixture.traces[2], 'ann')
  actOn(deps, id, verdict('pass'))
  actOn(deps, id, { kind: 'flag', value: true })
  undoIn(deps, id)
  const { changes } = await list()
  expect(changes.map(({ sentence, number, head }) => [sentence, number, head])).toEqual([
    ['flag', 2, 1],
    ['verdict pass', 1, 1]
  ])
  expect(changes[0].review).toMatchObject({ queue: null, position: null, attempt: 't2' })
  undoIn(deps, id)
  expect((await list()).changes.map(({ head }) => head)).toEqual([0, 0])
})

it('comes in pages and of one place', async () => {
  for (let number = 1; number <= 7; number++) step('d1', number, number * 10)
  for (let number = 1; number <= 5; number++) step('d2', number, number * 10 + 5)
  const whole = await list()
  const pages = await Promise.all([0, 5, 10].map((from) => list({ from, limit: 5 })))
  expect(pages.flatMap(({ changes }) => changes)).toEqual(whole.changes)
  expect(pages.map(({ changes, total }) => [changes.length, total])).toEqual([
    [5, 12],
    [5, 12],
    [2, 12]
  ])
  const one = await list({ place: { kind: 'dataset', id: 'd2' }, limit: 3 })
  expect(sentences(one)).toEqual(['Bags: Step 5 of d2', 'Bags: Step 4 of d2', 'Bags: Step 3 of d2'])
  expect(one.total).toBe(5)
  // The other places are still told, to choose from.
  expect(one.places).toHaveLength(2)
  expect((await list({ place: { kind: 'traces', id: 's' } })).total).toBe(0)
})

it('leaves out what nobody here can take back', async () => {
  const { deps, store } = fixture
  const own = openPlace(deps, 'q', 0, 'ann')
  actOn(deps, own.id, verdict('fail'))
  const bobs = openPlace(deps, 'q', 0, 'bob')
  actOn(deps, bobs.id, verdict('pass'))
  step('d2', 1, 10)
  expect(sentences(await list())).toEqual(['Flights: verdict fail', 'Bags: Step 1 of d2'])
  store.reviews.setCurrent('bob')
  expect(sentences(await list())).toEqual(['Flights: verdict pass', 'Bags: Step 1 of d2'])
  store.reviews.removeQueue('q')
  store.datasets.update('d2', { state: 'removing' })
  expect(await list()).toEqual({ changes: [], total: 0, places: [] })
})
