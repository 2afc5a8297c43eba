// Chart options and tables as pure functions of their figures and the theme.
import { describe, expect, it } from 'vitest'
import type { LearningCurve } from '@api/dto/runs.ts'
import { checkOf, votesOf } from '../stores/run-fixtures.test-support.ts'
import { charts } from '../text/charts.ts'
import type { ChartTheme } from './chart-theme.ts'
import { classMixTable, foldedMix, largestShift, type ClassMixData } from './class-mix-option.ts'
import {
  curveSummary,
  learningCurveOption,
  learningCurveTable,
  matchingSize
} from './learning-curve-option.ts'
import { measureSummary, measuresOf, measureTable } from './live-measure-option.ts'
import { accuracySeries, liveOption } from './live-option.ts'
import { fileNameOf } from './save-blob.ts'
import {
  accuracyMax,
  accuracyRows,
  accuracyTable,
  accuracyText,
  differenceOption,
  differenceRows,
  resultBarsOption
} from './result-bars-option.ts'
import {
  overlapOption,
  overlapTable,
  sequentialColors,
  shareAtCut,
  voteHistogramOption
} from './votes-option.ts'

const theme: ChartTheme = {
  surface: '#ffffff',
  text: '#1a1d21',
  text2: '#565d68',
  grid: '#e4e7ec',
  border: '#868f9c',
  chosen: '#0b5fa5',
  random: '#6b7480',
  all: '#000000',
  leftOut: '#b8bec7',
  categories: ['#116fa8', '#e15f0a'],
  font: 'Inter',
  labelSize: 12,
  bodySize: 13,
  isDark: false,
  hasDecals: false,
  isStill: false
}
interface Series {
  type: string
  data: unknown[]
  name?: string
  markLine?: { data: unknown[] }
}
function seriesOf(option: object): Series[] {
  return (option as { series: Series[] }).series
}

describe('result bars', () => {
  const rows = accuracyRows(checkOf())

  it('lists chosen first, then the baselines, then all data', () => {
    expect(rows.map((row) => row.kind)).toEqual(['chosen', 'stratified', 'random', 'all'])
  })
  it('starts at zero and ends at a round share above every bar', () => {
    const option = resultBarsOption(rows, theme) as { xAxis: { min: number; max: number } }
    expect(option.xAxis.min).toBe(0)
    expect(option.xAxis.max).toBe(1)
    expect(
      accuracyMax([{ ...rows[0]!, accuracy: { mean: 0.31, sd: 0 }, perRepeat: [] }])
    ).toBeCloseTo(0.4)
  })
  it('draws a whisker only where there is a spread, and a dot for every repeat', () => {
    const [, , whiskers, dots] = seriesOf(resultBarsOption(rows, theme))
    expect(whiskers?.data).toHaveLength(2)
    expect(dots?.data).toHaveLength(12)
  })
  it('shows random as a dashed outline and the chosen set solid', () => {
    const [bars] = seriesOf(resultBarsOption(rows, theme))
    const styles = (bars?.data as { itemStyle: Record<string, unknown> }[]).map(
      (bar) => bar.itemStyle
    )
    expect(styles[0]?.['color']).toBe(theme.chosen)
    expect(styles[2]).toMatchObject({ color: 'transparent', borderType: 'dashed' })
  })
  it('says spread only where there is one', () => {
    expect(accuracyText({ mean: 0.8312, sd: 0.004 })).toBe('83.1 % ± 0.4')
    expect(accuracyText({ mean: 0.8312, sd: 0 })).toBe('83.1 %')
  })
  it('has the exact figures in its table', () => {
    expect(accuracyTable(rows).rows[2]).toEqual([
      'Random',
      '75.00 %',
      '1',
      '74.0 %, 75.0 %, 76.0 %',
      '800'
    ])
  })
})

describe('differences', () => {
  it('puts zero in the middle, so that the side shows', () => {
    const option = differenceOption(differenceRows(checkOf()), theme) as {
      xAxis: { min: number; max: number }
    }
    expect(option.xAxis.min).toBe(-option.xAxis.max)
    expect(option.xAxis.max).toBeGreaterThan(0.105)
  })
})

describe('titles', () => {
  it('say the finding, good or bad', () => {
    expect(charts.accuracyTitle(checkOf())).toBe('The chosen set beats random by 8.0 points')
    expect(
      charts.accuracyTitle(
        checkOf({ kind: 'worse', difference: { mean: -0.024, low: -0.03, high: -0.02 } })
      )
    ).toBe('Random beats the chosen set by 2.4 points')
    expect(charts.accuracyTitle(checkOf({ kind: 'no-difference' }))).toBe(
      'Chosen and random are about the same'
    )
  })
})

describe('class mix', () => {
  const many: ClassMixData = {
    labels: Array.from({ length: 30 }, (_, index) => `label ${index}`),
    sets: [
      {
        name: 'Available',
        look: 'available',
        counts: Array.from({ length: 30 }, (_, index) => index + 1)
      },
      {
        name: 'Chosen',
        look: 'chosen',
        counts: Array.from({ length: 30 }, (_, index) => (index === 29 ? 1 : 2))
      }
    ]
  }
  it('joins small labels and loses no item', () => {
    const folded = foldedMix(many)
    expect(folded.labels).toHaveLength(20)
    expect(folded.labels[0]).toBe('label 29')
    expect(folded.labels.at(-1)).toBe('11 smaller labels')
    const sum = (counts: readonly number[]): number =>
      counts.reduce((total, count) => total + count, 0)
    expect(sum(folded.sets[0]?.counts ?? [])).toBe(465)
    expect(sum(folded.sets[1]?.counts ?? [])).toBe(59)
  })
  it('names the label that changed most', () => {
    expect(largestShift(many)?.name).toBe('label 29')
    expect(largestShift({ labels: [], sets: [] })).toBeUndefined()
  })
  it('lists every label in its table', () => {
    expect(classMixTable(many).rows).toHaveLength(30)
  })
})

describe('votes', () => {
  it('stacks left out on chosen and marks the cut', () => {
    const [chosen, left] = seriesOf(voteHistogramOption(votesOf(), theme))
    expect(chosen?.data).toEqual([0, 0, 500, 300])
    expect(left?.data).toEqual([6000, 1200, 0, 0])
    expect(chosen?.markLine?.data).toEqual([{ xAxis: 2 }])
    expect(shareAtCut(votesOf())).toBe(1)
  })
  it('has a cell for every pair of tasks, with its number', () => {
    const [cells] = seriesOf(overlapOption(votesOf(), theme))
    expect(cells?.data).toHaveLength(9)
    expect(overlapTable(votesOf()).rows[0]).toEqual(['a', '100 %', '50 %', '20 %'])
  })
  it('turns the scale around in the dark', () => {
    expect(sequentialColors({ isDark: true })[0]).toBe(sequentialColors({ isDark: false }).at(-1))
  })
})

describe('learning curve', () => {
  const point = (mean: number) => ({ mean, sd: 0.01 })
  const curve: LearningCurve = {
    sizes: [200, 400, 800, 1600],
    arms: {
      chosen: [point(0.6), point(0.71), point(0.78), null],
      random: [point(0.5), point(0.6), point(0.7), point(0.75)],
      stratified: [point(0.52), point(0.61), point(0.7), point(0.76)]
    },
    randomRange: [0.5, 0.6, 0.7, 0.75].map((mean) => ({
      mean,
      low: mean - 0.04,
      high: mean + 0.04
    })),
    all: point(0.8)
  }
  it('finds the smallest chosen set that does as well as the random one', () => {
    expect(matchingSize(curve, 800)).toEqual({ size: 400, random: 800 })
    expect(charts.curveTitle(matchingSize(curve, 800), 800)).toBe(
      '400 chosen items do as well as 800 random ones'
    )
    const poor = { ...curve, arms: { ...curve.arms, chosen: curve.sizes.map(() => point(0.3)) } }
    expect(matchingSize(poor, 800)).toBeUndefined()
    expect(charts.curveTitle(undefined, 800)).toContain('no better')
    expect(matchingSize(curve, 999)).toBeUndefined()
  })
  it('draws a band of the width of the range, a level line and three sets', () => {
    const series = seriesOf(learningCurveOption(curve, 800, theme))
    expect(series.map((line) => line.name)).toEqual([
      charts.curveBand,
      charts.curveBand,
      'All data',
      'Chosen set',
      'Random, same label mix',
      'Random'
    ])
    expect(series[1]?.data.map((value) => Number(value).toFixed(3))).toEqual(Array(4).fill('0.080'))
    expect(series[3]?.data).toEqual([0.6, 0.71, 0.78, null])
    expect(series[3]?.markLine?.data).toEqual([{ xAxis: 2 }])
  })
  it('has the same figures as a table and as a sentence', () => {
    const { rows } = learningCurveTable(curve)
    expect(rows[0]).toEqual([
      '200',
      '60.0 % ± 1',
      '50.0 % ± 1',
      '46.0 % – 54.0 %',
      '52.0 % ± 1',
      '80.0 % ± 1'
    ])
    expect(rows[3]?.[1]).toBe('–')
    expect(curveSummary(curve)).toContain('Chosen set from 60.0 % to 78.0 %')
  })
})

describe('live accuracy', () => {
  const points = [
    { series: 'accuracy:random', x: 2, y: 0.71 },
    { series: 'accuracy:chosen', x: 1, y: 0.8 },
    { series: 'accuracy:random', x: 1, y: 0.7 },
    { series: 'accuracy:random', x: 1, y: 0.7 },
    { series: 'accuracy:other:1', x: 1, y: 0.75 },
    { series: 'Warm-up loss', x: 1, y: 2.1 }
  ]
  it('makes one line for each set, sorted, without repeats or other series', () => {
    const series = accuracySeries(points, ['First', 'Second'])
    expect(series.map((line) => line.name)).toEqual(['Chosen set', 'Second', 'Random'])
    expect(series[2]?.points).toEqual([
      { x: 1, y: 0.7 },
      { x: 2, y: 0.71 }
    ])
  })
  it('draws a set that is trained once as a level line over all repeats', () => {
    const [chosen, , random] = seriesOf(liveOption(accuracySeries(points), 5, theme))
    expect(chosen?.data).toEqual([
      [1, 0.8],
      [5, 0.8]
    ])
    expect(random?.data).toHaveLength(2)
  })
  it('keeps every other measure apart, each with its own words', () => {
    const measures = measuresOf([
      ...points,
      { series: 'Warm-up loss', x: 2, y: 0.9 },
      { series: 'smallest:share', x: 3000, y: 0.99 },
      { series: 'smallest:share', x: 750, y: 0.951 }
    ])
    expect(measures.map(({ words, points: line }) => [words.title, line])).toEqual([
      [
        'The helper model is learning',
        [
          { x: 1, y: 2.1 },
          { x: 2, y: 0.9 }
        ]
      ],
      [
        'Sizes tried',
        [
          { x: 750, y: 0.951 },
          { x: 3000, y: 0.99 }
        ]
      ]
    ])
    const sizes = measures[1]
    if (sizes === undefined) throw new Error('The sizes are missing.')
    expect(measureSummary(sizes)).toBe('Sizes tried: from 95.1 % to 99.0 %.')
    expect(measureTable(sizes).rows[0]).toEqual(['750', '95.10 %'])
  })
})

describe('file names', () => {
  it('are made of letters, digits and dashes', () => {
    expect(fileNameOf('The chosen set beats random by 8.0 points!', 'png')).toBe(
      'the-chosen-set-beats-random-by-8-0-points.png'
    )
    expect(fileNameOf('***', 'svg')).toBe('chart.svg')
  })
})
