// A training step that is run over and over. On the native device the second run and the following
// ones skip tfjs altogether (devices/native/replay.ts); elsewhere the step runs as it is.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { TensorFlow } from './devices/device.ts'
import { NativeBackend } from './devices/native/backend.ts'
import { recordStep, type Replay } from './devices/native/replay.ts'

export interface RepeatedStep {
  /** Runs the step; variables change. Returns the numbers of the step's result. */
  run(inputs: readonly Tensor[]): Float32Array
  dispose(): void
}

/** Runs that may show that the step cannot be repeated: the first ones make the optimizer's variables. */
const mostTries = 3

/**
 * Prepares a step for many runs. The step gets the inputs and returns one float32 tensor (usually
 * the loss). What it computes must depend on the inputs and the variables alone: random numbers,
 * and rates that change from step to step, come in as inputs.
 */
export function repeatedStep(
  tf: TensorFlow,
  step: (inputs: readonly Tensor[]) => Tensor
): RepeatedStep {
  const inScope = (inputs: readonly Tensor[]): Tensor => tf.tidy(() => step(inputs))
  let replay: Replay | undefined
  let tries = 0
  return {
    run(inputs) {
      const backend: unknown = tf.backend()
      if (backend instanceof NativeBackend && tries < mostTries) {
        if (replay?.isFor(inputs) === true) return replay.run(inputs)
        replay?.dispose()
        const recorded = recordStep(backend, inScope, inputs)
        replay = recorded.replay
        tries = replay === undefined ? tries + 1 : 0
        return recorded.result
      }
      const result = inScope(inputs)
      const numbers = result.dataSync<'float32'>()
      result.dispose()
      return Float32Array.from(numbers)
    },
    dispose() {
      replay?.dispose()
      replay = undefined
    }
  }
}
