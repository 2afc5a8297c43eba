// Shared changes: the loss and its slope, what fits, and the whole method.
import type { Tensor2D } from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { trainingOps } from '../../../networks/training-ops.ts'
import { pictureInputs, runToEnd, withExperts } from '../real-items/distillation.test-support.ts'
import { changeLoss, makeChange, rowsThatFit } from './compensate.ts'
import { inferMethod as method } from './method.ts'

const shape = { height: 8, width: 8, channels: 1 }
const spec = { kind: 'convnet', width: 4, depth: 1, norm: 'batch' } as const

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
  await enableGradients()
})

function numbers(seed: number, length: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length }, () => random.normal())
}

describe('the loss of a change', () => {
  it('has no statistics term where the items have the stored statistics', () => {
    const { tf } = device
    tf.tidy(() => {
      const network = createNetwork(spec, shape, 3)
      const weights = network.parameters.map(({ shape: sides }, at) =>
        tf.tensor(network.start(createRandom(1))[at], [...sides])
      )
      const x = tf.tensor4d(numbers(2, 3 * 64), [3, 8, 8, 1])
      const y = tf.tensor2d([1, 0, 0, 0, 1, 0, 0, 0, 1], [3, 3])
      const own = network.forward(tf, trainingOps(tf), weights, x).statistics
      const with0 = changeLoss(tf, network, weights, own, x, y, 0).dataSync()[0]
      const with1 = changeLoss(tf, network, weights, own, x, y, 1).dataSync()[0]
      expect(with1 - with0).toBeLessThan(1e-5)
      // A mean that is off by d in one channel counts d.
      const moved = own.map(({ mean, variance }) => ({
        mean: tf.add(mean, tf.tensor1d([0.3, 0, 0, 0])),
        variance
      }))
      const apart = changeLoss(tf, network, weights, moved, x, y, 2).dataSync()[0]
      const same = changeLoss(tf, network, weights, moved, x, y, 0).dataSync()[0]
      expect(apart - same).toBeCloseTo(0.6, 4)
    })
  })

  it('has the slope that finite differences give', () => {
    const { tf } = device
    const network = createNetwork({ ...spec, width: 3 }, shape, 2)
    tf.tidy(() => {
      const weights = network.parameters.map(({ shape: sides }, at) =>
        tf.tensor(network.start(createRandom(3))[at], [...sides])
      )
      const running = [{ mean: tf.tensor1d([0.1, -0.2, 0]), variance: tf.tensor1d([0.5, 0.4, 1]) }]
      const x = tf.tensor4d(numbers(4, 128), [2, 8, 8, 1])
      const y: Tensor2D = tf.tensor2d([1, 0, 0, 1], [2, 2])
      const at = (u: Float32Array): number =>
        changeLoss(
          tf,
          network,
          weights,
          running,
          tf.add(x, tf.tensor4d(u, [1, 8, 8, 1])),
          y,
          0.7
        ).dataSync()[0]
      const u = numbers(5, 64).map((value) => 0.3 * value)
      const slope = tf
        .grad((given) => changeLoss(tf, network, weights, running, tf.add(x, given), y, 0.7))(
          tf.tensor4d(u, [1, 8, 8, 1])
        )
        .dataSync()
      const direction = numbers(6, 64)
      const expected = direction.reduce((sum, value, i) => sum + value * slope[i], 0)
      const h = 2e-3
      const moved = [h, -h].map((step) => at(u.map((value, i) => value + step * direction[i])))
      expect((moved[0] - moved[1]) / (2 * h)).toBeCloseTo(expected, 2)
    })
  })

  it('falls', async () => {
    const network = createNetwork({ ...spec, norm: 'instance' }, shape, 3)
    const judge = { network, parameters: network.start(createRandom(1)), statistics: [] }
    const items = { values: numbers(1, 192), labels: Int32Array.from([0, 1, 2]) }
    const rules = { iterations: 40, rate: 0.05, statisticsWeight: 0 }
    const before = device.tf.memory().numTensors
    const run = makeChange(device.tf, judge, items, rules, new AbortController().signal)
    let step = await run.next()
    while (step.done !== true) step = await run.next()
    const { losses, change } = step.value
    expect(losses).toHaveLength(40)
    expect(losses[39]).toBeLessThan(losses[0] - 0.05)
    expect(change).toHaveLength(64)
    expect(device.tf.memory().numTensors).toBe(before)
  })
})

describe('shared changes', () => {
  it('fit the room of the asked number of items', () => {
    expect(rowsThatFit(10, 2, 10)).toBe(8)
    expect(rowsThatFit(50, 4, 1000)).toBe(49)
    expect(rowsThatFit(1, 2, 10)).toBe(1)
    for (const perClass of [3, 10, 57])
      for (const helpers of [1, 3, 4])
        expect(rowsThatFit(perClass, helpers, 10) * (10 + helpers)).toBeLessThanOrEqual(
          10 * perClass
        )
  })

  it('become a set, and go on from checkpoints to the same bits', async () => {
    const small = { expertEpochs: 3, iterations: 15, rates: 1, studentEpochs: 10 }
    const inputs = await withExperts(device, method, pictureInputs(3), small)
    expect(inputs.experts?.network.norm).toBe('batch')
    const before = device.tf.memory().numTensors
    const { set, checkpoints } = await runToEnd(device, method, inputs, small)
    expect(device.tf.memory().numTensors).toBe(before)
    // 3 / (2 / 4 + 1) = 2 rows of 4 items, each with 2 changes.
    expect(set.count).toBe(16)
    expect(set.info['changes']).toBe(4)
    expect(set.stored.map(({ shape: sides }) => sides[0]).slice(0, 2)).toEqual([8, 4])
    set.sourceRows?.forEach((row, i) => expect(inputs.train.labels[row]).toBe(set.labels[i]))
    const { mean, sd } = inputs.normalisation
    for (const value of set.values) {
      expect(value).toBeGreaterThanOrEqual(-mean[0] / sd[0] - 1e-5)
      expect(value).toBeLessThanOrEqual((1 - mean[0]) / sd[0] + 1e-5)
    }
    for (const resume of [checkpoints[1], checkpoints[4]])
      expect((await runToEnd(device, method, inputs, small, { resume })).set).toEqual(set)
  })
})
