// A check as arithmetic: a small plan, and units whose accuracies are known beforehand.
import { runUnits, checkUnits, type CheckPlan, type CheckUnit } from './check.ts'

/** Rows 0..399. */
export const candidates = Uint32Array.from({ length: 400 }, (_, i) => i)
/** Four labels in turn. */
export const labels = Int32Array.from({ length: 400 }, (_, i) => i % 4)

/** A plan of 40 chosen of 400 rows, five repeats of the linear model. */
export function planOf(change: Partial<CheckPlan> = {}): CheckPlan {
  return {
    seed: 3,
    repeats: 5,
    candidates,
    labels,
    chosen: Uint32Array.from({ length: 40 }, (_, i) => 399 - i),
    others: [],
    models: ['linear'],
    trainLimit: { fingerprints: 1000, pictures: 1000 },
    curveOrder: undefined,
    ...change
  }
}

/** Runs all units of a plan with given accuracies. */
export async function results(
  plan: CheckPlan,
  accuracyOf: (unit: CheckUnit) => number
): Promise<ReadonlyMap<string, number>> {
  return runUnits(checkUnits(plan), {
    finished: new Map(),
    parallel: 2,
    signal: new AbortController().signal,
    train: (unit) => Promise.resolve(accuracyOf(unit)),
    onFinished: () => undefined
  })
}
