// What a draft's review says where learning directions made elsewhere do not fit: which are missing,
// and how to go on without them.
import type { ValidationMessage } from '../../api/dto/common.ts'
import type { SelectDraft } from '../../api/dto/runs.ts'
import type { SelectionMethod } from '../methods/method.ts'
import type { Store } from '../store/records.ts'
import { gradientProblem } from './gradients.ts'
import { message, patch, type MessageInputs } from './message-parts.ts'
import type { PlannedTask } from './tasks.ts'

/** What keeps a draft's methods from reading joined gradients; undefined where nothing does. */
export function draftGradientProblem(
  store: Store,
  draft: SelectDraft,
  tasks: readonly PlannedTask[],
  methods: readonly SelectionMethod[]
): string | undefined {
  const ids = [draft.method, ...draft.alsoTry].map(({ id }) => id)
  const isRead = methods.some(({ id, inputs }) => inputs.gradients === true && ids.includes(id))
  return isRead ? gradientProblem(store, draft, tasks) : undefined
}

/** G1: gradients of the pool or of the examples are missing. */
export function gradientMessages({
  draft,
  gradientProblem: problem
}: MessageInputs): ValidationMessage[] {
  if (problem === undefined) return []
  return [
    message('G1', 'error', 'method', problem, [
      { label: 'Let a helper model learn here instead', patch: patch({ gradients: [] }) },
      ...(draft.gradients.length > 1
        ? [
            {
              label: 'Keep only the first',
              patch: patch({ gradients: draft.gradients.slice(0, 1) })
            }
          ]
        : [])
    ])
  ]
}
