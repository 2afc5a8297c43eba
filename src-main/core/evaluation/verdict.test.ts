// Every branch of the verdict rule, with the sentences as a person reads them.
import { describe, expect, it } from 'vitest'
import { percentShort, signedPoints, verdictOf, type VerdictInputs } from './verdict.ts'

function inputs(change: Partial<VerdictInputs> = {}): VerdictInputs {
  return {
    repeats: 5,
    testItems: 2000,
    chosen: { mean: 0.7885, sd: 0.004 },
    all: { mean: 0.83, sd: 0.002 },
    difference: { mean: 0.081, low: 0.069, high: 0.093 },
    differenceToStratified: { mean: 0.07, low: 0.06, high: 0.08 },
    keptShare01: 0.1,
    ...change
  }
}

describe('verdict', () => {
  it('says that choosing helped when the interval lies above zero', () => {
    expect(verdictOf(inputs())).toEqual({
      kind: 'helped',
      verdict:
        'Choosing helped: +8.1 points (6.9 to 9.3). All data: 83.0 %. You keep 95 % of that with 10 % of the items.',
      cautions: []
    })
  })
  it('says that there is no clear difference when the interval holds zero', () => {
    const verdict = verdictOf(inputs({ difference: { mean: 0.006, low: -0.011, high: 0.023 } }))
    expect(verdict.kind).toBe('no-difference')
    expect(verdict.verdict).toContain(
      'No clear difference from random (+0.6, \u22121.1 to 2.3). Try another method or more items.'
    )
  })
  it('counts a bound of exactly zero as no clear difference, on either side', () => {
    expect(verdictOf(inputs({ difference: { mean: 0.01, low: 0, high: 0.02 } })).kind).toBe(
      'no-difference'
    )
    expect(verdictOf(inputs({ difference: { mean: -0.01, low: -0.02, high: 0 } })).kind).toBe(
      'no-difference'
    )
    expect(verdictOf(inputs({ difference: { mean: 0, low: 0, high: 0 } })).verdict).toContain(
      '(+0.0, 0.0 to 0.0)'
    )
  })
  it('says not to use the set when random did better', () => {
    const verdict = verdictOf(inputs({ difference: { mean: -0.024, low: -0.03, high: -0.018 } }))
    expect(verdict.kind).toBe('worse')
    expect(verdict.verdict).toContain('Random did better here (\u22122.4). Do not use this set.')
  })
  it('never decides from one repeat', () => {
    const verdict = verdictOf(inputs({ repeats: 1, difference: { mean: 0.2, low: -1, high: 1 } }))
    expect(verdict.kind).toBe('no-difference')
    expect(verdict.verdict).toContain('One repeat cannot tell')
    expect(verdict.cautions).toContain('Rough estimate: only 1 repeat. Use 3 or more.')
  })
  it('adds "Rough estimate" below 3 repeats or 200 test items', () => {
    expect(verdictOf(inputs({ repeats: 2 })).verdict).toMatch(/Rough estimate\.$/)
    expect(verdictOf(inputs({ repeats: 2 })).cautions).toEqual([
      'Rough estimate: only 2 repeats. Use 3 or more.'
    ])
    expect(verdictOf(inputs({ testItems: 199 })).verdict).toMatch(/Rough estimate\.$/)
    expect(verdictOf(inputs({ testItems: 199 })).cautions[0]).toContain('only 199 test items')
    expect(verdictOf(inputs({ testItems: 200, repeats: 3 })).verdict).not.toContain('Rough')
  })
  it('warns when the class mix alone explains the gain', () => {
    const verdict = verdictOf(
      inputs({ differenceToStratified: { mean: 0.001, low: -0.01, high: 0.012 } })
    )
    expect(verdict.kind).toBe('helped')
    expect(verdict.cautions[0]).toContain('(+0.1, \u22121.0 to 1.2)')
  })
  it('leaves the share out when all data learned nothing', () => {
    expect(verdictOf(inputs({ all: { mean: 0, sd: 0 } })).verdict).not.toContain('You keep')
  })
})

describe('numbers', () => {
  it('uses a typographic minus and never a negative zero', () => {
    expect(signedPoints(-0.0004)).toBe('+0.0')
    expect(signedPoints(-0.0006)).toBe('\u22120.1')
    expect(signedPoints(0.1234)).toBe('+12.3')
  })
  it('writes shares short', () => {
    expect([0.1, 0.25, 0.055, 0.004, 1, 0.998].map(percentShort)).toEqual([
      '10 %',
      '25 %',
      '5.5 %',
      '0.4 %',
      '100 %',
      '99.8 %'
    ])
  })
})
