// A method's parameters for a draft: those of the effort, then what the analyst set by hand.
import type { DistilDraft } from '../../api/dto/distil.ts'
import type { DistillationMethod } from '../methods/distillation/distillation-method.ts'

/** Throws a ZodError when something set by hand is not possible. */
export function methodParams(
  method: DistillationMethod,
  draft: Pick<DistilDraft, 'effort' | 'method'>
): Record<string, unknown> {
  const own = draft.method.id === method.id ? draft.method.params : {}
  return method.params.parse({ ...method.efforts[draft.effort], ...own })
}
