// Lists of attempts: filtered, sorted and counted over columns of a whole set that are kept in memory
// until the set changes.
import type {
  TraceBoard,
  TraceFacets,
  TraceFilter,
  TraceList,
  TraceListRequest,
  TraceRow,
  TraceSetSummary,
  TraceSort
} from '../../../api/dto/trace-sets.ts'
import type { NewestReview, ReviewRepository } from '../../store/review-records.ts'
import type {
  HiddenCount,
  TraceListing,
  TraceRepository,
  TraceReads,
  TraceSetRecord
} from '../../store/trace-records.ts'
import { ratesOf } from '../detectors/registry.ts'
import { sorted, testOf } from './filter-listings.ts'
import { requireSet } from './load-trace.ts'

/** Lists over an open project. All throw AppError "dataset-not-found" for a set that is not there. */
export interface TraceLists {
  /** Attempts that a filter lets through, sorted. */
  matching(
    set: string,
    filter: TraceFilter,
    sort?: TraceSort,
    isDescending?: boolean
  ): readonly TraceListing[]
  list(request: TraceListRequest): TraceList
  /** Rows of attempts of one set, in the given order; those that are not there are left out. */
  rows(set: string, traces: readonly number[]): TraceRow[]
  facets(set: string): TraceFacets
  board(set: string, filter: TraceFilter, first: number, limit: number): TraceBoard
  summary(set: string): TraceSetSummary
}

interface Columns {
  readonly changes: number
  readonly listings: readonly TraceListing[]
  readonly byTrace: ReadonlyMap<number, TraceListing>
  /** Place of each task in the order people expect: 2 before 10. */
  readonly taskRank: ReadonlyMap<string, number>
  /** Tasks that were both solved and failed. */
  readonly mixed: ReadonlySet<string>
}

type Reviews = ReadonlyMap<number, NewestReview>

/** What lists are made of: the open project, or a reader in a compute thread. */
export interface ListedStore {
  readonly traces: TraceReads & Pick<TraceRepository, 'changesOf'>
  readonly reviews: Pick<ReviewRepository, 'newestByTrace' | 'tags'>
}

/** Sets whose columns are kept at once. */
const keptSets = 3

/** Lists of the project `store` has open. */
export function createTraceLists(store: ListedStore): TraceLists {
  const kept = new Map<string, Columns>()
  const facets = new WeakMap<Columns, FoundValues>()

  function columnsOf(set: string): Columns {
    requireSet(store, set)
    const changes = store.traces.changesOf(set)
    const known = kept.get(set)
    const columns =
      known?.changes === changes ? known : makeColumns(store.traces.listings(set), changes)
    kept.delete(set)
    kept.set(set, columns)
    for (const oldest of kept.keys()) if (kept.size > keptSets) kept.delete(oldest)
    return columns
  }
  function filtered(set: string, filter: TraceFilter, reviews: Reviews): readonly TraceListing[] {
    const columns = columnsOf(set)
    const found = filter.text === '' ? undefined : store.traces.search(set, filter.text)
    return columns.listings.filter(testOf(filter, columns.mixed, reviews, found))
  }
  // Small, and asked for all sets at once.
  const summaries = new Map<string, { changes: number; base: BaseSummary }>()
  const baseOf = (set: string): BaseSummary =>
    summaryOf(store, requireSet(store, set), columnsOf(set))
  const reviewsOf = (set: string): Reviews => store.reviews.newestByTrace(set)

  return {
    matching: (set, filter, sort = 'added', isDescending = false) =>
      sorted(filtered(set, filter, reviewsOf(set)), columnsOf(set).taskRank, sort, isDescending),
    list({ set, filter, sort, isDescending, first, limit }) {
      const reviews = reviewsOf(set)
      const all = sorted(
        filtered(set, filter, reviews),
        columnsOf(set).taskRank,
        sort,
        isDescending
      )
      const rows = all.slice(first, first + limit)
      return { total: all.length, rows: rows.map((row) => toRow(row, reviews)) }
    },
    rows(set, traces) {
      const { byTrace } = columnsOf(set)
      const reviews = reviewsOf(set)
      return traces.flatMap((trace) => {
        const listing = byTrace.get(trace)
        return listing === undefined ? [] : [toRow(listing, reviews)]
      })
    },
    facets(set) {
      const columns = columnsOf(set)
      const found = facets.get(columns) ?? foundValues(columns.listings)
      facets.set(columns, found)
      return {
        ...found,
        tags: store.reviews.tags(set).map(({ tag, count }) => ({ value: tag, count }))
      }
    },
    board(set, filter, first, limit) {
      const reviews = reviewsOf(set)
      const columns = columnsOf(set)
      const found = sorted(filtered(set, filter, reviews), columns.taskRank, 'task', false)
      const tasks = [...Map.groupBy(found, ({ task }) => task)]
      return {
        total: tasks.length,
        tasks: tasks.slice(first, first + limit).map(([task, attempts]) => ({
          task,
          goal: attempts[0].goal,
          attempts: attempts.map(({ trace, trial, outcome }) => ({
            trace,
            trial,
            outcome,
            state: reviews.get(trace)?.state ?? 'none'
          }))
        }))
      }
    },
    summary(set) {
      const changes = store.traces.changesOf(set)
      const known = summaries.get(set)
      const base = known?.changes === changes ? known.base : baseOf(set)
      summaries.set(set, { changes, base })
      const done = [...reviewsOf(set).values()].filter(({ state }) => state === 'done')
      return { ...base, reviewed: done.length }
    }
  }
}

type BaseSummary = Omit<TraceSetSummary, 'reviewed'>

function summaryOf(
  { traces }: Pick<ListedStore, 'traces'>,
  { id, name, createdAt, isStale }: TraceSetRecord,
  { listings, taskRank, mixed }: Columns
): BaseSummary {
  const ready = traces.parts(id).filter(({ state }) => state === 'ready')
  const formats = ready.flatMap(({ part }) => traces.sources(part))
  const sum = (value: (listing: TraceListing) => number): number =>
    listings.reduce((total, listing) => total + value(listing), 0)
  const outcome = (wanted: TraceListing['outcome']): number =>
    sum((listing) => (listing.outcome === wanted ? 1 : 0))
  return {
    set: id,
    name,
    createdAt,
    formats: [...new Set(formats.map(({ formatName }) => formatName))],
    traces: listings.length,
    tasks: taskRank.size,
    mixedTasks: mixed.size,
    events: sum(({ events }) => events),
    steps: sum(({ steps }) => steps),
    sizeBytes: sum(({ sizeBytes }) => sizeBytes),
    outcomes: {
      pass: outcome('pass'),
      fail: outcome('fail'),
      partial: outcome('partial'),
      unknown: outcome('unknown')
    },
    problems: traces.problemCount(id),
    secrets: joinCounts(ready.flatMap(({ secrets }) => secrets)),
    isDeriving: isStale
  }
}

function makeColumns(listings: readonly TraceListing[], changes: number): Columns {
  const order = new Intl.Collator('en', { numeric: true })
  const tasks = Map.groupBy(listings, ({ task }) => task)
  const has = (attempts: readonly TraceListing[], outcome: TraceListing['outcome']): boolean =>
    attempts.some((each) => each.outcome === outcome)
  return {
    changes,
    listings,
    byTrace: new Map(listings.map((listing) => [listing.trace, listing])),
    taskRank: new Map([...tasks.keys()].sort(order.compare).map((task, rank) => [task, rank])),
    mixed: new Set(
      [...tasks].flatMap(([task, attempts]) =>
        has(attempts, 'pass') && has(attempts, 'fail') ? [task] : []
      )
    )
  }
}

const shownFindings = 4

function toRow(listing: TraceListing, reviews: Reviews): TraceRow {
  const { trace, name, task, goal, trial, agent, model, outcome, reward } = listing
  const { steps, events, errors, startedAt, durationMs, tokens, detectors } = listing
  const review = reviews.get(listing.trace)
  return {
    ...{ trace, name, task, goal, trial, agent, model, outcome, reward },
    ...{ steps, events, errors, startedAt, durationMs, tokens },
    findings: detectors.slice(0, shownFindings),
    state: review?.state ?? 'none',
    verdict: review?.verdict ?? null,
    isFlagged: review?.isFlagged ?? false
  }
}

/** Facets but for those that change with reviews. */
type FoundValues = Omit<TraceFacets, 'tags'>

function foundValues(listings: readonly TraceListing[]): FoundValues {
  const of = (wanted: TraceListing['outcome']): readonly TraceListing[] =>
    listings.filter(({ outcome }) => outcome === wanted)
  const firing = (among: readonly TraceListing[]): ReadonlyMap<string, number> =>
    countValues(countEach(among, ({ detectors }) => detectors))
  return {
    tools: ranked(countValues(countEach(listings, ({ tools }) => tools))),
    agents: ranked(countEach(listings, ({ agent }) => agent)),
    models: ranked(countEach(listings, ({ model }) => model)),
    detectors: ratesOf(firing(of('fail')), firing(of('pass'))),
    mostSteps: listings.reduce((most, { steps }) => Math.max(most, steps), 0)
  }
}

/** How often each value comes up; null does not count. */
function countEach<T>(
  listings: readonly TraceListing[],
  valueOf: (listing: TraceListing) => T | null
): Map<T, number> {
  const counts = new Map<T, number>()
  for (const listing of listings) {
    const value = valueOf(listing)
    if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

/** Counts of the values of lists. Equal lists of listings are one list, so that there are few. */
function countValues(lists: ReadonlyMap<readonly string[], number>): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [values, times] of lists)
    for (const value of new Set(values)) counts.set(value, (counts.get(value) ?? 0) + times)
  return counts
}

/** Most frequent first. */
function ranked(counts: ReadonlyMap<string, number>): { value: string; count: number }[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
}

/** Counts by kind, most frequent first. */
export function joinCounts(counts: readonly HiddenCount[]): HiddenCount[] {
  const sums = new Map<string, number>()
  for (const { kind, count } of counts) sums.set(kind, (sums.get(kind) ?? 0) + count)
  return [...sums].map(([kind, count]) => ({ kind, count })).sort((a, b) => b.count - a.count)
}
