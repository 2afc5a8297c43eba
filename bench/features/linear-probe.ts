// The protocol of every figure in docs/methods/features.md: the product's own check head, trained
// on the training rows, judged on the test rows; nothing is tuned on the test rows.
import { accuracy, checkRecipe, trainHead } from '../../src-main/core/compute/softmax-head.ts'
import type { TensorFlow } from '../../src-main/core/compute/devices/device.ts'

export interface Rows {
  readonly values: Float32Array
  readonly labels: Int32Array
}

/** Accuracy 0..1 on `test` of the head trained on `train`. */
export async function linearProbe(
  tf: TensorFlow,
  train: Rows,
  test: Rows,
  columns: number,
  classes: number
): Promise<number> {
  const data = { features: train.values, columns, labels: train.labels, classes }
  const head = await trainHead(tf, data, checkRecipe(0), new AbortController().signal)
  return accuracy(head, test.values, test.labels)
}

/** Percent with two decimals. */
export function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`
}
