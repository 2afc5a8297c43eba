// The learning curve of a check: how the accuracy of the fast linear model grows with the size of
// the set, for chosen, random and stratified items. Shows whether fewer would do, or more would help.
import type { LearningCurve } from '../../api/dto/runs.ts'
import type { CheckPlan } from './check.ts'
import { armInterval, meanSd } from './paired.ts'

/** Sizes as multiples of the chosen set's. */
const steps = [0.25, 0.5, 1, 2, 4]
/** Smaller sets tell nothing. */
const smallestSize = 2

/**
 * Sizes of the curve, ascending: a quarter, half, once, twice and four times the chosen set, below
 * the number of candidates (all of them are a line of their own) and within memory.
 */
export function curveSizes(plan: {
  readonly chosen: { readonly length: number }
  readonly candidates: { readonly length: number }
  readonly trainLimit: CheckPlan['trainLimit']
}): readonly number[] {
  const most = Math.min(plan.candidates.length - 1, plan.trainLimit.fingerprints)
  const sizes = steps.map((step) => Math.round(step * plan.chosen.length))
  return [...new Set(sizes)].filter(
    (size) => size >= smallestSize && (size <= most || size === plan.chosen.length)
  )
}

/** Name of an arm at a size; at the chosen set's own size it is the check's arm itself. */
export function curveArm(arm: string, size: number, chosen: number): string {
  return size === chosen ? arm : `${arm}@${size}`
}

/** The curve from the units' accuracies (`perRepeat` gives those of an arm, undefined = not made). */
export function learningCurve(
  plan: CheckPlan,
  perRepeat: (arm: string) => readonly number[] | undefined
): LearningCurve {
  const sizes = curveSizes(plan)
  const valuesOf = (arm: string): readonly (readonly number[] | undefined)[] =>
    sizes.map((size) => perRepeat(curveArm(arm, size, plan.chosen.length)))
  const [chosen, random, stratified] = ['chosen', 'random', 'stratified'].map(valuesOf)
  const summed = (arm: typeof chosen): LearningCurve['arms']['chosen'] =>
    arm.map((values) => (values === undefined ? null : meanSd(values)))
  return {
    sizes: [...sizes],
    arms: { chosen: summed(chosen), random: summed(random), stratified: summed(stratified) },
    randomRange: random.map((values) => (values === undefined ? null : armInterval(values))),
    all: meanSd(perRepeat('all') ?? [])
  }
}
