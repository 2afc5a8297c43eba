// Sentences: word pieces as the model's own tokenizer makes them, like sentences near, and rows
// that do not depend on their neighbours.
import { beforeAll, describe, expect, it } from 'vitest'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { loadSentenceEncoder, mostPieces, textColumns, type SentenceEncoder } from './encoder.ts'
import { createTokenizer, type Vocabulary } from './tokenizer.ts'

const never = new AbortController().signal
let tf: TensorFlow
let encoder: SentenceEncoder
beforeAll(async () => {
  tf = (await openDevice('wasm')).device.tf
  encoder = await loadSentenceEncoder(tf)
}, 60_000)

/** Six control symbols, then the given pieces. */
function vocabulary(pieces: readonly (readonly [string, number])[]): Vocabulary {
  const controls = ['<unk>', '<s>', '</s>', 'a', 'b', 'c'].map((piece): [string, number] => [
    piece,
    0
  ])
  return [...controls, ...pieces]
}

describe('word pieces', () => {
  const tokenizer = createTokenizer(
    vocabulary([
      ['\u2581', -2],
      ['\u2581ab', -3],
      ['ab', -4],
      ['a', -5],
      ['b', -5],
      ['c', -5],
      ['\u2581abc', -20],
      ['ab', -1]
    ])
  )
  const encode = (text: string): number[] => tokenizer.encode(text, 100)

  it('are the most probable way to split, not the longest piece', () => {
    // "_ab" + "c" costs 8, "_abc" 20.
    expect(encode('abc')).toEqual([7, 11])
    expect(encode('ab ab')).toEqual([7, 7])
    expect(encode('cab')).toEqual([6, 11, 8])
  })

  it('never are control symbols, and the first of two equal pieces counts', () => {
    expect(encode('<s>')).toEqual([6, 0])
    expect(encode('ab')).toEqual([7])
  })

  it('of characters nobody knows are one unknown piece per run', () => {
    expect(encode('xyz')).toEqual([6, 0])
    expect(encode('xaz')).toEqual([6, 0, 9, 0])
  })

  it('of blanks and control characters are none', () => {
    for (const text of ['', '   ', '\n\t', '\u0000\u200b ', '\u00a0'])
      expect(encode(text)).toEqual([])
    expect(encode(' a\u0007\n\n b ')).toEqual(encode('a b'))
    expect(encode('\uff41\uff42')).toEqual(encode('ab'))
  })

  it('are cut at the limit, and a very long text takes no longer than its beginning', () => {
    expect(tokenizer.encode('ab ab ab', 2)).toEqual([7, 7])
    expect(tokenizer.encode('ab '.repeat(1_000_000), 5)).toEqual([7, 7, 7, 7, 7])
    expect(encode('\ud83d\ude00 \ud83d')).toEqual([6, 0, 6, 0])
  })
})

describe('the packaged vocabulary', () => {
  it('splits a sentence into the ids published with the model', () => {
    const ids = encoder.tokenizer.encode('Hello, how are you?', mostPieces)
    expect(ids).toEqual([341, 4125, 8, 140, 31, 19, 54])
    expect(encoder.tokenizer.encode('  Hello,\thow are you? \n', mostPieces)).toEqual(ids)
  })
})

/** Cosine between rows a and b. */
function cosine(rows: Float32Array, a: number, b: number): number {
  let [dot, left, right] = [0, 0, 0]
  for (let k = 0; k < textColumns; k++) {
    const [x, y] = [rows[a * textColumns + k], rows[b * textColumns + k]]
    dot += x * y
    left += x * x
    right += y * y
  }
  return dot / Math.sqrt(left * right)
}

describe('rows of texts', () => {
  it('are nearer for sentences that say the same', async () => {
    const texts = [
      'How old are you?',
      'What is your age?',
      'The invoice was charged twice.',
      'I was billed two times for one order.',
      'My mobile phone has run out of power.',
      'The battery of my phone is dead.'
    ]
    const { values } = await encoder.encode(texts, never)
    for (let pair = 0; pair < 6; pair += 2) {
      const own = cosine(values, pair, pair + 1)
      for (let other = 0; other < 6; other++) {
        if (other === pair || other === pair + 1) continue
        expect(own, `${texts[pair]} / ${texts[other]}`).toBeGreaterThan(
          cosine(values, pair, other) + 0.1
        )
      }
    }
    for (let i = 0; i < 6; i++) expect(cosine(values, i, i)).toBeCloseTo(1, 5)
  })

  it('of texts without words are zeros, named, and do not disturb the others', async () => {
    const alone = await encoder.encode(['A red rose.'], never)
    const { values, empty } = await encoder.encode(['', 'A red rose.', ' \n '], never)
    expect(empty).toEqual([0, 2])
    expect(values.subarray(0, textColumns)).toEqual(new Float32Array(textColumns))
    const row = values.subarray(textColumns, 2 * textColumns)
    row.forEach((value, k) => expect(Math.abs(value - alone.values[k])).toBeLessThan(1e-5))
  })

  it('do not depend on the texts beside them by more than rounding, and come back in their order', async () => {
    const texts = Array.from(
      { length: 40 },
      (_, i) => `Item ${i} ${'is rather long and '.repeat(i % 7)}blue.`
    )
    const { values } = await encoder.encode(texts, never)
    const again = await encoder.encode(texts, never)
    expect(again.values).toEqual(values)
    for (const i of [0, 6, 20, 39]) {
      const alone = await encoder.encode([texts[i]], never)
      alone.values.forEach((value, k) =>
        expect(Math.abs(value - values[i * textColumns + k])).toBeLessThan(1e-4)
      )
    }
  })

  it('of very long texts are those of their beginning', async () => {
    const { values, empty } = await encoder.encode(
      ['word '.repeat(5000), 'word '.repeat(9000)],
      never
    )
    expect(empty).toEqual([])
    expect(values.every(Number.isFinite)).toBe(true)
    expect(cosine(values, 0, 1)).toBeCloseTo(1, 5)
  })

  it('stop when they are told to, and leave no tensor behind', async () => {
    await encoder.encode(['warm'], never)
    const tensors = tf.memory().numTensors
    await encoder.encode(['one', 'two'], never)
    await expect(encoder.encode(['one'], AbortSignal.abort())).rejects.toThrow()
    expect(tf.memory().numTensors).toBe(tensors)
    expect((await encoder.encode([], never)).values).toHaveLength(0)
  })

  it('need the model’s files, and say so', async () => {
    await expect(loadSentenceEncoder(tf, '/nowhere')).rejects.toMatchObject({
      code: 'file-not-readable'
    })
  })
})
