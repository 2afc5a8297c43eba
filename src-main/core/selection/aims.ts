// Whether a method aims at a draft's example tasks.
import type { SelectDraft } from '../../api/dto/runs.ts'
import type { SelectionMethod } from '../methods/method.ts'

/**
 * True when the method gets the example tasks: always for methods that need them; for those that
 * can do without, when the user gave examples. Tasks that the app makes up (one per label) show
 * nothing that the data does not show itself.
 */
export function aimsAtTasks(
  { inputs }: Pick<SelectionMethod, 'inputs'>,
  { tasks }: Pick<SelectDraft, 'tasks'>
): boolean {
  return inputs.tasks === true || (inputs.tasks === 'if-given' && tasks.kind === 'sets')
}
