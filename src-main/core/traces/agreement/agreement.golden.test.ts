// Agreement against numbers known from hand calculation and the literature.
import { describe, expect, it } from 'vitest'
import { markAgreement, markDistance } from './first-mistakes.ts'
import { kappaInterval90, meanInterval95, wilson95 } from './intervals.ts'
import { nominalAlpha } from './krippendorff.ts'
import { kappaOf, percentOf, tableOf } from './pair-table.ts'

/** Pairs of a 2 x 2 table, row by row. */
function pairsOf([yy, yn, ny, nn]: readonly number[]): [string, string][] {
  const times = (count: number, pair: [string, string]): [string, string][] =>
    Array.from({ length: count }, () => pair)
  return [
    ...times(yy, ['yes', 'yes']),
    ...times(yn, ['yes', 'no']),
    ...times(ny, ['no', 'yes']),
    ...times(nn, ['no', 'no'])
  ]
}

describe('Cohen’s kappa', () => {
  it('of 20, 5, 10 and 15 pairs is 0.4', () => {
    const table = tableOf(pairsOf([20, 5, 10, 15]))
    expect(percentOf(table)).toBe(0.7)
    expect(kappaOf(table)).toBeCloseTo(0.4, 12)
  })

  it('is 1 for equal answers, negative for opposite ones, null where nothing varies', () => {
    expect(kappaOf(tableOf(pairsOf([3, 0, 0, 2])))).toBe(1)
    expect(kappaOf(tableOf(pairsOf([0, 3, 3, 0])))).toBe(-1)
    expect(kappaOf(tableOf(pairsOf([5, 0, 0, 0])))).toBeNull()
    expect(kappaOf(tableOf([]))).toBeNull()
  })

  it('weighted by squares counts near answers as nearly equal', () => {
    // Found 0.5 of squared distance a pair, by chance 1.5: 1 - 1/3.
    const scale: [number, number][] = [
      [1, 1],
      [2, 3],
      [3, 2],
      [3, 3]
    ]
    const table = tableOf(scale)
    // Rows 1:1 2:1 3:2, columns the same: chance = 2*(1*1*1 + 1*2*4 + 1*2*1) / 16 = 22/16.
    expect(kappaOf(table, 'quadratic')).toBeCloseTo(1 - 2 / 4 / (22 / 16), 12)
    expect(kappaOf(table, 'quadratic')).toBeGreaterThan(kappaOf(table) ?? 1)
    const two = tableOf(pairsOf([20, 5, 10, 15]).map(([a, b]) => [a.length, b.length] as const))
    // With two answers the weights change nothing.
    expect(kappaOf(two, 'quadratic')).toBeCloseTo(0.4, 12)
  })
})

describe('Krippendorff’s alpha', () => {
  it('of four pairs is 0.5333', () => {
    const units = ['aa', 'bb', 'ab', 'bb'].map((unit) => [...unit])
    expect(nominalAlpha(units)).toBeCloseTo(8 / 15, 12)
  })

  it('with missing answers is 0.5714', () => {
    const units = ['aa-', 'bbb', 'abb', '-bb'].map((unit) =>
      [...unit].map((it) => (it === '-' ? null : it))
    )
    expect(nominalAlpha(units)).toBeCloseTo(4 / 7, 12)
  })

  it('of the literature’s example with four raters is 0.743', () => {
    // Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", section C: nominal data.
    const raters = ['123321412...', '1233224125.3', '.3332342251.', '12332441251.']
    const units = [...raters[0]].map((_, i) =>
      raters.map((rater) => (rater[i] === '.' ? null : rater[i]))
    )
    expect(nominalAlpha(units)).toBeCloseTo(0.743, 3)
  })

  it('is null where nothing varies and where nobody rated twice', () => {
    expect(nominalAlpha([['a', 'a']])).toBeNull()
    expect(nominalAlpha([['a', null], ['b']])).toBeNull()
  })
})

describe('intervals', () => {
  it('of a share are Wilson’s', () => {
    // Newcombe 1998, table I: 81 of 263, and 15 of 148.
    const { low, high } = wilson95(81, 263)
    expect([low, high].map((it) => Number(it.toFixed(4)))).toEqual([0.2553, 0.3662])
    const few = wilson95(15, 148)
    expect([few.low, few.high].map((it) => Number(it.toFixed(4)))).toEqual([0.0624, 0.1605])
    expect(wilson95(0, 20)).toMatchObject({ low: 0 })
    expect(wilson95(20, 20)).toMatchObject({ high: 1 })
    expect(wilson95(0, 0)).toEqual({ low: 0, high: 1 })
  })

  it('of kappa hold it, are the same for the same seed, and are narrower with more pairs', () => {
    const few = kappaInterval90(tableOf(pairsOf([20, 5, 10, 15])), 'nominal', 3)
    const many = kappaInterval90(tableOf(pairsOf([200, 50, 100, 150])), 'nominal', 3)
    expect(few).toEqual(kappaInterval90(tableOf(pairsOf([20, 5, 10, 15])), 'nominal', 3))
    if (!few || !many) throw new Error('there must be intervals')
    expect(few.low).toBeLessThan(0.4)
    expect(few.high).toBeGreaterThan(0.4)
    // The large-sample standard error of this kappa is 0.126: 1.645 of it each side.
    expect(few.low).toBeCloseTo(0.4 - 0.207, 1)
    expect(few.high).toBeCloseTo(0.4 + 0.207, 1)
    expect(many.high - many.low).toBeLessThan((few.high - few.low) / 2)
    expect(kappaInterval90(tableOf(pairsOf([5, 0, 0, 0])))).toBeNull()
  })

  it('of a mean hold it', () => {
    const values = Array.from({ length: 60 }, (_, i) => 1 + (i % 5))
    const { low, high } = meanInterval95(values, 1)
    expect(low).toBeLessThan(3)
    expect(high).toBeGreaterThan(3)
    // sqrt(2 / 60) * 1.96 each side.
    expect(high - low).toBeCloseTo(0.716, 1)
    expect(meanInterval95([4])).toEqual({ low: 4, high: 4 })
  })
})

it('agreement on the first mistake is told exactly, and within one and three steps', () => {
  const pairs = [
    [4, 4],
    [4, 5],
    [1, 4],
    [2, 9],
    [null, 3],
    [null, null]
  ] as const
  expect(markAgreement(pairs)).toEqual({
    pairs: 5,
    exact01: 0.2,
    within1of01: 0.4,
    within3of01: 0.6
  })
  expect(pairs.map(markDistance)).toEqual([0, 1, 3, 7, Infinity, 0])
})
