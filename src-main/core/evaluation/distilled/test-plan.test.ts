// The plan of a test: nothing is chosen on test items, every cell gets the same budget, and units are
// the same after a stop.
import { expect, it } from 'vitest'
import {
  accuraciesOf,
  cellOf,
  choosingUnits,
  chosenArm,
  chosenRate,
  testUnits,
  unitCount,
  type TestPlan,
  type TestUnit,
  type UnitResults
} from './test-plan.ts'

const plan: TestPlan = {
  seed: 5,
  repeats: 3,
  arms: ['distilled-soft', 'distilled-hard', 'random-soft', 'random-hard', 'equal-bytes', 'all'],
  hasOther: true,
  hasOpposite: true,
  rates: [0.3, 1, 3]
}

/** Runs all units of a plan in rounds, as a job does; later ones appear once earlier ones are done. */
function runAll(
  plan: TestPlan,
  accuracy: (unit: TestUnit) => number
): { readonly results: UnitResults; readonly order: TestUnit[] } {
  const results: Record<string, number> = {}
  const order: TestUnit[] = []
  const run = (units: readonly TestUnit[]): void => {
    for (const unit of units.filter(({ key }) => results[key] === undefined)) {
      results[unit.key] = accuracy(unit)
      order.push(unit)
    }
  }
  run(choosingUnits(plan, results))
  run(choosingUnits(plan, results))
  run(testUnits(plan, results))
  return { results, order }
}

it('chooses step sizes and the arm on validation items, each cell with the same budget', () => {
  const best: Record<string, number> = { 'distilled-soft': 3, 'random-hard': 0.3 }
  const { results, order } = runAll(plan, ({ arm, rate, on }) => {
    // On test items the choice would be another one.
    if (on === 'test') return arm === 'distilled-hard' ? 0.9 : 0.4
    return (arm === 'distilled-soft' ? 0.6 : 0.5) + (rate === (best[arm] ?? 1) ? 0.1 : 0)
  })
  expect(chosenArm(plan, results)).toBe('distilled-soft')
  expect(chosenRate(plan, results, cellOf('distilled-soft'))).toBe(3)
  expect(chosenRate(plan, results, cellOf('random-hard'))).toBe(0.3)
  expect(chosenRate(plan, results, cellOf('equal-bytes'))).toBe(1)
  const validation = order.filter(({ on }) => on === 'validation')
  const cells = new Map<string, number>()
  for (const { arm, network, augmentation } of validation) {
    const cell = `${arm}/${network}/${augmentation}`
    cells.set(cell, (cells.get(cell) ?? 0) + 1)
  }
  // Five arms, two on the other network, two with the opposite augmentation; all data only once.
  expect(cells.size).toBe(9)
  expect([...cells.values()].every((count) => count === 3)).toBe(true)
  expect(order.every(({ arm, on }) => arm !== 'all' || on === 'test')).toBe(true)
  expect(order).toHaveLength(unitCount(plan))
  expect(new Set(order.map(({ key }) => key)).size).toBe(order.length)
  expect(accuraciesOf(plan, results, cellOf('all'))).toHaveLength(1)
  expect(accuraciesOf(plan, results, cellOf('random-hard', { network: 'other' }))).toHaveLength(3)
  const opposite = cellOf('random-soft', { augmentation: 'opposite' })
  expect(accuraciesOf(plan, results, opposite)).toHaveLength(3)
})

it('doubles nothing unless the opposite augmentation is asked for', () => {
  const plain: TestPlan = { ...plan, hasOpposite: false }
  const { order } = runAll(plain, () => 0.5)
  expect(order.every(({ augmentation }) => augmentation === 'own')).toBe(true)
  expect(order).toHaveLength(unitCount(plain))
  expect(unitCount(plan) - unitCount(plain)).toBe(2 * 3 + 2 * 3)
})

it('chooses nothing where there is nothing to choose', () => {
  const simple: TestPlan = {
    seed: 1,
    repeats: 2,
    arms: ['distilled-hard', 'random-hard'],
    hasOther: false,
    rates: [1]
  }
  expect(choosingUnits(simple, {})).toEqual([])
  expect(testUnits(simple, {}).map(({ rate }) => rate)).toEqual([1, 1, 1, 1])
  expect(unitCount(simple)).toBe(4)
})

it('uses the same seeds on both sides of every comparison', () => {
  const { order } = runAll(plan, () => 0.5)
  const seeds = (arm: string, network: string): number[] =>
    order
      .filter((unit) => unit.on === 'test' && unit.arm === arm && unit.network === network)
      .filter(({ augmentation }) => augmentation === 'own')
      .map(({ seed }) => seed)
  expect(seeds('distilled-soft', 'main')).toEqual(seeds('random-hard', 'main'))
  expect(new Set(seeds('random-hard', 'main')).size).toBe(3)
  expect(seeds('random-hard', 'other')).toEqual(seeds('random-hard', 'main'))
})
