// Slopes of a quick improvement against differences, of features and of the memory.
import { beforeAll, expect, test } from 'vitest'
import { createRandom } from '../../../compute/random.ts'
import type { TensorFlow } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { createNetworkFeatures } from '../feature-ridge/network-features.ts'
import { rowsByClass } from '../matching/class-rows.ts'
import { siameseChange } from '../matching/siamese-change.ts'
import { vectorInputs } from '../real-items/distillation.test-support.ts'
import { unrollNetwork } from '../unrolled/unrolled-network.ts'
import { closedForm, improveInClosedForm } from './closed-form-step.ts'
import type { MemoryCourse } from './course.ts'
import { memoryCode, type Memory } from './memory.ts'
import { memoryParams } from './params.ts'

let tf: TensorFlow

beforeAll(async () => {
  await enableGradients()
  tf = (await openDevice('native')).device.tf
})

function normal(seed: number, size: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: size }, () => random.normal())
}

test('slopes for features equal differences', () => {
  const [own, others] = [normal(1, 5 * 4), normal(2, 7 * 4)]
  const targets = Float64Array.from(normal(3, 5 * 2))
  const wanted = Float64Array.from(normal(4, 7 * 2))
  const { slopes } = closedForm(tf, own, others, targets, wanted, 2)
  for (let i = 0; i < own.length; i++) {
    const at = (step: number): number => {
      const moved = own.slice()
      moved[i] += step
      return closedForm(tf, moved, others, targets, wanted, 2).loss
    }
    // Long, as products are rounded to float32.
    const h = 2 ** -5
    const measured = (8 * (at(h) - at(-h)) - (at(2 * h) - at(-2 * h))) / (12 * h)
    expect(Math.abs(slopes[i] - measured)).toBeLessThan(1e-4)
  }
})

test('slopes for bases and addresses equal differences', async () => {
  const inputs = vectorInputs(2, { kind: 'mlp', width: 8, depth: 1, norm: 'none' })
  const classes = inputs.classNames.length
  const network = createNetwork(inputs.network, inputs.shape, classes)
  const plan = { bases: 4, shrink: 1, slots: 3, numbers: 0 }
  const { signal } = new AbortController()
  const course: MemoryCourse = {
    tf,
    inputs,
    byClass: rowsByClass(inputs.train, inputs.classNames),
    params: memoryParams.parse({ realPerClass: 10, slotsPerStep: 2 }),
    code: memoryCode(plan, inputs.shape, classes),
    network,
    change: siameseChange(tf, inputs.shape, null),
    unrolled: unrollNetwork(tf, network, 0.9),
    features: createNetworkFeatures(tf, network, signal),
    signal
  }
  const memory: Memory = { bases: normal(1, 4 * 8), coefficients: normal(2, classes * 3 * 4) }
  const { slopes, learner } = await improveInClosedForm(course, memory, undefined, createRandom(5))
  expect(learner.age).toBe(1)
  for (const part of ['bases', 'coefficients'] as const) {
    const length = Math.hypot(...slopes[part])
    const lossAt = async (step: number): Promise<number> => {
      const moved = memory[part].map((value, i) => value + (step * slopes[part][i]) / length)
      return (
        await improveInClosedForm(course, { ...memory, [part]: moved }, undefined, createRandom(5))
      ).loss
    }
    // Short, so that hardly any relu changes sides.
    const h = 0.004
    const measured = ((await lossAt(h)) - (await lossAt(-h))) / (2 * h)
    expect(measured / length).toBeGreaterThan(0.95)
    expect(measured / length).toBeLessThan(1.05)
  }
  course.unrolled.dispose()
  course.features.dispose()
})

test('a network that ran away or says nothing gives no slopes', () => {
  const targets = Float64Array.from(normal(3, 5 * 2))
  const wanted = Float64Array.from(normal(4, 7 * 2))
  for (const own of [new Float32Array(5 * 4), new Float32Array(5 * 4).fill(NaN)]) {
    const { loss, slopes } = closedForm(tf, own, normal(2, 7 * 4), targets, wanted, 2)
    expect(loss).toBeNaN()
    expect(slopes).toEqual(new Float32Array(5 * 4))
  }
})
