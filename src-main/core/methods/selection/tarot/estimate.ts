// What a run of TAROT will take, from the shape of the data alone.
import { gradientNumbers } from '../../gradients/estimate.ts'
import type { MethodEstimate, MethodShape } from '../../method.ts'
import { mostExamples } from './examples.ts'
import { projectedSizes, spreadRows } from './gradient-rows.ts'
import type { TarotParams } from './params.ts'

/** Multiply-adds of the device, plain loops, and bytes of 16-bit floats read, a second. */
const rates = { products: 13e9, loops: 0.6e9, bytes: 1.2e9 }

/** Seconds (within a factor of three) and megabytes. */
export function estimateTarot(shape: MethodShape, params: TarotParams): MethodEstimate {
  const { candidates, budget, gradients } = shape
  const { size, folds } = params
  const used = Math.min(shape.examples, mostExamples)
  const making = gradients === undefined ? undefined : projecting(shape, gradients, params)
  const columns = making?.columns ?? shape.columns
  const measured = making?.measured ?? candidates
  const products = columns * (columns * (candidates + measured) + candidates * used)
  const lists = Math.min(16 << 20, Math.max(8 * used, 3 * budget))
  const plans = 2e8 + (size === 'automatic' ? folds * 8 * 100 * used * used : 0)
  const loops =
    candidates * (columns * 2 + used * 2) +
    measured * columns * 4 +
    3 * plans +
    (making?.loops ?? 0)
  const numbers = making === undefined ? columns : gradientNumbers(shape)
  return {
    seconds:
      0.2 +
      (products + columns ** 3 / 20 + (making?.products ?? 0)) / rates.products +
      loops / rates.loops +
      (making?.bytes ?? 0) / rates.bytes,
    megabytes:
      120 +
      (candidates * 32 + 16 * columns * columns + 16 * lists + 4096 * used + (making?.kept ?? 0)) /
        1e6,
    why:
      `${candidates.toLocaleString('en-US')} items x ${used.toLocaleString('en-US')} examples x ` +
      `${numbers.toLocaleString('en-US')} numbers each` +
      (columns < numbers ? `, projected to ${columns.toLocaleString('en-US')}` : '')
  }
}

/** What gradients made elsewhere take before they are compared. */
function projecting(
  { candidates }: MethodShape,
  gradients: readonly number[],
  { projection }: TarotParams
): {
  columns: number
  measured: number
  products: number
  loops: number
  bytes: number
  kept: number
} {
  const sizes = projectedSizes(gradients, projection)
  const columns = sizes.reduce((sum, own) => sum + own, 0)
  const numbers = gradients.reduce((sum, own) => sum + own, 0)
  const measured = spreadRows(candidates, columns)
  // The rows of the spread are read twice, all of them once.
  const reads = candidates + 2 * measured
  const signs = gradients.reduce((sum, own, c) => sum + (sizes[c] < own ? own * sizes[c] : 0), 0)
  return {
    columns,
    measured,
    products: reads * signs,
    // 16-bit numbers are widened, measured and brought to length 1 one by one.
    loops: reads * (30 * numbers + columns),
    bytes: 2 * reads * numbers,
    kept: 8 * signs + 8 * columns * columns + 4 * 1024 * (2 * numbers + 3 * columns)
  }
}
