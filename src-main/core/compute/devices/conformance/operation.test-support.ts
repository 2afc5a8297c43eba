// What the conformance suite knows of one operation of tfjs-core: random calls of it, and which of
// their inputs it can be differentiated by.
import fc from 'fast-check'
import type { TensorFlow } from '../device.ts'
import type { Tolerance } from './compare.test-support.ts'
import { describeTensor, type AnyTensor, type TensorSpec } from './tensors.test-support.ts'

/** One call of an operation. */
export interface Call {
  /** Attributes in words: "axis -1, keepDims". */
  readonly words: string
  readonly inputs: readonly TensorSpec[]
  run(tf: TensorFlow, inputs: readonly AnyTensor[]): AnyTensor | readonly AnyTensor[]
}

/** An operation under test. */
export interface Operation {
  /** Name in test titles, in the gaps of a device, and in reports. */
  readonly name: string
  readonly calls: fc.Arbitrary<Call>
  readonly tolerance: Tolerance
  /** Calls with NaN, infinities and numbers of size 1e20, where the operation defines them. */
  readonly specialCalls?: fc.Arbitrary<Call>
  /** Calls to differentiate by every float32 input; absent where tfjs-core has no gradient. */
  readonly gradientCalls?: fc.Arbitrary<Call>
  /** Tolerance of the gradient where it differs from `tolerance`. */
  readonly gradientTolerance?: Tolerance
  /** Random calls per property; 20 unless the operation is costly or has many forms. */
  readonly runs?: number
}

/** The call, printed by fast-check as the operation's inputs in words. */
export function call(
  words: string,
  inputs: readonly TensorSpec[],
  run: Call['run']
): Call & { [fc.toStringMethod](): string } {
  return {
    words,
    inputs,
    run,
    [fc.toStringMethod]: () => `${words} (${inputs.map(describeTensor).join('; ')})`
  }
}

/**
 * The call's gradient: of the sum of all outputs times fixed weights, by every float32 input.
 * Outputs of other types carry no gradient and are left out.
 */
export function gradientOf(original: Call): Call {
  const by = original.inputs.flatMap((input, at) => (input.dtype === 'float32' ? [at] : []))
  return call(`gradient of ${original.words}`, original.inputs, (tf, inputs) => {
    const objective = (...given: AnyTensor[]): ReturnType<TensorFlow['scalar']> => {
      const all = [...inputs]
      by.forEach((at, i) => {
        all[at] = given[i]
      })
      const outputs = [original.run(tf, all)].flat()
      return weightedSum(
        tf,
        outputs.filter((output) => output.dtype === 'float32')
      )
    }
    return tf.grads(objective)(by.map((at) => inputs[at]))
  })
}

/** Sum of every element times a weight between -1 and 1.5 that differs from its neighbours'. */
export function weightedSum(
  tf: TensorFlow,
  outputs: readonly AnyTensor[]
): ReturnType<TensorFlow['scalar']> {
  let total = tf.scalar(0)
  for (const output of outputs) {
    const weights = Array.from({ length: output.size }, (_, i) => ((i * 7) % 11) / 4 - 1)
    total = tf.add(total, tf.sum(tf.mul(output, tf.tensor(weights, output.shape, 'float32'))))
  }
  return total
}
