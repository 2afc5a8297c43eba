// DSIR's passes over the candidates' texts: counting, weighing, and comparing the choice. Each reads
// the texts once, block by block, and can be gone on with from the row it had come to.
import type { Random } from '../../../compute/random.ts'
import type { TextSource } from '../../method.ts'
import { buckets, type BucketReader, type TextBuckets } from './buckets.ts'
import { strongestTwo, type TellingWords } from './telling-words.ts'

/** Words and pairs counted at most, as in the paper's code; shares do not change after that. */
const mostCounted = 1e9
/** Characters read between two looks at the signal, some 10 ms. */
const charactersAtOnce = 100_000

/** Calls `visit` with every text from row `from` on; yields the rows done after each block. */
export async function* readTexts(
  source: TextSource,
  from: number,
  signal: AbortSignal,
  visit: (row: number, text: string) => void
): AsyncGenerator<number, void, void> {
  for await (const { first, texts } of source.blocks()) {
    signal.throwIfAborted()
    if (first + texts.length <= from) continue
    let characters = 0
    for (const [at, text] of texts.entries()) {
      if (first + at < from) continue
      visit(first + at, text)
      characters += text.length
      if (characters < charactersAtOnce) continue
      characters = 0
      // Lets a waiting cancel message in.
      await new Promise((resume) => setImmediate(resume))
      signal.throwIfAborted()
    }
    yield first + texts.length
  }
}

/** Adds a text's buckets to the counts. */
export function addCounts(counts: Uint32Array | Float64Array, text: TextBuckets): void {
  for (const bucket of text.buckets) counts[bucket]++
}

/** What is known of the rows after weighing. */
export interface Weighed {
  /** T x N: sum of L_b over a text's words and pairs. */
  readonly sums: Float32Array
  /** N: words per text. */
  readonly words: Uint32Array
  /** N: the target a text is most like. */
  readonly best: Uint8Array
  /** N: numbers of the two words that speak most for it under that target; 0 = none. */
  readonly first: Uint32Array
  readonly second: Uint32Array
}

/** An empty {@link Weighed} for so many rows and targets. */
export function emptyWeighed(rows: number, targets: number): Weighed {
  return {
    sums: new Float32Array(targets * rows),
    words: new Uint32Array(rows),
    best: new Uint8Array(rows),
    first: new Uint32Array(rows),
    second: new Uint32Array(rows)
  }
}

/** Counts the buckets of all texts from row `from` on into `counts`; yields the rows done. */
export function countTexts(
  source: TextSource,
  read: BucketReader,
  counts: Uint32Array,
  from: number,
  signal: AbortSignal
): AsyncGenerator<number, void, void> {
  let counted = counts.reduce((sum, count) => sum + count, 0)
  return readTexts(source, from, signal, (_row, text) => {
    if (counted >= mostCounted) return
    const own = read(text)
    counted += own.buckets.length
    addCounts(counts, own)
  })
}

/** Weighs all texts from row `from` on into `out`; yields the rows done. */
export function weighTexts(
  source: TextSource,
  read: BucketReader,
  ratios: readonly Float64Array[],
  telling: TellingWords,
  out: Weighed,
  from: number,
  signal: AbortSignal
): AsyncGenerator<number, void, void> {
  const { rows } = source
  return readTexts(source, from, signal, (row, text) => {
    const own = read(text)
    out.words[row] = own.words.length
    let best = 0
    ratios.forEach((ratio, target) => {
      let sum = 0
      for (const bucket of own.buckets) sum += ratio[bucket]
      out.sums[target * rows + row] = sum
      if (sum > out.sums[best * rows + row]) best = target
    })
    out.best[row] = best
    const pair = strongestTwo(own, telling, best, ratios[best])
    out.first[row] = pair[0]
    out.second[row] = pair[1]
  })
}

/** Counts of the texts kept per target, and of as many drawn by lot. */
export interface Compared {
  readonly kept: readonly Float64Array[]
  readonly byLot: readonly Float64Array[]
}

/** Marks rows that were not taken. */
export const notTaken = 0xff

/**
 * Counts what was kept, names the words that spoke for each kept text under the target that took it
 * (into `out`), and counts an equally large draw by lot for comparison.
 * @param takenBy target that took each row, {@link notTaken} for the others @param able 1 = can be drawn
 */
export async function* compareTexts(
  source: TextSource,
  read: BucketReader,
  ratios: readonly Float64Array[],
  telling: TellingWords,
  out: Weighed,
  takenBy: Uint8Array,
  able: Uint8Array,
  random: Random,
  signal: AbortSignal
): AsyncGenerator<number, Compared, void> {
  const empty = (): Float64Array[] => ratios.map(() => new Float64Array(buckets))
  const compared = { kept: empty(), byLot: empty() }
  const rival = drawRivals(takenBy, able, random)
  yield* readTexts(source, 0, signal, (row, text) => {
    const taker = takenBy[row]
    if (taker === notTaken && rival[row] === notTaken) return
    const own = read(text)
    if (rival[row] !== notTaken) addCounts(compared.byLot[rival[row]], own)
    if (taker === notTaken) return
    addCounts(compared.kept[taker], own)
    if (taker === out.best[row]) return
    const pair = strongestTwo(own, telling, taker, ratios[taker])
    out.first[row] = pair[0]
    out.second[row] = pair[1]
  })
  return compared
}

/** As many rows by lot as each target took; `notTaken` for the others. */
function drawRivals(takenBy: Uint8Array, able: Uint8Array, random: Random): Uint8Array {
  const rows = Uint32Array.from(able.keys()).filter((row) => able[row] === 1)
  const takers = takenBy.filter((taker) => taker !== notTaken)
  const drawn = random.sample(rows.length, Math.min(rows.length, takers.length))
  const rival = new Uint8Array(takenBy.length).fill(notTaken)
  drawn.forEach((place, i) => {
    rival[rows[place]] = takers[i]
  })
  return rival
}
