// Which attempts come into the part of a queue that is not drawn from all, in which order, and why.
import type { QueuePlan } from '../../../../api/dto/trace-reviews.ts'
import type { Random } from '../../../compute/random.ts'
import { isMarked, likenessTo } from './alike.ts'
import type { Candidate, Pick } from './candidate.ts'
import { mixAtRandom, mixEvenly } from './mixing.ts'
import { evenQuotas } from './quotas.ts'
import { promiseOf, rarestTool, reasonsOf, usualOf, type Usual } from './reasons.ts'

/** An attempt with how early it is wanted: higher comes first. Why is only said of chosen ones. */
export interface Ranked {
  readonly candidate: Candidate
  readonly score: number
  why(): string
}

/** What a ranking looks at. */
export interface RankingInput {
  readonly plan: QueuePlan
  /** Attempts still to choose from. */
  readonly rest: readonly Candidate[]
  readonly scorer: Scorer
  readonly random: Random
}

/** Chooses `count` of the rest, in their order. */
export function rank(input: RankingInput, count: number): Pick[] {
  const { plan, random } = input
  const ranked = scored(input)
  if (plan.order !== 'informative') return ordered(plan, balanced(plan, ranked, count, []), random)
  const control = controlSample(ranked, count, random.fork('control'))
  const chosen = new Set(control.map(({ candidate }) => candidate.trace))
  const others = ranked.filter(({ candidate }) => !chosen.has(candidate.trace))
  const wanted = balanced(plan, others, count, control)
  return mixAtRandom<Pick>(control, ordered(plan, wanted, random), random.fork('control places'))
}

/** Scores attempts by the plan's order, best first; equal ones stay in their order. */
export type Scorer = (candidates: readonly Candidate[]) => Ranked[]

const drawnWhy = 'It was drawn at random.'

/**
 * What there is to say about an attempt that was drawn from all: the same as of one that the plan's
 * order chose, so that no place gives away how it was drawn.
 */
export function plainWhy({ order }: QueuePlan, scorer: Scorer): (candidate: Candidate) => string {
  // "Among the oldest" would not be true of it.
  return order === 'oldest' ? () => drawnWhy : (candidate) => scorer([candidate])[0].why()
}

/** Scored, with ties in random order. */
function scored({ rest, scorer, random }: RankingInput): Ranked[] {
  return scorer([...random.fork('ties').sample(rest.length, rest.length)].map((i) => rest[i]))
}

/** The scorer of a plan in a set of attempts; `marked` are what others are to be like. */
export function scorerOf(
  { order, isBalanced }: QueuePlan,
  all: readonly Candidate[],
  marked: readonly Candidate[]
): Scorer {
  if (order === 'random') return plainly(() => 0, drawnWhy)
  // Without a time it counts as added: earlier numbers first, after all that have one.
  if (order === 'oldest')
    return plainly(
      ({ startedAt, trace }) => (startedAt === null ? -1e15 - trace : -startedAt),
      'It is among the oldest.'
    )
  return order === 'like-marked' ? alikeScorer(all, marked) : promiseScorer(all, isBalanced)
}

function plainly(score: (candidate: Candidate) => number, why: string): Scorer {
  return (candidates) =>
    byScore(candidates.map((candidate) => ({ candidate, score: score(candidate), why: () => why })))
}

function byScore(ranked: Ranked[]): Ranked[] {
  return ranked.sort((a, b) => b.score - a.score)
}

function alikeScorer(all: readonly Candidate[], marked: readonly Candidate[]): Scorer {
  const likeness = likenessTo(marked, all)
  const toRanked = (candidate: Candidate): Ranked => {
    // Those that were marked themselves come last: they are known.
    if (isMarked(candidate)) return { candidate, score: -1, why: () => 'You marked it yourself.' }
    const score = likeness.score(candidate)
    const why = (): string =>
      score > 0
        ? `It is like attempts you marked: ${likeness.words(candidate).slice(0, 3).join(', ')}.`
        : 'It has nothing in common with those you marked; it fills up the queue.'
    return { candidate, score, why }
  }
  return (candidates) => byScore(candidates.map(toRanked))
}

function promiseScorer(all: readonly Candidate[], isBalanced: boolean): Scorer {
  const usual = usualOf(all)
  const toRanked = (candidate: Candidate): Ranked => {
    const score = promiseOf(candidate, usual)
    return {
      candidate,
      // What was reviewed before teaches less than anything that was not.
      score: candidate.state === 'done' ? score / 1000 : score,
      why: () => reasonsOf(candidate, usual).slice(0, 2).join(' ') || 'Nothing about it stands out.'
    }
  }
  return (candidates) => {
    const ranked = byScore(candidates.map(toRanked))
    return isBalanced ? spread(ranked, usual) : ranked
  }
}

/**
 * Lowers further attempts at a task that has come up, and a little those whose rarest tool has:
 * twenty attempts at one task teach less than attempts at twenty.
 */
function spread(ranked: readonly Ranked[], usual: Usual): Ranked[] {
  // A failure and a success of one task belong together: they are counted apart.
  const ofTask = counter()
  const ofTool = counter()
  return byScore(
    ranked.map(({ candidate, score, why }) => {
      const task = ofTask(`${candidate.outcome} ${candidate.task}`)
      const tool = ofTool(rarestTool(candidate, usual) ?? '')
      return { candidate, score: score / (1 + task) / (1 + 0.25 * Math.log2(1 + tool)), why }
    })
  )
}

/** How often a key has come up before. */
function counter(): (key: string) => number {
  const seen = new Map<string, number>()
  return (key) => {
    const before = seen.get(key) ?? 0
    seen.set(key, before + 1)
    return before
  }
}

/** A tenth: successes at random, which show what checks miss and where they are wrong. */
function controlSample(ranked: readonly Ranked[], count: number, random: Random): Pick[] {
  const passes = ranked.filter(({ candidate }) => candidate.outcome === 'pass')
  const wanted = Math.min(passes.length, Math.round(0.1 * count))
  return [...random.sample(passes.length, wanted)].map((i) => ({
    candidate: passes[i].candidate,
    why: 'A solved attempt at random, to see what the checks miss.'
  }))
}

const outcomes = ['pass', 'fail', 'partial', 'unknown'] as const

/** The best of each outcome in even numbers, or simply the best; `taken` count as chosen. */
function balanced(
  { isBalanced, order }: QueuePlan,
  ranked: readonly Ranked[],
  count: number,
  taken: readonly Pick[]
): readonly (readonly Ranked[])[] {
  // What is like marked ones is of their outcome: evening it out would bring in what is not.
  if (!isBalanced || order === 'like-marked') return [ranked.slice(0, count - taken.length)]
  const lists = outcomes.map((outcome) =>
    ranked.filter(({ candidate }) => candidate.outcome === outcome)
  )
  const known = outcomes.map(
    (outcome) => taken.filter(({ candidate }) => candidate.outcome === outcome).length
  )
  const quotas = evenQuotas(
    lists.map((list, i) => list.length + known[i]),
    count,
    known
  )
  return lists.map((list, i) => list.slice(0, quotas[i] - known[i]))
}

/** Chosen lists as one, by the plan's order. */
function ordered(
  { order }: QueuePlan,
  lists: readonly (readonly Ranked[])[],
  random: Random
): Pick[] {
  const all = lists.flat()
  const inOrder = (): readonly Ranked[] => {
    if (order === 'informative') return mixEvenly(lists.filter((list) => list.length > 0))
    if (order !== 'random') return byScore(all)
    return [...random.fork('order').sample(all.length, all.length)].map((i) => all[i])
  }
  return inOrder().map(({ candidate, why }) => ({ candidate, why: why() }))
}
