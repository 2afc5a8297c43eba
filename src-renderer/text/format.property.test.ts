// Numbers, sizes, times and dates as people read them, at the edges where rounding goes wrong.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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

const figure = (text: string): number =>
  Number(
    text
      .replaceAll(',', '')
      .replace('−', '-')
      .replace(/[^\d.-].*$/, '')
  )

describe('numbers', () => {
  it.each([
    [formatNumber(12_400), '12,400'],
    [formatNumber(0.5, 1), '0.5'],
    [formatNumber(-0.4), '0'],
    [formatNumber(-3), '-3'],
    [formatNumber(999.96, 1), '1,000'],
    [formatCount(1, 'item'), '1 item'],
    [formatCount(0, 'item'), '0 items'],
    [formatCount(12_400, 'file or row', 'files or rows'), '12,400 files or rows'],
    [formatPercent(0.83), '83.0 %'],
    [formatPercent(1, 0), '100 %'],
    [formatPercent(0.99999), '100.0 %'],
    [formatPercent(-0.0001), '0.0 %']
  ])('%j is %j', (text, expected) => expect(text.replaceAll(/[\u00a0\u202f]/g, ' ')).toBe(expected))

  it('stay within half of their last digit', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e9, max: 1e9, noNaN: true }),
        fc.integer({ min: 0, max: 4 }),
        (value, digits) => {
          expect(Math.abs(figure(formatNumber(value, digits)) - value)).toBeLessThanOrEqual(
            0.5 * 10 ** -digits + 1e-6
          )
        }
      )
    )
  })

  it('never show a minus before nothing', () => {
    fc.assert(
      fc.property(fc.double({ min: -0.01, max: 0.01, noNaN: true }), fc.nat(2), (value, digits) => {
        for (const text of [
          formatNumber(value, digits),
          formatPercent(value, digits),
          formatPoints(value, digits)
        ]) {
          if (figure(text.replace(/^[+−-]/, '')) === 0) expect(text).not.toMatch(/^[+−-]/)
        }
      })
    )
  })
})

describe('typed numbers', () => {
  it.each([
    ['0.5', 0.5],
    ['1,000', 1000],
    ['12,400.25', 12_400.25],
    ['0,5', undefined],
    ['1e3', 1000],
    ['', undefined],
    ['Infinity', undefined]
  ])('%j is %j', (text, value) => expect(typedNumber(text)).toBe(value))

  it('are read as they are written', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(typedNumber(writtenNumber(value)) ?? NaN).toBe(Number(String(value)))
      })
    )
  })
})

describe('points', () => {
  it.each([
    [0.081, '+8.1 points'],
    [-0.024, '−2.4 points'],
    [0, '0.0 points'],
    [0.0004, '0.0 points'],
    [-0.0004, '0.0 points'],
    [0.0005, '+0.1 points'],
    [1, '+100.0 points'],
    [0.29, '+29.0 points']
  ])('%d is %s', (difference, text) => expect(formatPoints(difference)).toBe(text))

  it('carry a sign exactly when they are not zero, and the same one both ways round', () => {
    fc.assert(
      fc.property(fc.double({ min: -1, max: 1, noNaN: true }), (difference) => {
        const text = formatPoints(difference)
        const opposite = formatPoints(-difference)
        expect(text.replace(/^[+−]/, '')).toBe(opposite.replace(/^[+−]/, ''))
        expect(/^[+−]/.test(text)).toBe(!text.startsWith('0.0'))
        if (text.startsWith('+')) expect(opposite).toMatch(/^−/)
      })
    )
  })
})

describe('sizes', () => {
  it.each([
    [0, '0 bytes'],
    [1, '1 byte'],
    [999, '999 bytes'],
    [1000, '1 KB'],
    [4_200_000, '4.2 MB'],
    [99_960, '100 KB'],
    [999_499, '999 KB'],
    [999_500, '1 MB'],
    [999_950_000, '1 GB'],
    [1.5e15, '1,500 TB'],
    [-1, '–'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–']
  ])('%d is %s', (size, text) => expect(formatBytes(size)).toBe(text))

  it('never reach 1,000 of a unit below the largest, and stay within 5 percent', () => {
    const units: Readonly<Record<string, number>> = {
      byte: 1,
      bytes: 1,
      KB: 1e3,
      MB: 1e6,
      GB: 1e9,
      TB: 1e12
    }
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1e15, noNaN: true }).map(Math.round), (size) => {
        const [number = '', unit = ''] = formatBytes(size).split(' ')
        const value = Number(number.replaceAll(',', ''))
        if (unit !== 'TB') expect(value).toBeLessThan(1000)
        expect(Math.abs(value * (units[unit] ?? 0) - size)).toBeLessThanOrEqual(size * 0.05)
      })
    )
  })
})

describe('times', () => {
  it.each([
    [0, 'a few seconds'],
    [9.9, 'a few seconds'],
    [10, 'about 10 s'],
    [54, 'about 50 s'],
    [55, 'about 1 min'],
    [89, 'about 1 min'],
    [240, 'about 4 min'],
    [54.6 * 60, 'about 55 min'],
    [55 * 60, 'about 1 h'],
    [5400, 'about 1.5 h'],
    [9.74 * 3600, 'about 9.5 h'],
    [9.75 * 3600, 'about 10 h'],
    [30 * 3600, 'about 30 h']
  ])('%d s take %s', (seconds, text) => expect(formatAbout(seconds)).toBe(text))

  it.each([
    [240, 360, 'about 4 to 6 min'],
    [50, 90, 'about 50 s to 2 min'],
    [3, 40, 'up to 40 s'],
    [3, 4, 'a few seconds'],
    [239, 241, 'about 4 min'],
    [3600, 5400, 'about 1 to 1.5 h']
  ])('%d to %d s read %s', (low, high, text) => expect(formatAboutRange(low, high)).toBe(text))

  it.each([
    [0.84, '0.8 s'],
    [9.96, '10 s'],
    [59.4, '59 s'],
    [59.6, '1 min 0 s'],
    [252, '4 min 12 s'],
    [3599.6, '1 h 0 min'],
    [7199, '2 h 0 min'],
    [5430, '1 h 31 min']
  ])('%d s took %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text))

  it('never count to 60, and are never more than half a step off', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (seconds) => {
        const text = formatDuration(seconds)
        const part = (unit: string): number =>
          Number(new RegExp(`([\\d.,]+) ${unit}(?:$| )`).exec(text)?.[1]?.replaceAll(',', '') ?? 0)
        expect(part('min')).toBeLessThan(60)
        expect(part('s')).toBeLessThan(60)
        const total = part('h') * 3600 + part('min') * 60 + part('s')
        expect(Math.abs(total - seconds)).toBeLessThanOrEqual(seconds >= 3599.5 ? 30.5 : 0.5)
      })
    )
  })

  it('longer never reads shorter', () => {
    const order = (text: string): number => {
      const [, number = '0', unit = 's'] = /([\d.]+) (s|min|h)/.exec(text) ?? []
      return text === 'a few seconds'
        ? 0
        : Number(number) * { s: 1, min: 60, h: 3600 }[unit as 's' | 'min' | 'h'] // from the pattern
    }
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 200_000 }),
        fc.integer({ min: 0, max: 50_000 }),
        (seconds, more) => {
          expect(order(formatAbout(seconds + more))).toBeGreaterThanOrEqual(
            order(formatAbout(seconds))
          )
        }
      )
    )
  })
})

describe('dates', () => {
  const at = (day: number, hour: number, minute = 0): number =>
    new Date(2026, 10, day, hour, minute).getTime()
  const now = at(20, 23)
  it.each([
    [now + 60_000, 'just now'],
    [now - 44_000, 'just now'],
    [now - 46_000, '1 minute ago'],
    [now - 49 * 60_000, '49 minutes ago'],
    [now - 55 * 60_000, '1 hour ago'],
    [at(20, 1), '22 hours ago'],
    [at(19, 22), 'yesterday'],
    [at(19, 1), 'yesterday'],
    [at(14, 12), '6 days ago']
  ])('%d reads %s', (time, text) => expect(formatAgo(time, now)).toBe(text))

  it('count days by midnights, not by 24 hours', () => {
    expect(formatAgo(at(18, 20), at(20, 2))).toBe('2 days ago')
    expect(formatAgo(at(19, 3), at(20, 2))).toBe('yesterday')
  })

  it('name the day once a week has gone', () => {
    expect(formatAgo(at(10, 12), now)).toContain('2026')
    expect(formatDateTime(at(10, 12))).toContain('2026')
  })

  it('never lie in the future and never say "in"', () => {
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e10 }), (ago) => {
        expect(formatAgo(now - ago, now)).not.toMatch(/^in |tomorrow|-\d/)
      })
    )
  })
})
