// The charts of tiny sets: rows in reading order with looks that carry their meaning, and curves
// with a level and a mark.
import { describe, expect, it } from 'vitest'
import { tinyResultOf } from '../stores/distil-fixtures.test-support.ts'
import { armNames } from '../text/distil.ts'
import { formatPercent } from '../text/format.ts'
import type { ChartTheme } from './chart-theme.ts'
import { networksOf, tinyBarsTitle, tinyRows } from './tiny-bars-option.ts'
import { curveOption, curveTable, pointsOf, type Curve } from './tiny-curve-option.ts'

const theme: ChartTheme = {
  surface: '#fff',
  text: '#111',
  text2: '#555',
  grid: '#eee',
  border: '#888',
  chosen: '#00f',
  random: '#777',
  all: '#000',
  leftOut: '#bbb',
  categories: [],
  font: 'sans-serif',
  labelSize: 12,
  bodySize: 13,
  isDark: false,
  hasDecals: false,
  isStill: true
}
const check = tinyResultOf().check
if (check === null) throw new Error('the fixture has a check')

describe('bars', () => {
  it('come in reading order, one chart for each check model', () => {
    expect(networksOf(check)).toEqual(['ConvNet, 32 filters', 'Small residual network'])
    const rows = tinyRows(check, 'ConvNet, 32 filters')
    expect(rows.map(({ name }) => name)).toEqual([
      armNames['distilled-soft'],
      armNames['distilled-hard'],
      armNames['random-hard'],
      armNames['equal-bytes'],
      armNames.all
    ])
    expect(rows.map(({ kind }) => kind)).toEqual(['other', 'chosen', 'random', 'stratified', 'all'])
  })
  it('speak of no labels where none are taught', () => {
    const explained = { ...check, measure: 'explained' as const }
    expect(tinyBarsTitle(explained)).toBe('Tiny set beats random by 13.0 points')
    expect(tinyRows(explained, 'ConvNet, 32 filters')[2]?.name).toBe('Random items')
  })
  it('have the finding as their title, good or bad', () => {
    expect(tinyBarsTitle(check)).toBe('Tiny set, plain labels beats random by 13.0 points')
    expect(tinyBarsTitle({ ...check, kind: 'worse' })).toContain('Random beats')
    expect(tinyBarsTitle({ ...check, kind: 'no-difference' })).toContain('No clear difference')
  })
})

describe('curves', () => {
  const curve: Curve = {
    name: 'Tiny set',
    points: [
      { x: 10, y: 0.5 },
      { x: 20, y: 0.7 }
    ],
    across: 'Work done',
    format: formatPercent,
    level: { name: 'Random items', y: 0.58 },
    mark: { name: 'Labels from pass 20', x: 20 }
  }
  // The option is plain data of this module.
  const seriesOf = (given: Curve) =>
    curveOption(given, theme, '')['series'] as {
      id: string
      data: unknown[]
      markLine?: { data: unknown[] }
      lineStyle: { type?: string }
    }[]

  it('sort their points and count one measured twice once', () => {
    const points = [
      { x: 2, y: 1 },
      { x: 1, y: 3 },
      { x: 2, y: 4 }
    ]
    expect(pointsOf(points)).toEqual([
      { x: 1, y: 3 },
      { x: 2, y: 4 }
    ])
  })
  it('draw a dashed level over all of the line, and a mark', () => {
    const [level, line] = seriesOf(curve)
    expect(level?.data).toEqual([
      [10, 0.58],
      [20, 0.58]
    ])
    expect(level?.lineStyle.type).toBe('dashed')
    expect(line?.markLine?.data).toEqual([{ xAxis: 20 }])
    const alone = seriesOf({ ...curve, level: null, mark: null })
    expect(alone.map(({ id }) => id)).toEqual(['line'])
    expect(alone[0]?.markLine).toBeUndefined()
  })
  it('read the same as a table', () => {
    expect(curveTable(curve)).toEqual({
      header: ['Work done', 'Tiny set', 'Random items'],
      rows: [
        ['10', '50.00 %', '58.00 %'],
        ['20', '70.00 %', '58.00 %']
      ]
    })
  })
})
