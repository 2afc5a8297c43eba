// Golden numbers of the networks of the dataset-distillation literature.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../compute/devices/device.ts'
import { secondOrderOps } from '../compute/ops/second-order.ts'
import { createRandom } from '../compute/random.ts'
import { openFastDevice } from '../evaluation/models/models.test-support.ts'
import { batchShape, createNetwork, describeNetwork } from './create-network.ts'
import { parameterCount, type InputShape, type NetworkCode, type NetworkSpec } from './network.ts'
import { trainingOps } from './training-ops.ts'

const published: NetworkSpec = { kind: 'convnet', width: 128, depth: 3, norm: 'instance' }
const grey: InputShape = { height: 28, width: 28, channels: 1 }
const colour: InputShape = { height: 32, width: 32, channels: 3 }
const small: InputShape = { height: 12, width: 12, channels: 1 }

let device: Device
beforeAll(async () => {
  device = await openFastDevice()
})

function logitsOf(network: NetworkCode, x: Float32Array, kind: 'once' | 'any' = 'once'): number[] {
  const { tf } = device
  return tf.tidy(() => {
    const ops = kind === 'once' ? trainingOps(tf) : secondOrderOps(tf)
    const weights = network
      .start(createRandom(2))
      .map((values, at) => tf.tensor(values, [...network.parameters[at].shape]))
    const count = x.length / (network.input.height * network.input.width * network.input.channels)
    const input = tf.tensor(x, batchShape(network.input, count))
    return Array.from(network.forward(tf, ops, weights, input).logits.dataSync())
  })
}

function picture(seed: number, size: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: size }, () => random.normal())
}

describe('the published ConvNet', () => {
  it('has 320,010 parameters for 32 x 32 x 3 and 317,706 for 28 x 28 x 1 (G1)', () => {
    expect(parameterCount(createNetwork(published, colour, 10))).toBe(320_010)
    expect(parameterCount(createNetwork(published, grey, 10))).toBe(317_706)
  })
  it('ends in 2,048 numbers for both (G2), and gives them', () => {
    for (const shape of [colour, grey]) {
      const network = createNetwork({ ...published, width: 4 }, shape, 10)
      expect(createNetwork(published, shape, 10).featureWidth).toBe(2048)
      const size = shape.height * shape.width * shape.channels
      expect(logitsOf(network, picture(1, size))).toHaveLength(10)
    }
  })
  it('refuses pictures that its blocks would shrink to nothing', () => {
    const shape = { height: 6, width: 6, channels: 3 }
    expect(() => createNetwork(published, shape, 10)).toThrow(RangeError)
    expect(() => createNetwork({ ...published, kind: 'resnet', depth: 4 }, shape, 2)).toThrow(
      RangeError
    )
  })
})

describe('instance norm', () => {
  it('does not see brightness and contrast of what it normalises (G3)', () => {
    const { tf } = device
    const x = picture(3, 2 * 5 * 5 * 3)
    const normal = (values: Float32Array, kind: 'once' | 'any'): number[] =>
      tf.tidy(() => {
        const ops = kind === 'once' ? trainingOps(tf) : secondOrderOps(tf)
        const scale = tf.tensor1d([1, 2, 3])
        const shift = tf.tensor1d([0, -1, 1])
        return Array.from(
          ops.instanceNorm(tf.tensor4d(values, [2, 5, 5, 3]), scale, shift).dataSync()
        )
      })
    for (const kind of ['once', 'any'] as const) {
      const plain = normal(x, kind)
      normal(
        x.map((value) => 3 * value + 7),
        kind
      ).forEach((value, at) => expect(value).toBeCloseTo(plain[at], 3))
    }
  })
})

describe('every network', () => {
  const specs: NetworkSpec[] = (['convnet', 'resnet', 'mlp', 'linear'] as const).flatMap((kind) =>
    (['instance', 'batch', 'none'] as const).map((norm) => ({ kind, width: 4, depth: 2, norm }))
  )
  it.each(specs)('$kind with $norm norm: both sets of operations agree, shapes fit', (spec) => {
    const network = createNetwork(spec, small, 3)
    const x = picture(4, 5 * 144)
    const once = logitsOf(network, x, 'once')
    expect(once).toHaveLength(15)
    logitsOf(network, x, 'any').forEach((value, at) => expect(value).toBeCloseTo(once[at], 4))
    const { tf } = device
    tf.tidy(() => {
      const weights = network.start(createRandom(2)).map((values, at) => {
        const { shape } = network.parameters[at]
        return tf.tensor(values, [...shape])
      })
      const input = tf.tensor(x, batchShape(small, 5))
      const outputs = network.forward(tf, trainingOps(tf), weights, input)
      expect(outputs.features.shape).toEqual([5, network.featureWidth])
      const channels = outputs.statistics.map(({ mean }) => mean.size)
      expect(channels).toEqual(network.normalised)
    })
  })
  it('starts alike for equal seeds and differently for others', () => {
    const network = createNetwork({ ...published, width: 4 }, small, 3)
    expect(network.start(createRandom(5))).toEqual(network.start(createRandom(5)))
    expect(network.start(createRandom(5))).not.toEqual(network.start(createRandom(6)))
  })
  it('is named for people', () => {
    expect(describeNetwork({ ...published, width: 32 })).toBe('ConvNet, 32 filters')
    expect(describeNetwork({ kind: 'mlp', width: 128, depth: 2, norm: 'batch' })).toBe(
      'dense network, 2 x 128 units, batch norm'
    )
    expect(describeNetwork({ kind: 'linear', width: 0, depth: 0, norm: 'none' })).toBe(
      'linear model'
    )
  })
})
