// Compute task: one unit of a check, one head trained and tested on rows of a fingerprint file.
import { trainAndTest } from '../evaluation/train-and-test.ts'
import { openNpy } from '../features/npy.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'

export interface CheckTaskInput {
  readonly featuresPath: string
  /** Rows to train on, ascending, and their classes. */
  readonly trainRows: Uint32Array
  readonly trainLabels: Int32Array
  readonly testRows: Uint32Array
  readonly testLabels: Int32Array
  readonly classes: number
  readonly seed: number
  readonly device: string
}

export interface CheckTaskOutput {
  /** Share of test items named rightly, 0..1. */
  readonly accuracy01: number
  readonly device: string
}

export const checkTask: ComputeTask<CheckTaskInput, never, CheckTaskOutput> = {
  name: 'check',
  // eslint-disable-next-line require-yield -- a unit is short: its result is its only event
  async *run(input, context) {
    const device = await context.device(input.device)
    const source = await openNpy(input.featuresPath)
    try {
      const accuracy01 = await trainAndTest(
        {
          trainFeatures: await source.readRows(input.trainRows),
          trainLabels: input.trainLabels,
          testFeatures: await source.readRows(input.testRows),
          testLabels: input.testLabels,
          columns: source.columns,
          classes: input.classes,
          seed: input.seed
        },
        device,
        context.signal
      )
      return { accuracy01, device: device.name }
    } finally {
      await source.close()
    }
  }
}
