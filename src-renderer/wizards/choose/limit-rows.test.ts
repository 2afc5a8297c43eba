// What typed limits become, and which rows are shown.
import { describe, expect, it } from 'vitest'
import {
  readLimit,
  shareSum,
  shownMost,
  shownRows,
  withLimit,
  type LimitRow
} from './limit-rows.ts'

const row = (name: string, part: Partial<LimitRow> = {}): LimitRow => ({
  name,
  min: null,
  max: null,
  percent: null,
  ...part
})

describe('limits', () => {
  it('are whole numbers, and shares up to 100 %', () => {
    expect([readLimit(' ', 'min'), readLimit('0', 'max'), readLimit('12', 'min')]).toEqual([
      null,
      0,
      12
    ])
    for (const text of ['-1', '1.5', 'x', '1e999']) expect(readLimit(text, 'min')).toBeUndefined()
    expect([readLimit('12.5', 'percent'), readLimit('101', 'percent')]).toEqual([12.5, undefined])
  })

  it('are changed one at a time and gone when nothing is left of them', () => {
    const one = withLimit([], 'rose', 'min', 5)
    const two = withLimit(one, 'rose', 'percent', 40)
    expect(two).toEqual([row('rose', { min: 5, percent: 40 })])
    expect(withLimit(withLimit(two, 'rose', 'min', null), 'rose', 'percent', null)).toEqual([])
  })

  it('add up their shares, when there are any', () => {
    expect(shareSum([row('a', { min: 1 })])).toBeUndefined()
    expect(shareSum([row('a', { percent: 33.3 }), row('b', { percent: 33.3 })])).toBe(66.6)
  })
})

describe('shown rows', () => {
  const rows = Array.from({ length: 500 }, (_, i) => ({ name: `site ${i}`, available: 500 - i }))

  it('are not more than can be drawn, and can be searched', () => {
    expect(shownRows(rows, [], '')).toMatchObject({ more: 500 - shownMost })
    expect(shownRows(rows, [], 'SITE 49').shown).toHaveLength(11)
  })

  it('begin with limits of names that the data does not have, so that they can be cleared', () => {
    const { shown } = shownRows(rows, [row('gone', { min: 1 }), row('site 3', { min: 1 })], '')
    expect(shown.slice(0, 2)).toEqual([
      { name: 'gone', available: 0 },
      { name: 'site 0', available: 500 }
    ])
  })
})
