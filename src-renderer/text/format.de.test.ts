// Numbers, sizes, times and dates as people read them in German.
import { describe, expect, it, vi } from 'vitest'

vi.hoisted(() => (document.documentElement.lang = 'de'))
import {
  formatAbout,
  formatAboutRange,
  formatAgo,
  formatBytes,
  formatCount,
  formatDateTime,
  formatDuration,
  formatNumber,
  formatPercent,
  formatPoints,
  typedNumber,
  writtenNumber
} from './format.ts'
import { countOf } from './nouns.ts'

describe('German', () => {
  it.each([
    [formatNumber(12_400), '12.400'],
    [formatNumber(0.5, 1), '0,5'],
    [formatNumber(1_234_567.891, 2), '1.234.567,89'],
    [formatNumber(-0.4), '0'],
    [formatPercent(0.83), '83,0 %'],
    [formatPercent(1, 0), '100 %'],
    [formatPoints(0.081), '+8,1 Punkte'],
    [formatPoints(-0.024), '−2,4 Punkte'],
    [formatBytes(1), '1 Byte'],
    [formatBytes(900), '900 Byte'],
    [formatBytes(4_200_000), '4,2 MB'],
    [formatAbout(3), 'wenige Sekunden'],
    [formatAbout(240), 'etwa 4 min'],
    [formatAbout(5400), 'etwa 1,5 h'],
    [formatAboutRange(3, 120), 'bis zu 2 min'],
    [formatAboutRange(240, 360), 'etwa 4 bis 6 min'],
    [formatAboutRange(30, 120), 'etwa 30 s bis 2 min'],
    [formatDuration(0.8), '0,8 s'],
    [formatCount(1, 'Lauf', 'Läufe'), '1 Lauf'],
    [countOf(1, 'item'), '1 Element'],
    [countOf(0, 'item'), '0 Elemente'],
    [countOf(12_400, 'fileOrRow'), '12.400 Dateien oder Zeilen']
  ])('%j is %j', (text, expected) => expect(text.replaceAll(/[\u00a0\u202f]/g, ' ')).toBe(expected))

  it.each([
    ['0,5', 0.5],
    ['0.5', 0.5],
    ['1.000', 1000],
    ['12.400,25', 12_400.25],
    ['-3', -3],
    ['1,5,5', undefined],
    ['1.00,5', undefined],
    ['viel', undefined],
    [' ', undefined]
  ])('reads %j as %j', (text, value) => expect(typedNumber(text)).toBe(value))

  it('reads what it writes', () => {
    for (const value of [0, 0.05, -2.5, 12_400, 1e-7, 123_456_789.25])
      expect(typedNumber(writtenNumber(value))).toBe(value)
    expect(writtenNumber(1234.5)).toBe('1234,5')
  })

  it('says when', () => {
    const now = new Date(2026, 10, 21, 12).getTime()
    expect(formatAgo(now - 10_000, now)).toBe('gerade eben')
    expect(formatAgo(now - 5 * 60_000, now)).toBe('vor 5 Minuten')
    expect(formatAgo(now - 26 * 3_600_000, now)).toBe('gestern')
    expect(formatAgo(now - 60 * 86_400_000, now)).toBe('22. September 2026')
    expect(formatDateTime(new Date(2026, 10, 21, 8, 31).getTime())).toBe(
      '21. November 2026 um 08:31'
    )
  })
})
