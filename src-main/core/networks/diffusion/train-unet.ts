// Training a U-Net to see noise (Ho et al. 2020, algorithm 1), step by step, with the running average of
// its weights that is used afterwards.
import type { Tensor, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../compute/devices/device.ts'
import type { Random } from '../../compute/random.ts'
import { repeatedStep } from '../../compute/repeated-step.ts'
import { inputSize } from '../network.ts'
import { createOptimizer, makeVariable, numbersOf } from '../optimizers.ts'
import { trainingOps } from '../training-ops.ts'
import { keptShares, type NoiseSchedule } from './schedule.ts'
import { timeWaves, type UnetCode } from './unet.ts'

/** How a U-Net is trained. Plain data. */
export interface UnetRecipe {
  readonly schedule: NoiseSchedule
  readonly batch: number
  readonly steps: number
  readonly rate: number
  /** Share of the running average that a step keeps, once there were steps enough. */
  readonly average: number
}

export const usualUnetRecipe: Omit<UnetRecipe, 'steps' | 'schedule'> = {
  batch: 64,
  rate: 1e-3,
  average: 0.995
}

/** Everything that a training needs to go on to the same bits. */
export interface UnetState {
  readonly parameters: readonly Float32Array[]
  readonly moments: readonly Float32Array[]
  readonly average: readonly Float32Array[]
  readonly done: number
}

/** Pictures in -1..1, by their rows. */
export interface UnetPictures {
  readonly count: number
  /** Rows one after the other, height x width x channels each. */
  read(rows: Uint32Array): Float32Array
}

export interface UnetTraining {
  readonly done: number
  /** The next step; returns the mean squared error of the noise before the change. */
  step(): number
  state(): UnetState
  /** The averaged weights. */
  network(): Float32Array[]
  dispose(): void
}

/** Share of the steps in which the rate rises. */
const warmUp = 0.05

/**
 * A U-Net before its next step; `enableGradients` comes first. What happens in a step depends on
 * `random`, the recipe and the number of the step alone.
 */
export function startUnet(
  tf: TensorFlow,
  unet: UnetCode,
  pictures: UnetPictures,
  recipe: UnetRecipe,
  random: Random,
  from?: UnetState
): UnetTraining {
  const ops = trainingOps(tf)
  const kept = keptShares(recipe.schedule)
  const first = from?.parameters ?? unet.start(random.fork('weights'))
  const variables = (values: readonly Float32Array[]): Variable[] =>
    values.map((part, at) => makeVariable(tf, part, unet.parameters[at].shape))
  const weights = variables(first)
  const average = variables(from?.average ?? first)
  const optimizer = createOptimizer(
    tf,
    weights,
    { optimizer: 'adamw', momentum: 0, decay: 0 },
    from?.moments
  )
  const repeated = repeatedStep(tf, ([x, noise, time, rate, decay, keep]: readonly Tensor[]) => {
    const slopes = tf.valueAndGrads((...given: Tensor[]) => {
      // As drawn below.
      const seen = unet.forward(tf, ops, given, x as Tensor4D, time as Tensor2D)
      return tf.mean(tf.square(tf.sub(seen, noise)))
    })
    const at = slopes([...weights])
    optimizer.update(at.grads, [rate, decay])
    average.forEach((slow, index) =>
      slow.assign(tf.add(tf.mul(slow, keep), tf.mul(weights[index], tf.sub(1, keep))))
    )
    return at.value
  })
  let done = from?.done ?? 0
  const { height, width, channels } = unet.input
  const size = inputSize(unet.input)
  return {
    get done() {
      return done
    },
    step() {
      const stream = random.fork(`step ${done}`)
      const rows = stream.sample(pictures.count, Math.min(pictures.count, recipe.batch))
      const x = pictures.read(rows)
      const noise = Float32Array.from(x, () => stream.normal())
      const steps = Array.from(rows, () => stream.below(recipe.schedule.steps))
      steps.forEach((step, row) => {
        const [picture, rest] = [Math.sqrt(kept[step]), Math.sqrt(1 - kept[step])]
        for (let at = row * size; at < (row + 1) * size; at++)
          x[at] = picture * x[at] + rest * noise[at]
      })
      const shape: [number, number, number, number] = [rows.length, height, width, channels]
      const rising = Math.max(1, recipe.steps * warmUp)
      const rate = recipe.rate * Math.min(1, (done + 1) / rising)
      // The average of few steps is of those few: it forgets the first weights at once.
      const keep = Math.min(recipe.average, (done + 1) / (done + 10))
      const inputs = [
        tf.tensor4d(x, shape),
        tf.tensor4d(noise, shape),
        tf.tensor2d(timeWaves(steps, unet.spec.time), [rows.length, unet.spec.time]),
        ...[...optimizer.rates(done, rate), keep].map((value) => tf.scalar(value))
      ]
      const [loss] = repeated.run(inputs)
      tf.dispose(inputs)
      done++
      return loss
    },
    state: () => ({
      parameters: weights.map(numbersOf),
      moments: optimizer.moments().map(numbersOf),
      average: average.map(numbersOf),
      done
    }),
    network: () => average.map(numbersOf),
    dispose() {
      repeated.dispose()
      optimizer.dispose()
      tf.dispose([...weights, ...average])
    }
  }
}
