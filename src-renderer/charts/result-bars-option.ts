// Accuracy of the compared sets: zero-based bars of the means, whiskers of one standard deviation,
// a dot for every repeat.
import { charts, setNames } from '../text/charts.ts'
import { formatNumber, formatPercent } from '../text/format.ts'
import type { CheckResult, MeanSd } from '@api/dto/runs.ts'
import type { ChartTable } from './chart-table.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { ChartOption } from './echarts-setup.ts'
import {
  barStyle,
  baseOption,
  nameAxis,
  setColor,
  valueAxis,
  type SetKind
} from './option-parts.ts'

/** One set with its accuracies as shares 0..1. */
export interface AccuracyRow {
  readonly kind: SetKind
  readonly name: string
  readonly accuracy: MeanSd
  readonly perRepeat: readonly number[]
  readonly trainedOn: number | undefined
}

/** Rows of a check in reading order: chosen, also tried, the two baselines, all data. */
export function accuracyRows(check: CheckResult): AccuracyRow[] {
  const row = (kind: 'chosen' | 'random' | 'stratified' | 'all'): AccuracyRow => ({
    kind,
    name: setNames[kind],
    accuracy: check[kind],
    perRepeat: check.perRepeat[kind],
    trainedOn: check.trainItems[kind]
  })
  const others = check.others.map((other): AccuracyRow => ({
    kind: 'other',
    name: other.name,
    accuracy: other.accuracy,
    perRepeat: [],
    trainedOn: undefined
  }))
  return [row('chosen'), ...others, row('stratified'), row('random'), row('all')]
}

/** "83.1 %", with its spread where there is one. */
export function accuracyText(accuracy: MeanSd): string {
  // A spread that rounds to nothing is not shown as "± 0".
  const spread = accuracy.sd >= 0.0005 ? ` ± ${formatNumber(accuracy.sd * 100, 1)}` : ''
  return `${formatPercent(accuracy.mean)}${spread}`
}

/** Upper end of the scale: the smallest of 20, 40, 60, 80, 100 % that holds every bar and dot. */
export function accuracyMax(rows: readonly AccuracyRow[]): number {
  const highest = Math.max(
    0,
    ...rows.flatMap((row) => [row.accuracy.mean + row.accuracy.sd, ...row.perRepeat])
  )
  return Math.min(1, Math.max(0.2, Math.ceil(highest / 0.2 - 1e-9) * 0.2))
}

/** Vertical places of the dots of one bar, so that equal values do not hide each other. */
function dotOffset(index: number, count: number): number {
  return count < 2 ? 0 : (index / (count - 1) - 0.5) * 14
}

interface RenderApi {
  value(dimension: number): number
  coord(point: readonly [number, number]): readonly [number, number]
}

/** Draws a horizontal whisker from value 1 to value 2 at category 0, with end caps. */
function whisker(color: string, halo: string): (params: unknown, api: RenderApi) => unknown {
  return (_params, api) => {
    const place = api.value(0)
    const [x1, y] = api.coord([api.value(1), place])
    const [x2] = api.coord([api.value(2), place])
    const cap = 5
    const shape = [
      [x1, y, x2, y],
      [x1, y - cap, x1, y + cap],
      [x2, y - cap, x2, y + cap]
    ]
    const line = (points: readonly number[], stroke: string, lineWidth: number): unknown => ({
      type: 'line',
      shape: { x1: points[0], y1: points[1], x2: points[2], y2: points[3] },
      style: { stroke, lineWidth }
    })
    return {
      type: 'group',
      silent: true,
      children: [
        ...shape.map((points) => line(points, halo, 4)),
        ...shape.map((points) => line(points, color, 1.5))
      ]
    }
  }
}

/** The bars. `max` makes charts of several runs share one scale. */
export function resultBarsOption(
  rows: readonly AccuracyRow[],
  theme: ChartTheme,
  max: number = accuracyMax(rows)
): ChartOption {
  const description = charts.accuracySummary(
    rows.map(({ name, accuracy }) => ({ name, mean: accuracy.mean }))
  )
  const names = rows.map((row) => row.name)
  const dots = rows.flatMap((row, place) =>
    row.perRepeat.map((value, index) => ({
      value: [value, place],
      symbolOffset: [0, dotOffset(index, row.perRepeat.length)],
      itemStyle: { color: theme.surface, borderColor: setColor(theme, row.kind), borderWidth: 1.5 }
    }))
  )
  return {
    ...baseOption(theme, description),
    grid: {
      left: 8,
      right: 8,
      top: 8,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel'
    },
    xAxis: valueAxis(theme, (value) => formatPercent(value, 0), { max, interval: max / 4 }),
    yAxis: [
      nameAxis(theme, names, { inverse: true }),
      nameAxis(
        theme,
        rows.map((row) => accuracyText(row.accuracy)),
        {
          inverse: true,
          position: 'right',
          axisLine: { show: false },
          axisLabel: { color: theme.text, fontSize: theme.bodySize, fontWeight: 600 }
        }
      )
    ],
    series: [
      {
        type: 'bar',
        barWidth: 22,
        data: rows.map((row) => ({
          value: row.accuracy.mean,
          itemStyle: barStyle(theme, row.kind)
        })),
        tooltip: {
          formatter: (point: { dataIndex: number }) => {
            const row = rows[point.dataIndex]
            if (row === undefined) return ''
            const trained =
              row.trainedOn === undefined
                ? ''
                : `\n${charts.trainedOn}: ${formatNumber(row.trainedOn)}`
            return `${row.name}: ${formatPercent(row.accuracy.mean, 2)} ± ${formatNumber(row.accuracy.sd * 100, 2)}${trained}`
          }
        }
      },
      { type: 'bar', yAxisIndex: 1, data: rows.map(() => 0), silent: true },
      {
        type: 'custom',
        renderItem: whisker(theme.text, theme.surface),
        encode: { x: [1, 2], y: 0 },
        data: rows.flatMap(({ accuracy }, place) =>
          accuracy.sd > 0
            ? [[place, Math.max(0, accuracy.mean - accuracy.sd), accuracy.mean + accuracy.sd]]
            : []
        ),
        silent: true,
        z: 3
      },
      {
        type: 'scatter',
        symbolSize: 6,
        data: dots,
        z: 4,
        tooltip: {
          formatter: (point: { value: readonly number[] }) => formatPercent(point.value[0] ?? 0, 2)
        }
      }
    ]
  }
}

/** The same as a table. */
export function accuracyTable(rows: readonly AccuracyRow[]): ChartTable {
  return {
    header: [charts.set, charts.accuracy, charts.spread, charts.repeats, charts.trainedOn],
    rows: rows.map((row) => [
      row.name,
      formatPercent(row.accuracy.mean, 2),
      formatNumber(row.accuracy.sd * 100, 2),
      row.perRepeat.map((value) => formatPercent(value, 1)).join(', '),
      row.trainedOn === undefined ? '' : formatNumber(row.trainedOn)
    ])
  }
}

/** One paired difference with its 95 % interval, as shares. */
export interface DifferenceRow {
  readonly name: string
  readonly mean: number
  readonly low: number
  readonly high: number
}

/** The differences of a check. */
export function differenceRows(check: CheckResult): DifferenceRow[] {
  return [
    { name: charts.differenceTo.random, ...check.difference },
    { name: charts.differenceTo.stratified, ...check.differenceToStratified },
    ...check.others.map((other) => ({
      name: charts.otherToRandom(other.name),
      ...other.difference
    }))
  ]
}

/** Differences as dots with intervals around a line at zero, symmetric so that the side shows. */
export function differenceOption(rows: readonly DifferenceRow[], theme: ChartTheme): ChartOption {
  const widest = Math.max(0.01, ...rows.flatMap((row) => [Math.abs(row.low), Math.abs(row.high)]))
  const bound = Math.ceil(widest * 100 * 1.1) / 100
  return {
    ...baseOption(theme, charts.differenceSummary(rows)),
    grid: {
      left: 8,
      right: 16,
      top: 8,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel'
    },
    xAxis: valueAxis(theme, (value) => signedPoint(value), { min: -bound, max: bound }),
    yAxis: nameAxis(
      theme,
      rows.map((row) => row.name),
      {
        inverse: true,
        axisLine: { show: false },
        axisLabel: {
          color: theme.text,
          fontSize: theme.labelSize,
          // In two lines where one is too short: the names say what is compared with what.
          width: 132,
          lineHeight: theme.labelSize * 1.25,
          overflow: 'break'
        }
      }
    ),
    series: [
      {
        type: 'custom',
        renderItem: whisker(theme.text, theme.surface),
        encode: { x: [1, 2], y: 0 },
        data: rows.map((row, place) => [place, row.low, row.high]),
        silent: true
      },
      {
        type: 'scatter',
        symbolSize: 10,
        itemStyle: { color: theme.chosen },
        data: rows.map((row, place) => [row.mean, place]),
        label: {
          show: true,
          position: 'top',
          formatter: (point: { dataIndex: number }) =>
            signedPoint(rows[point.dataIndex]?.mean ?? 0),
          color: theme.text,
          fontWeight: 600,
          fontSize: theme.labelSize
        },
        markLine: {
          symbol: 'none',
          silent: true,
          animation: false,
          label: { show: false },
          lineStyle: { color: theme.text, type: 'solid', width: 1 },
          data: [{ xAxis: 0 }]
        },
        tooltip: {
          formatter: (point: { dataIndex: number }) => {
            const row = rows[point.dataIndex]
            return row === undefined ? '' : charts.differenceSummary([row])
          }
        }
      }
    ]
  }
}

function signedPoint(share: number): string {
  const points = Math.round(share * 1000) / 10
  return points > 0 ? `+${formatNumber(points, 1)}` : formatNumber(points, 1).replace('-', '−')
}

/** The same as a table. */
export function differenceTable(rows: readonly DifferenceRow[]): ChartTable {
  return {
    header: [charts.comparison, charts.difference, charts.low, charts.high],
    rows: rows.map((row) => [
      row.name,
      signedPoint(row.mean),
      signedPoint(row.low),
      signedPoint(row.high)
    ])
  }
}
