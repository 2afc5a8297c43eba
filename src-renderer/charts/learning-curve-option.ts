// Accuracy by the number of items: chosen, random and stratified sets as lines, the range of random
// sets as a band, all data as a level line.
import type { LearningCurve } from '@api/dto/runs.ts'
import { charts, setNames } from '../text/charts.ts'
import { formatNumber, formatPercent } from '../text/format.ts'
import type { ChartTable } from './chart-table.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { ChartOption } from './echarts-setup.ts'
import {
  axisName,
  baseOption,
  nameAxis,
  setColor,
  setLine,
  setSymbols,
  valueAxis
} from './option-parts.ts'
import { accuracyText } from './result-bars-option.ts'

type Arm = keyof LearningCurve['arms']
const arms: readonly Arm[] = ['chosen', 'stratified', 'random']

/** The means of an arm along the sizes; null where there is none. */
function meansOf(curve: LearningCurve, arm: Arm): (number | null)[] {
  return curve.arms[arm].map((point) => point?.mean ?? null)
}

/**
 * The smallest chosen set that is as accurate as a random one of `size` items; undefined when none
 * of up to that size is.
 */
export function matchingSize(
  curve: LearningCurve,
  size: number
): { readonly size: number; readonly random: number } | undefined {
  const random = curve.arms.random[curve.sizes.indexOf(size)]?.mean
  if (random === undefined) return undefined
  const at = curve.sizes.findIndex(
    (candidate, place) => candidate <= size && (curve.arms.chosen[place]?.mean ?? -1) >= random
  )
  const matching = curve.sizes[at]
  return matching === undefined ? undefined : { size: matching, random: size }
}

/** What the picture shows, in a sentence. */
export function curveSummary(curve: LearningCurve): string {
  const lines = arms.flatMap((arm) => {
    const means = meansOf(curve, arm).filter((mean) => mean !== null)
    const [from, to] = [means[0], means.at(-1)]
    return from === undefined || to === undefined ? [] : [{ name: setNames[arm], from, to }]
  })
  return charts.curveSummary(lines, curve.sizes[0] ?? 0, curve.sizes.at(-1) ?? 0)
}

/** The chart; `chosen` is the size of the chosen set, which gets a line of its own. */
export function learningCurveOption(
  curve: LearningCurve,
  chosen: number,
  theme: ChartTheme
): ChartOption {
  const sizes = curve.sizes.map((size) => formatNumber(size))
  return {
    ...baseOption(theme, curveSummary(curve)),
    grid: {
      left: 8,
      right: 200,
      top: 12,
      bottom: 22,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel'
    },
    // Every size is about twice the one before: even steps show what doubling brings.
    xAxis: {
      ...nameAxis(theme, sizes),
      ...axisName(theme, charts.curveAxis, 26)
    },
    yAxis: valueAxis(theme, (value) => formatPercent(value, 0), { min: undefined, scale: true }),
    series: [
      ...bandSeries(curve, theme),
      levelSeries(curve, theme),
      ...arms.map((arm) => armSeries(curve, arm, chosen, theme))
    ]
  }
}

/** The band between the ends of the range, with dotted edges that show without colour. */
function bandSeries(curve: LearningCurve, theme: ChartTheme): object[] {
  const edge = (id: string, data: (number | null)[], area?: object): object => ({
    id,
    type: 'line',
    name: charts.curveBand,
    stack: 'random-range',
    stackStrategy: 'all',
    data,
    symbol: 'none',
    silent: true,
    lineStyle: { color: theme.random, width: 1, type: 'dotted' },
    areaStyle: area
  })
  const { randomRange } = curve
  return [
    edge(
      'range-low',
      randomRange.map((range) => range?.low ?? null)
    ),
    edge(
      'range-high',
      randomRange.map((range) => (range === null ? null : range.high - range.low)),
      { color: theme.random, opacity: 0.16 }
    )
  ]
}

function endLabel(theme: ChartTheme, name: string, value: number | undefined): object {
  return {
    show: value !== undefined,
    color: theme.text,
    fontSize: theme.labelSize,
    width: 190,
    overflow: 'truncate',
    formatter: `${name} ${value === undefined ? '' : formatPercent(value)}`
  }
}

function levelSeries(curve: LearningCurve, theme: ChartTheme): object {
  const color = setColor(theme, 'all')
  return {
    id: 'all',
    type: 'line',
    name: setNames.all,
    data: curve.sizes.map(() => curve.all.mean),
    symbol: 'none',
    lineStyle: { color, width: 1.5, type: setLine.all },
    endLabel: endLabel(theme, setNames.all, curve.all.mean),
    labelLayout: { moveOverlap: 'shiftY' },
    silent: true
  }
}

function armSeries(curve: LearningCurve, arm: Arm, chosen: number, theme: ChartTheme): object {
  const color = setColor(theme, arm)
  const means = meansOf(curve, arm)
  return {
    id: arm,
    type: 'line',
    name: setNames[arm],
    data: means,
    connectNulls: false,
    symbol: setSymbols[arm],
    symbolSize: 8,
    itemStyle: { color },
    lineStyle: { color, width: 2, type: setLine[arm] },
    endLabel: endLabel(theme, setNames[arm], means.findLast((mean) => mean !== null) ?? undefined),
    labelLayout: { moveOverlap: 'shiftY' },
    ...(arm === 'chosen' && {
      markLine: {
        symbol: 'none',
        silent: true,
        animation: false,
        label: { show: false },
        lineStyle: { color: theme.border, type: 'dashed', width: 1 },
        data: [{ xAxis: curve.sizes.indexOf(chosen) }]
      }
    }),
    tooltip: {
      formatter: (point: { dataIndex: number }) => {
        const value = curve.arms[arm][point.dataIndex]
        const size = formatNumber(curve.sizes[point.dataIndex] ?? 0)
        return value ? `${setNames[arm]}, ${size}: ${accuracyText(value)}` : ''
      }
    }
  }
}

/** The same as a table. */
export function learningCurveTable(curve: LearningCurve): ChartTable {
  return {
    header: [
      charts.curveAxis,
      setNames.chosen,
      setNames.random,
      charts.curveBand,
      setNames.stratified,
      setNames.all
    ],
    rows: curve.sizes.map((size, place) => {
      const text = (arm: Arm): string => {
        const point = curve.arms[arm][place]
        return point ? accuracyText(point) : '–'
      }
      const range = curve.randomRange[place]
      return [
        formatNumber(size),
        text('chosen'),
        text('random'),
        range ? `${formatPercent(range.low)} – ${formatPercent(range.high)}` : '–',
        text('stratified'),
        accuracyText(curve.all)
      ]
    })
  }
}
