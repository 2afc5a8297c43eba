// What made items begin as: real items drawn by lot, averages of alike real items, or noise.
import { normaliseRows } from '../../../compute/kernels/row-normalise.ts'
import { nearestCentroids, sphericalKMeans } from '../../../compute/kernels/spherical-k-means.ts'
import { resizeMap } from '../../../compute/ops/pixel-map.ts'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import type { Random } from '../../../compute/random.ts'
import { inputSize, type InputShape } from '../../../networks/network.ts'
import type { LabelledRows } from '../distillation-method.ts'
import { applyMap, tileSides } from './decoder.ts'

/** How items begin. */
export const startRules = ['real', 'averages', 'noise'] as const
export type StartRule = (typeof startRules)[number]

/** Everything about a start but the rule. */
export interface StartInputs {
  readonly tf: TensorFlow
  readonly train: LabelledRows
  readonly byClass: readonly Uint32Array[]
  readonly shape: InputShape
  readonly perClass: number
  /** Tiles along each side of an item; each tile begins as a picture of its own. */
  readonly factor: number
  readonly random: Random
  readonly signal: AbortSignal
}

/** Real items of a class that averages are taken of, at most. */
const mostAveraged = 500

/** First values: classes x perClass items, one class after the other. */
export async function startValues(inputs: StartInputs, rule: StartRule): Promise<Float32Array> {
  const { byClass, shape, perClass, factor, random } = inputs
  const size = inputSize(shape)
  const values = new Float32Array(byClass.length * perClass * size)
  if (rule === 'noise') {
    const stream = random.fork('noise')
    return values.map(() => stream.normal())
  }
  const wanted = perClass * factor * factor
  for (const [c, rows] of byClass.entries()) {
    const stream = random.fork(`class ${c}`)
    const pictures =
      rule === 'real'
        ? inputs.train.read(repeated(stream, rows, wanted))
        : await averages(inputs, rows, wanted, stream)
    values.set(tiled(pictures, shape, factor), c * perClass * size)
  }
  return values
}

/** Different rows by lot; all of them again and again where there are too few. */
function repeated(random: Random, rows: Uint32Array, wanted: number): Uint32Array {
  const order = random.sample(rows.length, rows.length)
  return Uint32Array.from({ length: wanted }, (_, i) => rows[order[i % order.length]])
}

/**
 * Averages of groups of alike items, so that the items of a class differ from the start: equal ones
 * would get equal gradients for ever.
 */
async function averages(
  { tf, train, shape, signal }: StartInputs,
  rows: Uint32Array,
  wanted: number,
  random: Random
): Promise<Float32Array> {
  const taken = random.sample(rows.length, Math.min(mostAveraged, rows.length))
  const values = train.read(taken.map((at) => rows[at]))
  const size = inputSize(shape)
  const groups = Math.min(wanted, taken.length)
  const directions = values.slice()
  normaliseRows(directions, size)
  const centres = await sphericalKMeans(tf, directions, size, groups, random, signal)
  const { cluster } = await nearestCentroids(tf, directions, centres, size, signal)
  const counts = new Uint32Array(groups)
  for (const group of cluster) counts[group]++
  const result = new Float32Array(wanted * size)
  cluster.forEach((group, i) => {
    for (let j = 0; j < size; j++) result[group * size + j] += values[i * size + j] / counts[group]
  })
  // A group without items, and places beyond the groups, take an item as it is.
  for (let place = 0; place < wanted; place++)
    if (place >= groups || counts[place] === 0) {
      const i = place % taken.length
      result.set(values.subarray(i * size, (i + 1) * size), place * size)
    }
  return result
}

/** Pictures shrunk to tiles, factor x factor of them to each item. */
export function tiled(pictures: Float32Array, shape: InputShape, factor: number): Float32Array {
  if (factor === 1) return pictures
  const { height, width, channels } = shape
  const [tileHeight, tileWidth] = tileSides(shape, factor)
  const small = applyMap(resizeMap(height, width, tileHeight, tileWidth), pictures, channels)
  const size = inputSize(shape)
  const items = pictures.length / size / (factor * factor)
  const values = new Float32Array(items * size)
  for (let item = 0; item < items; item++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const tile = Math.floor(y / tileHeight) * factor + Math.floor(x / tileWidth)
        const pixel = (y % tileHeight) * tileWidth + (x % tileWidth)
        const from = ((item * factor * factor + tile) * tileHeight * tileWidth + pixel) * channels
        const to = item * size + (y * width + x) * channels
        for (let c = 0; c < channels; c++) values[to + c] = small[from + c]
      }
  return values
}
