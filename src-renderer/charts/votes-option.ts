// How the target tasks voted: items by number of votes with the cut, and how much any two tasks
// agree.
import type { RuleOverlap, VoteResult } from '@api/dto/runs.ts'
import { charts } from '../text/charts.ts'
import { formatNumber, formatPercent } from '../text/format.ts'
import type { ChartTable } from './chart-table.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { ChartOption } from './echarts-setup.ts'
import { axisName, barStyle, baseOption, nameAxis, valueAxis } from './option-parts.ts'

/** Share of the chosen items that have at least the cut level's votes. */
export function shareAtCut(votes: VoteResult): number {
  const total = votes.chosenHistogram.reduce((sum, count) => sum + count, 0)
  const atCut = votes.chosenHistogram.slice(votes.cutLevel).reduce((sum, count) => sum + count, 0)
  return total === 0 ? 0 : atCut / total
}

/** Items by votes, chosen part filled, left-out part hollow; a line marks the cut. */
export function voteHistogramOption(votes: VoteResult, theme: ChartTheme): ChartOption {
  const levels = votes.histogram.map((_, level) => String(level))
  const chosen = votes.histogram.map((_, level) => votes.chosenHistogram[level] ?? 0)
  const left = votes.histogram.map((all, level) => Math.max(0, all - (chosen[level] ?? 0)))
  const tooltip = (point: { dataIndex: number }): string =>
    `${charts.votesAxis}: ${point.dataIndex}\n${charts.votesChosen}: ${formatNumber(chosen[point.dataIndex] ?? 0)}\n${charts.votesLeft}: ${formatNumber(left[point.dataIndex] ?? 0)}`
  return {
    ...baseOption(theme, charts.votesSummary(votes.histogram)),
    grid: {
      left: 8,
      right: 8,
      top: 44,
      bottom: 20,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel'
    },
    xAxis: nameAxis(theme, levels, axisName(theme, charts.votesAxis, 26)),
    yAxis: valueAxis(theme, (value) => formatNumber(value)),
    series: [
      {
        type: 'bar',
        name: charts.votesChosen,
        stack: 'items',
        barMaxWidth: 56,
        itemStyle: barStyle(theme, 'chosen'),
        data: chosen,
        tooltip: { formatter: tooltip },
        markLine: {
          symbol: 'none',
          silent: true,
          animation: false,
          lineStyle: { color: theme.text, type: 'dashed', width: 1.5 },
          label: {
            formatter: charts.votesCut,
            color: theme.text,
            fontSize: theme.labelSize,
            fontWeight: 600,
            position: 'end',
            // Clear of the figure above a bar that reaches the top.
            distance: 16
          },
          data: [{ xAxis: votes.cutLevel }]
        }
      },
      {
        type: 'bar',
        name: charts.votesLeft,
        stack: 'items',
        barMaxWidth: 56,
        itemStyle: { color: 'transparent', borderColor: theme.border, borderWidth: 1 },
        data: left,
        tooltip: { formatter: tooltip },
        label: {
          show: votes.histogram.length <= 12,
          position: 'top',
          color: theme.text2,
          fontSize: theme.labelSize,
          formatter: (point: { dataIndex: number }) =>
            formatNumber(votes.histogram[point.dataIndex] ?? 0)
        }
      }
    ]
  }
}

/** The same as a table. */
export function voteHistogramTable(votes: VoteResult): ChartTable {
  return {
    header: [charts.votesAxis, charts.votesItems, charts.votesChosen],
    rows: votes.histogram.map((items, level) => [
      String(level),
      formatNumber(items),
      formatNumber(votes.chosenHistogram[level] ?? 0)
    ])
  }
}

/** Cividis in seven steps, dark to light: readable with every kind of colour vision. */
const cividis = [
  '#00224e',
  '#2a3f6d',
  '#575d6d',
  '#7d7c78',
  '#a59c74',
  '#d2c060',
  '#fee838'
] as const

/** The scale with the highest values standing out from the theme's background. */
export function sequentialColors(theme: Pick<ChartTheme, 'isDark'>): readonly string[] {
  return theme.isDark ? cividis : [...cividis].reverse()
}

/** Text colour that can be read on a scale colour. */
function readableOn(share: number, theme: ChartTheme): string {
  const isLight = theme.isDark ? share > 0.45 : share < 0.5
  return isLight ? '#000000' : '#ffffff'
}

/** Most tasks whose cells carry their number. */
const numberedTasks = 16

/** K x K cells: row's choice also chosen by the column. */
export function overlapOption(votes: VoteResult, theme: ChartTheme): ChartOption {
  const names = votes.tasks.map((task) => task.name)
  const summary = charts.overlapSummary(names.length, votes.meanOverlap, votes.chanceOverlap)
  return matrixOption(names, votes.overlap, summary, theme)
}

/** The rules of joining tasks: how much of what one chooses another chooses too. */
export function rulesOption(rules: RuleOverlap, theme: ChartTheme): ChartOption {
  const summary = charts.rulesSummary(rules.rules.length, lowestShared(rules))
  return matrixOption(rules.rules.map(ruleName), rules.overlap, summary, theme)
}

/** The same as a table. */
export function rulesTable({ rules, overlap }: RuleOverlap): ChartTable {
  return {
    header: [charts.rule, ...rules.map(ruleName)],
    rows: overlap.map((row, index) => [
      ruleName(rules[index] ?? ''),
      ...row.map((share) => formatPercent(share, 0))
    ])
  }
}

/** The least that two rules share, 0..1. */
export function lowestShared({ overlap }: RuleOverlap): number {
  return Math.min(1, ...overlap.flat())
}

/** A rule this version does not know keeps its own name. */
function ruleName(rule: string): string {
  return Object.entries(charts.ruleNames).find(([id]) => id === rule)?.[1] ?? rule
}

function matrixOption(
  names: readonly string[],
  overlap: readonly (readonly number[])[],
  summary: string,
  theme: ChartTheme
): ChartOption {
  const cells = overlap.flatMap((row, a) =>
    row.map((share, b) => ({
      value: [b, a, share],
      label: { color: readableOn(share, theme) }
    }))
  )
  const short = { width: 110, overflow: 'truncate' as const }
  return {
    ...baseOption(theme, summary),
    grid: {
      left: 8,
      right: 8,
      top: 8,
      bottom: 8,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel'
    },
    xAxis: nameAxis(theme, names, {
      axisLabel: {
        color: theme.text,
        fontSize: theme.labelSize,
        rotate: names.length > 6 ? 45 : 0,
        ...short
      },
      axisLine: { show: false }
    }),
    yAxis: nameAxis(theme, names, {
      inverse: true,
      axisLabel: { color: theme.text, fontSize: theme.labelSize, ...short },
      axisLine: { show: false }
    }),
    visualMap: {
      show: false,
      min: 0,
      max: 1,
      dimension: 2,
      inRange: { color: [...sequentialColors(theme)] }
    },
    series: [
      {
        type: 'heatmap',
        data: cells,
        itemStyle: { borderColor: theme.surface, borderWidth: 2 },
        label: {
          show: names.length <= numberedTasks,
          fontSize: theme.labelSize,
          formatter: (cell: { value: readonly number[] }) =>
            formatNumber((cell.value[2] ?? 0) * 100)
        },
        tooltip: {
          formatter: (cell: { value: readonly number[] }) =>
            charts.overlapCell(
              names[cell.value[1] ?? 0] ?? '',
              names[cell.value[0] ?? 0] ?? '',
              cell.value[2] ?? 0
            )
        }
      }
    ]
  }
}

/** The same as a table. */
export function overlapTable(votes: VoteResult): ChartTable {
  return {
    header: [charts.task, ...votes.tasks.map((task) => task.name)],
    rows: votes.overlap.map((row, index) => [
      votes.tasks[index]?.name ?? String(index + 1),
      ...row.map((share) => formatPercent(share, 0))
    ])
  }
}
