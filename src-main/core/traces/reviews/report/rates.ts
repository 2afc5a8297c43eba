// Shares and means with intervals over attempts that were drawn at random. Pure.
import type {
  ReviewBody,
  ReviewMean,
  ReviewQuestion,
  ReviewRate,
  Verdict
} from '../../../../api/dto/trace-reviews.ts'
import { hashString } from '../../../compute/random.ts'
import { meanInterval95, wilson95 } from '../../agreement/intervals.ts'
import { isAnswerTo } from '../check-act.ts'

const verdictNames: Readonly<Record<Verdict, string>> = {
  pass: 'Passed',
  fail: 'Failed',
  partial: 'Passed in part',
  unsure: 'Unsure'
}

/** `count` of `of` with its interval. */
export function rate(name: string, count: number, of: number): ReviewRate {
  const { low, high } = wilson95(count, of)
  return { name, count, of, share01: of === 0 ? 0 : count / of, low01: low, high01: high }
}

/** Answers to a question that fit it; an answer given before it was changed may not. */
export function answersTo(
  question: ReviewQuestion,
  bodies: readonly ReviewBody[]
): readonly (string | number | readonly string[])[] {
  return bodies.flatMap(({ answers }) => {
    const answer = Object.hasOwn(answers, question.id) ? answers[question.id] : undefined
    return answer && isAnswerTo(question, answer) ? [answer.value] : []
  })
}

/** Verdicts, "keep for training", each yes/no question and each choice; one body an attempt. */
export function ratesOf(
  bodies: readonly ReviewBody[],
  questions: readonly ReviewQuestion[]
): ReviewRate[] {
  if (bodies.length === 0) return []
  const verdicts = (Object.keys(verdictNames) as Verdict[]).map((verdict) => {
    const count = bodies.filter((body) => body.verdict === verdict).length
    return rate(verdictNames[verdict], count, bodies.length)
  })
  const keeps = bodies.flatMap(({ keep }) => (keep === null ? [] : [keep]))
  const kept = keeps.filter((keep) => keep === 'yes').length
  return [
    ...verdicts,
    ...(keeps.length > 0 ? [rate('Keep for training', kept, keeps.length)] : []),
    ...questions.flatMap((question) => questionRates(question, bodies))
  ]
}

function questionRates(question: ReviewQuestion, bodies: readonly ReviewBody[]): ReviewRate[] {
  const answers = answersTo(question, bodies)
  if (answers.length === 0) return []
  if (question.type === 'yes-no')
    return [
      rate(`${question.text} Yes`, answers.filter((it) => it === 'yes').length, answers.length)
    ]
  if (question.type !== 'tags') return []
  return question.choices.map((choice) => {
    const count = answers.filter((it) => Array.isArray(it) && it.includes(choice)).length
    return rate(`${question.text} ${choice}`, count, answers.length)
  })
}

/** Means of questions answered from 1 to 5. */
export function meansOf(
  bodies: readonly ReviewBody[],
  questions: readonly ReviewQuestion[]
): ReviewMean[] {
  return questions
    .filter(({ type }) => type === 'scale')
    .flatMap((question) => {
      const values = answersTo(question, bodies).map(Number)
      if (values.length === 0) return []
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length
      const interval = meanInterval95(values, hashString(question.id))
      return [{ name: question.text, count: values.length, mean, ...interval }]
    })
}
