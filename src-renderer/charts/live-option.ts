// The accuracies of the check as they are measured, repeat by repeat.
import type { LivePoint } from '@api/dto/jobs.ts'
import { charts, setNames } from '../text/charts.ts'
import { formatNumber, formatPercent } from '../text/format.ts'
import type { ChartTable } from './chart-table.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { ChartOption } from './echarts-setup.ts'
import {
  axisName,
  baseOption,
  setColor,
  setLine,
  setSymbols,
  valueAxis,
  type SetKind
} from './option-parts.ts'

/** One line of the chart. */
export interface LiveSeries {
  readonly id: string
  readonly name: string
  readonly kind: SetKind
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

/** How the series of an accuracy begin; what follows names the set. */
export const accuracyPrefix = 'accuracy:'
const shownOrder: readonly SetKind[] = ['chosen', 'other', 'stratified', 'random', 'all']

function kindOf(arm: string): SetKind {
  return arm === 'chosen' || arm === 'random' || arm === 'stratified' || arm === 'all'
    ? arm
    : 'other'
}

/** The accuracy lines in the points of a run; a point measured twice counts once. */
export function accuracySeries(
  points: readonly LivePoint[],
  otherNames: readonly string[] = []
): LiveSeries[] {
  const byArm = new Map<string, Map<number, number>>()
  for (const point of points) {
    if (!point.series.startsWith(accuracyPrefix)) continue
    const arm = point.series.slice(accuracyPrefix.length)
    const known = byArm.get(arm) ?? new Map<number, number>()
    known.set(point.x, point.y)
    byArm.set(arm, known)
  }
  return [...byArm]
    .map(([arm, values]): LiveSeries => {
      const kind = kindOf(arm)
      const other = Number(arm.split(':')[1] ?? 0)
      return {
        id: arm,
        kind,
        name: kind === 'other' ? (otherNames[other] ?? setNames.other) : setNames[kind],
        points: [...values].sort((a, b) => a[0] - b[0]).map(([x, y]) => ({ x, y }))
      }
    })
    .sort(
      (a, b) => shownOrder.indexOf(a.kind) - shownOrder.indexOf(b.kind) || (a.id < b.id ? -1 : 1)
    )
}

/** What the lines show, in a sentence: how much is measured, and where each line stands. */
export function liveSummary(series: readonly LiveSeries[]): string {
  const count = series.reduce((sum, line) => sum + line.points.length, 0)
  const latest = series.flatMap(({ name, points }) => {
    const last = points.at(-1)
    return last === undefined ? [] : [`${name} ${formatPercent(last.y)}`]
  })
  return charts.liveSummary(count, latest.join(', '))
}

/**
 * Lines over the repeats. A set that is trained once (the chosen one, all data) is a level line over
 * all repeats.
 */
export function liveOption(
  series: readonly LiveSeries[],
  repeats: number,
  theme: ChartTheme
): ChartOption {
  return {
    ...baseOption(theme, liveSummary(series)),
    grid: {
      left: 8,
      right: 150,
      top: 12,
      bottom: 22,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel'
    },
    xAxis: {
      ...valueAxis(theme, (value) => (Number.isInteger(value) ? String(value) : '')),
      ...axisName(theme, charts.liveRepeat, 26),
      min: 1,
      max: Math.max(2, repeats),
      minInterval: 1,
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: theme.border } }
    },
    yAxis: valueAxis(theme, (value) => formatPercent(value, 0), {
      min: undefined,
      scale: true,
      // Marks are whole percents: nearer ones would read alike.
      minInterval: 0.01
    }),
    series: series.map((line) => {
      const only = line.points.length === 1 ? line.points[0] : undefined
      const isLevel =
        only !== undefined &&
        only.x === 1 &&
        (line.kind === 'chosen' || line.kind === 'all' || line.kind === 'other')
      const data = isLevel
        ? [
            [1, only.y],
            [Math.max(2, repeats), only.y]
          ]
        : line.points.map((point) => [point.x, point.y])
      const color = setColor(theme, line.kind)
      return {
        id: line.id,
        type: 'line',
        name: line.name,
        data,
        symbol: setSymbols[line.kind],
        symbolSize: 8,
        itemStyle: { color },
        lineStyle: { color, width: 2, type: setLine[line.kind] },
        endLabel: {
          show: true,
          color: theme.text,
          fontSize: theme.labelSize,
          lineHeight: theme.labelSize + 4,
          width: 140,
          overflow: 'break',
          formatter: (point: { value: readonly number[] }) =>
            `${line.name} ${formatPercent(point.value[1] ?? 0)}`
        },
        labelLayout: { moveOverlap: 'shiftY' },
        tooltip: {
          formatter: (point: { value: readonly number[] }) =>
            `${line.name}, ${charts.liveRepeat} ${formatNumber(point.value[0] ?? 0)}: ${formatPercent(point.value[1] ?? 0, 2)}`
        }
      }
    })
  }
}

/** The same as a table. */
export function liveTable(series: readonly LiveSeries[]): ChartTable {
  return {
    header: [charts.set, charts.liveRepeat, charts.accuracy],
    rows: series.flatMap((line) =>
      line.points.map((point) => [line.name, formatNumber(point.x), formatPercent(point.y, 2)])
    )
  }
}
