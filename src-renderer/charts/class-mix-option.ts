// Which labels a set holds: the share of each label among several sets, so that sets of different
// size can be compared.
import { charts } from '../text/charts.ts'
import { formatNumber, formatPercent } from '../text/format.ts'
import type { ChartTable } from './chart-table.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { ChartOption } from './echarts-setup.ts'
import { barStyle, baseOption, hatch, nameAxis, valueAxis } from './option-parts.ts'

/** Most labels drawn one by one; the rest are joined. */
export const shownClasses = 20

/** One compared set: how many items of each label it holds. */
export interface MixSet {
  readonly name: string
  readonly look: 'available' | 'chosen' | 'random' | 'first' | 'second'
  readonly counts: readonly number[]
}
/** Labels and the sets over them. */
export interface ClassMixData {
  readonly labels: readonly string[]
  readonly sets: readonly MixSet[]
}

/** The labels with most items in the first set; smaller ones joined into one. */
export function foldedMix(data: ClassMixData, most = shownClasses): ClassMixData {
  const order = data.labels
    .map((_, index) => index)
    .sort((a, b) => (data.sets[0]?.counts[b] ?? 0) - (data.sets[0]?.counts[a] ?? 0) || a - b)
  if (order.length <= most) {
    return {
      labels: order.map((index) => data.labels[index] ?? ''),
      sets: data.sets.map((set) => ({
        ...set,
        counts: order.map((index) => set.counts[index] ?? 0)
      }))
    }
  }
  const shown = order.slice(0, most - 1)
  const rest = order.slice(most - 1)
  return {
    labels: [...shown.map((index) => data.labels[index] ?? ''), charts.mixOther(rest.length)],
    sets: data.sets.map((set) => ({
      ...set,
      counts: [
        ...shown.map((index) => set.counts[index] ?? 0),
        rest.reduce((sum, index) => sum + (set.counts[index] ?? 0), 0)
      ]
    }))
  }
}

function sharesOf(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0)
  return counts.map((count) => (total === 0 ? 0 : count / total))
}

/** The label whose share changed most from the first to the second set. */
export function largestShift(data: ClassMixData): { name: string; shift: number } | undefined {
  const [from, to] = [data.sets[0], data.sets[1]].map((set) => sharesOf(set?.counts ?? []))
  let largest: { name: string; shift: number } | undefined
  data.labels.forEach((name, index) => {
    const shift = (to?.[index] ?? 0) - (from?.[index] ?? 0)
    if (largest === undefined || Math.abs(shift) > Math.abs(largest.shift))
      largest = { name, shift }
  })
  return largest
}

function lookOf(theme: ChartTheme, look: MixSet['look']): Record<string, unknown> {
  switch (look) {
    case 'chosen':
    case 'first':
      return barStyle(theme, 'chosen')
    case 'random':
      return barStyle(theme, 'random')
    case 'second':
      return {
        color: 'transparent',
        borderColor: theme.categories[1],
        borderWidth: 1,
        borderRadius: 2,
        decal: hatch(theme.categories[1] ?? theme.text, 45)
      }
    case 'available':
      return { color: theme.leftOut, borderColor: theme.border, borderWidth: 1, borderRadius: 2 }
  }
}

/** Height that gives every label room, in pixels. */
export function mixHeight(data: ClassMixData): number {
  const folded = Math.min(data.labels.length, shownClasses)
  return Math.max(160, folded * (data.sets.length * 9 + 12) + 40)
}

/** Grouped bars, one group per label. */
export function classMixOption(
  data: ClassMixData,
  theme: ChartTheme,
  summary: string
): ChartOption {
  const folded = foldedMix(data)
  return {
    ...baseOption(theme, summary),
    grid: {
      left: 8,
      right: 24,
      top: 4,
      bottom: 4,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel'
    },
    xAxis: valueAxis(theme, (value) => formatPercent(value, 0)),
    yAxis: nameAxis(theme, folded.labels, { inverse: true }),
    series: folded.sets.map((set) => {
      const shares = sharesOf(set.counts)
      return {
        type: 'bar',
        name: set.name,
        barWidth: 8,
        barGap: '15%',
        itemStyle: lookOf(theme, set.look),
        data: shares,
        tooltip: {
          formatter: (point: { dataIndex: number }) =>
            `${folded.labels[point.dataIndex] ?? ''}\n${set.name}: ${formatNumber(set.counts[point.dataIndex] ?? 0)} (${formatPercent(shares[point.dataIndex] ?? 0)})`
        }
      }
    })
  }
}

/** The same as a table, every label on its own row. */
export function classMixTable(data: ClassMixData): ChartTable {
  const shares = data.sets.map((set) => sharesOf(set.counts))
  return {
    header: [charts.label, ...data.sets.flatMap((set) => [set.name, `${set.name} %`])],
    rows: data.labels.map((label, index) => [
      label,
      ...data.sets.flatMap((set, which) => [
        formatNumber(set.counts[index] ?? 0),
        formatPercent(shares[which]?.[index] ?? 0)
      ])
    ])
  }
}
