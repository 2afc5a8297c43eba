// Keys of screens: equal for screens that show the same, whatever ids, times and references they hold.
import { hash } from 'node:crypto'

/** A pattern that is replaced before screens are compared. */
export interface ScreenRule {
  readonly pattern: RegExp
  readonly replacement: string
}

/** What changes from one drawing of a screen to the next: references, ids, clock times, addresses. */
export const plainScreens: readonly ScreenRule[] = [
  {
    pattern: /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi,
    replacement: '<id>'
  },
  { pattern: /\b0x[0-9a-f]{6,}\b/gi, replacement: '<address>' },
  { pattern: /\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z?/g, replacement: '<time>' },
  { pattern: /\b(?:ref|bid|data-wob_ref)\s*[=:]\s*"?-?\d+"?/g, replacement: '<ref>' },
  { pattern: /[ \t]+/g, replacement: ' ' }
]

/** Key of a screen, 16 hex digits. */
export function screenKey(text: string, rules: readonly ScreenRule[] = plainScreens): string {
  const plain = rules.reduce(
    (shown, { pattern, replacement }) => shown.replaceAll(pattern, replacement),
    text
  )
  return hash('sha256', plain.trim()).slice(0, 16)
}
