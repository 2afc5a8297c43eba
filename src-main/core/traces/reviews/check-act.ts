// What a review may hold: steps that exist, questions that are asked, answers of their kind,
// corrections that a tool could be called with; and what it must hold before it is done.
import type {
  ReviewAnswer,
  ReviewBody,
  ReviewQuestion,
  StepCorrection
} from '../../../api/dto/trace-reviews.ts'
import { AppError } from '../../../api/errors.ts'

// A correction is one call; more than this is not something a person wrote.
const longestArguments = 200_000

/** Throws AppError "invalid-input" for a step that the attempt does not have. */
export function checkStep(step: number, steps: number): void {
  if (step < steps) return
  const have = steps === 1 ? 'one step' : `${steps} steps`
  throw new AppError(
    'invalid-input',
    steps === 0
      ? 'This attempt has no steps to mark.'
      : `There is no step ${step + 1}: this attempt has ${have}.`
  )
}

/** Throws AppError "invalid-input" for an unknown question or an answer of another kind. */
export function checkAnswer(
  id: string,
  answer: ReviewAnswer | null,
  questions: readonly ReviewQuestion[]
): void {
  // Taking an answer away is possible even when its question was removed.
  if (answer === null) return
  const question = questions.find((it) => it.id === id)
  if (!question)
    throw new AppError('invalid-input', 'This question is not asked in this queue any more.', {
      hint: 'Open the review again to see the questions of now.'
    })
  if (!isAnswerTo(question, answer))
    throw new AppError('invalid-input', `This is not an answer to “${question.text}”.`, {
      hint: answerHints[question.type]
    })
}

const answerHints: Readonly<Record<ReviewQuestion['type'], string>> = {
  'yes-no': 'Answer yes, no or unsure.',
  scale: 'Answer with a whole number from 1 to 5.',
  tags: 'Choose from the answers of the question.',
  note: 'Answer with a text.'
}

/** True when an answer fits its question: its kind, and its choices and reasons. */
export function isAnswerTo(question: ReviewQuestion, { value }: ReviewAnswer): boolean {
  switch (question.type) {
    case 'yes-no':
      return value === 'yes' || value === 'no' || value === 'unsure'
    case 'scale':
      return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 5
    case 'tags':
      return Array.isArray(value) && value.every((tag) => question.choices.includes(tag))
    case 'note':
      return typeof value === 'string'
  }
}

/** True when an answer says something. */
function isAnswered(question: ReviewQuestion, answer: ReviewAnswer | undefined): boolean {
  if (!answer || !isAnswerTo(question, answer)) return false
  const { value } = answer
  return typeof value === 'number' || value.length > 0
}

/** Throws AppError "invalid-input" when a correction's arguments are not named values. */
export function checkCorrection({ verb, args }: StepCorrection): void {
  const isNamed = args === null || (typeof args === 'object' && !Array.isArray(args))
  if (!isNamed && verb !== 'say')
    throw new AppError('invalid-input', 'The arguments of a correction must be named values.', {
      hint: 'Write them as {"name": value}.'
    })
  if (JSON.stringify(args).length > longestArguments)
    throw new AppError('invalid-input', 'These arguments are too long for a correction.')
}

/** What a review still lacks to be done, in a sentence; undefined when nothing is. */
export function missingFor(
  body: ReviewBody,
  questions: readonly ReviewQuestion[]
): string | undefined {
  if (body.verdict === null) return 'Choose a verdict first: pass, fail, partial or unsure.'
  const open = questions.find((it) => it.isRequired && !isAnswered(it, body.answers[it.id]))
  if (open) return `Answer “${open.text}” first.`
  const { firstWrong, decisive } = body
  if (firstWrong !== null && decisive !== null && decisive < firstWrong)
    return (
      `The decisive mistake (step ${decisive + 1}) comes before the first mistake ` +
      `(step ${firstWrong + 1}). Change one of them.`
    )
  return undefined
}
