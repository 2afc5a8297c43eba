// A learned tokenizer at work: pictures in, features, groups and who owns what out. Every picture's
// groups start from numbers of its own, so that it gets the same ones whichever pictures are beside it.
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core'
import type { GroupsDetail } from '../../api/dto/groups.ts'
import type { TensorFlow } from '../compute/devices/device.ts'
import { letMessagesIn } from '../compute/let-messages-in.ts'
import { createRandom } from '../compute/random.ts'
import { inputSize } from '../networks/network.ts'
import { cellPool, drawNoise, pooledCells, tokenize } from '../networks/grouping/tokenizer.ts'
import type { GroupModel } from './group-model.ts'

/** Pictures in one go. */
export const atOnce = 64

/** Which picture, and which of its starts. */
export interface Start {
  readonly row: number
  readonly start: number
}

/** What a pass gives; see the tokenizer for the shapes. */
export interface Passed {
  /** count x {@link pooledWidth}. */
  readonly pooled: Float32Array
  /** For each layer: head by head, picture by picture, squares x groups. */
  readonly shares: readonly Float32Array[]
  /** Of the last layer: head by head, picture by picture, groups x head width. */
  readonly tokens: Float32Array
}

/** Numbers of a picture before they are turned: means over cells keep where things are. */
export function pooledWidth({ network }: Pick<GroupModel, 'network'>): number {
  return network.spec.width * pooledCells ** 2
}

/** Shares of the last layer. */
export function lastOf({ shares }: Pick<Passed, 'shares'>): Float32Array {
  return shares[shares.length - 1]
}

/** A model on a device. */
export interface Forward {
  /** One go: at most {@link atOnce} pictures, normalised, one after the other. */
  pass(pictures: Float32Array, starts: readonly Start[], detail: GroupsDetail): Passed
  dispose(): void
}

/** Puts a model on a device. */
export function openForward(tf: TensorFlow, model: GroupModel): Forward {
  const { network, parameters, seed } = model
  const { spec, input } = network
  const given = parameters.map((values, at) => tf.tensor(values, [...network.parameters[at].shape]))
  const streams = createRandom(seed).fork('starts of groups')
  return {
    pass(pictures, starts, detail) {
      const count = starts.length
      let out: Passed | undefined
      tf.tidy(() => {
        const x = tf.tensor4d(pictures, [count, input.height, input.width, input.channels])
        const noise = Array.from({ length: spec.layers }, (_, layer): Tensor4D => {
          const own = starts.map(({ row, start }) => streams.fork(`${row} ${start} ${layer}`))
          const shape: [number, number, number, number] = [
            ...([spec.heads, count, detail.groups, spec.headWidth] as const)
          ]
          return tf.tensor4d(drawNoise(spec, detail, own), shape)
        })
        const said = tokenize(tf, network, given, x, noise, detail.rounds)
        const pooled = cellPool(tf, network, said.patches)
        const last = said.layers[said.layers.length - 1]
        out = {
          pooled: floats(pooled),
          shares: said.layers.map(({ assignment }) => floats(assignment)),
          tokens: floats(last.groups)
        }
      })
      return out as Passed // the body above has run
    },
    dispose: () => tf.dispose(given)
  }
}

// Tensors of float32 give Float32Arrays.
const floats = (tensor: Tensor): Float32Array => tensor.dataSync() as Float32Array

/** Pictures by their positions in a list, normalised, and which rows of the dataset they are. */
export interface Pictures {
  readonly rows: Uint32Array
  read(positions: Uint32Array): Float32Array
}

/** Pooled numbers of all pictures, with the seconds that the passes after the first took for each. */
export async function pooledOf(
  tf: TensorFlow,
  model: GroupModel,
  pictures: Pictures,
  detail: GroupsDetail,
  signal: AbortSignal
): Promise<{ readonly values: Float32Array; readonly milliseconds: number }> {
  const forward = openForward(tf, model)
  const width = pooledWidth(model)
  const count = pictures.rows.length
  const values = new Float32Array(count * width)
  let [spent, timed] = [0, 0]
  try {
    for (let from = 0; from < count; from += atOnce) {
      await letMessagesIn()
      signal.throwIfAborted()
      const { inputs, starts } = batchOf(pictures, from)
      const began = performance.now()
      const { pooled } = forward.pass(inputs, starts, detail)
      // The first pass sets up what the others use.
      if (from > 0 || count <= atOnce) {
        spent += performance.now() - began
        timed += starts.length
      }
      values.set(pooled, from * width)
    }
  } finally {
    forward.dispose()
  }
  return { values, milliseconds: spent / Math.max(1, timed) }
}

/** Pictures of one pass with their first starts. */
export function batchOf(
  { rows, read }: Pictures,
  from: number
): { readonly inputs: Float32Array; readonly starts: Start[] } {
  const size = Math.min(atOnce, rows.length - from)
  const positions = Uint32Array.from({ length: size }, (_, i) => from + i)
  const starts = [...rows.subarray(from, from + size)].map((row) => ({ row, start: 0 }))
  return { inputs: read(positions), starts }
}

/** Values of one picture in what a pass gives for a layer. */
export function pictureOfHead(
  { network }: Pick<GroupModel, 'network'>,
  values: Float32Array,
  count: number,
  head: number,
  picture: number
): Float32Array {
  const each = values.length / (network.spec.heads * count)
  const at = (head * count + picture) * each
  return values.subarray(at, at + each)
}

/** Pictures of bytes with the normalisation of a model. */
export function normalised(
  { network, normalisation }: Pick<GroupModel, 'network' | 'normalisation'>,
  rows: Uint32Array,
  pixels: Uint8Array
): Pictures {
  const { channels } = network.input
  const size = inputSize(network.input)
  const { mean, sd } = normalisation
  return {
    rows,
    read(positions) {
      const out = new Float32Array(positions.length * size)
      positions.forEach((position, i) => {
        for (let k = 0; k < size; k++) {
          const c = k % channels
          out[i * size + k] = (pixels[position * size + k] / 255 - mean[c]) / sd[c]
        }
      })
      return out
    }
  }
}
