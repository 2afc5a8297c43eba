// Mixing lists into one, each keeping its own order. Pure.
import type { Random } from '../../../compute/random.ts'

/**
 * Mixes lists evenly: each is spread over the whole, and its own order is kept. The first of longer
 * lists come first.
 */
export function mixEvenly<T>(lists: readonly (readonly T[])[]): T[] {
  return lists
    .flatMap((list) => list.map((value, i) => ({ value, at: (i + 0.5) / list.length })))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value)
}

/** Mixes two lists: every way of mixing them is equally likely. */
export function mixAtRandom<T>(first: readonly T[], second: readonly T[], random: Random): T[] {
  const mixed: T[] = []
  let [i, j] = [0, 0]
  while (i < first.length || j < second.length) {
    const left = first.length - i
    const isFirst = random.uniform() * (left + second.length - j) < left
    mixed.push(isFirst ? first[i++] : second[j++])
  }
  return mixed
}
