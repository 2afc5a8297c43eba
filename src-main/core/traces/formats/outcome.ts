// Outcomes from whatever a log says of them: rewards, letters, words, truth values.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { Outcome } from '../model/trace.ts'

const words: readonly (readonly [Outcome, RegExp])[] = [
  ['pass', /^(?:c|correct|pass(?:ed)?|success(?:ful)?|solved|resolved|true|yes)$/i],
  ['fail', /^(?:i|incorrect|fail(?:ed|ure)?|unsuccessful|unsolved|unresolved|false|no|error)$/i],
  ['partial', /^(?:p|partial(?:ly correct)?)$/i],
  ['unknown', /^(?:n|unknown|none|)$/i]
]

/** The outcome a value means: 1 and above passes, 0 and below fails, between is partial. */
export function outcomeOf(value: JsonValue | undefined): Outcome {
  if (typeof value === 'boolean') return value ? 'pass' : 'fail'
  if (typeof value === 'number')
    return !Number.isFinite(value)
      ? 'unknown'
      : value >= 1
        ? 'pass'
        : value <= 0
          ? 'fail'
          : 'partial'
  if (typeof value !== 'string') return 'unknown'
  const text = value.trim()
  if (text !== '' && Number.isFinite(Number(text))) return outcomeOf(Number(text))
  return words.find(([, pattern]) => pattern.test(text))?.[0] ?? 'unknown'
}
