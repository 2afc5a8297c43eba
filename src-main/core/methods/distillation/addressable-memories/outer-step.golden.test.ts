// One improvement of a memory: its slopes against differences of the whole training, and addressing
// against the plain variant where the two are the same.
import type { Tensor1D, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core'
import { beforeAll, expect, test } from 'vitest'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { createRandom } from '../../../compute/random.ts'
import { initialValues } from '../../../networks/initial-values.ts'
import type { NetworkCode, ParameterShape } from '../../../networks/network.ts'
import { createNetworkFeatures } from '../feature-ridge/network-features.ts'
import { rowsByClass } from '../matching/class-rows.ts'
import { smallConvnet, smallInputs } from '../matching/matching.test-support.ts'
import { augmentationOf, siameseChange } from '../matching/siamese-change.ts'
import { unrollNetwork } from '../unrolled/unrolled-network.ts'
import { planFor, type MemoryPlan } from './budget.ts'
import { memoryCode, type Memory } from './memory.ts'
import type { MemoryCourse } from './course.ts'
import { improve, stretchOf } from './outer-step.ts'
import { memoryParams, type MemoryParams } from './params.ts'

let tf: TensorFlow

beforeAll(async () => {
  await enableGradients()
  tf = (await openDevice('native')).device.tf
})

const inputs = smallInputs(2, {}, 8)
const classes = inputs.classNames.length

/** One convolution of four filters and softplus, which has no kinks that differences trip over. */
const smooth: NetworkCode = (() => {
  const parameters: ParameterShape[] = [
    { name: 'conv.weight', shape: [3, 3, 1, 4], role: 'weight' },
    { name: 'norm.scale', shape: [4], role: 'scale' },
    { name: 'norm.shift', shape: [4], role: 'shift' },
    { name: 'last.weight', shape: [64, classes], role: 'weight' }
  ]
  return {
    spec: { ...smallConvnet, width: 4, depth: 1 },
    input: inputs.shape,
    classes,
    parameters,
    featureWidth: 64,
    normalised: [],
    start: (random) => initialValues(parameters, random),
    forward(tf, ops, [filter, scale, shift, last], x) {
      const seen = ops.convolve(x as Tensor4D, filter as Tensor4D, 1)
      const even = ops.instanceNorm(seen, scale as Tensor1D, shift as Tensor1D)
      const pooled = ops.averagePool(tf.softplus(even), 2)
      const features: Tensor2D = tf.reshape(pooled, [x.shape[0], 64])
      const logits: Tensor2D = tf.matMul(features, last as Tensor2D)
      return { logits, features, activations: [], statistics: [] }
    }
  }
})()

const { signal } = new AbortController()

function courseOf(plan: MemoryPlan, change: Partial<MemoryParams>): MemoryCourse {
  const params = memoryParams.parse({
    length: 6,
    window: 0,
    networks: 0,
    slotsPerStep: 3,
    realPerClass: 5,
    innerRate: 0.1,
    ...change
  })
  return {
    tf,
    inputs,
    byClass: rowsByClass(inputs.train, inputs.classNames),
    params,
    code: memoryCode(plan, inputs.shape, classes),
    network: smooth,
    change: siameseChange(tf, inputs.shape, augmentationOf(params.changes, inputs)),
    unrolled: unrollNetwork(tf, smooth, 0.9),
    features: createNetworkFeatures(tf, smooth, signal),
    signal
  }
}

function normal(seed: number, size: number, spread: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: size }, () => spread * random.normal())
}

function someMemory({ bases, slots, shrink }: MemoryPlan): Memory {
  const side = 8 / shrink
  return {
    bases: normal(1, bases * side * side, 1),
    coefficients: normal(2, classes * slots * bases, 0.7)
  }
}

test.each([
  { name: 'plain pictures', change: {} },
  { name: 'changed pictures', change: { changes: 'usual' as const } },
  { name: 'a window of four steps', change: { window: 4 } }
])('slopes of bases and addresses equal differences: $name', async ({ change }) => {
  const plan = planFor({ shape: inputs.shape, classes, perClass: 2 }, 5, 2)
  const course = courseOf(plan, change)
  const memory = someMemory(plan)
  const { slopes } = await improve(course, memory, undefined, createRandom(7))
  const lossAt = async (part: keyof Memory, i: number, step: number): Promise<number> => {
    const moved = { ...memory, [part]: memory[part].slice() }
    moved[part][i] += step
    return (await improve(course, moved, undefined, createRandom(7))).loss
  }
  // What lies before the window is not looked back on, so only its own slopes can be compared.
  const isWhole = course.params.window === 0
  for (const part of ['bases', 'coefficients'] as const) {
    const largest = Math.max(...slopes[part].map(Math.abs))
    expect(largest).toBeGreaterThan(1e-4)
    if (!isWhole) continue
    const places = [slopes[part].findIndex((slope) => Math.abs(slope) === largest), 3, 11]
    for (const i of places) {
      const h = 0.02
      const near = (await lossAt(part, i, h)) - (await lossAt(part, i, -h))
      const far = (await lossAt(part, i, 2 * h)) - (await lossAt(part, i, -2 * h))
      const measured = (8 * near - far) / (12 * h)
      expect(Math.abs(slopes[part][i] - measured)).toBeLessThan(0.02 * largest)
    }
  }
  course.unrolled.dispose()
})

test('with one base for each item, addresses 1 and no shrinking it is the plain variant', async () => {
  const slots = 3
  const items = classes * slots
  const pictures = normal(3, items * 64, 1)
  const identity = new Float32Array(items * items)
  for (let i = 0; i < items; i++) identity[i * items + i] = 1
  const addressed = courseOf({ bases: items, shrink: 1, slots, numbers: 0 }, {})
  const plain = courseOf({ bases: 0, shrink: 1, slots, numbers: 0 }, {})
  const one = await improve(
    addressed,
    { bases: pictures, coefficients: identity },
    undefined,
    createRandom(2)
  )
  const other = await improve(
    plain,
    { bases: pictures, coefficients: new Float32Array(0) },
    undefined,
    createRandom(2)
  )
  expect(one.loss).toBe(other.loss)
  expect(one.slopes.bases).toEqual(other.slopes.bases)
  expect(other.slopes.coefficients).toHaveLength(0)
  addressed.unrolled.dispose()
  plain.unrolled.dispose()
})

test('one step without momentum is the gradient of one step', async () => {
  const plan = { bases: 0, shrink: 1, slots: 2, numbers: 0 }
  const base = courseOf(plan, { length: 1, slotsPerStep: 2 })
  base.unrolled.dispose()
  const course = { ...base, unrolled: unrollNetwork(tf, smooth, 0) }
  const memory = { bases: normal(4, classes * 2 * 64, 1), coefficients: new Float32Array(0) }
  const { slopes } = await improve(course, memory, undefined, createRandom(3))
  const again = await improve(course, memory, undefined, createRandom(3))
  expect(again.slopes).toEqual(slopes)
  const i = slopes.bases.findIndex(
    (slope) => Math.abs(slope) === Math.max(...slopes.bases.map(Math.abs))
  )
  const lossAt = async (step: number): Promise<number> => {
    const bases = memory.bases.slice()
    bases[i] += step
    return (await improve(course, { ...memory, bases }, undefined, createRandom(3))).loss
  }
  const measured = ((await lossAt(0.1)) - (await lossAt(-0.1))) / 0.2
  expect(slopes.bases[i] / measured).toBeCloseTo(1, 1)
  course.unrolled.dispose()
})

test('a window of a new training ends at a random place; a kept one goes on', () => {
  const random = createRandom(1)
  const ends = Array.from({ length: 200 }, () =>
    stretchOf({ length: 10, window: 4, networks: 0 }, random)
  )
  expect(new Set(ends.map(({ before }) => before))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]))
  expect(stretchOf({ length: 10, window: 4, networks: 3 }, random)).toEqual({
    before: 0,
    looked: 4
  })
  expect(stretchOf({ length: 10, window: 0, networks: 0 }, random)).toEqual({
    before: 0,
    looked: 10
  })
})
