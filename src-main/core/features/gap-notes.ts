// What fingerprints leave out, in sentences: said each time they are used, not only when they are
// made.
import { unreadableNote } from './extraction-plans.ts'
import { describingMatrix, fitSource, numberColumns, type FeatureRequest } from './feature-key.ts'
import { matrixGapNote } from './matrix-plan.ts'

/** Notes on `unreadable` items whose rows are zeros, and on numbers that were missing. */
export function gapNotes(request: FeatureRequest, unreadable: number): string[] {
  if (describingMatrix(request) !== undefined)
    return unreadable > 0 ? [matrixGapNote(unreadable)] : []
  const notes = unreadable > 0 ? [unreadableNote(request.dataset.kind, unreadable)] : []
  const missing = missingNumbers(request)
  if (missing === 0) return notes
  const were = missing === 1 ? 'number was' : 'numbers were'
  return [...notes, `${missing} missing ${were} replaced by the column's mean.`]
}

function missingNumbers(request: FeatureRequest): number {
  const { dataset } = request
  if (dataset.kind !== 'table') return 0
  // The columns described are those the fit was made on.
  const names = new Set(numberColumns(fitSource(request) ?? dataset))
  return dataset.columns.reduce(
    (sum, { name, missing }) => sum + (names.has(name) ? missing : 0),
    0
  )
}
