// G5: Matching of class averages against closed forms (specs: pixels as features) and what must not
// change the loss.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Tensor } from '@tensorflow/tfjs-core'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { openDevice } from '../../../compute/devices/registry.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import { labelledValues } from '../../../networks/normalisation.ts'
import { signAugmentation } from '../../../networks/siamese-augmentation.ts'
import { drawClassBatch, rowsByClass } from './class-rows.ts'
import { createDecoder } from './decoder.ts'
import { descend, madeItems } from './made-items.ts'
import { createMeanMatcher, type Describe, type MeanMatching } from './mean-matching.ts'
import { smallConvnet, smallInputs } from './matching.test-support.ts'
import { parameterTensors } from './network-tensors.ts'
import { pixelOps } from './pixel-ops.ts'
import { siameseChange } from './siamese-change.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
  await enableGradients()
})

const pixels: Describe = (tf, _, seen) => tf.reshape(seen, [seen.shape[0], -1])
const features: Describe = (_, outputs) => outputs.features
const signal = new AbortController().signal
const shape = { height: 8, width: 8, channels: 1 }

function normal(seed: number, count: number): Float32Array {
  const random = createRandom(seed)
  return Float32Array.from({ length: count }, () => random.normal())
}

function matching(change: Partial<MeanMatching>): MeanMatching {
  const { tf } = device
  return {
    tf,
    ops: pixelOps(tf),
    network: createNetwork({ ...smallConvnet, depth: 2 }, shape, 2),
    describe: pixels,
    change: siameseChange(tf, shape, null),
    madePerClass: 3,
    classWeight: 0,
    signal,
    ...change
  }
}

function tensorsOf(
  { tf, network, change }: MeanMatching,
  seed = 1
): { parameters: Tensor[]; judge: Tensor[]; change: Tensor[] } {
  const parameters = parameterTensors(tf, network, network.start(createRandom(seed)))
  return { parameters, judge: [], change: change.draw(createRandom(seed + 1)) }
}

/** Mean of each class of items that follow one another. */
function classMeans(values: Float32Array, classes: number): Float32Array {
  const each = values.length / classes / 64
  const means = new Float32Array(classes * 64)
  values.forEach((value, i) => {
    const c = Math.floor(i / 64 / each)
    means[c * 64 + (i % 64)] += value / each
  })
  return means
}

describe('with pixels for features', () => {
  test('real averages are averages, whatever the parts', async () => {
    const values = normal(1, 11 * 64)
    const data = labelledValues(values, Int32Array.of(0, 1, 0, 0, 1, 1, 0, 1, 1, 1, 0))
    const byClass = rowsByClass(data, ['a', 'b'])
    const batch = drawClassBatch(createRandom(2), byClass, 99)
    const sorted = data.read(batch.rows)
    const expected = [
      ...classMeans(sorted.slice(0, 5 * 64), 1),
      ...classMeans(sorted.slice(5 * 64), 1)
    ]
    for (const rowsAtOnce of [16, 4]) {
      const m = matching({ rowsAtOnce })
      const means = await createMeanMatcher(m).realMeans(data, batch, tensorsOf(m))
      expected.forEach((value, i) => expect(means[i]).toBeCloseTo(value, 5))
    }
  })

  test('the gradient of every item is 2 / n times the difference of averages', async () => {
    for (const rowsAtOnce of [16, 2]) {
      const m = matching({ rowsAtOnce })
      const [made, real] = [normal(3, 6 * 64), normal(4, 2 * 64)]
      const { loss, slopes } = await createMeanMatcher(m).match(made, real, tensorsOf(m))
      const difference = classMeans(made, 2).map((mean, i) => mean - real[i])
      slopes.forEach((slope, i) => {
        const c = Math.floor(i / 64 / 3)
        expect(slope).toBeCloseTo((2 / 3) * difference[c * 64 + (i % 64)], 5)
      })
      expect(loss).toBeCloseTo(
        difference.reduce((sum, d) => sum + d * d, 0),
        2
      )
    }
  })

  test('a plain step shrinks the difference by 1 - 2 rate / n; one item gets there in one', async () => {
    const m = matching({ madePerClass: 1 })
    const matcher = createMeanMatcher(m)
    const real = normal(4, 2 * 64)
    const items = madeItems(normal(5, 2 * 64))
    const { slopes } = await matcher.match(items.values, real, tensorsOf(m))
    descend(items, slopes, { rate: 0.5, momentum: 0, range: undefined })
    items.values.forEach((value, i) => expect(value).toBeCloseTo(real[i], 5))

    const three = matching({})
    const more = madeItems(normal(6, 6 * 64))
    const before = classMeans(more.values, 2)
    const match = await createMeanMatcher(three).match(more.values, real, tensorsOf(three))
    descend(more, match.slopes, { rate: 0.3, momentum: 0, range: undefined })
    classMeans(more.values, 2).forEach((mean, i) =>
      expect(mean - real[i]).toBeCloseTo((1 - 0.6 / 3) * (before[i] - real[i]), 5)
    )
  })
})

describe('through a network', () => {
  test('order within a class and whole repeats change nothing; parts neither', async () => {
    const made = normal(7, 6 * 64)
    const m = matching({ describe: features })
    const tensors = tensorsOf(m)
    const real = normal(8, 2 * m.network.featureWidth)
    const plain = await createMeanMatcher(m).match(made, real, tensors)
    const item = (at: number): number[] => [...made.subarray(at * 64, (at + 1) * 64)]
    const moved = Float32Array.from([2, 0, 1, 3, 5, 4].flatMap(item))
    const twice = Float32Array.from([0, 1, 2, 0, 1, 2, 3, 4, 5, 3, 4, 5].flatMap(item))
    const permuted = await createMeanMatcher(m).match(moved, real, tensors)
    const doubled = matching({ describe: features, madePerClass: 6 })
    const repeats = await createMeanMatcher(doubled).match(twice, real, tensors)
    const parts = matching({ describe: features, rowsAtOnce: 6 })
    const inParts = await createMeanMatcher(parts).match(made, real, tensors)
    for (const other of [permuted, repeats, inParts])
      expect(other.loss / plain.loss).toBeCloseTo(1, 5)
    inParts.slopes.forEach((slope, i) => expect(slope).toBeCloseTo(plain.slopes[i], 5))
    for (let i = 0; i < 64; i++) expect(permuted.slopes[i]).toBeCloseTo(plain.slopes[128 + i], 5)
  })

  test('the slopes are those of the loss, Siamese change included', async () => {
    const change = siameseChange(device.tf, shape, signAugmentation)
    const m = matching({ describe: features, change })
    const real = normal(8, 2 * m.network.featureWidth)
    for (const seed of [1, 5, 9]) {
      const tensors = tensorsOf(m, seed)
      const matcher = createMeanMatcher(m)
      const made = normal(10, 6 * 64)
      const { slopes } = await matcher.match(made, real, tensors)
      const along = normal(11, 6 * 64)
      const h = 1e-3
      const at = async (step: number): Promise<number> => {
        const moved = made.map((value, i) => value + step * along[i])
        return (await matcher.match(moved, real, tensors)).loss
      }
      const measured = ((await at(h)) - (await at(-h))) / (2 * h)
      const claimed = slopes.reduce((sum, slope, i) => sum + slope * along[i], 0)
      expect(Math.abs(claimed - measured)).toBeLessThan(0.03 * Math.abs(measured) + 0.02)
    }
  })

  test('the class part adds the weighted cross-entropy, in parts as well', async () => {
    const made = normal(12, 6 * 64)
    const plain = matching({ describe: features })
    const real = normal(13, 2 * plain.network.featureWidth)
    const tensors = tensorsOf(plain)
    const judge = parameterTensors(device.tf, plain.network, plain.network.start(createRandom(77)))
    const { tf } = device
    const x = tf.tensor4d(made, [6, 8, 8, 1])
    const logits = plain.network.forward(tf, pixelOps(tf), judge, x).logits
    const named = tf.logSoftmax(logits).arraySync() as number[][]
    const entropy = -named.reduce((sum, row, i) => sum + row[i < 3 ? 0 : 1], 0) / 6
    const without = (await createMeanMatcher(plain).match(made, real, tensors)).loss
    for (const rowsAtOnce of [16, 6]) {
      const m = matching({ describe: features, classWeight: 2.5, rowsAtOnce })
      const { loss } = await createMeanMatcher(m).match(made, real, { ...tensors, judge })
      expect(loss - without).toBeCloseTo(2.5 * entropy, 3)
    }
  })
})

describe('mirror images', () => {
  const mirrored = (values: Float32Array): Float32Array =>
    values.map((_, i) => values[i - (i % 8) + (7 - (i % 8))])

  test('keep symmetric items symmetric through any network', async () => {
    const decoder = createDecoder(shape, { factor: 1, isMirrored: true })
    const m = matching({ describe: features, madePerClass: 2 * decoder.copies })
    const half = normal(14, 4 * 64)
    const items = half.map((value, i) => value + mirrored(half)[i])
    const real = normal(15, 2 * m.network.featureWidth)
    const tensors = tensorsOf(m)
    const slopes = async (): Promise<Float32Array> =>
      decoder.back((await createMeanMatcher(m).match(decoder.decode(items), real, tensors)).slopes)
    const both = await slopes()
    both.forEach((slope, i) => expect(slope).toBeCloseTo(mirrored(both)[i], 5))

    // Without them the same network pulls the sides apart.
    const alone = matching({ describe: features, madePerClass: 2 })
    const plain = (await createMeanMatcher(alone).match(items, real, tensors)).slopes
    const apart = plain.reduce((sum, slope, i) => sum + Math.abs(slope - mirrored(plain)[i]), 0)
    expect(apart).toBeGreaterThan(0.1)
  })
})

test('no tensor stays, and on the native device the steps are compiled once', async () => {
  const { device: native } = await openDevice('native')
  for (const used of [native, device]) {
    const { tf } = used
    const inputs = smallInputs(2)
    const network = createNetwork(smallConvnet, inputs.shape, 4)
    const change = siameseChange(tf, inputs.shape, signAugmentation)
    const matcher = createMeanMatcher(
      matching({ tf, ops: pixelOps(tf), network, describe: features, change, madePerClass: 2 })
    )
    const byClass = rowsByClass(inputs.train, inputs.classNames)
    const made = normal(16, 8 * 144)
    const counts: number[] = []
    const compiled: (number | undefined)[] = []
    for (let i = 0; i < 8; i++) {
      const random = createRandom(i)
      const parameters = parameterTensors(tf, network, network.start(random))
      const tensors = { parameters, judge: [], change: change.draw(random) }
      const means = await matcher.realMeans(
        inputs.train,
        drawClassBatch(random, byClass, 8),
        tensors
      )
      await matcher.match(made, means, tensors)
      tf.dispose([...parameters, ...tensors.change])
      counts.push(tf.memory().numTensors)
      compiled.push(used.usage?.().compiled)
    }
    expect(new Set(counts).size).toBe(1)
    // The first run of each step is watched; nothing is compiled after it.
    expect(new Set(compiled.slice(1)).size).toBe(1)
    if (used.usage !== undefined) expect(used.usage().fallbacks).toEqual({})
    matcher.dispose()
  }
  await openTestDevice()
})
