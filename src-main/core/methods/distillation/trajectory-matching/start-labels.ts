// What labels begin as: plain ones, or what the helper models say at the first goal.
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { ExpertSource } from '../../../networks/experts.ts'
import type { InputShape } from '../../../networks/network.ts'
import { labelledValues } from '../../../networks/normalisation.ts'
import { createExpertLabels } from '../soft-labels/expert-labels.ts'

/**
 * Mean logits of the helper models at a moment, count x classes. DATM begins with items that are
 * named rightly only; here, where another class is ahead, the two change places.
 */
export async function startLogits(
  tf: TensorFlow,
  experts: ExpertSource,
  shape: InputShape,
  made: { readonly values: Float32Array; readonly labels: Int32Array; readonly classes: number },
  moment: number,
  signal: AbortSignal
): Promise<Float32Array> {
  const { values, labels, classes } = made
  const items = labelledValues(values, labels)
  const source = createExpertLabels(tf, experts, shape, classes, items, signal)
  const logits = (await source.logitsAt(moment)).slice()
  labels.forEach((label, item) => {
    const row = logits.subarray(item * classes, (item + 1) * classes)
    const best = row.indexOf(Math.max(...row))
    const held = row[label]
    row[label] = row[best]
    row[best] = held
  })
  return logits
}
