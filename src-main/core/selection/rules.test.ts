// Rules on hand-made orders, with the reasons they leave.
import { describe, expect, it } from 'vitest'
import { ruleOfByte } from './rule-reasons.ts'
import { applyRules, type RuleInputs } from './rules.ts'

function apply(change: Partial<RuleInputs> = {}): { chosen: number[]; codes: string[] } {
  const outcome = applyRules({
    order: Uint32Array.from([9, 8, 7, 6, 5, 4, 3, 2, 1, 0]),
    mustKeep: new Uint32Array(0),
    budget: 4,
    labels: Int32Array.from([0, 0, 0, 0, 0, 1, 1, 1, 1, 1]),
    limits: new Map(),
    groups: undefined,
    ...change
  })
  return { chosen: [...outcome.chosen], codes: [...outcome.codes].map(ruleOfByte) }
}

describe('rules', () => {
  it('without rules are the top of the order, and no rule decided anything', () => {
    expect(apply()).toEqual({ chosen: [9, 8, 7, 6], codes: new Array(10).fill('none') })
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
    const { chosen, codes } = apply({ limits: new Map([[1, { min: 0, max: 2 }]]) })
    expect(chosen).toEqual([9, 8, 4, 3])
    expect([codes[7], codes[6], codes[5], codes[2]]).toEqual([
      'class-full',
      'class-full',
      'class-full',
      'none'
    ])
  })
  it('reach a minimum at the cost of the worst others, and say both', () => {
    const { chosen, codes } = apply({ limits: new Map([[0, { min: 2, max: Infinity }]]) })
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
})
