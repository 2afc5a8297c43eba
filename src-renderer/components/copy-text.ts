// Puts text on the clipboard without asking for any permission: the copy command of the page, with
// our text instead of the selection. Must run inside a click or a key press.

/** Copies `text`; false when the browser refused. */
export function copyText(text: string): boolean {
  let isDone = false
  const onCopy = (event: ClipboardEvent): void => {
    event.clipboardData?.setData('text/plain', text)
    event.preventDefault()
    isDone = true
  }
  document.addEventListener('copy', onCopy, { once: true, capture: true })
  try {
    // The only way to copy without the clipboard permission, which both hosts refuse.
    document.execCommand('copy')
  } finally {
    document.removeEventListener('copy', onCopy, { capture: true })
  }
  return isDone
}
