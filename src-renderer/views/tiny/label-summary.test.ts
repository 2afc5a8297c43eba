// How sure labels are, by label.
import { expect, it } from 'vitest'
import { tinyItemOf } from '../../stores/distil-fixtures.test-support.ts'
import { labelSummaries } from './label-summary.ts'

it('takes the mean of the largest shares and the name that comes next most often', () => {
  const shares = (...pairs: [string, number][]) =>
    pairs.map(([name, share01]) => ({ name, share01 }))
  const items = [
    tinyItemOf(0, { shares: shares(['boot', 0.9], ['bag', 0.1]) }),
    tinyItemOf(2, { shares: shares(['bag', 0.5], ['boot', 0.4]) }),
    tinyItemOf(4, { shares: shares(['boot', 0.7], ['shoe', 0.3]) }),
    tinyItemOf(1, { shares: [] })
  ]
  const [boot, shoe] = labelSummaries(items)
  expect(boot).toMatchObject({ label: 'boot', items: 3, second: 'bag' })
  expect(boot?.top01).toBeCloseTo(0.7)
  expect(shoe).toEqual({ label: 'shoe', items: 1, top01: null, second: null })
  expect(labelSummaries([])).toEqual([])
})
