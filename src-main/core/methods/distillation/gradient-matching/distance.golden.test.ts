// G6: The distance of gradients against closed forms, and its slopes for the made items against finite
// differences through a whole network.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { secondOrderOps, type SecondOrderOps } from '../../../compute/ops/second-order.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { initialValues } from '../../../networks/initial-values.ts'
import type { NetworkCode, ParameterShape } from '../../../networks/network.ts'
import { signAugmentation, type Augmentation } from '../../../networks/siamese-augmentation.ts'
import { parameterTensors } from '../matching/network-tensors.ts'
import { siameseChange } from '../matching/siamese-change.ts'
import { comparedParameters, gradientDistance, type DistanceRule } from './distance.ts'
import { createGradientMatcher, type GradientMatching } from './gradient-matcher.ts'

let device: Device
let ops: SecondOrderOps
beforeAll(async () => {
  device = await openTestDevice()
  await enableGradients()
  ops = secondOrderOps(device.tf)
})

function normal(seed: number, count: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: count }, () => random.normal())
}

const length = (v: ArrayLike<number>): number => Math.hypot(...Array.from(v))
const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Array.from(a).reduce((sum, value, i) => sum + value * b[i], 0)

describe('softmax regression at zero weights, one class', () => {
  const [columns, classes] = [7, 4]
  const shape = { height: 1, width: 1, channels: columns }

  test('the distance is C (1 - cos) and its slope -C (m/|m| - cos x/|x|) / |x|', async () => {
    const { tf } = device
    const network = createNetwork(
      { kind: 'linear', width: 1, depth: 0, norm: 'none' },
      shape,
      classes
    )
    const matcher = createGradientMatcher({
      tf,
      network,
      change: siameseChange(tf, shape, null),
      distance: 'cosine',
      madePerClass: 1,
      realPerClass: 8,
      signal: new AbortController().signal
    })
    const zeros = network.parameters.map(({ shape: of }) => new Float32Array(of[0] * (of[1] ?? 1)))
    const tensors = { parameters: parameterTensors(tf, network, zeros), change: [] }
    // Large numbers, so that the 1e-6 beside the lengths does not count.
    const real = normal(1, 5 * columns).map((value) => 30 * value)
    const x = normal(2, columns).map((value) => 30 * value)
    const mean = Array.from({ length: columns }, (_, j) =>
      [0, 1, 2, 3, 4].reduce((sum, i) => sum + real[i * columns + j] / 5, 0)
    )
    const gradient = await matcher.realGradient(real, 2, tensors)
    // (softmax - y) x, averaged: 1/4 of the mean, 1/4 - 1 for the class itself.
    mean.forEach((value, j) =>
      [0.25, 0.25, -0.75, 0.25].forEach((share, c) =>
        expect(gradient[j * classes + c]).toBeCloseTo(share * value, 3)
      )
    )
    const { loss, slopes } = matcher.match(x, 2, gradient, tensors)
    const cosine = dot(mean, x) / (length(mean) * length(x))
    expect(loss).toBeCloseTo(classes * (1 - cosine), 5)
    const wanted = Array.from(
      x,
      (value, j) => (-classes * (mean[j] / length(mean) - (cosine * value) / length(x))) / length(x)
    )
    const error = length(wanted.map((value, j) => value - slopes[j])) / length(wanted)
    expect(error).toBeLessThan(1e-5)
  })
})

describe('the distance by hand', () => {
  const sizes: readonly [number, number, number, number] = [3, 3, 2, 5]
  const pair = (seed: number): readonly [Tensor4D, Tensor4D] => [
    device.tf.tensor4d(normal(seed, 90), [...sizes]),
    device.tf.tensor4d(normal(seed + 1, 90), [...sizes])
  ]
  const value = (rule: DistanceRule, parts: readonly (readonly [Tensor, Tensor])[]): number =>
    gradientDistance(
      device.tf,
      ops,
      parts.map(([real]) => real),
      parts.map(([, made]) => made),
      rule
    ).dataSync()[0]

  test('cosine goes over the weights of each output', () => {
    const [a, b] = pair(1)
    const rowsOf = (tensor: Tensor): number[][] => {
      const values = tensor.dataSync()
      return Array.from({ length: 5 }, (_, o) =>
        Array.from({ length: 18 }, (_, i) => values[i * 5 + o])
      )
    }
    const rows = rowsOf(a).map((row, o) => ({ row, other: rowsOf(b)[o] }))
    const sum = rows.reduce(
      (total, { row, other }) => total + 1 - dot(row, other) / (length(row) * length(other)),
      0
    )
    expect(value('cosine', [[a, b]])).toBeCloseTo(sum, 4)
    expect(
      value('cosine', [
        [a, b],
        [a, b]
      ])
    ).toBeCloseTo(2 * sum, 4)
  })

  test('the others go over all weights', () => {
    const parts = [pair(1), pair(5)]
    const [a, b] = [0, 1].map((side) => parts.flatMap((part) => Array.from(part[side].dataSync())))
    const differences = a.map((v, i) => v - b[i])
    expect(value('whole-cosine', parts)).toBeCloseTo(1 - dot(a, b) / (length(a) * length(b)), 5)
    expect(value('squares', parts) / dot(differences, differences)).toBeCloseTo(1, 5)
    expect(value('absolute', parts)).toBeCloseTo(
      differences.reduce((sum, d) => sum + Math.abs(d), 0),
      2
    )
  })

  test('equal gradients are not apart; those of dead outputs break nothing', () => {
    const { tf } = device
    const [a] = pair(3)
    for (const rule of ['whole-cosine', 'squares', 'absolute'] as const)
      expect(value(rule, [[a, a]])).toBeCloseTo(0, 5)
    expect(value('cosine', [[a, a]])).toBeCloseTo(0, 4)
    const dead = tf.zeros([4, 3]) as Tensor2D
    const real = tf.tensor2d([1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1, 0], [4, 3])
    expect(value('cosine', [[real, dead]])).toBe(3)
    const slopes = tf.grad((made: Tensor) => gradientDistance(tf, ops, [real], [made], 'cosine'))
    const numbers = slopes(dead).arraySync() as number[][]
    for (const row of numbers) {
      expect(row.every(Number.isFinite)).toBe(true)
      // Dead on both sides: nothing to follow.
      expect(row[2]).toBeCloseTo(0, 9)
    }
  })

  test('biases and scales are not compared; plain differences leave dense layers out', () => {
    const parameters: ParameterShape[] = [
      { name: 'w', shape: [3, 3, 1, 2], role: 'weight' },
      { name: 'b', shape: [2], role: 'bias' },
      { name: 's', shape: [2], role: 'scale' },
      { name: 'd', shape: [8, 2], role: 'weight' }
    ]
    expect(comparedParameters(parameters, 'cosine')).toEqual([0, 3])
    expect(comparedParameters(parameters, 'absolute')).toEqual([0])
    expect(comparedParameters(parameters.slice(3), 'squares')).toEqual([0])
  })
})

/** A ConvNet of one block with softplus in place of ReLU, whose kinks finite differences see. */
function softNetwork(width: number): NetworkCode {
  const input = { height: 8, width: 8, channels: 1 }
  const parameters: ParameterShape[] = [
    { name: 'conv.weight', shape: [3, 3, 1, width], role: 'weight' },
    { name: 'conv.bias', shape: [width], role: 'bias' },
    { name: 'norm.scale', shape: [width], role: 'scale' },
    { name: 'norm.shift', shape: [width], role: 'shift' },
    { name: 'classifier.weight', shape: [16 * width, 3], role: 'weight' },
    { name: 'classifier.bias', shape: [3], role: 'bias' }
  ]
  return {
    spec: { kind: 'convnet', width, depth: 1, norm: 'instance' },
    input,
    classes: 3,
    parameters,
    featureWidth: 16 * width,
    normalised: [],
    start: (random) => initialValues(parameters, random),
    forward(tf, given, [filter, bias, scale, shift, weight, last], x) {
      const seen = tf.add(given.convolve(x as Tensor4D, filter as Tensor4D, 1), bias)
      const even = given.instanceNorm(seen as Tensor4D, scale as never, shift as never)
      const active = secondOrderOps(tf).softplus(even)
      const features: Tensor2D = tf.reshape(given.averagePool(active, 2), [x.shape[0], -1])
      const logits = tf.add(tf.matMul(features, weight as Tensor2D), last) as Tensor2D
      return { logits, features, activations: [active], statistics: [] }
    }
  }
}

describe('slopes for the made items', () => {
  const cases = (['cosine', 'whole-cosine', 'squares'] as const).flatMap((distance) =>
    [null, signAugmentation].map((augmentation) => ({ distance, augmentation }))
  )
  test.each(cases)('are those of finite differences: %o', async ({ distance, augmentation }) => {
    expect(await worstError(device, distance, augmentation)).toBeLessThan(0.02)
  })

  test('on the native device as well, compiled once', async () => {
    const { device: native } = await openDevice('native')
    expect(await worstError(native, 'cosine', signAugmentation)).toBeLessThan(0.02)
    if (native.usage !== undefined) expect(native.usage().fallbacks).toEqual({})
    await openTestDevice()
  })
})

/** Largest relative error of the slope along random directions. */
async function worstError(
  { tf }: Device,
  distance: DistanceRule,
  augmentation: Augmentation | null
): Promise<number> {
  const network = softNetwork(4)
  const change = siameseChange(tf, network.input, augmentation)
  const matching: GradientMatching = {
    tf,
    network,
    change,
    distance,
    madePerClass: 2,
    realPerClass: 6,
    signal: new AbortController().signal
  }
  const matcher = createGradientMatcher(matching)
  const parameters = parameterTensors(tf, network, network.start(createRandom(3)))
  const tensors = { parameters, change: change.draw(createRandom(8)) }
  const real = await matcher.realGradient(normal(4, 6 * 64), 1, tensors)
  const made = normal(5, 2 * 64)
  const { slopes } = matcher.match(made, 1, real, tensors)
  let worst = 0
  for (const seed of [6, 7, 8]) {
    // A third along the slope, so that no direction is nearly across it.
    const noise = normal(seed, made.length)
    const steepness = length(slopes) / length(noise)
    const along = noise.map((value, i) => value + slopes[i] / steepness)
    const at = (step: number): number =>
      matcher.match(
        made.map((value, i) => value + step * along[i]),
        1,
        real,
        tensors
      ).loss
    const h = 0.02
    const measured = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
    const claimed = dot(slopes, along)
    worst = Math.max(worst, Math.abs(claimed - measured) / Math.abs(measured))
  }
  tf.dispose([...parameters, ...tensors.change])
  matcher.dispose()
  return worst
}

test('the real gradient does not depend on how many items one call takes', async () => {
  const { tf } = device
  const network = softNetwork(4)
  const parameters = parameterTensors(tf, network, network.start(createRandom(3)))
  const tensors = { parameters, change: [] }
  const values = normal(9, 10 * 64)
  const gradients = await Promise.all(
    [10, 40].map((realPerClass) =>
      createGradientMatcher({
        tf,
        network,
        change: siameseChange(tf, network.input, null),
        distance: 'cosine',
        madePerClass: 1,
        realPerClass,
        signal: new AbortController().signal
      }).realGradient(values, 0, tensors)
    )
  )
  gradients[0].forEach((value, i) => expect(gradients[1][i]).toBeCloseTo(value, 5))
})
