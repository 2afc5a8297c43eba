import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memorySource } from '../selection/icons/icons.test-support.ts'
import { percent } from './result.ts'
import { capShares, groupBySource, sizeShares } from './source-groups.ts'

const group = (ids: number[], names: string[]) =>
  groupBySource({
    features: memorySource(new Float32Array(ids.length), 1),
    sources: { ids: Int32Array.from(ids), names }
  })

describe('sources', () => {
  it('without candidates are left out, unknown ones come last under a free name', () => {
    const groups = group([2, -1, 0, 2], ['a', 'gone', 'no source'])
    expect(groups.names).toEqual(['a', 'no source', '(no source)'])
    expect([...groups.of]).toEqual([1, 2, 0, 1])
    expect(groups.sizes).toEqual([1, 2, 1])
    expect(groups.unknown).toBe(2)
    expect(sizeShares(groups)).toEqual([0.25, 0.5, 0.25])
    expect(group([0, 0], ['a']).unknown).toBe(-1)
  })

  it('that do not fit are refused', () => {
    expect(() => group([1], ['a'])).toThrow(RangeError)
    expect(() =>
      groupBySource({
        features: memorySource(new Float32Array(2), 1),
        sources: { ids: new Int32Array(1), names: ['a'] }
      })
    ).toThrow(RangeError)
  })
})

describe('shares that a source cannot give', () => {
  it('go to the others in proportion', () => {
    // 10 of 100 places at most for the first: 0.4 of its 0.5 is left for shares 0.3 : 0.2.
    const cut = capShares([0.5, 0.3, 0.2], [10, 100, 100], 100)
    ;[0.1, 0.54, 0.36].forEach((share, i) => expect(cut[i]).toBeCloseTo(share, 12))
    expect(capShares([1, 0, 0], [50, 80, 80], 100)).toEqual([0.5, 0.25, 0.25])
  })

  it('stay in sum 1 and below what there is, whatever they are', () => {
    const parts = fc.array(
      fc.record({ weight: fc.nat(20), size: fc.integer({ min: 1, max: 50 }) }),
      {
        minLength: 1,
        maxLength: 6
      }
    )
    fc.assert(
      fc.property(parts, fc.double({ min: 0.01, max: 1, noNaN: true }), (list, fill) => {
        const sizes = list.map(({ size }) => size)
        const total = sizes.reduce((sum, size) => sum + size, 0)
        const weight = list.reduce((sum, own) => sum + own.weight, 0)
        const shares = list.map((own) => (weight > 0 ? own.weight / weight : 1 / list.length))
        const budget = Math.max(1, Math.round(fill * total))
        const cut = capShares(shares, sizes, budget)
        expect(cut.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9)
        cut.forEach((share, i) => expect(share * budget).toBeLessThanOrEqual(sizes[i] + 1e-9))
      })
    )
  })
})

it('shares read as percentages', () => {
  expect([0, 0.0004, 0.0123, 0.32, 1].map(percent)).toEqual([
    '0 %',
    'under 0.1 %',
    '1.2 %',
    '32 %',
    '100 %'
  ])
})
