import { describe, expect, it } from 'vitest'
import { planRounds, type RoundPlan } from './round-plan.ts'

function roundsOf(budget: number, rounds: number, after: number): RoundPlan[] {
  const plan = planRounds({ budget, rounds, leastGain: 1e-4 })
  const all: RoundPlan[] = []
  for (let next = plan.next(); next !== undefined; next = plan.next()) {
    all.push(next)
    plan.tell(1, after)
  }
  return all
}

describe('the plan of a pursuit', () => {
  it.each([1, 2, 3, 30])('fills the budget within %i rounds, however large it is', (rounds) => {
    for (const budget of [1, 5, 64, 2000, 50_000]) {
      const all = roundsOf(budget, rounds, 0.5)
      expect(all.length).toBe(rounds)
      expect(all.at(-1)?.size).toBe(budget)
      all.forEach(({ size, width, candidates }, i) => {
        expect(size).toBeGreaterThanOrEqual(all[i - 1]?.size ?? 1)
        expect(width).toBeGreaterThanOrEqual(size - (all[i - 1]?.size ?? 0))
        expect(candidates).toBeGreaterThanOrEqual(width)
      })
    }
  })

  it('exchanges fewer and fewer, then stops, when nothing helps', () => {
    const full = roundsOf(10, 200, 0.99).filter(({ size }, i, all) => all[i - 1]?.size === size)
    expect(full.map(({ width }) => width)).toEqual([20, 5, 1])
    const large = roundsOf(2000, 200, 0.99).filter(({ size }, i, all) => all[i - 1]?.size === size)
    expect(large.map(({ width }) => width)).toEqual([300, 75])
  })
})
