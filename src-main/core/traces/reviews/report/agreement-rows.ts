// How far pairs of reviews agree, question by question.
import type { Agreement, ReviewBody, ReviewQuestion } from '../../../../api/dto/trace-reviews.ts'
import { hashString } from '../../../compute/random.ts'
import type { FinishedReview } from '../../../store/review-records.ts'
import { markAgreement, type MarkPair } from '../../agreement/first-mistakes.ts'
import { kappaInterval90 } from '../../agreement/intervals.ts'
import { nominalAlpha } from '../../agreement/krippendorff.ts'
import { kappaOf, percentOf, tableOf, type Weights } from '../../agreement/pair-table.ts'
import { isAgreed } from '../blind.ts'
import type { PairGroup, ReviewPair } from './pairs.ts'
import { answersTo } from './rates.ts'

/** Fewer pairs than these give a rough estimate. */
const enoughPairs = 30

/** Something reviews answer, one value a review; null = not answered. */
interface Asked {
  readonly what: string
  readonly weights: Weights
  read(body: ReviewBody): string | number | null
}

function askedOf(questions: readonly ReviewQuestion[]): readonly Asked[] {
  const own = questions.flatMap((question): Asked[] => {
    if (question.type !== 'yes-no' && question.type !== 'scale') return []
    const read = (body: ReviewBody): string | number | null => {
      const [value] = answersTo(question, [body])
      return typeof value === 'string' || typeof value === 'number' ? value : null
    }
    const weights = question.type === 'scale' ? 'quadratic' : 'nominal'
    return [{ what: question.text, weights, read }]
  })
  return [
    { what: 'Verdict', weights: 'nominal', read: ({ verdict }) => verdict },
    { what: 'Keep for training', weights: 'nominal', read: ({ keep }) => keep },
    ...own
  ]
}

// Tags that are compared, the most used ones, when at least two reviews have them.
const comparedTags = 10

/** Whether a review has a tag, on the attempt or on a step of it. */
function taggedOf(finished: readonly FinishedReview[]): readonly Asked[] {
  const tagsOf = ({ tags, stepTags }: ReviewBody): ReadonlySet<string> =>
    new Set([...tags, ...Object.values(stepTags).flat()])
  const counts = new Map<string, number>()
  for (const { body } of finished)
    for (const tag of tagsOf(body)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts]
    .filter(([, count]) => count > 1)
    .sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0], 'en'))
    .slice(0, comparedTags)
    .map(([tag]) => ({
      what: `Tag “${tag}”`,
      weights: 'nominal',
      read: (body) => (tagsOf(body).has(tag) ? 'yes' : 'no')
    }))
}

/** Rows for all groups of pairs: what is answered, then the first mistake. */
export function agreementRows(
  groups: readonly PairGroup[],
  finished: readonly FinishedReview[],
  questions: readonly ReviewQuestion[]
): Agreement[] {
  const asked = [...askedOf(questions), ...taggedOf(finished)]
  const people = finished.filter(
    ({ isModel, pass, reviewerName }) => !isModel && pass === 1 && !isAgreed({ name: reviewerName })
  )
  const attempts = [...Map.groupBy(people, ({ trace }) => trace).values()]
  return groups.flatMap((group) => [
    ...asked.flatMap((it) => answerRow(group, it, attempts)),
    ...mistakeRows(group)
  ])
}

function answerRow(
  { between, pairs, hasModel, isSecondLooks }: PairGroup,
  { what, weights, read }: Asked,
  attempts: readonly (readonly FinishedReview[])[]
): Agreement[] {
  const answered = pairs.flatMap(([first, second]) => {
    const pair = [read(first.body), read(second.body)] as const
    return isWhole(pair) ? [pair] : []
  })
  if (answered.length === 0) return []
  const table = tableOf(answered)
  // All people together; where a model is one of two, or both are one person, just these two.
  const units =
    hasModel || isSecondLooks ? answered : attempts.map((made) => made.map((it) => read(it.body)))
  const interval = kappaInterval90(table, weights, hashString(`${between} ${what}`))
  return [
    {
      what,
      between,
      pairs: table.total,
      percent01: percentOf(table),
      kappa: kappaOf(table, weights),
      alpha: weights === 'nominal' ? nominalAlpha(units.map((unit) => unit.map(asText))) : null,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      isRough: table.total < enoughPairs
    }
  ]
}

type Value = string | number
const isWhole = (pair: readonly [Value | null, Value | null]): pair is readonly [Value, Value] =>
  pair[0] !== null && pair[1] !== null
const asText = (value: Value | null): string | null => (value === null ? null : String(value))

/** Where a review says it first went wrong; null = nowhere. */
export function markOf({ noneWrong, firstWrong }: ReviewBody): number | null {
  return noneWrong ? null : firstWrong
}

/** Marks of a pair. */
export function marksOf([first, second]: ReviewPair): MarkPair {
  return [markOf(first.body), markOf(second.body)]
}

function mistakeRows({ between, pairs }: PairGroup): Agreement[] {
  const { pairs: count, exact01, within1of01, within3of01 } = markAgreement(pairs.map(marksOf))
  if (count === 0) return []
  const row = (what: string, percent01: number): Agreement => ({
    what,
    between,
    pairs: count,
    percent01,
    kappa: null,
    alpha: null,
    low: null,
    high: null,
    isRough: count < enoughPairs
  })
  return [
    row('First mistake, same step', exact01),
    row('First mistake, within one step', within1of01),
    row('First mistake, within three steps', within3of01)
  ]
}
