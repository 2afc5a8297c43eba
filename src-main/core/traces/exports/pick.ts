// Which attempts of a set an export holds, which review of each counts, and which part each goes to.
import { hash } from 'node:crypto'
import type { ReviewBody, TraceExportRequest } from '../../../api/dto/trace-reviews.ts'
import type { FinishedReview } from '../../store/review-records.ts'
import type { TraceReader } from '../../store/trace-reader.ts'
import type { TraceListing } from '../../store/trace-records.ts'
import { countingReview } from '../reviews/report/counting.ts'

/** What decides on the attempts. */
export type PickRequest = Pick<TraceExportRequest, 'set' | 'queue' | 'which'> & {
  readonly testShare01: number
  readonly seed: number
}

/** An attempt of an export. */
export interface PickedTrace {
  readonly trace: number
  readonly task: string
  /** The review that counts; null for an attempt nobody reviewed. */
  readonly review: ReviewBody | null
  /** Finished reviews by people, and the share of them with this first mistake; null without. */
  readonly reviewers: number
  readonly agreement: number | null
  readonly part: 'train' | 'test'
}

/** Attempts with all their finished reviews by people. */
export interface Picked {
  readonly traces: readonly PickedTrace[]
  readonly listings: ReadonlyMap<number, TraceListing>
  /** Oldest first. */
  readonly reviews: ReadonlyMap<number, readonly FinishedReview[]>
}

/** Attempts as they were added; the same request on the same project gives the same. */
export function pickTraces(
  store: Pick<TraceReader, 'traces' | 'reviews'>,
  request: PickRequest
): Picked {
  const { set, queue, which } = request
  // A model's review is never taken for a person's.
  const finished = store.reviews.finished(set, queue).filter(({ isModel }) => !isModel)
  const reviews = Map.groupBy(finished, ({ trace }) => trace)
  const inQueue =
    queue === null ? undefined : new Set(store.reviews.places(queue).map(({ trace }) => trace))
  const listings = store.traces.listings(set)
  const chosen = listings.filter(({ trace }) => {
    const made = reviews.get(trace)
    if (which === 'all') return inQueue?.has(trace) !== false
    if (made === undefined) return false
    return which === 'reviewed' || countingReview(made).body.keep === 'yes'
  })
  const test = testTasks(new Set(chosen.map(({ task }) => task)), request)
  return {
    traces: chosen.map(({ trace, task }): PickedTrace => {
      const made = reviews.get(trace) ?? []
      const review = made.length === 0 ? null : countingReview(made).body
      return {
        trace,
        task,
        review,
        reviewers: made.length,
        agreement: review === null ? null : agreementOn(review, made),
        part: test.has(task) ? 'test' : 'train'
      }
    }),
    listings: new Map(chosen.map((listing) => [listing.trace, listing])),
    reviews
  }
}

/** What is told of an export's attempts beside its files. */
export interface PickedSummary {
  readonly traces: number
  /** Attempts that nobody reviewed. */
  readonly unseen: number
  readonly tasks: number
  /** Attempts of the test part, and its tasks. */
  readonly test: number
  readonly testTasks: readonly string[]
  /** Finished reviews by their reviewer, and attempts by the verdict that counts. */
  readonly reviewers: Readonly<Record<string, number>>
  readonly verdicts: Readonly<Record<string, number>>
}

/** A pick in short. */
export function summaryOfPick({ traces, reviews }: Picked): PickedSummary {
  const test = traces.filter(({ part }) => part === 'test')
  const made = traces.flatMap(({ trace }) => reviews.get(trace) ?? [])
  return {
    traces: traces.length,
    unseen: traces.filter(({ review }) => review === null).length,
    tasks: new Set(traces.map(({ task }) => task)).size,
    test: test.length,
    testTasks: [...new Set(test.map(({ task }) => task))],
    reviewers: countsBy(made, ({ reviewerName }) => reviewerName),
    verdicts: countsBy(traces, ({ review }) =>
      review === null ? 'not reviewed' : (review.verdict ?? 'none')
    )
  }
}

function countsBy<T>(values: readonly T[], keyOf: (value: T) => string): Record<string, number> {
  const groups = [...Map.groupBy(values, keyOf)]
  return Object.fromEntries(groups.map(([key, each]) => [key, each.length]))
}

function agreementOn(review: ReviewBody, made: readonly FinishedReview[]): number {
  const place = ({ noneWrong, firstWrong }: ReviewBody): number | null =>
    noneWrong ? null : firstWrong
  return made.filter(({ body }) => place(body) === place(review)).length / made.length
}

/** Tasks of the test part, drawn by the seed: whole tasks, so that none is in both. */
export function testTasks(
  tasks: ReadonlySet<string>,
  { testShare01, seed }: { readonly testShare01: number; readonly seed: number }
): ReadonlySet<string> {
  const drawn = [...tasks]
    .map((task) => ({ task, lot: hash('sha256', `${seed}\n${task}`) }))
    .sort((a, b) => (a.lot < b.lot ? -1 : 1))
    .map(({ task }) => task)
  return new Set(drawn.slice(0, Math.round(testShare01 * tasks.size)))
}
