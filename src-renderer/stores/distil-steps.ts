// The steps of "Make a tiny training set" and what each holds of the draft.
import type { DistilDraft } from '@api/dto/distil.ts'
import type { PlanSteps } from './plan-steps.ts'

/** One of the steps. */
export type TinyStep = 'data' | 'kind' | 'size' | 'effort' | 'check' | 'review'

/** The steps. */
export const tinySteps: PlanSteps<DistilDraft, TinyStep> = {
  order: ['data', 'kind', 'size', 'effort', 'check', 'review'],
  parts: {
    data: ['scope', 'leaveOut', 'groups', 'pairs'],
    kind: ['kind', 'method'],
    size: ['perClass'],
    effort: ['effort', 'labels', 'helper', 'side', 'width', 'seed'],
    check: ['check'],
    review: ['name']
  }
}
