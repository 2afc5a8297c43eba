// The parts of expanding that need no device: gates, draws, shares, the sentence, files of models.
import { describe, expect, it } from 'vitest'
import { createRandom } from '../compute/random.ts'
import { fromHalf, modelFileBytes, readModelFile } from '../networks/diffusion/model-file.ts'
import { usualSchedule } from '../networks/diffusion/schedule.ts'
import { createUnet } from '../networks/diffusion/unet.ts'
import { halfBits } from '../compute/half-precision.ts'
import type { ExpandMeasure, ExpandResult } from '../../api/dto/expand.ts'
import { drawPlaces } from './draw-candidates.ts'
import { measureOf } from './expand-job.ts'
import { keptShare } from './export-expanded.ts'
import { readGates, type Gated } from './gates.ts'
import { featureDistance, toBytes, toUnit, usualDistance, type Points } from './made-measures.ts'
import { blended } from './measure-task.ts'

function cloud(count: number, size: number, centre: number, seed: number): Points {
  const random = createRandom(seed)
  const values = Float32Array.from({ length: count * size }, () => centre + 0.3 * random.normal())
  return { values, count, size }
}

describe('gates', () => {
  const sources = cloud(30, 16, 0, 1)
  const fresh = cloud(30, 16, 0, 2)
  const zeros = (count: number): Int32Array => new Int32Array(count)
  const gated = (made: Points, more: Partial<Gated> = {}): Gated => ({
    made,
    madeLabels: zeros(made.count),
    sources,
    sourceLabels: zeros(30),
    fresh,
    freshLabels: zeros(30),
    shares: new Float32Array(made.count).fill(0.9),
    returnErrors: new Float32Array(made.count).fill(0.01),
    mostReturnError: 0.05,
    ...more
  })

  it('call every copy of a source a copy, with a little noise on it as well', () => {
    const random = createRandom(7)
    const values = Float32Array.from(sources.values, (value) => value + 0.02 * random.normal())
    const readings = readGates(gated({ ...sources, values }))
    const copies = readings.filter(({ reasons }) => reasons.includes('copy'))
    expect(copies.length / readings.length).toBeGreaterThan(0.95)
    readings.forEach(({ nearest }, row) => expect(nearest).toBe(row))
  })
  it('let as many new pictures through as there are, each once', () => {
    const made = cloud(20, 16, 0, 3)
    const twice: Points = {
      values: Float32Array.from([...made.values, ...made.values]),
      count: 40,
      size: 16
    }
    const readings = readGates(gated(twice))
    expect(readings.slice(0, 20).flatMap(({ reasons }) => reasons)).toEqual([])
    for (const { reasons } of readings.slice(20)) expect(reasons).toEqual(['duplicate'])
  })
  it('refuse other labels, and what the model cannot hold, each with its number', () => {
    const made = cloud(2, 16, 0, 5)
    const readings = readGates(
      gated(made, {
        shares: Float32Array.of(0.2, 0.8),
        returnErrors: Float32Array.of(0.01, 0.09)
      })
    )
    expect(readings.map(({ reasons }) => reasons)).toEqual([['off-class'], ['off-model']])
    expect(readings[0].labelShare01).toBeCloseTo(0.2, 6)
    expect(readings[1].returnError).toBeCloseTo(0.09, 6)
  })
  it('go by the middle of the label where nobody names pictures', () => {
    const made = { ...cloud(4, 16, 0, 6) }
    made.values.fill(2, 0, 16)
    const readings = readGates(gated(made, { shares: undefined }))
    expect(readings[0].reasons).toContain('off-class')
    expect(readings[0].centreRatio).toBeGreaterThan(1)
    expect(readings[0].labelShare01).toBeNull()
  })
})

describe('what is measured beside real pictures', () => {
  it('has a usual distance without other real ones as well', () => {
    const sources = cloud(20, 16, 0, 1)
    const none = { ...cloud(0, 16, 0, 1) }
    expect(usualDistance(sources, none)).toBeGreaterThan(0)
    expect(usualDistance(sources, cloud(20, 16, 0, 2))).toBeGreaterThan(0)
  })
  it('puts clouds apart by their means and spreads', () => {
    const [a, b] = [cloud(200, 4, 0, 1), cloud(200, 4, 1, 2)]
    expect(featureDistance(a, a)).toBe(0)
    expect(featureDistance(a, b)).toBeCloseTo(4, 0)
  })
  it('keeps bytes', () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, at) => at)
    expect(toBytes(toUnit(bytes))).toEqual(bytes)
    expect(Array.from(toBytes(Float32Array.of(-3, 3)))).toEqual([0, 255])
  })
})

describe('draws', () => {
  const latents = { ...cloud(24, 16, 0, 8) }
  const labels = Int32Array.from({ length: 24 }, (_, at) => (at < 16 ? 0 : 1))

  it('lie between two of one label, labels in turn by their sizes', () => {
    const { places, kept01 } = drawPlaces(latents, labels, {
      rule: 'between-two',
      make: 24,
      seed: 3
    })
    expect(kept01).toBeNull()
    expect(places.filter(({ label }) => label === 0)).toHaveLength(16)
    for (const { parents, label, weight } of places) {
      expect(parents.map((parent) => labels[parent])).toEqual([label, label])
      expect(weight).toBeGreaterThanOrEqual(0.1)
      expect(weight).toBeLessThanOrEqual(0.9)
    }
  })
  it('are the same for a picture however many are drawn', () => {
    const plan = { rule: 'towards-chance', seed: 3 } as const
    const few = drawPlaces(latents, labels, { ...plan, make: 5 }).places
    expect(drawPlaces(latents, labels, { ...plan, make: 20 }).places.slice(0, 5)).toEqual(few)
    expect(new Set(few.map(({ seed }) => seed)).size).toBe(5)
  })
  it('are held against the geometry of a hundred real ones and more', () => {
    const many = cloud(120, 16, 0, 9)
    const plan = { rule: 'one-spread', make: 10, seed: 1 } as const
    const { kept01 } = drawPlaces(many, new Int32Array(120), plan)
    expect(kept01).toBeGreaterThan(0.3)
    expect(() =>
      drawPlaces(
        many,
        Int32Array.from({ length: 120 }, (_, at) => at),
        plan
      )
    ).toThrow(RangeError)
  })
})

describe('blended pictures', () => {
  it('are a mix of two of their label', () => {
    const values = Float32Array.from({ length: 8 }, (_, at) => (at < 4 ? at : 100 + at))
    const sources = { values, labels: Int32Array.of(0, 0, 0, 0, 1, 1, 1, 1) }
    const mixed = blended(sources, Int32Array.of(0, 1, 1), 1, createRandom(2))
    expect(mixed.values[0]).toBeLessThan(4)
    expect(mixed.values[1]).toBeGreaterThan(100)
  })
})

describe('the sentence of a measurement', () => {
  const output = (made: readonly number[]): ExpandMeasure =>
    measureOf(
      {
        ...{ real: 40, made: 20, test: 100, labels: ['a', 'b'] },
        accuracies: [
          [0.8, 0.81, 0.79, 0.8, 0.8],
          made,
          [0.8, 0.8, 0.8, 0.8, 0.8],
          [0.7, 0.7, 0.7, 0.7, 0.7]
        ]
      },
      200,
      3
    )
  it('says "improves" only where the whole interval lies above nothing', () => {
    const better = output([0.9, 0.91, 0.9, 0.9, 0.89])
    expect(better).toMatchObject({ verdict: 'better' })
    expect(better.sentence).toMatch(/improves by 10\.0 points/)
    const luck = output([0.95, 0.7, 0.9, 0.75, 0.9])
    expect(luck.arms[1].ahead?.mean).toBeGreaterThan(0)
    expect(luck).toMatchObject({ verdict: 'no-difference' })
    expect(luck.sentence).not.toMatch(/improve/)
  })
  it('says that nothing was found, or that it is worse, and what plain ways did', () => {
    const same = output([0.8, 0.79, 0.8, 0.8, 0.79])
    expect(same.sentence).toMatch(/^No difference was found/)
    expect(same.sentence).toMatch(/flips and shifts did as well or better/)
    const worse = output([0.7, 0.7, 0.69, 0.71, 0.7])
    expect(worse).toMatchObject({ verdict: 'worse' })
    expect(worse.sentence).toMatch(/leave them out/)
  })
})

describe('an export', () => {
  it('takes at most as many made pictures as real ones, those most unlike them', () => {
    const candidate = (at: number, nearestRatio: number, isAccepted = true): unknown => ({
      ...{ at, nearestRatio, isAccepted }
    })
    const result = {
      sources: [1, 2],
      candidates: [candidate(0, 0.5), candidate(1, 0.9), candidate(2, 0.8), candidate(3, 1, false)]
    } as unknown as ExpandResult // what is looked at
    const { kept, leftOut } = keptShare(result, 1)
    expect(kept.map(({ at }) => at)).toEqual([1, 2])
    expect(leftOut).toBe(1)
    expect(keptShare(result, 2).leftOut).toBe(0)
  })
})

describe('a model file', () => {
  const unet = createUnet(
    { channels: [4, 8], time: 8, groups: 2 },
    { height: 8, width: 8, channels: 1 }
  )
  const facts = { name: 'n', about: 'a', pictures: 3, steps: 4, losses: [1, 0.5] }
  const parameters = unet.start(createRandom(1))
  const bytes = modelFileBytes({ unet, parameters, schedule: usualSchedule, facts })

  it('holds every number to half precision', () => {
    const model = readModelFile(bytes)
    expect(model.facts).toEqual(facts)
    expect(model.unet.spec).toEqual(unet.spec)
    model.parameters.forEach((values, at) =>
      values.forEach((value, i) => {
        expect(value).toBe(fromHalf(halfBits(parameters[at][i])))
        expect(Math.abs(value - parameters[at][i])).toBeLessThan(1e-3)
      })
    )
  })
  it('is refused when it is cut off, changed or something else', () => {
    expect(() => readModelFile(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError)
    expect(() => readModelFile(bytes.subarray(0, 40))).toThrow(RangeError)
    expect(() => readModelFile(new Uint8Array(0))).toThrow(RangeError)
    const other = bytes.slice()
    other[20] ^= 0xff
    expect(() => readModelFile(other)).toThrow()
  })
  it('reads halves as they are written', () => {
    for (const value of [0, 1, -2.5, 65504, 2 ** -24, -(2 ** -14), 0.1])
      expect(Math.abs(fromHalf(halfBits(value)) - value)).toBeLessThanOrEqual(
        Math.abs(value) * 2 ** -11 + 2 ** -25
      )
    expect(fromHalf(0x7c00)).toBe(Infinity)
    expect(fromHalf(0x7e00)).toBeNaN()
  })
})
