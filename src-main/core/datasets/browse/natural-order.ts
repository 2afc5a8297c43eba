// Natural order of many texts ("item 2" before "item 10", case folded): each text becomes a key
// that plain comparison puts in that order, and keys are merged in slices.
import type { Breaks } from './breaks.ts'
import { identity, ranksOfOrder, type Ranks } from './radix-order.ts'
import { foldText } from './words.ts'

const runs = 512

/**
 * A key whose plain order is the natural order of texts: case and accents folded, numbers by their
 * length and then their digits, without leading zeros.
 */
export function naturalKey(text: string): string {
  return foldText(text).replace(/[0-9]+/g, (digits) => {
    const significant = digits.replace(/^0+(?=.)/, '')
    // "0" keeps numbers among the digits' place; one character holds the length.
    return `0${String.fromCharCode(Math.min(significant.length, 0xffff))}${significant}`
  })
}

/** Ranks of texts in natural order; "" is missing. Slow for large lists, so done with breaks. */
export async function ranksOfTexts(texts: readonly string[], breaks: Breaks): Promise<Ranks> {
  const keys = new Array<string>(texts.length)
  for (let i = 0; i < texts.length; i++) {
    keys[i] = naturalKey(texts[i])
    if (i % 1024 === 0 && breaks.isDue()) await breaks.take()
  }
  const order = await mergeSort(keys, breaks)
  return ranksOfOrder(
    order,
    (a, b) => keys[a] === keys[b],
    (row) => texts[row] === '',
    breaks
  )
}

async function mergeSort(keys: readonly string[], breaks: Breaks): Promise<Uint32Array> {
  const compare = (a: number, b: number): number =>
    keys[a] < keys[b] ? -1 : keys[a] > keys[b] ? 1 : a - b
  let from: Uint32Array = identity(keys.length)
  let to: Uint32Array = new Uint32Array(keys.length)
  for (let start = 0; start < from.length; start += runs) {
    const run = Array.from(from.subarray(start, start + runs)).sort(compare)
    from.set(run, start)
    if (breaks.isDue()) await breaks.take()
  }
  for (let width = runs; width < from.length; width *= 2) {
    for (let start = 0; start < from.length; start += 2 * width) {
      await merge(keys, from, to, start, width, breaks)
    }
    const swap = from
    from = to
    to = swap
  }
  return from
}

/** Merges two neighbouring sorted runs of `width` into `to`; of equal keys the left one comes first. */
async function merge(
  keys: readonly string[],
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  width: number,
  breaks: Breaks
): Promise<void> {
  const middle = Math.min(start + width, from.length)
  const end = Math.min(start + 2 * width, from.length)
  // Files often come in order already: then there is nothing to merge.
  if (middle >= end || keys[from[middle - 1]] <= keys[from[middle]]) {
    to.set(from.subarray(start, end), start)
    return
  }
  let left = start
  let right = middle
  for (let at = start; at < end; at++) {
    const isLeft = right >= end || (left < middle && keys[from[left]] <= keys[from[right]])
    to[at] = isLeft ? from[left++] : from[right++]
    if ((at & 4095) === 0 && breaks.isDue()) await breaks.take()
  }
}
