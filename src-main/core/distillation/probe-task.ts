// Compute task: how long a network of a draft takes on this computer, measured by a few of its own
// compiled steps on numbers of the data's shape. The base of every estimate.
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Device } from '../compute/devices/device.ts'
import { enableGradients } from '../compute/devices/gradients.ts'
import { crossEntropy } from '../compute/ops/losses.ts'
import { secondOrderOps } from '../compute/ops/second-order.ts'
import { createRandom } from '../compute/random.ts'
import { repeatedStep } from '../compute/repeated-step.ts'
import { openItemSource, type SourceDescription } from '../datasets/item-source.ts'
import type { ComputeTask } from '../jobs/compute-task.ts'
import { batchShape, createNetwork } from '../networks/create-network.ts'
import { inputSize, type InputShape, type NetworkSpec } from '../networks/network.ts'
import { labelledValues, oneHotShares } from '../networks/normalisation.ts'
import { predictLogits } from '../networks/predict.ts'
import { plainStudent } from '../networks/student-recipe.ts'
import { startStudent } from '../networks/train-student.ts'

export interface DistilProbeInput {
  readonly shape: InputShape
  readonly classes: number
  readonly network: NetworkSpec
  /** Also how long derivatives of derivatives take. */
  readonly wantsSecond: boolean
  /** A few of the data's pictures, to see how long decoding takes; undefined for rows of numbers. */
  readonly pictures:
    { readonly source: SourceDescription; readonly locators: readonly string[] } | undefined
  readonly device: string
}

/** Seconds for one item, on one processor core or on the graphics card. */
export interface NetworkSpeed {
  readonly forward: number
  readonly trained: number
  /** 0 when it was not asked for. */
  readonly second: number
  /** To decode one picture. */
  readonly perPicture: number
  readonly deviceId: string
  readonly device: string
}

/** Steps that set things up, and the time that is spent on those counted. */
const firstSteps = 2
const measureSeconds = 0.25
const items = 64
const secondItems = 16

export const distilProbeTask: ComputeTask<DistilProbeInput, never, NetworkSpeed> = {
  name: 'probe-distil',
  // eslint-disable-next-line require-yield -- a second or so: its result is its only event
  async *run(input, context) {
    const device = await context.device(input.device)
    await enableGradients()
    return {
      trained: trainedSeconds(input, device, context.signal),
      forward: await forwardSeconds(input, device, context.signal),
      second: input.wantsSecond ? secondSeconds(input, device, context.signal) : 0,
      perPicture: await decodingSeconds(input.pictures, input.shape.height),
      deviceId: device.id,
      device: device.name
    }
  }
}

function since(start: number): number {
  return Math.max(1e-6, (performance.now() - start) / 1000)
}

function madeUp({ shape, classes }: DistilProbeInput, count: number) {
  const random = createRandom(1)
  const values = Float32Array.from({ length: count * inputSize(shape) }, () => random.normal())
  const labels = Int32Array.from({ length: count }, (_, i) => i % classes)
  return { values, count, labels, targets: oneHotShares(labels, classes) }
}

/** The part of the steps, the quickest ones, that counts: other work on the computer slows the rest. */
const quietShare = 1 / 3

/** Seconds of a quick `step`, after some that are not counted. */
function timed(step: () => void, signal: AbortSignal): number {
  for (let i = 0; i < firstSteps; i++) step()
  const start = performance.now()
  const each: number[] = []
  do {
    signal.throwIfAborted()
    const begun = performance.now()
    step()
    each.push(since(begun))
  } while (since(start) < measureSeconds)
  const quick = each.sort((a, b) => a - b).slice(0, Math.ceil(each.length * quietShare))
  return quick.reduce((sum, seconds) => sum + seconds, 0) / quick.length
}

function trainedSeconds(input: DistilProbeInput, { tf }: Device, signal: AbortSignal): number {
  const network = createNetwork(input.network, input.shape, input.classes)
  const recipe = { ...plainStudent, batch: items, epochs: 1_000_000 }
  const training = startStudent(tf, network, madeUp(input, items), recipe, createRandom(1))
  try {
    return timed(() => void training.step(), signal) / items
  } finally {
    training.dispose()
  }
}

async function forwardSeconds(
  input: DistilProbeInput,
  { tf }: Device,
  signal: AbortSignal
): Promise<number> {
  const network = createNetwork(input.network, input.shape, input.classes)
  const { values, labels } = madeUp(input, items)
  // Two batches' worth: the first of them is compiled.
  const rows = labelledValues(values, labels)
  const parameters = network.start(createRandom(1))
  const repeated = {
    count: 8 * items,
    read: (wanted: Uint32Array) => rows.read(wanted.map((row) => row % items))
  }
  await predictLogits(tf, network, parameters, repeated, signal)
  const start = performance.now()
  await predictLogits(tf, network, parameters, repeated, signal)
  return since(start) / repeated.count
}

/** The derivative, by the items, of the length of the derivative by the weights. */
function secondSeconds(input: DistilProbeInput, { tf }: Device, signal: AbortSignal): number {
  const network = createNetwork(input.network, input.shape, input.classes)
  const { values, targets } = madeUp(input, secondItems)
  const ops = secondOrderOps(tf)
  const x = tf.tensor(values, batchShape(input.shape, secondItems))
  const y = tf.tensor2d(targets, [secondItems, input.classes])
  const starts = network.start(createRandom(1))
  const weights = network.parameters.map(({ shape }, at) => tf.tensor(starts[at], [...shape]))
  const step = repeatedStep(tf, ([given, wanted, ...parameters]) => {
    const lengthOf = (seen: Tensor): Tensor => {
      const slopes = tf.grads((...each: Tensor[]) =>
        crossEntropy(
          tf,
          ops,
          network.forward(tf, ops, each, seen).logits,
          tf.reshape(wanted, [secondItems, input.classes])
        )
      )(parameters)
      return tf.addN(slopes.map((slope) => tf.sum(tf.square(slope))))
    }
    return tf.sum(tf.grad(lengthOf)(given))
  })
  try {
    return timed(() => void step.run([x, y, ...weights]), signal) / secondItems
  } finally {
    step.dispose()
    tf.dispose([x, y, ...weights])
  }
}

/** Seconds to decode one of the data's own pictures; 0 without. */
async function decodingSeconds(
  pictures: DistilProbeInput['pictures'],
  size: number
): Promise<number> {
  if (pictures === undefined || pictures.locators.length === 0) return 0
  const source = await openItemSource(pictures.source)
  try {
    const start = performance.now()
    await source.readPixels(pictures.locators, { size, channels: 3 })
    return since(start) / pictures.locators.length
  } finally {
    await source.close()
  }
}
