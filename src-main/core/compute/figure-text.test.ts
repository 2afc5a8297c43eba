// Figures of sentences are rounded as the window rounds those of charts and tables.
import { describe, expect, it } from 'vitest'
import { percentText, signed } from '../reports/words.ts'
import { percentOneDecimal, points } from '../evaluation/verdict.ts'
import { figureText } from './figure-text.ts'

describe('figureText', () => {
  it.each([
    [83.55, 1, '83.6'],
    [0.8355 * 100, 1, '83.6'],
    [83.54, 1, '83.5'],
    [-0.04, 1, '0.0'],
    [-0.05, 1, '-0.1'],
    [-0.4, 0, '0'],
    [12_345.678, 2, '12345.68'],
    [0, 1, '0.0']
  ])('%d with %d decimals is %s', (value, digits, text) => {
    expect(figureText(value, digits)).toBe(text)
  })

  it('is one rule for verdicts, reports and the window, for every share of 2,000 items', () => {
    // As src-renderer/text/format.ts makes them in English.
    const window = new Intl.NumberFormat('en', {
      minimumFractionDigits: 1,
      maximumFractionDigits: 1
    })
    for (let right = 0; right <= 2_000; right++) {
      const share = right / 2_000
      const shown = window.format(share * 100)
      expect(percentOneDecimal(share)).toBe(`${shown} %`)
      expect(percentText(share)).toBe(`${shown} %`)
      expect(points(share)).toBe(shown)
      expect(signed(share * 100)).toBe(`+${shown}`)
    }
  })
})
