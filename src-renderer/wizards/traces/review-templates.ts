// Templates of reviews: the questions each begins with, and what is wrong with questions that were
// written by hand. Pure.
import type { QueuePlan, ReviewQuestion } from '@api/dto/trace-reviews.ts'
import { planReview as words, reviewTemplates } from '../../text/trace-plans.ts'

/** What a review is about. */
export type TemplateId = QueuePlan['template']
/** Templates in the order of the cards. */
export const templateOrder: readonly TemplateId[] = [
  'finished',
  'safe',
  'efficient',
  'training',
  'custom'
]
/** The most questions of one review. */
export const mostQuestions = 6

/** Questions that ask for a figure instead of a yes or no. */
const scales: ReadonlySet<string> = new Set(['direct', 'quality'])

/** The questions a template begins with; the first needs an answer. */
export function questionsOf(template: TemplateId): ReviewQuestion[] {
  if (template === 'custom') return [emptyQuestion([])]
  return reviewTemplates[template].map(({ id, text, reasons }, at) => ({
    id,
    text,
    type: scales.has(id) ? 'scale' : 'yes-no',
    choices: [],
    isRequired: at === 0,
    reasons: [...reasons]
  }))
}
/** A question with nothing in it yet, under an id of its own. */
export function emptyQuestion(others: readonly ReviewQuestion[]): ReviewQuestion {
  const taken = new Set(others.map(({ id }) => id))
  let number = others.length + 1
  while (taken.has(`q${number}`)) number += 1
  return {
    id: `q${number}`,
    text: '',
    type: 'yes-no',
    choices: [],
    isRequired: false,
    reasons: []
  }
}
/** Non-empty lines of a text field, each once. */
export function linesOf(text: string): string[] {
  const lines = text.split('\n').map((line) => line.trim().slice(0, 80))
  return [...new Set(lines.filter((line) => line !== ''))].slice(0, 30)
}
/** What keeps a question from being asked; undefined when nothing does. */
export function questionProblem(question: ReviewQuestion, at: number): string | undefined {
  if (question.text.trim() === '') return words.textMissing
  return question.type === 'tags' && question.choices.length < 2
    ? words.choicesMissing(at + 1)
    : undefined
}
/** Questions as they are stored: parts that do not belong to their type are left out. */
export function tidyQuestions(questions: readonly ReviewQuestion[]): ReviewQuestion[] {
  return questions.map((question) => ({
    ...question,
    text: question.text.trim(),
    choices: question.type === 'tags' ? question.choices : [],
    reasons: question.type === 'yes-no' ? question.reasons : []
  }))
}
