// What sets one text apart from another, word by word: for near-duplicates side by side. Pure.

/** A piece of a text. */
export interface TextPart {
  readonly text: string
  /** Not in the other text, or more often here. */
  readonly isDifferent: boolean
}

/**
 * Divides `text` into parts that `other` has and parts it does not have. Words are counted, so a
 * word that occurs twice here and once there differs the second time. Order is not compared: a
 * moved sentence is the same sentence.
 */
export function differingWords(text: string, other: string): TextPart[] {
  const left = new Map<string, number>()
  for (const word of other.split(/\s+/u)) left.set(word, (left.get(word) ?? 0) + 1)
  const parts: { text: string; isDifferent: boolean }[] = []
  for (const piece of text.split(/(\s+)/u)) {
    if (piece === '') continue
    const isBlank = /^\s+$/u.test(piece)
    const has = left.get(piece) ?? 0
    if (!isBlank && has > 0) left.set(piece, has - 1)
    const last = parts.at(-1)
    // A blank belongs to what comes before it, so that words in a row are one part.
    const isDifferent = isBlank ? (last?.isDifferent ?? false) : has === 0
    if (last !== undefined && last.isDifferent === isDifferent) last.text += piece
    else parts.push({ text: piece, isDifferent })
  }
  return parts
}
