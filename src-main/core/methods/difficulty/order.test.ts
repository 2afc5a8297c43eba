import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { tieOrder } from '../../compute/kernels/ranking.ts'
import { orderByDifficulty, tiedShare, type DifficultyOrderInputs } from './order.ts'

const given = (
  difficulty: readonly number[],
  change: Partial<DifficultyOrderInputs> = {}
): DifficultyOrderInputs => ({
  difficulty: Float32Array.from(difficulty),
  labels: new Int32Array(difficulty.length),
  classes: 1,
  ties: tieOrder(
    1,
    Uint32Array.from(difficulty, (_, i) => i)
  ),
  keep: 'hardest',
  dropFirst: 0,
  balance: 'none',
  ...change
})
const orderOf = (inputs: DifficultyOrderInputs): number[] => [...orderByDifficulty(inputs).order]

describe('the part to keep', () => {
  const difficulty = [0.5, 0.1, 0.9, 0.3, 0.7]
  it('hardest, easiest, middle', () => {
    expect(orderOf(given(difficulty))).toEqual([2, 4, 0, 3, 1])
    expect(orderOf(given(difficulty, { keep: 'easiest' }))).toEqual([1, 3, 0, 4, 2])
    expect(orderOf(given(difficulty, { keep: 'middle' }))).toEqual([0, 3, 4, 1, 2])
    expect(orderOf(given([4, 3, 2, 1], { keep: 'middle' }))).toEqual([1, 2, 0, 3])
  })

  it('sets an extreme slice aside, which comes back last and in reverse', () => {
    const made = orderByDifficulty(given(difficulty, { dropFirst: 40 }))
    expect([...made.order]).toEqual([0, 3, 1, 4, 2])
    expect([...made.isExtreme]).toEqual([0, 0, 1, 0, 1])
    expect([...made.place]).toEqual([3, 5, 1, 4, 2])
    expect(orderOf(given(difficulty, { keep: 'easiest', dropFirst: 20 }))).toEqual([3, 0, 4, 2, 1])
  })

  it('unsuspicious: up to one half by lot, the others from the least on', () => {
    const ties = Uint32Array.from([3, 1, 0, 2, 4])
    const keep = 'unsuspicious' as const
    expect(orderOf(given(difficulty, { keep, ties }))).toEqual([3, 1, 0, 4, 2])
  })

  it('puts rows that cannot be judged last', () => {
    expect(orderOf(given([NaN, 0.1, 0.9]))).toEqual([2, 1, 0])
    const labels = Int32Array.from([0, 1, 0])
    expect(orderOf(given([NaN, 0.1, 0.9], { labels, classes: 2, balance: 'labels' }))[2]).toBe(0)
  })
})

it('keeps the share of every label in every prefix', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ label: fc.nat(3), value: fc.float({ min: 0, max: 1, noNaN: true }) }), {
        minLength: 1,
        maxLength: 120
      }),
      fc.constantFrom('hardest' as const, 'easiest' as const, 'middle' as const),
      (rows, keep) => {
        const labels = Int32Array.from(rows, ({ label }) => label)
        const inputs = given(
          rows.map(({ value }) => value),
          { labels, classes: 4, balance: 'labels', keep }
        )
        const { order, groupOf } = orderByDifficulty(inputs)
        expect(new Set(order).size).toBe(rows.length)
        const seen = [0, 0, 0, 0]
        order.forEach((row, place) => {
          seen[groupOf(row)]++
          for (let label = 0; label < 4; label++) {
            const all = rows.filter((other) => other.label === label).length
            const fair = ((place + 1) * all) / rows.length
            expect(Math.abs(seen[label] - fair)).toBeLessThanOrEqual(
              0.5 + (2 * all) / rows.length + 0.5
            )
          }
        })
      }
    ),
    { numRuns: 60 }
  )
})

it('counts the places that were decided by lot', () => {
  const inputs = given([1, 1, 1, 0.5, 0.2])
  const made = orderByDifficulty(inputs)
  expect(tiedShare(inputs, made, 2)).toBe(1)
  expect(tiedShare(inputs, made, 3)).toBe(0)
  expect(tiedShare(inputs, made, 4)).toBe(0)
  const half = given([2, 1, 1])
  expect(tiedShare(half, orderByDifficulty(half), 2)).toBe(0.5)
})
