// Rules on hand-made orders, with the reasons they leave.
import { describe, expect, it } from 'vitest'
import { ruleOfByte } from './rule-reasons.ts'
import { applyRules, type PartLimit, type RuleInputs, type RuleOutcome } from './rules.ts'

const labels = Int32Array.from([0, 0, 0, 0, 0, 1, 1, 1, 1, 1])

interface Shown {
  readonly chosen: number[]
  readonly codes: string[]
  readonly outcome: RuleOutcome
}

function byClass(...limits: [number, Partial<PartLimit>][]): RuleInputs['partitions'] {
  const full = limits.map(([part, limit]): [number, PartLimit] => [
    part,
    { min: 0, max: Infinity, ...limit }
  ])
  return [{ kind: 'class', ids: labels, limits: new Map(full) }]
}

function apply(change: Partial<RuleInputs> = {}): Shown {
  const outcome = applyRules({
    order: Uint32Array.from([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
    mustKeep: new Uint32Array(0),
    budget: 4,
    items: 10,
    partitions: [],
    ...change
  })
  return { chosen: [...outcome.chosen], codes: [...outcome.codes].map(ruleOfByte), outcome }
}

describe('rules', () => {
  it('without rules are the top of the order, and no rule decided anything', () => {
    expect(apply()).toMatchObject({ chosen: [9, 8, 7, 6], codes: new Array(10).fill('none') })
  })
  it('put must-keep first and count it in the budget', () => {
    const { chosen, codes } = apply({
      order: Uint32Array.from([9, 8, 7, 6, 5, 4, 3, 2, 1]),
      mustKeep: Uint32Array.of(0)
    })
    expect(chosen).toEqual([0, 9, 8, 7])
    expect(codes[0]).toBe('asked-for')
  })
  it('stop at a class maximum and say so', () => {
    const { chosen, codes } = apply({ partitions: byClass([1, { max: 2 }]) })
    expect(chosen).toEqual([9, 8, 4, 3])
    expect([codes[7], codes[6], codes[5], codes[2]]).toEqual([
      'class-full',
      'class-full',
      'class-full',
      'none'
    ])
  })
  it('reach a minimum at the cost of the worst others, and say both', () => {
    const { chosen, codes } = apply({ partitions: byClass([0, { min: 2 }]) })
    expect(chosen).toEqual([9, 8, 4, 3])
    expect([codes[4], codes[3], codes[7], codes[6]]).toEqual([
      'minimum',
      'minimum',
      'made-room',
      'made-room'
    ])
  })
  it('keep groups whole, in the place of their best member', () => {
    const groups = Int32Array.from([-1, 5, -1, -1, 7, -1, -1, 7, 5, -1])
    const { chosen } = apply({ groups, budget: 3 })
    expect(chosen).toEqual([9, 8, 1])
  })
  it('pass over a group that does not fit and say so', () => {
    const groups = Int32Array.from([-1, -1, -1, -1, -1, -1, 7, 7, 7, -1])
    const { chosen, codes } = apply({ groups, budget: 3 })
    expect(chosen).toEqual([9, 5, 4])
    expect([codes[8], codes[7], codes[6]]).toEqual([
      'group-too-large',
      'group-too-large',
      'group-too-large'
    ])
  })
  it('pull in the rest of a must-keep group', () => {
    const groups = Int32Array.from([5, 5, -1, -1, -1, -1, -1, -1, -1, -1])
    const { chosen, codes } = apply({
      order: Uint32Array.from([9, 8, 7, 6, 5, 4, 3, 2, 1]),
      mustKeep: Uint32Array.of(0),
      groups,
      budget: 3
    })
    expect(chosen).toEqual([0, 1, 9])
    expect(codes[1]).toBe('with-group')
  })

  it('spend bytes up to the budget, free items always, and say what was too large', () => {
    const costs = Float64Array.from([1, 1, 1, 0, 3, 2, 9, 4, 4, 2])
    const { chosen, codes, outcome } = apply({ costs, budget: 10 })
    expect(chosen).toEqual([9, 8, 7, 3])
    expect(outcome.spent).toBe(10)
    expect([codes[6], codes[5], codes[2]]).toEqual(['over-budget', 'over-budget', 'none'])
  })
  it('keep bytes back for minimums that would no longer fit', () => {
    // Taking the best item of class 0 (cost 8) would leave no room for a second one.
    const costs = Float64Array.from([1, 1, 1, 1, 8, 2, 2, 2, 2, 2])
    const { chosen } = apply({ costs, budget: 8, partitions: byClass([0, { min: 2 }]) })
    expect(chosen).toEqual([9, 8, 7, 3, 2])
  })
  it('share the kept items out as asked, best items of each label first', () => {
    const { chosen, codes } = apply({
      partitions: byClass([0, { share01: 0.75 }], [1, { share01: 0.25 }])
    })
    expect(chosen).toEqual([9, 4, 3, 2])
    expect([codes[4], codes[8]]).toEqual(['mix-share', 'mix-full'])
  })
  it('fill up from the order where a label has too few for its share, and report it', () => {
    const { chosen, codes, outcome } = apply({
      budget: 8,
      partitions: byClass([0, { share01: 0.1 }], [1, { share01: 0.9 }])
    })
    expect(chosen).toEqual([9, 8, 7, 6, 5, 4, 3, 2])
    expect(codes[2]).toBe('none')
    expect(outcome.shortfalls).toEqual([
      { kind: 'class', part: 1, what: 'share', wanted: 7, got: 5, hasEnough: false }
    ])
  })
  it('find the number of items that bytes pay for before sharing them out', () => {
    const costs = Float64Array.from([1, 1, 1, 1, 1, 3, 3, 3, 3, 3])
    const { chosen, outcome } = apply({
      costs,
      budget: 12,
      partitions: byClass([0, { share01: 0.5 }], [1, { share01: 0.5 }])
    })
    expect(chosen).toEqual([9, 8, 7, 4, 3, 2])
    expect(outcome.spent).toBe(12)
  })
  it('hold limits of labels and sources at once', () => {
    const ids = Int32Array.from([0, 1, 0, 1, 0, 1, 0, 1, 0, 1])
    const { chosen, codes } = apply({
      partitions: [
        ...byClass([1, { max: 3 }]),
        { kind: 'source', ids, limits: new Map([[1, { min: 0, max: 1 }]]) }
      ]
    })
    expect(chosen).toEqual([9, 8, 6, 4])
    // Both are full in the end; the label is named first.
    expect([codes[7], codes[5]]).toEqual(['class-full', 'class-full'])
  })
  it('serve a label and a source with one item before either alone, and say what is missing', () => {
    const ids = Int32Array.from([0, 0, 0, 0, 0, 0, 1, 1, 0, 0])
    const { chosen, codes, outcome } = apply({
      budget: 2,
      partitions: [
        ...byClass([1, { min: 1 }], [0, { min: 2 }]),
        { kind: 'source', ids, limits: new Map([[1, { min: 1, max: Infinity }]]) }
      ]
    })
    expect(chosen).toEqual([7, 4])
    expect(codes[7]).toBe('minimum')
    expect(outcome.shortfalls).toEqual([
      { kind: 'class', part: 0, what: 'minimum', wanted: 2, got: 1, hasEnough: true }
    ])
  })
})
