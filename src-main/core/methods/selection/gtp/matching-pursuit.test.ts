import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { nnls } from '../../../compute/kernels/nnls.ts'
import { matchingPursuit } from './matching-pursuit.test-support.ts'
import { denseDictionary, gaussianColumns } from './pursuit.test-support.ts'

describe('the reference', () => {
  it('has the exact fit of its columns at every step, also where some have left', async () => {
    let left = 0
    await fc.assert(
      fc.asyncProperty(fc.nat(10_000), async (seed) => {
        // Few numbers and a target of any sign: weights turn negative again and again.
        const columns = gaussianColumns(seed, 12, 80)
        const dictionary = denseDictionary(columns)
        const target = gaussianColumns(seed + 1, 12, 1)[0]
        let before = 0
        let error = 1
        for await (const step of matchingPursuit(dictionary, target, 10)) {
          const gram = await dictionary.gram(step.columns)
          const linear = Float64Array.from(step.columns, (column) =>
            columns[column].reduce((sum, value, i) => sum + value * target[i], 0)
          )
          const exact = nnls({ gram, linear, ridge: 0 }).weights
          step.weights.forEach((weight, i) => {
            expect(weight).toBeGreaterThan(0)
            expect(weight).toBeCloseTo(exact[i], 5)
          })
          expect(step.error).toBeLessThan(error * (1 + 1e-6))
          error = step.error
          if (step.columns.length <= before) left++
          before = step.columns.length
        }
      }),
      { numRuns: 40 }
    )
    expect(left).toBeGreaterThan(0)
  })
})
