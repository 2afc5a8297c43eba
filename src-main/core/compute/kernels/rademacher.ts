// Random matrices of +1 and -1 from a counter: every block is made again from its number alone, so
// that a projection of any height is never held in memory (specs/selection.md B3).
import { hashString, mix32 } from '../random.ts'

/**
 * Fills rows x columns signs of block `block` of the matrix named by `seed`, row-major. A sign
 * depends on seed, block, row and column only, not on what was asked for before.
 */
export function fillSigns(
  seed: number,
  block: number,
  rows: number,
  columns: number,
  out: Float32Array
): void {
  if (out.length !== rows * columns)
    throw new RangeError(`${out.length} numbers are not ${rows} x ${columns}`)
  const key = hashString(`signs ${block}`, seed)
  const words = Math.ceil(columns / 32)
  for (let row = 0; row < rows; row++) {
    // Two rounds: with one, neighbouring counters would share too many bits.
    const rowKey = mix32(key ^ Math.imul(row + 1, 0x9e3779b1))
    for (let word = 0; word < words; word++) {
      let bits = mix32(mix32(rowKey + Math.imul(word + 1, 0x85ebca77)) ^ key)
      const from = row * columns + 32 * word
      const to = Math.min((row + 1) * columns, from + 32)
      for (let at = from; at < to; at++) {
        out[at] = (bits & 1) === 0 ? 1 : -1
        bits >>>= 1
      }
    }
  }
}
