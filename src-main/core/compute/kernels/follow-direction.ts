// Greedy picks along a direction that moves with every pick: the next row is the one with the largest
// x . w - |x|^2 / 2 (or x . w), and then w becomes w + drift - x. With w = drift = the mean this is
// herding (Welling 2009); with w a multiple of the sum of all rows and no drift, graph cut.
import type { TensorFlow } from '../devices/device.ts'
import { allProducts, halved } from './all-products.ts'

export interface DirectionOptions {
  readonly signal: AbortSignal
  /** w before the first pick. */
  readonly start: Float64Array
  /** Added to w after every pick; nothing when absent. */
  readonly drift?: Float64Array
  /** Whether half the squared length of a row counts against it. */
  readonly isNearest: boolean
}

export interface DirectionPicks {
  /** Best first; equal values go to the lower row. */
  readonly picks: Uint32Array
  /** The value of every row when the last pick had been made. */
  readonly values: Float64Array
}

const workPerStep = 2e7

/**
 * Picks `need` of the n rows; yields work done, 0 to 1. Memory is n x n x 4 bytes: all products are
 * computed once, so that a step costs one addition per row.
 * @param rows n x width, row-major
 */
export async function* followDirection(
  tf: TensorFlow,
  rows: Float32Array,
  width: number,
  need: number,
  { signal, start, drift, isNearest }: DirectionOptions
): AsyncGenerator<number, DirectionPicks, void> {
  const count = rows.length / width
  if (need > count) throw new RangeError(`cannot pick ${need} of ${count}`)
  const products = yield* halved(allProducts(tf, rows, width, signal))
  const values = dotsWith(rows, width, start)
  if (isNearest) for (let i = 0; i < count; i++) values[i] -= products[i * count + i] / 2
  const more = drift === undefined ? undefined : dotsWith(rows, width, drift)
  const picks = new Uint32Array(need)
  const isPicked = new Uint8Array(count)
  const stepsPerYield = Math.max(1, Math.floor(workPerStep / Math.max(1, 2 * count)))
  for (let picked = 0; picked < need; picked++) {
    let best = -1
    for (let i = 0; i < count; i++)
      if (isPicked[i] === 0 && (best < 0 || values[i] > values[best])) best = i
    picks[picked] = best
    isPicked[best] = 1
    const line = products.subarray(best * count, (best + 1) * count)
    for (let i = 0; i < count; i++) values[i] -= line[i]
    if (more !== undefined) for (let i = 0; i < count; i++) values[i] += more[i]
    if ((picked + 1) % stepsPerYield !== 0) continue
    signal.throwIfAborted()
    yield 0.5 + (picked + 1) / (2 * need)
  }
  return { picks, values }
}

/** x . v of every row, in float64. */
function dotsWith(rows: Float32Array, width: number, v: Float64Array): Float64Array {
  return Float64Array.from({ length: rows.length / width }, (_, i) => {
    let sum = 0
    for (let j = 0; j < width; j++) sum += rows[i * width + j] * v[j]
    return sum
  })
}
