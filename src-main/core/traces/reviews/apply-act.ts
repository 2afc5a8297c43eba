// One act of a reviewer on a review's document, with what it replaced, so that it can be taken back.
// Pure: what is refused throws before anything is changed.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { ReviewAct, ReviewBody, ReviewQuestion } from '../../../api/dto/trace-reviews.ts'
import { AppError } from '../../../api/errors.ts'
import type { BodyPart } from '../../store/review-records.ts'
import { checkAnswer, checkCorrection, checkStep } from './check-act.ts'
import { readPart, withParts } from './review-body.ts'

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
  const parts = partsOf(body, act, context)
  const before = parts.map(({ field, key }) => readPart(body, field, key))
  const isSame = JSON.stringify(before) === JSON.stringify(parts)
  return isSame ? { body, before: [] } : { body: withParts(body, parts), before }
}

/** What an act puts in. */
function partsOf(body: ReviewBody, act: ReviewAct, context: ActContext): readonly BodyPart[] {
  if ('step' in act && act.step !== null) checkStep(act.step, context.steps)
  switch (act.kind) {
    case 'verdict':
      return [field('verdict', act.verdict)]
    case 'first-wrong':
      return mistake('firstWrong', act.step)
    case 'decisive':
      return mistake('decisive', act.step)
    case 'none-wrong':
      return act.value
        ? [field('noneWrong', true), field('firstWrong', null), field('decisive', null)]
        : [field('noneWrong', false)]
    case 'confidence':
      return [field('confidence', act.value)]
    case 'keep':
      return [field('keep', act.value)]
    case 'answer':
      checkAnswer(act.question, act.answer, context.questions)
      return [entry('answers', act.question, act.answer)]
    case 'mark':
      return [entry('marks', act.step, act.mark)]
    case 'correction':
      if (act.correction) checkCorrection(act.correction)
      return [entry('corrections', act.step, act.correction)]
    case 'tag':
      return [field('tags', tagged(body.tags, act.tag, act.on, 100))]
    case 'step-tag':
      return [stepTags(body, act.step, act.tag, act.on)]
    case 'note':
      return [field('note', act.text)]
    case 'step-note':
      return [entry('stepNotes', act.step, act.text === '' ? null : act.text)]
    case 'flag':
      return [field('isFlagged', act.value)]
    case 'suggestion':
      return suggestion(act, context)
  }
}

function field(name: keyof ReviewBody, value: JsonValue): BodyPart {
  return { field: name, key: null, value }
}

function entry(name: keyof ReviewBody, key: string | number, value: JsonValue): BodyPart {
  return value === null
    ? { field: name, key: String(key) }
    : { field: name, key: String(key), value }
}

// A mistake at a step says that not every step is right.
function mistake(name: 'firstWrong' | 'decisive', step: number | null): readonly BodyPart[] {
  return step === null ? [field(name, null)] : [field(name, step), field('noneWrong', false)]
}

function tagged(tags: readonly string[], tag: string, on: boolean, most: number): string[] {
  if (!on) return tags.filter((name) => name !== tag)
  if (tags.includes(tag)) return [...tags]
  if (tags.length >= most)
    throw new AppError('invalid-input', `There are already ${most} tags here.`, {
      hint: 'Take one away first.'
    })
  return [...tags, tag]
}

function stepTags(body: ReviewBody, step: number, tag: string, on: boolean): BodyPart {
  const tags = tagged(body.stepTags[String(step)] ?? [], tag, on, 30)
  return entry('stepTags', step, tags.length === 0 ? null : tags)
}

function suggestion(
  act: Extract<ReviewAct, { kind: 'suggestion' }>,
  { hidesSuggestions }: ActContext
): readonly BodyPart[] {
  if (hidesSuggestions && act.value !== null)
    throw new AppError('invalid-input', 'Suggestions are hidden until this review is done.')
  const own = field('suggestion', act.value)
  return act.value === 'accepted' && act.step !== null
    ? [own, ...mistake('firstWrong', act.step)]
    : [own]
}
