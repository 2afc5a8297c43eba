// One unit of a check: train the linear head on some rows, test it on others. Deterministic and
// single-threaded, so that a unit gives the same number wherever and whenever it runs.
import { accuracy, checkRecipe, trainHead } from '../compute/softmax-head.ts'
import type { Device } from '../compute/devices/device.ts'

export interface TrainAndTestInputs {
  /** n x columns, row-major. */
  readonly trainFeatures: Float32Array
  /** n class indices; -1 rows are left out of the training. */
  readonly trainLabels: Int32Array
  /** m x columns, row-major. */
  readonly testFeatures: Float32Array
  readonly testLabels: Int32Array
  readonly columns: number
  readonly classes: number
  readonly seed: number
}

/** Share of the test rows named rightly, 0..1. A set without any labelled row scores 0. */
export async function trainAndTest(
  inputs: TrainAndTestInputs,
  device: Device,
  signal: AbortSignal
): Promise<number> {
  if (!inputs.trainLabels.some((label) => label >= 0)) return 0
  const head = await trainHead(
    device.tf,
    {
      features: inputs.trainFeatures,
      columns: inputs.columns,
      labels: inputs.trainLabels,
      classes: inputs.classes
    },
    checkRecipe(inputs.seed),
    signal
  )
  return accuracy(head, inputs.testFeatures, inputs.testLabels)
}
