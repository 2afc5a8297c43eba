import { beforeAll, describe, expect, it } from 'vitest'
import type { TensorFlow } from './devices/device.ts'
import { createRandom } from './random.ts'
import { openTestDevice } from './wasm.test-support.ts'
import { errorsFromLogits } from './kernels/softmax.ts'
import {
  accuracy,
  checkRecipe,
  predictHead,
  trainHead,
  warmUpRecipe,
  type HeadData
} from './softmax-head.ts'

let tf: TensorFlow
beforeAll(async () => {
  tf = (await openTestDevice()).tf
})
const signal = new AbortController().signal

/** Gaussian classes around random centres, far from the origin and unevenly spread. */
function gaussians(
  count: number,
  columns: number,
  classes: number,
  spread: number,
  seed = 1
): HeadData {
  const centres = createRandom(42)
  const means = Float64Array.from({ length: classes * columns }, () => centres.normal())
  const random = createRandom(seed)
  const labels = Int32Array.from({ length: count }, () => random.below(classes))
  const features = new Float32Array(count * columns)
  for (let i = 0; i < count; i++) {
    for (let j = 0; j < columns; j++) {
      features[i * columns + j] =
        50 + (1 + (j % 4)) * (means[labels[i] * columns + j] + spread * random.normal())
    }
  }
  return { features, columns, labels, classes }
}

/** Largest entry of the objective's gradient, in float64 and from the definition. */
function gradientNorm(
  data: HeadData,
  head: Awaited<ReturnType<typeof trainHead>>,
  l2: number
): number {
  const { columns, classes, features, labels } = data
  const rows = labels.length
  const gradient = Array.from({ length: classes }, () => new Float64Array(columns + 1))
  const probabilities = predictHead(head, features)
  for (let i = 0; i < rows; i++) {
    for (let c = 0; c < classes; c++) {
      const error = (probabilities[i * classes + c] - (labels[i] === c ? 1 : 0)) / rows
      for (let j = 0; j < columns; j++) {
        const x =
          (features[i * columns + j] - head.scaling.center[j]) * head.scaling.inverseScale[j]
        gradient[c][j] += error * x
      }
      gradient[c][columns] += error
    }
  }
  let largest = 0
  for (let c = 0; c < classes; c++) {
    for (let j = 0; j <= columns; j++) {
      const decay = j < columns ? l2 * head.weights[c * (columns + 1) + j] : 0
      largest = Math.max(largest, Math.abs(gradient[c][j] + decay))
    }
  }
  return largest
}

describe('golden vector G1', () => {
  it('has the errors and the gradient norm of the worked example', () => {
    const errors = new Float32Array(3)
    const loss = errorsFromLogits([0, 0, 0], Int32Array.from([0]), 3, errors)
    expect(loss).toBeCloseTo(Math.log(3), 12)
    ;[-2 / 3, 1 / 3, 1 / 3].forEach((value, c) => expect(errors[c]).toBeCloseTo(value, 6))
    const h = [1, 2, 1]
    const g = [...errors].map((e) => h.map((x) => e * x))
    ;[-0.6667, -1.3333, -0.6667].forEach((value, j) => expect(g[0][j]).toBeCloseTo(value, 4))
    expect(Math.hypot(...g.flat())).toBeCloseTo(2, 6)
  })

  it('keeps the direction of a very confident row', () => {
    const errors = new Float32Array(2)
    errorsFromLogits([30, 0], Int32Array.from([0]), 2, errors)
    expect(errors[1]).toBeCloseTo(9.3576e-14, 17)
    expect(errors[0]).toBe(-errors[1])
  })
})

describe('check recipe', () => {
  it('ends near the optimum of its objective', async () => {
    const data = gaussians(500, 12, 4, 1.5)
    for (const scaling of ['centre', 'standardise'] as const) {
      const head = await trainHead(tf, data, checkRecipe(0, { l2: 0.01, scaling }), signal)
      expect(gradientNorm(data, head, 0.01)).toBeLessThan(2e-3)
    }
  })

  it('learns to tell Gaussian classes apart on rows it has not seen', async () => {
    const head = await trainHead(tf, gaussians(800, 20, 5, 0.7), checkRecipe(0), signal)
    const test = gaussians(400, 20, 5, 0.7, 2)
    expect(accuracy(head, test.features, test.labels)).toBeGreaterThan(0.97)
    const probabilities = predictHead(head, test.features)
    for (let i = 0; i < 400; i += 37) {
      const sum = probabilities.subarray(i * 5, i * 5 + 5).reduce((a, b) => a + b, 0)
      expect(sum).toBeCloseTo(1, 5)
    }
  })

  it('trains on named rows as on a copy of them', async () => {
    const data = gaussians(300, 8, 3, 1)
    const rows = Uint32Array.from({ length: 100 }, (_, i) => i * 3)
    const copy = {
      columns: 8,
      classes: 3,
      labels: Int32Array.from(rows, (row) => data.labels[row]),
      features: Float32Array.from(
        { length: 800 },
        (_, at) => data.features[rows[at >> 3] * 8 + (at & 7)]
      )
    }
    const a = await trainHead(tf, { ...data, rows }, checkRecipe(0), signal)
    const b = await trainHead(tf, copy, checkRecipe(0), signal)
    expect([...a.weights]).toEqual([...b.weights])
  })

  it('copes with one class, one row, constant columns and rows without label', async () => {
    const one = {
      features: Float32Array.from([3, 5]),
      columns: 2,
      labels: Int32Array.from([0]),
      classes: 2
    }
    const head = await trainHead(tf, one, checkRecipe(0), signal)
    expect(accuracy(head, one.features, one.labels)).toBe(1)
    const data = gaussians(100, 5, 2, 0.3)
    for (let i = 0; i < 100; i++) data.features[i * 5] = 7
    for (let i = 0; i < 50; i++) data.labels[i] = -1
    const half = await trainHead(tf, data, checkRecipe(0, { scaling: 'standardise' }), signal)
    expect(half.weights.every((weight) => Number.isFinite(weight))).toBe(true)
    expect(accuracy(half, data.features, data.labels)).toBe(1)
    const none = { ...data, labels: new Int32Array(100).fill(-1) }
    await expect(trainHead(tf, none, checkRecipe(0), signal)).rejects.toThrow(RangeError)
  })
})

describe('warm-up recipe', () => {
  it('keeps one checkpoint per epoch, with falling loss and learning rate', async () => {
    const head = await trainHead(tf, gaussians(400, 10, 3, 0.7), warmUpRecipe(5), signal)
    expect(head.checkpoints.map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4])
    expect(head.checkpoints[3].loss).toBeLessThan(head.checkpoints[0].loss)
    const rates = head.checkpoints.map(({ meanLearningRate }) => meanLearningRate)
    for (let i = 1; i < 4; i++) expect(rates[i]).toBeLessThan(rates[i - 1])
    expect([...head.checkpoints[3].weights]).toEqual([...head.weights])
  })

  it('gives the same bits for the same seed and others for another', async () => {
    const data = gaussians(200, 6, 3, 1)
    const first = await trainHead(tf, data, warmUpRecipe(5), signal)
    expect([...(await trainHead(tf, data, warmUpRecipe(5), signal)).weights]).toEqual([
      ...first.weights
    ])
    expect([...(await trainHead(tf, data, warmUpRecipe(6), signal)).weights]).not.toEqual([
      ...first.weights
    ])
  })

  it('takes the first step of gradient descent from zero', async () => {
    const data = gaussians(16, 3, 2, 1)
    const recipe = warmUpRecipe(0, { epochs: 1, batchRows: 16, scaling: 'none', learningRate: 0.1 })
    const head = await trainHead(tf, data, recipe, signal)
    // At W = 0 every error is 1/2 - y; the step is the rate times the mean of e h.
    let squares = 0
    for (const value of data.features) squares += value * value
    const rate = 0.1 / (1 + squares / 16)
    for (let j = 0; j <= 3; j++) {
      let sum = 0
      for (let i = 0; i < 16; i++)
        sum += (0.5 - (data.labels[i] === 0 ? 1 : 0)) * (j < 3 ? data.features[i * 3 + j] : 1)
      expect(head.weights[j]).toBeCloseTo((-rate * sum) / 16, 6)
    }
  })

  it('stops when aborted and frees its tensors', async () => {
    const abort = new AbortController()
    abort.abort(new Error('stopped'))
    const before = tf.memory().numTensors
    await expect(
      trainHead(tf, gaussians(50, 4, 2, 1), warmUpRecipe(0), abort.signal)
    ).rejects.toThrow('stopped')
    await expect(
      trainHead(tf, gaussians(50, 4, 2, 1), checkRecipe(0), abort.signal)
    ).rejects.toThrow('stopped')
    await trainHead(tf, gaussians(50, 4, 2, 1), checkRecipe(0), signal)
    await trainHead(tf, gaussians(50, 4, 2, 1), warmUpRecipe(0), signal)
    expect(tf.memory().numTensors).toBe(before)
  })
})
