// What the buttons of a message do: patch the draft, with a way back, or open a place in the app.
import { useRouter } from 'vue-router'
import type { JsonValue, ValidationMessage } from '@api/dto/common.ts'
import { useToasts } from '../stores/toasts.ts'
import { choose } from '../text/choose.ts'

/** One button of a message. */
export type MessageAction = ValidationMessage['actions'][number]

/** The draft that messages are about. */
export interface PatchedPlan {
  readonly draft: { readonly dataset: string } | undefined
  applyPatch(patch: Readonly<Record<string, JsonValue>>): (() => void) | undefined
  flush(): Promise<void>
}

/** Runs the buttons of a plan's messages. */
export function usePlanActions(plan: PatchedPlan): (action: MessageAction) => Promise<void> {
  const toasts = useToasts()
  const router = useRouter()

  return async (action) => {
    if (action.patch !== undefined) {
      const undo = plan.applyPatch(action.patch)
      if (undo !== undefined) toasts.showUndo(choose.patched(action.label), undo)
    }
    const dataset = plan.draft?.dataset
    if (action.open === undefined || dataset === undefined) return
    // The plan is saved as it stands, so coming back goes on where this was.
    await plan.flush()
    if (action.open === 'projects') await router.push({ name: 'first-run' })
    else if (action.open === 'choose') await router.push({ name: 'choose', query: { dataset } })
    else {
      const query = action.open === 'problems' ? { tab: 'problems' } : {}
      await router.push({ name: 'dataset', params: { dataset }, query })
    }
  }
}
