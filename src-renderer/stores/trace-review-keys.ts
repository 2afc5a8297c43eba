// Keys of the review screen: what each does, which key it has, and reading a key press. Reviewers
// may give a command another key; that is kept with the settings.
import { common } from '../text/common.ts'

/** Everything a key can do while reviewing. The order is that of the sheet of keys. */
export const reviewCommands = [
  'step-next',
  'step-previous',
  'finding-next',
  'finding-previous',
  'error-next',
  'error-previous',
  'trace-next',
  'trace-previous',
  'first-step',
  'last-step',
  'search',
  'kinds',
  'detail',
  'pass',
  'fail',
  'partial',
  'unsure',
  'first-wrong',
  'decisive',
  'recovered',
  'good',
  'bad',
  'none-wrong',
  'correct',
  'tag',
  'note',
  'flag',
  'keep',
  'questions',
  'accept',
  'dismiss',
  'compare',
  'undo',
  'redo',
  'done',
  'put-off',
  'cancel',
  'keys'
] as const

/** One of {@link reviewCommands}. */
export type ReviewCommand = (typeof reviewCommands)[number]

/** A key for every command: a character as typed, a name as browsers give it, or "Mod+" and such. */
export type ReviewKeys = Readonly<Record<ReviewCommand, string>>

/** The keys a new reviewer has. */
export const usualKeys: ReviewKeys = {
  'step-next': 'j',
  'step-previous': 'k',
  'finding-next': 'n',
  'finding-previous': 'p',
  'error-next': 'e',
  'error-previous': 'E',
  'trace-next': 'l',
  'trace-previous': 'h',
  'first-step': '0',
  'last-step': '$',
  search: '/',
  kinds: 'f',
  detail: 'z',
  pass: '1',
  fail: '2',
  partial: '3',
  unsure: '4',
  'first-wrong': 'w',
  decisive: 'd',
  recovered: 'r',
  good: 'g',
  bad: 'b',
  'none-wrong': 'N',
  correct: 'c',
  tag: 't',
  note: 'm',
  flag: 'F',
  keep: 'K',
  questions: 'a',
  accept: 'y',
  dismiss: 'x',
  compare: 's',
  undo: 'u',
  redo: 'U',
  done: 'Mod+Enter',
  'put-off': 'P',
  cancel: 'Escape',
  keys: '?'
}

/** Keys that do the same whatever the reviewer chose, as everywhere. */
const fixed: Readonly<Record<string, ReviewCommand>> = {
  ArrowDown: 'step-next',
  ArrowUp: 'step-previous',
  'Mod+z': 'undo',
  'Mod+Z': 'redo',
  'Mod+y': 'redo'
}
/** Work while a field is being filled in, too. */
const alsoWhileTyping: readonly ReviewCommand[] = ['done', 'cancel']

/** What a key press is called here, or undefined for a press that is none of ours. */
export function keyName(
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>
): string | undefined {
  if (event.altKey || ['Control', 'Shift', 'Alt', 'Meta', 'Dead', 'Tab'].includes(event.key))
    return undefined
  return event.ctrlKey || event.metaKey ? `Mod+${event.key}` : event.key
}

/** The keys in force: those usual, with what the reviewer changed. Unknown entries are passed over. */
export function keysWith(changes: Readonly<Record<string, string>>): ReviewKeys {
  return Object.fromEntries(
    reviewCommands.map((command) => [command, changes[command] ?? usualKeys[command]])
  ) as ReviewKeys // one entry for each command
}

/** What differs from the usual keys: what is kept with the settings. */
export function keyChanges(keys: ReviewKeys): Record<string, string> {
  return Object.fromEntries(
    reviewCommands
      .filter((command) => keys[command] !== usualKeys[command])
      .map((command) => [command, keys[command]])
  )
}

/**
 * Keys with one changed. Another command that had the key gets the one that became free, so that no
 * key does two things and no command is without one. Undefined for keys that cannot be given away.
 */
export function rebind(
  keys: ReviewKeys,
  command: ReviewCommand,
  key: string
): ReviewKeys | undefined {
  if (Object.hasOwn(fixed, key) || key === ' ' || key === 'Enter') return undefined
  // The way out stays where people look for it.
  if ((key === 'Escape') !== (command === 'cancel')) return undefined
  const holder = reviewCommands.find((other) => keys[other] === key)
  return {
    ...keys,
    ...(holder === undefined ? {} : { [holder]: keys[command] }),
    [command]: key
  }
}

/** The command of a key press; while typing only ending a field and finishing the review count. */
export function commandOf(
  keys: ReviewKeys,
  event: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  isTyping = false
): ReviewCommand | undefined {
  const name = keyName(event)
  if (name === undefined) return undefined
  const command =
    reviewCommands.find((candidate) => keys[candidate] === name) ??
    (Object.hasOwn(fixed, name) ? fixed[name] : undefined)
  return command === undefined || (isTyping && !alsoWhileTyping.includes(command))
    ? undefined
    : command
}

/** How a key is written on its button. */
export function keyLabel(key: string, isMac: boolean): string {
  const words: Readonly<Record<string, string>> = { Escape: 'Esc', Enter: '↵' }
  const parts = key.split('+')
  if (parts.length < 2 || key === '+') return words[key] ?? key
  return [
    isMac ? '⌘' : common.controlKey,
    ...parts.slice(1).map((part) => words[part] ?? part)
  ].join(' ')
}
