// Messages as one binary frame for the websocket: a JSON part with places for typed arrays, then
// the arrays themselves, aligned. Nothing here knows what the messages mean, and no frame, however
// broken, does more than throw an Error.

/** Largest JSON part that is read. Bulk travels as arrays, so JSON stays far below. */
export const jsonBytesMax = 32 * 1024 * 1024
/** Most typed arrays in one message; a page of thumbnails is 200. */
export const arraysMax = 4096
/** Deepest nesting of a message; the contract's deepest is below 10. */
export const depthMax = 64
const headBytes = 8
/** Starts every frame: "WNW1". */
const mark = 0x31574e57

const kinds = {
  u8: Uint8Array,
  u8c: Uint8ClampedArray,
  i8: Int8Array,
  u16: Uint16Array,
  i16: Int16Array,
  i32: Int32Array,
  u32: Uint32Array,
  f32: Float32Array,
  f64: Float64Array
} as const
type Kind = keyof typeof kinds
type Carried = InstanceType<(typeof kinds)[Kind]>

/** Key of the object that stands for an array inside the JSON part. */
const placeKey = '\u0000array'

function kindOf(value: object): Kind | undefined {
  for (const [kind, type] of Object.entries(kinds)) if (value instanceof type) return kind as Kind
  return undefined
}

function align(offset: number): number {
  return Math.ceil(offset / 8) * 8
}

/** One frame. Throws a TypeError for values no transport carries. */
export function encodeMessage(message: unknown): Uint8Array<ArrayBuffer> {
  const arrays: { readonly array: Carried; readonly offset: number }[] = []
  let arrayBytes = 0
  // A function, because only `this` holds the value as it was before toJSON (Buffers have one).
  const json = JSON.stringify(message, function (this: Record<string, unknown>, key: string) {
    const value = this[key]
    if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') {
      throw new TypeError(`a ${typeof value} cannot be sent`)
    }
    if (typeof value !== 'object' || value === null) return value
    if (!ArrayBuffer.isView(value)) return plain(value)
    const kind = kindOf(value)
    if (!kind) throw new TypeError('this kind of array cannot be sent')
    const offset = arrayBytes
    // kindOf has just told what it is.
    arrays.push({ array: value as Carried, offset })
    arrayBytes = align(arrayBytes + value.byteLength)
    return { [placeKey]: [kind, offset, value.byteLength] }
  })
  const text = utf8Encode(json ?? 'null')
  const start = align(headBytes + text.length)
  const frame = new Uint8Array(start + arrayBytes)
  const view = new DataView(frame.buffer)
  view.setUint32(0, mark, true)
  view.setUint32(4, text.length, true)
  frame.set(text, headBytes)
  for (const { array, offset } of arrays) {
    frame.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + offset)
  }
  return frame
}

/** Objects as they are, except that keys which could be taken for a place get one more NUL. */
function plain(value: object): object {
  if (value instanceof ArrayBuffer || value instanceof Map || value instanceof Set) {
    throw new TypeError('only plain objects, arrays and typed arrays can be sent')
  }
  if (Array.isArray(value) || !Object.keys(value).some((key) => key.startsWith('\u0000')))
    return value
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key.startsWith('\u0000') ? `\u0000${key}` : key,
      item
    ])
  )
}

/** The message of a frame. Throws an Error for anything that is not a whole, sound frame. */
export function decodeMessage(frame: Uint8Array): unknown {
  if (frame.length < headBytes) throw new Error('the frame is too short')
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint32(0, true) !== mark) throw new Error('this is not a frame')
  const length = view.getUint32(4, true)
  if (length > jsonBytesMax) throw new Error('the frame is too large')
  if (headBytes + length > frame.length) throw new Error('the frame is cut off')
  const raw: unknown = JSON.parse(utf8Decode(frame.subarray(headBytes, headBytes + length)))
  const arrays = arrayReader(frame.subarray(Math.min(align(headBytes + length), frame.length)))
  return restore(raw, arrays, 0)
}

type ReadArray = (place: unknown) => Carried

/** Reads the arrays behind the JSON part; together they are never more than the frame holds. */
function arrayReader(bytes: Uint8Array): ReadArray {
  let count = 0
  let bytesLeft = bytes.length
  return (place) => {
    const { kind, offset, size } = checkedPlace(place)
    if (++count > arraysMax) throw new Error('the frame holds too many arrays')
    bytesLeft -= size
    if (bytesLeft < 0 || offset + size > bytes.length) throw new Error('the frame is cut off')
    const type = kinds[kind]
    // A copy of its own: aligned, and free of the frame it came in.
    return new type(bytes.slice(offset, offset + size).buffer, 0, size / type.BYTES_PER_ELEMENT)
  }
}

function checkedPlace(place: unknown): { kind: Kind; offset: number; size: number } {
  if (!Array.isArray(place) || place.length !== 3) throw new Error('a place is damaged')
  const [kind, offset, size] = place as unknown[]
  if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind)) throw new Error('a place is damaged')
  const known = kind as Kind
  if (!isSize(offset) || !isSize(size) || size % kinds[known].BYTES_PER_ELEMENT !== 0) {
    throw new Error('a place is damaged')
  }
  return { kind: known, offset, size }
}

function isSize(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function restore(value: unknown, readArray: ReadArray, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth > depthMax) throw new Error('the frame is nested too deeply')
  if (Array.isArray(value)) return value.map((item) => restore(item, readArray, depth + 1))
  const entries = Object.entries(value)
  if (entries.length === 1 && entries[0]?.[0] === placeKey) return readArray(entries[0][1])
  // fromEntries defines properties, so that "__proto__" stays a plain key.
  return Object.fromEntries(
    entries.map(([key, item]) => [
      key.startsWith('\u0000\u0000') ? key.slice(1) : key,
      restore(item, readArray, depth + 1)
    ])
  )
}

/** UTF-8 without TextEncoder, which this layer's library does not declare. */
function utf8Encode(text: string): Uint8Array {
  const out = new Uint8Array(text.length * 3)
  let at = 0
  // By code points; JSON.stringify escapes lone surrogates, so none is left here.
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i) ?? 0
    if (code < 0x80) out[at++] = code
    else if (code < 0x800) {
      out[at++] = 0xc0 | (code >> 6)
      out[at++] = 0x80 | (code & 63)
    } else if (code < 0x10000) {
      out[at++] = 0xe0 | (code >> 12)
      out[at++] = 0x80 | ((code >> 6) & 63)
      out[at++] = 0x80 | (code & 63)
    } else {
      i++
      out[at++] = 0xf0 | (code >> 18)
      out[at++] = 0x80 | ((code >> 12) & 63)
      out[at++] = 0x80 | ((code >> 6) & 63)
      out[at++] = 0x80 | (code & 63)
    }
  }
  return out.subarray(0, at)
}

function utf8Decode(bytes: Uint8Array): string {
  const parts: string[] = []
  let codes: number[] = []
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i++] ?? 0
    const more = first < 0x80 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3
    let code = more === 0 ? first : first & (0x3f >> more)
    for (let k = 0; k < more; k++) code = (code << 6) | ((bytes[i++] ?? 0) & 63)
    if (code > 0x10ffff) throw new Error('the text is damaged')
    codes.push(code)
    // Small enough for an argument list.
    if (codes.length === 4096) {
      parts.push(String.fromCodePoint(...codes))
      codes = []
    }
  }
  parts.push(String.fromCodePoint(...codes))
  return parts.join('')
}
