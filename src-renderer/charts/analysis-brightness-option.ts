// How bright the points of a tiny set's pictures are beside those of real ones: two step lines, with
// the ends of what a picture can hold.
import type { RecognitionResult } from '@api/dto/analysis.ts'
import { tinyAnalysis } from '../text/tiny-analysis.ts'
import { formatNumber, formatPercent } from '../text/format.ts'
import type { ChartTable } from './chart-table.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { ChartOption } from './echarts-setup.ts'
import {
  axisName,
  barStyle,
  baseOption,
  setColor,
  setLine,
  valueAxis,
  type SetKind
} from './option-parts.ts'

type Brightness = NonNullable<RecognitionResult['brightness']>

const words = tinyAnalysis.recognition
const sides: readonly {
  readonly id: 'set' | 'real'
  readonly name: string
  readonly kind: SetKind
}[] = [
  { id: 'real', name: words.real, kind: 'random' },
  { id: 'set', name: words.set, kind: 'chosen' }
]

/** What the chart shows, in a sentence. */
export function brightnessSummary({ outside01 }: Brightness): string {
  return words.brightnessSummary(formatPercent(outside01.set), formatPercent(outside01.real))
}

/** Left edges of the bins, and the right edge of the last one. */
function edgesOf({ low, width, set }: Brightness): number[] {
  return Array.from({ length: set.length + 1 }, (_, bin) => low + bin * width)
}

/** Share of all points in each bin. */
function sharesOf(brightness: Brightness, side: 'set' | 'real'): number[] {
  return brightness[side].map((height) => height * brightness.width)
}

/** The chart. */
export function brightnessOption(brightness: Brightness, theme: ChartTheme): ChartOption {
  const edges = edgesOf(brightness)
  return {
    ...baseOption(theme, brightnessSummary(brightness)),
    grid: {
      left: 8,
      right: 16,
      top: 12,
      bottom: 22,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel'
    },
    xAxis: {
      ...valueAxis(theme, (value) => formatNumber(value, 1)),
      ...axisName(theme, words.brightnessAxis, 26),
      min: edges[0] ?? 0,
      max: edges.at(-1) ?? 1,
      splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.border } }
    },
    yAxis: valueAxis(theme, (value) => formatPercent(value, 0)),
    series: sides.map(({ id, name, kind }) => {
      const shares = sharesOf(brightness, id)
      return {
        id,
        type: 'line',
        name,
        step: 'end',
        symbol: 'none',
        // A step line holds a value up to the next point: the last bin needs one at its end.
        data: edges.map((edge, bin) => [edge, shares[Math.min(bin, shares.length - 1)] ?? 0]),
        lineStyle: { color: setColor(theme, kind), width: 2, type: setLine[kind] },
        itemStyle: { color: setColor(theme, kind) },
        ...(id === 'set' && {
          areaStyle: { color: barStyle(theme, kind)['color'], opacity: 0.14 }
        }),
        ...(id === 'real' && {
          markLine: {
            symbol: 'none',
            silent: true,
            animation: false,
            label: { show: false },
            lineStyle: { color: theme.border, type: 'solid', width: 1 },
            data: [{ xAxis: 0 }, { xAxis: 1 }]
          }
        })
      }
    })
  }
}

/** The same as a table. */
export function brightnessTable(brightness: Brightness): ChartTable {
  const edges = edgesOf(brightness)
  const [set, real] = [sharesOf(brightness, 'set'), sharesOf(brightness, 'real')]
  return {
    header: [words.brightnessAxis, words.set, words.real],
    rows: set.map((share, bin) => [
      formatNumber(edges[bin] ?? 0, 2),
      formatPercent(share, 2),
      formatPercent(real[bin] ?? 0, 2)
    ])
  }
}
