import { describe, expect, it } from 'vitest'
import { averageLaw, focusMix, nextMix, normaliseLaw, solveLaw } from './law.ts'

describe("Aioli's law", () => {
  it('puts 0.625 on the source in focus and shares the rest evenly', () => {
    expect(focusMix(4, 1)).toEqual([0.125, 0.625, 0.125, 0.125])
    expect(focusMix(2, 0)).toEqual([0.625, 0.375])
  })

  it('gets back the matrix that made the falls', () => {
    const law = [
      [0.3, -0.1, 0.05],
      [0.02, 0.4, 0],
      [0.1, 0.1, -0.2]
    ]
    const falls = law.map((row) =>
      row.map((_, s) => focusMix(3, s).reduce((sum, share, j) => sum + row[j] * share, 0))
    )
    solveLaw(falls).forEach((row, i) =>
      row.forEach((value, j) => expect(value).toBeCloseTo(law[i][j], 12))
    )
  })

  it('shifts only what is below 0, and divides by the sum', () => {
    expect(
      normaliseLaw([
        [1, 3],
        [0, 4]
      ])
    ).toEqual([
      [0.125, 0.375],
      [0, 0.5]
    ])
    expect(
      normaliseLaw([
        [-1, 1],
        [0, 1]
      ])
    ).toEqual([
      [0, 0.4],
      [0.2, 0.4]
    ])
    expect(normaliseLaw([[0, 0]])).toEqual([[0, 0]])
  })

  it('moves the mixture by exp(eta * column sum)', () => {
    const law = [
      [0.1, 0.3],
      [0.2, 0.4]
    ]
    const mix = nextMix([0.5, 0.5], law, [1, 1], 0.5)
    expect(mix[1] / mix[0]).toBeCloseTo(Math.exp(0.5 * (0.7 - 0.3)), 12)
    expect(mix[0] + mix[1]).toBeCloseTo(1, 12)
    const on = nextMix(mix, law, [1, 1], 0.5)
    expect(on[1] / on[0]).toBeCloseTo(Math.exp(0.5 * 2 * (0.7 - 0.3)), 12)
    const one = nextMix([0.5, 0.5], law, [2, 0], 0.5)
    expect(one[1] / one[0]).toBeCloseTo(Math.exp(0.5 * 2 * (0.3 - 0.1)), 12)
  })

  it('keeps a share of the past', () => {
    const [[first, second]] = averageLaw([[1, 0]], [[0, 1]], 0.1)
    expect(first).toBeCloseTo(0.1, 12)
    expect(second).toBeCloseTo(0.9, 12)
  })
})
