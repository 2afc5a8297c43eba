// Words of a text as DSIR counts them: lower case, runs of word characters and runs of punctuation
// (NLTK's WordPunct rule). Writing without spaces between words, such as Chinese, gives one word per
// character: a whole sentence as one "word" would never occur twice.

const space = 0
const letter = 1
const sign = 2

/** Kind of each ASCII character; control characters part words like spaces. */
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code)
  if (/\w/.test(character)) return letter
  return code <= 32 || code === 127 ? space : sign
})

const unspaced =
  '\\p{sc=Han}\\p{sc=Hira}\\p{sc=Kana}\\p{sc=Thai}\\p{sc=Laoo}\\p{sc=Khmr}\\p{sc=Mymr}'
const wordClass = '\\p{L}\\p{N}\\p{M}_'
const pieces = new RegExp(
  `[[${wordClass}]&&[${unspaced}]]\\p{M}*|[[${wordClass}]--[${unspaced}]]+|[^${wordClass}\\s\\p{Cc}]+`,
  'gv'
)
const wordCharacter = /[\p{L}\p{N}]/v

/** All words of a text, in order; repeated ones each time. */
export function wordsOf(text: string): string[] {
  const lower = text.toLowerCase()
  const words: string[] = []
  let from = 0
  let kind = space
  for (let at = 0; at < lower.length; at++) {
    const code = lower.charCodeAt(at)
    if (code >= 128) return lower.match(pieces) ?? []
    const own = kinds[code]
    if (own === kind) continue
    if (kind !== space) words.push(lower.slice(from, at))
    from = at
    kind = own
  }
  if (kind !== space) words.push(lower.slice(from))
  return words
}

/** Whether a word or word pair holds a letter or digit, not signs alone. */
export function isReadableWord(words: string): boolean {
  return wordCharacter.test(words)
}
