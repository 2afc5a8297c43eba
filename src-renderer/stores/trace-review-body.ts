// What a review says once an act was done: the screen shows an act before the app has stored it.
import type { ReviewAct, ReviewBody } from '@api/dto/trace-reviews.ts'

/** A record with one entry set, or without it. */
function withEntry<T>(
  record: Readonly<Record<string, T>>,
  key: string | number,
  value: T | null
): Record<string, T> {
  const rest = Object.fromEntries(Object.entries(record).filter(([name]) => name !== String(key)))
  return value === null ? rest : { ...rest, [key]: value }
}
function withTag(tags: readonly string[], tag: string, isOn: boolean): string[] {
  const others = tags.filter((known) => known !== tag)
  return isOn ? [...others, tag] : others
}

/**
 * The body after an act. Marking a mistake and saying that no step is wrong take each other back, as
 * the stored review does.
 */
export function applyAct(body: ReviewBody, act: ReviewAct): ReviewBody {
  switch (act.kind) {
    case 'verdict':
      return { ...body, verdict: act.verdict }
    case 'first-wrong':
      return { ...body, firstWrong: act.step, noneWrong: act.step === null && body.noneWrong }
    case 'decisive':
      return { ...body, decisive: act.step, noneWrong: act.step === null && body.noneWrong }
    case 'none-wrong':
      return act.value
        ? { ...body, noneWrong: true, firstWrong: null, decisive: null }
        : { ...body, noneWrong: false }
    case 'confidence':
      return { ...body, confidence: act.value }
    case 'keep':
      return { ...body, keep: act.value }
    case 'answer':
      return { ...body, answers: withEntry(body.answers, act.question, act.answer) }
    case 'flag':
      return { ...body, isFlagged: act.value }
    case 'note':
      return { ...body, note: act.text }
    case 'tag':
      return { ...body, tags: withTag(body.tags, act.tag, act.on) }
    case 'suggestion':
      return act.value === 'accepted' && act.step !== null
        ? { ...body, suggestion: act.value, firstWrong: act.step, noneWrong: false }
        : { ...body, suggestion: act.value }
    default:
      return applyStepAct(body, act)
  }
}

type StepAct = Extract<ReviewAct, { kind: 'mark' | 'correction' | 'step-tag' | 'step-note' }>

function applyStepAct(body: ReviewBody, act: StepAct): ReviewBody {
  switch (act.kind) {
    case 'mark':
      return { ...body, marks: withEntry(body.marks, act.step, act.mark) }
    case 'correction':
      return { ...body, corrections: withEntry(body.corrections, act.step, act.correction) }
    case 'step-tag': {
      const tags = withTag(body.stepTags[act.step] ?? [], act.tag, act.on)
      return {
        ...body,
        stepTags: withEntry(body.stepTags, act.step, tags.length > 0 ? tags : null)
      }
    }
    case 'step-note':
      return {
        ...body,
        stepNotes: withEntry(body.stepNotes, act.step, act.text === '' ? null : act.text)
      }
  }
}
