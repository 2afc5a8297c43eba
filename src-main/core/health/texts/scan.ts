// Small scanning tools for secrets and personal data: every one reads a text once, from left to
// right, with a bounded look to either side, so that no text can make them slow.

/** A find in a text: what it is, and how it may be shown. */
export interface Find {
  /** Bit of its kind. */
  readonly kind: number
  /** Shown to people; never the value itself. */
  readonly masked: string
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}

export function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}

/** Letters, digits, "-" and "_". */
export function isTokenCharacter(code: number): boolean {
  return isDigit(code) || isLetter(code) || code === 45 || code === 95
}

/** True when the character before `at` belongs to a word or number that goes on. */
export function isInsideWord(text: string, at: number): boolean {
  if (at === 0) return false
  const code = text.charCodeAt(at - 1)
  return isDigit(code) || isLetter(code)
}

/** End of the run of accepted characters from `at` on, at most `most` of them. */
export function runEnd(
  text: string,
  at: number,
  most: number,
  accepts: (code: number) => boolean
): number {
  let end = at
  while (end < text.length && end - at < most && accepts(text.charCodeAt(end))) end++
  return end
}

/** First characters, dots and the length: "ghp_… (40 characters)". */
export function maskedToken(token: string, shown: number): string {
  return `${token.slice(0, shown)}… (${token.length} characters)`
}

/** Shannon entropy of the characters, bits each. */
export function entropyBits(text: string): number {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values())
    bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}
