// The kinds of numbers in array files: their sizes, and their bytes as float32 or float64 values.

/** Bytes of one value of each kind that is read. */
export const arrayTypes = {
  bool: 1,
  int8: 1,
  uint8: 1,
  int16: 2,
  uint16: 2,
  int32: 4,
  uint32: 4,
  int64: 8,
  uint64: 8,
  float16: 2,
  bfloat16: 2,
  float32: 4,
  float64: 8
} as const

/** Kind of the values of an array. */
export type ArrayType = keyof typeof arrayTypes

/** True for kinds that can hold fractions. */
export function isFloatType(type: ArrayType): boolean {
  return type === 'float16' || type === 'bfloat16' || type === 'float32' || type === 'float64'
}

/** Value of the 16-bit float (IEEE 754 binary16) with these bits. */
export function halfToNumber(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
  return sign * (1024 + fraction) * 2 ** (exponent - 25)
}

// All 65,536 halves at once (256 KiB): looking one up is many times faster than computing it.
let halves: Float32Array | undefined

function halfTable(): Float32Array {
  halves ??= Float32Array.from({ length: 65_536 }, (_, bits) => halfToNumber(bits))
  return halves
}

type NumberView =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array

/** A typed view of little-endian bytes; 16-bit floats come as their bits. Copies unaligned bytes. */
function viewOf(bytes: Uint8Array, type: ArrayType): NumberView {
  const size = arrayTypes[type]
  const { buffer, byteOffset, byteLength } = byteOf(bytes, size)
  const length = byteLength / size
  switch (type) {
    case 'bool':
    case 'uint8':
      return new Uint8Array(buffer, byteOffset, length)
    case 'int8':
      return new Int8Array(buffer, byteOffset, length)
    case 'int16':
      return new Int16Array(buffer, byteOffset, length)
    case 'uint16':
    case 'float16':
    case 'bfloat16':
      return new Uint16Array(buffer, byteOffset, length)
    case 'int32':
      return new Int32Array(buffer, byteOffset, length)
    case 'uint32':
      return new Uint32Array(buffer, byteOffset, length)
    case 'int64':
      return new BigInt64Array(buffer, byteOffset, length)
    case 'uint64':
      return new BigUint64Array(buffer, byteOffset, length)
    case 'float32':
      return new Float32Array(buffer, byteOffset, length)
    case 'float64':
      return new Float64Array(buffer, byteOffset, length)
  }
}

// Typed arrays need offsets that are multiples of their size.
function byteOf(bytes: Uint8Array, size: number): Uint8Array {
  return bytes.byteOffset % size === 0 ? bytes : new Uint8Array(bytes)
}

/**
 * Values of little-endian bytes as float32; larger whole numbers and float64 are rounded. The
 * result may share the bytes' memory when they are float32 already.
 */
export function toFloats(bytes: Uint8Array, type: ArrayType): Float32Array {
  const view = viewOf(bytes, type)
  if (view instanceof Float32Array) return view
  const out = new Float32Array(view.length)
  if (type === 'float16' && view instanceof Uint16Array) {
    const table = halfTable()
    for (let i = 0; i < out.length; i++) out[i] = table[view[i]]
  } else if (type === 'bfloat16' && view instanceof Uint16Array) {
    // A bfloat16 is the upper half of a float32.
    const bits = new Uint32Array(out.buffer)
    for (let i = 0; i < bits.length; i++) bits[i] = view[i] << 16
  } else if (view instanceof BigInt64Array || view instanceof BigUint64Array) {
    for (let i = 0; i < out.length; i++) out[i] = Number(view[i])
  } else if (type === 'bool') {
    for (let i = 0; i < out.length; i++) out[i] = view[i] === 0 ? 0 : 1
  } else out.set(view)
  return out
}

/** Values of little-endian bytes as float64; exact for all kinds but whole numbers over 2^53. */
export function toDoubles(bytes: Uint8Array, type: ArrayType): Float64Array {
  const view = viewOf(bytes, type)
  if (view instanceof BigInt64Array || view instanceof BigUint64Array)
    return Float64Array.from(view, Number)
  if (type === 'float16' || type === 'bfloat16' || type === 'bool')
    return Float64Array.from(toFloats(bytes, type))
  return Float64Array.from(view)
}

/** Turns big-endian values into little-endian ones in place. */
export function swapBytes(bytes: Uint8Array, type: ArrayType): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const size = arrayTypes[type]
  if (size === 2) buffer.swap16()
  else if (size === 4) buffer.swap32()
  else if (size === 8) buffer.swap64()
}

/** How many of the values are infinite or no number. */
export function countNonFinite(bytes: Uint8Array, type: ArrayType): number {
  if (!isFloatType(type)) return 0
  const view = viewOf(bytes, type)
  let count = 0
  if (view instanceof Uint16Array) {
    const exponent = type === 'float16' ? 0x7c00 : 0x7f80
    for (let i = 0; i < view.length; i++) if ((view[i] & exponent) === exponent) count++
  } else if (view instanceof Float32Array) {
    const bits = new Uint32Array(view.buffer, view.byteOffset, view.length)
    for (let i = 0; i < bits.length; i++) if ((bits[i] & 0x7f800000) === 0x7f800000) count++
  } else if (view instanceof Float64Array) {
    for (let i = 0; i < view.length; i++) if (!Number.isFinite(view[i])) count++
  }
  return count
}

/** Values of a shape; NaN when they are too many to count exactly. */
export function valuesOf(shape: readonly number[]): number {
  const values = shape.reduce((product, size) => product * size, 1)
  return Number.isSafeInteger(values) ? values : Number.NaN
}
