// Pairs of reviews of one attempt: first and second looks of one reviewer, and first looks of two.
import type { FinishedReview } from '../../../store/review-records.ts'
import { isAgreed } from '../blind.ts'

/** Two reviews of one attempt. */
export type ReviewPair = readonly [FinishedReview, FinishedReview]

/** Pairs that are compared with each other under one name. */
export interface PairGroup {
  /** "second looks", or "Ann and Bob". */
  readonly between: string
  /** A model is one of the two: never put together with people. */
  readonly hasModel: boolean
  readonly isSecondLooks: boolean
  readonly pairs: readonly ReviewPair[]
}

/** What second looks are called. */
export const secondLooks = 'second looks'

/** All groups with a pair in them: second looks of people first, then people, then models. */
export function pairGroups(finished: readonly FinishedReview[]): PairGroup[] {
  const own = finished.filter(({ reviewerName }) => !isAgreed({ name: reviewerName }))
  const attempts = [...Map.groupBy(own, ({ trace }) => trace).values()]
  const looks = attempts.flatMap((made) => lookPairs(made.filter(({ isModel }) => !isModel)))
  const groups = new Map<string, PairGroup & { readonly pairs: ReviewPair[] }>()
  for (const [first, second] of attempts.flatMap(reviewerPairs)) {
    const between = `${first.reviewerName} and ${second.reviewerName}`
    const hasModel = first.isModel || second.isModel
    const group = groups.get(between) ?? { between, hasModel, isSecondLooks: false, pairs: [] }
    group.pairs.push([first, second])
    groups.set(between, group)
  }
  const named = [...groups.values()].sort(
    (a, b) => Number(a.hasModel) - Number(b.hasModel) || a.between.localeCompare(b.between, 'en')
  )
  const ofLooks = { between: secondLooks, hasModel: false, isSecondLooks: true, pairs: looks }
  return looks.length > 0 ? [ofLooks, ...named] : named
}

/** First and second look of each reviewer of an attempt. */
function lookPairs(made: readonly FinishedReview[]): ReviewPair[] {
  return made
    .filter(({ pass }) => pass === 2)
    .flatMap((second) => {
      const first = made.find(
        ({ pass, reviewer, queue }) =>
          pass === 1 && reviewer === second.reviewer && queue === second.queue
      )
      return first ? [[first, second] as const] : []
    })
}

/** First looks of each two reviewers of an attempt, people before models, then by name. */
function reviewerPairs(made: readonly FinishedReview[]): ReviewPair[] {
  const firsts = [...Map.groupBy(made, ({ reviewer }) => reviewer).values()]
    .flatMap((all) => all.filter(({ pass }) => pass === 1).slice(0, 1))
    .sort(
      (a, b) =>
        Number(a.isModel) - Number(b.isModel) || a.reviewerName.localeCompare(b.reviewerName, 'en')
    )
  return firsts.flatMap((first, i) => firsts.slice(i + 1).map((second) => [first, second] as const))
}
