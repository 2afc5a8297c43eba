// Accuracy over the items of each label, one thin line for each pass of the helper model, and the
// best of all passes as one thick line on top.
import type { DistilFrontier } from '@api/dto/distil.ts'
import { tinyResult } from '../text/distil.ts'
import { formatNumber, formatPercent } from '../text/format.ts'
import type { ChartTable } from './chart-table.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { ChartOption } from './echarts-setup.ts'
import { axisName, baseOption, setColor, setSymbols, valueAxis } from './option-parts.ts'

const words = tinyResult.frontier
/** Told apart without colour. */
const symbols = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect'] as const
const dashes = ['dotted', 'dashed'] as const

/** "Pass 3" */
const passName = (epoch: number): string => words.pass(formatNumber(epoch, 2))

/** What the frontier says, as the title of its chart. */
export function frontierTitle({ best }: DistilFrontier): string {
  const [first, last] = [best[0], best.at(-1)]
  if (first === undefined || last === undefined) return words.title
  if (best.every(({ epoch }) => epoch === first.epoch)) return words.always(passName(first.epoch))
  if (first.epoch < last.epoch)
    return words.later(
      formatNumber(first.epoch, 2),
      formatNumber(first.perClass),
      formatNumber(last.epoch, 2),
      formatNumber(last.perClass)
    )
  return words.title
}

/** The chart. */
export function frontierOption(
  { epochs, perClass, accuracy, best }: DistilFrontier,
  theme: ChartTheme,
  description: string
): ChartOption {
  const point = (items: number, share: number | undefined): number[] => [items, share ?? 0]
  return {
    ...baseOption(theme, description),
    grid: {
      left: 8,
      right: 120,
      top: 20,
      bottom: 22,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel'
    },
    xAxis: {
      ...valueAxis(theme, (value) => (perClass.includes(value) ? formatNumber(value) : '')),
      ...axisName(theme, words.across, 26),
      type: 'log',
      min: perClass[0] ?? 1,
      max: perClass.at(-1) ?? 1,
      splitLine: { show: false },
      axisLabel: {
        color: theme.text2,
        fontSize: theme.labelSize,
        customValues: [...perClass],
        formatter: (value: number) => formatNumber(value)
      },
      axisLine: { show: true, lineStyle: { color: theme.border } }
    },
    yAxis: valueAxis(theme, (value) => formatPercent(value, 0), { min: undefined, scale: true }),
    series: [
      ...epochs.map((epoch, row) => ({
        id: `pass-${row}`,
        type: 'line' as const,
        name: passName(epoch),
        data: perClass.map((items, column) => point(items, accuracy[row]?.[column])),
        symbol: symbols[row % symbols.length],
        symbolSize: 6,
        itemStyle: { color: theme.text2 },
        lineStyle: { color: theme.text2, width: 1, type: dashes[row % dashes.length] },
        endLabel: {
          show: true,
          color: theme.text2,
          fontSize: theme.labelSize,
          formatter: passName(epoch)
        },
        labelLayout: { moveOverlap: 'shiftY' as const },
        tooltip: {
          formatter: ({ value }: { value: readonly number[] }) =>
            words.point(
              passName(epoch),
              formatNumber(value[0] ?? 0),
              formatPercent(value[1] ?? 0, 1)
            )
        }
      })),
      {
        id: 'best',
        type: 'line',
        name: words.best,
        data: best.map((one) => point(one.perClass, one.accuracy)),
        symbol: setSymbols.chosen,
        symbolSize: 9,
        itemStyle: { color: setColor(theme, 'chosen') },
        lineStyle: { color: setColor(theme, 'chosen'), width: 3 },
        tooltip: {
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const one = best[dataIndex]
            return one === undefined
              ? ''
              : words.point(
                  passName(one.epoch),
                  formatNumber(one.perClass),
                  formatPercent(one.accuracy, 1)
                )
          }
        }
      }
    ]
  }
}

/** The same as a table. */
export function frontierTable({ epochs, perClass, accuracy, best }: DistilFrontier): ChartTable {
  return {
    header: [words.across, ...epochs.map(passName), words.best],
    rows: perClass.map((items, column) => [
      formatNumber(items),
      ...epochs.map((_, row) => formatPercent(accuracy[row]?.[column] ?? 0, 1)),
      passName(best[column]?.epoch ?? 0)
    ])
  }
}
