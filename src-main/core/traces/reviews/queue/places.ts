// Places of a queue: the random part among the others so that no place gives away which it is, and
// second looks well after the first ones.
import type { Random } from '../../../compute/random.ts'
import type { PlaceRecord } from '../../../store/review-records.ts'
import type { Pick } from './candidate.ts'

/** Fewest places between the first look at an attempt and the second. */
export const secondLookGap = 10

/** A pick and whether it was drawn at random from all. */
export interface Drawn extends Pick {
  readonly isRandom: boolean
}

/**
 * Places of a queue in order, with `looks` second looks at attempts drawn at random, each at least
 * {@link secondLookGap} places after the first; fewer where the queue is too short.
 */
export function placesOf(drawn: readonly Drawn[], looks: number, random: Random): PlaceRecord[] {
  const due = secondLooks(drawn.length, looks, random)
  const places: PlaceRecord[] = []
  const put = (index: number, pass: number): void => {
    const { candidate, isRandom, why } = drawn[index]
    places.push({ position: places.length, trace: candidate.trace, pass, isRandom, why })
  }
  const queue = createDueQueue()
  drawn.forEach((_, index) => {
    for (let next; (next = queue.take(places.length)) !== undefined;) put(next, 2)
    const after = due.get(index)
    if (after !== undefined) queue.add(index, places.length + after)
    put(index, 1)
  })
  // What is still waiting comes after the last first look, as soon as the gap lets it.
  const firsts = new Map(
    places.filter(({ pass }) => pass === 1).map((it) => [it.trace, it.position])
  )
  for (const index of queue.rest()) {
    const first = firsts.get(drawn[index].candidate.trace) ?? 0
    if (places.length - first >= secondLookGap) put(index, 2)
  }
  return places
}

/** Second looks that wait for their place. */
interface DueQueue {
  add(index: number, from: number): void
  /** One that is due at a position, the longest waiting first; undefined for none. */
  take(position: number): number | undefined
  /** All that were not taken, by index. */
  rest(): number[]
}

function createDueQueue(): DueQueue {
  const waiting = new Map<number, number[]>()
  const ready: number[] = []
  let taken = 0
  let looked = 0
  return {
    add(index, from) {
      waiting.set(from, [...(waiting.get(from) ?? []), index])
    },
    take(position) {
      for (; looked <= position; looked++) {
        ready.push(...(waiting.get(looked) ?? []))
        waiting.delete(looked)
      }
      return taken < ready.length ? ready[taken++] : undefined
    },
    rest: () => [...ready.slice(taken), ...[...waiting.values()].flat()].sort((a, b) => a - b)
  }
}

/** Which of the first looks come again, and how many places later at the earliest. */
function secondLooks(count: number, looks: number, random: Random): ReadonlyMap<number, number> {
  // Of those that the end of the first looks is far enough from; in a short queue, others too.
  const early = count - secondLookGap
  const possible =
    early >= looks ? early : Math.max(0, Math.min(count, count + looks - secondLookGap))
  const chosen = [...random.sample(possible, Math.min(looks, possible))].sort((a, b) => a - b)
  return new Map(
    chosen.map((index) => {
      const room = Math.max(1, count - index - secondLookGap)
      return [index, secondLookGap + random.below(room)]
    })
  )
}
