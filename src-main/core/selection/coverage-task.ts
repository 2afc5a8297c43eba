// Compute task: regions of the candidates and the nearest chosen item of each, for the coverage tab
// and the pictures beside the reasons.
import { openNpy } from '../features/npy.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import { findNearest, type NearestChosen } from './coverage-nearest.ts'
import { findRegions, type Regions } from './coverage-regions.ts'
import { mapRows } from './mapped-features.ts'

export interface CoverageTaskInput {
  /** Finished .npy file with one row per item of the dataset. */
  readonly featuresPath: string
  /** Candidate rows, ascending. */
  readonly candidates: Uint32Array
  /** 1 per candidate that was chosen. */
  readonly isChosen: Uint8Array
  readonly seed: number
  readonly device: string
}

/** All positions count within the candidates. */
export interface CoverageTaskOutput extends Regions, NearestChosen {}

/** Name the pool knows the task by. */
export const coverageTaskName = 'selection-coverage'

export const coverageTask: ComputeTask<
  CoverageTaskInput,
  { readonly done: number },
  CoverageTaskOutput
> = {
  name: coverageTaskName,
  async *run(input, context) {
    const device = await context.device(input.device)
    const file = await openNpy(input.featuresPath)
    const source = mapRows(file, input.candidates)
    const { isChosen } = input
    try {
      const finding = findRegions(source, isChosen, device, input.seed, context.signal)
      let step = await finding.next()
      for (; step.done !== true; step = await finding.next()) yield { done: step.value / 2 }
      const regions = step.value
      const comparing = findNearest(source, isChosen, regions, device, context.signal)
      let next = await comparing.next()
      for (; next.done !== true; next = await comparing.next())
        yield { done: (input.candidates.length + next.value) / 2 }
      return { ...regions, ...next.value }
    } finally {
      await file.close()
    }
  }
}
