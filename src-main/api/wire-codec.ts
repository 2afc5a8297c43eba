// Messages as one binary frame for the websocket: a JSON part with places for typed arrays, then
// the arrays themselves, aligned. Nothing here knows what the messages mean.

/** Largest JSON part that is read. Bulk travels as arrays, so JSON stays far below. */
export const jsonBytesMax = 32 * 1024 * 1024
const arraysMax = 4096
const headBytes = 8
/** Starts every frame: "WNW1". */
const mark = 0x31574e57

const kinds = {
  u8: Uint8Array,
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
  const arrays: Carried[] = []
  const json = JSON.stringify(message, (_key, value: unknown) => {
    if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') {
      throw new TypeError(`a ${typeof value} cannot be sent`)
    }
    if (!ArrayBuffer.isView(value)) return value
    const kind = kindOf(value)
    if (!kind) throw new TypeError('this kind of array cannot be sent')
    // kindOf has just told what it is.
    arrays.push(value as Carried)
    return { [placeKey]: [kind, value.byteLength, arrays.length - 1] }
  })
  const text = utf8Encode(json ?? 'null')
  let size = align(headBytes + text.length)
  const places = arrays.map((array) => {
    const place = size
    size = align(size + array.byteLength)
    return place
  })
  const frame = new Uint8Array(size)
  const view = new DataView(frame.buffer)
  view.setUint32(0, mark, true)
  view.setUint32(4, text.length, true)
  frame.set(text, headBytes)
  arrays.forEach((array, i) => {
    frame.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), places[i])
  })
  return frame
}

/** The message of a frame. Throws an Error for anything that is not a whole, sound frame. */
export function decodeMessage(frame: Uint8Array): unknown {
  if (frame.length < headBytes) throw new Error('the frame is too short')
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength)
  if (view.getUint32(0, true) !== mark) throw new Error('this is not a frame')
  const length = view.getUint32(4, true)
  if (length > jsonBytesMax || headBytes + length > frame.length)
    throw new Error('the frame is cut off')
  let offset = align(headBytes + length)
  let count = 0
  // Arrays come in the order their places stand in the text, which JSON.parse does not visit; the
  // number in each place says which one it is, so sizes are gathered first.
  const sizes = new Map<number, { kind: Kind; bytes: number }>()
  const text = utf8Decode(frame.subarray(headBytes, headBytes + length))
  const raw: unknown = JSON.parse(text, (_key, value: unknown) => {
    const place = placeOf(value)
    if (place) sizes.set(place.index, place)
    return value
  })
  const arrays: Carried[] = []
  for (; sizes.has(count); count++) {
    const size = sizes.get(count)
    if (!size || count >= arraysMax) throw new Error('the frame holds too many arrays')
    if (offset + size.bytes > frame.length) throw new Error('the frame is cut off')
    const bytes = frame.slice(offset, offset + size.bytes)
    const type = kinds[size.kind]
    arrays.push(new type(bytes.buffer, 0, size.bytes / type.BYTES_PER_ELEMENT))
    offset = align(offset + size.bytes)
  }
  if (count !== sizes.size) throw new Error('the frame does not name its arrays in order')
  return restore(raw, arrays)
}

function placeOf(value: unknown): { kind: Kind; bytes: number; index: number } | undefined {
  if (typeof value !== 'object' || value === null || !(placeKey in value)) return undefined
  const place: unknown = (value as Record<string, unknown>)[placeKey]
  if (!Array.isArray(place) || Object.keys(value).length !== 1)
    throw new Error('a place is damaged')
  const [kind, bytes, index] = place as unknown[]
  if (typeof kind !== 'string' || !Object.hasOwn(kinds, kind)) throw new Error('a place is damaged')
  const known = kind as Kind
  const isSound =
    typeof bytes === 'number' &&
    Number.isSafeInteger(bytes) &&
    bytes >= 0 &&
    bytes % kinds[known].BYTES_PER_ELEMENT === 0 &&
    typeof index === 'number' &&
    Number.isSafeInteger(index) &&
    index >= 0
  if (!isSound) throw new Error('a place is damaged')
  return { kind: known, bytes, index }
}

function restore(value: unknown, arrays: readonly Carried[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  const place = placeOf(value)
  if (place) return arrays[place.index]
  if (Array.isArray(value)) return value.map((item) => restore(item, arrays))
  const out: Record<string, unknown> = {}
  for (const [key, item] of Object.entries(value)) {
    // Assigning "__proto__" would change the object instead of filling it.
    Object.defineProperty(out, key, {
      value: restore(item, arrays),
      enumerable: true,
      configurable: true,
      writable: true
    })
  }
  return out
}

/** UTF-8 without TextEncoder, which this layer's library does not declare. */
function utf8Encode(text: string): Uint8Array {
  const out = new Uint8Array(text.length * 3)
  let at = 0
  for (let i = 0; i < text.length; i++) {
    let code = text.charCodeAt(i)
    if (code >= 0xd800 && code < 0xdc00 && i + 1 < text.length) {
      const low = text.charCodeAt(i + 1)
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00)
        i++
      }
    }
    // JSON.stringify escapes lone surrogates, so none is left here.
    if (code < 0x80) out[at++] = code
    else if (code < 0x800) {
      out[at++] = 0xc0 | (code >> 6)
      out[at++] = 0x80 | (code & 63)
    } else if (code < 0x10000) {
      out[at++] = 0xe0 | (code >> 12)
      out[at++] = 0x80 | ((code >> 6) & 63)
      out[at++] = 0x80 | (code & 63)
    } else {
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
    if (codes.length === 4096) {
      parts.push(String.fromCodePoint(...codes))
      codes = []
    }
  }
  parts.push(String.fromCodePoint(...codes))
  return parts.join('')
}
