// Pictures to latents and back without chance (Song et al. 2021, "DDIM", section 4): the same moves up
// and down one grid of noise levels. A clean picture counts as the picture at the lowest level, both
// ways, so that down undoes up.
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { letMessagesIn } from '../../compute/let-messages-in.ts'
import type { NetworkOps } from '../../compute/ops/network-ops.ts'
import { repeatedStep } from '../../compute/repeated-step.ts'
import { inputSize } from '../network.ts'
import { keptShares, moveFactors, type MoveFactors, type NoiseSchedule } from './schedule.ts'
import { timeWaves, type UnetCode } from './unet.ts'

/** A trained model that sees noise. */
export interface DiffusionModel {
  readonly unet: UnetCode
  readonly parameters: readonly Float32Array[]
  readonly schedule: NoiseSchedule
}

/** Pictures between noise levels; hold it for several batches of one size, then dispose it. */
export interface DdimMover {
  /** Clean pictures (count x height x width x channels, -1..1) to latents at the grid's top. */
  invert(pictures: Float32Array): Promise<Float32Array>
  /** Latents at the grid's top to pictures, which may lie somewhat outside of -1..1. */
  denoise(latents: Float32Array): Promise<Float32Array>
  dispose(): void
}

/** See {@link createMover}. */
export interface MoverOptions {
  /** Levels from low to high, see stepGrid. */
  readonly grid: readonly number[]
  readonly signal: AbortSignal
  /** After each move, with how many of this call are done. */
  readonly onMove?: (done: number, all: number) => void
}

/** One move of a batch: picture * x + noise * (what the model sees in x at a level). */
export type MoveOnce = (x: Float32Array, level: number, factors: MoveFactors) => Float32Array

/** Both ways along a grid, each move by `move`. They end with the signal's reason within one move. */
export function alongGrid(
  schedule: NoiseSchedule,
  { grid, signal, onMove }: MoverOptions,
  move: MoveOnce
): Pick<DdimMover, 'invert' | 'denoise'> {
  const kept = keptShares(schedule)
  async function travel(values: Float32Array, levels: readonly number[]): Promise<Float32Array> {
    let now = values
    for (let at = 0; at + 1 < levels.length; at++) {
      signal.throwIfAborted()
      now = move(now, levels[at], moveFactors(kept[levels[at]], kept[levels[at + 1]]))
      onMove?.(at + 1, levels.length - 1)
      await letMessagesIn()
    }
    return now
  }
  return {
    invert: (pictures) => travel(pictures, grid),
    denoise: (latents) => travel(latents, [...grid].reverse())
  }
}

/**
 * Moves of a model along a grid. Both ways end with the signal's reason within one move.
 * @param ops of first order, or those that need no special kernel
 */
export function createMover(
  tf: TensorFlow,
  ops: NetworkOps,
  { unet, parameters, schedule }: DiffusionModel,
  options: MoverOptions
): DdimMover {
  const weights = unet.parameters.map(({ shape }, at) =>
    tf.tensor(parameters[at].slice(), [...shape])
  )
  const step = repeatedStep(tf, ([x, time, picture, noise, ...given]: readonly Tensor[]) => {
    // As they are handed over below.
    const seen = unet.forward(tf, ops, given, x as Tensor4D, time as Tensor2D)
    return tf.add(tf.mul(x, picture), tf.mul(seen, noise))
  })
  const { height, width, channels } = unet.input
  const ways = alongGrid(schedule, options, (x, level, { picture, noise }) => {
    const count = x.length / inputSize(unet.input)
    const told = timeWaves(new Array<number>(count).fill(level), unet.spec.time)
    const inputs = [
      tf.tensor4d(x, [count, height, width, channels]),
      tf.tensor2d(told, [count, unet.spec.time]),
      tf.scalar(picture),
      tf.scalar(noise)
    ]
    const moved = step.run([...inputs, ...weights])
    tf.dispose(inputs)
    return moved
  })
  return {
    ...ways,
    dispose() {
      step.dispose()
      tf.dispose(weights)
    }
  }
}
