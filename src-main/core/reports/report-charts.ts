// The report's charts: ECharts rendered to SVG text in plain Node, so that the report looks like
// the result page and opens anywhere. Every chart comes with the table of its numbers.
import { BarChart, CustomChart, LineChart } from 'echarts/charts'
import { GridComponent, TitleComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { LabelLayout } from 'echarts/features'
import { SVGRenderer } from 'echarts/renderers'
import type { CheckResult, LearningCurve, MeanSd, SelectionResult } from '../../api/dto/runs.ts'

echarts.use([
  BarChart,
  CustomChart,
  LineChart,
  GridComponent,
  TitleComponent,
  LabelLayout,
  SVGRenderer
])

/** Colours of sets in charts. */
export const colours = {
  chosen: '#0B5FA5',
  random: '#868F9C',
  stratified: '#B8BEC7',
  all: '#1A1D21'
}
// Single quotes: the renderer writes the font into a quoted attribute as it is.
const font = "Inter, 'Segoe UI', system-ui, sans-serif"

/** SVG text of one chart; `id` tells its inner names apart from those of other charts on the page. */
export function render(
  id: string,
  option: echarts.EChartsCoreOption,
  width: number,
  height: number
): string {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, width, height })
  try {
    chart.setOption({ animation: false, textStyle: { fontFamily: font }, ...option })
    return withoutTraces(chart.renderToSVGString(), id)
  } finally {
    chart.dispose()
  }
}

/**
 * Without hover styles, which a printed page does not have, and without the renderer's running
 * numbers: the same data gives the same text. Quotes in labels are escaped, so that no label can
 * look like an attribute.
 */
function withoutTraces(svg: string, id: string): string {
  return svg
    .replace(/<style[^>]*>[\s\S]*?<\/style>/g, '')
    .replace(/ (?:class|ecmeta_\w+)="[^"]*"/g, '')
    .replace(/="(url\(#)?zr\d+-/g, (_, url: string | undefined) => `="${url ?? ''}${id}-`)
}

/** Bars of the four arms of the check with whiskers of one standard deviation. SVG text. */
export function checkChart(check: CheckResult): string {
  const arms = [
    { name: 'Random', value: check.random, colour: colours.random },
    { name: 'Stratified random', value: check.stratified, colour: colours.stratified },
    { name: 'Chosen', value: check.chosen, colour: colours.chosen },
    { name: 'All data', value: check.all, colour: colours.all }
  ]
  return render(
    'check',
    {
      grid: { left: 56, right: 16, top: 24, bottom: 32 },
      xAxis: { type: 'category', data: arms.map((arm) => arm.name) },
      yAxis: { type: 'value', min: 0, max: 100, axisLabel: { formatter: '{value} %' } },
      series: [
        {
          type: 'bar',
          barWidth: '48%',
          label: {
            show: true,
            position: 'insideBottom',
            color: '#FFFFFF',
            fontWeight: 600,
            formatter: (item: { value: unknown }) => `${Number(item.value).toFixed(1)} %`
          },
          data: arms.map((arm) => ({
            value: arm.value.mean * 100,
            itemStyle: { color: arm.colour === colours.stratified ? '#6D7785' : arm.colour }
          }))
        },
        {
          type: 'custom',
          data: arms.map((arm, index) => [
            index,
            (arm.value.mean - arm.value.sd) * 100,
            (arm.value.mean + arm.value.sd) * 100
          ]),
          renderItem: whisker,
          z: 10
        }
      ]
    },
    640,
    280
  )
}

interface WhiskerApi {
  value(dimension: number): number
  coord(point: readonly number[]): number[]
}

/** A vertical line with two short caps from value 1 to value 2 at category value 0. */
export function whisker(_params: unknown, api: WhiskerApi): unknown {
  const [x = 0, low = 0] = api.coord([api.value(0), api.value(1)])
  const [, high = 0] = api.coord([api.value(0), api.value(2)])
  const style = { stroke: '#E15F0A', lineWidth: 2, fill: 'none' }
  const line = (x1: number, y1: number, x2: number, y2: number): unknown => ({
    type: 'line',
    shape: { x1, y1, x2, y2 },
    style
  })
  return {
    type: 'group',
    children: [line(x, low, x, high), line(x - 7, low, x + 7, low), line(x - 7, high, x + 7, high)]
  }
}

/** Share of each group in the chosen and in the random set, as paired bars. SVG text. */
export function classChart(result: SelectionResult): string {
  const rows = result.classes.slice(0, 24)
  return render(
    'groups',
    {
      grid: { left: 150, right: 24, top: 12, bottom: 28 },
      xAxis: { type: 'value', min: 0 },
      yAxis: { type: 'category', inverse: true, data: rows.map((row) => row.name) },
      series: [
        {
          name: 'Chosen',
          type: 'bar',
          itemStyle: { color: colours.chosen },
          data: rows.map((row) => row.chosen)
        },
        {
          name: 'Random',
          type: 'bar',
          // An outline of dashes, which is told apart from a filled bar without colour too.
          itemStyle: {
            color: 'transparent',
            borderColor: '#6D7785',
            borderWidth: 1.5,
            borderType: 'dashed'
          },
          data: rows.map((row) => row.random)
        }
      ]
    },
    640,
    48 + rows.length * 26
  )
}

/** Items by number of votes among all candidates. SVG text. */
export function voteChart(histogram: readonly number[], cutLevel: number): string {
  return render(
    'votes',
    {
      grid: { left: 64, right: 16, top: 12, bottom: 44 },
      xAxis: {
        type: 'category',
        data: histogram.map((_, votes) => String(votes)),
        name: 'votes',
        nameLocation: 'middle',
        nameGap: 26
      },
      yAxis: { type: 'value', min: 0 },
      series: [
        {
          type: 'bar',
          data: histogram.map((count, votes) => ({
            value: count,
            itemStyle: {
              color:
                votes > cutLevel
                  ? colours.chosen
                  : votes === cutLevel
                    ? '#E15F0A'
                    : colours.stratified
            }
          }))
        }
      ]
    },
    640,
    240
  )
}

/** Accuracy over the number of items, one line for each way of choosing. SVG text. */
export function curveChart(curve: LearningCurve): string {
  const lines: [string, readonly (MeanSd | null)[], string][] = [
    ['Random', curve.arms.random, colours.random],
    ['Stratified random', curve.arms.stratified, '#6D7785'],
    ['Chosen', curve.arms.chosen, colours.chosen]
  ]
  const all = curve.sizes.map((): number => curve.all.mean * 100)
  const line = (
    name: string,
    data: (number | null)[],
    color: string,
    isDashed: boolean
  ): object => ({
    name,
    data,
    type: 'line',
    symbolSize: isDashed ? 0 : 6,
    connectNulls: true,
    itemStyle: { color },
    lineStyle: { color, width: 2, type: isDashed ? 'dashed' : 'solid' },
    endLabel: { show: true, formatter: '{a}', color },
    // Lines that end together do not write over one another.
    labelLayout: { moveOverlap: 'shiftY' }
  })
  return render(
    'curve',
    {
      grid: { left: 56, right: 130, top: 16, bottom: 44 },
      xAxis: {
        type: 'category',
        data: curve.sizes.map((size) => size.toLocaleString('en')),
        name: 'items',
        nameLocation: 'middle',
        nameGap: 26
      },
      yAxis: { type: 'value', scale: true, axisLabel: { formatter: '{value} %' } },
      series: [
        line('All data', all, colours.all, true),
        ...lines.map(([name, values, colour]) =>
          line(
            name,
            values.map((value) => (value === null ? null : value.mean * 100)),
            colour,
            false
          )
        )
      ]
    },
    640,
    280
  )
}
