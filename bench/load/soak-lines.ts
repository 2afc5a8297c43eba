// What a soak writes down, and what is read from it at the end.
import { growth, median, secondHalf, stretches, type Growth, type Point } from './growth.ts'
import type { LatencyRow } from './latencies.ts'
import type { ProcessReading } from './process.ts'
import type { ThreadReading } from './thread-reading.ts'
import type { PageReading } from './window.ts'

/** A line of the soak's file. */
export type SoakLine =
  | {
      readonly kind: 'reading'
      readonly minute: number
      readonly process: ProcessReading
      readonly threads: readonly ThreadReading[]
      readonly calls: readonly LatencyRow[]
    }
  /** The project closed, garbage collected. */
  | {
      readonly kind: 'rest'
      readonly minute: number
      readonly process: ProcessReading
      readonly threads: readonly ThreadReading[]
    }
  | {
      readonly kind: 'visit'
      readonly minute: number
      readonly pages: readonly PageReading[]
      readonly troubles: readonly string[]
    }
  | { readonly kind: 'trouble'; readonly minute: number; readonly what: string }
  | { readonly kind: 'times'; readonly minute: number; readonly calls: readonly LatencyRow[] }

/** Readings with the project closed. */
export type Rest = Extract<SoakLine, { kind: 'rest' }>

/** A thing that may grow. */
export interface Series {
  readonly name: string
  readonly unit: string
  readonly points: readonly Point[]
  /** What it may grow in an hour before it is called a leak. */
  readonly allowedPerHour: number
  /** A count that must come back to where it was after the first round, not only stop growing. */
  readonly isCount: boolean
}

/** Takes the file of a soak apart; a half-written last line is left out. */
export function parseSoak(text: string): SoakLine[] {
  return text
    .slice(0, text.lastIndexOf('\n') + 1)
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as SoakLine)
}

/** What the threads of a name hold together. */
function sumOf(rest: Rest, thread: string, value: (reading: ThreadReading) => number): number {
  return rest.threads
    .filter((each) => each.thread === thread)
    .reduce((sum, each) => sum + value(each), 0)
}

/** Everything looked at for growth: at rest, and at work. */
export function seriesOf(lines: readonly SoakLine[]): Series[] {
  // The first was taken before any thread that computes was started.
  const rests = lines.filter((line) => line.kind === 'rest').slice(1)
  const readings = lines.filter((line) => line.kind === 'reading')
  const memory = { unit: 'MB', isCount: false }
  const count = { unit: '', isCount: true, allowedPerHour: 0.5 }
  const atRest = (value: (rest: Rest) => number): Point[] =>
    rests.map((rest) => ({ minute: rest.minute, value: value(rest) }))
  return [
    {
      ...memory,
      name: 'memory at work',
      allowedPerHour: 50,
      points: readings.map(({ minute, process }) => ({ minute, value: process.residentMb }))
    },
    {
      ...memory,
      name: 'memory at rest',
      allowedPerHour: 50,
      points: atRest(({ process }) => process.residentMb)
    },
    {
      ...memory,
      name: 'heap at rest, backend',
      allowedPerHour: 2,
      points: atRest((rest) => sumOf(rest, 'backend', ({ heapUsed }) => heapUsed / 1e6))
    },
    {
      ...memory,
      name: 'heap at rest, host',
      allowedPerHour: 2,
      points: atRest((rest) => sumOf(rest, 'host', ({ heapUsed }) => heapUsed / 1e6))
    },
    {
      ...memory,
      name: 'outside the heap at rest, backend',
      allowedPerHour: 2,
      points: atRest((rest) => sumOf(rest, 'backend', ({ external }) => external / 1e6))
    },
    {
      ...count,
      name: 'ports at rest, backend',
      points: atRest((rest) =>
        sumOf(rest, 'backend', ({ resources }) => resources['MessagePort'] ?? 0)
      )
    },
    {
      ...count,
      name: 'open files at rest',
      points: atRest(({ process }) => process.files.all)
    },
    {
      ...count,
      name: 'sockets at rest',
      points: atRest(({ process }) => process.files.sockets)
    },
    { ...count, name: 'threads at rest', points: atRest(({ process }) => process.threads) }
  ]
}

/** Minutes of one stretch of readings. */
const stretchMinutes = 2.5

/** Growth over the second half of a series. */
export function growthOf(series: Pick<Series, 'points'>): Growth {
  return growth(stretches(secondHalf(series.points), stretchMinutes))
}

/**
 * Whether a series grows as a leak does: surely (all of the interval above nothing) and by more than is
 * allowed in an hour.
 */
export function isLeak(series: Pick<Series, 'points' | 'allowedPerHour'>): boolean {
  const { perHour, low } = growthOf(series)
  return low > 0 && perHour > series.allowedPerHour
}

/** Level after the first rounds and at the end: medians of five readings. */
export function levels(points: readonly Point[]): {
  readonly first: number
  readonly last: number
} {
  const values = points.map(({ value }) => value)
  return { first: median(values.slice(0, 5)), last: median(values.slice(-5)) }
}

/** A table of growth in Markdown. */
export function growthTable(lines: readonly SoakLine[]): string {
  const rows = seriesOf(lines).map((series) => {
    const { perHour, low, high } = growthOf(series)
    const { first, last } = levels(series.points)
    const verdict = isLeak(series) ? '**grows**' : 'none shown'
    const unit = series.unit === '' ? '' : ` ${series.unit}`
    return (
      `| ${series.name} | ${first.toFixed(1)}${unit} | ${last.toFixed(1)}${unit} | ` +
      `${perHour.toFixed(1)} (${low.toFixed(1)} to ${high.toFixed(1)}) | ${verdict} |`
    )
  })
  return [
    '| what | first rounds | last rounds | growth an hour, second half (95 %) | growth |',
    '| --- | --- | --- | --- | --- |',
    ...rows
  ].join('\n')
}

/** A table of the times of calls in Markdown, those asked at least five times. */
export function timesTable(lines: readonly SoakLine[]): string {
  const times = lines.findLast((line) => line.kind === 'times')?.calls ?? []
  return [
    '| call | times | median | 95 % | longest |',
    '| --- | --- | --- | --- | --- |',
    ...times
      .filter(({ count }) => count >= 5)
      .map(
        ({ name, count, medianMs, p95Ms, mostMs }) =>
          `| ${name} | ${count} | ${medianMs.toFixed(1)} ms | ${p95Ms.toFixed(0)} ms | ${mostMs.toFixed(0)} ms |`
      )
  ].join('\n')
}

/** Prints growth, one line for each series. */
export function sayGrowth(lines: readonly SoakLine[], say: (line: string) => void): void {
  for (const series of seriesOf(lines)) {
    const { perHour, low, high, points } = growthOf(series)
    const { first, last } = levels(series.points)
    say(
      `${series.name}: ${first.toFixed(1)} at first, ${last.toFixed(1)} at last, growth ` +
        `${perHour.toFixed(1)} an hour (${low.toFixed(1)} to ${high.toFixed(1)}, ${points} stretches)` +
        (isLeak(series) ? '; GROWS' : '')
    )
  }
}
