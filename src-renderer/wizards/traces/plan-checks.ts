// What keeps a plan from being started, step by step, and which steps are as recommended. Pure.
import type { QueuePlan, QueuePreview } from '@api/dto/trace-reviews.ts'
import type { TracePlanStep } from '../../stores/trace-plan.ts'
import { questionProblem } from './review-templates.ts'

/** Parts of the plan each step sets. */
export const stepParts: Readonly<Record<TracePlanStep, readonly (keyof QueuePlan)[]>> = {
  judge: ['template', 'questions'],
  order: ['filter', 'order', 'count', 'randomShare01', 'isBalanced'],
  reading: ['isBlind', 'secondLook01', 'reviewers'],
  start: ['name']
}

/** The first step with something to set right; undefined when the plan can be started. */
export function blockedStep(
  plan: QueuePlan,
  preview: QueuePreview | undefined,
  reviewer: string
): TracePlanStep | undefined {
  if (plan.questions.some((question, at) => questionProblem(question, at) !== undefined))
    return 'judge'
  if (preview !== undefined && preview.count === 0) return 'order'
  if (preview?.messages.some(({ severity }) => severity === 'error') === true) return 'order'
  return plan.name.trim() === '' || reviewer.trim() === '' ? 'start' : undefined
}

/** True when a step is as it was recommended. */
export function isStepRecommended(
  plan: QueuePlan,
  recommended: QueuePlan,
  step: TracePlanStep
): boolean {
  return stepParts[step].every(
    (part) => JSON.stringify(plan[part]) === JSON.stringify(recommended[part])
  )
}
/** The parts of a step as they were recommended. */
export function recommendedParts(recommended: QueuePlan, step: TracePlanStep): Partial<QueuePlan> {
  return Object.fromEntries(stepParts[step].map((part) => [part, recommended[part]]))
}
