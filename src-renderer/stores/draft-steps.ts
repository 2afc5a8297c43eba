// The steps of "Choose the best part of my data" and what each holds of the draft.
import type { SelectDraft } from '@api/dto/runs.ts'
import type { PlanSteps } from './plan-steps.ts'

/** One of the steps. */
export type ChooseStep = 'data' | 'goal' | 'budget' | 'rules' | 'method' | 'check' | 'review'

/** The steps. */
export const chooseSteps: PlanSteps<SelectDraft, ChooseStep> = {
  order: ['data', 'goal', 'budget', 'rules', 'method', 'check', 'review'],
  parts: {
    data: ['scope'],
    goal: ['goal', 'tasks'],
    budget: ['budget'],
    rules: ['rules'],
    method: ['method', 'alsoTry', 'seed'],
    check: ['check'],
    review: ['name']
  }
}
