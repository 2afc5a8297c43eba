// The item shown beside a reason: what an item repeats, or the chosen item most like it.
import type { RunItem } from '../../api/dto/runs.ts'
import { noNearest } from './coverage-nearest.ts'
import type { LoadedRun } from './run-items.ts'

export interface Evidence {
  readonly row: number
  /** Cosine, 0..1. */
  readonly similarity01: number
  readonly kind: NonNullable<RunItem['evidence']>['kind']
}

type EvidenceRun = Pick<LoadedRun, 'choice' | 'coverage'>

/** The evidence of one row; undefined where nothing is known to be like it. */
export function evidenceOf({ choice, coverage }: EvidenceRun, row: number): Evidence | undefined {
  const twin = choice.twins[row]
  if (twin !== row) return { row: twin, similarity01: choice.alike[row], kind: 'repeats' }
  if (coverage === undefined || coverage.nearest[row] === noNearest) return undefined
  return {
    row: coverage.nearest[row],
    similarity01: coverage.similarity01[row],
    kind: coverage.isExact ? 'nearest-chosen' : 'near-chosen'
  }
}
