// The plan of a review as one plain sentence in pieces that lead back to their steps. Pure.
import type { QueuePlan, QueuePreview } from '@api/dto/trace-reviews.ts'
import type { TracePlanStep } from '../../stores/trace-plan.ts'
import { planReview } from '../../text/trace-plans.ts'
import { formatAbout, formatNumber, formatPercent } from '../../text/format.ts'
import { countOf } from '../../text/nouns.ts'
import type { Phrase } from '../sentence.ts'

/** What the sentence is about. */
export interface PlanFacts {
  readonly plan: QueuePlan
  readonly preview: QueuePreview
  /** Name of the set. */
  readonly setName: string
  /** The plan is for the attempts a filter lets through. */
  readonly isFiltered: boolean
}

/** "Review 200 attempts of the 1,240 in “Airline”, the most informative first, with 20 % drawn at random, …" */
export function planPhrases(facts: PlanFacts): Phrase<TracePlanStep>[] {
  const { plan, preview, setName, isFiltered } = facts
  const words = planReview.sentence
  const matching = countOf(preview.matching, 'attempt')
  const phrases: Phrase<TracePlanStep>[] = [
    { text: words.review },
    { text: words.attempts(formatNumber(preview.count)), step: 'order' },
    { text: words.ofThese },
    {
      text: isFiltered ? words.matching(matching) : words.all(matching, setName),
      step: 'order'
    },
    { text: ',' },
    { text: words.order[plan.order], step: 'order' },
    { text: ',' }
  ]
  if (plan.order !== 'random')
    phrases.push(
      { text: words.random(formatPercent(plan.randomShare01, 0)), step: 'order' },
      { text: ',' }
    )
  if (plan.isBalanced) phrases.push({ text: words.balanced, step: 'order' }, { text: ',' })
  phrases.push({ text: words.judge[plan.template], step: 'judge' })
  if (plan.questions.length > 0)
    phrases.push({
      text: words.questions(countOf(plan.questions.length, 'question')),
      step: 'judge'
    })
  phrases.push(
    { text: '.' },
    { text: plan.isBlind ? words.blind : words.open, step: 'reading' },
    { text: ',' },
    {
      text:
        preview.secondLooks === 0
          ? words.noAgain
          : words.again(countOf(preview.secondLooks, 'attempt')),
      step: 'reading'
    }
  )
  if (plan.reviewers > 1)
    phrases.push(
      { text: ',' },
      { text: words.people(formatNumber(plan.reviewers)), step: 'reading' }
    )
  phrases.push({ text: '.' }, { text: words.time(formatAbout(preview.seconds)) })
  return phrases
}
