// The whole tokenizer as a function of its parameters: patches, grouping layers, features.
import type { Tensor, Tensor2D, Tensor3D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { layerNorm } from '../../compute/ops/layer-norm.ts'
import type { Random } from '../../compute/random.ts'
import { parameterReader } from '../convnet.ts'
import { groupingLayer, type GroupingOutputs, type RoundGradient } from './grouping-layer.ts'
import type { GroupingEffort, GroupingNetwork, GroupingSpec } from './grouping-spec.ts'

/** What a forward pass gives. */
export interface TokenizerOutputs {
  /** Patches after the last layer, normalised: B x N x D. */
  readonly patches: Tensor3D
  /** Groups and assignments, first layer first. */
  readonly layers: readonly Pick<GroupingOutputs, 'groups' | 'assignment'>[]
}

/** Numbers in the noise of one layer for one picture. */
export function noiseSize({ heads, headWidth }: GroupingSpec, { groups }: GroupingEffort): number {
  return heads * groups * headWidth
}

/**
 * Standard normal noise of one layer for several pictures, H x B x M x d. Each picture has its own
 * stream, so that it gets the same groups whichever pictures are beside it.
 * @param streams one for each picture and layer
 */
export function drawNoise(
  { heads, headWidth }: GroupingSpec,
  { groups }: GroupingEffort,
  streams: readonly Random[]
): Float32Array {
  const pictures = streams.length
  const noise = new Float32Array(heads * pictures * groups * headWidth)
  const block = groups * headWidth
  streams.forEach((stream, picture) => {
    for (let head = 0; head < heads; head++) {
      const from = (head * pictures + picture) * block
      for (let at = 0; at < block; at++) noise[from + at] = stream.normal()
    }
  })
  return noise
}

/**
 * @param parameters tensors of the shapes of `network.parameters`, in their order
 * @param x pictures, B x height x width x channels
 * @param noise for each layer, H x B x M x d
 * @param rounds K, at least 1
 */
export function tokenize(
  tf: TensorFlow,
  network: GroupingNetwork,
  parameters: readonly Tensor[],
  x: Tensor4D,
  noise: readonly Tensor4D[],
  rounds: number,
  gradient: RoundGradient = 'last'
): TokenizerOutputs {
  const { spec, rows, columns } = network
  const take = parameterReader(parameters)
  const pictures = x.shape[0]
  const cut = cutPatches(tf, x, spec.patch)
  const embedded = tf.add(tf.matMul(cut, take<Tensor2D>()), take())
  let patches: Tensor3D = tf.add(
    tf.reshape(embedded, [pictures, rows * columns, spec.width]),
    take()
  )
  const layers: Pick<GroupingOutputs, 'groups' | 'assignment'>[] = []
  for (let layer = 0; layer < spec.layers; layer++) {
    const { groups, assignment, ...rest } = groupingLayer(
      tf,
      spec,
      take,
      patches,
      noise[layer],
      rounds,
      gradient
    )
    patches = rest.patches
    layers.push({ groups, assignment })
  }
  return { patches: layerNorm(tf, patches, take(), take()), layers }
}

/** B x height x width x channels to (B rows columns) x (patch patch channels), row by row. */
function cutPatches(tf: TensorFlow, x: Tensor4D, patch: number): Tensor2D {
  const [pictures, height, width, channels] = x.shape
  const [rows, columns] = [height / patch, width / patch]
  const cut = tf.reshape(x, [pictures * rows, patch, columns, patch * channels])
  return tf.reshape(tf.transpose(cut, [0, 2, 1, 3]), [
    pictures * rows * columns,
    patch * patch * channels
  ])
}

/** Cells along each side over which patches are averaged where their place is to be kept. */
export const pooledCells = 3

/** Mean of all patches: B x N x D to B x D. Throws position away. */
export function meanPool(tf: TensorFlow, patches: Tensor3D): Tensor2D {
  return tf.mean(patches, 1)
}

/**
 * Means over a grid of cells, side by side: B x N x D to B x (cells cells D), which keeps where things
 * are. Borders of cells are rounded; every patch belongs to one cell.
 */
export function cellPool(
  tf: TensorFlow,
  { rows, columns, spec }: GroupingNetwork,
  patches: Tensor3D,
  cells = pooledCells
): Tensor2D {
  const weights = tf.tensor2d(cellWeights(rows, columns, cells), [cells * cells, rows * columns])
  const pooled = tf.matMul(tf.tile(tf.expandDims(weights, 0), [patches.shape[0], 1, 1]), patches)
  return tf.reshape(pooled, [patches.shape[0], cells * cells * spec.width])
}

/** (cells cells) x (rows columns): each row the mean of one cell. */
function cellWeights(rows: number, columns: number, cells: number): Float32Array {
  const weights = new Float32Array(cells * cells * rows * columns)
  const cellOf = (at: number, length: number): number => Math.floor((at * cells) / length)
  const counts = new Float64Array(cells * cells)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      counts[cellOf(row, rows) * cells + cellOf(column, columns)]++
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const cell = cellOf(row, rows) * cells + cellOf(column, columns)
      weights[cell * rows * columns + row * columns + column] = 1 / counts[cell]
    }
  return weights
}
