// Planning a queue over a set in the project: what it would be, and starting it.
import type { QueuePlan, QueuePreview } from '../../../api/dto/trace-reviews.ts'
import { AppError } from '../../../api/errors.ts'
import type { QueueRecord } from '../../store/review-records.ts'
import type { Store } from '../../store/records.ts'
import type { TraceListing } from '../../store/trace-records.ts'
import { noTraceFilter, type TraceLists } from '../stored/trace-lists.ts'
import type { Candidate } from './queue/candidate.ts'
import { planQueue, type PlannedQueue } from './queue/plan-queue.ts'

/** What planning needs. */
export interface PlanDeps {
  readonly store: Pick<Store, 'reviews'>
  readonly lists: Pick<TraceLists, 'matching'>
}

// How many of the first places a preview names.
const named = 10

interface Planned extends PlannedQueue {
  readonly candidates: readonly Candidate[]
}

function planOver({ store, lists }: PlanDeps, plan: QueuePlan): Planned {
  const newest = store.reviews.newestByTrace(plan.set)
  const toCandidate = (listing: TraceListing): Candidate => {
    const review = newest.get(listing.trace)
    return {
      ...listing,
      state: review?.state ?? 'none',
      verdict: review?.verdict ?? null,
      isFlagged: review?.isFlagged ?? false
    }
  }
  const candidates = lists.matching(plan.set, plan.filter).map(toCandidate)
  // What is usual, which tasks are mixed and what was marked is seen in the whole set, whatever the
  // filter: failures alone would have no mixed tasks.
  const everyone = lists.matching(plan.set, noTraceFilter).map(toCandidate)
  return { ...planQueue(plan, candidates, everyone), candidates }
}

/** What starting a plan would give. Throws AppError "dataset-not-found" for an unknown set. */
export function previewQueue(deps: PlanDeps, plan: QueuePlan, each: number): QueuePreview {
  const { places, candidates, count, random, secondLooks, messages } = planOver(deps, plan)
  const byTrace = new Map(candidates.map((candidate) => [candidate.trace, candidate]))
  const outcomes = { pass: 0, fail: 0, partial: 0, unknown: 0 }
  for (const { trace, pass } of places)
    if (pass === 1) outcomes[byTrace.get(trace)?.outcome ?? 'unknown']++
  return {
    matching: candidates.length,
    count,
    random,
    secondLooks,
    seconds: places.length * each,
    secondsEach: each,
    outcomes,
    first: places.slice(0, named).map(({ trace, why }) => {
      return { trace, name: byTrace.get(trace)?.name ?? '', why }
    }),
    messages: [...messages]
  }
}

/** Starts a queue. Throws AppError "invalid-input" with the first thing that is wrong with the plan. */
export function startQueue(
  deps: PlanDeps,
  plan: QueuePlan,
  made: Pick<QueueRecord, 'id' | 'createdAt'>
): QueueRecord {
  const { places, messages } = planOver(deps, plan)
  const wrong = messages.find(({ severity }) => severity === 'error')
  if (wrong) throw new AppError('invalid-input', wrong.text)
  const record = { ...made, set: plan.set, plan }
  deps.store.reviews.addQueue(record, places)
  return { ...record, isRemoved: false }
}
