// Words of a text for comparing and counting: lower case, punctuation dropped; scripts that are
// written without spaces go character by character.

/** Characters of a text that are looked at, at most; the rest of a longer text is not seen. */
export const seenCharacters = 1_000_000

/** Han, kana, Thai, Lao, Khmer and Myanmar letters stand for themselves. */
function isAlone(code: number): boolean {
  return (
    (code >= 0x3040 && code <= 0x30ff) ||
    (code >= 0x3400 && code <= 0x9fff) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0x20000 && code <= 0x3ffff) ||
    (code >= 0x0e00 && code <= 0x0eff) ||
    (code >= 0x1000 && code <= 0x109f) ||
    (code >= 0x1780 && code <= 0x17ff)
  )
}

const wordCharacter = /[\p{L}\p{N}\p{M}]/u

function isWordCharacter(code: number): boolean {
  if (code < 128)
    return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
  return wordCharacter.test(String.fromCodePoint(code))
}

/** Words in their order, lower case. Linear in the length. */
export function wordsOf(text: string): string[] {
  const seen = text.length > seenCharacters ? text.slice(0, seenCharacters) : text
  const lower = seen.toLowerCase()
  const words: string[] = []
  let start = -1
  for (let at = 0; at < lower.length;) {
    const code = lower.codePointAt(at) ?? 0
    const next = at + (code > 0xffff ? 2 : 1)
    const isAlpha = isWordCharacter(code)
    if (isAlpha && !isAlone(code)) {
      if (start < 0) start = at
    } else {
      if (start >= 0) words.push(lower.slice(start, at))
      start = -1
      if (isAlpha) words.push(lower.slice(at, next))
    }
    at = next
  }
  if (start >= 0) words.push(lower.slice(start))
  return words
}
