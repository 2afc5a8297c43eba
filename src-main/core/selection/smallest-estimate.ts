// How long the search for the smallest set will take, from the measured speed of the fast linear
// model.
import { unitSeconds, type CheckCost } from './check-estimate.ts'
import { mostProbes, searchRounds, validationShare01 } from './smallest-plan.ts'

/** Rows of every training of one draw: all data once, the largest size, then about half each time. */
function trainedRows({ scope }: CheckCost): number[] {
  const all = scope.candidates.length * (1 - validationShare01)
  const most = Math.min(scope.asked, scope.candidates.length)
  return [all, ...Array.from({ length: mostProbes }, (_, probe) => Math.max(1, most / 2 ** probe))]
}

/** Seconds of the search; 0 when none was asked for. */
export function searchSeconds(cost: CheckCost): number {
  if (cost.draft.budget.kind !== 'smallest') return 0
  const seconds = trainedRows(cost).reduce(
    (sum, rows) => sum + (unitSeconds(cost, 'linear', rows) ?? 0),
    0
  )
  return (searchRounds * seconds) / Math.max(1, Math.min(cost.threads, searchRounds))
}
