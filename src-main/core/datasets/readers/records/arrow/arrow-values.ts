// Values of a checked Arrow column: JSON values, bytes where the file does not say that they are
// text, lists and objects of both. Dates are ISO text, whole numbers beyond 2^53 and long decimals
// are text.
import { DateUnit, TimeUnit, Type } from 'apache-arrow/enum'
import type { Data, Vector } from 'apache-arrow'
import { decimalOf, halfFloat, isoTime, wholeNumber } from '../parquet/leaf-values.ts'
import { sizeOf, viewBuffers } from './batch-check.ts'

const text = new TextDecoder('utf-8')

/** Value `i` of a column. */
export function arrowValue(data: Data, i: number): unknown {
  if (i >= data.length || !data.getValid(i)) return null
  switch (data.typeId) {
    case Type.Utf8:
    case Type.LargeUtf8:
      return text.decode(slice(data, i))
    case Type.Binary:
    case Type.LargeBinary:
      return slice(data, i)
    case Type.Utf8View:
      return text.decode(view(data, i))
    case Type.BinaryView:
      return view(data, i)
    case Type.List:
    case Type.LargeList:
      return listValue(data, i)
    case Type.FixedSizeList: {
      const size = sizeOf(data, 'listSize')
      return Array.from({ length: size }, (_, k) => arrowValue(data.children[0], i * size + k))
    }
    case Type.Map:
      return mapValue(data, i)
    case Type.Struct:
      return structValue(data, i)
    case Type.Dictionary:
      return dictionaryValue(data, i)
    default:
      return plainValue(data, i)
  }
}

type Numbers = ArrayLike<number | bigint>

// Every column that comes here holds numbers; batch-check.ts refuses the others.
function numbers(data: Data): Numbers {
  return data.values as unknown as Numbers
}

function plainValue(data: Data, i: number): unknown {
  const value = numbers(data)[i]
  switch (data.typeId) {
    case Type.Bool:
      return ((Number(numbers(data)[i >> 3]) >> (i & 7)) & 1) === 1
    case Type.Int:
    case Type.Duration:
      return typeof value === 'bigint' ? wholeNumber(value) : value
    case Type.Float:
      // Half-precision numbers come as their bits.
      return data.values instanceof Uint16Array ? halfFloat(Number(value)) : value
    case Type.FixedSizeBinary: {
      const width = sizeOf(data, 'byteWidth')
      return bytesOf(data).subarray(i * width, (i + 1) * width)
    }
    case Type.Decimal:
      return decimalOf(decimalAt(data, i), Number(typeFact(data, 'scale')))
    case Type.Date:
      return typeFact(data, 'unit') === DateUnit.DAY
        ? isoTime(BigInt(value) * 86_400n, 1n).slice(0, 10)
        : isoTime(BigInt(value), 1000n).slice(0, 10)
    case Type.Time:
      return isoTime(BigInt(value), perSecond(data)).slice(11, -1)
    case Type.Timestamp: {
      const moment = isoTime(BigInt(value), perSecond(data))
      return typeof typeFact(data, 'timezone') === 'string' ? moment : moment.replace(/Z$/, '')
    }
    default:
      return null
  }
}

function typeFact(data: Data, name: 'scale' | 'unit' | 'timezone'): unknown {
  return (data.type as unknown as Record<string, unknown>)[name]
}

function perSecond(data: Data): bigint {
  switch (typeFact(data, 'unit')) {
    case TimeUnit.SECOND:
      return 1n
    case TimeUnit.MILLISECOND:
      return 1000n
    case TimeUnit.MICROSECOND:
      return 1_000_000n
    default:
      return 1_000_000_000n
  }
}

// Little-endian 32-bit words, two's complement.
function decimalAt(data: Data, i: number): bigint {
  const bits = sizeOf(data, 'bitWidth')
  const words = bits / 32
  const values = numbers(data)
  let number = 0n
  for (let k = words - 1; k >= 0; k--)
    number = (number << 32n) | BigInt(Number(values[i * words + k]) >>> 0)
  return BigInt.asIntN(bits, number)
}

function bytesOf(data: Data): Uint8Array {
  return data.values as unknown as Uint8Array
}

function offsetsOf(data: Data, i: number): readonly [number, number] {
  const offsets = data.valueOffsets as unknown as Numbers
  return [Number(offsets[i]), Number(offsets[i + 1])]
}

function slice(data: Data, i: number): Uint8Array {
  const [from, to] = offsetsOf(data, i)
  return bytesOf(data).subarray(from, to)
}

function view(data: Data, i: number): Uint8Array {
  const views = bytesOf(data)
  const read = new DataView(views.buffer, views.byteOffset, views.byteLength)
  const length = read.getInt32(16 * i, true)
  if (length <= 12) return views.subarray(16 * i + 4, 16 * i + 4 + length)
  const start = read.getInt32(16 * i + 12, true)
  return viewBuffers(data)[read.getInt32(16 * i + 8, true)].subarray(start, start + length)
}

function listValue(data: Data, i: number): unknown[] {
  const [from, to] = offsetsOf(data, i)
  return Array.from({ length: to - from }, (_, k) => arrowValue(data.children[0], from + k))
}

function mapValue(data: Data, i: number): unknown {
  const pairs = listValue(data, i)
  return Object.fromEntries(
    pairs.map((pair) => {
      const [key, value] = Object.values(pair ?? {})
      return [String(key), value]
    })
  )
}

function structValue(data: Data, i: number): unknown {
  // Typed loosely by the library: the fields of a struct in the order of its columns.
  const fields = (data.type as unknown as { children: readonly { readonly name: string }[] })
    .children
  return Object.fromEntries(fields.map(({ name }, k) => [name, arrowValue(data.children[k], i)]))
}

function dictionaryValue(data: Data, i: number): unknown {
  let place = Number(numbers(data)[i])
  const dictionary = data.dictionary as Vector | undefined
  for (const chunk of dictionary?.data ?? []) {
    if (place < 0) break
    if (place < chunk.length) return arrowValue(chunk, place)
    place -= chunk.length
  }
  throw new RangeError('dictionary')
}
