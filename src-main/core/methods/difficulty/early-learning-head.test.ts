import { expect, it } from 'vitest'
import { fitScaling } from '../../compute/kernels/scaling.ts'
import { createRandom } from '../../compute/random.ts'
import { openTestDevice } from '../../compute/wasm.test-support.ts'
import { earlyLearningLoss, trainEarlyLearning } from './early-learning-head.ts'

function softmax(logits: readonly number[]): Float64Array {
  const powers = logits.map(Math.exp)
  const sum = powers.reduce((a, b) => a + b, 0)
  return Float64Array.from(powers, (power) => power / sum)
}

it('has the gradient that finite differences give', () => {
  const random = createRandom(3)
  for (let round = 0; round < 20; round++) {
    const logits = Array.from({ length: 4 }, () => 2 * random.normal())
    const target = softmax(Array.from({ length: 4 }, () => random.normal()))
    const lambda = 5 * random.uniform()
    const gradient = softmax(logits)
    earlyLearningLoss(gradient, 2, target, 0, lambda)
    for (let c = 0; c < 4; c++) {
      const at = (step: number): number => {
        const p = softmax(logits.map((value, k) => value + (k === c ? step : 0)))
        return earlyLearningLoss(p, 2, target, 0, lambda)
      }
      expect(gradient[c]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 6)
    }
  }
})

it('is plain cross-entropy without the extra term', () => {
  const p = softmax([1, 0, -1])
  const expected = [...p].map((value, c) => value - (c === 1 ? 1 : 0))
  expect(earlyLearningLoss(p, 1, [0.2, 0.3, 0.5], 0, 0)).toBeCloseTo(
    Math.log(Math.E + 1 + 1 / Math.E),
    12
  )
  expected.forEach((value, c) => expect(p[c]).toBeCloseTo(value, 12))
})

it('learns the clean labels and gives the loss of every pass', async () => {
  const { tf } = await openTestDevice()
  const random = createRandom(5)
  const truth = Int32Array.from({ length: 300 }, (_, i) => i % 3)
  const features = Float32Array.from(
    [...truth].flatMap((label) =>
      [0, 1, 2].map((c) => (c === label ? 2 : 0) + 0.5 * random.normal())
    )
  )
  // Every fifth label is wrong.
  const labels = truth.map((label, i) => (i % 5 === 0 ? (label + 1) % 3 : label))
  const rows = Uint32Array.from(labels, (_, i) => i)
  const scaling = fitScaling(features, 3, rows, 'centre')
  const recipe = { seed: 1, epochs: 12, batchRows: 32, learningRate: 1, beta: 0.7, lambda: 3 }
  const data = { features, columns: 3, labels, classes: 3, rows }
  const signal = new AbortController().signal
  const checkpoints = await trainEarlyLearning(tf, data, scaling, recipe, signal)
  expect(checkpoints.length).toBe(12)
  const { weights } = checkpoints[11]
  const right = truth.filter((label, i) => {
    const scores = [0, 1, 2].map((c) => {
      let sum = weights[c * 4 + 3]
      for (let j = 0; j < 3; j++)
        sum +=
          weights[c * 4 + j] * (features[i * 3 + j] - scaling.center[j]) * scaling.inverseScale[j]
      return sum
    })
    return scores.indexOf(Math.max(...scores)) === label
  }).length
  expect(right).toBeGreaterThan(285)
})

it('lets a cancel in while it trains', async () => {
  const { tf } = await openTestDevice()
  const features = new Float32Array(4000 * 2).fill(1)
  const labels = Int32Array.from({ length: 4000 }, (_, i) => i % 2)
  const rows = Uint32Array.from(labels, (_, i) => i)
  const scaling = fitScaling(features, 2, rows, 'centre')
  const recipe = { seed: 1, epochs: 50, batchRows: 32, learningRate: 1, beta: 0.7, lambda: 1 }
  const abort = new AbortController()
  setImmediate(() => abort.abort(new Error('stopped')))
  const data = { features, columns: 2, labels, classes: 2, rows }
  await expect(trainEarlyLearning(tf, data, scaling, recipe, abort.signal)).rejects.toThrow(
    'stopped'
  )
})
