// A plan as one plain sentence in pieces; the pieces that were chosen know their step. Pure.

/** A piece of the sentence; with a step it is a way back to it. */
export interface Phrase<S extends string> {
  readonly text: string
  readonly step?: S
}

/** True for pieces that sit at the word before them. */
export function sitsClose(text: string): boolean {
  return /^[.,]/.test(text)
}

/** The sentence as text: punctuation sits at the word before it. */
export function sentenceText<S extends string>(phrases: readonly Phrase<S>[]): string {
  return phrases
    .map((phrase, index) =>
      index === 0 || sitsClose(phrase.text) ? phrase.text : ` ${phrase.text}`
    )
    .join('')
}
