// Stored arrays of a tiny set as NumPy .npy files with as many bytes for each number as the storage
// ledger counts: half precision is half precision on disk, too.
import { readFile } from 'node:fs/promises'
import { AppError } from '../../api/errors.ts'
import { halfToNumber } from '../datasets/readers/arrays/array-types.ts'
import { parseNpyFields } from '../datasets/readers/arrays/npy-fields.ts'
import { writeFileAtomic } from '../files/atomic-write.ts'
import type { StoredArray } from '../methods/distillation/distillation-method.ts'
import { narrowNumbers } from '../compute/narrow-numbers.ts'
import { npyHeader } from '../files/npy-preamble.ts'

/** Writes one array durably, flat. */
export async function writeStored(
  path: string,
  array: Pick<StoredArray, 'values' | 'bytesEach'>
): Promise<void> {
  const { descr, values } = narrowNumbers(array)
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength)
  await writeFileAtomic(path, [npyHeader(descr, [values.length]), bytes])
}

/**
 * Reads what {@link writeStored} wrote: half precision as float32, two-byte numbers as uint32. Throws
 * AppError "file-damaged" when it is missing or not as written.
 */
export async function readStored(path: string): Promise<StoredArray['values']> {
  try {
    const bytes = await readFile(path)
    const { descr, shape, dataOffset } = parseNpyFields(bytes)
    // A copy: typed arrays need an aligned start, and a read file may share its memory with others.
    const { buffer } = new Uint8Array(bytes.subarray(dataOffset))
    const values = valuesOf(descr, buffer)
    if (shape.length === 1 && values.length === shape[0]) return values
  } catch (cause) {
    throw damaged(cause)
  }
  throw damaged()
}

function damaged(cause?: unknown): AppError {
  return new AppError('file-damaged', 'A file of this run is damaged. Run it again.', { cause })
}

/** Throws an Error for a kind of number that is never written. */
function valuesOf(descr: string, buffer: ArrayBuffer): StoredArray['values'] {
  switch (descr) {
    case '|u1':
      return new Uint8Array(buffer)
    case '<u2':
      return Uint32Array.from(new Uint16Array(buffer))
    case '<i4':
      return new Int32Array(buffer)
    case '<u4':
      return new Uint32Array(buffer)
    case '<f2':
      return Float32Array.from(new Uint16Array(buffer), halfToNumber)
    case '<f4':
      return new Float32Array(buffer)
    default:
      throw new Error(`numbers of type ${descr.slice(0, 12)} were never written`)
  }
}
