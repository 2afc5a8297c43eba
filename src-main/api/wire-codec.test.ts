// Frames: everything that goes in comes out, and nothing that comes in breaks the reader.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { arraysMax, decodeMessage, encodeMessage } from './wire-codec.ts'

const array = fc.oneof(
  fc.uint8Array(),
  fc.int8Array(),
  fc.uint16Array(),
  fc.int16Array(),
  fc.uint8ClampedArray(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.float32Array({ noNaN: true }),
  fc.float64Array({ noNaN: true })
)
const message = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string({ unit: 'binary' }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    array,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string({ unit: 'binary' }), tie('value'), { maxKeys: 4 })
  )
})).value

describe('wire codec', () => {
  it('gives back what was put in', () => {
    fc.assert(
      fc.property(message, (value) => {
        const back = decodeMessage(encodeMessage(value))
        expect(normal(back)).toEqual(normal(value))
      }),
      { numRuns: 300 }
    )
  })

  it('keeps __proto__ a plain key', () => {
    const value: unknown = JSON.parse('{"__proto__":{"polluted":1}}')
    const back = decodeMessage(encodeMessage(value))
    expect(Object.hasOwn(back as object, '__proto__')).toBe(true)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('throws an Error, and nothing else, for any other bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        try {
          decodeMessage(bytes)
        } catch (error) {
          expect(error).toBeInstanceOf(Error)
        }
      }),
      { numRuns: 500 }
    )
  })

  it('refuses every cut of a frame that holds an array', () => {
    const frame = encodeMessage({ values: new Float32Array([1, 2, 3, 4]) })
    for (let end = 0; end < frame.length - 8; end++) {
      expect(() => decodeMessage(frame.subarray(0, end))).toThrow(Error)
    }
  })

  it('refuses places that lie about their arrays', () => {
    const lies = [
      '["u8",0,1e9]',
      '["u8",0,-1]',
      '["u8",-8,0]',
      '["f32",0,3]',
      '["x",0,1]',
      '["toString",0,1]',
      '["u8",0.5,1]',
      '["u8",0]',
      '{}',
      'null'
    ]
    for (const place of lies) {
      expect(() => decodeMessage(frameOf(`{"a":{"\\u0000array":${place}}}`))).toThrow(Error)
    }
  })

  it('refuses places that name the same bytes again and again', () => {
    const places = Array.from({ length: 50 }, () => '{"\\u0000array":["u8",0,64]}')
    expect(() => decodeMessage(frameOf(`[${places.join()}]`, 64))).toThrow('cut off')
  })

  it('refuses deep nesting', () => {
    const deep = '['.repeat(100_000) + ']'.repeat(100_000)
    expect(() => decodeMessage(frameOf(deep))).toThrow(Error)
    expect(() => decodeMessage(frameOf('['.repeat(80) + ']'.repeat(80)))).toThrow('nested')
  })

  it('refuses more arrays than the cap', () => {
    const places = Array.from({ length: arraysMax + 1 }, () => '{"\\u0000array":["u8",0,0]}')
    expect(() => decodeMessage(frameOf(`[${places.join()}]`))).toThrow('too many')
  })

  it('carries keys that look like its own places', () => {
    const value = { a: { '\u0000array': ['u8', 0, 1] }, '\u0000\u0000array': 1 }
    expect(decodeMessage(encodeMessage(value))).toEqual(value)
  })

  it('sends Node buffers as bytes', () => {
    const back = decodeMessage(encodeMessage({ bytes: Buffer.from([1, 2, 3]) }))
    expect(back).toEqual({ bytes: new Uint8Array([1, 2, 3]) })
  })

  it('refuses what no transport carries', () => {
    const values = [() => 1, Symbol('x'), 1n, new Map(), new Set(), new ArrayBuffer(1)]
    for (const value of [...values, new DataView(new ArrayBuffer(8)), new BigInt64Array(1)]) {
      expect(() => encodeMessage({ value })).toThrow(TypeError)
    }
  })

  it('writes text as UTF-8', () => {
    const value = 'aé…𝄞\ud800'
    const frame = encodeMessage(value)
    const length = new DataView(frame.buffer).getUint32(4, true)
    const text = new TextDecoder('utf-8', { fatal: true }).decode(frame.subarray(8, 8 + length))
    expect(JSON.parse(text)).toBe(value)
  })
})

/** A frame with the given JSON part and `arrayBytes` bytes behind it. */
function frameOf(text: string, arrayBytes = 0): Uint8Array {
  const start = Math.ceil((8 + text.length) / 8) * 8
  const frame = new Uint8Array(start + arrayBytes)
  new DataView(frame.buffer).setUint32(0, 0x31574e57, true)
  new DataView(frame.buffer).setUint32(4, text.length, true)
  frame.set(Buffer.from(text), 8)
  return frame
}

/** Objects without prototype and "undefined" compare as JSON sees them. */
function normal(value: unknown): unknown {
  if (ArrayBuffer.isView(value))
    return [value.constructor.name, ...(value as Uint8Array)].map(String)
  if (Array.isArray(value)) return value.map(normal)
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value
  return Object.entries(value).map(([key, item]) => [key, normal(item)])
}
