// Planning a queue over a set in the project: what it would be, and starting it. Looking over all
// attempts of a large set takes its time, so that it is done in a compute thread.
import type { QueuePlan, QueuePreview } from '../../../api/dto/trace-reviews.ts'
import { AppError } from '../../../api/errors.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import type { Store } from '../../store/records.ts'
import type { QueueRecord } from '../../store/review-records.ts'
import type { TraceListing } from '../../store/trace-records.ts'
import { openTraceReader } from '../../store/trace-reader.ts'
import { requireSet } from '../stored/load-trace.ts'
import { noTraceFilter } from '../../../api/dto/trace-sets.ts'
import { createTraceLists, type ListedStore } from '../stored/trace-lists.ts'
import type { Candidate } from './queue/candidate.ts'
import { planQueue, type PlannedQueue } from './queue/plan-queue.ts'

/** What planning reads. */
export interface PlanInput {
  /** The project file. */
  readonly path: string
  readonly plan: QueuePlan
}

/** A queue that is planned, and what a preview tells of it beside. */
export interface PlannedSet
  extends PlannedQueue, Pick<QueuePreview, 'matching' | 'outcomes' | 'first'> {}

/** Plans a queue. Throws AppError "dataset-not-found" for an unknown set. */
export const planQueueTask: ComputeTask<PlanInput, never, PlannedSet> = {
  name: 'reviews.plan',
  // eslint-disable-next-line require-yield -- one answer: its result is its only event
  async *run({ path, plan }) {
    const reader = openTraceReader(path)
    try {
      // Nothing is kept from one plan to the next, so that no change can be missed.
      const traces = { ...reader.traces, changesOf: () => 0 }
      return planSet({ traces, reviews: reader.reviews }, plan)
    } finally {
      reader.close()
    }
  }
}

// How many of the first places a preview names.
const named = 10

function planSet(store: ListedStore, plan: QueuePlan): PlannedSet {
  const lists = createTraceLists(store)
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
  const planned = planQueue(plan, candidates, everyone)
  const byTrace = new Map(candidates.map((candidate) => [candidate.trace, candidate]))
  const outcomes = { pass: 0, fail: 0, partial: 0, unknown: 0 }
  for (const { trace, pass } of planned.places)
    if (pass === 1) outcomes[byTrace.get(trace)?.outcome ?? 'unknown']++
  const first = planned.places
    .slice(0, named)
    .map(({ trace, why }) => ({ trace, name: byTrace.get(trace)?.name ?? '', why }))
  return { ...planned, matching: candidates.length, outcomes, first }
}

/** What starting a planned queue gives, at `each` seconds for an attempt. */
export function previewOf(planned: PlannedSet, each: number): QueuePreview {
  const { places, matching, count, random, secondLooks, outcomes, first, messages } = planned
  return {
    ...{ matching, count, random, secondLooks },
    seconds: places.length * each,
    secondsEach: each,
    outcomes,
    first,
    messages: [...messages]
  }
}

/**
 * Starts a queue as it was planned. Throws AppError "invalid-input" with the first thing that is
 * wrong with the plan, "dataset-not-found" when the set was removed since.
 */
export function startQueue(
  store: Pick<Store, 'reviews' | 'traces'>,
  plan: QueuePlan,
  { places, messages }: PlannedQueue,
  made: Pick<QueueRecord, 'id' | 'createdAt'>
): QueueRecord {
  const wrong = messages.find(({ severity }) => severity === 'error')
  if (wrong) throw new AppError('invalid-input', wrong.text)
  requireSet(store, plan.set)
  const record = { ...made, set: plan.set, plan }
  store.reviews.addQueue(record, places)
  return { ...record, isRemoved: false }
}
