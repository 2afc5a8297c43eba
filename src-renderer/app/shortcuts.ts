// Keys that work everywhere: "g" then a letter goes to a section, "?" shows the sheet, F1 the help.
import { onBeforeUnmount, onMounted } from 'vue'

const places = {
  h: 'home',
  d: 'data',
  c: 'choose',
  t: 'tiny',
  a: 'traces',
  r: 'runs',
  s: 'settings'
} as const
/** How long "g" waits for its second key. */
const chordMs = 1200

export interface ShortcutActions {
  go(place: (typeof places)[keyof typeof places]): void
  back(): void
  forward(): void
  showJobs(): void
  showChanges(): void
  showHelp(): void
  showKeys(): void
  /** Undoes what the last message offers; false when there is nothing to undo. */
  undo(): boolean
}

/** Inputs that take no letters, so that the keys of the app work on them. */
const keyless = ['checkbox', 'radio', 'range', 'button', 'submit', 'file']

/** True while keys belong to a field. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target instanceof HTMLInputElement) return !keyless.includes(target.type)
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName)
}

/** True in a layer over the screen: keys must not change what lies beneath it. */
function isInLayer(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"], [role="menu"]') !== null
}

/** Listens for as long as the component lives. */
export function useShortcuts(actions: ShortcutActions): void {
  let chordUntil = 0

  /** True when the key was one of ours. */
  function handle(event: KeyboardEvent): boolean {
    if (event.key === 'F1') {
      actions.showHelp()
      return true
    }
    if (isTyping(event.target) || isInLayer(event.target)) return false
    if (event.altKey && event.key === 'ArrowLeft') {
      actions.back()
      return true
    }
    if (event.altKey && event.key === 'ArrowRight') {
      actions.forward()
      return true
    }
    // With the capitals locked it is a large letter; with Shift it means to do it again.
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z')
      return actions.undo()
    if (event.ctrlKey || event.metaKey || event.altKey) return false
    if (event.timeStamp < chordUntil) {
      chordUntil = 0
      return second(event.key)
    }
    return first(event)
  }
  function second(key: string): boolean {
    if (key === 'j') {
      actions.showJobs()
      return true
    }
    if (key === 'u') {
      actions.showChanges()
      return true
    }
    if (!Object.hasOwn(places, key)) return false
    actions.go(places[key as keyof typeof places])
    return true
  }
  function first(event: KeyboardEvent): boolean {
    if (event.key === 'g') {
      chordUntil = event.timeStamp + chordMs
      return false
    }
    if (event.key === '?') {
      actions.showKeys()
      return true
    }
    if (event.key !== '/') return false
    const field = document.querySelector<HTMLInputElement>('main input[type="search"]')
    field?.focus()
    return field !== null
  }
  function onKey(event: KeyboardEvent): void {
    if (!event.defaultPrevented && handle(event)) event.preventDefault()
  }
  onMounted(() => window.addEventListener('keydown', onKey))
  onBeforeUnmount(() => window.removeEventListener('keydown', onKey))
}
