// Steps per second of a small convolutional network in training: what a device is worth for making
// tiny sets, measured for about a third of a second.
import type { Tensor, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core'
import { createRandom } from '../random.ts'
import type { Device, TensorFlow } from './device.ts'
import { enableGradients } from './gradients.ts'

export interface TrainingSpeed {
  /** Steps of 64 pictures each; undefined when the device cannot do one. */
  readonly stepsPerSecond: number | undefined
  /** Why it cannot, in words; undefined when it can. */
  readonly reason: string | undefined
}

const side = 28
const width = 32
const classes = 10
const fullBatch = 64
/** Pictures of the first, careful step: the plain reference takes seconds for the full one. */
const smallBatch = 4
const rate = 0.01
const measureMs = 300
/** From here on a device is measured on the small step, and scaled. */
const slowSmallStepMs = 250

/** Trains for a moment on random pictures. Never throws for want of an operation. */
export async function measureTraining(device: Device): Promise<TrainingSpeed> {
  const cannot = (reason: string): TrainingSpeed => ({ stepsPerSecond: undefined, reason })
  try {
    await enableGradients()
  } catch {
    return cannot('its training functions could not be loaded')
  }
  if (device.tf.getKernel('Conv2DBackpropFilter', device.tf.getBackend()) === undefined)
    return cannot('cannot train convolutional networks')
  try {
    return { stepsPerSecond: await stepsPerSecond(device.tf), reason: undefined }
  } catch {
    return cannot('cannot train convolutional networks')
  }
}

async function stepsPerSecond(tf: TensorFlow): Promise<number> {
  const network = createNetwork(tf)
  try {
    const careful = await train(tf, network, smallBatch, 0)
    if (careful.seconds * 1000 > slowSmallStepMs) return smallBatch / fullBatch / careful.seconds
    await train(tf, network, fullBatch, 0)
    const { steps, seconds } = await train(tf, network, fullBatch, measureMs)
    return steps / seconds
  } finally {
    tf.dispose(network.variables)
  }
}

interface Network {
  readonly variables: Variable[]
  loss(pictures: Tensor4D, labels: Tensor2D): Tensor
}

/** Two 3 x 3 convolutions of 32 channels, each halved by pooling, and a linear head. */
function createNetwork(tf: TensorFlow): Network {
  const random = createRandom(23)
  const variable = (shape: number[], scale: number): Variable => {
    const count = shape.reduce((a, b) => a * b, 1)
    const values = Float32Array.from({ length: count }, () => random.normal() * scale)
    const start = tf.tensor(values, shape)
    const made = tf.variable(start)
    start.dispose()
    return made
  }
  const inside = (side / 4) ** 2 * width
  const first = variable([3, 3, 1, width], 1 / 3)
  const second = variable([3, 3, width, width], 1 / 17)
  const head = variable([inside, classes], 1 / Math.sqrt(inside))
  return {
    variables: [first, second, head],
    loss(pictures, labels) {
      const one = halved(tf, tf.conv2d(pictures, first as unknown as Tensor4D, 1, 'same')) // made 4-D above
      const two = halved(tf, tf.conv2d(one, second as unknown as Tensor4D, 1, 'same')) // made 4-D above
      const logits = tf.matMul(tf.reshape(two, [-1, inside]), head)
      return tf.neg(tf.mean(tf.sum(tf.mul(labels, tf.logSoftmax(logits)), 1)))
    }
  }
}

function halved(tf: TensorFlow, x: Tensor4D): Tensor4D {
  return tf.avgPool(tf.relu(x), 2, 2, 'valid')
}

/** At least one step; as many as fit into `milliseconds`. */
async function train(
  tf: TensorFlow,
  { variables, loss }: Network,
  batch: number,
  milliseconds: number
): Promise<{ steps: number; seconds: number }> {
  const pictures: Tensor4D = tf.randomUniform([batch, side, side, 1], 0, 1, 'float32', 24)
  const labels = tf.tidy(() =>
    tf.cast(
      tf.oneHot(
        tf.tensor1d(
          Array.from({ length: batch }, (_, i) => i % classes),
          'int32'
        ),
        classes
      ),
      'float32'
    )
  ) as Tensor2D // batch x classes
  const start = performance.now()
  let steps = 0
  let seconds: number
  try {
    do {
      tf.tidy(() => {
        const { grads } = tf.variableGrads(() => tf.sum(loss(pictures, labels)), variables)
        for (const variable of variables)
          variable.assign(tf.sub(variable, tf.mul(grads[variable.name], rate)))
      })
      // The first filter is the last to be known: reading it waits for the whole step.
      await variables[0].data()
      steps++
      seconds = (performance.now() - start) / 1000
    } while (seconds * 1000 < milliseconds)
    return { steps, seconds }
  } finally {
    tf.dispose([pictures, labels])
  }
}
