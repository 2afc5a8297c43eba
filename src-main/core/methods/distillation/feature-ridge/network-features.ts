// Features of items in a network, and slopes by features led back to the items: in parts of a fixed
// size, each compiled once.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { letMessagesIn } from '../../../compute/let-messages-in.ts'
import { repeatedStep, type RepeatedStep } from '../../../compute/repeated-step.ts'
import { batchShape } from '../../../networks/create-network.ts'
import { inputSize, type NetworkCode } from '../../../networks/network.ts'
import { pixelOps } from '../matching/pixel-ops.ts'

/** The compiled steps for one network; it has to treat every item by itself (no batch norm). */
export interface NetworkFeatures {
  /** count x featureWidth of count x size numbers. */
  forward(values: Float32Array, parameters: readonly Tensor[]): Promise<Float32Array>
  /** Slopes by the items (count x size) from slopes by their features. */
  back(
    values: Float32Array,
    slopes: Float32Array,
    parameters: readonly Tensor[]
  ): Promise<Float32Array>
  dispose(): void
}

/** Numbers of an item's first layer, times items, that one call of the device takes. */
const partWork = 3_000_000

/** Prepares the steps; both throw the signal's reason between parts. */
export function createNetworkFeatures(
  tf: TensorFlow,
  network: NetworkCode,
  signal: AbortSignal
): NetworkFeatures {
  const ops = pixelOps(tf)
  const size = inputSize(network.input)
  const { featureWidth } = network
  const perItem = size * Math.max(1, network.spec.width)
  const rowsAtOnce = Math.max(16, Math.floor(partWork / perItem))
  // The last part may be smaller; each number of items has its own compiled steps.
  const forwards = new Map<number, RepeatedStep>()
  const backs = new Map<number, RepeatedStep>()
  const featuresOf = (x: Tensor, parameters: readonly Tensor[]): Tensor =>
    network.forward(tf, ops, parameters, x).features
  const forwardStep = ([x, ...parameters]: readonly Tensor[]): Tensor => featuresOf(x, parameters)
  const backStep = ([x, by, ...parameters]: readonly Tensor[]): Tensor =>
    tf.grad((at) => tf.sum(tf.mul(featuresOf(at, parameters), by)))(x)
  const inParts = async (
    count: number,
    width: number,
    part: (from: number, to: number) => Float32Array
  ): Promise<Float32Array> => {
    const out = new Float32Array(count * width)
    for (let from = 0; from < count; from += rowsAtOnce) {
      await letMessagesIn()
      signal.throwIfAborted()
      out.set(part(from, Math.min(count, from + rowsAtOnce)), from * width)
    }
    return out
  }
  return {
    forward: (values, parameters) =>
      inParts(values.length / size, featureWidth, (from, to) => {
        const x = tf.tensor(
          values.subarray(from * size, to * size),
          batchShape(network.input, to - from)
        )
        try {
          return stepFor(tf, forwards, to - from, forwardStep).run([x, ...parameters])
        } finally {
          x.dispose()
        }
      }),
    back: (values, slopes, parameters) =>
      inParts(values.length / size, size, (from, to) => {
        const x = tf.tensor(
          values.subarray(from * size, to * size),
          batchShape(network.input, to - from)
        )
        const by = tf.tensor2d(slopes.subarray(from * featureWidth, to * featureWidth), [
          to - from,
          featureWidth
        ])
        try {
          return stepFor(tf, backs, to - from, backStep).run([x, by, ...parameters])
        } finally {
          tf.dispose([x, by])
        }
      }),
    dispose() {
      for (const step of [...forwards.values(), ...backs.values()]) step.dispose()
    }
  }
}

function stepFor(
  tf: TensorFlow,
  steps: Map<number, RepeatedStep>,
  count: number,
  step: (inputs: readonly Tensor[]) => Tensor
): RepeatedStep {
  const found = steps.get(count) ?? repeatedStep(tf, step)
  steps.set(count, found)
  return found
}
