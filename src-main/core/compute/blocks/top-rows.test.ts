// The best rows of streamed scores against a plain sort.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTopRows } from './top-rows.ts'

// Few different values: ties are the rule.
const score = fc.constantFrom(-Infinity, -1, -0, 0, 0.5, 0.25, 1, Infinity, NaN)

/** Best first; ties to the lower row; no number never. */
function sorted(scores: readonly number[], k: number): number[] {
  return [...scores.keys()]
    .filter((row) => !Number.isNaN(scores[row]))
    .sort((a, b) => (scores[a] === scores[b] ? a - b : scores[b] > scores[a] ? 1 : -1))
    .slice(0, k)
}

describe('the best rows', () => {
  it('are those of a stable sort, for every direction and any blocks', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(score, score), { maxLength: 60 }),
        fc.integer({ min: 1, max: 70 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        (pairs, k, blockRows, isBackwards) => {
          const top = createTopRows(2, k)
          const starts = Array.from(
            { length: Math.ceil(pairs.length / blockRows) },
            (_, i) => i * blockRows
          )
          if (isBackwards) starts.reverse()
          for (const first of starts) {
            const block = pairs.slice(first, first + blockRows)
            const scores = Float32Array.from([0, 1].flatMap((m) => block.map((pair) => pair[m])))
            top.offer({ first, count: block.length, scores })
          }
          top.best().forEach(({ rows, scores }, m) => {
            const all = pairs.map((pair) => pair[m])
            expect([...rows]).toEqual(sorted(all, k))
            expect([...scores].map((value) => value + 0)).toEqual(
              [...rows].map((row) => all[row] + 0)
            )
          })
        }
      ),
      { numRuns: 200 }
    )
  })

  it('grow with what is offered', () => {
    const top = createTopRows(1, 5000)
    const scores = Float32Array.from({ length: 9000 }, (_, i) => (i * 7919) % 9001)
    top.offer({ first: 100, count: 9000, scores })
    const expected = sorted([...scores], 5000).map((row) => row + 100)
    expect([...top.best()[0].rows]).toEqual(expected)
  })

  it('of none are refused', () => {
    expect(() => createTopRows(1, 0)).toThrow(RangeError)
  })
})
