// Rows parted into bins by graph cut (Dataset Quantization, Zhou et al. 2023): each bin is picked
// greedily from what the bins before it left over, so that early bins are typical of it and late ones
// hold what is particular.
import type { TensorFlow } from '../devices/device.ts'
import { allProducts, halved } from './all-products.ts'

const workPerStep = 2e7

/**
 * The bin of every row. The gain of row j is lambda * sum over the rows left s_ij - 2 * sum over the
 * bin's rows s_ij with s = 0.5 + 0.5 cos; equal gains go to the lower row. Both sums are kept up to
 * date, so that a pick costs two additions per row; memory is n x n x 4 bytes. Yields work done, 0 to 1.
 * @param rows n x width, unit rows @param sizes rows of each bin, adding up to n
 */
export async function* graphCutBins(
  tf: TensorFlow,
  rows: Float32Array,
  width: number,
  sizes: readonly number[],
  lambda: number,
  signal: AbortSignal
): AsyncGenerator<number, Uint32Array, void> {
  const count = rows.length / width
  if (sizes.reduce((sum, size) => sum + size, 0) !== count)
    throw new RangeError(`bins of ${sizes.join(', ')} do not hold ${count} rows`)
  const products = yield* halved(allProducts(tf, rows, width, signal))
  const line = (row: number): Float32Array => products.subarray(row * count, (row + 1) * count)
  const bin = new Uint32Array(count)
  const isTaken = new Uint8Array(count)
  // Sums of cosines: the constant 0.5 of s adds the same to every row's gain.
  const left = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    const own = line(row)
    for (let i = 0; i < count; i++) left[i] += own[i]
  }
  const gains = new Float64Array(count)
  const perYield = Math.max(1, Math.floor(workPerStep / Math.max(1, 3 * count)))
  let done = 0
  for (let b = 0; b < sizes.length; b++) {
    for (let i = 0; i < count; i++) gains[i] = (lambda / 2) * left[i]
    for (let taken = 0; taken < sizes[b]; taken++) {
      let best = -1
      for (let i = 0; i < count; i++)
        if (isTaken[i] === 0 && (best < 0 || gains[i] > gains[best])) best = i
      isTaken[best] = 1
      bin[best] = b
      const own = line(best)
      for (let i = 0; i < count; i++) {
        gains[i] -= own[i]
        left[i] -= own[i]
      }
      if (++done % perYield !== 0) continue
      signal.throwIfAborted()
      yield 0.5 + done / (2 * count)
    }
  }
  return bin
}
