// A .safetensors file: 8 bytes of length, a JSON description, then the values of all tensors without
// gaps. Everything the description claims is checked before anything is read.
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
import { mostDimensions } from './npy-fields.ts'
import { readAt } from './tensor-rows.ts'

/**
 * Longest description that is read: about 150,000 tensors. The format itself allows 100 MB, which
 * no file of features comes near and which would cost a gigabyte of memory to parse.
 */
export const descriptionBytes = 16 * 2 ** 20

const kinds = new Map<string, ArrayType>([
  ['BOOL', 'bool'],
  ['I8', 'int8'],
  ['U8', 'uint8'],
  ['I16', 'int16'],
  ['U16', 'uint16'],
  ['I32', 'int32'],
  ['U32', 'uint32'],
  ['I64', 'int64'],
  ['U64', 'uint64'],
  ['F16', 'float16'],
  ['BF16', 'bfloat16'],
  ['F32', 'float32'],
  ['F64', 'float64']
])

/** True when the first bytes are a length and the start of a description that fits the file. */
export function isSafetensorsHead(head: Uint8Array, fileBytes: number): boolean {
  if (head.length < 10 || head[8] !== 0x7b) return false
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const length = view.getBigUint64(0, true)
  if (length < 2n || BigInt(fileBytes) < 8n + length) return false
  // JSON text starts with its first key or its end; other binary data hardly ever does.
  return /^\{\s*["}]/.test(Buffer.from(head.subarray(8, 64)).toString('latin1'))
}

/** Opens a file. Throws AppError "file-damaged", "too-large" or "file-not-readable". */
export async function openSafetensors(path: string, fileBytes: number): Promise<ArrayFile> {
  const shown = basename(path)
  const file = await open(path, 'r').catch((error: unknown) => {
    throw new AppError('file-not-readable', undefined, { cause: error })
  })
  try {
    const start = Buffer.from(await readAt(file, 0, 8, shown))
    const claimed = start.readBigUInt64LE()
    if (claimed > BigInt(descriptionBytes))
      throw new AppError(
        'too-large',
        `The description of “${shown}” is longer than is read safely.`
      )
    const length = Number(claimed)
    if (8 + length > fileBytes) throw damagedArray(shown, 'its description is cut off')
    const text = Buffer.from(await readAt(file, 8, length, shown)).toString('utf8')
    const from = 8 + length
    return fileOfPlaces(path, 'safetensors', readDescription(text, path, from, fileBytes - from))
  } finally {
    await file.close()
  }
}

interface Claim {
  readonly name: string
  readonly kind: string
  readonly shape: readonly number[]
  readonly start: number
  readonly end: number
}

function readDescription(
  text: string,
  path: string,
  from: number,
  dataBytes: number
): readonly Located[] {
  const shown = basename(path)
  let description: unknown
  try {
    description = JSON.parse(text)
  } catch (error) {
    throw damagedArray(shown, 'its description is not readable', error)
  }
  if (typeof description !== 'object' || description === null || Array.isArray(description))
    throw damagedArray(shown, 'its description is not readable')
  const claims = Object.entries(description)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, value]) => readClaim(name, value, shown))
  requireNoGaps(claims, dataBytes, shown)
  return claims.map((claim) => locateClaim(claim, path, from))
}

function readClaim(name: string, value: unknown, shown: string): Claim {
  if (typeof value !== 'object' || value === null)
    throw damagedArray(shown, 'its description is not readable')
  const kind: unknown = Reflect.get(value, 'dtype')
  const shape: unknown = Reflect.get(value, 'shape')
  const offsets: unknown = Reflect.get(value, 'data_offsets')
  if (typeof kind !== 'string' || !isSizes(shape) || !isSizes(offsets) || offsets.length !== 2)
    throw damagedArray(shown, `the description of “${name.slice(0, 80)}” is not readable`)
  if (shape.length > mostDimensions)
    throw damagedArray(shown, `“${name.slice(0, 80)}” has too many dimensions`)
  return { name, kind, shape, start: offsets[0], end: offsets[1] }
}

function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0)
}

/** The format demands that the tensors fill the rest of the file, one after the other. */
function requireNoGaps(claims: readonly Claim[], dataBytes: number, shown: string): void {
  const sorted = [...claims].sort((a, b) => a.start - b.start || a.end - b.end)
  let at = 0
  for (const { name, start, end } of sorted) {
    if (end < start || end > dataBytes)
      throw damagedArray(shown, `“${name.slice(0, 80)}” lies outside the file`)
    if (start < at) throw damagedArray(shown, `“${name.slice(0, 80)}” overlaps another array`)
    if (start > at) throw damagedArray(shown, 'its arrays leave gaps')
    at = end
  }
  if (at !== dataBytes) throw damagedArray(shown, 'its size does not fit its arrays')
}

function locateClaim(
  { name, kind, shape, start, end }: Claim,
  path: string,
  from: number
): Located {
  const type = kinds.get(kind)
  const bytes = end - start
  if (type === undefined)
    return unreadableTensor(
      name,
      `It holds values of type ${kind.slice(0, 12)}, which are not read.`,
      {
        shape,
        dtype: kind.slice(0, 12).toLowerCase(),
        sizeBytes: bytes
      }
    )
  if (tensorBytes(shape, type) !== bytes)
    throw damagedArray(basename(path), `the size of “${name.slice(0, 80)}” does not fit its shape`)
  return locatedNumbers(name, {
    path,
    name: basename(path),
    offset: from + start,
    shape,
    type,
    isBigEndian: false,
    isFortran: false
  })
}
