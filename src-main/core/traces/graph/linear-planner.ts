// A small learned scorer of decisions (tier 1): softmax over candidates with hashed features, trained
// on successful attempts by stochastic gradient descent. Candidates are decisions made in the state,
// untried ones of states the attempt was in before, so that going back can be the better choice, and
// the task's usual ones, so that a decision in an unknown state is not likely for want of others.
import { createRandom, hashString, type Random } from '../../compute/random.ts'
import { CountsPlanner } from './counts-planner.ts'
import type { StateWalk } from './state-keys.ts'

/** Steps of successful attempts it needs at least. */
export const leastPassingSteps = 200
/** Attempts up to which it is tried: counts of more say all it could. */
export const mostLearnedAttempts = 300

const buckets = 2 ** 14
const epochs = 10
const rate = 0.1
const decay = 1e-5
/** Untried decisions of earlier states among the candidates (the frontier's top K). */
const frontier = 16
/** Groups of attempts that are left out in turn. */
const folds = 5
/** Decisions a scorer is trained on; a few seconds are enough for what it adds to counts. */
const mostDecisions = 1500

/** Logarithm of the probability of each decision of each walk, by a scorer that never saw the walk. */
export function linearScores(
  walks: readonly StateWalk[],
  goal: string,
  seed: number,
  signal: AbortSignal
): Map<number, number[]> {
  const random = createRandom(seed)
  const order = random.sample(walks.length, walks.length)
  const scores = new Map<number, number[]>()
  const groups = Math.min(folds, walks.length)
  for (let fold = 0; fold < groups; fold++) {
    signal.throwIfAborted()
    const held = walks.filter((_, at) => order[at] % groups === fold)
    const others = walks.filter((_, at) => order[at] % groups !== fold)
    const model = train(others, goal, random.fork(`fold ${fold}`))
    for (const walk of held) scores.set(walk.trace, logps(model, walk))
  }
  return scores
}

interface Model {
  readonly weights: Float32Array
  readonly counts: CountsPlanner
  readonly goal: string
  /** Features that an action has wherever it is a candidate. */
  readonly ownFeatures: Map<string, readonly number[]>
}

function train(walks: readonly StateWalk[], goal: string, random: Random): Model {
  const counts = new CountsPlanner(walks)
  const ownFeatures = new Map<string, readonly number[]>()
  const model: Model = { weights: new Float32Array(buckets), counts, goal, ownFeatures }
  const passing = walks.filter(({ outcome }) => outcome === 'pass')
  const all = passing.flatMap((walk) => walk.moves.map((move, at) => ({ walk, move, at })))
  const drawn = random.sample(all.length, Math.min(all.length, mostDecisions))
  // What is shown of a walk does not count the walk itself, as it will be for walks never seen.
  const decisions = Array.from(drawn, (number) => {
    const { walk, move, at } = all[number]
    return model.counts.without(walk, () => {
      const { actions, features } = candidates(model, walk, at)
      return { features, right: actions.indexOf(move.action) }
    })
  })
  for (let epoch = 0; epoch < epochs; epoch++)
    for (const at of random.sample(decisions.length, decisions.length)) {
      const { features, right } = decisions[at]
      const shares = softmax(features.map((row) => dot(model.weights, row)))
      features.forEach((row, k) => {
        const slope = shares[k] - (k === right ? 1 : 0)
        for (const bucket of row)
          model.weights[bucket] -= rate * (slope + decay * model.weights[bucket])
      })
    }
  return model
}

function logps(model: Model, walk: StateWalk): number[] {
  return walk.moves.map((move, at) => {
    const { actions, features } = candidates(model, walk, at)
    const shares = softmax(features.map((row) => dot(model.weights, row)))
    return Math.log(Math.max(1e-12, shares[actions.indexOf(move.action)]))
  })
}

interface Candidates {
  readonly actions: readonly string[]
  /** Hashed features that are 1, by candidate. */
  readonly features: readonly (readonly number[])[]
}

/** Decisions that might have been made at move `at`; the one that was made is among them. */
function candidates(model: Model, walk: StateWalk, at: number): Candidates {
  const { counts } = model
  const { from, action } = walk.moves[at]
  const earlier = walk.moves.slice(0, at)
  const here = new Map(counts.choices(from))
  const tried = new Map<string, number>()
  for (const { action: done } of earlier) tried.set(done, (tried.get(done) ?? 0) + 1)
  const untried = [...new Set(earlier.map((move) => move.from))]
    .flatMap((state) => (state === from ? [] : counts.choices(state)))
    .filter(([key]) => !tried.has(key) && !here.has(key))
    .sort((a, b) => b[1] - a[1])
    .slice(0, frontier)
    .map(([key]) => key)
  const usual = counts.frequent(frontier)
  const actions = [...new Set([...here.keys(), ...untried, ...usual, action])]
  const last = at === 0 ? 'start' : walk.moves[at - 1].action
  const features = actions.map((key) => {
    const names = [
      `after ${last} ${key}`,
      `count ${Math.min(4, here.get(key) ?? 0)}`,
      `tried ${Math.min(3, tried.get(key) ?? 0)}`,
      `place ${Math.min(9, at)} ${key}`,
      `likely ${Math.round(2 * Math.log(counts.probability(from, last, key)))}`
    ]
    return [...names.map(bucketOf), ...ownFeatures(model, key)]
  })
  return { actions, features }
}

/** What an action is by itself: its tool, its words, and how many of them the goal has. */
function ownFeatures({ ownFeatures: known, goal }: Model, key: string): readonly number[] {
  const found = known.get(key)
  if (found !== undefined) return found
  const words = wordsOf(goal)
  const own = wordsOf(key).slice(0, 40)
  const overlap = own.filter((word) => words.includes(word)).length
  const tool = key.slice(0, Math.max(0, key.indexOf('|')))
  const names = [`action ${key}`, `tool ${tool}`, `overlap ${Math.min(4, overlap)}`]
  const made = [...names, ...own.map((word) => `word ${word}`)].map(bucketOf)
  known.set(key, made)
  return made
}

function bucketOf(name: string): number {
  return hashString(name) % buckets
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]{2,}/g) ?? []
}

function dot(weights: Float32Array, row: readonly number[]): number {
  let sum = 0
  for (const bucket of row) sum += weights[bucket]
  return sum
}

function softmax(scores: readonly number[]): number[] {
  const most = Math.max(...scores)
  const parts = scores.map((score) => Math.exp(score - most))
  const sum = parts.reduce((total, part) => total + part, 0)
  return parts.map((part) => part / sum)
}
