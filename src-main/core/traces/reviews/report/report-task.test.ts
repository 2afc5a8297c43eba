// The report of a queue made beside the thread that answers: the same as made in it, and stopped in
// between.
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createInProcessPool } from '../../../datasets/testing/in-process-pool.ts'
import { openPlace, actOn, setStateOf } from '../review-work.ts'
import { summaryOf } from '../queue-progress.ts'
import { createReviewFixture, type ReviewFixture } from '../reviews.test-support.ts'
import { queuePlan } from '../queue/queue.test-support.ts'
import { queueReport } from './queue-report.ts'
import { reportOf, reportTask } from './report-task.ts'

let fixture: ReviewFixture
beforeEach(() => {
  fixture = createReviewFixture(Array.from({ length: 30 }, (_, i) => ({ task: `t${i % 7}` })))
  const { store, traces } = fixture
  const places = traces.map((trace, position) => {
    return { position, trace, pass: 1, isRandom: position % 3 === 0, why: 'Why.' }
  })
  store.reviews.addQueue(
    { id: 'k', set: 's', plan: queuePlan({ reviewers: 2 }), createdAt: 1 },
    places
  )
  for (const [at, reviewer] of [...traces.keys()].flatMap((at) => [
    [at, 'ann'] as const,
    ...(at % 2 === 0 ? [[at, 'bob'] as const] : [])
  ])) {
    const { id } = openPlace(fixture.deps, 'k', at, reviewer)
    const isPass = (at + reviewer.length + (reviewer === 'bob' ? 1 : 0)) % 2 === 0
    actOn(fixture.deps, id, { kind: 'verdict', verdict: isPass ? 'pass' : 'fail' })
    actOn(fixture.deps, id, { kind: 'first-wrong', step: at % 5 })
    actOn(fixture.deps, id, { kind: 'tag', tag: 'Wrong value', on: at % 4 === 0 })
    setStateOf(fixture.deps, id, 'done')
  }
})
afterEach(() => fixture.dispose())

const ann = () => {
  const found = fixture.store.reviews.reviewer('ann')
  if (found === undefined) throw new Error('there must be Ann')
  return found
}

it('says what the same reviews say in the thread that has the project open', async () => {
  const { store } = fixture
  const queue = store.reviews.queue('k')
  if (queue === undefined) throw new Error('there must be a queue')
  const names = new Map(store.traces.listings('s').map(({ trace, name }) => [trace, name]))
  const expected = queueReport({
    summary: summaryOf(store, queue, ann()),
    places: store.reviews.places('k'),
    finished: store.reviews.finished('s', 'k'),
    nameOf: (trace) => names.get(trace) ?? ''
  })
  expect(expected.disagreements.length).toBeGreaterThan(5)
  const pool = createInProcessPool([reportTask])
  const signal = new AbortController().signal
  const input = { path: store.path, queue: 'k', reviewer: ann() }
  expect(await pool.run(reportTask, input, { signal })).toEqual(expected)
})

it('is stopped in between, and says when the queue is gone', async () => {
  const stop = new AbortController()
  const report = reportOf(fixture.store, 'k', ann(), stop.signal)
  stop.abort(new Error('stopped'))
  await expect(report).rejects.toThrow('stopped')
  fixture.store.reviews.removeQueue('k')
  const { signal } = new AbortController()
  await expect(reportOf(fixture.store, 'k', ann(), signal)).rejects.toMatchObject({
    code: 'item-not-found'
  })
})
