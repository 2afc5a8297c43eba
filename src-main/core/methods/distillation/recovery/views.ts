// What a helper model sees of pictures in one step: shifted by a few pixels, and with a falling zoom
// (CDA, Yin and Shen 2024) smaller and smaller parts enlarged. Rows and columns are moved by one matrix
// each, which go into compiled steps as tensors.
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { Random } from '../../../compute/random.ts'
import type { InputShape } from '../../../networks/network.ts'

/** Side x side weights: row i of the result from the rows of the picture. */
export interface ViewMatrices {
  readonly rows: Float32Array
  readonly columns: Float32Array
}

/** Share of the picture that a part has at least, at the end of a falling zoom. */
export const leastArea = 0.08

/** Smallest share of the area at this point of the run, falling from 1 as a cosine. @param share 0..1 */
export function leastAreaAt(share: number): number {
  return leastArea + (1 - leastArea) * 0.5 * (1 + Math.cos(Math.PI * share))
}

/** Pixels of a shift at most: 4 of 32, in proportion for other sizes. */
function mostShift(side: number): number {
  return Math.round(side / 8)
}

/**
 * A shift that brings in at one side what leaves at the other, then a part of the picture enlarged to
 * its size.
 * @param area smallest share of the area; 1 shows the whole picture
 */
export function drawView(
  random: Random,
  { height, width }: InputShape,
  area: number
): ViewMatrices {
  const share = area + (1 - area) * random.uniform()
  // The sides of a part are between 3 : 4 and 4 : 3.
  const ratio = share === 1 ? 1 : Math.exp((random.uniform() - 0.5) * 2 * Math.log(4 / 3))
  return {
    rows: sideMatrix(random, height, Math.min(1, Math.sqrt(share * ratio))),
    columns: sideMatrix(random, width, Math.min(1, Math.sqrt(share / ratio)))
  }
}

/** Bilinear between pixel centres; the edge of the part continues outside. */
function sideMatrix(random: Random, side: number, part: number): Float32Array {
  const most = mostShift(side)
  const shift = random.below(2 * most + 1) - most
  const start = random.uniform() * side * (1 - part)
  const out = new Float32Array(side * side)
  for (let i = 0; i < side; i++) {
    const place = Math.min(side - 1, Math.max(0, start + (i + 0.5) * part - 0.5))
    const below = Math.floor(place)
    const add = (at: number, weight: number): void => {
      const from = (Math.min(side - 1, at) + shift + side) % side
      out[i * side + from] += weight
    }
    add(below, 1 - (place - below))
    if (place > below) add(below + 1, place - below)
  }
  return out
}

/** Every picture seen through the matrices; linear in the pictures. */
export function applyView(tf: TensorFlow, x: Tensor4D, rows: Tensor, columns: Tensor): Tensor4D {
  const [count, height, width, channels] = x.shape
  const along = (of: Tensor4D, matrix: Tensor, side: number): Tensor => {
    const flat: Tensor2D = tf.reshape(of, [side, -1])
    return tf.matMul(matrix as Tensor2D, flat)
  }
  const byRow = along(tf.transpose(x, [1, 0, 2, 3]), rows, height)
  const moved: Tensor4D = tf.reshape(byRow, [height, count, width, channels])
  const byColumn = along(tf.transpose(moved, [2, 1, 0, 3]), columns, width)
  return tf.transpose(tf.reshape(byColumn, [width, count, height, channels]), [1, 2, 0, 3])
}
