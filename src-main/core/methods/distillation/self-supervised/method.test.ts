// Self-supervised sets: the closed forms of the ridge, slopes against finite differences, whole runs to
// the same bits, no memory kept, and items that teach likeness better than real ones.
import { beforeAll, describe, expect, test } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { enableGradients } from '../../../compute/devices/gradients.ts'
import { createRowProducts, kernelsOf } from '../../../compute/kernels/item-kernel.ts'
import {
  factorRidge,
  predictRidge,
  ridgeError,
  solveRidge
} from '../../../compute/kernels/kernel-ridge.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { centring } from '../../../distillation/target-rows.ts'
import { explainedScorer } from '../../../evaluation/distilled/explained.ts'
import { judge } from '../../../evaluation/distilled/judge.ts'
import { createNetwork } from '../../../networks/create-network.ts'
import type { DistillationInputs, TargetRows } from '../distillation-method.ts'
import { createNetworkFeatures } from '../feature-ridge/network-features.ts'
import { fashionInputs } from '../matching/fashion.test-support.ts'
import { contextOn, runToEnd, smallInputs, type Ran } from '../matching/matching.test-support.ts'
import { parameterTensors } from '../matching/network-tensors.ts'
import { selfSupervisedMethod } from './method.ts'
import { selfSupervisedParams, type SelfSupervisedParams } from './params.ts'
import { startRows } from './start-rows.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
  await enableGradients()
})
const { signal } = new AbortController()
const short = { iterations: 7, batch: 20, networks: 2, lifetime: 4 } as const

/** Averages over blocks of a picture, twisted: a fingerprint that has to be learned. */
function blockPrints(inputs: DistillationInputs['train'], side: number, columns: number) {
  const every = Uint32Array.from({ length: inputs.count }, (_, i) => i)
  const values = inputs.read(every)
  const size = side * side
  const random = createRandom(8)
  const filters = Float32Array.from({ length: columns * size }, () => random.normal() / side)
  const out = new Float32Array(inputs.count * columns)
  for (let i = 0; i < inputs.count; i++)
    for (let c = 0; c < columns; c++) {
      let sum = 0
      for (let p = 0; p < size; p++) sum += filters[c * size + p] * values[i * size + p]
      out[i * columns + c] = Math.abs(sum)
    }
  return out
}

/** Targets of both kinds of rows, centred by the training ones. */
function targetsOf(
  inputs: Pick<DistillationInputs, 'train' | 'shape'>,
  test = inputs.train,
  columns = 5
): TargetRows {
  const raw = blockPrints(inputs.train, inputs.shape.height, columns)
  const { mean, factor } = centring(raw, columns)
  const scaled = (values: Float32Array): Float32Array =>
    values.map((value, i) => (value - mean[i % columns]) * factor)
  const train = scaled(raw)
  return {
    columns,
    train: (rows) =>
      Float32Array.from(
        Array.from(rows).flatMap((row) =>
          Array.from(train.subarray(row * columns, (row + 1) * columns))
        )
      ),
    part: () => Promise.resolve(scaled(blockPrints(test, inputs.shape.height, columns)))
  }
}

function inputsWith(perClass: number): DistillationInputs {
  const inputs = smallInputs(perClass)
  return { ...inputs, targets: targetsOf(inputs) }
}

function ran(
  inputs: DistillationInputs,
  params: Partial<SelfSupervisedParams> = {},
  resume?: Parameters<typeof contextOn>[1]
): Promise<Ran> {
  const parsed = selfSupervisedParams.parse({ ...short, ...params })
  return runToEnd(selfSupervisedMethod.run(contextOn(device, resume), inputs, parsed))
}

describe('the ridge that it rests on, for many columns', () => {
  const kernels = (items: Float32Array, others: Float32Array, size: number) => {
    const products = createRowProducts(device.tf)
    const found = kernelsOf(products, items, others, size, { kind: 'plain' })
    products.dispose()
    return found
  }

  test('of one item is its closed form: k(x, s) y / (k(s, s) (1 + lambda))', () => {
    const { own, across } = kernels(Float32Array.of(1, 2), Float32Array.of(3, -1, 0, 1), 2)
    const y = Float32Array.of(2, -4, 6)
    const weights = solveRidge(factorRidge(own, 1, 0.5), y, 3)
    const found = predictRidge(across, weights, 2, 3)
    // k(s, s) = 1 + 4 + 1 = 6; k(x, s) = 3 - 2 + 1 = 2 and 0 + 2 + 1 = 3.
    const expected = [2, 3].flatMap((k) => Array.from(y, (value) => (k * value) / (6 * 1.5)))
    expected.forEach((value, i) => expect(found[i]).toBeCloseTo(value, 6))
  })

  test('gives items their own targets as lambda goes to 0, and 0 as it grows', () => {
    const random = createRandom(3)
    const items = Float32Array.from({ length: 4 * 6 }, () => random.normal())
    const y = Float32Array.from({ length: 4 * 7 }, () => random.normal())
    const { own, across } = kernels(items, items, 6)
    const said = (ridge: number) =>
      predictRidge(across, solveRidge(factorRidge(own, 4, ridge), y, 7), 4, 7)
    said(1e-9).forEach((value, i) => expect(value).toBeCloseTo(y[i], 4))
    said(1e9).forEach((value) => expect(Math.abs(value)).toBeLessThan(1e-7))
  })
})

test('slopes of the error lead through ridge and network to items and targets', async () => {
  const { tf } = device
  const inputs = inputsWith(1)
  const { targets } = inputs
  if (targets === undefined) throw new Error('no targets')
  const network = createNetwork(inputs.network, inputs.shape, targets.columns)
  const random = createRandom(4)
  const weights = parameterTensors(tf, network, network.start(random))
  const features = createNetworkFeatures(tf, network, signal)
  const products = createRowProducts(tf)
  const [items, others] = [Uint32Array.of(0, 1, 2), Uint32Array.of(5, 6, 7, 8, 9, 10)]
  const [values, y] = [inputs.train.read(items), targets.train(items)]
  const ask = async (x: Float32Array, learned: Float32Array) => {
    const real = await features.forward(inputs.train.read(others), weights)
    const own = await features.forward(x, weights)
    const kernels = kernelsOf(products, own, real, network.featureWidth, { kind: 'plain' })
    const { columns } = targets
    return {
      kernels,
      error: ridgeError(kernels, learned, targets.train(others), columns, 1e-2)
    }
  }
  const { kernels, error } = await ask(values, y)
  const slopes = await features.back(values, kernels.back(error), weights)
  const along = (
    at: Float32Array,
    by: ArrayLike<number>,
    moved: (to: Float32Array) => Promise<number>
  ) => {
    const direction = Float32Array.from(at, () => random.normal())
    const step = 2e-3
    const to = (amount: number) => at.map((value, i) => value + amount * direction[i])
    const expected = direction.reduce((sum, value, i) => sum + value * by[i], 0)
    return moved(to(step)).then(async (up) => ({
      rise: (up - (await moved(to(-step)))) / (2 * step),
      expected
    }))
  }
  const byItems = await along(values, slopes, async (x) => (await ask(x, y)).error.loss)
  // ReLUs bend within the step here and there.
  expect(Math.abs(byItems.rise - byItems.expected)).toBeLessThan(
    0.05 * Math.abs(byItems.expected) + 0.02
  )
  expect(Math.abs(byItems.expected)).toBeGreaterThan(0.02)
  const byTargets = await along(y, error.labels, async (t) => (await ask(values, t)).error.loss)
  expect(byTargets.rise).toBeCloseTo(byTargets.expected, 2)
  features.dispose()
  products.dispose()
  tf.dispose(weights)
})

describe('a run', () => {
  test.each([
    { name: 'as it is', perClass: 2, params: {} },
    {
      name: 'numbers, targets as they are, real items by lot',
      perClass: 1,
      params: { storage: 'numbers', learnTargets: false, start: 'random' } as const
    }
  ])('$name gives the same bits again and from every checkpoint', async ({ perClass, params }) => {
    const inputs = inputsWith(perClass)
    const { progress, set } = await ran(inputs, params)
    expect((await ran(inputs, params)).set).toEqual(set)
    const checkpoints = progress.flatMap(({ checkpoint }) => checkpoint ?? [])
    expect(checkpoints.length).toBeGreaterThan(3)
    for (const checkpoint of checkpoints)
      expect((await ran(inputs, params, checkpoint)).set).toEqual(set)
    expect(set.consumer).toBe('representation')
    expect(set.targets).toMatchObject({ kind: 'values' })
    const targets = set.stored.find(({ name }) => name === 'targets')
    // Five columns for four kinds of pictures: as many as the fingerprint has.
    expect(targets?.shape).toEqual([4 * perClass, 5])
    expect(device.tf.memory().numTensors).toBe(0)
  })

  test('keeps no tensors from step to step, and stops', async () => {
    const { tf } = device
    const stop = new AbortController()
    const run = selfSupervisedMethod.run(
      contextOn(device, undefined, stop.signal),
      inputsWith(1),
      selfSupervisedParams.parse(short)
    )
    const counts = new Set<number>()
    for (let i = 0; i < 6; i++) {
      await run.next()
      counts.add(tf.memory().numTensors)
    }
    expect(counts.size).toBe(1)
    stop.abort(new Error('stopped'))
    await expect(run.next()).rejects.toThrow('stopped')
    expect(tf.memory().numTensors).toBe(0)
  })

  test('needs fingerprints, and reads no label but where items begin', async () => {
    await expect(ran(smallInputs(1))).rejects.toThrow(/fingerprints/)
    const inputs = inputsWith(1)
    const { labels } = inputs.train
    const blind = { ...inputs.train, labels: new Int32Array(labels.length) }
    const one = { ...inputs, classNames: ['Group 1'], train: blind, perClass: 4 }
    expect((await ran(one)).set.count).toBe(4)
  })

  test('makes items that teach likeness better than real ones', async () => {
    const { inputs: pictures, test: unseen } = await fashionInputs(1, 1500, 500)
    const network = { kind: 'mlp', width: 64, depth: 2, norm: 'none' } as const
    const targets = targetsOf(pictures, unseen, 12)
    const inputs: DistillationInputs = { ...pictures, network, targets }
    const params = { batch: 150, networks: 3, lifetime: 20 } as const
    const first = await ran(inputs, { ...params, iterations: 1, rate: 1e-6 })
    const last = await ran(inputs, { ...params, iterations: 150 })
    const scorer = explainedScorer(await targets.part('test'))
    const explained = async ({ set }: Ran): Promise<number> => {
      if (set.targets.kind !== 'values') throw new Error('no targets')
      return judge(
        device,
        {
          items: { ...set, targets: set.targets.values },
          recipe: { ...set.student, epochs: 150 },
          network: createNetwork(network, inputs.shape, targets.columns),
          seed: 1,
          rows: unseen,
          scorer
        },
        signal
      )
    }
    expect((await explained(last)) - (await explained(first))).toBeGreaterThan(0.1)
  }, 60_000)
})

test('items begin as the most typical rows of each group, or by lot', async () => {
  const rows = 40
  // Two bundles of directions in each of two groups; every fifth of a bundle lies right in its middle.
  const values = Float32Array.from({ length: rows * 2 }, (_, i) => {
    const row = Math.floor(i / 2)
    const turn = (row % 2) * Math.PI + ((Math.floor(row / 4) % 5) - 2) * 0.1
    return i % 2 === 0 ? Math.cos(turn) : Math.sin(turn)
  })
  const targets: TargetRows = {
    columns: 2,
    train: (asked) =>
      Float32Array.from(Array.from(asked).flatMap((row) => [values[2 * row], values[2 * row + 1]])),
    part: () => Promise.reject(new Error('not asked for'))
  }
  const group = (g: number) =>
    Uint32Array.from({ length: rows }, (_, i) => i).filter((i) => Math.floor(i / 2) % 2 === g)
  const inputs = {
    tf: device.tf,
    targets,
    byClass: [group(0), group(1)],
    perClass: 2,
    signal
  }
  const chosen = await startRows({ ...inputs, random: createRandom(1) }, 'central')
  expect(chosen).toHaveLength(4)
  chosen.forEach((row, i) => expect(Math.floor(row / 2) % 2).toBe(Math.floor(i / 2)))
  // One of each bundle, and the one in its middle.
  for (const at of [0, 2]) expect(chosen[at] % 2).not.toBe(chosen[at + 1] % 2)
  for (const row of chosen) expect(Math.floor(row / 4) % 5).toBe(2)
  const drawn = await startRows({ ...inputs, perClass: 30, random: createRandom(1) }, 'random')
  expect(new Set(drawn.subarray(0, 20)).size).toBe(20)
})
