// Charts of a tiny set's report as SVG text: what models of each set reached, and how the set did
// while it was made. Every chart stands above the table of its numbers.
import type { DistilMeasure, DistilResult } from '../../../api/dto/distil.ts'
import { colours, render, whisker } from '../report-charts.ts'
import { percentText } from '../words.ts'
import { armName } from './measure-words.ts'

type Arm = NonNullable<DistilResult['check']>['arms'][number]

const barColours: Readonly<Record<Arm['arm'], string>> = {
  'distilled-soft': colours.chosen,
  'distilled-hard': '#5B9BD5',
  'random-soft': '#6D7785',
  'random-hard': '#868F9C',
  'chosen-hard': '#565D68',
  'equal-bytes': '#868F9C',
  all: colours.all
}

/** Bars with whiskers of one standard deviation; `id` tells charts of one page apart. */
export function armsChart(id: string, arms: readonly Arm[], measure?: DistilMeasure): string {
  return render(
    id,
    {
      grid: { left: 290, right: 32, top: 8, bottom: 32 },
      yAxis: {
        type: 'category',
        inverse: true,
        data: arms.map(
          ({ arm, accuracy }) => `${armName(arm, measure)}  ${percentText(accuracy.mean)}`
        )
      },
      xAxis: { type: 'value', min: 0, max: 100, axisLabel: { formatter: '{value} %' } },
      series: [
        {
          type: 'bar',
          barWidth: '56%',
          data: arms.map(({ arm, accuracy }) => ({
            value: accuracy.mean * 100,
            itemStyle: { color: barColours[arm] }
          }))
        },
        {
          type: 'custom',
          encode: { x: [1, 2], y: 0 },
          data: arms.map(({ accuracy }, index) => [
            index,
            Math.max(0, accuracy.mean - accuracy.sd) * 100,
            Math.min(1, accuracy.mean + accuracy.sd) * 100
          ]),
          renderItem: lyingWhisker,
          z: 10
        }
      ]
    },
    640,
    48 + arms.length * 32
  )
}

interface WhiskerApi {
  value(dimension: number): number
  coord(point: readonly number[]): number[]
}

/** The upright whisker of the other charts, laid on its side. */
function lyingWhisker(params: unknown, api: WhiskerApi): unknown {
  const turned: WhiskerApi = {
    value: (dimension) => api.value(dimension),
    coord: ([place = 0, value = 0]) => {
      const [x = 0, y = 0] = api.coord([value, place])
      return [y, x]
    }
  }
  return swapped(whisker(params, turned))
}

interface Line {
  readonly shape: { x1: number; y1: number; x2: number; y2: number }
}

function swapped(group: unknown): unknown {
  const { children, ...rest } = group as { children: readonly Line[] } // as whisker makes it
  return {
    ...rest,
    children: children.map(({ shape: { x1, y1, x2, y2 }, ...line }) => ({
      ...line,
      shape: { x1: y1, y1: x1, x2: y2, y2: x2 }
    }))
  }
}

/** Accuracy on validation items while the set was made, with the line of random real items. */
export function madeChart(result: Pick<DistilResult, 'curve' | 'randomLine'>): string {
  const { curve, randomLine } = result
  const line = (name: string, data: number[][], color: string, isDashed: boolean): object => ({
    name,
    data,
    type: 'line',
    symbolSize: isDashed ? 0 : 6,
    itemStyle: { color },
    lineStyle: { color, width: 2, type: isDashed ? 'dashed' : 'solid' },
    endLabel: { show: true, formatter: '{a}', color },
    // Lines that end together do not write over one another.
    labelLayout: { moveOverlap: 'shiftY' }
  })
  const points = curve.map(({ x, set }) => [x, set * 100])
  const random = randomLine === null ? [] : curve.map(({ x }) => [x, randomLine * 100])
  return render(
    'made',
    {
      grid: { left: 56, right: 150, top: 16, bottom: 44 },
      xAxis: {
        type: 'value',
        name: 'passes',
        nameLocation: 'middle',
        nameGap: 26
      },
      yAxis: { type: 'value', scale: true, axisLabel: { formatter: '{value} %' } },
      series: [
        ...(random.length === 0 ? [] : [line('Random real items', random, colours.random, true)]),
        line('This set', points, colours.chosen, false)
      ]
    },
    640,
    280
  )
}
