// Does a tool's answer report an error? Hard signs are errors in so many words; soft ones only read
// like a refusal ("not found"), which is often a right answer.

const hard = [
  /^\s*(?:error|fatal|exception)\b\s*[:!]/im,
  /^Traceback \(most recent call last\)/m,
  /^\s*(?:[A-Za-z_.]+)?(?:Error|Exception)\b\s*:/m,
  /\bexit(?:ed with)?[ _-]?(?:code|status)\b\D{0,4}[1-9]\d*/i,
  /\bHTTP(?:\/\d(?:\.\d)?)?\s+[45]\d\d\b/,
  /\bstatus(?:_code| code)?\W{1,3}[45]\d\d\b/i,
  /"(?:error|exception)"\s*:\s*(?:true|"[^"]|\{)/i
]
const soft = /\b(?:not found|cannot|can not|could not|failed|unable|denied|invalid|no such)\b/i

// A log of megabytes says what went wrong at its ends.
const lookedAt = 4000

/** How an answer reads: "error", "soft" or "ok". */
export function readsAs(text: string): 'ok' | 'soft' | 'error' {
  const part =
    text.length <= 2 * lookedAt ? text : `${text.slice(0, lookedAt)}\n${text.slice(-lookedAt)}`
  if (hard.some((sign) => sign.test(part))) return 'error'
  return soft.test(part) ? 'soft' : 'ok'
}

/** The line that gives an error away, for showing it; at most 200 characters. */
export function errorLine(text: string): string {
  const lines = text.split('\n')
  const found = lines.find((line) => hard.some((sign) => sign.test(line))) ?? lines[0] ?? ''
  return found.trim().slice(0, 200)
}
