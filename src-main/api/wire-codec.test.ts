// Frames: everything that goes in comes out, and nothing that comes in breaks the reader.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeMessage, encodeMessage } from './wire-codec.ts'

const array = fc.oneof(
  fc.uint8Array(),
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
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 })
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
    for (const place of [
      '["u8",1e9,0]',
      '["u8",-1,0]',
      '["f32",3,0]',
      '["x",1,0]',
      '["u8",0,7]',
      '{}'
    ]) {
      const text = `{"a":{"\\u0000array":${place}}}`
      const frame = new Uint8Array(8 + text.length)
      new DataView(frame.buffer).setUint32(0, 0x31574e57, true)
      new DataView(frame.buffer).setUint32(4, text.length, true)
      frame.set(Buffer.from(text), 8)
      expect(() => decodeMessage(frame)).toThrow(Error)
    }
  })
})

/** Objects without prototype and "undefined" compare as JSON sees them. */
function normal(value: unknown): unknown {
  if (ArrayBuffer.isView(value))
    return [value.constructor.name, ...(value as Uint8Array)].map(String)
  if (Array.isArray(value)) return value.map(normal)
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? 0 : value
  return Object.entries(value).map(([key, item]) => [key, normal(item)])
}
