// A linear softmax head over frozen features with a trailing bias: training by a recipe
// (head-recipe.ts), prediction and accuracy. Same inputs, seed and device give the same bits.
import type { TensorFlow } from './devices/device.ts'
import type { Head, HeadData, HeadRecipe } from './head-recipe.ts'
import { solve, warmUp } from './head-training.ts'
import { fitScaling, scaleRowInto } from './kernels/scaling.ts'
import { softmaxInPlace } from './kernels/softmax.ts'

export { checkRecipe, warmUpRecipe } from './head-recipe.ts'
export type {
  CheckRecipe,
  Head,
  HeadCheckpoint,
  HeadData,
  HeadRecipe,
  WarmUpRecipe
} from './head-recipe.ts'

/**
 * Trains a head. Throws a RangeError when no row has a label or an array has the wrong length,
 * and the signal's reason when aborted (checked at every block or batch).
 */
export async function trainHead(
  tf: TensorFlow,
  data: HeadData,
  recipe: HeadRecipe,
  signal: AbortSignal
): Promise<Head> {
  signal.throwIfAborted()
  const rows = labelledRows(data)
  const scaling = fitScaling(data.features, data.columns, rows, recipe.scaling)
  return recipe.kind === 'warm-up'
    ? warmUp(tf, data, rows, scaling, recipe, signal)
    : solve(tf, data, rows, scaling, recipe, signal)
}

/** Rows that take part in the training. Throws a RangeError on malformed data. */
function labelledRows(data: HeadData): Uint32Array {
  const total = data.labels.length
  if (data.features.length !== total * data.columns) {
    throw new RangeError(
      `features hold ${data.features.length} numbers, not ${total} x ${data.columns}`
    )
  }
  const wanted = data.rows ?? Uint32Array.from({ length: total }, (_, i) => i)
  const rows = wanted.filter((row) => (data.labels[row] as number) >= 0)
  if (rows.length === 0) throw new RangeError('a head needs at least one labelled row')
  for (const row of rows) {
    if (row >= total || (data.labels[row] as number) >= data.classes) {
      throw new RangeError(`row ${row} or its label is outside the data`)
    }
  }
  return rows
}

/**
 * Class probabilities of rows (n x columns, raw features): n x classes, row-major.
 * Plain loops: the test sets of a check are small, and the result is the same on every device.
 */
export function predictHead(head: Head, features: Float32Array): Float32Array {
  const { classes, columns } = head
  const width = columns + 1
  const count = features.length / columns
  const out = new Float32Array(count * classes)
  const scaled = new Float32Array(width)
  const logits = new Float64Array(classes)
  for (let i = 0; i < count; i++) {
    scaleRowInto(features, i * columns, head.scaling, scaled, 0)
    for (let c = 0; c < classes; c++) {
      let sum = 0
      const at = c * width
      for (let j = 0; j < width; j++) sum += head.weights[at + j] * scaled[j]
      logits[c] = sum
    }
    softmaxInPlace(logits)
    for (let c = 0; c < classes; c++) out[i * classes + c] = logits[c] as number
  }
  return out
}

/** Share of rows (0..1) whose most likely class is their label; rows with label -1 do not count. */
export function accuracy(head: Head, features: Float32Array, labels: Int32Array): number {
  const probabilities = predictHead(head, features)
  let right = 0
  let counted = 0
  for (let i = 0; i < labels.length; i++) {
    if (labels[i] < 0) continue
    counted++
    let best = 0
    for (let c = 1; c < head.classes; c++) {
      if (probabilities[i * head.classes + c] > probabilities[i * head.classes + best]) best = c
    }
    if (best === labels[i]) right++
  }
  return counted === 0 ? 0 : right / counted
}
