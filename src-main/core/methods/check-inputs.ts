// What every selection method checks before it starts.
import { AppError } from '../../api/errors.ts'
import type { SelectionInputs } from './method.ts'

/**
 * Throws AppError for a budget outside 1..N, and a RangeError where arrays do not fit together or a
 * label has no class name.
 */
export function checkInputs(inputs: SelectionInputs): void {
  const { features, labels, rowIds, budget, classNames } = inputs
  if (labels.length !== features.rows || rowIds.length !== features.rows)
    throw new RangeError('features, labels and row ids must have one entry per candidate')
  if (!(Number.isInteger(budget) && budget >= 1 && budget <= features.rows))
    throw new AppError('budget-not-possible', `${budget} of ${features.rows} items cannot be kept.`)
  if (labels.some((label) => label >= classNames.length))
    throw new RangeError('a label has no class name')
}
