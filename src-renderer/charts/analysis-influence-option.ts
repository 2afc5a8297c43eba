// Which labels the items of each label help or hurt, as coloured cells: blue helps, orange hurts, the
// background does neither; every cell carries its figure where there is room.
import { tinyAnalysis } from '../text/tiny-analysis.ts'
import type { ChartTable } from './chart-table.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { ChartOption } from './echarts-setup.ts'
import { baseOption, nameAxis } from './option-parts.ts'

const words = tinyAnalysis.influence
/** Most labels whose cells carry their figure. */
const numberedLabels = 14

/** An influence with two figures that count and its sign: "+0.034", "−0.2", "0". */
export function influenceText(value: number): string {
  const rounded = Number(value.toPrecision(2))
  // Exponents read badly, and so little does nothing.
  if (Math.abs(rounded) < 1e-5) return '0'
  const text = String(Math.abs(rounded))
  return `${rounded < 0 ? '−' : '+'}${text}`
}

/** Ends and middle of the colours: least, none, most. */
export function divergingColors(theme: ChartTheme): readonly [string, string, string] {
  return [theme.categories[1] ?? theme.random, theme.surface, theme.chosen]
}

/** The chart: rows are the items' labels, columns the test items'. */
export function influenceOption(
  byLabel: readonly (readonly number[])[],
  classNames: readonly string[],
  theme: ChartTheme,
  summary: string
): ChartOption {
  const most = Math.max(1e-9, ...byLabel.flat().map(Math.abs))
  const isNumbered = classNames.length <= numberedLabels
  const short = { width: 110, overflow: 'truncate' as const }
  const textOf = (cell: readonly number[]): string => influenceText(cell[2] ?? 0)
  return {
    ...baseOption(theme, summary),
    grid: {
      left: 8,
      right: 8,
      top: 8,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel'
    },
    xAxis: nameAxis(theme, classNames, {
      axisLabel: {
        color: theme.text,
        fontSize: theme.labelSize,
        rotate: classNames.length > 6 ? 45 : 0,
        ...short
      },
      axisLine: { show: false }
    }),
    yAxis: nameAxis(theme, classNames, {
      inverse: true,
      axisLabel: { color: theme.text, fontSize: theme.labelSize, ...short },
      axisLine: { show: false }
    }),
    visualMap: {
      show: false,
      min: -most,
      max: most,
      dimension: 2,
      inRange: { color: [...divergingColors(theme)] }
    },
    series: [
      {
        type: 'heatmap',
        data: byLabel.flatMap((row, from) => row.map((value, to) => [to, from, value])),
        itemStyle: { borderColor: theme.grid, borderWidth: 1 },
        label: {
          show: isNumbered,
          fontSize: theme.labelSize,
          // Readable on strong and on pale cells alike, in both themes.
          color: theme.text,
          textBorderColor: theme.surface,
          textBorderWidth: 3,
          formatter: (cell: { value: readonly number[] }) => textOf(cell.value)
        },
        tooltip: {
          formatter: (cell: { value: readonly number[] }) =>
            words.cell(
              classNames[cell.value[1] ?? 0] ?? '',
              classNames[cell.value[0] ?? 0] ?? '',
              textOf(cell.value)
            )
        }
      }
    ]
  }
}

/** The same as a table. */
export function influenceTable(
  byLabel: readonly (readonly number[])[],
  classNames: readonly string[]
): ChartTable {
  return {
    header: [words.from, ...classNames],
    rows: byLabel.map((row, from) => [classNames[from] ?? '', ...row.map(influenceText)])
  }
}
