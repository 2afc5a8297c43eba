// The trace of second derivatives: the closed form of a linear softmax model, and symmetry (G15).
import { beforeAll, expect, it } from 'vitest'
import type { TensorFlow } from '../../compute/devices/device.ts'
import { createRandom } from '../../compute/random.ts'
import { openTestDevice } from '../../compute/wasm.test-support.ts'
import { createNetwork } from '../../networks/create-network.ts'
import type { NetworkCode } from '../../networks/network.ts'
import { oneHotShares } from '../../networks/normalisation.ts'
import { createCurvature, randomSigns, smoothed } from './curvature.ts'

const signal = new AbortController().signal
const classes = 3
const columns = 4
const count = 12
const random = createRandom(8)
const values = Float32Array.from({ length: count * columns }, () => random.normal())
const labels = Int32Array.from({ length: count }, (_, i) => i % classes)
const items = { count, values, shares: oneHotShares(labels, classes) }
const input = { height: 1, width: 1, channels: columns }
let tf: TensorFlow
let linear: NetworkCode

beforeAll(async () => {
  tf = (await openTestDevice()).tf
  linear = createNetwork({ kind: 'linear', width: 0, depth: 0, norm: 'none' }, input, classes)
})

/** mean((1 - |p|^2) (|x|^2 + 1)): the weights of H = (diag(p) - pp') (x) xx', and of its biases. */
function closedForm(weights: readonly Float32Array[]): number {
  let sum = 0
  for (let item = 0; item < count; item++) {
    const x = values.subarray(item * columns, (item + 1) * columns)
    const logits = Array.from(weights[1], (bias, c) =>
      x.reduce((total, value, i) => total + value * weights[0][i * classes + c], bias)
    )
    const total = logits.reduce((all, logit) => all + Math.exp(logit), 0)
    const squares = logits.reduce((all, logit) => all + (Math.exp(logit) / total) ** 2, 0)
    sum += (1 - squares) * (x.reduce((all, value) => all + value * value, 0) + 1)
  }
  return sum / count
}

it('is the closed form of a linear softmax model, summed over all directions', async () => {
  const weights = linear.start(createRandom(3))
  const curvature = await createCurvature(tf, linear, items)
  try {
    let trace = 0
    weights.forEach((array, at) =>
      array.forEach((_, i) => {
        const unit = weights.map((other) => new Float32Array(other.length))
        unit[at][i] = 1
        trace += curvature.product(weights, unit, unit)
      })
    )
    expect(trace).toBeCloseTo(closedForm(weights), 2)
  } finally {
    curvature.dispose()
  }
})

it('is the same in expectation over random signs, and holds no tensors', async () => {
  const weights = linear.start(createRandom(4))
  const before = tf.memory().numTensors
  const curvature = await createCurvature(tf, linear, items)
  const trace = await curvature.trace(weights, 300, createRandom(5), signal)
  curvature.dispose()
  expect(tf.memory().numTensors).toBe(before)
  const expected = closedForm(weights)
  expect(Math.abs(trace - expected) / expected).toBeLessThan(0.05)
})

it('is symmetric: v\u2019Hu = u\u2019Hv', async () => {
  const mlp = createNetwork({ kind: 'mlp', width: 5, depth: 1, norm: 'none' }, input, classes)
  const weights = mlp.start(createRandom(6))
  const [u, v] = [randomSigns(weights, createRandom(7)), randomSigns(weights, createRandom(9))]
  const curvature = await createCurvature(tf, mlp, items)
  const [one, other] = [curvature.product(weights, u, v), curvature.product(weights, v, u)]
  curvature.dispose()
  expect(Math.abs(one)).toBeGreaterThan(0.01)
  expect(Math.abs(one - other)).toBeLessThan(0.02 * Math.abs(one))
})

it('smooths a series', () => {
  expect(smoothed([1, 1, 1], 0.9)).toEqual([1, 1, 1])
  expect(smoothed([0, 10], 0.9)[1]).toBeCloseTo(1, 12)
})
