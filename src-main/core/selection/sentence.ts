// The plain sentence of a selection: what is kept, from what, how, and how it is tested.
import type { SelectDraft } from '../../api/dto/runs.ts'
import { budgetWords, hoursInWords } from './budget.ts'
import type { DraftScope } from './draft-scope.ts'
import { count, things } from './message-parts.ts'
import { goalName } from './recommend.ts'

/** What a draft asks for, in one plain sentence or two. */
export function draftSentence(
  draft: SelectDraft,
  scope: DraftScope,
  method: { readonly name: string; readonly aimsAtTasks: boolean }
): string {
  const from = count(scope.candidates.length)
  const parts = [
    `Keep ${keepWords(draft, scope)} of ${from} items of ${scope.dataset.name} to ${lowerFirst(goalName(draft.goal))}, chosen by ${method.name}`
  ]
  if (method.aimsAtTasks && scope.tasks.length > 0) {
    parts.push(
      `aimed at ${scope.tasks.length === 1 ? 'one target task' : `${scope.tasks.length} target tasks`}`
    )
  }
  parts.push(...ruleWords(draft, scope))
  const check =
    draft.check.isOn && scope.testRows.length > 0
      ? ` Then test the result on ${count(scope.testRows.length)} items, ${draft.check.repeats} times, against random choices of the same size.`
      : ' The result is not tested.'
  return `${parts.join(', ')}.${check}`
}

function keepWords({ budget }: SelectDraft, scope: DraftScope): string {
  const keep = count(Math.min(scope.asked, scope.candidates.length))
  switch (budget.kind) {
    case 'count':
    case 'percent':
      return keep
    case 'bytes':
    case 'tokens':
      return `as many as fit into ${budgetWords(budget)} (about ${keep})`
    case 'time':
      return `as many as a person labels in ${hoursInWords(budget.hours)} (${keep})`
    case 'smallest':
      return `${budgetWords(budget)} (at most ${keep})`
  }
}

function ruleWords({ rules }: SelectDraft, scope: DraftScope): string[] {
  const limited = rules.perClass.filter(({ min, max }) => min !== null || max !== null).length
  const shares = rules.perClass.flatMap(({ label, percent }) =>
    percent === null ? [] : [`${percent} % ${label}`]
  )
  const sources = scope.sources === undefined ? 0 : rules.perSource.length
  return [
    rules.nearDuplicates.isOn ? 'one of each near-duplicate' : '',
    scope.mustKeep.length > 0 ? `${count(scope.mustKeep.length)} kept because you asked` : '',
    rules.mustDrop.length > 0 ? `${count(rules.mustDrop.length)} left out because you asked` : '',
    limited > 0 ? `limits for ${things(limited, 'label', 'labels')}` : '',
    shares.length > 0 && shares.length <= 4 ? `a mix of ${shares.join(', ')}` : '',
    shares.length > 4 ? `shares for ${count(shares.length)} labels` : '',
    sources > 0 ? `limits for ${things(sources, 'source', 'sources')}` : '',
    rules.groupColumn === null ? '' : `items of one \u201c${rules.groupColumn}\u201d together`
  ].filter((words) => words !== '')
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
