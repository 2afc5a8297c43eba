// An act in a few words, for "Undo: verdict fail".
import type { ReviewAct, ReviewQuestion, StepMark } from '../../../api/dto/trace-reviews.ts'

const marks: Readonly<Record<StepMark, string>> = {
  good: 'good step',
  bad: 'bad step',
  neutral: 'neither good nor bad',
  recovered: 'recovered here',
  irrelevant: 'does not matter'
}

/** What an act did: "verdict fail", "first mistake at step 4". Steps count from 1 for people. */
export function actWords(act: ReviewAct, questions: readonly ReviewQuestion[]): string {
  switch (act.kind) {
    case 'verdict':
      return act.verdict === null ? 'no verdict' : `verdict ${act.verdict}`
    case 'first-wrong':
      return placed('first mistake', act.step)
    case 'decisive':
      return placed('decisive mistake', act.step)
    case 'none-wrong':
      return act.value ? 'no step is wrong' : 'some step is wrong'
    case 'confidence':
      return act.value === null ? 'no confidence' : `confidence ${act.value} of 3`
    case 'keep':
      return act.value === null ? 'no choice on keeping' : `keep for training: ${act.value}`
    case 'answer':
      return answerWords(act, questions)
    case 'flag':
      return act.value ? 'flag' : 'flag taken away'
    case 'note':
      return act.text === '' ? 'note taken away' : 'note'
    case 'suggestion':
      return act.value === null ? 'suggestion left open' : `suggestion ${act.value}`
    default:
      return stepWords(act)
  }
}

type StepAct = Extract<
  ReviewAct,
  { kind: 'mark' | 'correction' | 'tag' | 'step-tag' | 'step-note' }
>

function stepWords(act: StepAct): string {
  const tag = 'tag' in act ? `tag “${act.tag}”${act.on ? '' : ' taken away'}` : ''
  if (act.kind === 'tag') return tag
  const at = `at step ${act.step + 1}`
  switch (act.kind) {
    case 'mark':
      return act.mark === null ? `no mark ${at}` : `${marks[act.mark]} ${at}`
    case 'correction':
      return act.correction === null ? `correction taken away ${at}` : `correction ${at}`
    case 'step-tag':
      return `${tag} ${at}`
    case 'step-note':
      return act.text === '' ? `note taken away ${at}` : `note ${at}`
  }
}

function placed(what: string, step: number | null): string {
  return step === null ? `no ${what}` : `${what} at step ${step + 1}`
}

function answerWords(
  { question, answer }: Extract<ReviewAct, { kind: 'answer' }>,
  questions: readonly ReviewQuestion[]
): string {
  const text = questions.find(({ id }) => id === question)?.text ?? 'a question'
  const name = text.length > 40 ? `${text.slice(0, 39)}…` : text
  if (answer === null) return `no answer to “${name}”`
  const { value } = answer
  const isShort = typeof value === 'number' || ['yes', 'no', 'unsure'].includes(String(value))
  return isShort ? `answer ${value} to “${name}”` : `answer to “${name}”`
}
