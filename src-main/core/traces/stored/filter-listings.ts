// Which attempts of a set a filter lets through, and their order. Pure.
import type { TraceFilter, TraceSort } from '../../../api/dto/trace-sets.ts'
import type { NewestReview } from '../../store/review-records.ts'
import type { TraceListing } from '../../store/trace-records.ts'

type Test = (listing: TraceListing) => boolean

/** One test for a whole filter; what is not asked for is not looked at. */
export function testOf(
  filter: TraceFilter,
  mixed: ReadonlySet<string>,
  reviews: ReadonlyMap<number, NewestReview>,
  found: ReadonlySet<number> | undefined
): Test {
  const tests: Test[] = []
  const any = <T>(wanted: readonly T[], has: (listing: TraceListing, set: Set<T>) => boolean) => {
    const set = new Set(wanted)
    if (set.size > 0) tests.push((listing) => has(listing, set))
  }
  const { task, minSteps, maxSteps } = filter
  if (found !== undefined) tests.push(({ trace }) => found.has(trace))
  if (task !== null) tests.push((listing) => listing.task === task)
  any(filter.outcomes, ({ outcome }, set) => set.has(outcome))
  any(filter.agents, ({ agent }, set) => agent !== null && set.has(agent))
  any(filter.models, ({ model }, set) => model !== null && set.has(model))
  any(filter.tools, ({ tools }, set) => tools.some((tool) => set.has(tool)))
  any(filter.detectors, ({ detectors }, set) => detectors.some((each) => set.has(each)))
  any(filter.states, ({ trace }, set) => set.has(reviews.get(trace)?.state ?? 'none'))
  any(filter.verdicts, ({ trace }, set) => set.has(reviews.get(trace)?.verdict ?? ''))
  any(
    filter.tags,
    ({ trace }, set) => reviews.get(trace)?.tags.some((tag) => set.has(tag)) === true
  )
  if (filter.mixedOnly) tests.push((listing) => mixed.has(listing.task))
  if (filter.withErrors) tests.push(({ errors }) => errors > 0)
  if (filter.flagged) tests.push(({ trace }) => reviews.get(trace)?.isFlagged === true)
  if (minSteps !== null) tests.push(({ steps }) => steps >= minSteps)
  if (maxSteps !== null) tests.push(({ steps }) => steps <= maxSteps)
  return (listing) => tests.every((test) => test(listing))
}

/**
 * Listings in an order; `taskRank` is the place of each task. Equal ones stay in the order they were
 * added; what has no value comes last both ways.
 */
export function sorted(
  listings: readonly TraceListing[],
  taskRank: ReadonlyMap<string, number>,
  sort: TraceSort,
  isDescending: boolean
): readonly TraceListing[] {
  const sign = isDescending ? -1 : 1
  if (sort === 'added') return isDescending ? listings.toReversed() : listings
  if (sort === 'task')
    return listings.toSorted(
      (a, b) =>
        sign * ((taskRank.get(a.task) ?? 0) - (taskRank.get(b.task) ?? 0)) ||
        a.trial - b.trial ||
        a.trace - b.trace
    )
  const value = valueOf[sort]
  return listings.toSorted((a, b) => {
    const left = value(a)
    const right = value(b)
    if (left === null || right === null)
      return Number(left === null) - Number(right === null) || a.trace - b.trace
    return sign * (left - right) || a.trace - b.trace
  })
}

const valueOf: Readonly<
  Record<Exclude<TraceSort, 'added' | 'task'>, (listing: TraceListing) => number | null>
> = {
  steps: ({ steps }) => steps,
  reward: ({ reward }) => reward,
  findings: ({ detectors }) => detectors.length,
  tokens: ({ tokens }) => tokens
}
