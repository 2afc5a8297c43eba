// What is said about a dataset, and in which order.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datasetOf } from '../../stores/run-fixtures.test-support.ts'
import { data } from '../../text/en/data.ts'
import { home } from '../../text/en/home.ts'
import { healthOf } from './health.ts'

describe('health of a dataset', () => {
  it('is in order when nothing stands out', () => {
    expect(healthOf(datasetOf())).toEqual([{ text: data.fine, tone: 'success' }])
  })

  it('lists what stands out, the most serious first', () => {
    const findings = healthOf(
      datasetOf({
        isReachable: false,
        skipped: 1200,
        missingLabels: 3,
        exactDuplicates: 4,
        setAside: 5
      })
    )
    expect(findings.map((finding) => finding.tone)).toEqual([
      'danger',
      'caution',
      'caution',
      'caution',
      'neutral'
    ])
    expect(findings[0]?.text).toBe(home.unreachable)
    expect(findings[1]?.text).toBe(`1,200 ${home.skipped}`)
  })

  it('does not blame data that has no labels at all', () => {
    expect(healthOf(datasetOf({ classes: [], missingLabels: 10_000 }))).toEqual([
      { text: data.fine, tone: 'success' }
    ])
  })

  it('always says something, and "in order" only alone', () => {
    fc.assert(
      fc.property(
        fc.record({
          skipped: fc.nat(5),
          missingLabels: fc.nat(5),
          exactDuplicates: fc.nat(5),
          setAside: fc.nat(5),
          isReachable: fc.boolean()
        }),
        (part) => {
          const findings = healthOf(datasetOf(part))
          const expected =
            [part.skipped, part.missingLabels, part.exactDuplicates, part.setAside].filter(
              (count) => count > 0
            ).length + (part.isReachable ? 0 : 1)
          expect(findings).toHaveLength(Math.max(1, expected))
          expect(findings.some((finding) => finding.tone === 'success')).toBe(expected === 0)
        }
      )
    )
  })
})
