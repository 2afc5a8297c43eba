// Golden vectors G4 of the method's published code, and a reference that shares nothing with ours.
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketOf, createBucketReader, ngramAt } from './buckets.ts'
import { wordsOf } from './words.ts'

/** The definition with a real large integer. */
function reference(ngram: string): number {
  return Number(BigInt(`0x${createHash('sha256').update(ngram).digest('hex')}`) % 10_000n)
}

describe('buckets', () => {
  it('are those of the published code', () => {
    expect(bucketOf('alice')).toBe(6720)
    expect(bucketOf('alice went')).toBe(114)
  })

  it('equal a large integer modulo 10,000 for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => bucketOf(text) === reference(text))
    )
  })

  it('"Alice went to the store" has nine', () => {
    const own = createBucketReader()('Alice went to the store')
    expect(own.buckets).toHaveLength(9)
    const names = [...own.buckets.keys()].map((at) => ngramAt(own, at))
    const words = ['alice', 'went', 'to', 'the', 'store']
    expect(names).toEqual([...words, 'alice went', 'went to', 'to the', 'the store'])
    expect([...own.buckets]).toEqual(names.map(reference))
  })

  it('do not depend on what was read before', () => {
    const words = Array.from({ length: 40 }, (_, i) => `w${i}`)
    const word = fc.constantFrom(...words, 'é', '你好')
    const text = fc.array(word, { maxLength: 30 }).map((list) => list.join(' '))
    const read = createBucketReader()
    fc.assert(
      fc.property(text, (given) => {
        const own = read(given)
        expect([...own.buckets]).toEqual(
          Array.from(own.buckets, (_, at) => reference(ngramAt(own, at)))
        )
      })
    )
  })

  it('stay right when more different words were seen than are remembered', () => {
    const read = createBucketReader()
    for (let i = 0; i < 270; i++)
      read(Array.from({ length: 1000 }, (_, w) => `x${i * 1000 + w}`).join(' '))
    const own = read('x5 x6 alice went x269999')
    expect([...own.buckets]).toEqual(
      Array.from(own.buckets, (_, at) => reference(ngramAt(own, at)))
    )
  })

  it('a text without words has none', () => {
    const read = createBucketReader()
    for (const text of ['', '  \n\t', '\u0000']) expect(read(text).buckets).toHaveLength(0)
    expect(read('one').buckets).toHaveLength(1)
  })
})

describe('words', () => {
  it('are runs of word characters and runs of signs, in lower case', () => {
    expect(wordsOf("Good muffins cost $3.88 -- don't_wait!!")).toEqual([
      'good',
      'muffins',
      'cost',
      '$',
      '3',
      '.',
      '88',
      '--',
      'don',
      "'",
      't_wait',
      '!!'
    ])
  })

  it('are found in other writing', () => {
    expect(wordsOf('Été à NAÏVE cafés…')).toEqual(['été', 'à', 'naïve', 'cafés', '…'])
    expect(wordsOf('Привет, мир!')).toEqual(['привет', ',', 'мир', '!'])
    expect(wordsOf('हिन्दी भाषा')).toEqual(['हिन्दी', 'भाषा'])
    expect(wordsOf('我要退款。abc12')).toEqual(['我', '要', '退', '款', '。', 'abc12'])
    expect(wordsOf('ภาษา')).toEqual(['ภ', 'า', 'ษ', 'า'])
    expect(wordsOf('한국어 텍스트')).toEqual(['한국어', '텍스트'])
    expect(wordsOf('😀😀 ok')).toEqual(['😀😀', 'ok'])
  })

  it('are the same whether or not a letter beyond ASCII follows', () => {
    const plain = fc.string({
      unit: fc.integer({ min: 0, max: 127 }).map((c) => String.fromCharCode(c))
    })
    fc.assert(
      fc.property(plain, (text) => {
        expect(wordsOf(`${text} é`)).toEqual([...wordsOf(text), 'é'])
      })
    )
  })
})
