// Texts as NumPy's .npy format has them, for zip entries of exports.
import { npyHeader } from '../files/npy-preamble.ts'

/** Texts as NumPy's fixed-length characters, four bytes each, with their header. */
export function textArray(texts: readonly string[]): Buffer {
  const characters = texts.map((text) => [...text])
  const longest = Math.max(1, ...characters.map((signs) => signs.length))
  const data = Buffer.alloc(texts.length * longest * 4)
  characters.forEach((signs, row) =>
    signs.forEach((sign, i) =>
      data.writeUInt32LE(sign.codePointAt(0) ?? 0, 4 * (row * longest + i))
    )
  )
  return Buffer.concat([npyHeader(`<U${longest}`, [texts.length]), data])
}
