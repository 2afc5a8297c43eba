// Lists of attempts against a filter and a sort that look at every attempt by themselves.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { noTraceFilter, TraceFilter, type TraceSort } from '../../../api/dto/trace-sets.ts'
import type { Store } from '../../store/records.ts'
import type { NewestReview } from '../../store/review-records.ts'
import type { TraceListing, TraceSetRecord } from '../../store/trace-records.ts'
import { createTraceLists } from './trace-lists.ts'

const outcomes = ['pass', 'fail', 'partial', 'unknown'] as const
const states = ['draft', 'done', 'skipped'] as const
const letter = fc.constantFrom('a', 'b', 'c')
const some = fc.uniqueArray(letter, { maxLength: 3 })

const listing = fc.record({
  name: letter,
  task: fc.constantFrom('1', '2', '10'),
  goal: letter,
  trial: fc.nat({ max: 3 }),
  outcome: fc.constantFrom(...outcomes),
  reward: fc.option(fc.constantFrom(0, 0.5, 1)),
  agent: fc.option(letter),
  model: fc.option(letter),
  startedAt: fc.constant(null),
  durationMs: fc.constant(null),
  tokens: fc.option(fc.nat({ max: 4 })),
  events: fc.nat({ max: 9 }),
  sizeBytes: fc.nat({ max: 9 }),
  steps: fc.nat({ max: 5 }),
  errors: fc.nat({ max: 1 }),
  tools: some,
  detectors: fc.uniqueArray(fc.constantFrom('repeat', 'novel', 'error'))
})
const review = fc.option(
  fc.record({
    state: fc.constantFrom(...states),
    verdict: fc.option(fc.constantFrom('correct', 'wrong')),
    isFlagged: fc.boolean(),
    tags: some
  })
)
const optional = <T>(values: fc.Arbitrary<T[]>): fc.Arbitrary<T[]> =>
  fc.oneof({ weight: 3, arbitrary: fc.constant<T[]>([]) }, values)
const rarely = fc.oneof({ weight: 3, arbitrary: fc.constant(false) }, fc.constant(true))
const filters = fc.record({
  text: fc.constantFrom('', '', 'word'),
  outcomes: optional(fc.subarray([...outcomes])),
  verdicts: optional(fc.subarray(['correct', 'wrong'])),
  states: optional(fc.subarray(['none' as const, ...states])),
  detectors: optional(fc.subarray(['repeat', 'novel', 'error'])),
  tools: optional(some),
  agents: optional(some),
  models: optional(some),
  tags: optional(some),
  task: fc.constantFrom(null, null, '2', '10'),
  mixedOnly: rarely,
  withErrors: rarely,
  flagged: rarely,
  minSteps: fc.option(fc.nat({ max: 5 })),
  maxSteps: fc.option(fc.nat({ max: 5 }))
})

type Row = TraceListing & { readonly review: NewestReview | null }

function passes(row: Row, filter: TraceFilter, all: readonly Row[]): boolean {
  const { review: found } = row
  const of = (outcome: string): boolean =>
    all.some((each) => each.task === row.task && each.outcome === outcome)
  const ok = (wanted: readonly string[], ...values: (string | null | undefined)[]): boolean =>
    wanted.length === 0 ||
    values.some((value) => typeof value === 'string' && wanted.includes(value))
  return (
    (filter.text === '' || row.trace % 2 === 0) &&
    ok(filter.outcomes, row.outcome) &&
    ok(filter.verdicts, found?.verdict) &&
    ok(filter.states, found?.state ?? 'none') &&
    ok(filter.detectors, ...row.detectors) &&
    ok(filter.tools, ...row.tools) &&
    ok(filter.agents, row.agent) &&
    ok(filter.models, row.model) &&
    ok(filter.tags, ...(found?.tags ?? [])) &&
    (filter.task === null || row.task === filter.task) &&
    (!filter.mixedOnly || (of('pass') && of('fail'))) &&
    (!filter.withErrors || row.errors > 0) &&
    (!filter.flagged || found?.isFlagged === true) &&
    row.steps >= (filter.minSteps ?? 0) &&
    row.steps <= (filter.maxSteps ?? Infinity)
  )
}

function keyOf(row: Row, sort: TraceSort): number | null {
  if (sort === 'added') return row.trace
  if (sort === 'task') return Number(row.task)
  if (sort === 'findings') return row.detectors.length
  return row[sort]
}

/** Orders by repeated choice of the first one left. */
function inOrder(rows: readonly Row[], sort: TraceSort, isDescending: boolean): Row[] {
  const left = [...rows]
  const isBefore = (a: Row, b: Row): boolean => {
    const [x, y] = [keyOf(a, sort), keyOf(b, sort)]
    if (x !== y && (x === null || y === null)) return y === null
    if (x !== y) return isDescending ? (x ?? 0) > (y ?? 0) : (x ?? 0) < (y ?? 0)
    if (sort === 'task' && a.trial !== b.trial) return a.trial < b.trial
    return a.trace < b.trace
  }
  const ordered: Row[] = []
  while (left.length > 0) {
    const first = left.reduce((best, each) => (isBefore(each, best) ? each : best))
    ordered.push(...left.splice(left.indexOf(first), 1))
  }
  return ordered
}

function storeOf(rows: readonly Row[]): Pick<Store, 'traces' | 'reviews'> {
  const set: Partial<TraceSetRecord> = { id: 's', state: 'ready' }
  // The lists ask for nothing else.
  return {
    traces: {
      set: () => set,
      changesOf: () => 0,
      listings: () => rows,
      search: () => new Set(rows.map(({ trace }) => trace).filter((trace) => trace % 2 === 0))
    },
    reviews: {
      newestByTrace: () =>
        new Map(rows.flatMap((row) => (row.review === null ? [] : [[row.trace, row.review]])))
    }
  } as unknown as Pick<Store, 'traces' | 'reviews'>
}

it('lets through and orders what a plain filter and sort do, page by page', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(listing, review), { maxLength: 14 }),
      filters,
      fc.constantFrom<TraceSort>('added', 'task', 'steps', 'reward', 'findings', 'tokens'),
      fc.boolean(),
      fc.nat({ max: 6 }),
      (list, filter, sort, isDescending, first) => {
        const rows = list.map(([each, found], i): Row => ({
          ...each,
          trace: i + 1,
          review: found as NewestReview | null
        }))
        const lists = createTraceLists(storeOf(rows))
        const expected = inOrder(
          rows.filter((row) => passes(row, filter, rows)),
          sort,
          isDescending
        ).map(({ trace }) => trace)
        const page = lists.list({ set: 's', filter, sort, isDescending, first, limit: 5 })
        expect(page.total).toBe(expected.length)
        expect(page.rows.map(({ trace }) => trace)).toEqual(expected.slice(first, first + 5))
        expect(lists.matching('s', filter, sort, isDescending).map(({ trace }) => trace)).toEqual(
          expected
        )
      }
    ),
    { numRuns: 300 }
  )
})

it('shows everything with the filter that a fresh list has', () => {
  expect(TraceFilter.parse({})).toEqual(noTraceFilter)
})
