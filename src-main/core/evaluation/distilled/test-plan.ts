// What is trained to judge a tiny set: sets (arms) x networks x rates x repeats, cut into units that
// can be run in any order and again. Rates and the arm that counts are chosen on validation items;
// only then do units on test items exist.
import type { DistilArm } from '../../../api/dto/distil.ts'
import { mean } from '../../compute/statistics.ts'
import { repeatSeed } from '../draws.ts'

/** The network whose verdict counts, or the other kind. */
export type TestedNetwork = 'main' | 'other'

/** Pictures changed while they are learned as the set's recipe says, or just the other way. */
export type TestedAugmentation = 'own' | 'opposite'

/** What is to be compared. */
export interface TestPlan {
  readonly seed: number
  readonly repeats: number
  readonly arms: readonly DistilArm[]
  readonly hasOther: boolean
  /**
   * Also with the opposite augmentation, for the augmentation-robust score: the arm that counts and
   * the random items it is compared with are trained twice as often.
   */
  readonly hasOpposite?: boolean
  /** Step sizes tried, as multiples of the recipe's own. */
  readonly rates: readonly number[]
}

/** Students that are compared with each other by their repeats. */
export interface TestCell {
  readonly arm: DistilArm
  readonly network: TestedNetwork
  readonly augmentation: TestedAugmentation
}

/** One training with one reading of accuracy. */
export interface TestUnit extends TestCell {
  /** Unique within a plan, and the same after a stop. */
  readonly key: string
  /** Multiple of the recipe's step size. */
  readonly rate: number
  readonly repeat: number
  readonly seed: number
  readonly on: 'validation' | 'test'
}

/** Finished units by key. */
export type UnitResults = Readonly<Record<string, number>>

/** The arm's students on the main network, trained as the recipe says, unless told otherwise. */
export function cellOf(arm: DistilArm, more: Partial<TestCell> = {}): TestCell {
  return { arm, network: 'main', augmentation: 'own', ...more }
}

function unit(
  plan: TestPlan,
  cell: TestCell,
  { rate, repeat, on }: Pick<TestUnit, 'rate' | 'repeat' | 'on'>
): TestUnit {
  const { arm, network, augmentation } = cell
  const suffix = augmentation === 'own' ? '' : '/opposite'
  const key = `${on}/${arm}/${network}/${rate}/${repeat}${suffix}`
  return { ...cell, rate, repeat, on, seed: repeatSeed(plan.seed, repeat), key }
}

/** Trained once, at its own rate: what all data gives is a landmark, not a competitor. */
function isLandmark(arm: DistilArm): boolean {
  return arm === 'all'
}

/** Every cell tries the same step sizes, one student each: the same budget. */
function validationUnits(plan: TestPlan, cells: readonly TestCell[]): TestUnit[] {
  return cells
    .filter(({ arm }) => !isLandmark(arm))
    .flatMap((cell) =>
      plan.rates.map((rate) => unit(plan, cell, { rate, repeat: 0, on: 'validation' }))
    )
}

/** Choosing costs nothing where there is one rate and one arm to choose from. */
function needsChoice(plan: TestPlan): boolean {
  return plan.rates.length > 1 || ownArms(plan).length > 1
}

function ownArms({ arms }: TestPlan): DistilArm[] {
  return arms.filter((arm) => arm === 'distilled-soft' || arm === 'distilled-hard')
}

/** Step size of a cell that did best on validation items; the recipe's own where none was tried. */
export function chosenRate(plan: TestPlan, results: UnitResults, cell: TestCell): number {
  let best = plan.rates.includes(1) ? 1 : plan.rates[0]
  let most = -1
  for (const tried of validationUnits(plan, [cell])) {
    const accuracy = results[tried.key]
    if (accuracy !== undefined && accuracy > most) {
      most = accuracy
      best = tried.rate
    }
  }
  return best
}

/** The set's own arm that did best on validation items: with soft or with plain labels. */
export function chosenArm(plan: TestPlan, results: UnitResults): DistilArm {
  const [first = 'distilled-hard', ...others] = ownArms(plan)
  const scoreOf = (arm: DistilArm): number =>
    Math.max(-1, ...validationUnits(plan, [cellOf(arm)]).map(({ key }) => results[key] ?? -1))
  return others.reduce((best, arm) => (scoreOf(arm) > scoreOf(best) ? arm : best), first)
}

/** Random real items with the same labels as an arm of the set: the same recipe on both sides. */
export function counterpart(plan: TestPlan, arm: DistilArm): DistilArm {
  return arm === 'distilled-soft' && plan.arms.includes('random-soft')
    ? 'random-soft'
    : 'random-hard'
}

/** Cells that depend on which arm counts: on the other network, and with opposite augmentation. */
function laterCells(plan: TestPlan, results: UnitResults): TestCell[] {
  const arm = chosenArm(plan, results)
  return [
    ...(plan.hasOther
      ? [cellOf(arm, { network: 'other' }), cellOf('random-hard', { network: 'other' })]
      : []),
    ...(plan.hasOpposite === true
      ? [arm, counterpart(plan, arm)].map((each) => cellOf(each, { augmentation: 'opposite' }))
      : [])
  ]
}

function mainCells(plan: TestPlan): TestCell[] {
  return plan.arms.map((arm) => cellOf(arm))
}

/** Units of choosing that can run now: first those that the rest depends on, then the rest. */
export function choosingUnits(plan: TestPlan, results: UnitResults): TestUnit[] {
  if (!needsChoice(plan)) return []
  const main = validationUnits(plan, mainCells(plan))
  if (main.some(({ key }) => results[key] === undefined)) return main
  return [...main, ...validationUnits(plan, laterCells(plan, results))]
}

/** The units on test items, once everything is chosen. */
export function testUnits(plan: TestPlan, results: UnitResults): TestUnit[] {
  return [...mainCells(plan), ...laterCells(plan, results)].flatMap((cell) =>
    Array.from({ length: isLandmark(cell.arm) ? 1 : plan.repeats }, (_, repeat) =>
      unit(plan, cell, {
        rate: isLandmark(cell.arm) ? 1 : chosenRate(plan, results, cell),
        repeat,
        on: 'test'
      })
    )
  )
}

/** How many units a plan has, for the progress bar. */
export function unitCount(plan: TestPlan): number {
  const later = (plan.hasOther ? 2 : 0) + (plan.hasOpposite === true ? 2 : 0)
  const tried = plan.arms.filter((arm) => !isLandmark(arm)).length + later
  const choosing = needsChoice(plan) ? tried * plan.rates.length : 0
  return choosing + tried * plan.repeats + (plan.arms.includes('all') ? 1 : 0)
}

/** Accuracies on test items of one cell, by repeat; empty when it was not trained. */
export function accuraciesOf(plan: TestPlan, results: UnitResults, cell: TestCell): number[] {
  return testUnits(plan, results)
    .filter(
      ({ arm, network, augmentation }) =>
        arm === cell.arm && network === cell.network && augmentation === cell.augmentation
    )
    .flatMap(({ key }) => results[key] ?? [])
}

/** Mean of {@link accuraciesOf}; undefined when it was not trained. */
export function meanAccuracy(
  plan: TestPlan,
  results: UnitResults,
  cell: TestCell
): number | undefined {
  const values = accuraciesOf(plan, results, cell)
  return values.length === 0 ? undefined : mean(values)
}
