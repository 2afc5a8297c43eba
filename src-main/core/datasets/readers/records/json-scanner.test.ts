// The scanner of JSON elements: every cut into pieces gives the same, broken elements are named and
// the ones after them are found.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonScanner, type Entering, type ScanEnd, type ScannedElement } from './json-scanner.ts'

const asValues: Entering = () => 'value'

function scan(
  text: string | Buffer,
  size = 7,
  enter: Entering = asValues
): { found: ScannedElement[]; end: ScanEnd } {
  const scanner = new JsonScanner(enter)
  const bytes = Buffer.from(text)
  const found: ScannedElement[] = []
  for (let at = 0; at < bytes.length; at += size) {
    scanner.push(bytes.subarray(at, at + size))
    found.push(...scanner.take())
  }
  const end = scanner.end()
  found.push(...scanner.take())
  return { found, end }
}
const texts = (text: string, enter?: Entering): (string | undefined)[] =>
  scan(text, 7, enter).found.map((element) => element.text)

describe('elements', () => {
  it('finds the elements of a list, wherever the bytes are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 12 }),
        fc.integer({ min: 1, max: 40 }),
        fc.constantFrom(undefined, 1, 2),
        (values, size, space) => {
          const { found, end } = scan(JSON.stringify(values, undefined, space), size)
          const read = found.map((element) => JSON.parse(element.text ?? '') as unknown)
          expect(JSON.stringify(read)).toBe(JSON.stringify(values))
          expect(end).toEqual({ isClosed: true, hasMore: false })
        }
      )
    )
  })

  it('reads lists inside an object, and objects by key', () => {
    const text = '{"version": "1", "data": [ {"a": 1}, {"a": [2, {}]} ], "more": {"x": "]"} }'
    expect(texts(text, (key) => (key === 'data' ? 'elements' : 'skip'))).toEqual([
      '{"a": 1}',
      '{"a": [2, {}]}'
    ])
    expect(scan('{"k\\"1": {"a": 1}, "k2": {"a": 2}}').found.map((one) => one.key)).toEqual([
      'k"1',
      'k2'
    ])
  })

  it('counts lines', () => {
    expect(scan('\uFEFF[\n{"a":\n1},\n\n"x",\n3\n]').found.map((one) => one.line)).toEqual([
      2, 5, 6
    ])
  })

  it('says when something follows', () => {
    expect(scan('[1] and more').end).toEqual({ isClosed: true, hasMore: true })
    expect(scan('[1').end).toEqual({ isClosed: false, hasMore: false })
  })
})

describe('broken elements', () => {
  const lines = (broken: string): string =>
    `[\n  {"n": 1},\n  ${broken}\n  {"n": 3, "t": "x"},\n  {"n": 4}\n]`
  it.each([
    ['a string never closed', '{"n": "2},'],
    ['a bracket never closed', '{"n": {"m": 2},'],
    ['a wrong bracket', '{"n": [2}, 1]},'],
    ['a bracket too many', '{"n": 2]},']
  ])('goes on after %s', (_name, broken) => {
    for (const size of [1, 5, 1000]) {
      const { found } = scan(lines(broken), size)
      expect(found.find((one) => one.problem !== undefined)).toMatchObject({ number: 2, line: 3 })
      expect(found.flatMap((one) => one.text ?? []).slice(-2)).toEqual([
        '{"n": 3, "t": "x"}',
        '{"n": 4}'
      ])
    }
  })

  it('keeps what came before when a file is cut off', () => {
    const { found, end } = scan('[{"a": 1}, {"a": 2}, {"a": "thr')
    expect(found.map((one) => one.text ?? one.problem)).toEqual([
      '{"a": 1}',
      '{"a": 2}',
      'It is cut off.'
    ])
    expect(end.isClosed).toBe(false)
  })

  it('refuses elements nested too deep or of bad bytes, and reads the next', () => {
    const deep = '['.repeat(65) + ']'.repeat(65)
    const bytes = Buffer.concat([
      Buffer.from(`[${deep}, "`),
      Buffer.from([0xff]),
      Buffer.from('", 1]')
    ])
    expect(scan(bytes).found.map((one) => one.text ?? one.problem)).toEqual([
      'It is nested more than 64 levels deep.',
      'It holds bytes that are not valid text.',
      '1'
    ])
    const bottomless = '['.repeat(100_000)
    expect(scan(`[${bottomless}`, 1000).found).toMatchObject([{ problem: 'It is cut off.' }])
  })

  it('follows elements that are too large without keeping them', () => {
    const scanner = new JsonScanner(asValues)
    scanner.push(Buffer.from('["'))
    const piece = Buffer.alloc(2 ** 20, 'x')
    for (let i = 0; i < 20; i++) scanner.push(piece)
    scanner.push(Buffer.from('x", {"next": 1}]'))
    expect(scanner.end().isClosed).toBe(true)
    expect(scanner.take().map((one) => one.text ?? one.problem)).toEqual([
      'It is larger than 16 MB.',
      '{"next": 1}'
    ])
  })

  it('bounds the work on a file of brackets that are never closed', () => {
    const scanner = new JsonScanner(asValues)
    scanner.push(Buffer.from('[\n'))
    const piece = Buffer.alloc(2 ** 20, '{\n')
    for (let i = 0; i < 2; i++) scanner.push(piece)
    expect(scanner.end().isClosed).toBe(false)
    expect(scanner.take().length).toBeGreaterThan(0)
  })
})
