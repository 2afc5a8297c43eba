// The calls of reviews over a project file: planning, starting, working through a queue, asking anew,
// and the report; answers fit the contract, and a project that is only read is not changed.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { contract } from '../../api/contract.ts'
import type { ReviewAct } from '../../api/dto/trace-reviews.ts'
import { createInProcessPool } from '../datasets/testing/in-process-pool.ts'
import { queuePlan } from '../traces/reviews/queue/queue.test-support.ts'
import { createReviewFixture, type ReviewFixture } from '../traces/reviews/reviews.test-support.ts'
import { reportTask } from '../traces/reviews/report/report-task.ts'
import { planQueueTask } from '../traces/reviews/start-queue.ts'
import { createTraceLists } from '../traces/stored/trace-lists.ts'
import type { AppState } from './app-state.ts'
import { createReviewHandlers } from './review-handlers.ts'

let fixture: ReviewFixture
let isReadOnly: boolean
let made: ReturnType<typeof createReviewHandlers>
beforeEach(() => {
  isReadOnly = false
  fixture = createReviewFixture(
    Array.from({ length: 30 }, (_, i) => ({
      outcome: i % 3 === 0 ? ('pass' as const) : ('fail' as const),
      task: `task ${i % 10}`
    }))
  )
  const store = new Proxy(fixture.store, {
    get: (target, name) => (name === 'isReadOnly' ? isReadOnly : Reflect.get(target, name, target))
  })
  let time = 5_000_000
  const area = { project: { store }, traces: { lists: createTraceLists(store) } }
  const platform = { now: () => (time += 10) }
  // Only what these handlers ask of the app is there.
  const pool = createInProcessPool([planQueueTask, reportTask])
  made = createReviewHandlers({ area: () => area, platform, pool } as unknown as AppState)
})
afterEach(() => fixture.dispose())

type Name = keyof typeof made
type InputOf<N extends Name> = Parameters<(typeof made)[N]>[0]
type OutputOf<N extends Name> = Awaited<ReturnType<(typeof made)[N]>>

/** Calls a handler as the transport does: through the contract both ways. */
async function call<N extends Name>(name: N, input: InputOf<N>): Promise<OutputOf<N>> {
  const { input: wanted, output } = contract[name]
  // Handlers get their connection's context as a second argument in the app; these need none.
  const handler = made[name] as (it: unknown) => Promise<unknown>
  // The schema is the type's own.
  return output.parse(await handler(wanted.parse(input))) as OutputOf<N>
}

const plan = queuePlan({ count: 20, secondLook01: 0.1, questions: [] })
const act = (review: string, it: ReviewAct) => call('reviews.act', { review, act: it })

it('plans as it starts, works through a queue, and reports', async () => {
  const preview = await call('reviews.plan', plan)
  expect(preview).toMatchObject({ matching: 30, count: 20, random: 4, secondLooks: 2 })
  expect(preview.seconds).toBe(22 * 45)
  expect(preview.outcomes.pass + preview.outcomes.fail).toBe(20)
  const { queue, total, done } = await call('reviews.start', plan)
  expect([total, done]).toEqual([22, 0])
  const { items } = await call('reviews.queue', { queue })
  expect(items.slice(0, 10).map(({ trace, why }) => [trace, why])).toEqual(
    preview.first.map(({ trace, why }) => [trace, why])
  )
  for (const { position } of items) {
    const { review } = await call('reviews.open', { queue, position })
    await act(review, { kind: 'verdict', verdict: 'fail' })
    await call('reviews.addTime', { review, ms: 20_000 })
    const ended = await call('reviews.setState', { review, state: 'done' })
    expect(ended).toMatchObject({ state: 'done', reviewer: 'Ann', msSpent: 20_000 })
  }
  const report = await call('reviews.report', { queue })
  expect(report).toMatchObject({ reviews: 22, randomReviews: 4 })
  expect(report.queue).toMatchObject({ done: 22, total: 22, secondsLeft: 0, secondsEach: 20 })
  expect((await call('reviews.queues', {})).queues).toHaveLength(1)
  // The pace of the reviewer is known now.
  expect((await call('reviews.plan', plan)).secondsEach).toBe(20)
  await call('reviews.removeQueue', { queue })
  expect((await call('reviews.queues', {})).queues).toEqual([])
  await expect(call('reviews.queue', { queue })).rejects.toThrow('not in the project any more')
})

it('refuses a plan that cannot be, and keeps nothing of it', async () => {
  const none = { ...plan, filter: { ...plan.filter, task: 'unknown' } }
  expect((await call('reviews.plan', none)).messages).toMatchObject([{ code: 'C1' }])
  await expect(call('reviews.start', none)).rejects.toThrow('No attempt matches.')
  expect((await call('reviews.queues', {})).queues).toEqual([])
  await expect(call('reviews.plan', { ...plan, set: 'gone' })).rejects.toThrow('not in the project')
})

it('other people get what is still wanted, and a blind queue tells nothing before the end', async () => {
  const { queue } = await call('reviews.start', { ...plan, isBlind: true, secondLook01: 0 })
  const { items } = await call('reviews.queue', { queue })
  expect(items.some(({ isRandom }) => isRandom)).toBe(false)
  expect(new Set(items.map(({ why }) => why)).size).toBe(1)
  const { review, trace } = await call('reviews.open', { queue, position: 0 })
  await act(review, { kind: 'verdict', verdict: 'pass' })
  expect((await call('reviews.ofTrace', { trace })).reviews).toEqual([])
  await call('reviews.setState', { review, state: 'done' })
  expect((await call('reviews.ofTrace', { trace })).reviews).toMatchObject([{ review }])
  const { reviewers } = await call('reviews.reviewAs', { name: ' Cleo ' })
  expect(reviewers.map(({ name, isCurrent }) => [name, isCurrent])).toEqual([
    ['Ann', false],
    ['Bob', false],
    ['Cleo', true]
  ])
  const cleo = await call('reviews.queue', { queue })
  expect(cleo.items[0]).toMatchObject({ state: 'none', isTaken: true })
  expect(cleo.summary).toMatchObject({ total: 19, done: 0 })
  const changed = act(review, { kind: 'flag', value: true })
  await expect(changed).rejects.toThrow('the review of “Ann”')
  // The same name in other letters is the same person.
  expect((await call('reviews.reviewAs', { name: 'ANN' })).reviewers).toHaveLength(3)
})

it('reviews outside queues are found again, with undo, redo and tags', async () => {
  const [trace] = fixture.traces
  const { review } = await call('reviews.openTrace', { trace })
  await act(review, { kind: 'tag', tag: 'Wrong value', on: true })
  await act(review, { kind: 'tag', tag: 'Odd', on: true })
  expect(await call('reviews.undo', { review })).toMatchObject({
    undo: 'tag “Wrong value”',
    redo: 'tag “Odd”'
  })
  expect((await call('reviews.redo', { review })).body.tags).toEqual(['Wrong value', 'Odd'])
  expect((await call('reviews.openTrace', { trace })).review).toBe(review)
  const { tags } = await call('reviews.tags', { set: 's' })
  expect(tags.slice(0, 2).sort()).toEqual(['Odd', 'Wrong value'])
  expect(tags.filter((tag) => tag === 'Wrong value')).toHaveLength(1)
  await expect(call('reviews.openTrace', { trace: 999 })).rejects.toThrow('not in the project')
})

it('a project that is only read shows reviews and takes none', async () => {
  const { review } = await call('reviews.openTrace', { trace: fixture.traces[0] })
  isReadOnly = true
  const refused = 'open for reading only'
  await expect(act(review, { kind: 'flag', value: true })).rejects.toThrow(refused)
  await expect(call('reviews.start', plan)).rejects.toThrow(refused)
  await expect(call('reviews.addTime', { review, ms: 5 })).rejects.toThrow(refused)
  expect((await call('reviews.plan', plan)).count).toBe(20)
  expect((await call('reviews.reviewers', {})).reviewers).toHaveLength(2)
  // What was reviewed can be read, and so can attempts that nobody reviewed.
  expect((await call('reviews.openTrace', { trace: fixture.traces[0] })).review).toBe(review)
  const other = await call('reviews.openTrace', { trace: fixture.traces[1] })
  expect(fixture.store.reviews.review(other.review)).toBeUndefined()
})

it('asks changed questions again through the call, too', async () => {
  const { queue } = await call('reviews.start', plan)
  const { review } = await call('reviews.open', { queue, position: 0 })
  await act(review, { kind: 'verdict', verdict: 'pass' })
  await call('reviews.setState', { review, state: 'done' })
  const questions = [
    { id: 'q', text: 'Safe?', type: 'yes-no', choices: [], isRequired: true, reasons: [] } as const
  ]
  const asked = await call('reviews.setQuestions', {
    queue,
    questions: questions.map((it) => ({ ...it, choices: [], reasons: [] })),
    askAgain: true
  })
  expect(asked).toMatchObject({ done: 0, plan: { questions: [{ text: 'Safe?' }] } })
})

it('previews the newest plan only, and starts no queue in another project', async () => {
  const runs: { readonly signal: AbortSignal; finish(): void }[] = []
  const others = [
    fixture.store,
    { path: 'other', isReadOnly: false, reviews: fixture.store.reviews }
  ]
  let open = 0
  const state = {
    area: () => ({ project: { store: others[open] }, traces: {} }),
    platform: { now: () => 1 },
    pool: {
      run: (_: unknown, __: unknown, { signal }: { signal: AbortSignal }) =>
        new Promise((finish, fail) => {
          signal.addEventListener('abort', () => fail(signal.reason as Error))
          const places = [{ position: 0, trace: 1, pass: 1, isRandom: true, why: '' }]
          runs.push({ signal, finish: () => finish({ places, messages: [] }) })
        })
    }
  }
  // Only what these calls ask of the app is there.
  const handlers = createReviewHandlers(state as unknown as AppState)
  const first = expect(handlers['reviews.plan'](plan)).rejects.toMatchObject({ code: 'cancelled' })
  const second = handlers['reviews.plan'](plan)
  await first
  runs[1].finish()
  expect((await second).seconds).toBe(45)
  const started = expect(handlers['reviews.start'](plan)).rejects.toMatchObject({
    code: 'cancelled'
  })
  open = 1
  runs[2].finish()
  await started
  expect(fixture.store.reviews.queues(null)).toEqual([])
})
