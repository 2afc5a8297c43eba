// What must hold for every order, every set of limits, costs and every grouping.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyRules, type PartLimit, type RuleInputs, type RulePartition } from './rules.ts'

interface Wanted {
  readonly classes?: boolean
  readonly sources?: boolean
  readonly groups?: boolean
  readonly costs?: boolean
  readonly mix?: boolean
  readonly minimums?: boolean
  readonly mustKeep?: boolean
}

/** Random rules over at most 40 rows; what is not wanted is left out. */
function cases(wanted: Wanted): fc.Arbitrary<RuleInputs> {
  return fc
    .record({
      items: fc.integer({ min: 1, max: 40 }),
      seed: fc.infiniteStream(fc.nat(1_000_000)),
      budget: fc.integer({ min: 1, max: 50 }),
      keep: fc.nat(4)
    })
    .map(({ items, seed, budget, keep }) => {
      const draw = (below: number): number => (seed.next().value as number) % below // endless stream
      const limit = (): PartLimit => {
        const min = wanted.minimums === true ? draw(6) : 0
        const max = draw(3) === 0 ? Infinity : min + draw(9)
        const share01 = wanted.mix === true && draw(2) === 0 ? draw(60) / 100 : undefined
        return { min, max, share01 }
      }
      const partition = (kind: 'class' | 'source', parts: number): RulePartition => ({
        kind,
        ids: Int32Array.from({ length: items }, () => draw(parts + 1) - 1),
        limits: new Map(Array.from({ length: parts }, (_, part) => [part, limit()]))
      })
      const keys = Array.from({ length: items }, (_, row) => ({ row, key: draw(1e6) }))
      const order = keys.sort((a, b) => a.key - b.key || a.row - b.row).map(({ row }) => row)
      const must = wanted.mustKeep === true ? order.splice(0, Math.min(keep, items)) : []
      const partitions: RulePartition[] = []
      if (wanted.classes === true) partitions.push(partition('class', 4))
      if (wanted.sources === true) partitions.push(partition('source', 3))
      return {
        order: Uint32Array.from(order),
        mustKeep: Uint32Array.from(must.sort((a, b) => a - b)),
        items,
        budget: wanted.costs === true ? budget * 3 : budget,
        costs:
          wanted.costs === true ? Float64Array.from({ length: items }, () => draw(10)) : undefined,
        partitions,
        groups:
          wanted.groups === true
            ? Int32Array.from({ length: items }, () => draw(12) - 4)
            : undefined
      }
    })
}

const everything: Wanted = {
  classes: true,
  sources: true,
  groups: true,
  costs: true,
  mix: true,
  minimums: true,
  mustKeep: true
}

function countOf(rows: Iterable<number>, ids: Int32Array, part: number): number {
  let count = 0
  for (const row of rows) if (ids[row] === part) count++
  return count
}

function costOf(rows: Iterable<number>, costs: Float64Array | undefined): number {
  let cost = 0
  for (const row of rows) cost += costs?.[row] ?? 1
  return cost
}

/** Must-keep rows and the rest of their groups. */
function startOf({ mustKeep, order, groups }: RuleInputs): number[] {
  const pulled = new Set([...mustKeep].map((row) => groups?.[row] ?? -1).filter((id) => id >= 0))
  return [...mustKeep, ...[...order].filter((row) => pulled.has(groups?.[row] ?? -1))]
}

describe('rules', () => {
  it('never go over the budget or a maximum beyond what must be kept, and never repeat a row', () => {
    fc.assert(
      fc.property(cases(everything), (inputs) => {
        const { chosen, spent } = applyRules(inputs)
        const start = startOf(inputs)
        expect(new Set(chosen).size).toBe(chosen.length)
        expect(spent).toBe(costOf(chosen, inputs.costs))
        expect(spent).toBeLessThanOrEqual(Math.max(inputs.budget, costOf(start, inputs.costs)))
        for (const { ids, limits } of inputs.partitions)
          for (const [part, { max }] of limits)
            expect(countOf(chosen, ids, part)).toBeLessThanOrEqual(
              Math.max(max, countOf(start, ids, part))
            )
        for (const row of start) expect(chosen).toContain(row)
      })
    )
  })

  it('reach every minimum of one partition whenever it can be reached', () => {
    const one = fc.oneof(
      cases({ classes: true, minimums: true, mustKeep: true }),
      cases({ classes: true, minimums: true, mustKeep: true, costs: true }),
      cases({ sources: true, minimums: true, costs: true })
    )
    fc.assert(
      fc.property(one, (inputs) => {
        const [{ ids, limits }] = inputs.partitions
        let needed = costOf(inputs.mustKeep, inputs.costs)
        for (const [part, { min, max }] of limits) {
          const open = Math.min(min, max) - countOf(inputs.mustKeep, ids, part)
          const cheapest = [...inputs.order].filter((row) => ids[row] === part)
          cheapest.sort((a, b) => (inputs.costs?.[a] ?? 1) - (inputs.costs?.[b] ?? 1))
          needed += costOf(cheapest.slice(0, Math.max(0, open)), inputs.costs)
        }
        fc.pre(needed <= inputs.budget)
        const { chosen, shortfalls } = applyRules(inputs)
        const all = [...inputs.order, ...inputs.mustKeep]
        for (const [part, { min }] of limits)
          expect(countOf(chosen, ids, part)).toBeGreaterThanOrEqual(
            Math.min(min, countOf(all, ids, part))
          )
        for (const shortfall of shortfalls) expect(shortfall.hasEnough).toBe(false)
      })
    )
  })

  it('report exactly the minimums that were not reached', () => {
    fc.assert(
      fc.property(cases({ ...everything, mix: false }), (inputs) => {
        const { chosen, shortfalls } = applyRules(inputs)
        const missed = inputs.partitions.flatMap(({ kind, ids, limits }) =>
          [...limits].flatMap(([part, { min }]) => {
            const got = countOf(chosen, ids, part)
            return got < min ? [`${kind} ${part} ${min} ${got}`] : []
          })
        )
        expect(shortfalls.map((s) => `${s.kind} ${s.part} ${s.wanted} ${s.got}`).sort()).toEqual(
          missed.sort()
        )
      })
    )
  })

  it('leave no item out that would have fitted', () => {
    fc.assert(
      fc.property(cases({ ...everything, groups: false }), (inputs) => {
        const { chosen, spent } = applyRules(inputs)
        const taken = new Set(chosen)
        for (const row of inputs.order) {
          if (taken.has(row)) continue
          const fits = spent + (inputs.costs?.[row] ?? 1) <= inputs.budget
          const isOpen = inputs.partitions.every(
            ({ ids, limits }) =>
              countOf(chosen, ids, ids[row]) < (limits.get(ids[row])?.max ?? Infinity)
          )
          expect(fits && isOpen).toBe(false)
        }
      })
    )
  })

  it('never take the worse one of two items that are the same to every rule', () => {
    fc.assert(
      fc.property(cases({ ...everything, groups: false }), (inputs) => {
        const taken = new Set(applyRules(inputs).chosen)
        const kindOf = (row: number): string =>
          [inputs.costs?.[row] ?? 1, ...inputs.partitions.map(({ ids }) => ids[row])].join(' ')
        const leftOut = new Set<string>()
        for (const row of inputs.order) {
          if (taken.has(row)) expect(leftOut).not.toContain(kindOf(row))
          else leftOut.add(kindOf(row))
        }
      })
    )
  })

  it('are the best possible set for one partition with counted items', () => {
    // The sum of ranks is the least of all sets that keep every limit: tried out exhaustively.
    fc.assert(
      fc.property(cases({ classes: true, minimums: true }), (inputs) => {
        const order = inputs.order.subarray(0, 9)
        const budget = Math.min(inputs.budget, order.length)
        const small = { ...inputs, order, budget }
        const [{ ids, limits }] = small.partitions
        const { chosen, shortfalls } = applyRules(small)
        fc.pre(shortfalls.length === 0)
        const rank = new Map([...order].map((row, i) => [row, i]))
        const sum = (rows: Iterable<number>): number =>
          [...rows].reduce((total, row) => total + (rank.get(row) ?? 0), 0)
        for (let mask = 0; mask < 1 << order.length; mask++) {
          const rows = [...order].filter((_, i) => (mask & (1 << i)) !== 0)
          if (rows.length !== chosen.length) continue
          const isSound = [...limits].every(([part, { min, max }]) => {
            const has = countOf(rows, ids, part)
            return has >= min && has <= max
          })
          if (isSound) expect(sum(chosen)).toBeLessThanOrEqual(sum(rows))
        }
      }),
      { numRuns: 40 }
    )
  })

  it('keep groups whole', () => {
    fc.assert(
      fc.property(cases(everything), (inputs) => {
        const taken = new Set(applyRules(inputs).chosen)
        const groups = inputs.groups ?? new Int32Array(0)
        groups.forEach((group, row) => {
          if (group < 0) return
          groups.forEach((other, at) => {
            if (other === group) expect(taken.has(at)).toBe(taken.has(row))
          })
        })
      })
    )
  })

  it('keep all they kept when the budget grows, without minimums, shares and groups', () => {
    fc.assert(
      fc.property(cases({ classes: true, sources: true, mustKeep: true }), (inputs) => {
        const before = applyRules(inputs).chosen
        const after = new Set(applyRules({ ...inputs, budget: inputs.budget + 1 }).chosen)
        for (const row of before) expect(after.has(row)).toBe(true)
      })
    )
  })

  it('come within one item of every share that the data can fill', () => {
    fc.assert(
      fc.property(cases({ classes: true, mix: true }), (drawn) => {
        const [{ kind, ids, limits: drawnLimits }] = drawn.partitions
        // At most a quarter each, so that the four of them never ask for more than everything.
        const limits = new Map(
          [...drawnLimits].map(([part, { share01 }]): [number, PartLimit] => [
            part,
            { min: 0, max: Infinity, share01: share01 && share01 * 0.4 }
          ])
        )
        const inputs = { ...drawn, partitions: [{ kind, ids, limits }] }
        const { chosen, shortfalls } = applyRules(inputs)
        if (shortfalls.length > 0 || chosen.length < inputs.budget) return
        const others = [...inputs.order].filter(
          (row) => limits.get(ids[row])?.share01 === undefined
        )
        for (const [part, { share01 }] of limits) {
          if (share01 === undefined) continue
          const got = countOf(chosen, ids, part)
          expect(got).toBeGreaterThan(share01 * chosen.length - 1)
          // Above its share only where everything else had run out.
          if (others.some((row) => !chosen.includes(row)))
            expect(got).toBeLessThan(share01 * chosen.length + 1)
        }
      })
    )
  })

  it('choose the same items whatever numbers the rows carry', () => {
    fc.assert(
      fc.property(cases(everything), fc.nat(1000), (inputs, shift) => {
        // Renumber row r as (r * k + shift) mod m with m prime and larger than all rows.
        const m = 61
        const renumber = (row: number): number => (row * 37 + shift) % m
        const moved = (ids: Int32Array): Int32Array => {
          const out = new Int32Array(m).fill(-1)
          ids.forEach((id, row) => (out[renumber(row)] = id))
          return out
        }
        const costs = new Float64Array(m)
        inputs.costs?.forEach((cost, row) => (costs[renumber(row)] = cost))
        const again = applyRules({
          ...inputs,
          items: m,
          order: inputs.order.map(renumber),
          mustKeep: inputs.mustKeep.map(renumber),
          costs,
          partitions: inputs.partitions.map((p) => ({ ...p, ids: moved(p.ids) })),
          groups: moved(inputs.groups ?? new Int32Array(0))
        })
        expect([...again.chosen]).toEqual([...applyRules(inputs).chosen].map(renumber))
      })
    )
  })
})
