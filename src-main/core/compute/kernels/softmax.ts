// Softmax and cross-entropy errors, in float64 over float32 logits. Stable forms: the largest
// logit is subtracted first, and the true class's error is minus the sum of the others, so that a
// confident row keeps a direction where 1 - p would round to zero.

/** Turns logits into probabilities in place. NaN in gives NaN out. */
export function softmaxInPlace(values: Float64Array): void {
  let top = -Infinity
  for (const value of values) if (value > top) top = value
  let sum = 0
  for (let c = 0; c < values.length; c++) {
    const power = Math.exp(values[c] - top)
    values[c] = power
    sum += power
  }
  for (let c = 0; c < values.length; c++) values[c] /= sum
}

/** Subtracts the one-hot label from probabilities in place: e = p - y. */
export function probabilitiesToErrors(values: Float64Array, label: number): void {
  let others = 0
  for (let c = 0; c < values.length; c++) if (c !== label) others += values[c]
  values[label] = -others
}

/**
 * Writes errors e = p - y transposed (classes x rows) and returns the summed cross-entropy.
 * @param logits rows x classes, row-major
 * @param labels one class index per row
 */
export function errorsFromLogits(
  logits: ArrayLike<number>,
  labels: Int32Array,
  classes: number,
  errorsT: Float32Array
): number {
  const rows = labels.length
  const row = new Float64Array(classes)
  let loss = 0
  for (let i = 0; i < rows; i++) {
    const at = i * classes
    let top = -Infinity
    for (let c = 0; c < classes; c++) if (logits[at + c] > top) top = logits[at + c]
    let sum = 0
    for (let c = 0; c < classes; c++) {
      row[c] = Math.exp(logits[at + c] - top)
      sum += row[c]
    }
    const label = labels[i]
    loss += Math.log(sum) - (logits[at + label] - top)
    let others = 0
    for (let c = 0; c < classes; c++) {
      if (c === label) continue
      const probability = row[c] / sum
      others += probability
      errorsT[c * rows + i] = probability
    }
    errorsT[label * rows + i] = -others
  }
  return loss
}
