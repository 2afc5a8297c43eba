// What must hold of soft labels whatever the data (specs: 3.14 i to vi, G11).
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { softmaxInPlace } from '../../../compute/kernels/softmax.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { oneHotShares } from '../../../networks/normalisation.ts'
import { shareRight } from '../../../networks/predict.ts'
import type { DistillationInputs } from '../distillation-method.ts'
import { meanEntropy, rankedClasses, sharesOf } from '../label-compression/shares.ts'
import { vectorInputs, withExperts } from '../real-items/distillation.test-support.ts'
import { trialAccuracy, type TrialBench } from '../real-items/student-trials.ts'
import { createExpertLabels, type ExpertLabels } from './expert-labels.ts'
import { shuffleOthers, smoothOthers } from './experiments.ts'
import { softLabelsMethod } from './method.ts'
import { studentRecipe } from './plan.ts'

const [dimensions, classes] = [6, 4]

/**
 * Softmax regression on shares by gradient descent with momentum: (dimensions + 1) x classes
 * weights, biases last. No line search: near the optimum the loss no longer tells steps apart.
 */
function fitLinear(points: Float64Array, shares: Float32Array): Float64Array {
  const count = points.length / dimensions
  const weights = new Float64Array((dimensions + 1) * classes)
  const velocity = new Float64Array(weights.length)
  for (let step = 0; step < 20_000; step++) {
    const gradient = new Float64Array(weights.length)
    for (let i = 0; i < count; i++) {
      const x = points.subarray(i * dimensions, (i + 1) * dimensions)
      const logits = linearLogits(x, weights)
      softmaxInPlace(logits)
      logits.forEach((share, c) => {
        const error = (share - shares[i * classes + c]) / count
        x.forEach((value, j) => (gradient[j * classes + c] += error * value))
        gradient[dimensions * classes + c] += error
      })
    }
    for (let w = 0; w < weights.length; w++) {
      velocity[w] = 0.95 * velocity[w] - gradient[w]
      weights[w] += velocity[w]
    }
  }
  return weights
}

function linearLogits(x: Float64Array, weights: Float64Array): Float64Array {
  return Float64Array.from({ length: classes }, (_, c) =>
    x.reduce(
      (sum, value, j) => sum + value * weights[j * classes + c],
      weights[dimensions * classes + c]
    )
  )
}

describe('a linear teacher', () => {
  it('is recovered from richer labels of d + 1 points, and not from plain ones', () => {
    const random = createRandom(11)
    const normal = (length: number): Float64Array =>
      Float64Array.from({ length }, () => random.normal())
    const teacher = normal((dimensions + 1) * classes).map((weight) => weight / 2)
    // The origin and the ends of the axes, a little moved.
    const points = normal((dimensions + 1) * dimensions).map(
      (noise, i) => 0.2 * noise + (i % dimensions === Math.floor(i / dimensions) ? 2 : 0)
    )
    const logits = Float64Array.from({ length: dimensions + 1 }, (_, i) => i).reduce<number[]>(
      (all, i) => [
        ...all,
        ...linearLogits(points.subarray(i * dimensions, (i + 1) * dimensions), teacher)
      ],
      []
    )
    const soft = sharesOf(logits, classes, 1)
    const labels = Int32Array.from(
      { length: dimensions + 1 },
      (_, i) => rankedClasses(soft.subarray(i * classes, (i + 1) * classes))[0]
    )
    const [fromSoft, fromHard] = [
      fitLinear(points, soft),
      fitLinear(points, oneHotShares(labels, classes))
    ]
    let [agreeSoft, agreeHard, worst] = [0, 0, 0]
    const tests = 2000
    for (let t = 0; t < tests; t++) {
      const x = normal(dimensions)
      const [own, soft1, hard1] = [teacher, fromSoft, fromHard].map((weights) =>
        sharesOf(linearLogits(x, weights), classes, 1)
      )
      if (rankedClasses(own)[0] === rankedClasses(soft1)[0]) agreeSoft++
      if (rankedClasses(own)[0] === rankedClasses(hard1)[0]) agreeHard++
      own.forEach((share, c) => (worst = Math.max(worst, Math.abs(share - soft1[c]))))
    }
    expect(agreeSoft).toBe(tests)
    expect(worst).toBeLessThan(2e-6)
    expect(agreeHard).toBeLessThan(tests)
  })
})

describe('labels of a helper model', () => {
  const params = { expertEpochs: 8, expertRate: 0.03 }
  const network = { kind: 'mlp', width: 16, depth: 1, norm: 'none' } as const
  let device: Device
  let inputs: DistillationInputs
  let labels: ExpertLabels
  let bench: TrialBench
  beforeAll(async () => {
    device = await openTestDevice()
    inputs = await withExperts(device, softLabelsMethod, vectorInputs(4, network), params)
    const signal = new AbortController().signal
    const { tf } = device
    const student = createNetwork(network, inputs.shape, 6)
    if (inputs.experts === undefined) throw new Error('no helper models')
    labels = createExpertLabels(tf, inputs.experts, inputs.shape, 6, inputs.train, signal)
    const random = createRandom(2)
    bench = { tf, network: student, validation: inputs.validation, random, signal }
  })

  /** Mean accuracy of three students on the first 30 training items with these shares. */
  async function accuracyWith(shares: Float32Array): Promise<number> {
    const rows = Uint32Array.from({ length: 30 }, (_, i) => i)
    const recipe = studentRecipe({ studentEpochs: 100, studentAugment: false }, 'vectors')
    const items = { values: inputs.train.read(rows), count: 30, targets: shares.slice(0, 180) }
    const run = trialAccuracy(bench, items, { ...recipe, rate: 0.1 }, 3)
    for (;;) {
      const step = await run.next()
      if (step.done === true) return step.value
    }
  }

  it('sum to 1; with a large inverse temperature they are the largest logit alone', async () => {
    const logits = await labels.logitsAt(4)
    const hard = sharesOf(logits, 6, 1e6)
    for (let i = 0; i < inputs.train.count; i++) {
      const row = logits.subarray(6 * i, 6 * i + 6)
      expect(sharesOf(row, 6, 1).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6)
      expect(hard[6 * i + rankedClasses(row)[0]]).toBeGreaterThan(0.99)
    }
  })

  it('say less and less besides the largest share as the helper model learns', async () => {
    const entropies: number[] = []
    for (let moment = 0; moment < 12; moment += 2)
      entropies.push(meanEntropy(sharesOf(await labels.logitsAt(moment), 6, 1), 6))
    expect(entropies).toEqual([...entropies].sort((a, b) => b - a))
    expect(entropies[0]).toBeGreaterThan(1.6)
    expect(entropies[5]).toBeLessThan(0.8 * entropies[0])
  })

  it('teach nothing before the helper model has learned anything', async () => {
    const untrained = await labels.logitsAt(0)
    expect(shareRight(untrained, inputs.train.labels, 6)).toBeLessThan(0.35)
    expect(await accuracyWith(sharesOf(untrained, 6, 1))).toBeLessThan(0.35)
  })

  it('teach less when all but the largest share is shuffled, about what even ones teach', async () => {
    const shares = sharesOf(await labels.logitsAt(11), 6, 1)
    const whole = await accuracyWith(shares)
    const shuffled = await accuracyWith(shuffleOthers(shares, 6, createRandom(4)))
    const smooth = await accuracyWith(smoothOthers(shares, 6))
    expect(whole).toBeGreaterThan(shuffled + 0.02)
    expect(Math.abs(shuffled - smooth)).toBeLessThan(0.1)
  })
})
