// What is said about a dataset before any check, and in which order.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { datasetOf } from '../../stores/run-fixtures.test-support.ts'
import { home } from '../../text/home.ts'
import { factsOf } from './health.ts'

describe('facts of a dataset', () => {
  it('lists what stands out, the most serious first', () => {
    const facts = factsOf(datasetOf({ isReachable: false, skipped: 1200, setAside: 5 }))
    expect(facts).toEqual([
      { text: home.unreachable, tone: 'danger' },
      { text: `1,200 ${home.skipped}`, tone: 'caution' },
      { text: `5 ${home.setAside}`, tone: 'neutral' }
    ])
  })

  it('says nothing of what only a check can tell', () => {
    expect(factsOf(datasetOf({ missingLabels: 3, exactDuplicates: 4 }))).toEqual([])
  })

  it('has a word for each thing that is there, and none for what is not', () => {
    fc.assert(
      fc.property(
        fc.record({ skipped: fc.nat(3), setAside: fc.nat(3), isReachable: fc.boolean() }),
        (part) => {
          const expected =
            [part.skipped, part.setAside].filter((count) => count > 0).length +
            (part.isReachable ? 0 : 1)
          expect(factsOf(datasetOf(part))).toHaveLength(expected)
        }
      )
    )
  })
})
