// Keys of actions: equal for actions that do the same thing however their arguments were written.
import { hash } from 'node:crypto'
import type { JsonValue } from '../../../api/dto/common.ts'
import { canonicalJson } from '../../datasets/readers/canonical-json.ts'

/** What does not tell actions of one tool apart. */
export interface ArgumentRules {
  /** Names of arguments, at any depth, that are left out: prices, times, request ids. */
  readonly volatile: ReadonlySet<string>
  /** True when lists are compared without their order. */
  readonly isOrderFree: boolean
}

/** Compared as written, but for the order of keys and white space at the ends. */
export const plainArguments: ArgumentRules = { volatile: new Set(), isOrderFree: false }

/** Arguments in one form: keys sorted, texts trimmed, 5.0 as 5, volatile ones left out. */
export function normaliseArguments(value: JsonValue, rules: ArgumentRules): JsonValue {
  if (typeof value === 'string') return value.trim()
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) {
    const items = value.map((item) => normaliseArguments(item, rules))
    if (!rules.isOrderFree) return items
    const keyed = items.map((item) => ({ item, key: canonicalJson(item) }))
    keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    return keyed.map(({ item }) => item)
  }
  return Object.fromEntries(
    Object.keys(value)
      .filter((name) => !rules.volatile.has(name))
      .sort()
      .map((name) => [name, normaliseArguments(value[name], rules)])
  )
}

/** Key of an action: the verb and its normalised arguments. Long ones are hashed. */
export function actionKey(verb: string, args: JsonValue, rules: ArgumentRules): string {
  const text = `${verb}|${canonicalJson(normaliseArguments(args, rules))}`
  return text.length <= 512 ? text : `${verb}|#${hash('sha256', text)}`
}

/** What kind of action it is: the verb and the names of its arguments, without values. */
export function actionShape(verb: string, args: JsonValue): string {
  if (typeof args !== 'object' || args === null || Array.isArray(args)) return verb
  return `${verb}|${Object.keys(args).sort().join(',')}`
}
