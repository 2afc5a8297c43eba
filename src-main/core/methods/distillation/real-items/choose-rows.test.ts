// The rules by which real items are chosen, against plain loops and known sets (specs: G19).
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import { labelledValues } from '../../../networks/normalisation.ts'
import {
  chooseRows,
  layersOf,
  pickHerding,
  pickTypical,
  realChoices,
  type RealChoice
} from './choose-rows.ts'
import { shortClassesNote, someRows, storedItems, storedLabels } from './real-rows.ts'

const signal = new AbortController().signal
const width = 4
const classNames = ['a', 'b', 'c']

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

function rowsOf(seed: number, count: number) {
  const random = createRandom(seed)
  const values = Float32Array.from({ length: count * width }, () => random.normal())
  return { rows: Uint32Array.from({ length: count }, (_, i) => i), values, width }
}

async function choose(choice: RealChoice, perClass: number, seed = 1) {
  const { values } = rowsOf(7, 120)
  const labels = Int32Array.from({ length: 120 }, (_, i) => i % 3)
  const train = labelledValues(values, labels)
  const context = { tf: device.tf, random: createRandom(seed), signal }
  const run = chooseRows(context, train, classNames, perClass, choice)
  for (;;) {
    const step = await run.next()
    if (step.done === true) return { chosen: step.value, labels, values }
  }
}

describe('choosing real items', () => {
  it.each(realChoices)(
    '%s gives the asked number of different rows of each class',
    async (choice) => {
      const before = device.tf.memory().numTensors
      const { chosen, labels } = await choose(choice, 7)
      chosen.forEach((rows, label) => {
        expect(rows).toHaveLength(7)
        expect(new Set(rows).size).toBe(7)
        for (const row of rows) expect(labels[row]).toBe(label)
      })
      expect((await choose(choice, 7)).chosen).toEqual(chosen)
      expect((await choose(choice, 100)).chosen.map((rows) => rows.length)).toEqual([40, 40, 40])
      expect(device.tf.memory().numTensors).toBe(before)
    }
  )

  it('by lot changes with the seed, and a larger set begins with a smaller one', async () => {
    const [small, large, other] = [
      await choose('random', 5),
      await choose('random', 20),
      await choose('random', 5, 2)
    ]
    expect(large.chosen.map((rows) => rows.slice(0, 5))).toEqual(small.chosen)
    expect(other.chosen).not.toEqual(small.chosen)
  })

  it('herding takes the nearest to what the average lacks, typical the nearest to the average', async () => {
    const given = rowsOf(3, 50)
    const row = (i: number): Float32Array => given.values.subarray(i * width, (i + 1) * width)
    const mean = Array.from({ length: width }, (_, j) =>
      given.rows.reduce((sum, i) => sum + row(i)[j] / 50, 0)
    )
    const far = (i: number, to: readonly number[]): number =>
      row(i).reduce((sum, value, j) => sum + (value - to[j]) ** 2, 0)
    const sorted = [...given.rows].sort((a, b) => far(a, mean) - far(b, mean))
    expect([...pickTypical(given, 5)]).toEqual(sorted.slice(0, 5))
    const sum = mean.map(() => 0)
    const expected: number[] = []
    for (let t = 0; t < 8; t++) {
      const wanted = mean.map((value, j) => (t + 1) * value - sum[j])
      const left = [...given.rows].filter((i) => !expected.includes(i))
      const next = left.reduce((best, i) => (far(i, wanted) < far(best, wanted) ? i : best))
      expected.push(next)
      row(next).forEach((value, j) => (sum[j] += value))
    }
    expect([...(await pickHerding({ signal }, given, 8))]).toEqual(expected)
  })

  it('k-center picks the farthest from all before', async () => {
    const { chosen, values } = await choose('k-center', 6)
    const far = (a: number, b: number): number =>
      Math.hypot(...[0, 1, 2, 3].map((j) => values[a * width + j] - values[b * width + j]))
    const toPicks = (row: number, picks: readonly number[]): number =>
      Math.min(...picks.map((pick) => far(row, pick)))
    chosen.forEach((picks, label) => {
      const own = Array.from({ length: 40 }, (_, i) => 3 * i + label)
      for (let t = 1; t < 6; t++) {
        const before = [...picks.subarray(0, t)]
        const most = Math.max(...own.map((row) => toPicks(row, before)))
        expect(toPicks(picks[t], before)).toBeCloseTo(most, 5)
      }
    })
  })

  it('k-means takes one of each group', async () => {
    const centres = [
      [5, 0, 0, 0],
      [0, 5, 0, 0],
      [-5, -5, 0, 0]
    ]
    const random = createRandom(1)
    const values = Float32Array.from({ length: 60 * width }, (_, i) => {
      const group = Math.floor(i / width) % 3
      return centres[group][i % width] + 0.1 * random.normal()
    })
    const train = labelledValues(values, new Int32Array(60))
    const context = { tf: device.tf, random: createRandom(2), signal }
    const run = chooseRows(context, train, ['only'], 3, 'k-means')
    let step = await run.next()
    while (step.done !== true) step = await run.next()
    expect(Array.from(step.value[0], (row) => row % 3).sort()).toEqual([0, 1, 2])
  })

  it('layers are disjoint, hold every row and are of equal size (G19)', async () => {
    const layer = await layersOf(device.tf, rowsOf(5, 53), 10, signal)
    const sizes = new Uint32Array(10)
    for (const l of layer) sizes[l]++
    expect(layer).toHaveLength(53)
    expect(Math.max(...sizes) - Math.min(...sizes)).toBe(1)
    const few = await layersOf(device.tf, rowsOf(5, 4), 10, signal)
    expect([...few].sort()).toEqual([0, 1, 2, 3])
  })

  it('names a class without items', async () => {
    const train = labelledValues(new Float32Array(8), Int32Array.from([0, 2]))
    const context = { tf: device.tf, random: createRandom(1), signal }
    const run = chooseRows(context, train, classNames, 1, 'random')
    await expect(run.next()).rejects.toThrow('"b"')
  })
})

describe('real items as stored', () => {
  it('are bytes of pictures, or numbers', () => {
    const normalisation = { mean: [0.5], sd: [0.25] }
    const bytes = Uint8Array.from([0, 17, 128, 255])
    const values = Float32Array.from(bytes, (byte) => (byte / 255 - 0.5) / 0.25)
    const shape = { height: 2, width: 2, channels: 1 }
    const stored = storedItems({ data: 'pictures', shape, normalisation }, values)
    expect(stored).toMatchObject({ shape: [1, 2, 2, 1], bytesEach: 1, values: bytes })
    const row = { height: 1, width: 1, channels: 4 }
    expect(storedItems({ data: 'vectors', shape: row, normalisation }, values)).toMatchObject({
      shape: [1, 4],
      bytesEach: 4,
      values
    })
    expect(storedLabels(Int32Array.from([1, 2]), 3).bytesEach).toBe(1)
    expect(storedLabels(Int32Array.from([1, 299]), 300)).toMatchObject({
      bytesEach: 2,
      values: Uint32Array.from([1, 299])
    })
  })

  it('are read by their place, and short classes are named', () => {
    const all = labelledValues(Float32Array.from([1, 2, 3]), Int32Array.from([0, 1, 0]))
    const some = someRows(all, Uint32Array.from([2, 0]))
    expect([...some.labels]).toEqual([0, 0])
    expect([...some.read(Uint32Array.from([0, 1]))]).toEqual([3, 1])
    const rows = [Uint32Array.from([1]), Uint32Array.from([1, 2])]
    expect(shortClassesNote(rows, 2, ['cat', 'dog'])).toEqual([
      'Some labels have fewer than 2 items, so all of theirs were taken: cat (1).'
    ])
    expect(shortClassesNote(rows, 1, ['cat', 'dog'])).toEqual([])
  })
})
