// The charts of "What does it teach?": what they draw, where they mark, and the same as tables.
import { describe, expect, it } from 'vitest'
import { analysisOf } from '../stores/tiny-analysis-fixtures.test-support.ts'
import { tinyAnalysis as words } from '../text/tiny-analysis.ts'
import { agreementBins, agreementOption, agreementTable } from './analysis-agreement-option.ts'
import { brightnessOption, brightnessTable } from './analysis-brightness-option.ts'
import { influenceOption, influenceTable, influenceText } from './analysis-influence-option.ts'
import { analysisLinesOption, analysisLinesTable } from './analysis-lines-option.ts'
import { analysisMapOption, analysisMapTable } from './analysis-map-option.ts'
import { mixingOption, mixingSummary, mixingTable } from './analysis-mixing-option.ts'
import { chartSvg } from './chart-svg.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { ChartOption } from './echarts-setup.ts'
import { labelMark } from './label-marks.ts'

const theme: ChartTheme = {
  surface: '#ffffff',
  text: '#111111',
  text2: '#555555',
  grid: '#eeeeee',
  border: '#888888',
  chosen: '#0000ff',
  random: '#777777',
  all: '#000000',
  leftOut: '#bbbbbb',
  categories: ['#111111', '#e15f0a', '#333333', '#444444', '#555555', '#666666', '#777777'],
  font: 'sans-serif',
  labelSize: 12,
  bodySize: 13,
  isDark: false,
  hasDecals: false,
  isStill: true
}
const { parts, classNames } = analysisOf()
function part<K extends keyof typeof parts>(name: K): NonNullable<(typeof parts)[K]> {
  const found = parts[name]
  if (found === null) throw new Error(`the fixture has ${name}`)
  return found
}
interface Series {
  readonly id: string
  readonly type: string
  readonly symbol?: string
  readonly symbolSize?: number
  readonly data: readonly unknown[]
  readonly markLine?: { readonly data: readonly { readonly xAxis: number }[] }
}
// Options are plain data of the functions tested here.
const seriesOf = (option: ChartOption): Series[] => option['series'] as Series[]
/** Draws all of it, as "save as drawing" does. */
const drawn = (option: ChartOption): string => chartSvg(option, 800, 420)

describe('the mixing curve', () => {
  it('has both lines and marks the lowest place and where it gets better', () => {
    const [set, random, ...whiskers] = seriesOf(mixingOption(part('mixing'), theme))
    expect(set?.data).toEqual([0.7, 0.62, 0.68, 0.79])
    expect(random?.data).toEqual([0.55, 0.58, 0.67, 0.78])
    // Places on the axis, not numbers of items: 2 is the second, 50 the fourth.
    expect(set?.markLine?.data.map(({ xAxis }) => xAxis)).toEqual([1, 3])
    expect(whiskers.map(({ data }) => data.length)).toEqual([3, 4])
    const svg = drawn(mixingOption(part('mixing'), theme))
    expect(svg).toContain(words.mixing.lowest)
    expect(svg).toContain(words.mixing.better)
  })
  it('marks nothing where nothing is clear, and reads as a table', () => {
    const calm = { ...part('mixing'), isHarmful: false, lowestAt: null, betterFrom: null }
    expect(seriesOf(mixingOption(calm, theme))[0]?.markLine?.data).toEqual([])
    expect(mixingTable(calm).rows[0]).toEqual(['0', '70.00 %', '55.00 % ± 2'])
    expect(mixingSummary(calm)).toContain('70.0 %')
    expect(mixingSummary({ ...calm, points: [] })).toContain('–')
    expect(drawn(mixingOption({ ...calm, points: [] }, theme))).toContain('<svg')
  })
})

describe('agreement', () => {
  it('cuts both histograms to the bins that are full', () => {
    const bins = agreementBins(part('agreement'))
    expect(bins.map(({ early, subset }) => [early, subset])).toEqual([
      [0, 1],
      [0, 0],
      [0, 0],
      [1, 0],
      [1, 0]
    ])
    expect(bins[0]?.from).toBeCloseTo(0.72, 9)
    expect(agreementTable(part('agreement')).rows[3]).toEqual(['78 % to 80 %', '1', '0'])
  })
  it('draws one above the other with the line of chance in both', () => {
    const option = agreementOption(part('agreement'), theme)
    expect(seriesOf(option).map(({ markLine }) => markLine?.data)).toEqual([
      [{ xAxis: 0.535 }],
      [{ xAxis: 0.535 }]
    ])
    const svg = drawn(option)
    for (const text of [words.agreement.early, words.agreement.few, words.agreement.chance])
      expect(svg).toContain(text)
  })
})

describe('lines along a training', () => {
  const lines = {
    lines: [
      {
        name: 'Set',
        kind: 'chosen' as const,
        points: part('curvature').points.map(({ step, set }) => ({ x: step, y: set }))
      },
      { name: 'Real', kind: 'random' as const, points: [{ x: 40, y: 120 }] }
    ],
    across: 'Steps',
    format: (value: number) => String(value),
    mark: { name: 'highest at 40', x: 40 }
  }
  it('mark their place once, and go below 0 where values do', () => {
    const option = analysisLinesOption(lines, theme, '')
    expect(seriesOf(option).map(({ markLine }) => markLine?.data[0]?.xAxis)).toEqual([
      40,
      undefined
    ])
    expect(option['yAxis']).toMatchObject({ min: -2 })
    expect(drawn(option)).toContain('highest at 40')
    expect(
      seriesOf(analysisLinesOption({ ...lines, mark: null }, theme, ''))[0]?.markLine
    ).toBeUndefined()
  })
  it('read as a table with gaps', () => {
    expect(analysisLinesTable(lines).rows).toEqual([
      ['0', '-2', ''],
      ['40', '240.4', '120'],
      ['300', '24', '']
    ])
  })
})

describe('the map', () => {
  const { points } = part('recognition').map
  it('draws real items below the set, each label with its own mark', () => {
    const series = seriesOf(analysisMapOption(points, classNames, theme))
    expect(series.map(({ id, data }) => [id, data.length])).toEqual([
      ['real 0', 10],
      ['real 1', 10],
      ['real 2', 10],
      ['set 0', 2],
      ['set 1', 2],
      ['set 2', 2]
    ])
    expect(new Set(series.slice(0, 3).map(({ symbol }) => symbol)).size).toBe(3)
    expect(series[0]?.symbol).toBe(series[3]?.symbol)
    expect(series[3]?.symbolSize).toBeGreaterThan(series[0]?.symbolSize ?? 0)
    expect(drawn(analysisMapOption(points, classNames, theme))).toContain('<path')
  })
  it('lists items of the set first', () => {
    const { rows } = analysisMapTable(points, classNames)
    expect(rows).toHaveLength(36)
    expect(rows[0]?.slice(0, 2)).toEqual([words.recognition.setItem, 'boot'])
    expect(rows.at(-1)?.[0]).toBe(words.recognition.realItem)
  })
  it('tells 56 labels apart, and neighbours by shape and by colour', () => {
    const marks = Array.from({ length: 56 }, (_, label) => labelMark(label, 7))
    expect(new Set(marks.map(({ path, color }) => `${color} ${path}`)).size).toBe(56)
    marks.slice(1).forEach((mark, at) => {
      expect(mark.path).not.toBe(marks[at]?.path)
      expect(mark.color).not.toBe(marks[at]?.color)
    })
  })
})

describe('brightness', () => {
  const brightness = part('recognition').brightness
  if (brightness === null) throw new Error('the fixture has pictures')
  it('draws steps to the right end of the last bin, as shares', () => {
    const [real, set] = seriesOf(brightnessOption(brightness, theme))
    expect(real?.data).toHaveLength(8)
    expect(set?.data[0]).toEqual([-0.2, 0.1])
    expect(real?.markLine?.data).toEqual([{ xAxis: 0 }, { xAxis: 1 }])
    expect(drawn(brightnessOption(brightness, theme))).toContain('<path')
    const total = brightnessTable(brightness).rows.reduce(
      (sum, row) => sum + Number.parseFloat(row[2] ?? ''),
      0
    )
    expect(total).toBeCloseTo(100, 6)
  })
})

describe('influence', () => {
  it('writes figures with their sign and two that count', () => {
    expect([0.0123, -0.2, 0, 1e-7, 3.456].map(influenceText)).toEqual([
      '+0.012',
      '−0.2',
      '0',
      '0',
      '+3.5'
    ])
  })
  it('has a cell for each pair of labels, on a scale with nothing in its middle', () => {
    const { byLabel } = part('influence')
    const option = influenceOption(byLabel, classNames, theme, '')
    expect(seriesOf(option)[0]?.data).toHaveLength(9)
    // Items of boot on test items of shoe: column 1 of row 0.
    expect(seriesOf(option)[0]?.data[1]).toEqual([1, 0, -0.03])
    expect(option['visualMap']).toMatchObject({ min: -0.2, max: 0.2 })
    expect(drawn(option)).toContain('−0.03')
    expect(influenceTable(byLabel, classNames).rows[2]).toEqual(['bag', '+0.004', '−0.011', '+0.2'])
  })
})
