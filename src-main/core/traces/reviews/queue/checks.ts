// What is said about a plan before it is started: what makes it impossible, and what it means.
import type { QueuePlan, QueuePreview } from '../../../../api/dto/trace-reviews.ts'
import type { Candidate } from './candidate.ts'

/** One message of a preview. Codes: C1 to C4 and C9 are errors, the rest is good to know. */
export type PlanMessage = QueuePreview['messages'][number]

type Severity = PlanMessage['severity']
const message = (code: string, severity: Severity, text: string): PlanMessage => ({
  code,
  severity,
  text
})

/** What is wrong with the questions of a plan. */
export function questionMessages(questions: QueuePlan['questions']): PlanMessage[] {
  const messages: PlanMessage[] = []
  questions.forEach(({ id, type, choices, text }, i) => {
    if (type === 'tags' && choices.length === 0)
      messages.push(
        message('C2', 'error', `Question ${i + 1} has no answers to choose from. Add some.`)
      )
    if (text.trim() === '')
      messages.push(message('C4', 'error', `Question ${i + 1} has no text. Write what to ask.`))
    // A key of that name would not be a plain entry.
    if (questions.findIndex((it) => it.id === id) !== i || id === '__proto__')
      messages.push(message('C4', 'error', `Question ${i + 1} cannot be told from another one.`))
  })
  return messages
}

/** What a plan lacks, or means, with the attempts that match. */
export function planMessages(
  plan: QueuePlan,
  candidates: readonly Candidate[],
  marked: number
): PlanMessage[] {
  const messages = questionMessages(plan.questions)
  if (!(plan.randomShare01 >= 0.1))
    messages.push(
      message(
        'C3',
        'error',
        'At least a tenth must be drawn at random: without it no rate can be told.'
      )
    )
  if (candidates.length === 0) {
    messages.push(message('C1', 'error', 'No attempt matches. Change the filter.'))
    return messages
  }
  if (plan.order === 'like-marked' && marked === 0)
    messages.push(
      message(
        'C9',
        'error',
        'No attempt was marked as failed or flagged yet, so nothing can be like those. ' +
          'Choose another order.'
      )
    )
  return [...messages, ...notes(plan, candidates)]
}

function notes(plan: QueuePlan, candidates: readonly Candidate[]): PlanMessage[] {
  const found: PlanMessage[] = []
  const count = Math.min(plan.count, candidates.length)
  if (candidates.every(({ outcome }) => outcome === 'unknown'))
    found.push(message('C5', 'note', 'No outcome field found. You can judge outcomes yourself.'))
  if (candidates.length < plan.count)
    found.push(
      message(
        'C6',
        'note',
        `Only ${candidates.length} attempts match, fewer than the ${plan.count} asked for.`
      )
    )
  const random = randomCount(plan, count)
  if (random < 30 && random < candidates.length)
    found.push(
      message('C7', 'note', `Only ${random} are drawn at random: rates will be a rough estimate.`)
    )
  return found
}

/** How many of `count` are drawn at random from all. */
export function randomCount(plan: QueuePlan, count: number): number {
  // In plain random order every place is drawn from all alike.
  if (plan.order === 'random' && !plan.isBalanced) return count
  // A share such as 0.2 is a little more than two tenths: 0.2 of 15 is 3, not 4.
  return Math.min(count, Math.ceil(plan.randomShare01 * count - 1e-9))
}

/** Said when not all second looks fit. */
export function secondLookMessage(wanted: number, planned: number): PlanMessage[] {
  if (planned >= wanted) return []
  const text =
    planned === 0
      ? 'The queue is too short for second looks: they come at least ten places later.'
      : `Only ${planned} of ${wanted} second looks fit: they come at least ten places later.`
  return [message('C8', 'note', text)]
}
