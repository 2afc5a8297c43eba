// Statistics against published table values and closed forms.
import { describe, expect, it } from 'vitest'
import {
  incompleteBeta,
  logGamma,
  mean,
  pairedInterval,
  sd,
  studentTCdf,
  studentTQuantile
} from './statistics.ts'

describe('mean and sd', () => {
  it('match hand-worked values', () => {
    expect(mean([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5)
    expect(sd([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 14)
  })
  it('have plain answers for one value and for none', () => {
    expect(sd([3])).toBe(0)
    expect(sd(Array.from({ length: 5 }, () => 0.8416666666666666))).toBe(0)
    expect(mean([])).toBeNaN()
  })
})

describe('special functions', () => {
  it('log gamma matches factorials and the half', () => {
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 12)
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 12)
    expect(logGamma(101)).toBeCloseTo(363.73937555556347, 9)
  })
  it('incomplete beta matches closed forms', () => {
    // I_x(1, b) = 1 - (1 - x)^b and I_x(a, 1) = x^a.
    expect(incompleteBeta(0.3, 1, 4)).toBeCloseTo(1 - 0.7 ** 4, 14)
    expect(incompleteBeta(0.3, 2.5, 1)).toBeCloseTo(0.3 ** 2.5, 14)
    expect(incompleteBeta(0, 2, 3)).toBe(0)
    expect(incompleteBeta(1, 2, 3)).toBe(1)
  })
})

describe('Student t', () => {
  it.each([
    [0.975, 1, 12.706204736432095],
    [0.975, 2, 4.302652729911275],
    [0.975, 3, 3.182446305284263],
    [0.975, 4, 2.7764451051977987],
    [0.975, 9, 2.2621571628540993],
    [0.975, 30, 2.0422724563012373],
    [0.975, 120, 1.9799304050824413],
    [0.95, 4, 2.13184678632665],
    [0.995, 4, 4.604094871415897],
    [0.025, 4, -2.7764451051977987]
  ])('quantile of %f with %i degrees', (p, degrees, expected) => {
    expect(studentTQuantile(p, degrees)).toBeCloseTo(expected, 9)
  })
  it('is the inverse of the distribution function', () => {
    for (const degrees of [1, 4, 19, 250]) {
      for (const p of [0.5, 0.6, 0.9, 0.999]) {
        expect(studentTCdf(studentTQuantile(p, degrees), degrees)).toBeCloseTo(p, 11)
      }
    }
  })
  it('with one degree is the Cauchy distribution', () => {
    expect(studentTCdf(1, 1)).toBeCloseTo(0.75, 13)
    expect(studentTCdf(-1, 1)).toBeCloseTo(0.25, 13)
  })
  it('refuses what has no quantile', () => {
    expect(() => studentTQuantile(1, 4)).toThrow(RangeError)
    expect(() => studentTQuantile(0.9, 0)).toThrow(RangeError)
  })
})

describe('paired interval', () => {
  it('matches a hand-worked example', () => {
    // Differences 1, 2, 3, 4, 5: mean 3, sd sqrt(2.5), half width 2.7764 * 0.7071.
    const interval = pairedInterval([2, 4, 6, 8, 10], [1, 2, 3, 4, 5])
    expect(interval.mean).toBe(3)
    expect(interval.high - 3).toBeCloseTo(2.7764451051977987 * Math.sqrt(0.5), 9)
    expect(interval.low + interval.high).toBeCloseTo(6, 12)
  })
  it('uses the pairing: a common shift does not widen it', () => {
    const narrow = pairedInterval([10.1, 20.2, 30.1], [10, 20, 30])
    expect(narrow.high - narrow.low).toBeLessThan(0.4)
  })
  it('has no bounds for one pair and refuses unequal lists', () => {
    expect(pairedInterval([2], [1])).toEqual({ mean: 1, low: -Infinity, high: Infinity })
    expect(() => pairedInterval([1, 2], [1])).toThrow(RangeError)
  })
})
