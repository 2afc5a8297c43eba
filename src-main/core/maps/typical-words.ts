// The two or three words most typical of a group of texts: usual in the group, rare in the rest
// (term frequency times inverse document frequency, smoothed, compared with the rest).

/** Words of some texts as numbers: the same text's words lie together. */
export interface WordCounts {
  readonly words: readonly string[]
  /** Distinct words of text i: ids[offsets[i]] .. ids[offsets[i + 1] - 1]. */
  readonly ids: Uint32Array
  readonly offsets: Uint32Array
}

/** Longest part of a text that is looked at, in characters. */
export const readCharacters = 600
const wordsShown = 3
const least = 3
const longest = 24

// Words that say nothing about a text's matter. Of other languages the commonest are left out by
// how many texts hold them.
const stopWords = new Set(
  (
    'about above after again against all also and any are because been before being below between both ' +
    'but can cannot could did does doing down during each few for from further had has have having her ' +
    'here hers him his how into its itself just let may might more most must nor not now off once only ' +
    'other ought our out over own same she should some such than that the their them then there these ' +
    'they this those through too under until upon very was were what when where which while who whom ' +
    'why will with within without would you your yours one two get got make made use used like yes ' +
    'der die das und ist den dem des ein eine einer eines nicht mit auf für von sich auch wie bei aus ' +
    'les des une est dans pour que qui sur par pas avec los las una por con del para más como esta'
  ).split(' ')
)

/** Counts the words of texts; one entry per text, whatever it holds. */
export function countWords(texts: readonly string[]): WordCounts {
  const numbers = new Map<string, number>()
  const ids: number[] = []
  const offsets = new Uint32Array(texts.length + 1)
  texts.forEach((text, i) => {
    const own = new Set<number>()
    for (const word of wordsOf(text)) {
      let id = numbers.get(word)
      if (id === undefined) numbers.set(word, (id = numbers.size))
      own.add(id)
    }
    ids.push(...own)
    offsets[i + 1] = ids.length
  })
  return { words: [...numbers.keys()], ids: Uint32Array.from(ids), offsets }
}

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u

function* wordsOf(text: string): Generator<string> {
  const head = text.slice(0, readCharacters).toLowerCase()
  if (unspaced.test(head)) {
    // Languages written without spaces; two characters make a word there.
    for (const part of new Intl.Segmenter(undefined, { granularity: 'word' }).segment(head))
      if (part.isWordLike === true && part.segment.length >= 2) yield part.segment
    return
  }
  for (const [word] of head.matchAll(/\p{L}[\p{L}\p{M}'’]*/gu)) {
    const bare = word.replace(/['’]s?$/, '')
    if (bare.length >= least && bare.length <= longest && !stopWords.has(bare)) yield bare
  }
}

/** The most typical words of each group; none where nothing stands out. `group`: -1 = no group. */
export function typicalWords(counts: WordCounts, group: Int32Array, groups: number): string[][] {
  const { words, ids, offsets } = counts
  const everywhere = new Uint32Array(words.length)
  for (const id of ids) everywhere[id]++
  const texts = group.length
  return Array.from({ length: groups }, (_, wanted) => {
    const inside = new Map<number, number>()
    let size = 0
    for (let i = 0; i < texts; i++) {
      if (group[i] !== wanted) continue
      size++
      for (let p = offsets[i]; p < offsets[i + 1]; p++)
        inside.set(ids[p], (inside.get(ids[p]) ?? 0) + 1)
    }
    return bestOf(words, inside, size, everywhere, texts)
  })
}

function bestOf(
  words: readonly string[],
  inside: ReadonlyMap<number, number>,
  size: number,
  everywhere: Uint32Array,
  texts: number
): string[] {
  const scored: { word: string; score: number }[] = []
  for (const [id, count] of inside) {
    const here = count / size
    const elsewhere = (everywhere[id] - count + 0.5) / (texts - size + 1)
    // One text's word is no word of the place, and a word used everywhere names nothing.
    if (count < 3 || here < 0.03 || here < 1.5 * elsewhere) continue
    scored.push({ word: words[id], score: here * Math.log(here / elsewhere) })
  }
  scored.sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1))
  const best: string[] = []
  for (const { word, score } of scored) {
    if (best.length === wordsShown || score < scored[0].score / 4) break
    // "cat" and "cats" are one word to a reader.
    if (!best.some((other) => isForm(other, word))) best.push(word)
  }
  return best
}

function isForm(one: string, other: string): boolean {
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  return long.startsWith(short) && long.length - short.length <= 2
}
