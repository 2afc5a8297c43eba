// Columns that point in similar directions, so that what is joint among them can be solved exactly
// while everything else is left to the next round: kernel k-means on a sample of the columns, and
// every other column with the group it is most like.
import type { Dictionary } from './dictionary.ts'

/** Tells the group, 0 or more, of columns that can be used. */
export interface Grouping {
  of(columns: Uint32Array): Promise<Int16Array>
  /** Columns that were asked for so far, by group. */
  known(): Uint32Array[]
}

/** Columns of the sample at most, and how often it is dealt out anew at most. */
const sampled = 512
const mostPasses = 10

/**
 * Deals columns out into at most `count` groups; the same columns give the same groups.
 * @param from what `known` gave before
 */
export async function groupColumns(
  dictionary: Dictionary,
  count: number,
  from: readonly Uint32Array[] = []
): Promise<Grouping> {
  if (count <= 1)
    return { of: (columns) => Promise.resolve(new Int16Array(columns.length)), known: () => [] }
  const sample = sampleOf(dictionary)
  const likeness = cosines(dictionary, await dictionary.gram(sample), sample, sample)
  const groupOf = dealOut(likeness, sample.length, count)
  const lengths = lengthsOf(likeness, groupOf, count)
  const known = new Int16Array(dictionary.count).fill(-1)
  const members = Array.from({ length: count }, (_, group) => [...(from[group] ?? [])])
  members.forEach((columns, group) => columns.forEach((column) => (known[column] = group)))
  return {
    known: () => members.map((columns) => Uint32Array.from(columns)),
    async of(columns) {
      const fresh = columns.filter((column) => known[column] < 0)
      if (fresh.length > 0) {
        const gram = await dictionary.gram(fresh, sample)
        const like = cosines(dictionary, gram, fresh, sample)
        const sums = new Float64Array(count)
        for (let i = 0; i < fresh.length; i++) {
          const group = mostLike(like, i * sample.length, groupOf, lengths, sums)
          known[fresh[i]] = group
          members[group].push(fresh[i])
        }
      }
      return Int16Array.from(columns, (column) => known[column])
    }
  }
}

/** Places by group, each list at most `most` long: a larger group is cut into lists of equal size. */
export function listsOf(groups: Int16Array, most: number): Uint32Array[] {
  const byGroup = new Map<number, number[]>()
  groups.forEach((group, place) => {
    const list = byGroup.get(group)
    if (list === undefined) byGroup.set(group, [place])
    else list.push(place)
  })
  return [...byGroup.entries()]
    .sort(([a], [b]) => a - b)
    .flatMap(([, list]) => {
      const size = Math.ceil(list.length / Math.ceil(list.length / most))
      const parts: Uint32Array[] = []
      for (let from = 0; from < list.length; from += size)
        parts.push(Uint32Array.from(list.slice(from, from + size)))
      return parts
    })
}

/** Columns that can be used, evenly spaced. */
function sampleOf({ count, squares }: Dictionary): Uint32Array {
  const usable = Uint32Array.from({ length: count }, (_, i) => i).filter((i) => squares[i] > 0)
  const size = Math.min(sampled, usable.length)
  return Uint32Array.from(
    { length: size },
    (_, i) => usable[Math.floor((i * usable.length) / size)]
  )
}

function cosines(
  { squares }: Dictionary,
  gram: Float32Array | Float64Array,
  left: Uint32Array,
  right: Uint32Array
): Float64Array {
  const out = Float64Array.from(gram)
  const inverse = Float64Array.from(right, (column) => 1 / Math.sqrt(squares[column]))
  for (let i = 0; i < left.length; i++) {
    const own = 1 / Math.sqrt(squares[left[i]])
    for (let j = 0; j < right.length; j++) out[i * right.length + j] *= own * inverse[j]
  }
  return out
}

/** Begins with columns as unlike each other as can be, then deals out anew until nothing moves. */
function dealOut(likeness: Float64Array, n: number, count: number): Int16Array {
  const firsts = unlikeColumns(likeness, n, count)
  let groupOf = Int16Array.from({ length: n }, (_, i) => {
    let best = 0
    firsts.forEach((first, group) => {
      if (likeness[i * n + first] > likeness[i * n + firsts[best]]) best = group
    })
    return best
  })
  const sums = new Float64Array(count)
  for (let pass = 0; pass < mostPasses; pass++) {
    const lengths = lengthsOf(likeness, groupOf, count)
    const before = groupOf
    groupOf = before.map((_, i) => mostLike(likeness, i * n, before, lengths, sums))
    if (groupOf.every((group, i) => group === before[i])) break
  }
  return groupOf
}

function unlikeColumns(likeness: Float64Array, n: number, count: number): number[] {
  const firsts = [0]
  const nearest = likeness.slice(0, n)
  while (firsts.length < Math.min(count, n)) {
    let next = 0
    for (let i = 1; i < n; i++) if (nearest[i] < nearest[next]) next = i
    firsts.push(next)
    for (let i = 0; i < n; i++) nearest[i] = Math.max(nearest[i], likeness[next * n + i])
  }
  return firsts
}

/** Length of the sum of each group's unit columns; 0 for a group without any. */
function lengthsOf(likeness: Float64Array, groupOf: Int16Array, count: number): Float64Array {
  const n = groupOf.length
  const squares = new Float64Array(count)
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++)
      if (groupOf[i] === groupOf[j]) squares[groupOf[i]] += likeness[i * n + j]
  return squares.map((square) => Math.sqrt(Math.max(0, square)))
}

/** The group whose sum has the largest cosine with the column whose cosines begin at `from`. */
function mostLike(
  likeness: Float64Array,
  from: number,
  groupOf: Int16Array,
  lengths: Float64Array,
  sums: Float64Array
): number {
  sums.fill(0)
  for (let j = 0; j < groupOf.length; j++) sums[groupOf[j]] += likeness[from + j]
  let best = -1
  let most = -Infinity
  for (let group = 0; group < lengths.length; group++) {
    if (!(lengths[group] > 0)) continue
    const cosine = sums[group] / lengths[group]
    if (cosine > most) [best, most] = [group, cosine]
  }
  return Math.max(0, best)
}
