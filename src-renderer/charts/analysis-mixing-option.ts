// Accuracy of a tiny set as real items are added to it, beside random real items of the same total.
import type { MixingResult } from '@api/dto/analysis.ts'
import { tinyAnalysis } from '../text/tiny-analysis.ts'
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

const words = tinyAnalysis.mixing
const sides = ['set', 'random'] as const
const kindOf = { set: 'chosen', random: 'random' } as const

/** What the chart shows, in a sentence. */
export function mixingSummary({ points }: MixingResult): string {
  const text = (share: number | undefined): string =>
    share === undefined ? '–' : formatPercent(share)
  const last = points.at(-1)
  return words.summary(text(points[0]?.set.mean), text(last?.set.mean), text(last?.random.mean))
}

interface RenderApi {
  value(dimension: number): number
  coord(point: readonly [number, number]): readonly [number, number]
}

/** Draws an upright whisker from value 1 to value 2 at category 0. */
function whisker(color: string): (params: unknown, api: RenderApi) => unknown {
  return (_params, api) => {
    const place = api.value(0)
    const [x, y1] = api.coord([place, api.value(1)])
    const [, y2] = api.coord([place, api.value(2)])
    const cap = 4
    return {
      type: 'group',
      silent: true,
      children: [
        [x, y1, x, y2],
        [x - cap, y1, x + cap, y1],
        [x - cap, y2, x + cap, y2]
      ].map(([x1, top, x2, bottom]) => ({
        type: 'line',
        shape: { x1, y1: top, x2, y2: bottom },
        style: { stroke: color, lineWidth: 1.5 }
      }))
    }
  }
}

/** Places that matter: where accuracy is lowest, and from where on it is better than without. */
function marksOf(result: MixingResult): { name: string; xAxis: number }[] {
  const place = (added: number): number => result.points.findIndex((p) => p.added === added)
  return [
    { name: words.lowest, added: result.lowestAt },
    { name: words.better, added: result.betterFrom }
  ].flatMap(({ name, added }) =>
    added === null || place(added) < 0 ? [] : [{ name, xAxis: place(added) }]
  )
}

/** The chart: numbers of added items stand evenly, as they grow by factors. */
export function mixingOption(result: MixingResult, theme: ChartTheme): ChartOption {
  const { points } = result
  const lines = sides.map((side) => {
    const kind = kindOf[side]
    const color = setColor(theme, kind)
    return {
      id: side,
      type: 'line',
      name: words[side],
      data: points.map((point) => point[side].mean),
      symbol: setSymbols[kind],
      symbolSize: 9,
      itemStyle: { color },
      lineStyle: { color, width: 2, type: setLine[kind] },
      tooltip: {
        formatter: (point: { dataIndex: number }) => {
          const at = points[point.dataIndex]
          return at === undefined
            ? ''
            : `${words[side]}\n${words.across} ${formatNumber(at.added)}: ${formatPercent(at[side].mean, 2)}`
        }
      },
      ...(side === 'set' && {
        markLine: {
          symbol: 'none',
          silent: true,
          animation: false,
          lineStyle: { color: theme.border, type: 'dashed', width: 1 },
          data: marksOf(result).map(({ name, xAxis }) => ({
            xAxis,
            label: { formatter: name, color: theme.text, fontSize: theme.labelSize }
          }))
        }
      })
    }
  })
  const whiskers = sides.map((side) => ({
    id: `${side} spread`,
    type: 'custom',
    silent: true,
    renderItem: whisker(setColor(theme, kindOf[side])),
    data: points.flatMap((point, place) => {
      const { mean, sd } = point[side]
      return sd > 0 ? [[place, Math.max(0, mean - sd), Math.min(1, mean + sd)]] : []
    }),
    encode: { x: 0, y: [1, 2] }
  }))
  return {
    ...baseOption(theme, mixingSummary(result)),
    grid: {
      left: 8,
      right: 16,
      top: 26,
      bottom: 22,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel'
    },
    xAxis: nameAxis(
      theme,
      points.map(({ added }) => formatNumber(added)),
      { ...axisName(theme, words.across, 26), boundaryGap: true }
    ),
    yAxis: valueAxis(theme, (value) => formatPercent(value, 0), { min: undefined, scale: true }),
    series: [...lines, ...whiskers]
  }
}

/** The same as a table. */
export function mixingTable({ points }: MixingResult): ChartTable {
  const text = ({ mean, sd }: { mean: number; sd: number }): string =>
    sd > 0 ? `${formatPercent(mean, 2)} ± ${formatNumber(sd * 100, 2)}` : formatPercent(mean, 2)
  return {
    header: [words.across, words.set, words.random],
    rows: points.map(({ added, set, random }) => [formatNumber(added), text(set), text(random)])
  }
}
