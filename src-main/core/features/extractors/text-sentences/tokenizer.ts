// Splits text into word pieces the way SentencePiece's unigram model does (Kudo 2018): the most
// probable segmentation by the Viterbi algorithm, from the vocabulary and its log-probabilities.

export interface Tokenizer {
  /** Ids of the pieces, at most `limit`; [] for text without any visible character. */
  encode(text: string, limit: number): number[]
}

/** Piece and its log-probability, in the order of the ids. */
export type Vocabulary = readonly (readonly [piece: string, score: number])[]

const space = '\u2581'
const unknownId = 0
/** Ids below are control symbols that text never becomes. */
const firstPiece = 6
/** SentencePiece's penalty for a character that no piece covers. */
const unknownPenalty = 10
/** Longer texts are cut before splitting; far more than any limit of pieces needs. */
const mostCharacters = 8192

/** Makes a tokenizer from the vocabulary. */
export function createTokenizer(vocabulary: Vocabulary): Tokenizer {
  const ids = new Map<string, number>()
  let longest = 1
  let lowest = 0
  for (let id = firstPiece; id < vocabulary.length; id++) {
    const [piece, score] = vocabulary[id]
    // The first of two equal pieces stands, as in the original's lookup.
    if (piece !== '' && !ids.has(piece)) ids.set(piece, id)
    longest = Math.max(longest, Array.from(piece).length)
    lowest = Math.min(lowest, score)
  }
  const unknownScore = lowest - unknownPenalty

  function segment(characters: readonly string[]): number[] {
    const n = characters.length
    const best = new Float64Array(n + 1).fill(-Infinity)
    const from = new Int32Array(n + 1)
    const pieceAt = new Int32Array(n + 1)
    best[0] = 0
    for (let start = 0; start < n; start++) {
      let piece = ''
      for (let end = start + 1; end <= Math.min(n, start + longest); end++) {
        piece += characters[end - 1]
        const id = ids.get(piece)
        const isSingle = end === start + 1
        if (id === undefined && !isSingle) continue
        const score = best[start] + (id === undefined ? unknownScore : vocabulary[id][1])
        if (score <= best[end]) continue
        best[end] = score
        from[end] = start
        pieceAt[end] = id ?? unknownId
      }
    }
    const found: number[] = []
    for (let at = n; at > 0; at = from[at]) found.push(pieceAt[at])
    return found.reverse()
  }

  return {
    encode(text, limit) {
      const clean = normalise(text)
      if (clean === '') return []
      const pieces = segment(Array.from(`${space}${clean.replaceAll(' ', space)}`))
      // A run of unknown characters is one unknown piece.
      const merged = pieces.filter((id, i) => id !== unknownId || pieces[i - 1] !== unknownId)
      return merged.slice(0, limit)
    }
  }
}

/** Compatibility forms, control characters dropped, white space as single blanks. */
function normalise(text: string): string {
  return text
    .slice(0, mostCharacters)
    .normalize('NFKC')
    .replace(/[\p{White_Space}\u200b]+/gu, ' ')
    .replace(/\p{Cc}+/gu, '')
    .trim()
}
