import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { runMethod } from '../../coverage/coverage.test-support.ts'
import {
  checkSelection,
  describeMethod,
  makeTargetCase
} from '../../difficulty/method-checks.test-support.ts'
import type { SelectionInputs } from '../../method.ts'
import { memorySource } from '../icons/icons.test-support.ts'
import { chooseByLayers } from './choose.ts'
import tarot from './method.ts'
import { layersOf } from './neighbours.ts'
import { createWhitener, measureSpread } from './whiten.ts'

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})
// As in the registry: the method's own parameter type is widened.
const method = tarot as never

describeMethod(method, {
  variants: [{}, { overflow: 'closer', ridge: 0.5 }, { size: 'automatic', folds: 3 }],
  mayStopEarly: true,
  ignoresPlaces: true
})

/** Well separated directions with `near` candidates around each, and one example per direction. */
function directionsCase(examples: number, near: number, budget: number): SelectionInputs {
  const random = createRandom(3)
  const columns = examples
  const around = (v: number, spread: number): number[] =>
    Array.from({ length: columns }, (_, j) => (j === v ? 1 : 0) + spread * random.normal())
  const rows = Array.from({ length: examples * near }, (_, i) =>
    // The first of each direction is nearest to it.
    around(i % examples, i < examples ? 0.001 : 0.06)
  )
  const features = Float32Array.from(
    Array.from({ length: examples }, (_, v) => around(v, 0.0001)).flat()
  )
  const part = { name: 'all', features, labels: new Int32Array(examples) }
  return {
    features: memorySource(Float32Array.from(rows.flat()), columns),
    labels: new Int32Array(rows.length),
    classNames: ['one'],
    tasks: [{ name: 'Corners', importance: 'normal', parts: [part] }],
    budget,
    rowIds: Uint32Array.from(rows, (_, i) => i)
  }
}

describe('TAROT', () => {
  it('takes the nearest neighbour of each example when k = V', async () => {
    const inputs = directionsCase(8, 12, 8)
    const { selection } = await runMethod(device, method, inputs)
    expect([...selection.order.subarray(0, 8)].sort((a, b) => a - b)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7
    ])
    expect(selection.info).toMatchObject({ whole: 1, cutLayer: 0, filled: 0 })
    expect(selection.info['distance']).toBeLessThan(0.05)
    expect(selection.info['randomDistance']).toBeGreaterThan(0.3)
  })

  it('covers every example again in each further layer', async () => {
    const inputs = directionsCase(8, 12, 24)
    const { selection } = await runMethod(device, method, inputs)
    const counts = new Array<number>(8).fill(0)
    for (const row of selection.order.subarray(0, 24)) counts[row % 8]++
    expect(counts).toEqual([3, 3, 3, 3, 3, 3, 3, 3])
  })

  it('comes to no distance at all when candidates are the examples', async () => {
    const inputs = directionsCase(6, 5, 6)
    const features = inputs.tasks[0].parts[0].features
    const same = {
      ...inputs,
      features: memorySource(features.slice(), 6),
      labels: new Int32Array(6)
    }
    const { selection } = await runMethod(device, method, {
      ...same,
      rowIds: inputs.rowIds.slice(0, 6)
    })
    expect(selection.info['distance']).toBeLessThan(1e-2)
  })

  it('lets the potentials decide in the layer that does not fit, either way', async () => {
    const inputs = makeTargetCase(4, { rows: 200, columns: 5, classes: 3, budget: 20 }, 20).inputs
    const run = async (overflow: string) =>
      (await runMethod(device, method, inputs, { overflow })).selection
    const [published, closer] = [await run('published'), await run('closer')]
    const cut = Number(published.info['cutLayer'])
    expect(cut).toBeGreaterThan(0)
    const taken = (selection: typeof closer): number[] =>
      [...selection.order.subarray(0, 20)].filter((row) => selection.columns['layer'][row] === cut)
    const left = (selection: typeof closer): number[] =>
      [...selection.order.subarray(20)].filter((row) => selection.columns['layer'][row] === cut)
    const potentials = (selection: typeof closer, rows: number[]): number[] =>
      rows.map((row) => selection.columns['potential'][row])
    expect(Math.min(...potentials(published, taken(published)))).toBeGreaterThanOrEqual(
      Math.max(...potentials(published, left(published)))
    )
    expect(Math.max(...potentials(closer, taken(closer)))).toBeLessThanOrEqual(
      Math.min(...potentials(closer, left(closer)))
    )
    // What "closer" is for: the chosen set lies nearer to the examples.
    expect(closer.info['distance']).toBeLessThan(Number(published.info['distance']))
  })

  it('finds a size: foreign rows stay out of it', async () => {
    const random = createRandom(6)
    // Examples and 60 candidates of one kind, 200 candidates of another.
    const kind = (count: number, sign: number): number[] =>
      Array.from({ length: count * 4 }, (_, at) => (at % 4 === 0 ? 4 * sign : 0) + random.normal())
    const values = Float32Array.from([...kind(60, 1), ...kind(200, -1)])
    const part = {
      name: 'all',
      features: Float32Array.from(kind(30, 1)),
      labels: new Int32Array(30)
    }
    const inputs: SelectionInputs = {
      features: memorySource(values, 4),
      labels: new Int32Array(260),
      classNames: ['one'],
      tasks: [{ name: 'A', importance: 'normal', parts: [part] }],
      budget: 260,
      rowIds: Uint32Array.from({ length: 260 }, (_, i) => i)
    }
    const { selection } = await runMethod(device, method, inputs, { size: 'automatic' })
    expect(selection.got).toBe(selection.info['automatic'])
    expect(selection.got).toBeGreaterThan(20)
    expect(
      selection.order.subarray(0, selection.got).filter((row) => row >= 60).length
    ).toBeLessThan(10)
    expect(selection.notes.join(' ')).toContain('The examples themselves suggest')
    checkSelection(method, selection, inputs, true)
    const few = await runMethod(device, method, { ...inputs, budget: 5 }, { size: 'automatic' })
    expect(few.selection.got).toBe(5)
  })

  it('keeps what was asked for when a single example cannot suggest a size', async () => {
    const { inputs } = makeTargetCase(1, { rows: 30, columns: 4, classes: 2, budget: 5 })
    const part = inputs.tasks[0].parts[0]
    const parts = [
      { ...part, features: part.features.slice(0, 4), labels: part.labels.slice(0, 1) }
    ]
    const tasks = [{ ...inputs.tasks[0], parts }]
    const { selection } = await runMethod(
      device,
      method,
      { ...inputs, tasks },
      { size: 'automatic' }
    )
    expect(selection.got).toBe(5)
    expect(selection.notes.join(' ')).toContain('cannot suggest a size')
    await expect(runMethod(device, method, { ...inputs, tasks: [] })).rejects.toMatchObject({
      code: 'method-not-possible'
    })
  })
})

it('G11 streamed: whitened rows vary by one in every direction', async () => {
  const random = createRandom(9)
  const columns = 6
  const mix = Array.from({ length: 36 }, () => random.normal())
  const rows = Array.from({ length: 1500 }, () => {
    const z = Array.from({ length: columns }, () => random.normal())
    return z.map((_, j) => 100 + z.reduce((sum, value, k) => sum + value * mix[j * 6 + k], 0))
  })
  const values = Float32Array.from(rows.flat())
  const examples = values.slice(0, 60)
  const signal = new AbortController().signal
  const run = measureSpread(device.tf, memorySource(values, columns), examples, 1e-6, signal)
  let step = await run.next()
  while (step.done !== true) step = await run.next()
  const { mean, matrix } = step.value
  const sums = new Float64Array(36)
  for (const row of [...rows, ...rows.slice(0, 10)]) {
    const out = mean.map((_, i) =>
      row.reduce((sum, value, j) => sum + (Math.fround(value) - mean[j]) * matrix[j * 6 + i], 0)
    )
    out.forEach((x, i) => out.forEach((y, j) => (sums[i * 6 + j] += (x * y) / 1510)))
  }
  sums.forEach((value, at) => expect(Math.abs(value - (at % 7 === 0 ? 1 : 0))).toBeLessThan(1e-3))
  const whitener = createWhitener(device.tf, step.value)
  const units = await whitener.run(values.slice(0, 12))
  whitener.dispose()
  for (const at of [0, 6]) expect(Math.hypot(...units.subarray(at, at + 6))).toBeCloseTo(1, 5)
})

describe('layers', () => {
  it('hold a candidate at its best rank', () => {
    const list = (rows: number[]) => ({
      rows: Uint32Array.from(rows),
      scores: new Float32Array(rows.length)
    })
    expect([...layersOf([list([0, 1, 2]), list([2, 0, 4])], 6)]).toEqual([1, 2, 1, 0, 3, 0])
  })

  it('are taken whole while they fit; the rest follows by closeness', async () => {
    const layer = Uint32Array.from([1, 2, 1, 0, 2, 2, 0])
    const closeness = Float32Array.from([0.5, 0.4, 0.9, 0.8, 0.3, 0.2, NaN])
    const ties = Uint32Array.from([0, 1, 2, 3, 4, 5, 6])
    const asked: number[][] = []
    const choose = (budget: number, rule: 'published' | 'closer') =>
      chooseByLayers(layer, closeness, ties, budget, rule, (rows) => {
        asked.push([...rows])
        return Promise.resolve(Float64Array.from(rows))
      })
    expect([...(await choose(2, 'closer')).order]).toEqual([2, 0, 1, 4, 5, 3, 6])
    expect(asked).toEqual([])
    const cut = await choose(3, 'published')
    expect(asked).toEqual([[1, 4, 5]])
    expect([...cut.order]).toEqual([2, 0, 5, 4, 1, 3, 6])
    expect(cut).toMatchObject({ whole: 1, cutLayer: 2, cutRows: 3, cutTaken: 1, filled: 0 })
    expect((await choose(6, 'closer')).filled).toBe(1)
  })
})
