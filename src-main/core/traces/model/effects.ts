// What tools do to the world: guessed from their names, and set right by the analyst in one table.
// Knowing which calls change something tells more about a failure than any model.
import type { Effect } from './trace.ts'

/** One line of the table: all actions of this verb. */
export interface EffectRule {
  readonly verb: string
  readonly effect: Effect
  readonly source: 'guess' | 'user'
}

// The first word of a name decides; the last ones are looked at where it says nothing.
const words: Readonly<Record<Exclude<Effect, 'unknown'>, readonly string[]>> = {
  think: ['think', 'calculate', 'reason', 'plan', 'reflect', 'note'],
  read: [
    ...['get', 'list', 'search', 'find', 'read', 'view', 'show', 'ls', 'cat', 'open', 'grep'],
    ...['fetch', 'query', 'lookup', 'check', 'describe', 'count', 'scroll', 'goto', 'look']
  ],
  write: [
    ...['create', 'add', 'update', 'delete', 'remove', 'cancel', 'book', 'send', 'submit', 'pay'],
    ...['write', 'edit', 'type', 'press', 'modify', 'set', 'insert', 'exchange', 'return', 'buy'],
    ...['order', 'post', 'put', 'patch', 'move', 'rename', 'upload', 'apply', 'enter', 'str']
  ],
  talk: ['respond', 'message', 'say', 'reply', 'ask', 'answer'],
  end: ['finish', 'stop', 'transfer', 'done', 'exit', 'terminate', 'complete', 'end']
}

const effectOfWord = new Map<string, Effect>(
  Object.entries(words).flatMap(([effect, list]) =>
    // The keys of `words` are effects.
    list.map((word) => [word, effect as Effect] as const)
  )
)

/** Effect of a verb by its name alone. "submit_final" and "final_answer" end; "click" stays unknown. */
export function guessEffect(verb: string): Effect {
  const parts = verb
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((part) => part !== '')
  if (parts.includes('final')) return 'end'
  const [first = ''] = parts
  return effectOfWord.get(first) ?? effectOfWord.get(parts.at(-1) ?? '') ?? 'unknown'
}

/** Looks effects up in the analyst's table and guesses what is not in it. */
export function effectsOf(rules: readonly EffectRule[]): (verb: string) => Effect {
  const known = new Map(rules.map(({ verb, effect }) => [verb, effect]))
  return (verb) => {
    const found = known.get(verb) ?? guessEffect(verb)
    known.set(verb, found)
    return found
  }
}
