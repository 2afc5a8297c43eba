// The picture-network check model: a small convolutional network that learns from the pictures' own
// pixels, so that a set is not judged by the fingerprints it was chosen with.
import type { Tensor, Tensor1D, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { enableGradients } from '../../compute/devices/gradients.ts'
import type { NetworkOps } from '../../compute/ops/network-ops.ts'
import { createRandom, type Random } from '../../compute/random.ts'
import { uniformNumbers } from '../../networks/initial-values.ts'
import { makeVariable } from '../../networks/optimizers.ts'
import { trainingOps } from '../../networks/training-ops.ts'
import { labelledPositions, type CheckModelCode, type PictureInputs } from './check-model.ts'
import {
  createBatches,
  createTrainer,
  finishTraining,
  networkAccuracy,
  oneHot,
  type Network,
  type NetworkRecipe,
  type Training
} from './train-network.ts'

/** Channels of every convolution. */
export const networkWidth = 32
const blocks = 3
/** Pictures are moved by up to this many pixels in each direction. */
const mostShift = 3

/** Fixed for every data set; never tuned on test items. */
export const convnetRecipe: NetworkRecipe = { steps: 600, batch: 64, rate: 3e-3, decay: 0.05 }

/**
 * ConvNet-3 of the dataset-distillation literature (Zhao et al. 2021, section 4) at a small width:
 * three times convolution 3 x 3, instance normalisation, ReLU and means of 2 x 2, then a linear layer.
 */
export const convnetModel: CheckModelCode<PictureInputs> = {
  async score(inputs, { tf }, signal) {
    if (!inputs.trainLabels.some((label) => label >= 0)) return 0
    await enableGradients()
    return finishTraining(startConvnet(tf, inputs), signal)
  }
}

/**
 * A picture network before its first step. First weights, order and shifts depend on the seed and
 * on the number of training pictures alone, so that the arms of a repeat start alike. At least one
 * training picture must have a label; `enableGradients` comes first.
 */
export function startConvnet(
  tf: TensorFlow,
  inputs: PictureInputs,
  recipe: NetworkRecipe = convnetRecipe
): Training {
  const { size, channels, classes, trainPixels, trainLabels, testPixels, testLabels } = inputs
  const random = createRandom(inputs.seed).fork('picture network')
  const ops = trainingOps(tf)
  const items = labelledPositions(trainLabels)
  const read = pixelReader(inputs, channelScaling(trainPixels, items, size * size, channels))
  const toTensor = (values: Float32Array, count: number): Tensor4D =>
    tf.tensor4d(values, [count, size, size, channels])
  const network = createConvnet(tf, ops, size, channels, classes, random.fork('weights'))
  const trainer = createTrainer(tf, ops, network, recipe)
  const nextBatch = createBatches(items, recipe.batch, random.fork('order'))
  const moves = random.fork('moves')
  return {
    steps: recipe.steps,
    step(index) {
      const batch = nextBatch()
      const values = read(trainPixels, batch, () => randomMove(moves, channels))
      const [x, y] = [toTensor(values, batch.length), oneHot(tf, batch, trainLabels, classes)]
      const loss = trainer.step(index, x, y)
      tf.dispose([x, y])
      return loss
    },
    accuracy: (signal) =>
      networkAccuracy(
        tf,
        network,
        labelledPositions(testLabels),
        testLabels,
        (part) =>
          toTensor(
            read(testPixels, part, () => still),
            part.length
          ),
        signal
      ),
    dispose() {
      trainer.dispose()
      tf.dispose([...network.variables])
    }
  }
}

/** How a picture is changed on its way into a step. */
interface Move {
  readonly down: number
  readonly right: number
  readonly isMirrored: boolean
}

const still: Move = { down: 0, right: 0, isMirrored: false }

/**
 * A shift, and for colour pictures a left-right mirror in half of the cases. Grey pictures are not
 * mirrored: they are often letters or digits, which mean something else then.
 */
function randomMove(random: Random, channels: number): Move {
  const [down, right] = [0, 1].map(() => random.below(2 * mostShift + 1) - mostShift)
  return { down, right, isMirrored: random.below(2) === 1 && channels === 3 }
}

interface ChannelScaling {
  readonly mean: Float64Array
  readonly inverseSpread: Float64Array
}

/** Mean and spread of each channel over the training pictures. */
function channelScaling(
  pixels: Uint8Array,
  items: Uint32Array,
  places: number,
  channels: number
): ChannelScaling {
  const sum = new Float64Array(channels)
  const squares = new Float64Array(channels)
  for (const item of items) {
    const from = item * places * channels
    for (let at = 0; at < places * channels; at++) {
      const value = pixels[from + at]
      sum[at % channels] += value
      squares[at % channels] += value * value
    }
  }
  const count = items.length * places
  const mean = sum.map((value) => value / count)
  const inverseSpread = squares.map((value, c) => {
    const variance = value / count - mean[c] * mean[c]
    // Pictures of one colour only: nothing to divide by.
    return variance > 1e-3 ? 1 / Math.sqrt(variance) : 0
  })
  return { mean, inverseSpread }
}

type ReadPixels = (pixels: Uint8Array, items: Uint32Array, moveOf: () => Move) => Float32Array

/** Scaled pixels of some pictures, each moved; what moves in repeats the picture's edge. */
function pixelReader({ size, channels }: PictureInputs, scaling: ChannelScaling): ReadPixels {
  const inside = (at: number): number => Math.min(size - 1, Math.max(0, at))
  const each = size * size * channels
  // All 256 values of each channel, scaled once.
  const scaled = Float32Array.from({ length: 256 * channels }, (_, at) => {
    const c = at % channels
    return (Math.floor(at / channels) - scaling.mean[c]) * scaling.inverseSpread[c]
  })
  return (pixels, items, moveOf) => {
    const out = new Float32Array(items.length * each)
    let to = 0
    for (const item of items) {
      const { down, right, isMirrored } = moveOf()
      for (let y = 0; y < size; y++) {
        const line = item * each + inside(y - down) * size * channels
        for (let x = 0; x < size; x++) {
          const column = inside(x - right)
          const from = line + (isMirrored ? size - 1 - column : column) * channels
          for (let c = 0; c < channels; c++) out[to++] = scaled[pixels[from + c] * channels + c]
        }
      }
    }
    return out
  }
}

function createConvnet(
  tf: TensorFlow,
  ops: NetworkOps,
  size: number,
  channels: number,
  classes: number,
  random: Random
): Network {
  const variables: Variable[] = []
  const variable = <T extends Tensor>(values: Float32Array, shape: number[]): T => {
    const made = makeVariable(tf, values, shape)
    variables.push(made)
    return made as Tensor as T // of the shape given
  }
  const layers: ((x: Tensor4D) => Tensor4D)[] = []
  for (let block = 0; block < blocks; block++) {
    const inputs = block === 0 ? channels : networkWidth
    // Within 1 / sqrt(inputs of a filter), PyTorch's usual first weights.
    const numbers = uniformNumbers(random, 9 * inputs * networkWidth, 1 / Math.sqrt(9 * inputs))
    const filter = variable<Tensor4D>(numbers, [3, 3, inputs, networkWidth])
    const scale = variable<Tensor1D>(new Float32Array(networkWidth).fill(1), [networkWidth])
    const shift = variable<Tensor1D>(new Float32Array(networkWidth), [networkWidth])
    // A bias before a normalisation would be taken out by it.
    layers.push((x) =>
      ops.averagePool(tf.relu(ops.instanceNorm(ops.convolve(x, filter, 1), scale, shift)), 2)
    )
  }
  const width = Math.floor(size / 2 ** blocks) ** 2 * networkWidth
  const last = variable<Tensor2D>(uniformNumbers(random, width * classes, 1 / Math.sqrt(width)), [
    width,
    classes
  ])
  const biases = variable<Tensor1D>(new Float32Array(classes), [classes])
  return {
    variables,
    logits(x) {
      const seen = layers.reduce((picture, layer) => layer(picture), x as Tensor4D) // N x size x size x channels
      return tf.add(tf.matMul(tf.reshape(seen, [x.shape[0], width]), last), biases)
    }
  }
}
