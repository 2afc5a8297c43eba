// Labels that come in stages: which labels each stage brings, and the space its memory may take.
import { AppError } from '../../../../api/errors.ts'
import type { DistillationShape } from '../distillation-method.ts'
import type { MemoryPlan } from './budget.ts'
import { stagesOf } from './continual.ts'
import type { MemoryParams } from './params.ts'
import { plannedFor } from './plan.ts'

/** With one label there is nothing to tell apart, so a network learns nothing from a stage. */
const fewestLabels = 2

/** Labels of each stage. Throws AppError "method-not-possible" where a stage would bring only one. */
export function stageClasses(classes: number, stages: number): readonly (readonly number[])[] {
  const most = Math.floor(classes / fewestLabels)
  if (stages <= Math.max(1, most)) return stagesOf(classes, stages)
  throw new AppError(
    'method-not-possible',
    `${classes} labels cannot come in ${stages} stages: each stage has to bring at least ${fewestLabels}.`,
    { hint: most < 2 ? 'Take one stage.' : `Take ${most} stages or fewer.` }
  )
}

/** The plan of every stage; a stage's space is that of its own labels. */
export function stagePlans(
  { shape, perClass, classes }: Pick<DistillationShape, 'shape' | 'perClass' | 'classes'>,
  params: MemoryParams
): readonly { readonly classes: number; readonly plan: MemoryPlan }[] {
  return stageClasses(classes, params.stages).map(({ length }) => ({
    classes: length,
    plan: plannedFor({ shape, perClass, classes: length }, params)
  }))
}
