// The search for labels on made-up accuracies: what is tried, and what wins.
import { describe, expect, it } from 'vitest'
import {
  plannedEpochs,
  plannedTrials,
  searchLabels,
  type MeasuredTrial,
  type SearchOutcome,
  type SearchPlan,
  type Trial
} from './search.ts'

const plan: SearchPlan = {
  moments: [1, 2, 3, 4],
  taus: [1, 0.5],
  rates: [0.01, 0.05],
  teacherShares: [0.75, 0.5],
  screenEpochs: 10,
  epochs: 100,
  finalists: 2,
  students: 2
}

async function runSearch(
  given: SearchPlan,
  accuracyOf: (trial: Trial) => number
): Promise<{ outcome: SearchOutcome; seen: MeasuredTrial[] }> {
  const seen: MeasuredTrial[] = []
  const run = searchLabels(given, async function* (trial): AsyncGenerator<never, number, void> {
    yield* []
    return accuracyOf(trial)
  })
  for (;;) {
    const step = await run.next()
    if (step.done === true) return { outcome: step.value, seen }
    seen.push(step.value)
  }
}

/** Best at moment 3, tau 0.5, rate 0.05, three quarters of the helper model. */
function hill({ labels, rate }: Trial): number {
  if (labels === undefined) return rate === 0.01 ? 0.6 : 0.5
  const { moment, tau, teacherShare } = labels
  return (
    0.7 -
    0.02 * (moment - 3) ** 2 -
    0.01 * Math.abs(tau - 0.5) -
    0.1 * Math.abs(rate - 0.05) -
    0.1 * Math.abs(teacherShare - 0.75)
  )
}

describe('the search for labels', () => {
  it('finds the best epoch, temperature, rate and weight, with the trials it planned', async () => {
    const { outcome, seen } = await runSearch(plan, hill)
    expect(outcome.best.labels).toEqual({ moment: 3, tau: 0.5, teacherShare: 0.75 })
    expect(outcome.best.rate).toBe(0.05)
    expect(outcome.bestPlain.rate).toBe(0.01)
    expect(seen).toEqual(outcome.trials)
    expect(seen).toHaveLength(plannedTrials(plan))
    expect(seen.reduce((sum, { epochs, students }) => sum + epochs * students, 0)).toBe(
      plannedEpochs(plan)
    )
    expect(outcome.screen).toHaveLength(8)
    expect(outcome.screen.every(({ epochs }) => epochs === 10)).toBe(true)
  })

  it('says plain labels are better where they are, and where both are equal', async () => {
    const weak = await runSearch(plan, (trial) => hill(trial) - (trial.labels ? 0.2 : 0))
    expect(weak.outcome.best.labels).toBeUndefined()
    expect(weak.outcome.best).toBe(weak.outcome.bestPlain)
    expect(weak.outcome.bestSoft.labels).toBeDefined()
    const even = await runSearch(plan, () => 0.5)
    expect(even.outcome.best.labels).toBeUndefined()
  })

  it('gives a helper model that is asked as many tries as labels stored once', async () => {
    const asking = { ...plan, asks: true }
    const better = (trial: Trial): number =>
      hill(trial) + (trial.labels?.isAsked === true ? 0.1 : 0)
    const { outcome, seen } = await runSearch(asking, better)
    expect(outcome.best.labels).toEqual({ moment: 3, tau: 0.5, teacherShare: 0.75, isAsked: true })
    expect(seen).toHaveLength(plannedTrials(asking))
    expect(seen.reduce((sum, { epochs, students }) => sum + epochs * students, 0)).toBe(
      plannedEpochs(asking)
    )
    const soft = seen.filter(({ labels }) => labels?.teacherShare === 1)
    const asked = soft.filter(({ labels }) => labels?.isAsked === true)
    expect(asked).toHaveLength(soft.length / 2)
    // Labels stored once are tried just as they are without it.
    const alone = (await runSearch(plan, better)).seen.filter(
      (one) => one.labels?.teacherShare === 1
    )
    expect(soft.filter(({ labels }) => labels?.isAsked !== true)).toEqual(alone)
  })

  it('leaves the short trainings out where all labels go on anyway', async () => {
    const small = { ...plan, moments: [2], taus: [1], teacherShares: [] }
    const { outcome } = await runSearch(small, hill)
    expect(outcome.screen).toHaveLength(0)
    expect(outcome.trials).toHaveLength(plannedTrials(small))
    await expect(runSearch({ ...plan, moments: [] }, hill)).rejects.toThrow(RangeError)
  })
})
