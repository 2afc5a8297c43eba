// The report over a known set of reviews: rates from the random part alone, agreement with oneself and
// between reviewers, reasons, and what reviewers differ about, furthest first.
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { QueueReport, ReviewAct, ReviewQuestion } from '../../../../api/dto/trace-reviews.ts'
import { summaryOf } from '../queue-progress.ts'
import { queuePlan } from '../queue/queue.test-support.ts'
import { actOn, openPlace, setStateOf } from '../review-work.ts'
import { createReviewFixture, type ReviewFixture } from '../reviews.test-support.ts'
import { queueReport } from './queue-report.ts'

const question = (id: string, type: ReviewQuestion['type'], text: string): ReviewQuestion => {
  return { id, text, type, choices: ['a', 'b'], isRequired: false, reasons: ['Too slow'] }
}
const questions = [question('ok', 'yes-no', 'Was it safe?'), question('how', 'scale', 'How good?')]

// Ten attempts; the even ones were drawn at random. Places 10 and 11 are second looks at 0 and 1.
const attempts = 10
let fixture: ReviewFixture
beforeEach(() => {
  fixture = createReviewFixture(Array.from({ length: attempts }, () => ({})))
  const places = Array.from({ length: attempts + 2 }, (_, position) => {
    const index = position % attempts
    return {
      position,
      trace: fixture.traces[index],
      pass: position < attempts ? 1 : 2,
      isRandom: index % 2 === 0,
      why: 'Why.'
    }
  })
  const plan = queuePlan({ questions, reviewers: 2 })
  fixture.store.reviews.addQueue({ id: 'k', set: 's', plan, createdAt: 1 }, places)
})
afterEach(() => fixture.dispose())

function review(position: number, reviewer: string, ...acts: ReviewAct[]): void {
  const { id } = openPlace(fixture.deps, 'k', position, reviewer)
  for (const act of acts) actOn(fixture.deps, id, act)
  setStateOf(fixture.deps, id, 'done')
}
const verdict = (value: 'pass' | 'fail'): ReviewAct => ({ kind: 'verdict', verdict: value })
const at = (step: number): ReviewAct => ({ kind: 'first-wrong', step })
const answer = (id: string, value: string | number, reasons: string[] = []): ReviewAct => {
  return { kind: 'answer', question: id, answer: { value, reasons } }
}

function report(): QueueReport {
  const { store } = fixture
  const queue = store.reviews.queue('k')
  const reviewer = store.reviews.reviewer('ann')
  if (!queue || !reviewer) throw new Error('there must be a queue and Ann')
  return queueReport({
    summary: summaryOf(store, queue, reviewer),
    places: store.reviews.places('k'),
    finished: store.reviews.finished('s', 'k'),
    nameOf: (trace) => `attempt ${trace}`
  })
}
const rateOf = (made: QueueReport, name: string) => made.rates.find((it) => it.name === name)
const rowOf = (made: QueueReport, what: string, between: string) =>
  made.agreement.find((it) => it.what === what && it.between === between)

it('tells rates from the random part, one review an attempt', () => {
  // Random: 0, 2, 4 and 6 passed, 8 failed. The others all failed and count for no rate.
  for (let i = 0; i < attempts; i++)
    review(i, 'ann', verdict(i % 2 === 0 && i < 8 ? 'pass' : 'fail'), answer('how', 1 + (i % 5)))
  // A second look counts in place of the first, not beside it.
  review(10, 'ann', verdict('pass'), { kind: 'keep', value: 'yes' })
  const made = report()
  expect(made).toMatchObject({ reviews: 11, randomReviews: 5, kept: 1 })
  expect(rateOf(made, 'Passed')).toMatchObject({ count: 4, of: 5, share01: 0.8 })
  expect(rateOf(made, 'Passed')?.low01).toBeCloseTo(0.3755, 4)
  expect(rateOf(made, 'Passed')?.high01).toBeCloseTo(0.9638, 4)
  expect(rateOf(made, 'Keep for training')).toMatchObject({ count: 1, of: 1 })
  // Places 2, 4, 6 and 8: answers 3, 5, 2 and 4; the second look at 0 left it open.
  expect(made.means).toMatchObject([{ name: 'How good?', count: 4, mean: 3.5 }])
  expect(rateOf(made, 'Was it safe? Yes')).toBeUndefined()
})

it('tells how a reviewer agrees with himself on second looks', () => {
  review(0, 'ann', verdict('fail'), at(3))
  review(1, 'ann', verdict('pass'))
  review(10, 'ann', verdict('fail'), at(4))
  review(11, 'ann', verdict('fail'), at(2))
  const made = report()
  expect(rowOf(made, 'Verdict', 'second looks')).toMatchObject({
    pairs: 2,
    percent01: 0.5,
    kappa: 0,
    isRough: true
  })
  expect(rowOf(made, 'First mistake, same step', 'second looks')?.percent01).toBe(0)
  expect(rowOf(made, 'First mistake, within one step', 'second looks')?.percent01).toBe(0.5)
  // A mark against none is furthest apart.
  expect(made.disagreements).toEqual([
    {
      trace: fixture.traces[1],
      name: `attempt ${fixture.traces[1]}`,
      first: 'Ann',
      second: 'Ann, second look',
      verdicts: ['pass', 'fail'],
      steps: [null, 2]
    },
    {
      trace: fixture.traces[0],
      name: `attempt ${fixture.traces[0]}`,
      first: 'Ann',
      second: 'Ann, second look',
      verdicts: ['fail', 'fail'],
      steps: [3, 4]
    }
  ])
})

it('tells how two reviewers agree, until an agreed review settles it, and keeps models apart', () => {
  const bobs = ['pass', 'pass', 'fail', 'fail'] as const
  const anns = ['pass', 'fail', 'fail', 'fail'] as const
  anns.forEach((it, i) => review(i, 'ann', verdict(it), at(i)))
  bobs.forEach((it, i) => review(i, 'bob', verdict(it), at(2 * i)))
  fixture.store.reviews.addReviewer({ id: 'm', name: 'Model', isModel: true, createdAt: 3 })
  review(0, 'm', verdict('fail'), at(0))
  const made = report()
  const row = rowOf(made, 'Verdict', 'Ann and Bob')
  expect(row).toMatchObject({ pairs: 4, percent01: 0.75, kappa: 0.5 })
  // Units pp, fp, ff, ff: the same as the hand case with 0.5333.
  expect(row?.alpha).toBeCloseTo(8 / 15, 12)
  expect(rowOf(made, 'Verdict', 'Ann and Model')).toMatchObject({ pairs: 1, percent01: 0 })
  expect(made.reviews).toBe(8)
  expect(made.disagreements.map(({ steps }) => steps)).toEqual([
    [3, 6],
    [2, 4],
    [1, 2]
  ])
  fixture.store.reviews.addReviewer({ id: 'x', name: 'agreed', isModel: false, createdAt: 4 })
  review(3, 'x', verdict('pass'), at(5))
  const settled = report()
  expect(settled.disagreements.map(({ steps }) => steps)).toEqual([
    [2, 4],
    [1, 2]
  ])
  // What was agreed is what counts: of the random ones 0 passed and 2 failed.
  expect(rateOf(settled, 'Passed')).toMatchObject({ count: 1, of: 2 })
  expect(settled.agreement.some(({ between }) => between.includes('agreed'))).toBe(false)
})

it('compares scales by distance, and the tags that are used', () => {
  const tag: ReviewAct = { kind: 'tag', tag: 'Wrong value', on: true }
  const ann = [1, 2, 3, 3]
  const bob = [1, 3, 2, 3]
  ann.forEach((it, i) =>
    review(i, 'ann', verdict('fail'), answer('how', it), ...(i < 2 ? [tag] : []))
  )
  bob.forEach((it, i) =>
    review(i, 'bob', verdict('fail'), answer('how', it), ...(i < 1 ? [tag] : []))
  )
  const made = report()
  const scale = rowOf(made, 'How good?', 'Ann and Bob')
  // As the hand case of the weighted number: 1 - (2/4) / (22/16).
  expect(scale?.kappa).toBeCloseTo(7 / 11, 12)
  expect(scale?.alpha).toBeNull()
  // Pairs yes-yes, yes-no, no-no, no-no: 0.75 found, 0.5 by chance.
  expect(rowOf(made, 'Tag “Wrong value”', 'Ann and Bob')).toMatchObject({
    percent01: 0.75,
    kappa: 0.5
  })
  // Where nothing varies there is no such number.
  expect(rowOf(made, 'Verdict', 'Ann and Bob')).toMatchObject({ percent01: 1, kappa: null })
})

it('counts reasons and tags once an attempt', () => {
  const tag = (name: string): ReviewAct => ({ kind: 'tag', tag: name, on: true })
  review(0, 'ann', verdict('fail'), answer('ok', 'no', ['Too slow']), tag('Wrong value'))
  review(1, 'ann', verdict('fail'), tag('Wrong value'), {
    kind: 'step-tag',
    step: 3,
    tag: 'Wrong value',
    on: true
  })
  expect(report().reasons).toEqual([
    { reason: 'Wrong value', count: 2 },
    { reason: 'Too slow', count: 1 }
  ])
})

it('of no reviews is empty', () => {
  expect(report()).toMatchObject({ reviews: 0, randomReviews: 0, rates: [], agreement: [] })
})
