// Which attempts an export holds and which review of each counts.
import { describe, expect, it } from 'vitest'
import type { ReviewBody } from '../../../api/dto/trace-reviews.ts'
import type { Store } from '../../store/records.ts'
import type { FinishedReview } from '../../store/review-records.ts'
import type { TraceListing } from '../../store/trace-records.ts'
import { reviewOf } from './exports.test-support.ts'
import { pickTraces, testTasks, type PickRequest } from './pick.ts'

const listings = [1, 2, 3].map((trace): TraceListing => ({
  ...{
    trace,
    name: `${trace}`,
    task: `t${trace}`,
    goal: '',
    trial: 0,
    outcome: 'fail',
    reward: null
  },
  ...{ agent: null, model: null, startedAt: null, durationMs: null, tokens: null },
  ...{ events: 1, sizeBytes: 1, steps: 3, errors: 0, tools: [], detectors: [] }
}))

function review(
  trace: number,
  reviewerName: string,
  updatedAt: number,
  body: Partial<ReviewBody>
): FinishedReview {
  return {
    ...{ id: `${trace} ${reviewerName}`, set: 's', trace, queue: 'q', reviewer: reviewerName },
    ...{ pass: 1, state: 'done', sawSuggestions: false, sawLater: false, msSpent: 0 },
    ...{ createdAt: 0, updatedAt, head: 0, reviewerName, isModel: reviewerName === 'model' },
    body: reviewOf(body)
  }
}

function pick(reviews: readonly FinishedReview[], change: Partial<PickRequest> = {}) {
  // Only what picking asks of the store is there.
  const store = {
    traces: { listings: () => listings },
    reviews: { finished: () => reviews, places: () => [{ trace: 1 }, { trace: 3 }] }
  } as unknown as Pick<Store, 'traces' | 'reviews'>
  const request: PickRequest = { set: 's', queue: null, which: 'kept', testShare01: 0, seed: 0 }
  return pickTraces(store, { ...request, ...change }).traces
}

describe('the review that counts', () => {
  const mia = review(1, 'Mia', 5, { keep: 'yes', firstWrong: 1 })
  const ben = review(1, 'Ben', 9, { keep: 'no', firstWrong: 2 })

  it('is the newest, unless the differences were settled', () => {
    expect(pick([mia, ben])).toEqual([])
    const agreed = review(1, 'Agreed', 7, { keep: 'yes', firstWrong: 1 })
    expect(pick([mia, ben, agreed])).toMatchObject([
      { trace: 1, review: { firstWrong: 1 }, reviewers: 3, agreement: 2 / 3 }
    ])
  })

  it('is never that of a model', () => {
    expect(pick([mia, review(1, 'model', 20, { keep: 'no' })])).toMatchObject([
      { trace: 1, reviewers: 1, agreement: 1 }
    ])
  })
})

describe('the attempts', () => {
  const made = [review(2, 'Mia', 1, { keep: 'no' }), review(3, 'Mia', 1, { keep: 'yes' })]
  const traces = (change: Partial<PickRequest>): number[] =>
    pick(made, change).map(({ trace }) => trace)

  it('are those kept, those reviewed, or all, in the set or in a queue', () => {
    expect(traces({ which: 'kept' })).toEqual([3])
    expect(traces({ which: 'reviewed' })).toEqual([2, 3])
    expect(traces({ which: 'all' })).toEqual([1, 2, 3])
    expect(traces({ which: 'all', queue: 'q' })).toEqual([1, 3])
  })

  it('of a task go to one part, drawn by the repeat code', () => {
    const tasks = new Set(Array.from({ length: 40 }, (_, i) => `task ${i}`))
    const drawn = testTasks(tasks, { testShare01: 0.25, seed: 1 })
    expect(drawn.size).toBe(10)
    expect(testTasks(tasks, { testShare01: 0.25, seed: 1 })).toEqual(drawn)
    expect(testTasks(tasks, { testShare01: 0.25, seed: 2 })).not.toEqual(drawn)
    expect(testTasks(tasks, { testShare01: 0, seed: 1 }).size).toBe(0)
  })
})
