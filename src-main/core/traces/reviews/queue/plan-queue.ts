// Plans a queue of reviews: a part drawn at random from all that match, which rates rest on, and a
// part by the plan's order, mixed so that no place gives away which it is. Pure and seeded.
import type { QueuePlan } from '../../../../api/dto/trace-reviews.ts'
import { createRandom } from '../../../compute/random.ts'
import type { PlaceRecord } from '../../../store/review-records.ts'
import { isMarked } from './alike.ts'
import type { Candidate } from './candidate.ts'
import { planMessages, randomCount, secondLookMessage, type PlanMessage } from './checks.ts'
import { mixAtRandom } from './mixing.ts'
import { placesOf, type Drawn } from './places.ts'
import { plainWhy, rank, scorerOf } from './ranking.ts'

/** A planned queue; no places when a message is an error. */
export interface PlannedQueue {
  readonly places: readonly PlaceRecord[]
  /** First looks, and those of them drawn at random from all. */
  readonly count: number
  readonly random: number
  readonly secondLooks: number
  readonly messages: readonly PlanMessage[]
}

/**
 * Plans from the attempts that match the plan's filter. `everyone` are all attempts of the set: they
 * say what is usual and which tasks are mixed, and those that were marked are what "like-marked"
 * looks for. The same input gives the same queue.
 */
export function planQueue(
  plan: QueuePlan,
  candidates: readonly Candidate[],
  everyone: readonly Candidate[] = candidates
): PlannedQueue {
  const marked = everyone.filter(isMarked)
  const messages = planMessages(plan, candidates, marked.length)
  if (messages.some(({ severity }) => severity === 'error'))
    return { places: [], count: 0, random: 0, secondLooks: 0, messages }
  const random = createRandom(plan.seed).fork('review queue')
  const count = Math.min(plan.count, candidates.length)
  const scorer = scorerOf(plan, everyone, marked)
  const why = plainWhy(plan, scorer)
  const drawn = [...random.fork('random').sample(candidates.length, randomCount(plan, count))].map(
    (i): Drawn => ({ candidate: candidates[i], why: why(candidates[i]), isRandom: true })
  )
  const known = new Set(drawn.map(({ candidate }) => candidate.trace))
  const rest = candidates.filter(({ trace }) => !known.has(trace))
  const input = { plan, rest, scorer, random: random.fork('rank') }
  const wanted = rank(input, count - drawn.length).map((it) => ({ ...it, isRandom: false }))
  const firsts = mixAtRandom<Drawn>(drawn, wanted, random.fork('places'))
  const looks = Math.round(plan.secondLook01 * count)
  const places = placesOf(firsts, looks, random.fork('second looks'))
  const secondLooks = places.length - firsts.length
  return {
    places,
    count,
    random: drawn.length,
    secondLooks,
    messages: [...messages, ...secondLookMessage(looks, secondLooks)]
  }
}
