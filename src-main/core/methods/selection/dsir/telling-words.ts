// The words and word pairs that tell a target from the data, by name, so that a reason can quote the
// ones a text holds. Buckets alone could not: other words share them.
import { ngramAt, type BucketReader, type TextBuckets } from './buckets.ts'
import { isReadableWord } from './words.ts'

/** Names kept over all targets, and per target at least. */
const mostNames = 2000
const leastPerTarget = 50
/** A word is named when it is at least twice as frequent in the target as in the data. */
const leastRatio = Math.log(2)

/** Names of telling words and where to find them. */
export interface TellingWords {
  /** All names; a number n stands for names[n - 1]. */
  readonly names: readonly string[]
  /** Per target: number of the name for each bucket, 0 = none. */
  readonly ofBucket: readonly Uint32Array[]
  /** Per target: its most telling names, best first. */
  readonly best: readonly (readonly string[])[]
}

/** How often each readable word and pair occurs. */
function countNames(
  read: BucketReader,
  texts: readonly string[]
): Map<string, { count: number; bucket: number }> {
  const found = new Map<string, { count: number; bucket: number }>()
  for (const text of texts) {
    const own = read(text)
    own.buckets.forEach((bucket, at) => {
      const name = ngramAt(own, at)
      const known = found.get(name)
      if (known !== undefined) known.count++
      else if (name.length <= 60 && isReadableWord(name)) found.set(name, { count: 1, bucket })
    })
  }
  return found
}

/** A target's texts, the L_b it weighs with, and L_b from the plain shares. */
export interface NamedTarget {
  readonly texts: readonly string[]
  readonly ratios: Float64Array
  readonly plain: Float64Array
}

/** Names per target, by how much they speak for its texts. */
export function findTellingWords(
  read: BucketReader,
  targets: readonly NamedTarget[]
): TellingWords {
  const perTarget = Math.max(leastPerTarget, Math.floor(mostNames / Math.max(1, targets.length)))
  const names: string[] = []
  const best: (readonly string[])[] = []
  const ofBucket = targets.map(({ texts, ratios, plain }) => {
    const numbers = new Uint32Array(ratios.length)
    const ranked = [...countNames(read, texts)]
      .map(([name, { count, bucket }]) => ({ name, bucket, worth: count * ratios[bucket] }))
      .filter(({ bucket, worth }) => worth > 0 && plain[bucket] >= leastRatio)
      .sort((a, b) => b.worth - a.worth || (a.name < b.name ? -1 : 1))
    const kept: string[] = []
    for (const { name, bucket } of ranked) {
      if (kept.length === perTarget) break
      if (numbers[bucket] !== 0) continue
      kept.push(name)
      names.push(name)
      numbers[bucket] = names.length
    }
    best.push(kept.slice(0, 10))
    return numbers
  })
  return { names, ofBucket, best }
}

/** Whether two names have a word in common. */
function overlap(a: string, b: string): boolean {
  const words = a.split(' ')
  return b.split(' ').some((word) => words.includes(word))
}

/**
 * The two names that speak most for a text under one target, without a word in common; 0 = none.
 * @param ratios L_b of that target
 */
export function strongestTwo(
  text: TextBuckets,
  { names, ofBucket }: TellingWords,
  target: number,
  ratios: Float64Array
): readonly [number, number] {
  const numbers = ofBucket[target]
  const worth = new Map<number, number>()
  text.buckets.forEach((bucket, at) => {
    const number = numbers[bucket]
    // Another word may share the bucket: only what the text really holds is named.
    if (number === 0 || names[number - 1] !== ngramAt(text, at)) return
    worth.set(number, (worth.get(number) ?? 0) + ratios[bucket])
  })
  const ranked = [...worth].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([number]) => number)
  const first = ranked[0] ?? 0
  const second = ranked.find((number) => !overlap(names[number - 1], names[first - 1]))
  return [first, second ?? 0]
}
