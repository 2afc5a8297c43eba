// Keys of a review work wherever the focus is on the screen: a person goes through hundreds of
// items without looking for a button. Fields, menus and dialogs keep their own keys.
import { onBeforeUnmount, onMounted } from 'vue'
import { isTyping } from '../../../app/shortcuts.ts'

/** How long "g" waits for its second key, which then belongs to the app. */
const chordMs = 1200
/** Marks buttons on which Enter and Space do what the review does with them. */
export const reviewTile = 'data-review-tile'

function isInLayer(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest('[role="dialog"], [role="menu"], [role="listbox"], [role="tablist"]') !== null
  )
}
function isPressing(event: KeyboardEvent): boolean {
  if (event.key !== 'Enter' && event.key !== ' ') return false
  const { target } = event
  if (!(target instanceof Element)) return false
  const control = target.closest('button, a, summary')
  return control !== null && !control.hasAttribute(reviewTile)
}

/** Calls `handle` for keys of the review while the component lives; true = the key was used. */
export function useReviewKeys(handle: (event: KeyboardEvent) => boolean): void {
  let chordUntil = 0
  function onKey(event: KeyboardEvent): void {
    if (event.defaultPrevented || isTyping(event.target) || isInLayer(event.target)) return
    // A layer that lies over the screen without the focus in it, such as a dialog that just opened.
    if (document.querySelector('[role="dialog"]') !== null) return
    const isUndo = (event.ctrlKey || event.metaKey) && event.key === 'z'
    if (!isUndo && (event.altKey || event.metaKey)) return
    if (event.timeStamp < chordUntil) {
      chordUntil = 0
      return
    }
    if (event.key === 'g' && !event.ctrlKey) {
      chordUntil = event.timeStamp + chordMs
      return
    }
    if (isPressing(event)) return
    if (handle(event)) event.preventDefault()
  }
  onMounted(() => document.addEventListener('keydown', onKey))
  onBeforeUnmount(() => document.removeEventListener('keydown', onKey))
}
