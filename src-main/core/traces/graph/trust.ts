// May scores of decisions be shown? Only where they tell successful attempts from failures that they
// never saw: the area under the curve of mean log-probabilities, with a bootstrap interval.
import { percentile } from '../../compute/kernels/percentile.ts'
import { rankAuc } from '../../compute/kernels/rank-auc.ts'
import { createRandom } from '../../compute/random.ts'
import { CountsPlanner, type StepScore } from './counts-planner.ts'
import { leastPassingSteps, linearScores, mostLearnedAttempts } from './linear-planner.ts'
import type { StateWalk } from './state-keys.ts'

/** Attempts with a known outcome that are needed at least. */
export const leastAttempts = 8
/** What the lower end of the interval must be above. */
export const leastAuc = 0.6
const draws = 1000

/** Whether scores can be trusted, and why. */
export interface Trust {
  readonly isTrusted: boolean
  /** Attempts that passed or failed. */
  readonly attempts: number
  readonly passes: number
  /** Null where there is nothing to compare. */
  readonly auc: number | null
  /** Lower end of the 90 % bootstrap interval. */
  readonly low: number | null
  readonly scorer: 'counts' | 'learned'
  /** Why, for people. */
  readonly reason: 'few-attempts' | 'one-outcome' | 'weak' | 'trusted'
}

/** Scores of all decisions of all attempts, and whether to show them. */
export interface JudgedTask {
  readonly trust: Trust
  readonly steps: ReadonlyMap<number, readonly StepScore[]>
}

/** Scores attempts at a task, each with itself left out. */
export function judgeTask(
  walks: readonly StateWalk[],
  goal: string,
  seed: number,
  signal: AbortSignal
): JudgedTask {
  const counts = new CountsPlanner(walks)
  const steps = new Map(walks.map((walk) => [walk.trace, counts.score(walk)]))
  const byCounts = trustIn(walks, steps, 'counts', seed)
  const passingSteps = walks.reduce(
    (sum, { outcome, moves }) => sum + (outcome === 'pass' ? moves.length : 0),
    0
  )
  const cannot = byCounts.reason === 'few-attempts' || byCounts.reason === 'one-outcome'
  const isMuch = passingSteps >= leastPassingSteps && walks.length <= mostLearnedAttempts
  if (cannot || !isMuch) return { trust: byCounts, steps }
  const learned = linearScores(walks, goal, seed, signal)
  const learnedSteps = new Map(
    [...steps].map(([trace, list]): [number, StepScore[]] => [
      trace,
      list.map((score, at) => ({ ...score, logp: learned.get(trace)?.[at] ?? score.logp }))
    ])
  )
  const byLearning = trustIn(walks, learnedSteps, 'learned', seed)
  // The simpler one unless the learned one is surely no worse.
  return (byLearning.low ?? 0) > (byCounts.low ?? 0)
    ? { trust: byLearning, steps: learnedSteps }
    : { trust: byCounts, steps }
}

function trustIn(
  walks: readonly StateWalk[],
  steps: ReadonlyMap<number, readonly StepScore[]>,
  scorer: Trust['scorer'],
  seed: number
): Trust {
  const meanOf = (walk: StateWalk): number => {
    const scores = steps.get(walk.trace) ?? []
    return scores.reduce((sum, { logp }) => sum + logp, 0) / scores.length
  }
  const of = (outcome: StateWalk['outcome']): number[] =>
    walks.filter((walk) => walk.outcome === outcome && walk.moves.length > 0).map(meanOf)
  const [passes, fails] = [of('pass'), of('fail')]
  const attempts = passes.length + fails.length
  const about = { attempts, passes: passes.length, scorer, isTrusted: false }
  if (attempts < leastAttempts) return { ...about, auc: null, low: null, reason: 'few-attempts' }
  if (passes.length < 2 || fails.length < 2)
    return { ...about, auc: null, low: null, reason: 'one-outcome' }
  const random = createRandom(seed)
  const redraw = (values: readonly number[]): number[] =>
    values.map(() => values[random.below(values.length)])
  const areas = Array.from({ length: draws }, () => rankAuc(redraw(passes), redraw(fails)))
  const low = percentile(areas, 5)
  const isTrusted = low > leastAuc
  const reason = isTrusted ? 'trusted' : 'weak'
  return { ...about, isTrusted, auc: rankAuc(passes, fails), low, reason }
}
