// What an agent may do on a page, and the strict grammar its words are read by. Everything else is no
// action: it is refused and never executed.

/** Keys an agent may press. */
export const pressableKeys = [
  'Enter',
  'Tab',
  'Escape',
  'Backspace',
  'Delete',
  'Space',
  'ArrowUp',
  'ArrowDown',
  'ArrowLeft',
  'ArrowRight',
  'Home',
  'End',
  'PageUp',
  'PageDown'
] as const
export type PressableKey = (typeof pressableKeys)[number]

/** Keys that stay down until they are released. */
export type HeldKey = 'Control' | 'Shift'

/** One action. `id` is the page's number of an element. */
export type PageAction =
  | { readonly kind: 'click'; readonly id: number }
  | { readonly kind: 'enter'; readonly id: number; readonly text: string }
  | { readonly kind: 'press'; readonly key: PressableKey; readonly times: number }
  | { readonly kind: 'hold'; readonly key: HeldKey | null }
  | { readonly kind: 'scroll'; readonly id: number | null; readonly direction: 'up' | 'down' }

/** Longest text that is typed at once, in characters. */
export const longestTyped = 2000
/** Most times a key is pressed in one action. */
export const mostPresses = 20
/** Longest line that is read. */
const longestLine = 4000

const kinds: Readonly<Record<string, PageAction['kind']>> = {
  click: 'click',
  tap: 'click',
  select: 'click',
  press: 'press',
  type: 'enter',
  enter: 'enter',
  hold: 'hold',
  release: 'hold',
  scroll: 'scroll',
  flip: 'scroll'
}

const keyNames = new Map<string, PressableKey>([
  ...pressableKeys.map((key) => [key.toLowerCase(), key] as const),
  ['return', 'Enter'],
  ['esc', 'Escape'],
  ['up', 'ArrowUp'],
  ['down', 'ArrowDown'],
  ['left', 'ArrowLeft'],
  ['right', 'ArrowRight']
])

/**
 * The action a line asks for, or undefined when it is none. The first word decides, however it is
 * written ("Tap id=3", "- click 3."); a number outside quotes is the element.
 */
export function parseAction(line: string): PageAction | undefined {
  const plain = line
    .slice(0, longestLine)
    .trim()
    .replace(/^(?:[-*\u2022]|\d+[.):])\s+/, '')
  const word = /^[a-z]+/i.exec(plain)?.[0].toLowerCase() ?? ''
  const rest = plain.slice(word.length)
  switch (Object.hasOwn(kinds, word) ? kinds[word] : undefined) {
    case 'click': {
      const id = elementIn(rest)
      return id === undefined ? undefined : { kind: 'click', id }
    }
    case 'enter':
      return parseEnter(rest)
    case 'press':
      return parsePress(rest)
    case 'hold':
      return parseHold(word, rest)
    case 'scroll': {
      const direction = /\b(up|down)\b/i.exec(rest)?.[1].toLowerCase() === 'up' ? 'up' : 'down'
      return { kind: 'scroll', id: elementIn(rest) ?? null, direction }
    }
    default:
      return undefined
  }
}

/** The first whole number outside quotes that can name an element. */
function elementIn(text: string): number | undefined {
  const outside = text.replaceAll(/"(?:[^"\\]|\\.)*"/g, ' ')
  // A minus sign makes it the number of loose text; a point makes it no number of an element.
  const found = /(?<![\w.-])\d{1,9}(?![\w])(?!\.\d)/.exec(outside.replaceAll(/id\s*=\s*/gi, ' '))
  const id = Number(found?.[0] ?? 0)
  return id > 0 ? id : undefined
}

function parseEnter(rest: string): PageAction | undefined {
  const quoted = /"(?:[^"\\]|\\.)*"/.exec(rest)
  const id = elementIn(rest)
  if (quoted === null || id === undefined) return undefined
  const text = unquote(quoted[0])
  return text === undefined || text.length > longestTyped ? undefined : { kind: 'enter', id, text }
}

function unquote(text: string): string | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}

function parsePress(rest: string): PageAction | undefined {
  const key = /[a-z]+(?:\s?(?:up|down))?/i.exec(rest.replace(/^\s*(?:key\s*=?\s*)/i, ' '))?.[0]
  const found =
    keyNames.get((key ?? '').toLowerCase().replaceAll(/\s/g, '')) ??
    keyNames.get((key ?? '').toLowerCase().split(/\s/)[0])
  if (found === undefined) return undefined
  const times = Number(/(?:x|times|\*)?\s*(\d{1,4})/i.exec(rest)?.[1] ?? 1)
  return times >= 1 && times <= mostPresses ? { kind: 'press', key: found, times } : undefined
}

function parseHold(word: string, rest: string): PageAction | undefined {
  if (word === 'release') return { kind: 'hold', key: null }
  if (/\b(?:ctrl|control)\b/i.test(rest)) return { kind: 'hold', key: 'Control' }
  return /\bshift\b/i.test(rest) ? { kind: 'hold', key: 'Shift' } : undefined
}

/** The action as a line that {@link parseAction} reads back to the same action. */
export function formatAction(action: PageAction): string {
  switch (action.kind) {
    case 'click':
      return `click id=${action.id}`
    case 'enter':
      return `enter ${JSON.stringify(action.text)} to id=${action.id}`
    case 'press':
      return action.times === 1 ? `press ${action.key}` : `press ${action.key} x ${action.times}`
    case 'hold':
      return action.key === null ? 'release' : `hold ${action.key === 'Control' ? 'CTRL' : 'SHIFT'}`
    case 'scroll':
      return action.id === null
        ? `scroll ${action.direction}`
        : `scroll ${action.direction} id=${action.id}`
  }
}

/** True for actions that do the same. */
export function isSameAction(left: PageAction, right: PageAction): boolean {
  return formatAction(left) === formatAction(right)
}
