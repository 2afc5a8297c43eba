// Orders of a million rows: stable radix sorts on whole numbers, so that equal keys keep the
// dataset's own order and nothing compares twice. One pass at a time, with breaks between them.
import type { Breaks } from './breaks.ts'

// Few enough buckets to stay in the processor's cache.
const digitBits = 11
const buckets = 1 << digitBits
const digitsPerWord = Math.ceil(32 / digitBits)

/** 0, 1, 2 ... */
export function identity(length: number): Uint32Array<ArrayBuffer> {
  const order = new Uint32Array(length)
  for (let i = 0; i < length; i++) order[i] = i
  return order
}

/**
 * One stable pass over some bits of the keys: `from` in the order of those bits, into `to`. False
 * when all keys have the same bits, and nothing was done.
 */
function pass(keys: Uint32Array, shift: number, from: Uint32Array, to: Uint32Array): boolean {
  const mask = buckets - 1
  const starts = new Uint32Array(buckets + 1)
  for (let i = 0; i < keys.length; i++) starts[((keys[i] >>> shift) & mask) + 1]++
  if (starts.includes(keys.length, 1)) return false
  for (let b = 0; b < buckets; b++) starts[b + 1] += starts[b]
  for (let i = 0; i < from.length; i++) {
    const row = from[i]
    to[starts[(keys[row] >>> shift) & mask]++] = row
  }
  return true
}

/** `words` from the least to the most telling. */
async function orderByWords(
  words: readonly Uint32Array[],
  breaks: Breaks
): Promise<Uint32Array<ArrayBuffer>> {
  let from = identity(words[0].length)
  let to = new Uint32Array(from.length)
  for (const keys of words) {
    for (let digit = 0; digit < digitsPerWord; digit++) {
      if (pass(keys, digit * digitBits, from, to)) {
        const swap = from
        from = to
        to = swap
      }
      if (breaks.isDue()) await breaks.take()
    }
  }
  return from
}

/** Rows in the order of their keys; equal keys stay in row order. Length = keys. */
export function orderByKeys(keys: Uint32Array, breaks: Breaks): Promise<Uint32Array<ArrayBuffer>> {
  return orderByWords([keys], breaks)
}

/** Dense ranks of rows; equal values share one. */
export interface Ranks {
  /** 0 = smallest; `missing` for rows without a value. */
  readonly ranks: Uint32Array
  readonly missing: number
}

/**
 * Ranks of numbers; NaN is missing. The bits of a double, with the sign folded in, sort as the
 * numbers do.
 */
export async function ranksOfNumbers(values: Float64Array, breaks: Breaks): Promise<Ranks> {
  const bits = new Uint32Array(values.buffer, values.byteOffset, 2 * values.length)
  const low = new Uint32Array(values.length)
  const high = new Uint32Array(values.length)
  for (let i = 0; i < values.length; i++) {
    // -0 and 0 are one value.
    const isZero = values[i] === 0
    const l = isZero ? 0 : bits[2 * i]
    const h = isZero ? 0 : bits[2 * i + 1]
    if (h >>> 31 === 1) {
      low[i] = ~l
      high[i] = ~h
    } else {
      low[i] = l
      high[i] = h | 0x80000000
    }
  }
  if (breaks.isDue()) await breaks.take()
  const order = await orderByWords([low, high], breaks)
  return ranksOfOrder(
    order,
    (a, b) => low[a] === low[b] && high[a] === high[b],
    (row) => Number.isNaN(values[row]),
    breaks
  )
}

/** Ranks from an order: neighbours that `isSame` share one. */
export async function ranksOfOrder(
  order: Uint32Array,
  isSame: (a: number, b: number) => boolean,
  isMissing: (row: number) => boolean,
  breaks: Breaks
): Promise<Ranks> {
  const ranks = new Uint32Array(order.length)
  let rank = 0
  let last = -1
  for (let i = 0; i < order.length; i++) {
    const row = order[i]
    if (isMissing(row)) continue
    if (last >= 0 && !isSame(last, row)) rank++
    ranks[row] = rank
    last = row
    if ((i & 0x3fff) === 0 && breaks.isDue()) await breaks.take()
  }
  const missing = rank + 1
  for (let row = 0; row < ranks.length; row++) if (isMissing(row)) ranks[row] = missing
  return { ranks, missing }
}

/** Rows by rank, up or down. Missing ones come last both ways, ties keep row order. */
export function orderByRanks(
  { ranks, missing }: Ranks,
  isDescending: boolean,
  breaks: Breaks
): Promise<Uint32Array<ArrayBuffer>> {
  if (!isDescending) return orderByKeys(ranks, breaks)
  const turned = new Uint32Array(ranks.length)
  for (let row = 0; row < ranks.length; row++)
    turned[row] = ranks[row] === missing ? missing : missing - 1 - ranks[row]
  return orderByKeys(turned, breaks)
}
