import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { createRandom } from '../../../compute/random.ts'
import { capacity, planPieces, type Group, type PlanOptions } from './plan.ts'

const rowsFrom = (first: number, count: number): Uint32Array =>
  Uint32Array.from({ length: count }, (_, i) => first + i)

const options = (changes: Partial<PlanOptions> = {}): PlanOptions => ({
  rank: 300,
  atOnce: 2000,
  parts: 0,
  reserve: 2,
  random: createRandom(1),
  ...changes
})

describe('the plan', () => {
  it('gives a third of the rank, the limit, or the rows to one pursuit', () => {
    expect(capacity(1000, 300)).toBe(100)
    expect(capacity(1_000_000, 1e6)).toBe(2000)
    expect(capacity(7, 1e6)).toBe(7)
    expect(capacity(7, 0)).toBe(1)
  })

  it('is one pursuit as long as the budget fits', () => {
    const groups: Group[] = [{ label: -2, rows: rowsFrom(0, 1000), share: 1 }]
    expect(planPieces(groups, 100, options())).toEqual([
      { rows: groups[0].rows, budget: 100, group: 0, kind: 'choose' }
    ])
    const parts = planPieces(groups, 101, options())
    expect(parts.map(({ budget, kind }) => [budget, kind])).toEqual([
      [51, 'choose'],
      [50, 'choose']
    ])
  })

  it('lets parts propose and a last pursuit choose where that is asked for and possible', () => {
    const groups: Group[] = [{ label: -2, rows: rowsFrom(0, 1000), share: 1 }]
    const pieces = planPieces(groups, 60, options({ parts: 3 }))
    expect(pieces.map(({ budget, kind }) => [budget, kind])).toEqual([
      [40, 'propose'],
      [40, 'propose'],
      [40, 'propose'],
      [60, 'last']
    ])
    const plain = planPieces(groups, 60, options({ parts: 3, reserve: 1 }))
    expect(plain.map(({ kind }) => kind)).toEqual(['choose', 'choose', 'choose'])
  })

  it('fills exactly the budget from disjoint rows, whatever the shape', () => {
    const shape = fc.record({
      sizes: fc.array(fc.nat(40), { minLength: 1, maxLength: 6 }),
      fill: fc.double({ min: 0, max: 1, noNaN: true }),
      rank: fc.nat(60),
      parts: fc.nat(5)
    })
    fc.assert(
      fc.property(shape, ({ sizes, fill, rank, parts }) => {
        const total = sizes.reduce((sum, size) => sum + size, 0)
        fc.pre(total > 0)
        const budget = Math.max(1, Math.round(fill * total))
        const groups = sizes.map((size, label) => ({
          label,
          rows: rowsFrom(100 * label, size),
          share: size / total
        }))
        const pieces = planPieces(groups, budget, options({ rank, parts, reserve: 1 }))
        expect(pieces.reduce((sum, piece) => sum + piece.budget, 0)).toBe(budget)
        const rows = pieces.flatMap((piece) => [...piece.rows])
        expect(new Set(rows).size).toBe(rows.length)
        for (const piece of pieces) {
          expect(piece.budget).toBeLessThanOrEqual(piece.rows.length)
          expect(piece.rows).toEqual(piece.rows.slice().sort())
        }
      })
    )
  })
})
