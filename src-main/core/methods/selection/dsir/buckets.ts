// Buckets of words and word pairs: SHA-256 of the UTF-8 text as one large integer, modulo 10,000
// (p-lambda/dsir). Pairs are joined by a space. Words and pairs repeat, so their buckets are kept.
import { hash } from 'node:crypto'
import { wordsOf } from './words.ts'

/** Number of buckets, as in the paper. */
export const buckets = 10_000

/** What each byte of a hash adds per unit: 256^(31 - place) modulo the buckets. */
const byteWorth = new Uint16Array(32)
for (let place = 31, worth = 1; place >= 0; place--, worth = (worth * 256) % buckets)
  byteWorth[place] = worth

/** Bucket of a word or of a pair "one two". */
export function bucketOf(ngram: string): number {
  // One character per byte: the quickest form to read.
  const bytes = hash('sha256', ngram, 'binary')
  let sum = 0
  for (let place = 0; place < 32; place++) sum += bytes.charCodeAt(place) * byteWorth[place]
  return sum % buckets
}

/** Words of one text with their buckets. */
export interface TextBuckets {
  readonly words: readonly string[]
  /** Buckets of the words, then of the pairs (word i with word i + 1): 2 x words - 1 in all. */
  readonly buckets: Uint16Array
}

/** Known words before the table is emptied, and places for pairs; some 50 MB in all. */
const mostWords = 1 << 18
const pairBits = 21
const pairPlaces = 1 << pairBits

/** The n-th word or pair of a text, as text. */
export function ngramAt({ words }: TextBuckets, at: number): string {
  if (at < words.length) return words[at]
  const first = at - words.length
  return `${words[first]} ${words[first + 1]}`
}

/** Reads one text; the buckets handed out are valid until the next is read. */
export type BucketReader = (text: string) => TextBuckets

/**
 * Reads texts. Memory is bounded; what it remembers changes how quick it is, never what it gives.
 */
export function createBucketReader(): BucketReader {
  const numbers = new Map<string, number>()
  let next = 1
  // Bucket of the word with number n at n - base.
  let base = next
  const ofWord = new Uint16Array(mostWords)
  // One pair per place; a newcomer takes the place of the one before. Number 0 is no word.
  const pairFirst = new Uint32Array(pairPlaces)
  const pairSecond = new Uint32Array(pairPlaces)
  const ofPair = new Uint16Array(pairPlaces)
  let out = new Uint16Array(1024)
  let own = new Uint32Array(512)

  function numberOf(word: string): number {
    const known = numbers.get(word)
    if (known !== undefined) return known
    ofWord[next - base] = bucketOf(word)
    numbers.set(word, next)
    return next++
  }

  function pairBucket(first: number, second: number, words: readonly string[], at: number): number {
    const place = (Math.imul(first, 0x9e3779b1) ^ Math.imul(second, 0x85ebca6b)) >>> (32 - pairBits)
    if (pairFirst[place] === first && pairSecond[place] === second) return ofPair[place]
    pairFirst[place] = first
    pairSecond[place] = second
    ofPair[place] = bucketOf(`${words[at]} ${words[at + 1]}`)
    return ofPair[place]
  }

  return (text) => {
    const words = wordsOf(text)
    const count = words.length
    if (own.length < count) {
      own = new Uint32Array(2 * count)
      out = new Uint16Array(4 * count)
    }
    for (let at = 0; at < count; at++) {
      if (numbers.size >= mostWords) {
        // Numbers go on, so pairs of words that were forgotten are never mistaken for others.
        numbers.clear()
        base = next
      }
      own[at] = numberOf(words[at])
      out[at] = ofWord[own[at] - base]
    }
    for (let at = 0; at + 1 < count; at++)
      out[count + at] = pairBucket(own[at], own[at + 1], words, at)
    return { words, buckets: out.subarray(0, Math.max(0, 2 * count - 1)) }
  }
}
