// The plain sentence of a selection: what is kept, from what, how, and how it is tested.
import type { SelectDraft } from '../../api/dto/runs.ts'
import type { DraftScope } from './draft-scope.ts'
import { goalName } from './recommend.ts'

/** What a draft asks for, in one plain sentence or two. */
export function draftSentence(
  draft: SelectDraft,
  scope: DraftScope,
  method: { readonly name: string; readonly aimsAtTasks: boolean }
): string {
  const keep = Math.min(scope.asked, scope.candidates.length)
  const from = scope.candidates.length.toLocaleString('en')
  const parts = [
    `Keep ${keep.toLocaleString('en')} of ${from} items of ${scope.dataset.name} to ${lowerFirst(goalName(draft.goal))}, chosen by ${method.name}`
  ]
  if (method.aimsAtTasks && scope.tasks.length > 0) {
    parts.push(
      `aimed at ${scope.tasks.length === 1 ? 'one target task' : `${scope.tasks.length} target tasks`}`
    )
  }
  const { nearDuplicates } = draft.rules
  if (nearDuplicates.isOn) parts.push('one of each near-duplicate')
  if (scope.mustKeep.length > 0)
    parts.push(`${scope.mustKeep.length.toLocaleString('en')} kept because you asked`)
  const check =
    draft.check.isOn && scope.testRows.length > 0
      ? ` Then test the result on ${scope.testRows.length.toLocaleString('en')} items, ${draft.check.repeats} times, against random choices of the same size.`
      : ' The result is not tested.'
  return `${parts.join(', ')}.${check}`
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
