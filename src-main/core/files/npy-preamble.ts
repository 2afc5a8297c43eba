// The start of a NumPy .npy file for any kind of number, for files and zip entries.

/**
 * Header of .npy format 1.0 for an array in row-major order.
 * @param descr NumPy's name of the kind of number: "<f4"
 */
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
