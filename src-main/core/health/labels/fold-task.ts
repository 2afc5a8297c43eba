// Compute task: trains the linear head on all folds but one and writes the class probabilities of
// the left-out rows, so that no label is judged by a model that has seen it.
import { createRandom } from '../../compute/random.ts'
import { checkRecipe, trainHead, type Head } from '../../compute/softmax-head.ts'
import { scaleRowInto } from '../../compute/kernels/scaling.ts'
import { softmaxInPlace } from '../../compute/kernels/softmax.ts'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { breathe } from '../../features/breathe.ts'
import { multiply, transpose } from '../../features/matrix-product.ts'
import { openNpy } from '../../features/npy.ts'
import type { ComputeTask } from '../../jobs/compute-task.ts'
import { openRecordWriter } from '../record-file.ts'
import { noFold, rowsOfFolds } from './plan-labels-task.ts'

export interface FoldInput {
  readonly features: string
  /** Dense class per row of the dataset; -1 for rows that take no part. */
  readonly labels: Int32Array
  /** Fold per row of the dataset, and the one to leave out. */
  readonly folds: Uint8Array
  readonly fold: number
  readonly classes: number
  readonly device: string
  /** Raw float32 records: one row of probabilities per row of the fold. */
  readonly output: string
}

/** Memory the training rows may take; a seeded sample stands for more. */
const trainingBytes = 128 << 20
const blockRows = 2048

/** One fold; yields rows done of it. */
export const foldTask: ComputeTask<
  FoldInput,
  { readonly done: number },
  { readonly device: string }
> = {
  name: 'health.fold',
  async *run(input, context) {
    const device = await context.device(input.device)
    const source = await openNpy(input.features)
    const { columns } = source
    const foldRows = rowsOfFolds(input.folds, (fold) => fold === input.fold)
    const writer = await openRecordWriter(input.output, foldRows.length, 4 * input.classes)
    try {
      const { rows, labels } = trainingSample(input, Math.floor(trainingBytes / 4 / columns))
      const features = await source.readRows(rows)
      const head = await trainHead(
        device.tf,
        { features, columns, labels, classes: input.classes },
        checkRecipe(0),
        context.signal
      )
      const weights = device.tf.tensor2d(transpose(head.weights, columns + 1), [
        columns + 1,
        input.classes
      ])
      try {
        for (let from = 0; from < foldRows.length; from += blockRows) {
          await breathe(context.signal)
          const block = await source.readRows(foldRows.subarray(from, from + blockRows))
          await writer.write(from, predict(device.tf, head, weights, block))
          yield { done: Math.min(foldRows.length, from + blockRows) }
        }
      } finally {
        weights.dispose()
      }
      await writer.sync()
      return { device: device.name }
    } finally {
      await writer.close()
      await source.close()
    }
  }
}

/** Rows of the other folds, or a seeded sample of as many as fit. */
function trainingSample(
  { labels, folds, fold }: FoldInput,
  most: number
): { readonly rows: Uint32Array; readonly labels: Int32Array } {
  const all = rowsOfFolds(folds, (other) => other !== fold && other !== noFold)
  const rows =
    all.length <= most
      ? all
      : createRandom(0)
          .fork('training rows')
          .sample(all.length, most)
          .sort()
          .map((i) => all[i])
  return { rows, labels: Int32Array.from(rows, (row) => labels[row]) }
}

/** Class probabilities of raw rows; the products run on the device, so many classes stay quick. */
function predict(
  tf: TensorFlow,
  head: Head,
  weights: ReturnType<TensorFlow['tensor2d']>,
  block: Float32Array
): Float32Array {
  const { classes, columns } = head
  const width = columns + 1
  const count = block.length / columns
  const scaled = new Float32Array(count * width)
  for (let i = 0; i < count; i++) scaleRowInto(block, i * columns, head.scaling, scaled, i * width)
  const logits = multiply(tf, scaled, width, weights)
  const row = new Float64Array(classes)
  for (let i = 0; i < count; i++) {
    row.set(logits.subarray(i * classes, (i + 1) * classes))
    softmaxInPlace(row)
    logits.set(row, i * classes)
  }
  return logits
}
