// The numbers of a tiny set as named arrays, and the files that hold them: .npy, .npz, safetensors.
// Written in pieces, so that a large set does not stand still or lie in memory twice.
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import { HashedFile } from '../hashed-file.ts'
import type { ManifestFile } from '../manifest.ts'
import { halfBits } from '../../compute/half-precision.ts'
import { npyHeader } from '../../files/npy-preamble.ts'
import { textArray } from '../npy-bytes.ts'
import type { ViewTable } from '../../methods/distillation/distillation-method.ts'
import { isPictures, targetColumns, type TinySet } from './tiny-set.ts'

/** An array with a name; numbers are little-endian on every computer this runs on. */
export interface NamedTensor {
  readonly name: string
  readonly shape: readonly number[]
  readonly values:
    Float32Array | BigInt64Array | Int32Array | Uint32Array | Uint16Array | Uint8Array
  /** True when 16-bit values are the bits of half-precision numbers. */
  readonly isHalf?: boolean
}

/** Bytes written in one go. */
const pieceBytes = 1 << 20

/**
 * images (or rows): items x height x width x channels (or columns), normalised; labels: their class
 * numbers; targets: items x classes (or columns of what takes the place of labels), what students learn; mean and sd: how values were scaled.
 */
export function tensorsOf(
  set: Pick<TinySet, 'result' | 'count' | 'labels' | 'targets' | 'facts'> &
    Partial<Pick<TinySet, 'stored'>>,
  values: Float32Array
): NamedTensor[] {
  const { height, width, channels } = set.facts.shape
  const { mean, sd } = set.facts.normalisation
  const classes = set.result.classNames.length
  const items = isPictures(set)
    ? { name: 'images', shape: [set.count, height, width, channels] }
    : { name: 'rows', shape: [set.count, channels] }
  return [
    { ...items, values },
    {
      name: 'labels',
      shape: [set.count],
      values: BigInt64Array.from(set.labels, (label) => BigInt(label))
    },
    {
      name: 'targets',
      shape: [set.count, targetColumns(set)],
      ...asStored(targetsOf(set, classes), isHalfStored(set))
    },
    { name: 'mean', shape: [mean.length], values: Float32Array.from(mean) },
    { name: 'sd', shape: [sd.length], values: Float32Array.from(sd) }
  ]
}

/** True when richer labels are stored in half precision. */
export function isHalfStored({
  targets,
  stored = []
}: Pick<TinySet, 'targets'> & Partial<Pick<TinySet, 'stored'>>): boolean {
  return (
    targets.kind === 'soft' &&
    stored.some(
      ({ part, bytesEach }) => bytesEach === 2 && (part === 'labels' || part === 'teacher')
    )
  )
}

/** Numbers as they are, or in half precision. */
export function asStored(
  values: Float32Array,
  isHalf: boolean
): Pick<NamedTensor, 'values' | 'isHalf'> {
  return isHalf ? { values: Uint16Array.from(values, halfBits), isHalf } : { values }
}

/** Stored views as arrays: what {@link ViewTable} says, shares in half precision. */
export function viewTensors(
  { items, starts, order, stages, changes, shares }: ViewTable,
  classes: number
): NamedTensor[] {
  const count = items.length
  return [
    { name: 'items', shape: [count], values: items },
    { name: 'starts', shape: [starts.length], values: starts },
    { name: 'order', shape: [order.length], values: order },
    { name: 'changes', shape: [count, stages, 5], values: changes },
    { name: 'shares', shape: [count, classes], ...asStored(shares, true) }
  ]
}

/** items x classes: shares, free numbers, or 1 at each item's label. */
function targetsOf({ labels, targets }: Pick<TinySet, 'labels' | 'targets'>, classes: number) {
  if (targets.kind === 'soft') return targets.shares
  if (targets.kind === 'values') return targets.values
  const plain = new Float32Array(labels.length * classes)
  labels.forEach((label, item) => (plain[item * classes + label] = 1))
  return plain
}

const descriptions = {
  Float32Array: { npy: '<f4', safe: 'F32' },
  BigInt64Array: { npy: '<i8', safe: 'I64' },
  Int32Array: { npy: '<i4', safe: 'I32' },
  Uint32Array: { npy: '<u4', safe: 'U32' },
  Uint16Array: { npy: '<u2', safe: 'U16' },
  Half: { npy: '<f2', safe: 'F16' },
  Uint8Array: { npy: '|u1', safe: 'U8' }
} as const

function typeOf({ values, isHalf }: NamedTensor): (typeof descriptions)[keyof typeof descriptions] {
  if (values instanceof Float32Array) return descriptions.Float32Array
  if (values instanceof BigInt64Array) return descriptions.BigInt64Array
  if (values instanceof Int32Array) return descriptions.Int32Array
  if (values instanceof Uint32Array) return descriptions.Uint32Array
  if (values instanceof Uint16Array)
    return isHalf === true ? descriptions.Half : descriptions.Uint16Array
  return descriptions.Uint8Array
}

/** The bytes of the numbers, in pieces that share their memory. */
function* piecesOf({ values }: NamedTensor): Generator<Uint8Array, void, void> {
  for (let from = 0; from < values.byteLength; from += pieceBytes)
    yield new Uint8Array(
      values.buffer,
      values.byteOffset + from,
      Math.min(pieceBytes, values.byteLength - from)
    )
}

function* npyPieces(tensor: NamedTensor): Generator<Uint8Array, void, void> {
  yield npyHeader(typeOf(tensor).npy, tensor.shape)
  yield* piecesOf(tensor)
}

/** Looks whether to go on; called before each piece. */
export type Breathe = () => Promise<void>

async function writePieces(
  folder: string,
  path: string,
  pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  breathe: Breathe
): Promise<ManifestFile> {
  const file = await HashedFile.create(folder, path)
  try {
    for await (const piece of pieces) {
      await breathe()
      await file.write(piece)
    }
    return await file.finish()
  } catch (error) {
    await file.abandon()
    throw error
  }
}

/** Writes one array as a .npy file. */
export function writeNpyFile(
  folder: string,
  path: string,
  tensor: NamedTensor,
  breathe: Breathe
): Promise<ManifestFile> {
  return writePieces(folder, path, npyPieces(tensor), breathe)
}

/** Writes all arrays and the names of the classes as one .npz file, not compressed. */
export function writeNpz(
  folder: string,
  path: string,
  tensors: readonly NamedTensor[],
  classNames: readonly string[],
  breathe: Breathe
): Promise<ManifestFile> {
  const zip = new ZipFile()
  // The date of an entry would make two exports of the same set differ.
  const options = { compress: false, mtime: new Date(Date.UTC(2000, 0, 1)) }
  for (const tensor of tensors) {
    const pieces = Readable.from(npyPieces(tensor), { objectMode: false })
    zip.addReadStream(pieces, `${tensor.name}.npy`, options)
  }
  zip.addBuffer(textArray(classNames), 'classes.npy', options)
  zip.end()
  // yazl's stream yields Buffers.
  return writePieces(folder, path, zip.outputStream as AsyncIterable<Buffer>, breathe)
}

/**
 * Writes all arrays in the safetensors format: eight bytes with the length of a JSON header, the
 * header (type, shape and place of each array, and texts under "__metadata__"), then the numbers.
 */
export function writeSafetensors(
  folder: string,
  path: string,
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>,
  breathe: Breathe
): Promise<ManifestFile> {
  function* pieces(): Generator<Uint8Array, void, void> {
    yield safetensorsHeader(ordered, metadata)
    for (const tensor of ordered) yield* piecesOf(tensor)
  }
  // The widest numbers first, so that each array begins where its numbers may be read in place.
  const ordered = [...tensors].sort(
    (a, b) => b.values.BYTES_PER_ELEMENT - a.values.BYTES_PER_ELEMENT
  )
  return writePieces(folder, path, pieces(), breathe)
}

function safetensorsHeader(
  tensors: readonly NamedTensor[],
  metadata: Readonly<Record<string, string>>
): Buffer {
  const entries = new Map<string, unknown>([['__metadata__', metadata]])
  let at = 0
  for (const tensor of tensors) {
    const end = at + tensor.values.byteLength
    entries.set(tensor.name, {
      dtype: typeOf(tensor).safe,
      shape: tensor.shape,
      data_offsets: [at, end]
    })
    at = end
  }
  const text = Buffer.from(JSON.stringify(Object.fromEntries(entries)), 'utf8')
  const length = Math.ceil(text.length / 8) * 8
  const header = Buffer.alloc(8 + length, 0x20)
  header.writeBigUInt64LE(BigInt(length), 0)
  text.copy(header, 8)
  return header
}
