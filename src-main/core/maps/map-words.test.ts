// Words of the map: one name per place, by label or by typical words, none said twice side by side.
import { describe, expect, it } from 'vitest'
import { createRandom } from '../compute/random.ts'
import { mapWords, type WordsInput } from './map-words.ts'
import { countWords, typicalWords } from './typical-words.ts'

const corners = [
  [-0.7, -0.7],
  [0.7, -0.7],
  [0, 0.7]
] as const

function threePlaces(items: number): WordsInput {
  const random = createRandom(2)
  const near = (middle: number): number => middle + 0.05 * random.normal()
  return {
    x: Float32Array.from({ length: items }, (_, i) => near(corners[i % 3][0])),
    y: Float32Array.from({ length: items }, (_, i) => near(corners[i % 3][1])),
    labels: Int32Array.from({ length: items }, (_, i) => (i % 30 === 0 ? 1 : i % 3)),
    labelNames: ['boot', 'bag', 'dress'],
    blank: new Uint8Array(items)
  }
}

describe('words by label', () => {
  it('name each place by its commonest label with its share, at its middle', () => {
    const words = mapWords(threePlaces(3000), undefined)
    expect(words.map(({ text }) => text).sort()).toEqual(['bag', 'boot 90 %', 'dress'])
    for (const { text, x, y, level, weight } of words) {
      const [cx, cy] = corners[['boot 90 %', 'bag', 'dress'].indexOf(text)]
      expect(Math.hypot(x - cx, y - cy)).toBeLessThan(0.02)
      expect(level).toBe(0)
      expect(weight).toBe(1000)
    }
  })

  it('are none without labels, for a place of many labels, and for items like nothing', () => {
    expect(mapWords({ ...threePlaces(300), labelNames: [] }, undefined)).toEqual([])
    const many = Int32Array.from({ length: 300 }, (_, i) => i)
    const names = Array.from(many, (i) => `l${i}`)
    expect(mapWords({ ...threePlaces(300), labels: many, labelNames: names }, undefined)).toEqual(
      []
    )
    const blank = new Uint8Array(300).fill(1)
    expect(mapWords({ ...threePlaces(300), blank }, undefined)).toEqual([])
  })
})

describe('words of texts', () => {
  const topics = [
    'the old boat sails over the harbour water',
    'a violin and a piano in the concert hall',
    'fresh bread from the baker’s oven with butter'
  ]
  it('are usual in their place and rare elsewhere; words of every text are none', () => {
    const input = { ...threePlaces(600), labelNames: [] }
    const rows = Uint32Array.from({ length: 600 }, (_, row) => row)
    const counts = countWords(Array.from(rows, (row) => `${topics[row % 3]} everywhere`))
    const words = mapWords(input, { rows, counts })
    expect(words).toHaveLength(3)
    for (const { x, text } of words) {
      const place = corners.findIndex(([cx]) => Math.abs(cx - x) < 0.1)
      for (const word of text.split(', ')) expect(topics[place]).toContain(word)
      expect(text).not.toMatch(/everywhere|\bthe\b/)
    }
  })

  it('say a word and its plural once, and nothing where nothing stands out', () => {
    const texts = Array.from({ length: 40 }, (_, i) => (i < 20 ? 'cat cats whiskers' : 'dog lead'))
    const group = Int32Array.from(texts, (_, i) => (i < 20 ? 0 : 1))
    const [first] = typicalWords(countWords(texts), group, 2)
    expect(first).toHaveLength(2)
    expect(first).toContain('whiskers')
    const same = countWords(Array.from({ length: 40 }, () => 'same words'))
    expect(typicalWords(same, group, 2)).toEqual([[], []])
  })

  it('are found in languages written without spaces', () => {
    const texts = Array.from({ length: 40 }, (_, i) =>
      i < 20 ? '私は電車に乗ります' : '猫が庭で眠る'
    )
    const group = Int32Array.from(texts, (_, i) => (i < 20 ? 0 : 1))
    expect(typicalWords(countWords(texts), group, 2)[0]).toContain('電車')
  })
})
