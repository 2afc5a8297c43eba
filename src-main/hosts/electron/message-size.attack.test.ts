// Security rule E10: nothing large gets past the measure, whatever it hides in, and measuring
// itself costs little.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isWithinBytes } from './message-size.ts'

const limit = 10_000
const long = 'x'.repeat(limit)
const shared = new Uint8Array(6000)
const cyclic: Record<string, unknown> = {}
cyclic['self'] = cyclic

describe('isWithinBytes', () => {
  it.each([
    ['nothing', undefined],
    ['a number', 1],
    ['a call', { id: 1, name: 'projects.open', input: { grant: 'abc' } }],
    ['bytes', new Uint8Array(9000)],
    ['one buffer named twice', [shared, shared]],
    ['a circle', cyclic],
    ['a date', new Date(0)]
  ])('accepts %s', (_what, value) => expect(isWithinBytes(value, limit)).toBe(true))

  it.each([
    ['text', long],
    ['text in a list', [[long]]],
    ['a long key', { [long]: 1 }],
    ['bytes', new Uint8Array(limit)],
    ['a buffer', new ArrayBuffer(limit)],
    ['a view', new DataView(new ArrayBuffer(limit))],
    ['a map value', new Map([['a', long]])],
    ['a map key', new Map([[long, 1]])],
    ['a set', new Set([long])],
    ['a boxed text', new String(long)],
    ['a long number', BigInt(`0x1${'0'.repeat(limit)}`)],
    ['an error', new Error(long)],
    ['the cause of an error', new Error('x', { cause: long })],
    ['an expression', new RegExp(long)],
    ['a named property of a list', Object.assign([], { name: long })],
    ['many empty values', Array.from({ length: 2000 }, () => [])],
    ['many buffers', Array.from({ length: 20 }, () => new Uint8Array(1000))]
  ])('refuses %s', (_what, value) => expect(isWithinBytes(value, limit)).toBe(false))

  it('refuses a list that claims four thousand million places, without visiting them', () => {
    const list: unknown[] = []
    list.length = 4_000_000_000
    expect(isWithinBytes({ rows: list }, 64 * 1024 * 1024)).toBe(false)
  })

  it('bears deep nesting', () => {
    let deep: unknown = 1
    for (let i = 0; i < 100_000; i++) deep = [deep]
    expect(isWithinBytes(deep, 64 * 1024 * 1024)).toBe(true)
  })

  it('never says yes to more than the text it holds', () => {
    fc.assert(
      fc.property(fc.object({ maxDepth: 3 }), fc.nat(5000), (value, bytesMax) => {
        const text = JSON.stringify(value, (_key, part: unknown) =>
          typeof part === 'string' ? part : typeof part === 'object' ? part : ''
        )
        // Keys and texts are counted at two bytes for each character; quotes and commas are not.
        const letters = text.replaceAll(/\\u[0-9a-f]{4}|\\.|["{}[\]:,]|null/g, '').length
        if (letters * 2 > bytesMax) expect(isWithinBytes(value, bytesMax)).toBe(false)
      })
    )
  })
})
