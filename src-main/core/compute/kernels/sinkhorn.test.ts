import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRandom } from '../random.ts'
import { sinkhorn, type Transport } from './sinkhorn.ts'

const signal = new AbortController().signal
const options = { temperature: 0.02, tolerance: 1e-4, mostIterations: 1000, signal }
const even = (count: number): Float64Array => new Float64Array(count).fill(1 / count)

/** Distances between points of a line. */
const costs = (from: readonly number[], to: readonly number[]): Float32Array =>
  Float32Array.from(from.flatMap((x) => to.map((y) => Math.abs(x - y))))

function plan(cost: Float32Array, a: Float64Array, b: Float64Array, { f, g }: Transport): number[] {
  return [...cost].map((value, at) => {
    const [i, j] = [Math.floor(at / b.length), at % b.length]
    return a[i] * b[j] * Math.exp((f[i] + g[j] - value) / options.temperature)
  })
}

describe('transport', () => {
  it('of a set to itself costs nothing', async () => {
    const points = [0, 1, 2.5, 4, 7]
    const result = await sinkhorn(costs(points, points), even(5), even(5), options)
    expect(result.cost).toBeLessThan(1e-6)
  })

  it('on a line costs what sorting gives', async () => {
    const random = createRandom(2)
    const from = Array.from({ length: 12 }, () => 5 * random.uniform())
    const to = Array.from({ length: 12 }, () => 5 * random.uniform())
    const result = await sinkhorn(costs(from, to), even(12), even(12), options)
    const sorted = (values: number[]): number[] => [...values].sort((x, y) => x - y)
    const exact = sorted(from).reduce((sum, x, i) => sum + Math.abs(x - sorted(to)[i]) / 12, 0)
    expect(Math.abs(result.cost - exact)).toBeLessThan(0.03)
  })

  it('gives a plan with the weights as sums, whatever they are', async () => {
    const weight = fc.array(fc.double({ min: 0.05, max: 1, noNaN: true }), {
      minLength: 1,
      maxLength: 8
    })
    await fc.assert(
      fc.asyncProperty(weight, weight, fc.nat(1000), async (left, right, seed) => {
        const random = createRandom(seed)
        const share = (values: number[]): Float64Array => {
          const sum = values.reduce((x, y) => x + y, 0)
          return Float64Array.from(values, (value) => value / sum)
        }
        const [a, b] = [share(left), share(right)]
        const cost = Float32Array.from({ length: a.length * b.length }, () => random.uniform())
        const result = await sinkhorn(cost, a, b, options)
        const entries = plan(cost, a, b, result)
        a.forEach((value, i) => {
          const sum = entries.slice(i * b.length, (i + 1) * b.length).reduce((x, y) => x + y, 0)
          expect(Math.abs(sum - value)).toBeLessThan(1e-9)
        })
        // Columns are met as far as the iterations go.
        expect(result.error).toBeLessThan(0.01)
        expect(Math.abs(entries.reduce((x, y) => x + y, 0) - 1)).toBeLessThan(1e-9)
      }),
      { numRuns: 30, endOnFailure: true }
    )
  })

  it('has potentials that say how the cost grows with a row', async () => {
    // Two targets; the third row is far from both.
    const cost = costs([0, 1, 9], [0, 1])
    const { f } = await sinkhorn(cost, even(3), even(2), options)
    expect(f[2]).toBeGreaterThan(Math.max(f[0], f[1]) + 5)
    const without = await sinkhorn(cost.slice(0, 4), even(2), even(2), options)
    const withFar = await sinkhorn(cost, even(3), even(2), options)
    expect(without.cost).toBeLessThan(withFar.cost)
  })

  it('goes on from earlier potentials to the same result, sooner', async () => {
    const random = createRandom(7)
    const cost = Float32Array.from({ length: 30 * 20 }, () => random.uniform())
    const cold = await sinkhorn(cost, even(30), even(20), options)
    const warm = await sinkhorn(cost, even(30), even(20), { ...options, start: cold.g })
    expect(warm.cost).toBeCloseTo(cold.cost, 3)
    expect(warm.iterations).toBeLessThan(cold.iterations)
  })

  it('stops when aborted', async () => {
    const abort = new AbortController()
    abort.abort(new Error('stopped'))
    const run = sinkhorn(costs([0, 1], [0, 2]), even(2), even(2), {
      ...options,
      signal: abort.signal
    })
    await expect(run).rejects.toThrow('stopped')
  })
})
