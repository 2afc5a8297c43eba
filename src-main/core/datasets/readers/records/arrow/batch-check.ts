// Checks a decoded record batch before its values are read: lengths, offsets and positions claimed
// by the file must fit the bytes that are there.
import { Type } from 'apache-arrow/enum'
import type { Data, RecordBatch, Vector } from 'apache-arrow'
import { AppError } from '../../../../../api/errors.ts'

type AnyData = Data

/** Throws RangeError for a batch that does not fit its bytes, AppError for types that are not read. */
export function checkBatchData(batch: RecordBatch): void {
  for (const child of batch.data.children) {
    if (child.length < batch.numRows) throw new RangeError('rows of a column')
    checkData(child, 0)
  }
}

function checkData(data: AnyData, depth: number): void {
  if (depth > 40) throw new RangeError('nesting')
  if (data.offset !== 0) throw new RangeError('offset')
  if (data.nullBitmap && data.nullBitmap.length > 0 && data.nullBitmap.length * 8 < data.length)
    throw new RangeError('missing values')
  checkValues(data)
  for (const child of data.children) checkData(child, depth + 1)
  // Typed as always there, but only dictionary columns have one.
  const dictionary = data.dictionary as Vector | undefined
  for (const chunk of dictionary?.data ?? []) checkData(chunk, depth + 1)
}

function checkValues(data: AnyData): void {
  switch (data.typeId) {
    case Type.Null:
    case Type.Struct:
      return checkChildren(data, 1)
    case Type.Bool:
      return need(valuesOf(data).length * 8, data.length)
    case Type.Utf8:
    case Type.Binary:
    case Type.LargeUtf8:
    case Type.LargeBinary:
      return checkOffsets(data, valuesOf(data).length)
    case Type.List:
    case Type.LargeList:
    case Type.Map:
      return checkOffsets(data, data.children[0]?.length ?? 0)
    case Type.FixedSizeList:
      return checkChildren(data, sizeOf(data, 'listSize'))
    case Type.FixedSizeBinary:
      return need(valuesOf(data).length, data.length * sizeOf(data, 'byteWidth'))
    case Type.Decimal:
      return need(valuesOf(data).length, (data.length * sizeOf(data, 'bitWidth')) / 32)
    case Type.Utf8View:
    case Type.BinaryView:
      return checkViews(data)
    case Type.Int:
    case Type.Float:
    case Type.Date:
    case Type.Time:
    case Type.Timestamp:
    case Type.Duration:
    case Type.Dictionary:
      return need(valuesOf(data).length, data.length)
    default:
      throw new AppError('file-not-recognised', 'A column is of a kind the app does not read.', {
        hint: 'Save the file without columns of unions or intervals.'
      })
  }
}

function need(there: number, needed: number): void {
  if (!(there >= needed)) throw new RangeError('values')
}

// The library types buffers as always there; a hostile file may leave them out.
function valuesOf(data: AnyData): { readonly length: number } {
  return (data.values as { readonly length: number } | undefined) ?? []
}

/** A number of the type, such as the size of a list. */
export function sizeOf(data: AnyData, name: 'listSize' | 'byteWidth' | 'bitWidth'): number {
  const size: unknown = (data.type as unknown as Record<string, unknown>)[name]
  if (typeof size !== 'number' || !(size >= 0)) throw new RangeError('size of a type')
  return size
}

function checkChildren(data: AnyData, each: number): void {
  for (const child of data.children) need(child.length, data.length * each)
}

function checkOffsets(data: AnyData, most: number): void {
  const offsets = data.valueOffsets as ArrayLike<number | bigint> | undefined
  if (data.length === 0) return
  if (offsets === undefined || offsets.length < data.length + 1) throw new RangeError('offsets')
  let before = 0
  for (let i = 0; i <= data.length; i++) {
    const offset = Number(offsets[i])
    if (!(offset >= before && offset <= most)) throw new RangeError('offsets')
    before = offset
  }
}

// Sixteen bytes a value: length, then the text itself or its start, buffer and place.
function checkViews(data: AnyData): void {
  const views = data.values as unknown as Uint8Array
  need(views.byteLength, data.length * 16)
  const buffers = viewBuffers(data)
  const read = new DataView(views.buffer, views.byteOffset, views.byteLength)
  for (let i = 0; i < data.length; i++) {
    const length = read.getInt32(16 * i, true)
    if (length < 0) throw new RangeError('views')
    if (length <= 12) continue
    const buffer = buffers[read.getInt32(16 * i + 8, true)]
    const start = read.getInt32(16 * i + 12, true)
    if (buffer === undefined || start < 0 || start + length > buffer.length)
      throw new RangeError('views')
  }
}

/** Buffers that long values of a view column lie in. */
export function viewBuffers(data: AnyData): readonly Uint8Array[] {
  const { variadicBuffers } = data as unknown as { variadicBuffers?: readonly Uint8Array[] }
  return variadicBuffers ?? []
}
