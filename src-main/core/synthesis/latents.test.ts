// Geometry of latents by hand cases, and what each rule draws.
import { describe, expect, it } from 'vitest'
import { createRandom } from '../compute/random.ts'
import { candidateRules, createCandidates, slerp } from './candidates.ts'
import { geometryOf, isWithin, measureRanges, type Latents } from './latent-geometry.ts'

/** Independent standard normal latents: they meet at right angles and form even triangles. */
function normalLatents(count: number, size: number, shift = 0): Latents {
  const random = createRandom(4)
  const values = Float32Array.from({ length: count * size }, () => shift + random.normal())
  return { values, count, size }
}
const lengthOf = (values: Float32Array): number =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0))

describe('scores of a latent', () => {
  it('are distances and angles', () => {
    const latents = { values: Float32Array.of(1, 0, 0, 1), count: 2, size: 2 }
    const scores = geometryOf(Float32Array.of(-1, 0), latents, [0, 1])
    expect(scores.distance).toBeCloseTo((2 + Math.SQRT2) / 2, 6)
    expect(scores.origin).toBeCloseTo(135, 4)
    expect(scores.triangle).toBeCloseTo(45, 4)
  })
  it('lie where chance puts independent latents: sqrt(2 d), 90 and 60 degrees', () => {
    const ranges = measureRanges(normalLatents(40, 784), createRandom(1))
    expect(ranges.distance.mean).toBeCloseTo(Math.sqrt(2 * 784), 0)
    expect(Math.abs(ranges.origin.mean - 90)).toBeLessThan(1)
    expect(Math.abs(ranges.triangle.mean - 60)).toBeLessThan(1)
  })
  it('tell what lies far from the rest', () => {
    const latents = normalLatents(40, 100)
    const ranges = measureRanges(latents, createRandom(1))
    const rows = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    const own = geometryOf(latents.values.subarray(1100, 1200), latents, rows)
    expect(isWithin(own, ranges, 3)).toBe(true)
    expect(isWithin(geometryOf(new Float32Array(100).fill(4), latents, rows), ranges, 3)).toBe(
      false
    )
    expect(() => measureRanges(normalLatents(2, 4), createRandom(1))).toThrow(RangeError)
  })
})

describe('the arc between two latents', () => {
  it('begins and ends at them, and keeps their length on the way', () => {
    const [from, to] = [Float32Array.of(2, 0), Float32Array.of(0, 2)]
    expect(Array.from(slerp(from, to, 0))).toEqual([2, 0])
    const half = slerp(from, to, 0.5)
    expect(half[0]).toBeCloseTo(Math.SQRT2, 6)
    expect(lengthOf(half)).toBeCloseTo(2, 6)
    expect(Array.from(slerp(from, from, 0.3))).toEqual([2, 0])
    expect(Array.from(slerp(from, new Float32Array(2), 0.5))).toEqual([1, 0])
  })
})

describe('rules', () => {
  it.each(candidateRules)('%s draws the same again, and names its parents', (rule) => {
    const latents = normalLatents(12, 50, 1)
    const draw = (): readonly unknown[] => {
      const next = createCandidates(rule, latents, createRandom(9))
      return [next(), next()]
    }
    expect(draw()).toEqual(draw())
    const { latent, parents, weight } = createCandidates(rule, latents, createRandom(2))()
    expect(latent).toHaveLength(50)
    expect(latent.every(Number.isFinite)).toBe(true)
    const count = rule === 'between-two' ? 2 : rule === 'towards-chance' ? 1 : 0
    expect(new Set(parents).size).toBe(count)
    expect(weight === undefined).toBe(count === 0)
    expect(() => createCandidates(rule, normalLatents(1, 4), createRandom(1))).toThrow(RangeError)
  })
  it('around the mean have the spread of the latents', () => {
    const latents = normalLatents(200, 30, 2)
    for (const rule of ['one-spread', 'directions'] as const) {
      const next = createCandidates(rule, latents, createRandom(5))
      let [sum, squares] = [0, 0]
      for (let at = 0; at < 200; at++)
        for (const value of next().latent) {
          sum += value
          squares += (value - 2) ** 2
        }
      expect(sum / 6000).toBeCloseTo(2, 0)
      expect(Math.sqrt(squares / 6000)).toBeGreaterThan(0.8)
      expect(Math.sqrt(squares / 6000)).toBeLessThan(1.2)
    }
  })
})
