// Where reviewers of a set usually find the first mistake: a plain rule that every suggestion is shown
// beside, and measured against.
import type { FinishedReview } from '../../store/review-records.ts'
import { countingReviews } from '../reviews/report/counting.ts'
import type { TraceSuggestionView } from '../../../api/dto/trace-sets.ts'

/** A first mistake as a person marked it. */
export interface FirstMark {
  readonly trace: number
  /** 0-based. */
  readonly step: number
  /** Steps of the attempt. */
  readonly steps: number
}

/** One mark for each attempt in which people marked a first mistake. */
export function firstMarks(
  finished: readonly FinishedReview[],
  stepsOf: (trace: number) => number
): FirstMark[] {
  return [...countingReviews(finished)].flatMap(([trace, { body }]): FirstMark[] => {
    const steps = stepsOf(trace)
    const step = body.noneWrong ? null : body.firstWrong
    return step === null || step >= steps ? [] : [{ trace, step, steps }]
  })
}

/** Places of marks as shares 0..1 of their attempts, without those of one attempt. */
export function placesWithout(marks: readonly FirstMark[], trace: number): number[] {
  return marks
    .filter((mark) => mark.trace !== trace)
    .map(({ step, steps }) => step / Math.max(1, steps - 1))
}

/** The step at the middle of the places; undefined without any. */
export function usualStep(places: readonly number[], steps: number): number | undefined {
  if (places.length === 0 || steps === 0) return undefined
  const sorted = places.toSorted((a, b) => a - b)
  return Math.round(sorted[Math.floor(sorted.length / 2)] * (steps - 1))
}

/** The plain rule for an attempt: the usual place, else the last step; null without steps. */
export function positionalView(
  places: readonly number[],
  steps: number
): TraceSuggestionView['positional'] {
  if (steps === 0) return null
  const step = usualStep(places, steps)
  if (step === undefined)
    return { step: steps - 1, reason: 'The last step: nobody marked a first mistake here yet.' }
  const marks = places.length === 1 ? '1 mark' : `${places.length.toLocaleString('en')} marks`
  return { step, reason: `Reviewers usually find the first mistake about here (${marks}).` }
}
