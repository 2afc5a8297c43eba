// Arrays whose place in a file is known, and the file of such arrays as an ArrayFile.
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../../../api/errors.ts'
import type { ArrayFile, ArrayFormat, FoundTensor } from './array-file.ts'
import { arrayTypes, valuesOf, type ArrayType } from './array-types.ts'
import { openTensor, readAt, type TensorPlace } from './tensor-rows.ts'

/** Fixed-width texts: NumPy's "U" (4 bytes a character) and "S" (1 byte). */
export interface TextPlace {
  readonly path: string
  readonly offset: number
  readonly count: number
  readonly width: number
  readonly bytesPerCharacter: 1 | 4
  readonly isBigEndian: boolean
  /** The bytes of the file, when they are in memory already. */
  readonly bytes?: Uint8Array
}

/** An array and where it lies; without a place it has a problem. */
export interface Located {
  readonly tensor: FoundTensor
  readonly place: TensorPlace | TextPlace | undefined
}

/** True for the place of numbers. */
export function isNumbers(place: Located['place']): place is TensorPlace {
  return place !== undefined && 'shape' in place
}

/** Bytes the values of a shape take; NaN when they cannot be counted. */
export function tensorBytes(shape: readonly number[], type: ArrayType): number {
  const bytes = valuesOf(shape) * arrayTypes[type]
  return Number.isSafeInteger(bytes) ? bytes : Number.NaN
}

const noDimensions = 'It is a single number, not a list of rows.'

/** A tensor of numbers at a place; single numbers get a problem. */
export function locatedNumbers(name: string, place: TensorPlace): Located {
  const isSingle = place.shape.length === 0
  return {
    tensor: {
      name,
      shape: place.shape,
      dtype: place.type,
      type: place.type,
      sizeBytes: tensorBytes(place.shape, place.type),
      problem: isSingle ? noDimensions : undefined,
      isPacked: false
    },
    place: isSingle ? undefined : place
  }
}

/** An array that is listed but not read. */
export function unreadableTensor(
  name: string,
  problem: string,
  known: Partial<Pick<FoundTensor, 'shape' | 'dtype' | 'sizeBytes'>> = {}
): Located {
  return {
    tensor: {
      name,
      shape: known.shape ?? [],
      dtype: known.dtype ?? 'unknown',
      type: undefined,
      sizeBytes: known.sizeBytes ?? 0,
      problem,
      isPacked: false
    },
    place: undefined
  }
}

/** A file all of whose arrays can be read in place. */
export function fileOfPlaces(
  path: string,
  format: ArrayFormat,
  located: readonly Located[]
): ArrayFile {
  return {
    format,
    tensors: located.map(({ tensor }) => tensor),
    async rows(name) {
      const { tensor, place } = findLocated(located, name, path)
      if (!isNumbers(place)) throw notNumbers(tensor)
      return openTensor(place)
    },
    async texts(name) {
      const { tensor, place } = findLocated(located, name, path)
      if (place === undefined || isNumbers(place)) throw notTexts(tensor)
      return readTexts(place)
    },
    close: async () => {}
  }
}

/** The array of this name. Throws AppError "column-not-found". */
export function findLocated<T extends Located>(
  located: readonly T[],
  name: string,
  path: string
): T {
  const found = located.find(({ tensor }) => tensor.name === name)
  if (found === undefined)
    throw new AppError('column-not-found', `“${basename(path)}” has no array “${name}”.`)
  return found
}

/** The refusal of an array that holds no rows of numbers. */
export function notNumbers(tensor: FoundTensor): AppError {
  return new AppError('file-not-recognised', tensor.problem ?? 'This array holds no numbers.')
}

/** The refusal of an array that holds no texts. */
export function notTexts(tensor: FoundTensor): AppError {
  return new AppError('file-not-recognised', tensor.problem ?? 'This array holds no texts.')
}

const textBytes = 64 * 2 ** 20

/** The texts of a place. Throws AppError "too-large" over 64 MiB, "file-damaged". */
export async function readTexts(place: TextPlace): Promise<readonly string[]> {
  const each = place.width * place.bytesPerCharacter
  if (place.count * each > textBytes || place.count > 4_000_000)
    throw new AppError('too-large', 'This list of texts is larger than the app reads safely.')
  const bytes =
    place.bytes?.subarray(place.offset, place.offset + place.count * each) ??
    (await readPart(place.path, place.offset, place.count * each))
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return Array.from({ length: place.count }, (_, i) =>
    textAt(buffer.subarray(i * each, (i + 1) * each), place)
  )
}

async function readPart(path: string, offset: number, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new AppError('file-not-readable', undefined, { cause: error })
  })
  try {
    return await readAt(file, offset, length, basename(path))
  } finally {
    await file.close()
  }
}

function textAt(bytes: Buffer, place: TextPlace): string {
  if (place.bytesPerCharacter === 1) return bytes.toString('utf8').replace(/\0+$/, '')
  let text = ''
  for (let at = 0; at + 4 <= bytes.length; at += 4) {
    const code = place.isBigEndian ? bytes.readUInt32BE(at) : bytes.readUInt32LE(at)
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
  }
  return text.replace(/\0+$/, '').toWellFormed()
}
