// What a method or a search measures while it goes on, other than accuracies: a line for each measure.
import type { LivePoint } from '@api/dto/jobs.ts'
import { charts, liveMeasures, otherMeasure, type MeasureWords } from '../text/charts.ts'
import { coreWords } from '../text/core-words.ts'
import { formatNumber, formatPercent } from '../text/format.ts'
import type { ChartTable } from './chart-table.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { ChartOption } from './echarts-setup.ts'
import { accuracyPrefix } from './live-option.ts'
import { axisName, baseOption, valueAxis } from './option-parts.ts'

/** One measure: its name, its words, and its points by rising x. */
export interface LiveMeasure {
  readonly series: string
  readonly words: MeasureWords
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

/** The measures in the points of a run that have a line to draw; a point sent twice counts once. */
export function measuresOf(points: readonly LivePoint[]): LiveMeasure[] {
  const bySeries = new Map<string, Map<number, number>>()
  for (const { series, x, y } of points) {
    if (series.startsWith(accuracyPrefix)) continue
    bySeries.set(series, (bySeries.get(series) ?? new Map<number, number>()).set(x, y))
  }
  return [...bySeries]
    .filter(([, values]) => values.size > 1)
    .map(([series, values]) => ({
      series,
      words: liveMeasures[series] ?? otherMeasure(coreWords(series)),
      points: [...values].sort((a, b) => a[0] - b[0]).map(([x, y]) => ({ x, y }))
    }))
}

/** A value of the measure in words: percent for a share, else a plain number. */
function valueOf({ words }: LiveMeasure, value: number, digits: number): string {
  return words.isShare ? formatPercent(value, digits) : formatNumber(value, digits + 2)
}

/** The measure in one sentence, for people who do not see the line. */
export function measureSummary(measure: LiveMeasure): string {
  const { words, points } = measure
  const first = valueOf(measure, points[0]?.y ?? 0, 1)
  return charts.measureSummary(words.title, first, valueOf(measure, points.at(-1)?.y ?? 0, 1))
}

/** Points up to which each has its mark. */
const symbolsMax = 100

/** The measure as a line. */
export function measureOption(measure: LiveMeasure, theme: ChartTheme): ChartOption {
  const { words, points } = measure
  return {
    ...baseOption(theme, measureSummary(measure)),
    grid: {
      left: 8,
      right: 16,
      top: 12,
      bottom: 22,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel'
    },
    xAxis: {
      ...valueAxis(theme, (value) => (Number.isInteger(value) ? formatNumber(value) : '')),
      ...axisName(theme, words.across, 26),
      min: points[0]?.x ?? 0,
      minInterval: 1,
      splitLine: { show: false }
    },
    yAxis: valueAxis(theme, (value) => valueOf(measure, value, 0)),
    series: [
      {
        type: 'line',
        data: points.map(({ x, y }) => [x, y]),
        symbol: 'circle',
        symbolSize: 7,
        // Thousands of points are a line: no more of them are drawn than there is room for.
        showSymbol: points.length <= symbolsMax,
        sampling: 'lttb',
        itemStyle: { color: theme.chosen },
        lineStyle: { color: theme.chosen, width: 2 },
        tooltip: {
          formatter: (point: { value: readonly number[] }) =>
            `${words.across} ${formatNumber(point.value[0] ?? 0)}: ${valueOf(measure, point.value[1] ?? 0, 2)}`
        }
      }
    ]
  }
}

/** The same as a table. */
export function measureTable(measure: LiveMeasure): ChartTable {
  return {
    header: [measure.words.across, measure.words.measured],
    rows: measure.points.map(({ x, y }) => [formatNumber(x), valueOf(measure, y, 2)])
  }
}
