// The k-NN check model: a test item gets the label that the most alike training items vote for. It
// trains nothing, so there is no luck in it, and it judges a set by other means than the linear model.
import type { TensorFlow } from '../../compute/devices/device.ts'
import { createNearestRows, noRow, type NearestRows } from '../../compute/kernels/nearest-rows.ts'
import {
  labelledPositions,
  letMessagesIn,
  type CheckModelCode,
  type FingerprintInputs
} from './check-model.ts'

/** Items that vote. */
export const voters = 10
/** Votes weigh exp(cosine / temperature), as is usual for k-NN on features (Wu et al. 2018, section 3.4). */
export const temperature = 0.07

/** Rows of one product: 1024 x 2048 likenesses are 8 MB. */
const testBlock = 1024
const trainBlock = 2048

/** Weighted vote of the most alike items by cosine; equal votes go to the lower class. */
export const knnModel: CheckModelCode<FingerprintInputs> = {
  async score(inputs, { tf }, signal) {
    const train = labelledPositions(inputs.trainLabels)
    const test = labelledPositions(inputs.testLabels)
    if (train.length === 0 || test.length === 0) return 0
    const nearest = await nearestTrainRows(tf, inputs, train, test, signal)
    let right = 0
    for (let i = 0; i < test.length; i++) {
      const block = nearest[Math.floor(i / testBlock)]
      const guess = vote(
        block,
        i % testBlock,
        (at) => inputs.trainLabels[train[at]],
        inputs.classes
      )
      if (guess === inputs.testLabels[test[i]]) right++
    }
    return right / test.length
  }
}

/** The most alike training rows (positions in `train`) of every test row, by blocks of test rows. */
async function nearestTrainRows(
  tf: TensorFlow,
  inputs: FingerprintInputs,
  train: Uint32Array,
  test: Uint32Array,
  signal: AbortSignal
): Promise<readonly NearestRows[]> {
  const { columns, trainFeatures, testFeatures } = inputs
  const nearest: NearestRows[] = []
  for (let from = 0; from < test.length; from += testBlock) {
    const queries = test.subarray(from, from + testBlock)
    const left = tf.tensor2d(unitRows(testFeatures, columns, queries), [queries.length, columns])
    const best = createNearestRows(queries.length, Math.min(voters, train.length))
    try {
      for (let first = 0; first < train.length; first += trainBlock) {
        await letMessagesIn()
        signal.throwIfAborted()
        const rows = train.subarray(first, first + trainBlock)
        const right = tf.tensor2d(unitRows(trainFeatures, columns, rows), [rows.length, columns])
        const product = tf.matMul(left, right, false, true)
        // Products of float32 tensors are float32.
        best.offer((await product.data()) as Float32Array, rows.length, first, -1)
        tf.dispose([right, product])
      }
    } finally {
      left.dispose()
    }
    nearest.push(best)
  }
  return nearest
}

/** Rows of length 1; rows of zeros or with a number that is not finite become zeros. */
function unitRows(features: Float32Array, columns: number, rows: Uint32Array): Float32Array {
  const out = new Float32Array(rows.length * columns)
  rows.forEach((row, i) => {
    const values = features.subarray(row * columns, (row + 1) * columns)
    let squares = 0
    for (const value of values) squares += value * value
    const scale = 1 / Math.sqrt(squares)
    if (!(scale > 0 && Number.isFinite(scale))) return
    for (let j = 0; j < columns; j++) out[i * columns + j] = values[j] * scale
  })
  return out
}

/** The class with the largest sum of weights. */
function vote(
  { k, rows, cosine }: NearestRows,
  query: number,
  labelOf: (row: number) => number,
  classes: number
): number {
  const votes = new Float64Array(classes)
  const from = query * k
  for (let at = from; at < from + k; at++) {
    if (rows[at] === noRow) continue
    // Relative to the most alike one, so that nothing overflows.
    votes[labelOf(rows[at])] += Math.exp((cosine[at] - cosine[from]) / temperature)
  }
  return votes.indexOf(Math.max(...votes))
}
