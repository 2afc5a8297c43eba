// The last turn of what was learned: many numbers of cells become their leading axes,
// learned from the pictures that were learned from.
import { join } from 'node:path'
import type { TensorFlow } from '../compute/devices/device.ts'
import { multiplyArrays } from '../features/matrix-product.ts'
import { principalAxes } from '../features/principal-axes.ts'
import { readArrayOf, writeArray } from '../selection/array-files.ts'

/** Leading axes that are kept. */
export const keptAxes = 96
/** Rows that axes are learned from, at most. */
const fitRows = 4000

/** Mean and axes (width x columns). */
export interface Turn {
  readonly mean: Float32Array
  readonly axes: Float32Array
}

/** Learns a turn from count x width rows, which stay as they are. */
export async function fitTurn(
  tf: TensorFlow,
  rows: Float32Array,
  width: number,
  signal: AbortSignal
): Promise<Turn> {
  const { mean, axes } = await principalAxes(
    tf,
    rows.slice(0, fitRows * width),
    width,
    keptAxes,
    0,
    signal
  )
  return { mean, axes }
}

/** Turns count x width rows into count x columns ones. */
export function turned(tf: TensorFlow, rows: Float32Array, { mean, axes }: Turn): Float32Array {
  const width = mean.length
  const centred = rows.map((value, at) => value - mean[at % width])
  return multiplyArrays(tf, centred, width, axes)
}

/** Columns of a turn. */
export const columnsOf = ({ mean, axes }: Turn): number => axes.length / mean.length

/** Writes a turn durably. */
export async function saveTurn(folder: string, { mean, axes }: Turn): Promise<void> {
  await writeArray(join(folder, 'turn-mean.npy'), mean)
  await writeArray(join(folder, 'turn-axes.npy'), axes)
}

/** Reads a turn. Throws AppError "file-damaged". */
export async function loadTurn(folder: string): Promise<Turn> {
  return {
    mean: await readArrayOf(join(folder, 'turn-mean.npy'), 'f4'),
    axes: await readArrayOf(join(folder, 'turn-axes.npy'), 'f4')
  }
}
