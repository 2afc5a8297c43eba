// NumPy's .npy format as bytes, for files and zip entries of exports.

/** Header of .npy format 1.0 for an array in row-major order. */
export function npyHeader(descr: string, shape: readonly number[]): Buffer {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ')
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': (${sizes}), }`
  const length = Math.ceil((10 + text.length + 1) / 64) * 64
  const header = Buffer.alloc(length, 0x20)
  header.write('\x93NUMPY\x01\x00', 0, 'latin1')
  header.writeUInt16LE(length - 10, 8)
  header.write(text, 10, 'latin1')
  header[length - 1] = 0x0a
  return header
}

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
