// Folds: every labelled row in exactly one, copies together, classes spread evenly.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRandom } from '../../compute/random.ts'
import { stratifiedFolds } from './folds.ts'

it('copies share a fold, unlabelled rows have none, the same seed gives the same folds', () => {
  fc.assert(
    fc.property(fc.nat(10_000), fc.integer({ min: 1, max: 200 }), (seed, rows) => {
      const random = createRandom(seed)
      const labels = Int32Array.from({ length: rows }, () => random.below(4) - 1)
      const groups = Uint32Array.from({ length: rows }, () => random.below(rows))
      const folds = stratifiedFolds(labels, groups, 5, 0)
      const foldOf = new Map<number, number>()
      for (let row = 0; row < rows; row++) {
        if (labels[row] < 0) {
          expect(folds[row]).toBe(255)
          continue
        }
        expect(folds[row]).toBeLessThan(5)
        expect(foldOf.get(groups[row]) ?? folds[row]).toBe(folds[row])
        foldOf.set(groups[row], folds[row])
      }
      expect(stratifiedFolds(labels, groups, 5, 0)).toEqual(folds)
    })
  )
})

it('classes without copies differ by at most one row between folds', () => {
  const labels = Int32Array.from({ length: 203 }, (_, row) => row % 3)
  const groups = Uint32Array.from(labels, (_, row) => row)
  const folds = stratifiedFolds(labels, groups, 5, 0)
  for (let label = 0; label < 3; label++) {
    const counts = [0, 1, 2, 3, 4].map(
      (fold) => labels.filter((it, row) => it === label && folds[row] === fold).length
    )
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1)
  }
})
