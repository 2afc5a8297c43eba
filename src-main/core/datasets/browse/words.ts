// What a search asks for, and how it can be answered. Words are runs of letters and digits, folded
// as the full-text index folds them; scripts without spaces between words, and signs, are looked
// for as they are written.

/** `words`: all of these, the last one perhaps unfinished. `parts`: texts that contain all of these. */
export type SearchQuery =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'words'
      /** Folded, as {@link wordsOf} gives them. */
      readonly words: readonly string[]
      /** As written, one by one as the index splits them. */
      readonly written: readonly string[]
    }
  | { readonly kind: 'parts'; readonly parts: readonly string[] }

// Scripts written without spaces between words: the index would hold whole sentences as one word.
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}]/u

// Letters, digits and private-use characters, as SQLite's unicode61 takes them. Marks are left out:
// the index drops them within words of Latin script.
const wordPattern = /[\p{L}\p{N}\p{Co}]+/gu

// The same with the accents that the index drops by itself.
const writtenPattern = /[\p{L}\p{N}\p{Co}][\p{L}\p{N}\p{Co}\u0300-\u036f]*/gu

const isPlain = /^[\0-\x7f]*$/
// Latin letters with accents, and accents written after their letter.
const accented = /[\u00df-\u024f\u1e00-\u1eff]/g
const accents = /[\u0300-\u036f]+/g

/** Case folded away, and the accents of Latin letters, as the full-text index folds them. */
export function foldText(text: string): string {
  const lower = text.toLowerCase()
  if (isPlain.test(lower)) return lower
  return lower
    .normalize('NFC')
    .replace(accented, (letter) => letter.normalize('NFD'))
    .replace(accents, '')
}

/** The words of a text, folded. */
export function wordsOf(text: string): string[] {
  return foldText(text).match(wordPattern) ?? []
}

/** What `search` asks for. */
export function parseSearch(search: string): SearchQuery {
  const parts = search.split(/\s+/u).filter((part) => part !== '')
  if (parts.length === 0) return { kind: 'none' }
  const words = wordsOf(search)
  if (words.length === 0 || unspaced.test(search)) return { kind: 'parts', parts }
  return { kind: 'words', words, written: search.match(writtenPattern) ?? [] }
}

/** Does a name or text hold all the words? */
export function holdsWords(words: readonly string[], name: string, text: string | null): boolean {
  const found = new Set(wordsOf(name))
  if (text !== null) for (const word of wordsOf(text)) found.add(word)
  return words.every((word, i) => {
    if (found.has(word)) return true
    if (i < words.length - 1) return false
    for (const other of found) if (other.startsWith(word)) return true
    return false
  })
}
