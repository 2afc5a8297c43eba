// Finds what a person sees on the screen: which part of the app is shown, and a control by its name.
// Names are the words of the screens, so nothing has to be marked for the help.
import type { ScreenPart } from './topic-places.ts'

/** How long a screen may take to show a control. */
const patienceMs = 8000

const controls = [
  'button',
  'a[href]',
  'input',
  'select',
  'textarea',
  'summary',
  '[role="tab"]',
  '[role="slider"]',
  '[role="combobox"]',
  '[role="radiogroup"]',
  '[role="group"]',
  'h2',
  'h3'
].join(', ')

/** The screen with its wizard step or tab, as it is shown. */
export function screenNow(screen: string, root: ParentNode = document): ScreenPart {
  const current = root.querySelector('main [aria-current="step"]')?.closest('li')
  const step = current === null || current === undefined ? -1 : siblingIndex(current)
  // A long page has an index in place of tabs.
  const tab = root
    .querySelector('main [role="tab"][aria-selected="true"], main nav [aria-current="true"]')
    ?.textContent.trim()
  return {
    screen,
    ...(step === -1 ? {} : { step }),
    ...(tab === undefined ? {} : { tab })
  }
}

function siblingIndex(element: Element): number {
  return [...(element.parentElement?.children ?? [])].indexOf(element)
}

/** What a screen reader would call a control. */
export function nameOf(element: Element): string {
  const label = element.getAttribute('aria-label')
  if (label !== null) return label
  const by = element.getAttribute('aria-labelledby')
  if (by !== null)
    return by
      .split(' ')
      .map((id) => element.ownerDocument.getElementById(id)?.textContent.trim() ?? '')
      .join(' ')
  if (element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement)
    return (element.labels?.[0]?.textContent ?? element.placeholder).trim()
  if (element instanceof HTMLSelectElement) return (element.labels[0]?.textContent ?? '').trim()
  return readOut(element)
}

/** Text as it is read out: marks that are only for the eye, such as the number of a step, left away. */
function readOut(element: Element): string {
  const parts = [...element.childNodes].map((node) => {
    if (!(node instanceof Element)) return node.textContent ?? ''
    return node.getAttribute('aria-hidden') === 'true' ? '' : readOut(node)
  })
  return parts.join('').trim()
}

/** The control with this name, or whose name begins with it; the content of the page comes first. */
export function findControl(
  name: string,
  root: ParentNode = document,
  where: 'anywhere' | 'content' = 'anywhere'
): HTMLElement | undefined {
  const wanted = name.toLowerCase()
  let best: { readonly element: HTMLElement; readonly fit: number } | undefined
  for (const element of root.querySelectorAll<HTMLElement>(controls)) {
    const own = nameOf(element).toLowerCase()
    if (!own.startsWith(wanted) || !isShown(element)) continue
    const isInMain = element.closest('main') !== null
    if (where === 'content' && !isInMain) continue
    const fit =
      (own === wanted ? 2 : 1) + (isInMain ? 2 : 0) - (/^H\d$/.test(element.tagName) ? 1 : 0)
    if (fit > (best?.fit ?? -1)) best = { element, fit }
  }
  return best?.element
}

function isShown(element: Element): boolean {
  if (element.closest('[hidden], [inert], [role="dialog"]') !== null) return false
  return typeof element.checkVisibility !== 'function' || element.checkVisibility()
}

/** Waits until a control is there; undefined when it does not come, or `signal` ends the wait. */
export function whenThere(
  name: string,
  signal: AbortSignal,
  where: 'anywhere' | 'content' = 'anywhere'
): Promise<HTMLElement | undefined> {
  return whenFound(() => findControl(name, document, where), signal)
}

/** Waits until no layer lies over the page: a dialog that is closing still holds the focus. */
export async function whenUncovered(signal: AbortSignal): Promise<void> {
  const isCovered = (): boolean => document.querySelector('[role="dialog"]') !== null
  await whenFound(() => (isCovered() ? undefined : document.body), signal)
}

/** What `find` gives, now or after a change of the page; undefined after a while or at `signal`. */
function whenFound<T>(find: () => T | undefined, signal: AbortSignal): Promise<T | undefined> {
  const now = find()
  if (now !== undefined || signal.aborted) return Promise.resolve(signal.aborted ? undefined : now)
  return new Promise((resolve) => {
    const done = (found: T | undefined): void => {
      observer.disconnect()
      clearTimeout(timer)
      resolve(found)
    }
    const observer = new MutationObserver(() => {
      const found = find()
      if (found !== undefined) done(found)
    })
    observer.observe(document.body, { childList: true, subtree: true, attributes: true })
    const timer = setTimeout(() => done(undefined), patienceMs)
    signal.addEventListener('abort', () => done(undefined), { once: true })
  })
}
