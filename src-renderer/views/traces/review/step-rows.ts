// What the list of steps draws beside each title: brackets round equal calls, bars for durations,
// and the thin map of the whole attempt.
import type { ReviewBody } from '@api/dto/trace-reviews.ts'
import type { TraceStepView } from '@api/dto/trace-sets.ts'

/** Part of a bracket round equal calls in a row. */
export type Bracket = 'start' | 'middle' | 'end'

/** For each step inside a bracket: which part of it. */
export function bracketsOf(steps: readonly TraceStepView[]): ReadonlyMap<number, Bracket> {
  const found = new Map<number, Bracket>()
  steps.forEach(({ index, repeats }, at) => {
    if (repeats < 2 || found.has(index)) return
    const inside = steps.slice(at, at + repeats)
    inside.forEach((step, i) =>
      found.set(step.index, i === 0 ? 'start' : i === inside.length - 1 ? 'end' : 'middle')
    )
  })
  return found
}

/** Share of the longest step's duration, by its square root so that short ones can be told apart. */
export function durationShares(steps: readonly TraceStepView[]): ReadonlyMap<number, number> {
  const longest = steps.reduce((most, { durationMs }) => Math.max(most, durationMs ?? 0), 0)
  return new Map(
    steps.flatMap(({ index, durationMs }) =>
      durationMs === null || longest === 0
        ? []
        : [[index, Math.sqrt(Math.max(0, durationMs) / longest)] as const]
    )
  )
}

/** A mark on the map: where (0..1), how long (0..1), and what. */
export interface MapMark {
  readonly top: number
  readonly height: number
  readonly what: 'error' | 'write' | 'mark'
  readonly step: number
}

/** Most marks of one kind that are drawn: about one for each pixel. */
const mostMarks = 240

/** Marks of the map, those that fall on one place drawn once. */
export function mapMarks(steps: readonly TraceStepView[], body: ReviewBody): MapMark[] {
  const marked = new Set([...Object.keys(body.marks), ...Object.keys(body.corrections)].map(Number))
  for (const step of [body.firstWrong, body.decisive]) if (step !== null) marked.add(step)
  const tests = {
    error: ({ status }: TraceStepView): boolean => status === 'error',
    write: ({ effect }: TraceStepView): boolean => effect === 'write',
    mark: ({ index }: TraceStepView): boolean => marked.has(index)
  }
  const places = Math.min(steps.length, mostMarks)
  return (['error', 'write', 'mark'] as const).flatMap((what) => {
    const first = new Map<number, number>()
    steps.forEach((step, at) => {
      const place = Math.floor((at / steps.length) * places)
      if (tests[what](step) && !first.has(place)) first.set(place, step.index)
    })
    return [...first].map(([place, step]): MapMark => ({
      top: place / places,
      height: 1 / places,
      what,
      step
    }))
  })
}
