// The width of the radial kernel: the median squared distance between training items.
import { AppError } from '../../../../api/errors.ts'
import { squaredLengths, type RowProducts } from '../../../compute/kernels/item-kernel.ts'
import { percentile } from '../../../compute/kernels/percentile.ts'
import type { Random } from '../../../compute/random.ts'
import { mostKernelItems } from '../../../networks/kernel-model.ts'
import type { LabelledRows } from '../distillation-method.ts'

/** Items that are compared all with all. */
const mostCompared = 600

/**
 * The median over pairs of different rows, of at most 600 by lot. Throws AppError "method-not-possible" where most
 * items are equal.
 */
export function medianSpread(
  products: RowProducts,
  train: Pick<LabelledRows, 'count' | 'read'>,
  size: number,
  random: Random
): number {
  const rows = train.read(random.sample(train.count, Math.min(mostCompared, train.count)))
  const lengths = squaredLengths(rows, size)
  const raw = products.times(rows, rows, size)
  const count = lengths.length
  const distances: number[] = []
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++)
      distances.push(Math.max(0, lengths[i] + lengths[j] - 2 * raw[i * count + j]))
  const median = percentile(distances, 50)
  if (median > 0) return median
  throw new AppError(
    'method-not-possible',
    'Most items are equal, so there are no distances for this method to work with.',
    { hint: 'Leave out repeated items first: Data health finds them.' }
  )
}

/** Throws AppError "method-not-possible" for sets that are too large for a kernel model. */
export function requireFewItems(items: number): void {
  if (items > mostKernelItems)
    throw new AppError(
      'method-not-possible',
      `This method makes at most ${mostKernelItems.toLocaleString('en')} items, and ${items.toLocaleString('en')} were asked for.`,
      { hint: 'Ask for fewer items per class, or take another method.' }
    )
}
