// Ctrl+Z and Ctrl+Shift+Z on the screens of a dataset: its changes, one step back and forward. Where
// the last message offers to undo something else, the key belongs to that.
import { onBeforeUnmount, onMounted } from 'vue'
import { isTyping } from '../../app/shortcuts.ts'
import { useEdits } from '../../stores/edits.ts'
import { useProject } from '../../stores/project.ts'
import { useToasts } from '../../stores/toasts.ts'
import { browse as words } from '../../text/browse.ts'

/** Listens for as long as the component lives. */
export function useUndoKeys(dataset: () => string): void {
  const edits = useEdits()
  const project = useProject()
  const toasts = useToasts()

  async function step(isBack: boolean): Promise<void> {
    await toasts.attempt(async () => {
      const done = await (isBack ? edits.undo(dataset()) : edits.redo(dataset()))
      if (done === undefined) return
      toasts.show(isBack ? words.undone(done.sentence) : words.redone(done.sentence))
    })
  }
  function onKey(event: KeyboardEvent): void {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || isTyping(event.target)) return
    const key = event.key.toLowerCase()
    const isBack = key === 'z' && !event.shiftKey
    const isForward = (key === 'z' && event.shiftKey) || key === 'y'
    if ((!isBack && !isForward) || project.isReadOnly) return
    if (isBack && (edits.isUndoElsewhere || edits.current(dataset()) === 0)) return
    if (isForward && edits.undone(dataset()).length === 0) return
    event.preventDefault()
    void step(isBack)
  }
  // Before the keys of the frame, which undo what the last message offers.
  onMounted(() => window.addEventListener('keydown', onKey, { capture: true }))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey, { capture: true }))
}
