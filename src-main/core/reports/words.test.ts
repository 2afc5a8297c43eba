// Numbers as people read them.
import { expect, it } from 'vitest'
import {
  bytesText,
  countText,
  dateText,
  percentText,
  pointsText,
  signed,
  tieWords
} from './words.ts'

it('shares, points, sizes and counts', () => {
  expect([percentText(0.8314), percentText(1, 0), percentText(0)]).toEqual([
    '83.1 %',
    '100 %',
    '0.0 %'
  ])
  expect([pointsText(0.081), pointsText(-0.024)]).toEqual(['+8.1 points', '−2.4 points'])
  expect([signed(-0.04), signed(0), signed(-0.06)]).toEqual(['+0.0', '+0.0', '−0.1'])
  expect([0, 999, 1000, 1_234_567, 5e12, 5e15].map(bytesText)).toEqual([
    '0 bytes',
    '999 bytes',
    '1.0 KB',
    '1.2 MB',
    '5.0 TB',
    '5000 TB'
  ])
  expect(countText(12400)).toBe('12,400')
})

it('dates and tie rules', () => {
  expect(dateText('2026-11-21T11:24:28.180Z')).toBe('21 November 2026, 11:24 UTC')
  expect(dateText('no date')).toBe('no date')
  expect(tieWords('random')).toBe('by lot, with the repeat code')
  expect(tieWords('newer')).toBe('by the rule “newer”')
})
