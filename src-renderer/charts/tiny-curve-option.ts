// A measure along the work done, as one line: with a level to compare it with, and a place on the
// line that was chosen.
import { formatNumber } from '../text/format.ts'
import type { ChartTable } from './chart-table.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { ChartOption } from './echarts-setup.ts'
import { axisName, baseOption, setColor, setLine, setSymbols, valueAxis } from './option-parts.ts'

/** A point of a line. */
export interface CurvePoint {
  readonly x: number
  readonly y: number
}

/** One line and what stands beside it. */
export interface Curve {
  readonly name: string
  /** By rising x. */
  readonly points: readonly CurvePoint[]
  /** What is counted along the line. */
  readonly across: string
  readonly format: (value: number, digits: number) => string
  /** A level line; null while it is not known. */
  /** Least distance of two marks of the upright axis; absent = any. */
  readonly least?: number
  readonly level: { readonly name: string; readonly y: number } | null
  /** A place that was chosen; null for none. */
  readonly mark: { readonly name: string; readonly x: number } | null
  /** A point that is looked at. */
  readonly spot?: CurvePoint | undefined
}

/** Points of live series sorted by x; one measured twice counts once, the later one. */
export function pointsOf(values: readonly CurvePoint[]): CurvePoint[] {
  return [...new Map(values.map(({ x, y }) => [x, y]))]
    .sort((a, b) => a[0] - b[0])
    .map(([x, y]) => ({ x, y }))
}

function levelLine(curve: Curve, theme: ChartTheme): object[] {
  const { level } = curve
  if (level === null) return []
  const color = setColor(theme, 'random')
  const ends = [curve.points[0]?.x ?? 0, Math.max(curve.points.at(-1)?.x ?? 1, 1)]
  return [
    {
      id: 'level',
      type: 'line',
      name: level.name,
      data: ends.map((x) => [x, level.y]),
      symbol: 'none',
      silent: true,
      lineStyle: { color, width: 2, type: setLine.random },
      endLabel: endLabel(theme, `${level.name} ${curve.format(level.y, 1)}`),
      labelLayout: { moveOverlap: 'shiftY' }
    }
  ]
}

/** A ring around the point that is looked at. */
function spotRing({ spot }: Curve, theme: ChartTheme): object[] {
  if (spot === undefined) return []
  return [
    {
      id: 'spot',
      type: 'scatter',
      data: [[spot.x, spot.y]],
      symbol: 'emptyCircle',
      symbolSize: 16,
      silent: true,
      itemStyle: { color: theme.text, borderWidth: 2 }
    }
  ]
}

function endLabel(theme: ChartTheme, text: string): object {
  return {
    show: true,
    color: theme.text,
    fontSize: theme.labelSize,
    lineHeight: theme.labelSize + 4,
    width: 150,
    overflow: 'truncate',
    formatter: text
  }
}

/** The chart. */
export function curveOption(curve: Curve, theme: ChartTheme, description: string): ChartOption {
  const color = setColor(theme, 'chosen')
  const last = curve.points.at(-1)
  return {
    ...baseOption(theme, description),
    grid: {
      left: 8,
      // A line alone is named by the title.
      right: curve.level === null ? 72 : 160,
      top: 20,
      bottom: 22,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel'
    },
    xAxis: {
      ...valueAxis(theme, (value) => (Number.isInteger(value) ? formatNumber(value) : '')),
      ...axisName(theme, curve.across, 26),
      min: curve.points[0]?.x ?? 0,
      splitLine: { show: false },
      axisLine: { show: true, lineStyle: { color: theme.border } }
    },
    yAxis: valueAxis(theme, (value) => curve.format(value, 0), {
      min: undefined,
      scale: true,
      ...(curve.least !== undefined && { minInterval: curve.least })
    }),
    series: [
      ...levelLine(curve, theme),
      ...spotRing(curve, theme),
      {
        id: 'line',
        type: 'line',
        name: curve.name,
        data: curve.points.map(({ x, y }) => [x, y]),
        symbol: setSymbols.chosen,
        symbolSize: 7,
        itemStyle: { color },
        lineStyle: { color, width: 2 },
        endLabel: endLabel(
          theme,
          last === undefined
            ? ''
            : `${curve.level === null ? '' : curve.name} ${curve.format(last.y, 1)}`.trim()
        ),
        labelLayout: { moveOverlap: 'shiftY' },
        ...(curve.mark !== null && {
          markLine: {
            symbol: 'none',
            silent: true,
            animation: false,
            label: {
              formatter: curve.mark.name,
              color: theme.text,
              fontSize: theme.labelSize,
              position: 'end'
            },
            lineStyle: { color: theme.border, type: 'dashed', width: 1 },
            data: [{ xAxis: curve.mark.x }]
          }
        }),
        tooltip: {
          formatter: (point: { value: readonly number[] }) =>
            `${curve.across} ${formatNumber(point.value[0] ?? 0)}: ${curve.format(point.value[1] ?? 0, 2)}`
        }
      }
    ]
  }
}

/** The same as a table. */
export function curveTable(curve: Curve): ChartTable {
  const { level } = curve
  return {
    header: [curve.across, curve.name, ...(level === null ? [] : [level.name])],
    rows: curve.points.map(({ x, y }) => [
      formatNumber(x),
      curve.format(y, 2),
      ...(level === null ? [] : [curve.format(level.y, 2)])
    ])
  }
}
