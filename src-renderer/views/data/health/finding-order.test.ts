// The order of findings, what is left to do, which review they get, and what asks first.
import { describe, expect, it } from 'vitest'
import { FindingKind } from '@api/dto/health.ts'
import { health as words } from '../../../text/health.ts'
import { balanceTitle } from './balance-title.ts'
import { differingWords } from './differing-words.ts'
import { inHarmOrder, partsOf, reachOf, recommendedOf, reviewMode } from './finding-order.ts'
import { findingOf, reportOf } from './health-fixtures.test-support.ts'

describe('the order of findings', () => {
  it('is by severity, then harm, then count', () => {
    const findings = [
      findingOf({ id: 'a', severity: 'low', kind: 'split-leakage' }),
      findingOf({ id: 'b', severity: 'high', kind: 'odd-shapes', count: 900 }),
      findingOf({ id: 'c', severity: 'high', kind: 'wrong-labels', count: 3 }),
      findingOf({ id: 'd', severity: 'medium', kind: 'outliers', count: 2 }),
      findingOf({ id: 'e', severity: 'medium', kind: 'outliers', count: 5 })
    ]
    expect(inHarmOrder(findings).map(({ id }) => id)).toEqual(['c', 'b', 'e', 'd', 'a'])
  })

  it('has a place for every kind', () => {
    const kinds = FindingKind.options
    const shuffled = inHarmOrder([...kinds].reverse().map((kind) => findingOf({ kind })))
    expect(new Set(shuffled.map(({ kind }) => kind)).size).toBe(kinds.length)
    // A kind the order does not know would come before all others.
    expect(shuffled[0]?.kind).toBe('split-leakage')
  })

  it('divides by what is left to do', () => {
    const parts = partsOf(
      reportOf({
        findings: [
          findingOf({ id: 'open' }),
          findingOf({ id: 'settled', count: 0 }),
          findingOf({ id: 'dismissed', isDismissed: true, count: 0 }),
          findingOf({ id: 'fine', severity: 'fine', count: 0, found: 0 }),
          findingOf({ id: 'whole', kind: 'class-balance', count: 0, found: 0 })
        ]
      })
    )
    const ids = (part: keyof typeof parts): string[] => parts[part].map(({ id }) => id)
    expect(ids('open')).toEqual(['open', 'whole'])
    expect(ids('settled')).toEqual(['settled'])
    expect(ids('dismissed')).toEqual(['dismissed'])
    expect(ids('fine')).toEqual(['fine'])
  })
})

describe('what a finding gets', () => {
  it('is the review that fits it', () => {
    expect(reviewMode(findingOf())).toBe('groups')
    expect(reviewMode(findingOf({ kind: 'wrong-labels', groups: 0 }))).toBe('labels')
    expect(reviewMode(findingOf({ kind: 'outliers', groups: 0 }))).toBe('items')
    expect(reviewMode(findingOf({ kind: 'group-leakage', groups: 9 }))).toBe('items')
  })

  it('is the recommended action, but never "show"', () => {
    expect(recommendedOf(findingOf())?.id).toBe('keep-first')
    const show = { id: 'show', label: 'Show', sentence: '', isRecommended: true } as const
    expect(recommendedOf(findingOf({ actions: [show] }))).toBeUndefined()
  })

  it('counts what an action changes: one of each group stays', () => {
    expect(reachOf(findingOf({ count: 10, groups: 4 }), 'keep-first')).toBe(6)
    expect(reachOf(findingOf({ count: 10, groups: 4 }), 'set-aside-all')).toBe(10)
    expect(reachOf(findingOf({ count: 2, groups: 4 }), 'keep-largest')).toBe(0)
  })
})

describe('the sentence over the labels', () => {
  const of = (...counts: number[]): string =>
    balanceTitle(counts.map((train, index) => ({ name: `l${index}`, train, test: 0, none: 0 })))
  it('says what the bars show', () => {
    expect(of(100, 90, 80)).toBe(words.balanceEven)
    expect(of(50, 600, 100)).toBe(words.balanceUneven('l1', 'l0', '12'))
    expect(of(10, 25)).toBe(words.balanceUneven('l1', 'l0', '2.5'))
    expect(of(7)).toBe(words.balanceOne('l0'))
    expect(of(7, 0)).toBe(words.balanceEmptyLabel('l1'))
    expect(of()).toBe(words.balanceTitle)
  })
})

describe('words that differ', () => {
  const marked = (text: string, other: string): string[] =>
    differingWords(text, other)
      .filter((part) => part.isDifferent)
      .map((part) => part.text.trim())

  it('are those the other text does not have, or has less often', () => {
    expect(marked('the red boot', 'the blue boot')).toEqual(['red'])
    expect(marked('very very old', 'very old')).toEqual(['very'])
    expect(marked('one two', 'two one')).toEqual([])
    expect(marked('new words here and old', 'and old')).toEqual(['new words here'])
  })

  it('leave the text as it is', () => {
    for (const text of ['', ' a  b\n c ', 'x', '\n\n'])
      expect(
        differingWords(text, 'b')
          .map((part) => part.text)
          .join('')
      ).toBe(text)
  })
})
