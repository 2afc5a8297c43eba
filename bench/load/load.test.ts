// The parts of the load benchmarks that need no app: growth, texts of /proc, tables.
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { createRandom } from '../../src-main/core/compute/random.ts'
import { growth, median, quantile, secondHalf, stretches, type Point } from './growth.ts'
import { memoryEnvironment } from './host.ts'
import { Latencies } from './latencies.ts'
import { budgets, isKept, stepLine, stepTable, type Step } from './measure.ts'
import { countFiles, parseStatus, parseTicks, proportionalMb } from './process.ts'
import {
  growthTable,
  isLeak,
  levels,
  parseSoak,
  seriesOf,
  timesTable,
  type Rest,
  type SoakLine
} from './soak-lines.ts'
import { parseReadings, type ThreadReading } from './thread-reading.ts'

/** Readings every quarter of a minute with seeded noise of a size around a slope an hour. */
function noisy(perHour: number, noise: number, seed: number): Point[] {
  const random = createRandom(seed)
  return Array.from({ length: 240 }, (_, at) => ({
    minute: at / 4,
    value: 500 + (perHour * at) / 240 + noise * (random.below(2001) / 1000 - 1)
  }))
}

test('growth finds a slope through noise and odd readings, and says when there is none', () => {
  for (let seed = 1; seed <= 20; seed++) {
    const points = noisy(60, 10, seed)
    points[17] = { minute: points[17]?.minute ?? 0, value: 5000 }
    const { perHour, low, high } = growth(stretches(points, 2.5))
    expect(perHour).toBeGreaterThan(50)
    expect(perHour).toBeLessThan(70)
    expect(low).toBeLessThanOrEqual(perHour)
    expect(high).toBeGreaterThanOrEqual(perHour)
    expect(low).toBeGreaterThan(0)
  }
  const falseAlarms = Array.from({ length: 40 }, (_, seed) =>
    growth(stretches(noisy(0, 10, seed + 100), 2.5))
  ).filter(({ low, high }) => low > 0 || high < 0).length
  // A 95 % interval misses now and then.
  expect(falseAlarms).toBeLessThanOrEqual(6)
})

test('growth is exact on a line, and unsure of few readings', () => {
  const line = Array.from({ length: 10 }, (_, at) => ({ minute: 3 * at, value: 7 + 3 * at }))
  expect(growth(line)).toEqual({ perHour: 60, low: 60, high: 60, points: 10 })
  expect(growth(line.slice(0, 3))).toEqual({
    perHour: 60,
    low: -Infinity,
    high: Infinity,
    points: 3
  })
  expect(growth([]).perHour).toBe(0)
})

test('quantiles lie between readings; stretches are medians; the second half begins at half time', () => {
  expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5)
  expect(quantile([5], 0.95)).toBe(5)
  expect(quantile([], 0.5)).toBeNaN()
  expect(median([9, 1, 5])).toBe(5)
  const points = [0, 1, 2, 3].map((minute) => ({ minute, value: 10 * minute }))
  expect(stretches(points, 2)).toEqual([
    { minute: 1, value: 5 },
    { minute: 3, value: 25 }
  ])
  expect(secondHalf(points).map(({ minute }) => minute)).toEqual([2, 3])
})

const status = [
  'Name:\tnode',
  'VmPeak:\t99999999 kB',
  'VmHWM:\t  204800 kB',
  'VmRSS:\t  102400 kB',
  'RssAnon:\t   51200 kB',
  'Threads:\t13'
].join('\n')

test('what /proc says of a process', () => {
  expect(parseStatus(status)).toEqual({
    residentMb: 100,
    mostResidentMb: 200,
    ownMb: 50,
    threads: 13
  })
  expect(() => parseStatus('Name:\tnode')).toThrow('VmRSS')
  const fields = Array.from({ length: 30 }, (_, at) => String(at + 3))
  expect(parseTicks(`42 (a) name (b) ${['S', ...fields.slice(1)].join(' ')}`)).toBe(14 + 15)
  expect(() => parseTicks('nothing')).toThrow('no times')
  expect(proportionalMb('Rss: 999 kB\nPss:   2048 kB\nPss_Anon: 1 kB')).toBe(2)
  expect(proportionalMb('')).toBe(0)
})

test('open files by what they are', () => {
  const targets = [
    'socket:[1]',
    'socket:[2]',
    'pipe:[3]',
    '/dev/null',
    '/tmp/a/project.sqlite',
    '/tmp/a/gone (deleted)',
    'anon_inode:[eventpoll]'
  ]
  expect(countFiles(targets)).toEqual({
    ...{ all: 7, sockets: 2, pipes: 1, files: 2, deleted: 1, others: 2 }
  })
})

test('times of calls, since the last look and in all', () => {
  const latencies = new Latencies()
  for (const ms of [1, 2, 3]) latencies.add('b', ms)
  expect(latencies.takeRecent()).toEqual([
    { name: 'b', count: 3, medianMs: 2, p95Ms: quantile([1, 2, 3], 0.95), mostMs: 3 }
  ])
  latencies.add('a', 9)
  expect(latencies.takeRecent().map(({ name, count }) => [name, count])).toEqual([['a', 1]])
  expect(latencies.takeRecent()).toEqual([])
  expect(latencies.rows().map(({ name, count }) => [name, count])).toEqual([
    ['a', 1],
    ['b', 3]
  ])
})

test('a step keeps its budget by its median, and says so', () => {
  const step: Step = {
    ...{ group: 'rows', name: 'two labels', times: [10, 300, 20], heldMs: 7 },
    ...{ processorMs: 12, megabytes: 345, budget: budgets.list }
  }
  expect(isKept(step)).toBe(true)
  expect(stepLine(step)).toBe(
    'rows, two labels: 20 ms (most 300 ms), processor 12 ms, others waited 7 ms, 345 MB; kept (200 ms)'
  )
  const missed = { ...step, times: [12_345] }
  expect(isKept(missed)).toBe(false)
  expect(stepLine(missed)).toContain('12.3 s, processor 12 ms')
  expect(stepLine(missed)).toContain('MISSED (200 ms)')
  expect(isKept({ ...step, budget: undefined })).toBeUndefined()
  expect(stepTable([step, missed]).split('\n').slice(2)).toEqual([
    '| two labels | 20 ms | 300 ms | 12 ms | 7 ms | 345 MB | kept |',
    '| two labels | 12.3 s | 12.3 s | 12 ms | 7 ms | 345 MB | **missed** |'
  ])
})

const thread = (name: string, heapUsed: number): ThreadReading => ({
  ...{ at: 0, rest: 1, thread: name, id: 1, heapUsed, heapTotal: 0, external: 1e6 },
  ...{ arrayBuffers: 0, resources: { MessagePort: 4 }, delayMostMs: 0, delay99Ms: 0 }
})
function rest(minute: number, heapMb: number, files: number): Rest {
  return {
    kind: 'rest',
    minute,
    process: {
      ...parseStatus(status),
      files: countFiles(Array.from({ length: files }, () => 'pipe:[1]')),
      processorS: 1
    },
    threads: [thread('backend', heapMb * 1e6), thread('host', 5e6)]
  }
}

test('a soak that grows is told from one that does not', () => {
  const minutes = Array.from({ length: 60 }, (_, at) => at)
  const still = minutes.map((minute) => rest(minute, 40 + (minute % 3) / 10, 20))
  const growing = minutes.map((minute) => rest(minute, 40 + minute, 20 + minute))
  const grows = (lines: readonly SoakLine[]): string[] =>
    seriesOf(lines)
      .filter((series) => isLeak(series))
      .map(({ name }) => name)
  expect(grows(still)).toEqual([])
  expect(grows(growing)).toEqual(['heap at rest, backend', 'open files at rest'])
  expect(growthTable(growing)).toContain('**grows**')
  const files = seriesOf(growing).find(({ name }) => name === 'open files at rest')
  expect(levels(files?.points ?? [])).toEqual({ first: 23, last: 77 })
})

test('lines of a soak and of its probe are read up to the last whole one', () => {
  const line = JSON.stringify({ kind: 'trouble', minute: 1, what: 'a' })
  expect(parseSoak(`${line}\n${line.slice(0, 9)}`)).toEqual([JSON.parse(line)])
  expect(parseSoak('')).toEqual([])
  const reading = JSON.stringify(thread('host', 1))
  expect(parseReadings(`${reading}\n${reading}\n{"at":`)).toHaveLength(2)
  const calls = [
    { name: 'often', count: 5, medianMs: 1.25, p95Ms: 2, mostMs: 3 },
    { name: 'seldom', count: 4, medianMs: 1, p95Ms: 1, mostMs: 1 }
  ]
  const table = timesTable([{ kind: 'times', minute: 1, calls }])
  expect(table).toContain('| often | 5 | 1.3 ms | 2 ms | 3 ms |')
  expect(table).not.toContain('seldom')
})

test('what is measured keeps memory as `npm start` does', () => {
  const script = resolve(import.meta.dirname, '../../scripts/environment.mjs')
  const told = execFileSync(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { pinnedEnvironment } from ${JSON.stringify(script)}
       console.log(JSON.stringify(pinnedEnvironment()))`
    ],
    { encoding: 'utf8', env: { PATH: '' } }
  )
  expect(JSON.parse(told)).toMatchObject(memoryEnvironment)
})
