import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { tieKey } from '../random.ts'
import { placesOf, rankDescending, sortStable, tieOrder } from './ranking.ts'

const score = fc.oneof(
  fc.float(),
  fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 1, 1, 0.5, 0.5, Math.fround(1e-40))
)

/** Plain comparison sort by (score desc, tie key asc, id asc), NaN as -Infinity. */
function reference(scores: number[], seed: number, ids: number[]): number[] {
  const value = (i: number): number => (Number.isNaN(scores[i]) ? -Infinity : scores[i])
  return scores
    .map((_, i) => i)
    .sort((a, b) => {
      if (value(a) !== value(b)) return value(b) - value(a) > 0 ? 1 : -1
      const [ha, la] = tieKey(seed, ids[a])
      const [hb, lb] = tieKey(seed, ids[b])
      return ha - hb || la - lb || ids[a] - ids[b]
    })
}

describe('ranking', () => {
  it('equals a comparison sort with the documented order', () => {
    fc.assert(
      fc.property(fc.array(score, { maxLength: 60 }), fc.nat(), (scores, seed) => {
        const float = Float32Array.from(scores)
        const ids = Uint32Array.from(scores, (_, i) => i * 3 + 1)
        const order = rankDescending(float, tieOrder(seed, ids))
        expect([...order]).toEqual(reference([...float], seed, [...ids]))
      })
    )
  })

  it('depends on ids and not on where a row stands', () => {
    const ids = Uint32Array.from([4, 9, 2, 7, 11])
    const moved = Uint32Array.from([11, 2, 9, 4, 7])
    const first = [...tieOrder(5, ids)].map((at) => ids[at])
    const second = [...tieOrder(5, moved)].map((at) => moved[at])
    expect(second).toEqual(first)
    expect([...tieOrder(6, ids)].map((at) => ids[at])).not.toEqual(first)
  })

  it('keeps the order of equal keys', () => {
    const order = sortStable(
      Uint32Array.from([3, 1, 0, 2]),
      Uint32Array.from([5, 5, 0xffffffff, 5])
    )
    expect([...order]).toEqual([3, 1, 0, 2])
  })

  it('inverts an order', () => {
    expect([...placesOf(Uint32Array.from([2, 0, 1]))]).toEqual([1, 2, 0])
  })
})
