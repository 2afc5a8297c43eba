// Items of a tiny set among real ones, as a model that learned from real items sees them. Colour and
// shape tell labels apart; large marks with an outline are the set, small faint ones real items.
import type { RecognitionResult } from '@api/dto/analysis.ts'
import { tinyAnalysis } from '../text/tiny-analysis.ts'
import { formatNumber } from '../text/format.ts'
import type { ChartTable } from './chart-table.ts'
import type { ChartTheme } from './chart-theme.ts'
import type { ChartOption } from './echarts-setup.ts'
import { labelMark } from './label-marks.ts'
import { axisName, baseOption, valueAxis } from './option-parts.ts'

type Points = RecognitionResult['map']['points']

const words = tinyAnalysis.recognition

/** What the chart shows, in a sentence. */
export function mapSummary(points: Points, labels: number): string {
  const real = points.filter(({ isReal }) => isReal).length
  return words.mapSummary(
    formatNumber(points.length - real),
    formatNumber(real),
    formatNumber(labels)
  )
}

/** The chart: real items below, one series for each label that occurs. */
export function analysisMapOption(
  points: Points,
  classNames: readonly string[],
  theme: ChartTheme
): ChartOption {
  const series = [true, false].flatMap((isReal) =>
    classNames.flatMap((name, label) => {
      const own = points.filter((point) => point.isReal === isReal && point.label === label)
      return own.length === 0 ? [] : [seriesOf(own, name, label, isReal, theme)]
    })
  )
  const blank = (name: string): Record<string, unknown> =>
    // Places on the map have no unit: only who is near whom counts.
    valueAxis(theme, () => '', {
      ...axisName(theme, name, 10),
      min: undefined,
      scale: true,
      // Room for whole marks at the edges.
      boundaryGap: ['4%', '4%'],
      splitLine: { show: false },
      axisLine: { show: true, onZero: false, lineStyle: { color: theme.border } }
    })
  return {
    ...baseOption(theme, mapSummary(points, classNames.length)),
    grid: { left: 28, right: 12, top: 8, bottom: 28 },
    xAxis: blank(words.across),
    yAxis: blank(words.up),
    series
  }
}

function seriesOf(
  points: Points,
  name: string,
  label: number,
  isReal: boolean,
  theme: ChartTheme
): Record<string, unknown> {
  const mark = labelMark(label, theme.categories.length)
  const color = theme.categories[mark.color] ?? theme.text
  return {
    id: `${isReal ? 'real' : 'set'} ${label}`,
    type: 'scatter',
    name,
    symbol: `path://${mark.path}`,
    symbolSize: isReal ? 6 : 15,
    symbolKeepAspect: true,
    itemStyle: isReal
      ? { color, opacity: 0.4 }
      : { color, borderColor: theme.text, borderWidth: 1.5 },
    z: isReal ? 2 : 3,
    data: points.map(({ x, y }) => [x, y]),
    tooltip: { formatter: () => words.point(name, isReal ? words.realItem : words.setItem) }
  }
}

/** The same as a table, items of the set first. */
export function analysisMapTable(points: Points, classNames: readonly string[]): ChartTable {
  return {
    header: [words.kind, words.label, words.across, words.up],
    rows: [...points]
      .sort((a, b) => Number(a.isReal) - Number(b.isReal) || a.label - b.label)
      .map((point) => [
        point.isReal ? words.realItem : words.setItem,
        classNames[point.label] ?? '',
        formatNumber(point.x, 2),
        formatNumber(point.y, 2)
      ])
  }
}
