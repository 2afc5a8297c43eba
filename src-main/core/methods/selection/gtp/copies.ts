// Exact copies: rows with the same features and the same label. One pursuit never takes two of them
// (pursuit.ts); this keeps later pursuits and the filling from taking what an earlier one has.
import { mix32 } from '../../../compute/random.ts'

/**
 * A 52-bit key of a row's features and label. Rows with equal keys count as copies: by chance that
 * happens to one pair in 4.5e15.
 */
export function copyKey(
  features: Float32Array,
  from: number,
  width: number,
  label: number
): number {
  const bits = new Uint32Array(features.buffer, features.byteOffset + 4 * from, width)
  let a = mix32(label ^ 0x9e3779b9)
  let b = mix32(label ^ 0x243f6a88)
  for (let j = 0; j < width; j++) {
    a = Math.imul(a ^ bits[j], 0x01000193)
    a ^= a >>> 15
    b = Math.imul(b ^ bits[j], 0x85ebca6b)
    b ^= b >>> 13
  }
  return mix32(a) * 0x100000 + (mix32(b) & 0xfffff)
}

/**
 * For every row the first row (in the given order) that it is a copy of; itself where there is none.
 * @param rows all positions in order @param keys one key per entry of `rows`
 */
export function firstCopies(rows: Uint32Array, keys: Float64Array): Uint32Array {
  const firsts = new Map<number, number>()
  const copyOf = new Uint32Array(rows.length)
  rows.forEach((row, at) => {
    const first = firsts.get(keys[at]) ?? row
    if (first === row) firsts.set(keys[at], row)
    copyOf[row] = first
  })
  return copyOf
}
