// Splitting text into the sentence encoder's word pieces: the most likely segmentation under a
// unigram model, found by Viterbi (Kudo 2018, "Subword Regularization", section 3.2).

/** A vocabulary entry: the piece and its log probability; the position is the id. */
export type Piece = readonly [text: string, score: number]

/** Marks the beginning of a word. */
const wordMark = '\u2581'
/** Pieces reserved for control symbols at the head of the vocabulary. */
const reserved = 6
const unknownId = 0
/** A piece for a character nobody knows costs this much more than the worst known one. */
const unknownPenalty = 10

interface Node {
  readonly children: Map<string, Node>
  id: number
  score: number
}

export interface Tokenizer {
  /** Piece ids of a text; [] for empty text. */
  encode(text: string): number[]
}

/** Builds the tokenizer of a vocabulary. */
export function createTokenizer(vocabulary: readonly Piece[]): Tokenizer {
  const root: Node = { children: new Map(), id: -1, score: 0 }
  let worst = 0
  vocabulary.forEach(([text, score], id) => {
    if (id < reserved) return
    worst = Math.min(worst, score)
    let node = root
    for (const character of text) {
      const next = node.children.get(character) ?? { children: new Map<string, Node>(), id: -1, score: 0 }
      node.children.set(character, next)
      node = next
    }
    node.id = id
    node.score = score
  })
  return { encode: (text) => viterbi(root, normalise(text), worst - unknownPenalty) }
}

function normalise(text: string): string[] {
  const words = text.normalize('NFKC').trim().split(/\s+/).filter((word) => word !== '')
  return words.length === 0 ? [] : [...(wordMark + words.join(wordMark))]
}

function viterbi(root: Node, characters: readonly string[], unknownScore: number): number[] {
  const length = characters.length
  const best = new Float64Array(length + 1).fill(-Infinity)
  const from = new Int32Array(length + 1)
  const piece = new Int32Array(length + 1)
  best[0] = 0
  for (let start = 0; start < length; start++) {
    let node: Node | undefined = root
    const offer = (end: number, score: number, id: number): void => {
      if (best[start] + score <= best[end]) return
      best[end] = best[start] + score
      from[end] = start
      piece[end] = id
    }
    offer(start + 1, unknownScore, unknownId)
    for (let end = start; end < length; end++) {
      node = node.children.get(characters[end])
      if (!node) break
      if (node.id >= 0) offer(end + 1, node.score, node.id)
    }
  }
  const ids: number[] = []
  for (let end = length; end > 0; end = from[end]) ids.push(piece[end])
  return ids.reverse()
}
