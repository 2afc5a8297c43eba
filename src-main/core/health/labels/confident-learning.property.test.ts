// What must hold for any probabilities: order does not matter, certainty flags nothing, blocks do not
// matter, no class loses its last row, and planted errors in separable data are found.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../compute/random.ts'
import {
  confidentLearning,
  probabilitiesInMemory,
  type ConfidentLearning,
  type NoiseFilter,
  type ProbabilityBlocks
} from './confident-learning.ts'

const filters: readonly NoiseFilter[] = ['noise-rate', 'class', 'both', 'joint']

interface Case {
  readonly classes: number
  readonly labels: Int32Array
  readonly values: Float64Array
}

/** Random probabilities; no two are equal, so that ties do not hide what is tested. */
function randomCase(seed: number, rows: number, classes: number): Case {
  const random = createRandom(seed)
  const values = new Float64Array(rows * classes)
  for (let i = 0; i < rows; i++) {
    let sum = 0
    for (let c = 0; c < classes; c++) sum += values[i * classes + c] = 0.01 + random.uniform() ** 3
    for (let c = 0; c < classes; c++) values[i * classes + c] /= sum
  }
  const labels = Int32Array.from({ length: rows }, () => random.below(classes + 1) - 1)
  return { classes, labels, values }
}

const run = ({ classes, labels, values }: Case, filter: NoiseFilter): Promise<ConfidentLearning> =>
  confidentLearning(probabilitiesInMemory(values, classes), labels, filter)

function reordered({ classes, labels, values }: Case, order: readonly number[]): Case {
  return {
    classes,
    labels: Int32Array.from(order, (i) => labels[i]),
    values: Float64Array.from(
      order.flatMap((i) => Array.from(values.subarray(i * classes, (i + 1) * classes)))
    )
  }
}

describe('confident learning', () => {
  it('the order of the rows does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(10_000),
        fc.integer({ min: 6, max: 80 }),
        fc.integer({ min: 2, max: 6 }),
        fc.constantFrom(...filters),
        async (seed, rows, classes, filter) => {
          const given = randomCase(seed, rows, classes)
          const order = [...createRandom(seed + 1).sample(rows, rows)]
          const first = await run(given, filter)
          const second = await run(reordered(given, order), filter)
          expect(second.flags).toEqual(Uint8Array.from(order, (i) => first.flags[i]))
          expect(second.calibrated).toEqual(first.calibrated)
        }
      ),
      { numRuns: 60 }
    )
  })

  it('the size of the blocks does not matter', async () => {
    const given = randomCase(3, 50, 4)
    const inBlocks: ProbabilityBlocks = {
      rows: 50,
      classes: 4,
      forEach(take) {
        for (let from = 0; from < 50; from += 7)
          take(given.values.subarray(from * 4, (from + 7) * 4), from, Math.min(7, 50 - from))
        return Promise.resolve()
      }
    }
    for (const filter of filters)
      expect(await confidentLearning(inBlocks, given.labels, filter)).toEqual(
        await run(given, filter)
      )
  })

  it('rows of the calibrated joint add up to the label counts; a class keeps a row', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(10_000),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(...filters),
        async (seed, rows, filter) => {
          const given = randomCase(seed, rows, 3)
          const { calibrated, flags } = await run(given, filter)
          for (let c = 0; c < 3; c++) {
            const members = Array.from(given.labels).flatMap((label, i) => (label === c ? [i] : []))
            const sum = calibrated.subarray(c * 3, c * 3 + 3).reduce((a, b) => a + b, 0)
            expect(sum).toBe(members.length)
            if (members.length > 0) expect(members.some((i) => flags[i] === 0)).toBe(true)
          }
          given.labels.forEach((label, i) => {
            if (label < 0) expect(flags[i]).toBe(0)
          })
        }
      ),
      { numRuns: 60 }
    )
  })

  it('certain and right predictions flag nothing', async () => {
    const labels = Int32Array.from({ length: 30 }, (_, i) => i % 3)
    const values = Float64Array.from({ length: 90 }, (_, at) =>
      at % 3 === labels[Math.floor(at / 3)] ? 1 : 0
    )
    for (const filter of filters)
      expect((await run({ classes: 3, labels, values }, filter)).flags.some((it) => it === 1)).toBe(
        false
      )
  })

  it('finds more than 90 % of planted errors in separable data', async () => {
    const random = createRandom(8)
    const truth = Int32Array.from({ length: 1000 }, () => random.below(4))
    const labels = truth.map((label) =>
      random.uniform() < 0.1 ? (label + 1 + random.below(3)) % 4 : label
    )
    const values = Float64Array.from({ length: 4000 }, (_, at) => {
      const own = truth[Math.floor(at / 4)] === at % 4
      return own ? 0.82 : 0.06
    })
    for (const filter of filters) {
      const { flags } = await run({ classes: 4, labels, values }, filter)
      let found = 0
      let planted = 0
      labels.forEach((label, i) => {
        const isWrong = label !== truth[i]
        planted += Number(isWrong)
        found += Number(isWrong && flags[i] === 1)
        if (!isWrong) expect(flags[i]).toBe(0)
      })
      expect(found / planted).toBeGreaterThan(0.9)
    }
  })
})
