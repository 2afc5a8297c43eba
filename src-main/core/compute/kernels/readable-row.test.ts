import { expect, it } from 'vitest'
import { isReadable } from './readable-row.ts'

it('tells rows that can be used from those that cannot', () => {
  const values = Float32Array.from([1, 2, 0, 0, NaN, 1, 1, Infinity, 3e38, 0, 1e14, 1e14])
  const found = [0, 2, 4, 6, 8, 10].map((at) => isReadable(values, at, 2))
  expect(found).toEqual([true, true, false, false, false, true])
})
