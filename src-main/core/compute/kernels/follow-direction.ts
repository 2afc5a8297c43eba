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
/** Rows per pick from which products are made for the picked rows alone: plain loops are that slow. */
const rowsPerPick = 16

/** Whether so few of the rows are picked that not all their products are needed. */
export const makesFew = (need: number, rows: number): boolean => rowsPerPick * need <= rows

/**
 * Picks `need` of the n rows; yields work done, 0 to 1. Where many are picked all products are computed
 * once (n x n x 4 bytes), so that a step costs one addition per row; where few are, a step makes the
 * products it needs, and nothing is kept.
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
  const isFew = makesFew(need, count)
  const products = isFew ? undefined : yield* halved(allProducts(tf, rows, width, signal))
  const values = dotsWith(rows, width, start)
  if (isNearest) {
    const squares = squaresOf(rows, width)
    for (let i = 0; i < count; i++) values[i] -= squares[i] / 2
  }
  const more = drift === undefined ? undefined : dotsWith(rows, width, drift)
  const picks = new Uint32Array(need)
  const isPicked = new Uint8Array(count)
  const perStep = count * (isFew ? width : 2)
  const stepsPerYield = Math.max(1, Math.floor(workPerStep / Math.max(1, perStep)))
  for (let picked = 0; picked < need; picked++) {
    let best = -1
    for (let i = 0; i < count; i++)
      if (isPicked[i] === 0 && (best < 0 || values[i] > values[best])) best = i
    picks[picked] = best
    isPicked[best] = 1
    const line =
      products?.subarray(best * count, (best + 1) * count) ??
      dotsWith(rows, width, Float64Array.from(rows.subarray(best * width, (best + 1) * width)))
    for (let i = 0; i < count; i++) values[i] -= line[i]
    if (more !== undefined) for (let i = 0; i < count; i++) values[i] += more[i]
    if ((picked + 1) % stepsPerYield !== 0) continue
    signal.throwIfAborted()
    const done = (picked + 1) / need
    yield isFew ? done : (1 + done) / 2
  }
  return { picks, values }
}

/** x . v of every row, in float64; four sums side by side. */
function dotsWith(rows: Float32Array, width: number, v: Float64Array): Float64Array {
  const out = new Float64Array(rows.length / width)
  for (let i = 0, at = 0; i < out.length; i++, at += width) {
    let [a, b, c, d] = [0, 0, 0, 0]
    let j = 0
    for (; j + 3 < width; j += 4) {
      a += rows[at + j] * v[j]
      b += rows[at + j + 1] * v[j + 1]
      c += rows[at + j + 2] * v[j + 2]
      d += rows[at + j + 3] * v[j + 3]
    }
    for (; j < width; j++) a += rows[at + j] * v[j]
    out[i] = a + b + (c + d)
  }
  return out
}

function squaresOf(rows: Float32Array, width: number): Float64Array {
  const out = new Float64Array(rows.length / width)
  for (let i = 0, at = 0; i < out.length; i++, at += width)
    for (let j = at; j < at + width; j++) out[i] += rows[j] * rows[j]
  return out
}
