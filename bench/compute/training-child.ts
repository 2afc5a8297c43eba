// Winnow's side of the training benchmark, a process of its own: trains the network of a folder on
// one device and answers lines: "run MS LEAST" steps, "losses" of the first five steps, "long STEPS"
// with the loss read in every step or "unread STEPS" without.
// Usage: node training-child.ts FOLDER DEVICE CORES [PROFILE-PREFIX]
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type {
  Rank,
  Scalar,
  Tensor,
  Tensor1D,
  Tensor2D,
  Tensor4D,
  Variable
} from '@tensorflow/tfjs-core'
import type { TensorFlow } from '../../src-main/core/compute/devices/device.ts'
import { enableGradients } from '../../src-main/core/compute/devices/gradients.ts'
import { NativeBackend } from '../../src-main/core/compute/devices/native/backend.ts'
import { openDevice } from '../../src-main/core/compute/devices/registry.ts'
import { firstOrderOps } from '../../src-main/core/compute/ops/first-order.ts'
import { crossEntropy } from '../../src-main/core/compute/ops/losses.ts'
import type { NetworkOps } from '../../src-main/core/compute/ops/network-ops.ts'
import { secondOrderOps } from '../../src-main/core/compute/ops/second-order.ts'
import { repeatedStep } from '../../src-main/core/compute/repeated-step.ts'
import { answerLines, median, peakMb, type Answer } from './contender.ts'
import { classes, type Layer, type Network } from './networks.ts'

const [folder, id, cores, profile] = process.argv.slice(2)
const network = JSON.parse(readFileSync(join(folder, 'network.json'), 'utf8')) as Network
const numbers = new Float32Array(new Uint8Array(readFileSync(join(folder, 'numbers.f32'))).buffer)
let at = 0

const { device, fallback } = await openDevice(id)
if (device.id !== id) {
  console.log(JSON.stringify({ error: fallback }))
  process.exit(0)
}
await enableGradients()
device.setCores?.(Number(cores))
const { tf } = device
const backend = tf.backend()
const native = backend instanceof NativeBackend ? backend : undefined
if (native !== undefined && profile !== undefined) native.profile = profile

function take<T extends Tensor>(...shape: number[]): T {
  const count = shape.reduce((a, b) => a * b, 1)
  return tf.tensor<Rank>(numbers.slice(at, (at += count)), shape) as Tensor as T // of the shape given
}

type Apply = (x: Tensor) => Tensor

/** The function of a layer; its variables are added to `variables`. */
function applied(layer: Layer, tf: TensorFlow, ops: NetworkOps, variables: Variable[]): Apply {
  const variable = <T extends Tensor>(...shape: number[]): T => {
    const made = tf.variable(take(...shape))
    variables.push(made)
    return made as Tensor as T // of the shape given
  }
  if (layer.kind === 'relu') return (x) => tf.relu(x)
  if (layer.kind === 'flatten') return (x) => tf.reshape(x, [x.shape[0], -1])
  const { inputs, outputs } = layer
  if (layer.kind === 'dense') {
    const [weights, biases] = [variable<Tensor2D>(inputs, outputs), variable<Tensor1D>(outputs)]
    return (x) => tf.add(tf.matMul(x, weights), biases)
  }
  const filter = variable<Tensor4D>(3, 3, inputs, outputs)
  const [biases, scale, shift] = [
    variable(outputs),
    variable<Tensor1D>(outputs),
    variable<Tensor1D>(outputs)
  ]
  return (x) => {
    const sums: Tensor4D = tf.add(ops.convolve(x as Tensor4D, filter, layer.padding), biases)
    return ops.averagePool(tf.relu(ops.instanceNorm(sums, scale, shift)), 2)
  }
}

// WebAssembly has no kernel for the filter gradient of a convolution; the operations for second
// order do without one.
const isConvolutional = network.layers.some(({ kind }) => kind === 'block')
const ops = id === 'wasm' && isConvolutional ? secondOrderOps(tf) : firstOrderOps(tf)
const variables: Variable[] = []
const layers = network.layers.map((layer) => applied(layer, tf, ops, variables))
const x = take(...network.input)
const labels = Int32Array.from(numbers.subarray(at, at + network.input[0]))
const y = tf.tidy(() => tf.cast(tf.oneHot(tf.tensor1d(labels, 'int32'), classes), 'float32'))
const optimizer = tf.train.momentum(0.01, 0.9)
const losses: number[] = []

function minimize(inputs: readonly Tensor[]): Scalar {
  const [pictures, targets] = inputs as [Tensor, Tensor2D] // as given below
  const logits = (): Tensor => layers.reduce((values, layer) => layer(values), pictures)
  const lossOf = (): Scalar => crossEntropy(tf, ops, logits() as Tensor2D, targets)
  return tf.tidy(() => {
    const loss = optimizer.minimize(lossOf, true, variables)
    if (loss === null) throw new Error('the optimizer kept its loss')
    return loss
  })
}

/** As the app trains: where the device can, a step is recorded once and then repeated. */
const repeated = repeatedStep(tf, minimize)

function step(): void {
  losses.push(repeated.run([x, y])[0])
}

function state(): Answer {
  const { compiled = 0, fallbacks = {}, tensors = 0, bytes = 0 } = device.usage?.() ?? {}
  const rssMb = process.memoryUsage.rss() / 2 ** 20
  const graphs = compiled - before.compiled
  return { peakMb: peakMb(), rssMb, graphs, fallbacks, tensors, bytes }
}

function run(milliseconds: number, least: number): Answer {
  const times: number[] = []
  const recording: number[] = []
  const cpu = process.cpuUsage()
  const start = performance.now()
  while (times.length < least || performance.now() - start < milliseconds) {
    const running = native?.spent.running ?? 0
    const begun = performance.now()
    step()
    times.push(performance.now() - begun)
    recording.push((times.at(-1) ?? 0) - ((native?.spent.running ?? 0) - running))
  }
  const { user, system } = process.cpuUsage(cpu)
  return {
    steps: times.length,
    ms: median(times),
    best: Math.min(...times),
    cpuMs: (user + system) / 1000 / times.length,
    ...(native !== undefined && { recordMs: median(recording) })
  }
}

/** Resident size after a tenth of the steps and at the end, and what the device holds then. */
function long(steps: number, isRead: boolean): Answer {
  const marks: Answer[] = []
  for (let i = 1; i <= steps; i++) {
    if (isRead) step()
    else minimize([x, y]).dispose()
    if (i === Math.ceil(steps / 10) || i === steps) marks.push(state())
  }
  return { start: marks[0], end: marks[1] }
}

// What opening the device compiled for its self-test does not count.
const before = { compiled: device.usage?.().compiled ?? 0, ms: native?.spent.compiling ?? 0 }
const begun = performance.now()
step()
const firstMs = performance.now() - begun
const compileMs = (native?.spent.compiling ?? 0) - before.ms
await answerLines({ about: device.name, firstMs, compileMs }, ([word, first, second]) => {
  if (word === 'run') return { ...run(Number(first), Number(second)), ...state() }
  if (word === 'long' || word === 'unread') return long(Number(first), word === 'long')
  if (word === 'profile') {
    // The runtime writes what it measured when it lets go of the graphs.
    native?.dispose()
    return {}
  }
  while (losses.length < 5) step()
  return { losses: losses.slice(0, 5), ...state() }
})
