// Students: the steps of every recipe against plain loops, seeds, fresh items, what is left behind.
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../compute/devices/device.ts'
import { enableGradients } from '../compute/devices/gradients.ts'
import { createRandom } from '../compute/random.ts'
import { openFastDevice } from '../evaluation/models/models.test-support.ts'
import { createNetwork } from './create-network.ts'
import type { NetworkSpec } from './network.ts'
import { labelledValues, oneHotShares } from './normalisation.ts'
import { smallPictures } from './picture-sample.test-support.ts'
import { accuracyOf, featuresOf, predictLogits } from './predict.ts'
import { photoAugmentation } from './siamese-augmentation.ts'
import { plainStudent, type StudentRecipe } from './student-recipe.ts'
import { startStudent, trainStudent, type StudentItems } from './train-student.ts'

let device: Device
beforeAll(async () => {
  await enableGradients()
  device = await openFastDevice()
})
const { signal } = new AbortController()

const columns = { height: 1, width: 1, channels: 2 }
const linear: NetworkSpec = { kind: 'linear', width: 0, depth: 0, norm: 'none' }
/** Two items of two numbers, two classes. */
const toy: StudentItems = {
  values: Float32Array.of(1, -0.5, 0.25, 2),
  count: 2,
  targets: Float32Array.of(0.9, 0.1, 0.3, 0.7)
}

/** Softmax regression on {@link toy} in plain loops: the loss before each step. */
function plainLosses(recipe: StudentRecipe, start: readonly Float32Array[]): number[] {
  const w = [...start[0], ...start[1]].map(Number)
  let [v, m, s] = [w.map(() => 0), w.map(() => 0), w.map(() => 0)]
  let since = 0
  const t = recipe.loss === 'kl' ? recipe.temperature : 1
  const soften = (row: number[]): number[] => {
    const powers = row.map((p) => p ** (1 / t))
    return powers.map((p) => p / powers.reduce((a, b) => a + b))
  }
  return Array.from({ length: recipe.epochs }, (_, epoch) => {
    const gradient = w.map(() => 0)
    let loss = 0
    for (let item = 0; item < 2; item++) {
      const x = [...toy.values.subarray(2 * item, 2 * item + 2), 1]
      const target = Array.from(toy.targets.subarray(2 * item, 2 * item + 2))
      const z = [0, 1].map((c) => x[0] * w[c] + x[1] * w[2 + c] + w[4 + c])
      const total = z.reduce((sum, value) => sum + Math.exp(value / t), 0)
      const p = z.map((value) => Math.exp(value / t) / total)
      const q = recipe.loss === 'kl' ? soften(target) : target
      for (let c = 0; c < 2; c++) {
        let slope = ((p[c] - q[c]) * t) / 2
        if (recipe.loss === 'squared-error') {
          loss += (z[c] - target[c]) ** 2 / 4
          slope = (2 * (z[c] - target[c])) / 4
        } else if (recipe.loss === 'kl') loss += (t * t * q[c] * Math.log(q[c] / p[c])) / 2
        else loss -= (q[c] * Math.log(p[c])) / 2
        for (let i = 0; i < 3; i++) gradient[2 * i + c] += slope * x[i]
      }
    }
    let rate = recipe.rate
    const half = Math.floor(recipe.epochs / 2)
    if (recipe.schedule === 'drop-at-half' && epoch >= half) rate *= 0.1
    if (recipe.schedule === 'drop-at-half' && epoch === half) v = v.map(() => 0)
    if (recipe.schedule === 'quarter-drops') rate *= 0.3 ** Math.floor((4 * epoch) / recipe.epochs)
    if (recipe.schedule === 'cosine')
      rate *= 0.5 + 0.5 * Math.cos((Math.PI * epoch) / recipe.epochs)
    since++
    if (recipe.optimizer === 'sgd') {
      v = v.map((value, i) => recipe.momentum * value + gradient[i] + recipe.decay * w[i])
      v.forEach((value, i) => (w[i] -= rate * value))
    } else {
      m = m.map((value, i) => 0.9 * value + 0.1 * gradient[i])
      s = s.map((value, i) => 0.999 * value + 0.001 * gradient[i] ** 2)
      m.forEach((value, i) => {
        const change = value / (1 - 0.9 ** since) / (Math.sqrt(s[i] / (1 - 0.999 ** since)) + 1e-8)
        w[i] -= rate * (change + (i < 4 ? recipe.decay * w[i] : 0))
      })
    }
    return loss
  })
}

describe('every step of a recipe', () => {
  const base: StudentRecipe = { ...plainStudent, rate: 0.3, decay: 0.01, epochs: 9 }
  const recipes: StudentRecipe[] = [
    base,
    { ...base, momentum: 0, decay: 0, schedule: 'none' },
    { ...base, schedule: 'quarter-drops' },
    { ...base, loss: 'kl', temperature: 3, schedule: 'cosine', rate: 0.1 },
    { ...base, loss: 'squared-error', rate: 0.1 },
    { ...base, optimizer: 'adamw', schedule: 'cosine', rate: 0.05 }
  ]
  it.each(recipes)('$optimizer, $schedule, $loss: as in plain loops', (recipe) => {
    const network = createNetwork(linear, columns, 2)
    const start = network.start(createRandom(3).fork('weights'))
    const training = startStudent(device.tf, network, toy, recipe, createRandom(3))
    expect(training.steps).toBe(9)
    const expected = plainLosses(recipe, start)
    for (const loss of expected) expect(training.step()).toBeCloseTo(loss, 4)
    expect(expected.at(-1)).toBeLessThan(expected[0])
    training.dispose()
  })
})

describe('a student', () => {
  const spec: NetworkSpec = { kind: 'convnet', width: 6, depth: 2, norm: 'instance' }
  const sample = smallPictures(1)
  const all = Uint32Array.from({ length: sample.train.count }, (_, i) => i)
  const items: StudentItems = {
    values: sample.train.read(all),
    count: sample.train.count,
    targets: oneHotShares(sample.train.labels, sample.classes)
  }
  const recipe: StudentRecipe = { ...plainStudent, rate: 0.05, epochs: 14, batch: 32 }
  const network = createNetwork(spec, sample.shape, sample.classes)

  it.each(['instance', 'batch'] as const)('learns shapes with %s norm', async (norm) => {
    const { tf } = device
    const before = tf.memory().numTensors
    const code = createNetwork({ ...spec, norm }, sample.shape, sample.classes)
    const augmented = { ...recipe, augment: photoAugmentation }
    const { parameters, statistics } = await trainStudent(
      tf,
      code,
      items,
      norm === 'batch' ? augmented : recipe,
      createRandom(1),
      signal
    )
    const right = await accuracyOf(tf, code, parameters, sample.test, signal, statistics)
    expect(right).toBeGreaterThan(0.6)
    const features = await featuresOf(tf, code, parameters, sample.test, signal, statistics)
    expect(features.length).toBe(sample.test.count * code.featureWidth)
    expect(tf.memory().numTensors).toBe(before)
  })
  it('is the same for the same seed, with partial batches and augmentation, and another for another', () => {
    const short = { ...recipe, batch: 50, augment: photoAugmentation }
    const train = (seed: number): { losses: number[]; weights: Float32Array[] } => {
      const training = startStudent(device.tf, network, items, short, createRandom(seed))
      const losses = Array.from({ length: 8 }, () => training.step())
      const weights = training.parameters()
      training.dispose()
      return { losses, weights }
    }
    const first = train(7)
    expect(train(7)).toEqual(first)
    expect(train(8)).not.toEqual(first)
  })
  it('keeps as many tensors in every step', () => {
    const { tf } = device
    const training = startStudent(tf, network, items, recipe, createRandom(1))
    for (let i = 0; i < 3; i++) training.step()
    const { numTensors } = tf.memory()
    for (let i = 0; i < 12; i++) {
      training.step()
      expect(tf.memory().numTensors).toBe(numTensors)
    }
    training.dispose()
  })
  it('takes fresh items in every pass, and says when they were not prepared', async () => {
    const passes: number[] = []
    const fresh = (pass: number): Promise<Float32Array> => {
      passes.push(pass)
      return Promise.resolve(toy.values.map((value) => value + pass))
    }
    const code = createNetwork(linear, columns, 2)
    const short = { ...recipe, epochs: 3, batch: 1 }
    await trainStudent(device.tf, code, { ...toy, fresh }, short, createRandom(1), signal)
    expect(passes).toEqual([0, 1, 2])
    const training = startStudent(device.tf, code, { ...toy, fresh }, short, createRandom(1))
    expect(() => training.step()).toThrow('not prepared')
    training.dispose()
  })
  it('stops when asked, leaves nothing, and refuses no items', async () => {
    const { tf } = device
    const before = tf.memory().numTensors
    const stop = new AbortController()
    // So long that it pauses, and is stopped, on any machine.
    const long = { ...recipe, epochs: 1_000_000 }
    const training = trainStudent(tf, network, items, long, createRandom(1), stop.signal, () =>
      stop.abort(new Error('stopped'))
    )
    await expect(training).rejects.toThrow('stopped')
    expect(tf.memory().numTensors).toBe(before)
    const none = { values: new Float32Array(0), count: 0, targets: new Float32Array(0) }
    expect(() => startStudent(tf, network, none, recipe, createRandom(1))).toThrow(RangeError)
  })
})

describe('predictions', () => {
  it('of many rows are those of each by itself', async () => {
    const { tf } = device
    const network = createNetwork({ ...linear, kind: 'mlp', width: 3, depth: 1 }, columns, 2)
    const weights = network.start(createRandom(1))
    const random = createRandom(4)
    const values = Float32Array.from({ length: 2 * 300 }, () => random.normal())
    const rows = labelledValues(values, new Int32Array(300))
    const before = tf.memory().numTensors
    const together = await predictLogits(tf, network, weights, rows, signal)
    const last = labelledValues(values.slice(2 * 299), new Int32Array(1))
    const alone = await predictLogits(tf, network, weights, last, signal)
    expect(together.length).toBe(600)
    expect(together[598]).toBeCloseTo(alone[0], 5)
    expect(tf.memory().numTensors).toBe(before)
    const empty = labelledValues(new Float32Array(0), new Int32Array(0))
    expect(await accuracyOf(tf, network, weights, empty, signal)).toBe(0)
    await expect(
      predictLogits(tf, network, weights, rows, AbortSignal.abort(new Error('no')))
    ).rejects.toThrow('no')
  })
  it('keep a running mean and variance as PyTorch does', () => {
    const spec = { ...linear, kind: 'mlp' as const, width: 3, depth: 1, norm: 'batch' as const }
    const network = createNetwork(spec, columns, 2)
    const weights = network.start(createRandom(3).fork('weights'))
    const recipe: StudentRecipe = { ...plainStudent, epochs: 2, rate: 0 }
    const training = startStudent(device.tf, network, toy, recipe, createRandom(3))
    training.step()
    training.step()
    const [mean, variance] = training.statistics()
    training.dispose()
    for (let unit = 0; unit < 3; unit++) {
      const seen = [0, 1].map(
        (item) =>
          toy.values[2 * item] * weights[0][unit] +
          toy.values[2 * item + 1] * weights[0][3 + unit] +
          weights[1][unit]
      )
      // Twice a tenth of the way, from 0 and from 1; the variance of a sample of two.
      expect(mean[unit]).toBeCloseTo(0.19 * ((seen[0] + seen[1]) / 2), 5)
      expect(variance[unit]).toBeCloseTo(0.81 + (0.19 * (seen[0] - seen[1]) ** 2) / 2, 5)
    }
  })
})
