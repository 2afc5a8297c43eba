// What must hold for every order, every set of limits and every grouping.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyRules, type RuleInputs } from './rules.ts'

interface Case {
  readonly inputs: RuleInputs
  readonly items: number
}

const cases = (withGroups: boolean): fc.Arbitrary<Case> =>
  fc
    .record({
      items: fc.integer({ min: 1, max: 60 }),
      seed: fc.infiniteStream(fc.nat(1_000_000)),
      budget: fc.integer({ min: 1, max: 70 }),
      limits: fc.array(fc.record({ min: fc.nat(8), extra: fc.nat(12) }), {
        minLength: 4,
        maxLength: 4
      }),
      keep: fc.nat(5)
    })
    .map(({ items, seed, budget, limits, keep }) => {
      const draw = (): number => seed.next().value as number
      const labels = Int32Array.from({ length: items }, () => (draw() % 5) - 1)
      const rows = Array.from({ length: items }, (_, i) => i)
      const shuffled = rows
        .map((row) => ({ row, key: draw() }))
        .sort((a, b) => a.key - b.key || a.row - b.row)
      const order = shuffled.map(({ row }) => row)
      const mustKeep = Uint32Array.from(order.slice(0, Math.min(keep, items)).sort((a, b) => a - b))
      return {
        items,
        inputs: {
          order: Uint32Array.from(order.slice(mustKeep.length)),
          mustKeep,
          budget,
          labels,
          limits: new Map(
            limits.map(({ min, extra }, label) => [label, { min, max: min + extra }])
          ),
          groups: withGroups
            ? Int32Array.from({ length: items }, () => (draw() % 12) - 4)
            : undefined
        }
      }
    })

function countOf(rows: Iterable<number>, labels: Int32Array, label: number): number {
  let count = 0
  for (const row of rows) if (labels[row] === label) count++
  return count
}

describe('rules', () => {
  it('keep to the budget and the maximums beyond what must be kept, without repeats', () => {
    fc.assert(
      fc.property(cases(false), ({ inputs }) => {
        const { chosen } = applyRules(inputs)
        expect(new Set(chosen).size).toBe(chosen.length)
        expect(chosen.length).toBeLessThanOrEqual(Math.max(inputs.budget, inputs.mustKeep.length))
        for (const [label, { max }] of inputs.limits) {
          const must = countOf(inputs.mustKeep, inputs.labels, label)
          expect(countOf(chosen, inputs.labels, label)).toBeLessThanOrEqual(Math.max(max, must))
        }
        for (const row of inputs.mustKeep) expect(chosen).toContain(row)
      })
    )
  })
  it('reach every minimum whenever budget and items allow it', () => {
    fc.assert(
      fc.property(cases(false), ({ inputs }) => {
        const all = [...inputs.order, ...inputs.mustKeep]
        let needed = inputs.mustKeep.length
        for (const [label, { min }] of inputs.limits) {
          needed += Math.max(
            0,
            Math.min(min, countOf(all, inputs.labels, label)) -
              countOf(inputs.mustKeep, inputs.labels, label)
          )
        }
        fc.pre(needed <= inputs.budget)
        const { chosen } = applyRules(inputs)
        for (const [label, { min }] of inputs.limits) {
          const possible = Math.min(min, countOf(all, inputs.labels, label))
          expect(countOf(chosen, inputs.labels, label)).toBeGreaterThanOrEqual(possible)
        }
      })
    )
  })
  it('fill the budget unless the maximums stop them', () => {
    fc.assert(
      fc.property(cases(false), ({ inputs }) => {
        const { chosen } = applyRules(inputs)
        if (chosen.length >= inputs.budget) return
        const taken = new Set(chosen)
        for (const row of inputs.order) {
          if (taken.has(row)) continue
          const limit = inputs.limits.get(inputs.labels[row])
          expect(
            limit === undefined ? -1 : countOf(chosen, inputs.labels, inputs.labels[row])
          ).toBeGreaterThanOrEqual(limit?.max ?? 0)
        }
      })
    )
  })
  it('keep groups whole', () => {
    fc.assert(
      fc.property(cases(true), ({ inputs, items }) => {
        const { groups } = inputs
        if (groups === undefined) return
        const taken = new Set(applyRules(inputs).chosen)
        for (let row = 0; row < items; row++) {
          if (groups[row] < 0) continue
          for (let other = 0; other < items; other++) {
            if (groups[other] === groups[row]) expect(taken.has(other)).toBe(taken.has(row))
          }
        }
      })
    )
  })
  it('choose the same items whatever numbers the rows carry', () => {
    fc.assert(
      fc.property(cases(true), fc.nat(1000), ({ inputs, items }, shift) => {
        // Renumber row r as (r * k + shift) mod m with m prime and larger than all rows.
        const renumber = (row: number): number => (row * 37 + shift) % 61
        const labels = new Int32Array(61).fill(-1)
        const groups = new Int32Array(61).fill(-1)
        for (let row = 0; row < items; row++) {
          labels[renumber(row)] = inputs.labels[row]
          groups[renumber(row)] = inputs.groups?.[row] ?? -1
        }
        const moved = applyRules({
          ...inputs,
          order: inputs.order.map(renumber),
          mustKeep: inputs.mustKeep.map(renumber),
          labels,
          groups
        })
        expect([...moved.chosen]).toEqual([...applyRules(inputs).chosen].map(renumber))
      })
    )
  })
})
