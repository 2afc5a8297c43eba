// Labels of a few items that make a kernel model right on many: the least-squares answer in closed
// form, over all rows in blocks.
import {
  kernelAcross,
  kernelOwn,
  type KernelKind,
  type RowProducts
} from '../compute/kernels/item-kernel.ts'
import { factorRidge, solveRidge } from '../compute/kernels/kernel-ridge.ts'
import { letMessagesIn } from '../compute/let-messages-in.ts'
import type { Rows } from './predict.ts'

export interface FitInputs {
  readonly products: RowProducts
  /** The items: rows of `size` numbers. */
  readonly anchors: Float32Array
  readonly size: number
  readonly classes: number
  readonly kernel: KernelKind
  /** What the model is to be right on. */
  readonly rows: Rows
  /** Labels of some of the rows: as many x classes. */
  targetsOf(rows: Uint32Array): Float32Array
  /** Weight of weights^T K weights beside the mean squared error; 0 for least squares alone. */
  readonly penalty: number
  readonly signal: AbortSignal
  onProgress?(done: number, total: number): void
}

/** Rows in one block. */
const mostAtOnce = 512

/**
 * Weights z (items x classes) with the least |K z - Y|^2 / rows + penalty z^T K_own z, where K is the
 * kernel of the rows with the items. Throws the signal's reason within a block.
 */
export async function fitWeights(inputs: FitInputs): Promise<Float64Array> {
  const { products, anchors, size, classes, kernel, rows, penalty, signal } = inputs
  const count = anchors.length / size
  const gram = new Float64Array(count * count)
  const right = new Float64Array(count * classes)
  for (let from = 0; from < rows.count; from += mostAtOnce) {
    await letMessagesIn()
    signal.throwIfAborted()
    const taken = Uint32Array.from(
      { length: Math.min(mostAtOnce, rows.count - from) },
      (_, i) => from + i
    )
    const across = kernelAcross(products, rows.read(taken), anchors, size, kernel)
    addAll(gram, products.combine(across, across, count, count))
    addAll(right, products.combine(across, inputs.targetsOf(taken), count, classes))
    inputs.onProgress?.(from + taken.length, rows.count)
  }
  for (const sums of [gram, right])
    for (let i = 0; i < sums.length; i++) sums[i] /= Math.max(1, rows.count)
  if (penalty > 0) {
    const own = kernelOwn(products, anchors, size, kernel)
    for (let i = 0; i < gram.length; i++) gram[i] += penalty * own[i]
  }
  // Products in float32 leave the smallest directions to rounding; these are not asked for.
  return solveRidge(factorRidge(gram, count, least), right, classes)
}

/** Share of the average eigenvalue below which a direction of the kernel is rounding. */
const least = 1e-7

function addAll(sums: Float64Array, values: Float32Array): void {
  for (let i = 0; i < sums.length; i++) sums[i] += values[i]
}

/**
 * Labels y (items x classes) whose ridge regression has {@link fitWeights}: y = (K_own + ridge
 * tr(K_own) / n I) z. "Label solve" of Nguyen, Chen and Lee 2021, section 3.2.
 */
export async function solveLabels(
  inputs: FitInputs & { readonly ridge: number }
): Promise<Float32Array> {
  const { products, anchors, size, classes, kernel, ridge } = inputs
  const z = await fitWeights(inputs)
  const count = anchors.length / size
  const own = kernelOwn(products, anchors, size, kernel)
  let scale = 0
  for (let i = 0; i < count; i++) scale += own[i * count + i] / count
  for (let i = 0; i < count; i++) own[i * count + i] += ridge * scale
  const labels = new Float32Array(count * classes)
  for (let i = 0; i < count; i++)
    for (let c = 0; c < classes; c++) {
      let sum = 0
      for (let j = 0; j < count; j++) sum += own[i * count + j] * z[j * classes + c]
      labels[i * classes + c] = sum
    }
  return labels
}

/** One-hot less 1 / classes: what ridge methods regress on, so that 0 says nothing. */
export function centredOneHot(labels: ArrayLike<number>, classes: number): Float32Array {
  const out = new Float32Array(labels.length * classes).fill(-1 / classes)
  for (let i = 0; i < labels.length; i++) out[i * classes + labels[i]] += 1
  return out
}
