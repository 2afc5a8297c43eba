// One act of a reviewer on a review's document, with what it replaced, so that it can be taken back.
// Pure: what is refused throws before anything is changed.
import type { ReviewAct, ReviewBody, ReviewQuestion } from '../../../api/dto/trace-reviews.ts'
import { AppError } from '../../../api/errors.ts'
import { partsOfAct, withParts, type BodyPart } from '../../../api/review-acts.ts'
import { checkAnswer, checkCorrection, checkStep } from './check-act.ts'
import { readPart } from './review-body.ts'

/** What an act is checked against. */
export interface ActContext {
  /** Number of steps of the attempt. */
  readonly steps: number
  readonly questions: readonly ReviewQuestion[]
  /** Suggestions are hidden until the review is done, so none can be accepted. */
  readonly hidesSuggestions: boolean
}

/** A document after an act. */
export interface Applied {
  readonly body: ReviewBody
  /** The parts it replaced; none when nothing changed. `withParts(body, before)` takes it back. */
  readonly before: readonly BodyPart[]
}

/** Applies an act. Throws AppError "invalid-input" with a plain sentence for one that cannot be. */
export function applyAct(body: ReviewBody, act: ReviewAct, context: ActContext): Applied {
  check(body, act, context)
  const parts = partsOfAct(body, act)
  const before = parts.map(({ field, key }) => readPart(body, field, key))
  const isSame = JSON.stringify(before) === JSON.stringify(parts)
  return isSame ? { body, before: [] } : { body: withParts(body, parts), before }
}

/** Throws for an act that cannot be. */
function check(body: ReviewBody, act: ReviewAct, context: ActContext): void {
  if ('step' in act && act.step !== null) checkStep(act.step, context.steps)
  switch (act.kind) {
    case 'answer':
      return checkAnswer(act.question, act.answer, context.questions)
    case 'correction':
      return act.correction ? checkCorrection(act.correction) : undefined
    case 'tag':
      return act.on ? checkRoom(body.tags, act.tag, 100) : undefined
    case 'step-tag':
      return act.on ? checkRoom(body.stepTags[String(act.step)] ?? [], act.tag, 30) : undefined
    case 'suggestion':
      if (context.hidesSuggestions && act.value !== null)
        throw new AppError('invalid-input', 'Suggestions are hidden until this review is done.')
      return
    default:
      return
  }
}

function checkRoom(tags: readonly string[], tag: string, most: number): void {
  if (tags.includes(tag) || tags.length < most) return
  throw new AppError('invalid-input', `There are already ${most} tags here.`, {
    hint: 'Take one away first.'
  })
}
