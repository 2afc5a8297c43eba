// Listens to the keys of the review wherever the focus is on its screen. Fields, menus and dialogs
// keep their own keys; there only ending the review and leaving the field count.
import { onBeforeUnmount, onMounted } from 'vue'
import { isTyping } from '../../../app/shortcuts.ts'
import {
  commandOf,
  type ReviewCommand,
  type ReviewKeys
} from '../../../stores/trace-review-keys.ts'

function isInLayer(): boolean {
  return document.querySelector('[role="dialog"], [role="menu"], [role="alertdialog"]') !== null
}
/** Enter and space press the button that has the focus. */
function isPressing(event: KeyboardEvent): boolean {
  return (
    (event.key === 'Enter' || event.key === ' ') &&
    !event.ctrlKey &&
    !event.metaKey &&
    event.target instanceof Element &&
    event.target.closest('button, a, summary') !== null
  )
}

/** Calls `run` for keys of the review while the component lives; true = there was something to do. */
export function useReviewKeys(
  keys: () => ReviewKeys,
  run: (command: ReviewCommand) => boolean
): void {
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || isInLayer() || isPressing(event)) return
    const typing = isTyping(event.target)
    const command = commandOf(keys(), event, typing)
    if (command === undefined) return
    if (typing && command === 'cancel') {
      if (event.target instanceof HTMLElement) event.target.blur()
      event.preventDefault()
      return
    }
    // Held down, a key may walk through steps, but must not mark one after the other.
    if (event.repeat && !/^(step|error|finding|trace)-/.test(command)) {
      event.preventDefault()
      return
    }
    if (run(command)) event.preventDefault()
  }
  // Before the keys of the whole app: "g" and "?" mean something here.
  onMounted(() => document.addEventListener('keydown', onKey))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
}
