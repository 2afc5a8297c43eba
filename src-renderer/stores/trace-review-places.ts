// Where things are in an attempt: the next error or finding, which step an event belongs to, which
// rows are shown; and what is next in a queue. Arithmetic over what the app sent; nothing is read.
import type { QueueItem, QueueSummary, ReviewState } from '@api/dto/trace-reviews.ts'
import type { TraceEventKind, TraceStepView } from '@api/dto/trace-sets.ts'
import { TraceEventKind as Kinds } from '@api/dto/trace-sets.ts'

/** Kinds of events in the order the app numbers them. */
export const eventKinds: readonly TraceEventKind[] = Kinds.options

/** The kind of an event by its number. */
export function kindAt(kinds: Uint8Array, seq: number): TraceEventKind {
  return eventKinds[kinds[seq] ?? -1] ?? 'info'
}

/** How many events there are of each kind; kinds that do not occur are left out. */
export function kindCounts(kinds: Uint8Array): { kind: TraceEventKind; count: number }[] {
  const counts = new Array<number>(eventKinds.length).fill(0)
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1
  return eventKinds
    .map((kind, at) => ({ kind, count: counts[at] ?? 0 }))
    .filter(({ count }) => count > 0)
}

/**
 * Events that are shown, by number: all but those of hidden kinds and of side lines.
 * @param side numbers of the events of side lines
 */
export function shownEvents(
  kinds: Uint8Array,
  hidden: ReadonlySet<TraceEventKind>,
  side: readonly number[],
  withAbandoned: boolean
): number[] {
  const gone = new Uint8Array(kinds.length)
  if (!withAbandoned) for (const seq of side) gone[seq] = 1
  const shown: number[] = []
  for (let seq = 0; seq < kinds.length; seq++)
    if (gone[seq] === 0 && !hidden.has(kindAt(kinds, seq))) shown.push(seq)
  return shown
}

/** Steps in the list: without abandoned tries, where these are hidden. */
export function shownSteps(
  steps: readonly TraceStepView[],
  withAbandoned: boolean
): readonly TraceStepView[] {
  return withAbandoned ? steps : steps.filter(({ lane }) => lane === 0)
}

/** The step an event is part of, or that it answers; null for events before the first. */
export function stepOfEvent(steps: readonly TraceStepView[], seq: number): number | null {
  let low = 0
  let high = steps.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((steps[middle]?.from ?? 0) <= seq) low = middle + 1
    else high = middle
  }
  return low === 0 ? null : low - 1
}

/** The nearest place of a sorted list after (1) or before (-1) another; undefined at the end. */
export function nextPlace(
  places: readonly number[],
  from: number,
  direction: 1 | -1
): number | undefined {
  return direction === 1
    ? places.find((place) => place > from)
    : places.findLast((place) => place < from)
}

/** Steps that went wrong, by number. */
export function errorSteps(steps: readonly TraceStepView[]): number[] {
  return steps.filter(({ status }) => status === 'error').map(({ index }) => index)
}

/** Steps with findings, by number. */
export function findingSteps(steps: readonly TraceStepView[]): number[] {
  return steps.filter(({ findings }) => findings.length > 0).map(({ index }) => index)
}

/** Position in a sorted list at which a value is, or would be. */
export function positionOf(sorted: readonly number[], value: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) < value) low = middle + 1
    else high = middle
  }
  return low
}

/** First place of a queue after `after` that is not finished, around the end. */
export function nextToReview(items: readonly QueueItem[], after: number): QueueItem | undefined {
  // What enough other people have done is passed by.
  const open = items.filter(
    (one) => (one.state === 'none' && one.isTaken !== true) || one.state === 'draft'
  )
  return open.find((one) => one.position > after) ?? open[0]
}

/** A queue in short once the review of one of its places went from one state to another. */
export function withChange(
  queue: QueueSummary,
  from: QueueItem['state'],
  to: ReviewState
): QueueSummary {
  const count = (of: 'done' | 'skipped'): number =>
    queue[of] + (to === of ? 1 : 0) - (from === of ? 1 : 0)
  const done = count('done')
  const skipped = count('skipped')
  const secondsLeft = Math.max(0, (queue.total - done - skipped) * queue.secondsEach)
  return { ...queue, done, skipped, secondsLeft }
}
