// A start that already draws: real items are written as a few numbers each (their principal axes), the
// decoder learns to draw them back, and each class begins as clouds around groups of its items.
import type { Tensor, Tensor2D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { resizeMap } from '../../../compute/ops/pixel-map.ts'
import type { Random } from '../../../compute/random.ts'
import { repeatedStep } from '../../../compute/repeated-step.ts'
import { principalAxes } from '../../../features/principal-axes.ts'
import type { DecoderCode, PictureRange } from '../../../networks/decoder.ts'
import type { InputShape } from '../../../networks/network.ts'
import { trainingOps } from '../../../networks/training-ops.ts'
import type { LabelledRows } from '../distillation-method.ts'
import { drawRows } from '../matching/class-rows.ts'
import { applyMap } from '../matching/decoder.ts'
import { groupVariables, type GroupState } from './group-state.ts'

/** Real items with the numbers they are drawn from. */
export interface WarmItems {
  readonly rows: Uint32Array
  /** Rows x latent. */
  readonly latents: Float32Array
  /** Place in the group of each row's class. */
  readonly classes: Int32Array
}

/** Real items of a group that the decoder learns to draw, at most, and of a class at least. */
const mostItems = 3000
const fewestOfClass = 20
/** Numbers of a picture that principal axes are found of, at most; larger ones are shrunk first. */
const mostNumbers = 1100

/** Real items by lot and their place on the group's principal axes, each axis with spread 1. */
export async function warmItems(
  tf: TensorFlow,
  train: LabelledRows,
  shape: InputShape,
  byClass: readonly Uint32Array[],
  latent: number,
  random: Random,
  seed: number,
  signal: AbortSignal
): Promise<WarmItems> {
  const each = Math.max(fewestOfClass, Math.floor(mostItems / byClass.length))
  const parts = byClass.map((rows, c) => drawRows(random.fork(`class ${c}`), rows, each))
  const rows = Uint32Array.from(parts.flatMap((part) => [...part]))
  const classes = Int32Array.from(parts.flatMap((part, c) => [...part].map(() => c)))
  const small = shrunk(train.read(rows), shape)
  const width = small.length / rows.length
  const centred = small.slice()
  const axes = await principalAxes(tf, centred, width, latent, seed, signal)
  const latents = new Float32Array(rows.length * latent)
  const spread = Array.from(axes.variances, (variance) => Math.sqrt(Math.max(variance, 1e-12)))
  for (let row = 0; row < rows.length; row++)
    for (let k = 0; k < axes.columns; k++) {
      let sum = 0
      for (let j = 0; j < width; j++)
        sum += centred[row * width + j] * axes.axes[j * axes.columns + k]
      latents[row * latent + k] = sum / spread[k]
    }
  return { rows, latents, classes }
}

function shrunk(values: Float32Array, { height, width, channels }: InputShape): Float32Array {
  const factor = Math.sqrt(mostNumbers / (height * width * channels))
  if (factor >= 1) return values
  const [h, w] = [height, width].map((side) => Math.max(2, Math.floor(side * factor)))
  return applyMap(resizeMap(height, width, h, w), values, channels)
}

const rounds = 15
/** Variance that a cloud has at least: a single item is no cloud. */
const leastVariance = 0.02

/** Mean and log variance of `priors` clouds of each class, one class after the other. */
export function startClouds(
  { latents, classes }: WarmItems,
  count: number,
  priors: number,
  latent: number,
  random: Random
): Pick<GroupState, 'mean' | 'spread'> {
  const mean = new Float32Array(count * priors * latent)
  const spread = new Float32Array(mean.length)
  for (let c = 0; c < count; c++) {
    const own: Float32Array[] = []
    classes.forEach((of, row) => {
      if (of === c) own.push(latents.subarray(row * latent, (row + 1) * latent))
    })
    const group = groupItems(own, priors, random.fork(`clouds of class ${c}`))
    for (let prior = 0; prior < priors; prior++) {
      const members = own.filter((_, i) => group[i] === prior)
      const at = (c * priors + prior) * latent
      for (let k = 0; k < latent; k++) {
        const middle = meanOf(members, k)
        const variance = meanOf(
          // The spread of the class where a cloud has too few items to tell.
          (members.length > 2 ? members : own).map((item) =>
            Float32Array.of((item[k] - middle) ** 2)
          ),
          0
        )
        mean[at + k] = middle
        spread[at + k] = Math.log(Math.max(leastVariance, variance))
      }
    }
  }
  return { mean, spread }
}

function meanOf(items: readonly Float32Array[], k: number): number {
  return items.reduce((sum, item) => sum + item[k], 0) / Math.max(1, items.length)
}

/** k-means (Lloyd 1982); a group of every item, none empty where there are enough items. */
function groupItems(items: readonly Float32Array[], groups: number, random: Random): Int32Array {
  const order = random.sample(items.length, items.length)
  const centres = Array.from({ length: groups }, (_, g) => items[order[g % items.length]].slice())
  const group = new Int32Array(items.length)
  for (let round = 0; round < rounds; round++) {
    items.forEach((item, i) => {
      let least = Infinity
      centres.forEach((centre, g) => {
        let distance = 0
        for (let k = 0; k < item.length; k++) distance += (item[k] - centre[k]) ** 2
        if (distance < least) [least, group[i]] = [distance, g]
      })
    })
    centres.forEach((centre, g) => {
      const members = items.filter((_, i) => group[i] === g)
      if (members.length > 0) centre.forEach((_, k) => (centre[k] = meanOf(members, k)))
    })
  }
  // With fewer items than groups, the others stand for the same items again.
  centres.forEach((_, g) => {
    if (!group.includes(g)) group[order[g % items.length]] = g
  })
  return group
}

const batch = 64
const rate = 3e-3
/** Random shift of each number while drawing, so that the space between items is drawn, too. */
const blur = 0.2

/** Adam steps of drawing real items back by mean squared error; `step(index)` returns the error. */
export function startDrawing(
  tf: TensorFlow,
  code: DecoderCode,
  from: GroupState,
  items: WarmItems,
  train: LabelledRows,
  range: PictureRange,
  total: number,
  random: Random
): { step(index: number): number; state(): GroupState; dispose(): void } {
  const { latent } = code.spec
  const { height, width, channels } = code.output
  const group = groupVariables(tf, code, from)
  const ops = trainingOps(tf)
  let done = from.steps
  const update = repeatedStep(tf, ([z, x, ...rates]) => {
    const error = (...parameters: Tensor[]): Tensor =>
      tf.mean(tf.square(tf.sub(code.forward(tf, ops, parameters, z as Tensor2D, range), x)))
    const { value, grads } = tf.valueAndGrads(error)([...group.decoder])
    const still = [group.mean, group.spread].map((variable) => tf.zerosLike(variable))
    group.optimizer.update([...grads, ...still], rates)
    return value
  })
  return {
    step(index) {
      const stream = random.fork(`drawing ${index}`)
      const taken = Uint32Array.from({ length: batch }, () => stream.below(items.rows.length))
      const z = new Float32Array(batch * latent)
      taken.forEach((row, i) => {
        for (let k = 0; k < latent; k++)
          z[i * latent + k] = items.latents[row * latent + k] + blur * stream.normal()
      })
      const values = train.read(taken.map((row) => items.rows[row]))
      const falling = rate * (0.1 + 0.45 * (1 + Math.cos((Math.PI * index) / total)))
      const inputs = [
        tf.tensor2d(z, [batch, latent]),
        tf.tensor4d(values, [batch, height, width, channels]),
        ...group.optimizer.rates(index, falling).map((value) => tf.scalar(value))
      ]
      const [loss] = update.run(inputs)
      tf.dispose(inputs)
      done = index + 1
      return loss
    },
    state: () => group.state(done),
    dispose() {
      update.dispose()
      group.dispose()
    }
  }
}
