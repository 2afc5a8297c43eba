// What the buttons of a message do: patch the draft, with a way back, or open a place in the app.
import { useRouter } from 'vue-router'
import type { ValidationMessage } from '@api/dto/common.ts'
import { useDraft } from '../../stores/draft.ts'
import { useToasts } from '../../stores/toasts.ts'
import { choose } from '../../text/en/choose.ts'

/** One button of a message. */
export type MessageAction = ValidationMessage['actions'][number]

/** Runs the buttons of review messages. */
export function useMessageActions(): (action: MessageAction) => Promise<void> {
  const draft = useDraft()
  const toasts = useToasts()
  const router = useRouter()

  return async (action) => {
    if (action.patch !== undefined) {
      const undo = draft.applyPatch(action.patch)
      if (undo !== undefined) toasts.showUndo(choose.patched(action.label), undo)
    }
    const dataset = draft.draft?.dataset
    if (action.open === undefined || dataset === undefined) return
    // The plan is saved as it stands, so coming back goes on where this was.
    await draft.flush()
    if (action.open === 'projects') await router.push({ name: 'first-run' })
    else {
      const query = action.open === 'problems' ? { tab: 'problems' } : {}
      await router.push({ name: 'dataset', params: { dataset }, query })
    }
  }
}
