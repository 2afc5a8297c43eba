// Every sentence, reason and action of data health: whole, plain, and without a technical word.
import { describe, expect, it } from 'vitest'
import { FindingKind } from '../../api/dto/health.ts'
import { actionsOf, tagOf } from './actions.ts'
import { reasonOf } from './reasons.ts'
import { balanceSeverity, labelSeverity, severityOf } from './severity.ts'
import { sentenceOf, share, titles } from './words.ts'

const kinds = FindingKind.options
const banned = /undefined|NaN|null|\[object|embedding|outlier|cosine|cluster|coreset|subset/i
const facts = {
  skipped: 3,
  median: 40,
  fingerprintWords: 150,
  main: 'English',
  sure: 90,
  languages: [{ name: 'English', count: 80 }],
  kinds: [{ name: 'e-mail addresses', count: 2 }],
  labels: 2,
  largest: { name: 'cat', count: 90 },
  smallest: { name: 'dog', count: 3 },
  column: 'patient',
  testItems: 20,
  agreement01: 0.9,
  consensus01: 0.8
}

describe('sentences', () => {
  it.each(kinds)('%s', (kind) => {
    for (const data of ['images', 'text', 'table'] as const)
      for (const count of [0, 1, 2, 1234])
        for (const given of [facts, {}]) {
          const groups = Math.ceil(count / 2)
          const sentence = sentenceOf(kind, {
            kind: data,
            count,
            groups,
            total: 5000,
            facts: given
          })
          expect(sentence).toMatch(/^[A-Z0-9].*[.]$/)
          expect(sentence).not.toMatch(banned)
        }
    expect(titles[kind]).not.toMatch(banned)
    const reason = reasonOf({
      finding: kind,
      values: [1, 0.5, 3],
      text: '',
      score01: 0.8,
      isBest: false,
      given: 'cat',
      suggested: null
    })
    expect(reason).not.toMatch(banned)
    expect(tagOf(kind).length).toBeLessThanOrEqual(60)
  })

  it('shares keep digits that say something', () => {
    expect([0, 0.0004, 0.0213, 0.5, 1].map(share)).toEqual([
      '0 %',
      'under 0.1 %',
      '2.1 %',
      '50 %',
      '100 %'
    ])
  })
})

describe('severity', () => {
  it('grows with the share, is fine for none, and depends on the harm', () => {
    const order = ['fine', 'low', 'medium', 'high']
    for (const kind of kinds) {
      if (kind === 'class-balance') continue
      expect(severityOf(kind, 0, 100)).toBe('fine')
      const grades = [1, 50, 500, 1000].map((count) => order.indexOf(severityOf(kind, count, 1000)))
      expect(grades).toEqual([...grades].sort((a, b) => a - b))
    }
    expect(severityOf('secrets', 1, 1_000_000)).toBe('high')
    expect(severityOf('outliers', 500, 1000)).toBe('medium')
    expect([balanceSeverity(10, 10), balanceSeverity(900, 10)]).toEqual(['fine', 'high'])
  })

  it('doubts about labels are never grave where the models know little', () => {
    expect(labelSeverity(300, 1000, 0.5)).toBe('low')
    expect(labelSeverity(300, 1000, 0.9)).toBe('high')
  })
})

describe('actions', () => {
  it.each(kinds)('%s: at most one is recommended, none when nothing is left', (kind) => {
    const finding = {
      kind,
      rows: Uint32Array.of(0, 1),
      groups: Uint32Array.of(0, 0),
      best: Uint8Array.of(1, 0),
      suggested: Int32Array.of(-1, 1)
    }
    const columns = { splits: Uint8Array.of(1, 2) }
    const live = { places: Uint32Array.of(0, 1), groups: 1 }
    const actions = actionsOf({ kind: 'images', finding, live, columns })
    expect(actions.filter((it) => it.isRecommended).length).toBe(kind === 'class-balance' ? 0 : 1)
    for (const { label, sentence } of actions) {
      expect(label).toMatch(/\d|Keep/)
      expect(sentence).not.toMatch(banned)
    }
    const none = { places: new Uint32Array(0), groups: 0 }
    expect(actionsOf({ kind: 'images', finding, live: none, columns })).toEqual([])
  })
})
