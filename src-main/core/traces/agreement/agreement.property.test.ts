// What holds for any answers: order of raters and names of answers do not matter.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { wilson95 } from './intervals.ts'
import { nominalAlpha } from './krippendorff.ts'
import { kappaOf, percentOf, tableOf, type PairTable } from './pair-table.ts'

const answer = fc.constantFrom('a', 'b', 'c', 'd')
const pairs = fc.array(fc.tuple(answer, answer), { minLength: 1, maxLength: 40 })
const renamed: Readonly<Record<string, string>> = { a: 'z', b: 'x', c: 'y', d: 'w' }

function near(a: number | null, b: number | null): void {
  if (a === null || b === null) expect(a).toBe(b)
  else expect(a).toBeCloseTo(b, 10)
}

it('kappa is the same with the raters, or the names of answers, exchanged', () => {
  fc.assert(
    fc.property(pairs, (all) => {
      const table = tableOf(all)
      const kappa = kappaOf(table)
      near(kappaOf(tableOf(all.map(([a, b]) => [b, a] as const))), kappa)
      near(kappaOf(tableOf(all.map(([a, b]) => [renamed[a], renamed[b]] as const))), kappa)
      if (kappa !== null) {
        expect(kappa).toBeLessThanOrEqual(1)
        expect(kappa).toBeGreaterThanOrEqual(-1 - 1e-12)
        // By chance alone raters agree somewhat: kappa is never above the plain share.
        expect(kappa).toBeLessThanOrEqual(percentOf(table) + 1e-12)
      }
    })
  )
})

it('kappa weighted by squares does not change when a scale is shifted, turned or stretched', () => {
  const scale = fc.array(fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 })))
  const moved = (
    all: readonly (readonly [number, number])[],
    by: (it: number) => number
  ): PairTable => tableOf(all.map(([a, b]) => [by(a), by(b)] as const))
  fc.assert(
    fc.property(scale, (all) => {
      const kappa = kappaOf(tableOf(all), 'quadratic')
      near(
        kappaOf(
          moved(all, (it) => 6 - it),
          'quadratic'
        ),
        kappa
      )
      near(
        kappaOf(
          moved(all, (it) => 10 + 3 * it),
          'quadratic'
        ),
        kappa
      )
    })
  )
})

it('alpha does not depend on the order of raters and units, nor on names and empty places', () => {
  const unit = fc.array(fc.option(answer), { minLength: 1, maxLength: 4 })
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 20 }), (units) => {
      const alpha = nominalAlpha(units)
      near(nominalAlpha(units.map((it) => [...it].reverse()).reverse()), alpha)
      near(nominalAlpha(units.map((it) => [...it, null])), alpha)
      near(nominalAlpha(units.map((it) => it.map((a) => (a === null ? a : renamed[a])))), alpha)
      if (alpha !== null) expect(alpha).toBeLessThanOrEqual(1)
    })
  )
})

it('Wilson’s interval holds the share and mirrors', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), (a, b) => {
      const { low, high } = wilson95(a, a + b)
      const share = a + b === 0 ? 0.5 : a / (a + b)
      expect(low).toBeLessThanOrEqual(share + 1e-12)
      expect(high).toBeGreaterThanOrEqual(share - 1e-12)
      const mirrored = wilson95(b, a + b)
      near(1 - mirrored.high, low)
    })
  )
})
