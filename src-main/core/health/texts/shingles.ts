// Near-duplicate texts: sets of three words in a row, MinHash signatures and their bands (Broder
// 1997; Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, chapter 3).
import { hashString, mix32 } from '../../compute/random.ts'

/** Words in a row that make one shingle. */
const shingleWords = 3
/** Bands of a signature, and rows of each: texts that share 0.7 of their shingles meet in 99 %. */
export const bands = 25
const bandRows = 5
const permutations = bands * bandRows
/** Shingles kept of a text: the smallest hashes of a longer one stand for all of them. */
export const shinglesMost = 4096

/** Least share of common shingles of two near-duplicate texts. */
export const alikeTexts01 = 0.7

const odd = Uint32Array.from({ length: permutations }, (_, i) => mix32(2 * i + 1) | 1)
const offset = Uint32Array.from({ length: permutations }, (_, i) => mix32(0x51ed27 + i))

/** Hashes of a text's shingles, ascending, each once; a short text is one shingle. */
export function shinglesOf(words: readonly string[]): Uint32Array {
  if (words.length === 0) return new Uint32Array(0)
  const hashes = words.map((word) => hashString(word))
  const count = Math.max(1, hashes.length - shingleWords + 1)
  const all = new Uint32Array(count)
  for (let i = 0; i < count; i++) {
    let hash = 0x9e3779b9
    for (let j = i; j < Math.min(hashes.length, i + shingleWords); j++)
      hash = mix32(Math.imul(hash, 31) ^ hashes[j])
    all[i] = hash
  }
  all.sort()
  let kept = 0
  for (let i = 0; i < count; i++) if (i === 0 || all[i] !== all[i - 1]) all[kept++] = all[i]
  return all.slice(0, Math.min(kept, shinglesMost))
}

/** One key per band; equal keys make two texts candidates. Zeros for a text without words. */
export function bandKeys(shingles: Uint32Array): Uint32Array {
  const keys = new Uint32Array(bands)
  if (shingles.length === 0) return keys
  const least = new Uint32Array(permutations).fill(0xffffffff)
  for (const shingle of shingles) {
    for (let p = 0; p < permutations; p++) {
      // Multiply and shift mixes a 32-bit hash well enough for a minimum.
      let value = Math.imul(shingle ^ offset[p], odd[p])
      value = (value ^ (value >>> 15)) >>> 0
      if (value < least[p]) least[p] = value
    }
  }
  for (let band = 0; band < bands; band++) {
    let key = band + 1
    for (let i = 0; i < bandRows; i++) key = mix32(Math.imul(key, 31) ^ least[band * bandRows + i])
    // 0 means "no words".
    keys[band] = key === 0 ? 1 : key
  }
  return keys
}

/**
 * Share of common shingles (Jaccard) of two ascending sets. Exact while both are whole; when one was
 * cut to its smallest hashes, only hashes below both cuts are counted, an unbiased estimate.
 */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  const top = Math.min(
    a.length >= shinglesMost ? a[a.length - 1] : 0xffffffff,
    b.length >= shinglesMost ? b[b.length - 1] : 0xffffffff
  )
  let common = 0
  let all = 0
  for (let i = 0, j = 0; i < a.length || j < b.length;) {
    const left = i < a.length ? a[i] : Infinity
    const right = j < b.length ? b[j] : Infinity
    if (Math.min(left, right) > top) break
    all++
    if (left === right) common++
    if (left <= right) i++
    if (right <= left) j++
  }
  return all === 0 ? 0 : common / all
}
