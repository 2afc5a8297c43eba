// What the reviews of a queue say: rates from its random part, agreement, reasons, and what reviewers
// differ about.
import type { QueueReport, QueueSummary } from '../../../../api/dto/trace-reviews.ts'
import type { FinishedReview, PlaceRecord } from '../../../store/review-records.ts'
import { markDistance } from '../../agreement/first-mistakes.ts'
import { isAgreed } from '../blind.ts'
import { agreementRows, marksOf } from './agreement-rows.ts'
import { countingReviews } from './counting.ts'
import { pairGroups, type PairGroup, type ReviewPair } from './pairs.ts'
import { meansOf, ratesOf } from './rates.ts'

/** What a report is made from. */
export interface ReportInput {
  readonly summary: QueueSummary
  readonly places: readonly PlaceRecord[]
  /** Finished reviews of the queue. */
  readonly finished: readonly FinishedReview[]
  nameOf(trace: number): string
}

const mostDisagreements = 200

/** The report of a queue. */
export function queueReport(input: ReportInput): QueueReport {
  const { summary, places, finished, nameOf } = input
  const { questions } = summary.plan
  const random = new Set(places.filter((it) => it.isRandom).map(({ trace }) => trace))
  const counting = [...countingReviews(finished).values()]
  // One body an attempt, or an attempt that was looked at twice would count twice.
  const drawn = counting.filter(({ trace }) => random.has(trace)).map(({ body }) => body)
  const groups = pairGroups(finished)
  return {
    queue: summary,
    reviews: finished.filter(({ isModel }) => !isModel).length,
    randomReviews: drawn.length,
    rates: ratesOf(drawn, questions),
    means: meansOf(drawn, questions),
    agreement: agreementRows(groups, finished, questions),
    reasons: reasonsOf(counting),
    disagreements: disagreementsOf(groups, settledOf(finished), nameOf),
    kept: counting.filter(({ body }) => body.keep === 'yes').length,
    corrections: counting.reduce((sum, it) => sum + Object.keys(it.body.corrections).length, 0)
  }
}

/** Reasons given for a "no", and tags, each counted once an attempt; most frequent first. */
function reasonsOf(counting: readonly FinishedReview[]): QueueReport['reasons'] {
  const counts = new Map<string, number>()
  for (const { body } of counting) {
    const given = Object.values(body.answers).flatMap(({ reasons }) => reasons)
    const all = new Set([...given, ...body.tags, ...Object.values(body.stepTags).flat()])
    for (const reason of all) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  }
  return [...counts]
    .map(([reason, count]) => ({ reason, count }))
    .sort((a, b) => b.count - a.count || a.reason.localeCompare(b.reason, 'en'))
}

/** Attempts that an agreed review has settled. */
function settledOf(finished: readonly FinishedReview[]): ReadonlySet<number> {
  const agreed = finished.filter(({ reviewerName }) => isAgreed({ name: reviewerName }))
  return new Set(agreed.map(({ trace }) => trace))
}

function disagreementsOf(
  groups: readonly PairGroup[],
  settled: ReadonlySet<number>,
  nameOf: (trace: number) => string
): QueueReport['disagreements'] {
  return groups
    .filter(({ hasModel }) => !hasModel)
    .flatMap(({ pairs, isSecondLooks }) =>
      pairs
        .filter(([first]) => !settled.has(first.trace))
        .map((pair) => ({ pair, isSecondLooks, distance: markDistance(marksOf(pair)) }))
    )
    .filter(({ pair, distance }) => distance > 0 || hasOtherVerdict(pair))
    .sort(
      (a, b) =>
        byDistance(a, b) ||
        Number(hasOtherVerdict(b.pair)) - Number(hasOtherVerdict(a.pair)) ||
        a.pair[0].trace - b.pair[0].trace
    )
    .slice(0, mostDisagreements)
    .map(({ pair, isSecondLooks }) => toDisagreement(pair, isSecondLooks, nameOf))
}

// A mark against none is further apart than any two marks; infinities do not subtract.
function byDistance(a: { distance: number }, b: { distance: number }): number {
  return a.distance === b.distance ? 0 : b.distance - a.distance
}

function hasOtherVerdict([first, second]: ReviewPair): boolean {
  return first.body.verdict !== second.body.verdict
}

function toDisagreement(
  pair: ReviewPair,
  isSecondLooks: boolean,
  nameOf: (trace: number) => string
): QueueReport['disagreements'][number] {
  const [first, second] = pair
  return {
    trace: first.trace,
    name: nameOf(first.trace),
    first: first.reviewerName,
    second: isSecondLooks ? `${second.reviewerName}, second look` : second.reviewerName,
    verdicts: pair.map(({ body }) => body.verdict ?? 'unsure'),
    steps: [...marksOf(pair)]
  }
}
