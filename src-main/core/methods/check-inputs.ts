// What every selection method checks before it starts.
import { AppError } from '../../api/errors.ts'
import type { SelectionInputs } from './method.ts'

/** Throws AppError for a budget outside 1..N, and a RangeError where arrays do not fit together. */
export function checkRows({ features, labels, rowIds, budget }: SelectionInputs): void {
  if (labels.length !== features.rows || rowIds.length !== features.rows)
    throw new RangeError('features, labels and row ids must have one entry per candidate')
  if (!(Number.isInteger(budget) && budget >= 1 && budget <= features.rows))
    throw new AppError('budget-not-possible', `${budget} of ${features.rows} items cannot be kept.`)
}

/** {@link checkRows}, and a RangeError where a label has no class name. */
export function checkInputs(inputs: SelectionInputs): void {
  checkRows(inputs)
  if (inputs.labels.some((label) => label >= inputs.classNames.length))
    throw new RangeError('a label has no class name')
}
