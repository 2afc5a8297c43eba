// Two measures along a training, one of the tiny set and one of real items, with a place on the way
// that matters.
import { formatNumber } from '../text/format.ts'
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

/** One line; its look says which set it is about. */
export interface AnalysisLine {
  readonly name: string
  readonly kind: SetKind
  /** By rising x. */
  readonly points: readonly { readonly x: number; readonly y: number }[]
}

/** Lines over the steps of a training. */
export interface AnalysisLines {
  readonly lines: readonly AnalysisLine[]
  readonly across: string
  readonly format: (value: number, digits: number) => string
  /** A step that matters; null for none. */
  readonly mark: { readonly name: string; readonly x: number } | null
}

/** A dashed line across the chart at `x`, with its name above. */
export function markAt(theme: ChartTheme, marks: readonly { name: string; x: number }[]): object {
  return {
    symbol: 'none',
    silent: true,
    animation: false,
    lineStyle: { color: theme.border, type: 'dashed', width: 1 },
    data: marks.map(({ name, x }) => ({
      xAxis: x,
      label: {
        formatter: name,
        color: theme.text,
        fontSize: theme.labelSize,
        position: 'end'
      }
    }))
  }
}

/** The chart. */
export function analysisLinesOption(
  { lines, across, format, mark }: AnalysisLines,
  theme: ChartTheme,
  description: string
): ChartOption {
  return {
    ...baseOption(theme, description),
    grid: {
      left: 8,
      right: 160,
      top: 24,
      bottom: 22,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel'
    },
    xAxis: {
      ...valueAxis(theme, (value) => (Number.isInteger(value) ? formatNumber(value) : '')),
      ...axisName(theme, across, 26),
      max: Math.max(1, ...lines.flatMap(({ points }) => points.map(({ x }) => x))),
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: theme.border } }
    },
    // Estimates can lie below 0.
    yAxis: valueAxis(theme, (value) => format(value, 0), {
      min: Math.min(0, ...lines.flatMap(({ points }) => points.map(({ y }) => y)))
    }),
    series: lines.map((line, at) => {
      const color = setColor(theme, line.kind)
      const last = line.points.at(-1)
      return {
        id: line.name,
        type: 'line',
        name: line.name,
        data: line.points.map(({ x, y }) => [x, y]),
        symbol: setSymbols[line.kind],
        symbolSize: 6,
        showSymbol: line.points.length <= 40,
        itemStyle: { color },
        lineStyle: { color, width: 2, type: setLine[line.kind] },
        endLabel: {
          show: true,
          color: theme.text,
          fontSize: theme.labelSize,
          lineHeight: theme.labelSize + 4,
          width: 150,
          overflow: 'truncate',
          formatter: last === undefined ? '' : `${line.name} ${format(last.y, 1)}`
        },
        labelLayout: { moveOverlap: 'shiftY' },
        ...(mark !== null && at === 0 && { markLine: markAt(theme, [mark]) }),
        tooltip: {
          formatter: (point: { value: readonly number[] }) =>
            `${line.name}\n${across} ${formatNumber(point.value[0] ?? 0)}: ${format(point.value[1] ?? 0, 2)}`
        }
      }
    })
  }
}

/** The same as a table: one row for each step. */
export function analysisLinesTable({ lines, across, format }: AnalysisLines): ChartTable {
  const steps = [...new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)))]
  const byStep = lines.map(({ points }) => new Map(points.map(({ x, y }) => [x, y])))
  return {
    header: [across, ...lines.map(({ name }) => name)],
    rows: steps
      .sort((a, b) => a - b)
      .map((step) => [
        formatNumber(step),
        ...byStep.map((line) => {
          const value = line.get(step)
          return value === undefined ? '' : format(value, 2)
        })
      ])
  }
}
