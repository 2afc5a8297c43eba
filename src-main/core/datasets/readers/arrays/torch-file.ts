// A PyTorch file (.pt, .pth) of plain tensors: a zip with a pickle that describes them and one
// stored entry of values each. The pickle is read without running anything (see tensor-pickle.ts).
import { basename } from 'node:path'
import { byteLimits } from '../../../files/byte-limits.ts'
import { openZip, type ZipArchive } from '../../../files/zip-reader.ts'
import { damagedArray, refusedArray } from './array-errors.ts'
import type { ArrayFile } from './array-file.ts'
import { arrayTypes, valuesOf, type ArrayType } from './array-types.ts'
import { fileOfPlaces, locatedNumbers, unreadableTensor, type Located } from './located.ts'
import { mostDimensions } from './npy-fields.ts'
import { PickleRefusal } from './pickle-input.ts'
import { isList, isTensor, type PickledTensor, type PickledValue } from './pickle-values.ts'
import { readPickle } from './tensor-pickle.ts'

const storageTypes = new Map<string, ArrayType>([
  ['HalfStorage', 'float16'],
  ['BFloat16Storage', 'bfloat16'],
  ['FloatStorage', 'float32'],
  ['DoubleStorage', 'float64'],
  ['CharStorage', 'int8'],
  ['ByteStorage', 'uint8'],
  ['ShortStorage', 'int16'],
  ['IntStorage', 'int32'],
  ['LongStorage', 'int64'],
  ['BoolStorage', 'bool']
])

/** Largest description read: that of a single tensor has about 200 bytes. */
const pickleBytes = 16 * 2 ** 20
const limits = { ...byteLimits, totalBytes: Infinity }
const saveAsOne = 'In PyTorch, save one tensor: torch.save(tensor.contiguous().cpu(), "file.pt").'

/** True for the first bytes of a file that torch.save writes since version 1.6. */
export function isTorchHead(head: Uint8Array): boolean {
  if (head.length < 34) return false
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  if (bytes.readUInt32LE(0) !== 0x04034b50) return false
  const name = bytes.toString('latin1', 30, 30 + bytes.readUInt16LE(26))
  return name === 'data.pkl' || name.endsWith('/data.pkl')
}

// A pickle of torch's magic number 0x1950a86a20f9469cfc6c.
const legacyStart = Buffer.from('80028a0a6cfc9c46f9206aa85019', 'hex')

/** True for the first bytes of a file of torch.save before version 1.6. */
export function isLegacyTorchHead(head: Uint8Array): boolean {
  return legacyStart.equals(head.subarray(0, legacyStart.length))
}

/**
 * Opens a file. Throws AppError "file-not-recognised" for anything but plain tensors, naming it,
 * "file-damaged", "archive-unsafe" or "too-large".
 */
export async function openTorchFile(path: string, head: Uint8Array): Promise<ArrayFile> {
  const shown = basename(path)
  if (isLegacyTorchHead(head))
    throw refusedArray(
      shown,
      'it was saved in the old format of PyTorch',
      'Load it in PyTorch and save it again with version 1.6 or later.'
    )
  const archive = await openZip(path, limits)
  try {
    return fileOfPlaces(path, 'torch', await listTensors(archive, path))
  } finally {
    await archive.close()
  }
}

async function listTensors(archive: ZipArchive, path: string): Promise<readonly Located[]> {
  const shown = basename(path)
  const pickle = archive.entries.find(({ name }) => /(^|\/)data\.pkl$/.test(name))
  if (pickle === undefined) throw damagedArray(shown, 'its description is missing')
  const folder = pickle.name.slice(0, -'data.pkl'.length)
  const bytes = await archive.read(pickle, pickleBytes)
  const isBigEndian = await byteOrder(archive, folder)
  let tensors: readonly (readonly [string, PickledTensor])[]
  try {
    tensors = namedTensors(readPickle(bytes))
  } catch (error) {
    if (!(error instanceof PickleRefusal)) throw error
    throw refusedArray(shown, `its description ${error.reason}`, saveAsOne)
  }
  if (tensors.length === 0) throw refusedArray(shown, 'it holds no tensor', saveAsOne)
  const located: Located[] = []
  for (const [name, tensor] of tensors)
    located.push(await locate(archive, folder, name, tensor, { path, isBigEndian }))
  return located
}

async function byteOrder(archive: ZipArchive, folder: string): Promise<boolean> {
  const entry = archive.find(`${folder}byteorder`)
  if (entry === undefined) return false
  return (await archive.read(entry, 64)).toString('latin1').trim() === 'big'
}

const mostNested = 4
const mostTensors = 10_000

/** The tensors of a value with their names; "" for a single one. */
function namedTensors(value: PickledValue): (readonly [string, PickledTensor])[] {
  const found: (readonly [string, PickledTensor])[] = []
  let looked = 0
  function look(part: PickledValue, name: string, depth: number): void {
    // A pickle can put one list into another many times over.
    if (++looked > mostTensors) throw new PickleRefusal('holds more than is read safely')
    if (isTensor(part)) found.push([name, part])
    else if (depth < mostNested) {
      const inside = (key: string): string => (name === '' ? key : `${name}.${key}`)
      if (part instanceof Map)
        for (const [key, inner] of part)
          if (typeof key === 'string' || typeof key === 'number')
            look(inner, inside(String(key)), depth + 1)
      if (isList(part))
        for (const [i, inner] of part.entries()) look(inner, inside(String(i)), depth + 1)
    }
  }
  look(value, '', 0)
  const names = new Set(found.map(([name]) => name))
  if (names.size !== found.length) throw new PickleRefusal('names two tensors alike')
  return found
}

async function locate(
  archive: ZipArchive,
  folder: string,
  name: string,
  tensor: PickledTensor,
  file: { readonly path: string; readonly isBigEndian: boolean }
): Promise<Located> {
  const shown = basename(file.path)
  const { storage, shape, strides, offset } = tensor
  const type = storageTypes.get(storage.kind)
  const entry = archive.find(`${folder}data/${storage.key}`)
  if (entry === undefined || type === undefined) throw damagedArray(shown, 'its values are missing')
  const place = await archive.place(entry)
  if (place === undefined) throw refusedArray(shown, 'its values are packed', saveAsOne)
  const bytes = arrayTypes[type]
  if (storage.length * bytes !== place.bytes)
    throw damagedArray(shown, 'the size of its values does not fit its description')
  const values = valuesOf(shape)
  if (shape.length > mostDimensions || !((offset + values) * bytes <= place.bytes))
    throw damagedArray(shown, 'its shape does not fit its values')
  const order = orderOf(shape, strides)
  if (order === undefined)
    return unreadableTensor(
      name,
      'Its rows do not lie one after the other. Save tensor.contiguous().',
      {
        shape,
        dtype: type,
        sizeBytes: values * bytes
      }
    )
  return locatedNumbers(name, {
    path: file.path,
    name: shown,
    offset: place.offset + offset * bytes,
    shape,
    type,
    isBigEndian: file.isBigEndian,
    isFortran: order === 'fortran'
  })
}

/** How the strides walk the values: rows together, columns together, or neither. */
function orderOf(
  shape: readonly number[],
  strides: readonly number[]
): 'c' | 'fortran' | undefined {
  if (shape.includes(0)) return 'c'
  const dimensions = shape.map((_, d) => d)
  // The stride of a dimension of size 1 is never used.
  const walks = (order: readonly number[]): boolean => {
    let step = 1
    return order.every((d) => {
      const fits = shape[d] === 1 || strides[d] === step
      step *= shape[d]
      return fits
    })
  }
  if (walks([...dimensions].reverse())) return 'c'
  return walks(dimensions) ? 'fortran' : undefined
}
