// A soak as pictures: SVG text for the documents, drawn as the charts of reports are.
import { LegendComponent } from 'echarts/components'
import * as echarts from 'echarts/core'
import { render } from '../../src-main/core/reports/report-charts.ts'
import type { SoakLine } from './soak-lines.ts'
import type { ThreadReading } from './thread-reading.ts'

echarts.use([LegendComponent])

/** A line of a chart: minutes and values. */
interface Line {
  readonly name: string
  readonly points: readonly (readonly [number, number])[]
  /** Points alone, for readings that no line joins. */
  readonly isDots?: boolean
}

const colours = ['#0B5FA5', '#B45309', '#15803D', '#7C3AED', '#868F9C', '#BE123C']

function chart(id: string, title: string, unit: string, lines: readonly Line[], top = ''): string {
  return render(
    id,
    {
      backgroundColor: '#FFFFFF',
      color: colours,
      title: { text: title, left: 12, top: 8, textStyle: { fontSize: 14, color: '#1A1D21' } },
      legend: {
        top: 34,
        left: 12,
        icon: 'circle',
        itemWidth: 8,
        itemGap: 32,
        textStyle: { color: '#1A1D21' }
      },
      grid: { left: 64, right: 24, top: 92, bottom: 44 },
      xAxis: { type: 'value', name: 'minutes', nameLocation: 'middle', nameGap: 26, min: 0 },
      yAxis: {
        type: top === 'log' ? 'log' : 'value',
        name: unit,
        min: top === 'log' ? 1 : 0,
        nameTextStyle: { align: 'right' }
      },
      series: lines.map(({ name, points, isDots }) => ({
        name,
        type: 'line',
        data: points,
        symbol: isDots === true ? 'circle' : 'none',
        symbolSize: 5,
        lineStyle: { width: isDots === true ? 0 : 1.6 }
      }))
    },
    860,
    360
  )
}

const sum = (
  threads: readonly ThreadReading[],
  name: string,
  value: (reading: ThreadReading) => number
): number =>
  threads.filter(({ thread }) => thread === name).reduce((all, each) => all + value(each), 0)

/** The pictures of a soak by the end of their file names. */
export function soakCharts(lines: readonly SoakLine[]): Readonly<Record<string, string>> {
  const readings = lines.filter((line) => line.kind === 'reading')
  const rests = lines.filter((line) => line.kind === 'rest')
  const visits = lines.filter((line) => line.kind === 'visit')
  const heap = (name: string): Line => ({
    name: `heap at rest, ${name}`,
    points: rests.map(({ minute, threads }) => [
      minute,
      sum(threads, name, ({ heapUsed }) => heapUsed / 1e6)
    ])
  })
  const called = (name: string, end: string): Line => ({
    name,
    isDots: true,
    points: readings.flatMap(({ minute, calls }) => {
      const row = calls.find((call) => call.name === end)
      return row === undefined ? [] : [[minute, row.medianMs] as const]
    })
  })
  return {
    memory: chart('memory', 'Memory of the host during an hour of use', 'MB', [
      {
        name: 'resident, at work',
        points: readings.map(({ minute, process }) => [minute, process.residentMb])
      },
      {
        name: 'resident, project closed',
        isDots: true,
        points: rests.map(({ minute, process }) => [minute, process.residentMb])
      }
    ]),
    heap: chart('heap', 'What JavaScript holds with the project closed', 'MB', [
      heap('backend'),
      heap('host'),
      {
        name: 'outside the heap, backend',
        points: rests.map(({ minute, threads }) => [
          minute,
          sum(threads, 'backend', ({ external }) => external / 1e6)
        ])
      }
    ]),
    files: chart('files', 'Open files and threads of the host', '', [
      {
        name: 'open files, at work',
        points: readings.map(({ minute, process }) => [minute, process.files.all])
      },
      {
        name: 'open files, project closed',
        isDots: true,
        points: rests.map(({ minute, process }) => [minute, process.files.all])
      },
      {
        name: 'sockets, project closed',
        isDots: true,
        points: rests.map(({ minute, process }) => [minute, process.files.sockets])
      },
      {
        name: 'threads, project closed',
        isDots: true,
        points: rests.map(({ minute, process }) => [minute, process.threads])
      }
    ]),
    times: chart(
      'times',
      'Times of calls on a busy computer (medians of 15 seconds)',
      'ms',
      [
        called('first page of 100,000 rows', 'datasets.items, first page (rows)'),
        called('two labels', 'datasets.items, labels (rows)'),
        called('words', 'datasets.items, words (rows)'),
        called('project opened', 'projects.open'),
        called('attempts with a tool', 'traces.list, tool')
      ],
      'log'
    ),
    window: chart('window', 'A window that walks through all screens, round after round', 'MB', [
      {
        name: 'heap of the page after each round',
        isDots: true,
        points: visits.flatMap(({ minute, pages }) =>
          // Rounds of a visit follow each other; all of them were read when it ended.
          pages.map(({ heapMb }, at) => [minute - (pages.length - at) * 0.2, heapMb] as const)
        )
      },
      {
        name: 'thousands of nodes',
        isDots: true,
        points: visits.flatMap(({ minute, pages }) =>
          pages.map(({ nodes }, at) => [minute - (pages.length - at) * 0.2, nodes / 1000] as const)
        )
      }
    ])
  }
}
