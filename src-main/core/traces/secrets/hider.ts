// Replaces secrets by numbered words, the same secret always by the same ones, and counts them.
import type { JsonValue } from '../../../api/dto/common.ts'
import { looksSecret, namedSecret } from './secret-names.ts'
import { secretPatterns } from './secret-patterns.ts'

/**
 * Numbers given so far. One for all attempts of a set keeps equal arguments equal between attempts;
 * it holds the secrets themselves and stays in memory only.
 */
export interface SecretNumbers {
  /** From 1, by kind, in the order they were first seen. */
  numberOf(kind: string, secret: string): number
}

/** Numbers of a new set of attempts, or of one. */
export function createSecretNumbers(): SecretNumbers {
  const numbers = new Map<string, Map<string, number>>()
  return {
    numberOf(kind, secret) {
      const known = numbers.get(kind) ?? new Map<string, number>()
      numbers.set(kind, known)
      const number = known.get(secret) ?? known.size + 1
      known.set(secret, number)
      return number
    }
  }
}

/** Hides what it is given and counts how often it did. */
export interface Hider {
  text(text: string): string
  /** The same value when nothing in it is secret. */
  value(value: JsonValue): JsonValue
  counts(): { kind: string; count: number }[]
}

/** A hider with its own counts. */
export function createHider(numbers: SecretNumbers): Hider {
  const counts = new Map<string, number>()
  const standIn = (kind: string, secret: string): string => {
    counts.set(kind, (counts.get(kind) ?? 0) + 1)
    return `[${kind} ${numbers.numberOf(kind, secret)}]`
  }
  const text = (given: string): string =>
    given.length < 4 ? given : secretPatterns.reduce((shown, hide) => hide(shown, standIn), given)

  function field(name: string, given: JsonValue): JsonValue {
    const kind = typeof given === 'string' ? namedSecret(name) : undefined
    if (typeof given !== 'string' || kind === undefined) return value(given)
    const shown = text(given)
    // What has a shape of its own keeps its kind: a key in a field "password" is a key.
    if (shown !== given || !looksSecret(given, kind)) return shown
    return standIn(kind, given)
  }

  function value(given: JsonValue): JsonValue {
    if (typeof given === 'string') return text(given)
    if (typeof given !== 'object' || given === null) return given
    if (Array.isArray(given)) {
      const shown = given.map((each) => value(each))
      return shown.some((each, i) => each !== given[i]) ? shown : given
    }
    let isChanged = false
    const shown = Object.entries(given).map(([name, each]): [string, JsonValue] => {
      const pair: [string, JsonValue] = [text(name), field(name, each)]
      isChanged ||= pair[0] !== name || pair[1] !== each
      return pair
    })
    return isChanged ? Object.fromEntries(shown) : given
  }

  return {
    text,
    value,
    counts: () =>
      [...counts]
        .map(([kind, count]) => ({ kind, count }))
        .sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1))
  }
}
