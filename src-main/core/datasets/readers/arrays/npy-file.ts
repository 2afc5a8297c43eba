// A .npy file (NumPy format 1.0 to 3.0): its one array, in C or Fortran order and either byte order.
import { open } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../../../api/errors.ts'
import { damagedArray } from './array-errors.ts'
import type { ArrayFile } from './array-file.ts'
import type { ArrayType } from './array-types.ts'
import {
  fileOfPlaces,
  locatedNumbers,
  tensorBytes,
  unreadableTensor,
  type Located
} from './located.ts'
import { npyDataOffset, npyPreambleBytes, parseNpyFields, type NpyFields } from './npy-fields.ts'
import { readAt } from './tensor-rows.ts'

const numberKinds: Readonly<Record<string, ArrayType>> = {
  b1: 'bool',
  i1: 'int8',
  u1: 'uint8',
  i2: 'int16',
  u2: 'uint16',
  i4: 'int32',
  u4: 'uint32',
  i8: 'int64',
  u8: 'uint64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64'
}

/** Where the bytes of one array in this format lie: the file itself, or an entry of an archive. */
export interface NpyWhere {
  /** Absolute. */
  readonly path: string
  /** Where its first byte lies in the file. */
  readonly offset: number
  /** Bytes from there to its end. */
  readonly bytes: number
  /** Name of the array, and the name used in messages. */
  readonly name: string
  readonly shown: string
}

/** Opens a .npy file. Throws AppError "file-damaged", "file-not-recognised" or "file-not-readable". */
export async function openNpyFile(path: string, fileBytes: number): Promise<ArrayFile> {
  const shown = basename(path)
  const where = { path, offset: 0, bytes: fileBytes, name: '', shown }
  const located = await locateNpy(where)
  if (located.tensor.type === undefined && located.place === undefined)
    throw new AppError('file-not-recognised', located.tensor.problem)
  return fileOfPlaces(path, 'npy', [located])
}

/** Reads the description at a place. Throws AppError "file-damaged" or "file-not-readable". */
export async function locateNpy(where: NpyWhere): Promise<Located> {
  const { path, offset, bytes, shown } = where
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new AppError('file-not-readable', undefined, { cause: error })
  })
  try {
    const preamble = await readAt(file, offset, Math.min(bytes, npyPreambleBytes), shown)
    const head = await readAt(file, offset, Math.min(bytes, npyDataOffset(preamble)), shown)
    return npyArray(head, where)
  } finally {
    await file.close()
  }
}

/**
 * The array described by `head`. Kinds that are not read come back with their problem; the bytes
 * must fit the shape exactly (security.md F5). Throws AppError "file-damaged".
 */
export function npyArray(head: Uint8Array, where: NpyWhere): Located {
  const { name, shown, bytes } = where
  let fields: NpyFields
  try {
    fields = parseNpyFields(head)
  } catch (error) {
    if (error instanceof AppError && error.code === 'file-not-recognised')
      return unreadableTensor(name, error.message, { sizeBytes: bytes, dtype: 'objects' })
    throw error
  }
  const { descr, shape, dataOffset, isFortran } = fields
  const isBigEndian = descr.startsWith('>')
  const kind = descr.replace(/^[<>|=]/, '')
  const dataBytes = bytes - dataOffset
  const offset = where.offset + dataOffset
  const text = /^([US])(\d{1,6})$/.exec(kind)
  if (text !== null)
    return textArray(where, fields, offset, text[1] === 'U' ? 4 : 1, Number(text[2]))
  const type = Object.hasOwn(numberKinds, kind) ? numberKinds[kind] : undefined
  if (type === undefined)
    return unreadableTensor(
      name,
      `It holds values of type ${kind.slice(0, 12)}, which are not read.`,
      {
        shape,
        dtype: kind.slice(0, 12),
        sizeBytes: dataBytes
      }
    )
  if (tensorBytes(shape, type) !== dataBytes)
    throw damagedArray(shown, 'its size does not fit its shape')
  return locatedNumbers(name, {
    path: where.path,
    name: shown,
    offset,
    shape,
    type,
    isBigEndian,
    isFortran: isFortran && shape.length > 1
  })
}

function textArray(
  where: NpyWhere,
  { shape, dataOffset, descr }: NpyFields,
  offset: number,
  bytesPerCharacter: 1 | 4,
  width: number
): Located {
  const count = shape.reduce((product, size) => product * size, 1)
  const dataBytes = where.bytes - dataOffset
  if (count * width * bytesPerCharacter !== dataBytes)
    throw damagedArray(where.shown, 'its size does not fit its shape')
  const problem = 'It holds texts, not numbers.'
  const found = unreadableTensor(where.name, problem, {
    shape,
    dtype: 'text',
    sizeBytes: dataBytes
  })
  return {
    tensor: found.tensor,
    place: {
      path: where.path,
      offset,
      count,
      width,
      bytesPerCharacter,
      isBigEndian: descr.startsWith('>')
    }
  }
}
