// Changes of soft labels, and the frontier, on numbers that can be checked by hand.
import { describe, expect, it } from 'vitest'
import { createRandom } from '../../../compute/random.ts'
import { meanEntropy, sharesOf } from '../label-compression/shares.ts'
import {
  hideClass,
  keepLargest,
  shuffleOthers,
  smoothOthers,
  swapRank,
  withoutClass
} from './experiments.ts'
import { cheapestFor, dataKnowledgeFrontier, fitCurve, measureFrontier } from './frontier.ts'

const row = Float32Array.from([0.1, 0.5, 0.15, 0.25])

describe('changes of labels', () => {
  it('keep the largest shares as they are', () => {
    expect([...keepLargest(row, 4, 2)]).toEqual([0, 0.5, 0, 0.25])
    expect([...keepLargest(row, 4, 0)]).toEqual([0, 1, 0, 0])
    expect(keepLargest(row, 4, 4)).toEqual(row)
  })

  it('exchange a rank with the last', () => {
    expect(swapRank(row, 4, 1)).toEqual(Float32Array.from([0.5, 0.1, 0.15, 0.25]))
    expect(swapRank(row, 4, 4)).toEqual(row)
    expect(() => swapRank(row, 4, 5)).toThrow(RangeError)
  })

  it('shuffle and smooth all but the largest share', () => {
    const random = createRandom(1)
    const shares = sharesOf(
      Float32Array.from({ length: 50 * 6 }, () => random.normal()),
      6,
      1
    )
    const shuffled = shuffleOthers(shares, 6, createRandom(2))
    expect(meanEntropy(shuffled, 6)).toBeCloseTo(meanEntropy(shares, 6), 6)
    let moved = 0
    for (let at = 0; at < shares.length; at += 6) {
      const [before, after] = [shares, shuffled].map((all) => all.subarray(at, at + 6))
      const top = before.indexOf(Math.max(...before))
      expect(after[top]).toBe(before[top])
      expect([...after].sort()).toEqual([...before].sort())
      if (after.some((share, c) => share !== before[c])) moved++
    }
    expect(moved).toBeGreaterThan(40)
    const smooth = smoothOthers(row, 4)
    expect(smooth[1]).toBe(0.5)
    for (const c of [0, 2, 3]) expect(smooth[c]).toBeCloseTo(0.5 / 3, 6)
  })

  it('leave a class out as pictures, or as a name', () => {
    const labels = Int32Array.from([0, 1, 2, 1])
    expect([...withoutClass(labels, 1)]).toEqual([0, 2])
    const shares = Float32Array.from({ length: 12 }, () => 1 / 3)
    const hidden = hideClass(shares, labels, 3, 1)
    expect(Array.from(hidden, (share) => share > 0)).toEqual(
      [0, 2, 3, 4, 5, 6, 8, 9, 10, 11].reduce<boolean[]>(
        (isSeen, at) => isSeen.with(at, true),
        Array.from({ length: 12 }, () => false)
      )
    )
  })
})

describe('the data-knowledge frontier', () => {
  const grid = {
    epochs: [1, 5, 20],
    perClass: [1, 4, 16, 64],
    accuracy: [
      [0.5, 0.55, 0.57, 0.57],
      [0.45, 0.6, 0.65, 0.66],
      [0.3, 0.55, 0.7, 0.65]
    ]
  }

  it('has the best epoch for each number of items, and only points nothing cheaper reaches', () => {
    const frontier = dataKnowledgeFrontier(grid, 10)
    expect(frontier.best.map(({ epoch }) => epoch)).toEqual([1, 5, 20, 5])
    expect(frontier.cheapest.map(({ perClass }) => perClass)).toEqual([1, 4, 16])
    expect(frontier.cheapest[1].numbers).toBe(4 * 10 * 10)
    expect(cheapestFor(frontier, 0.58)?.perClass).toBe(4)
    expect(cheapestFor(frontier, 0.8)).toBeUndefined()
  })

  it('is measured cell by cell, few items first', async () => {
    const asked: string[] = []
    const run = measureFrontier([1, 5], [2, 3], async function* (row, items) {
      yield `${row}/${items}`
      return (row + 1) * items
    })
    for (;;) {
      const step = await run.next()
      if (step.done === true) {
        expect(step.value.accuracy).toEqual([
          [2, 3],
          [4, 6]
        ])
        break
      }
      asked.push(step.value)
    }
    expect(asked).toEqual(['0/2', '1/2', '0/3', '1/3'])
  })

  it('fits a curve back that it was made from', () => {
    const counts = [1, 2, 4, 8, 16, 32]
    const fit = fitCurve(
      counts,
      counts.map((n) => 0.8 - 0.5 * n ** -0.7)
    )
    expect(fit?.limit).toBeCloseTo(0.8, 6)
    expect(fit?.gap).toBeCloseTo(0.5, 6)
    expect(fit?.rate).toBeCloseTo(0.7, 6)
    expect(fitCurve([1, 2, 3], [0.1, 0.2, 0.3])).toBeUndefined()
  })
})
