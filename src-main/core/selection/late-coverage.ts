// Coverage of a finished run that has none yet: from its own files and the data's fingerprints.
import { AppError } from '../../api/errors.ts'
import type { ComputePool } from '../jobs/compute-task.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { layOutCoverage, saveCoverage, type SavedCoverage } from './coverage.ts'
import {
  coverageTaskName,
  type CoverageTaskInput,
  type CoverageTaskOutput
} from './coverage-task.ts'
import type { SelectFeatures } from './ready-features.ts'
import type { LoadedRun } from './run-items.ts'

export interface LateCoverageDeps {
  readonly store: Pick<Store, 'isReadOnly'>
  readonly pool: ComputePool
  readonly features: Pick<SelectFeatures, 'cached'>
  deviceRequest(): string
}

const never = new AbortController().signal

/**
 * Works the coverage out and keeps it in the run's folder, unless the project is open for reading
 * only. Throws AppError "method-not-possible" while the data has no fingerprints.
 */
export async function makeCoverage(
  deps: LateCoverageDeps,
  dataset: DatasetRecord,
  run: LoadedRun,
  folder: string
): Promise<SavedCoverage> {
  const features = await deps.features.cached(dataset)
  if (features === undefined)
    throw new AppError(
      'method-not-possible',
      'The similarity fingerprints of this data are not there any more, so nothing can be compared.',
      { hint: 'Make the map of the data, which makes them too; then ask again.' }
    )
  const { candidates } = run.choice
  const found = await deps.pool.run<CoverageTaskInput, unknown, CoverageTaskOutput>(
    { name: coverageTaskName },
    {
      featuresPath: features.path,
      candidates,
      isChosen: Uint8Array.from(candidates, (row) => run.isChosen[row]),
      seed: 0,
      device: deps.deviceRequest()
    },
    { signal: never, isLight: true }
  )
  const coverage = layOutCoverage(run.choice.codes.length, candidates, found)
  if (!deps.store.isReadOnly) await saveCoverage(folder, coverage)
  return coverage
}
