// Two small networks in training, for tests of the native device. Run as a worker or as a program
// with a number of cores, it trains both and answers with a digest of their numbers.
import { createHash } from 'node:crypto'
import { parentPort, workerData } from 'node:worker_threads'
import type { Scalar, Tensor, Tensor1D, Tensor2D, Tensor4D, Variable } from '@tensorflow/tfjs-core'
import { firstOrderOps } from '../../ops/first-order.ts'
import { crossEntropy } from '../../ops/losses.ts'
import { createRandom } from '../../random.ts'
import type { TensorFlow } from '../device.ts'
import { enableGradients } from '../gradients.ts'
import { createDeviceRegistry } from '../registry.ts'
import { nativeDriver } from './driver.ts'

/** A network with its data and its optimizer. */
export interface SmallTraining {
  readonly variables: readonly Variable[]
  /** One step with momentum; the loss is the caller's to dispose. */
  step(): Scalar
  dispose(): void
}

/** Tensors of seeded numbers: the same in every thread. */
function seeded(tf: TensorFlow, seed: number): (shape: number[], scale: number) => Tensor {
  const random = createRandom(seed)
  return (shape, scale) => {
    const count = shape.reduce((a, b) => a * b, 1)
    return tf.tensor(
      Float32Array.from({ length: count }, () => random.normal() * scale),
      shape
    )
  }
}

function training(
  tf: TensorFlow,
  data: readonly [Tensor, number],
  starts: readonly Tensor[],
  logitsOf: (x: Tensor, variables: readonly Variable[]) => Tensor2D
): SmallTraining {
  const [x, rows] = data
  const ops = firstOrderOps(tf)
  const variables = starts.map((start) => tf.variable(start))
  tf.dispose([...starts])
  const targets = tf.tidy(() => {
    const labels = Int32Array.from({ length: rows }, (_, i) => (i * 7) % 10)
    return tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), 10), 'float32') as Tensor2D // rows x 10
  })
  const optimizer = tf.train.momentum(0.05, 0.9)
  return {
    variables,
    step: () =>
      tf.tidy(() => {
        const lossOf = (): Scalar => crossEntropy(tf, ops, logitsOf(x, variables), targets)
        const loss = optimizer.minimize(lossOf, true, [...variables])
        if (loss === null) throw new Error('the optimizer kept its loss')
        return loss
      }),
    dispose() {
      optimizer.dispose()
      // tfjs-core's optimizer forgets to dispose of its rate, a protected member.
      const { c } = optimizer as unknown as { readonly c: Scalar }
      tf.dispose([x, targets, c, ...variables])
    }
  }
}

/** 200 - 96 - 10 with a batch of 64. */
export function smallPerceptron(tf: TensorFlow): SmallTraining {
  const tensor = seeded(tf, 1)
  const starts = [tensor([200, 96], 0.1), tensor([96], 0.1), tensor([96, 10], 0.1)]
  return training(tf, [tensor([64, 200], 1), 64], starts, (x, [a, b, c]) => {
    const hidden = tf.relu(tf.add(tf.matMul(x as Tensor2D, a as Tensor as Tensor2D), b))
    return tf.matMul(hidden as Tensor2D, c as Tensor as Tensor2D)
  })
}

/** Two blocks of convolution, instance normalisation, ReLU and pooling; `width` channels, 14 x 14. */
export function smallConvNet(tf: TensorFlow, width = 16, batch = 16): SmallTraining {
  const tensor = seeded(tf, 2)
  const ops = firstOrderOps(tf)
  const starts = [
    tensor([3, 3, 1, width], 0.3),
    tensor([3, 3, width, width], 0.1),
    ...[1, 2, 3, 4].map(() => tensor([width], 0.5)),
    tensor([9 * width, 10], 0.1)
  ]
  return training(tf, [tensor([batch, 14, 14, 1], 1), batch], starts, (x, variables) => {
    // Shapes as made above.
    const [one, two, a, b, c, d, last] = variables as readonly Tensor[]
    const block = (from: Tensor, filter: Tensor, scale: Tensor, shift: Tensor): Tensor4D => {
      const sums = ops.convolve(from as Tensor4D, filter as Tensor4D, 'same')
      const even = ops.instanceNorm(sums, scale as Tensor1D, shift as Tensor1D)
      return ops.averagePool(tf.relu(even), 2)
    }
    const flat = tf.reshape(block(block(x, one, a, b), two, c, d), [batch, 9 * width])
    return tf.matMul(flat as Tensor2D, last as Tensor2D)
  })
}

/** Opens the native device in this thread, with gradients. */
export async function openNative(): Promise<TensorFlow> {
  const { device } = await createDeviceRegistry([nativeDriver]).openDevice('native')
  await enableGradients()
  return device.tf
}

/** Sums, products and orders of larger tensors, where threads share the work of one operation. */
function* largeResults(tf: TensorFlow): Generator<Tensor> {
  const tensor = seeded(tf, 3)
  const [a, b] = [tensor([517, 1031], 1), tensor([1031, 263], 1)]
  yield tf.matMul(a, b)
  yield tf.matMul(b, a, true, true)
  yield tf.sum(a)
  yield tf.sum(a, 0)
  yield tf.mean(a, 1)
  yield tf.max(a, 0)
  yield tf.softmax(a)
  yield tf.exp(a)
  yield tf.tanh(a)
  yield tf.transpose(a)
  yield tf.cumsum(a, 0)
}

/** What a thread or program answers. */
export interface Trained {
  /** Of the numbers of some large operations, and of two networks after every step. */
  readonly digest: string
  readonly losses: readonly number[]
}

async function trained(cores: number): Promise<Trained> {
  const tf = await openNative()
  nativeDriver.setCores?.(cores)
  const hash = createHash('sha256')
  const losses: number[] = []
  const add = (tensor: Tensor): void => {
    const values = tensor.dataSync()
    hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
  }
  for (const result of largeResults(tf)) add(result)
  for (const network of [smallPerceptron(tf), smallConvNet(tf, 32, 32)]) {
    for (let i = 0; i < 8; i++) {
      const loss = network.step()
      add(loss)
      losses.push(loss.dataSync()[0])
    }
    network.variables.forEach(add)
  }
  return { digest: hash.digest('hex'), losses }
}

if (parentPort !== null) {
  const { cores } = (workerData ?? {}) as { readonly cores?: number } // set by same-bits.test.ts
  if (cores !== undefined) parentPort.postMessage(await trained(cores))
} else if (process.argv[1] === import.meta.filename) {
  process.stdout.write(JSON.stringify(await trained(Number(process.argv[2]))))
}
