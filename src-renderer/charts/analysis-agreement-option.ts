// How much students of a tiny set agree with two groups of equally accurate models: a histogram for
// each group above the other, over one axis, with what chance alone would give.
import type { AgreementResult } from '@api/dto/analysis.ts'
import { tinyAnalysis } from '../text/tiny-analysis.ts'
import { formatNumber, formatPercent } from '../text/format.ts'
import type { ChartTable } from './chart-table.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { ChartOption } from './echarts-setup.ts'
import { axisName, barStyle, baseOption, valueAxis } from './option-parts.ts'

const words = tinyAnalysis.agreement
/** Groups from top to bottom. */
const groups = [
  { id: 'early', name: words.early, kind: 'chosen' },
  { id: 'subset', name: words.few, kind: 'stratified' }
] as const

interface Bin {
  readonly from: number
  readonly to: number
  readonly early: number
  readonly subset: number
}

/** Bins from the first that is not empty to the last, of both groups together. */
export function agreementBins({ early, subset }: AgreementResult): Bin[] {
  const { width } = early.histogram
  const count = (group: AgreementResult['early'], bin: number): number =>
    group.histogram.counts[bin] ?? 0
  const bins = Array.from(
    { length: Math.max(early.histogram.counts.length, subset.histogram.counts.length) },
    (_, bin): Bin => ({
      from: bin * width,
      to: (bin + 1) * width,
      early: count(early, bin),
      subset: count(subset, bin)
    })
  )
  const isFull = (bin: Bin): boolean => bin.early + bin.subset > 0
  const first = bins.findIndex(isFull)
  return first < 0 ? [] : bins.slice(first, bins.findLastIndex(isFull) + 1)
}

/** What the chart shows, in a sentence. */
export function agreementSummary({ early, subset, independent01 }: AgreementResult): string {
  const text = (share: number | null): string =>
    share === null ? words.none : formatPercent(share)
  return words.summary(text(early.mean01), text(subset.mean01), formatPercent(independent01))
}

interface RenderApi {
  value(dimension: number): number
  coord(point: readonly [number, number]): readonly [number, number]
}

/** Draws a bar of the width of its bin, from value 0 to value 1, as high as value 2. */
function bar(style: Record<string, unknown>): (params: unknown, api: RenderApi) => unknown {
  return (_params, api) => {
    const [x1, y] = api.coord([api.value(0), api.value(2)])
    const [x2, bottom] = api.coord([api.value(1), 0])
    return {
      type: 'rect',
      shape: { x: x1 + 1, y, width: Math.max(1, x2 - x1 - 2), height: Math.max(0, bottom - y) },
      style
    }
  }
}

function styleOf(theme: ChartTheme, kind: 'chosen' | 'stratified'): Record<string, unknown> {
  const look = barStyle(theme, kind)
  return kind === 'chosen'
    ? { fill: look['color'] }
    : { fill: theme.leftOut, stroke: theme.random, lineWidth: 1.5 }
}

/** The chart. */
export function agreementOption(result: AgreementResult, theme: ChartTheme): ChartOption {
  const bins = agreementBins(result)
  const { width } = result.early.histogram
  const chance = result.independent01
  const ends = [...bins.flatMap(({ from, to }) => [from, to]), chance]
  const low = Math.max(0, Math.min(...ends) - width)
  const high = Math.min(1, Math.max(...ends) + width)
  const most = Math.max(1, ...bins.flatMap(({ early, subset }) => [early, subset]))
  const side = { left: 56, right: 16 }
  return {
    ...baseOption(theme, agreementSummary(result)),
    grid: [
      { ...side, top: 40, height: 92 },
      { ...side, top: 184, height: 92 }
    ],
    title: groups.map(({ name }, at) => ({
      text: name,
      left: side.left,
      top: at === 0 ? 2 : 160,
      padding: 0,
      textStyle: { color: theme.text, fontSize: theme.labelSize, fontWeight: 600 }
    })),
    xAxis: groups.map((_, at) => ({
      ...valueAxis(theme, (value) => formatPercent(value, 0)),
      ...(at === 1 ? axisName(theme, words.across, 26) : {}),
      gridIndex: at,
      min: low,
      max: high,
      splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.border } }
    })),
    yAxis: groups.map((_, at) =>
      valueAxis(theme, (value) => (Number.isInteger(value) ? formatNumber(value) : ''), {
        gridIndex: at,
        max: most,
        splitNumber: 2,
        minInterval: 1
      })
    ),
    series: groups.map(({ id, name, kind }, at) => ({
      id,
      type: 'custom',
      name,
      xAxisIndex: at,
      yAxisIndex: at,
      renderItem: bar(styleOf(theme, kind)),
      encode: { x: [0, 1], y: 2 },
      data: bins.filter((bin) => bin[id] > 0).map((bin) => [bin.from, bin.to, bin[id]]),
      tooltip: {
        formatter: (point: { value: readonly number[] }) =>
          `${name}\n${binName(point.value[0] ?? 0, point.value[1] ?? 0)}: ${formatNumber(point.value[2] ?? 0)}`
      },
      markLine: {
        symbol: 'none',
        silent: true,
        animation: false,
        lineStyle: { color: theme.text, type: 'dashed', width: 1.5 },
        label: {
          show: at === 0,
          formatter: words.chance,
          color: theme.text,
          fontSize: theme.labelSize,
          position: 'end'
        },
        data: [{ xAxis: chance }]
      }
    }))
  }
}

const binName = (from: number, to: number): string =>
  words.bin(formatPercent(from, 0), formatPercent(to, 0))

/** The same as a table. */
export function agreementTable(result: AgreementResult): ChartTable {
  return {
    header: [words.across, ...groups.map(({ name }) => name)],
    rows: agreementBins(result).map((bin) => [
      binName(bin.from, bin.to),
      ...groups.map(({ id }) => formatNumber(bin[id]))
    ])
  }
}
