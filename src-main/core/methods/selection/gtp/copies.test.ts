import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { copyKey, firstCopies } from './copies.ts'

const keyOf = (values: readonly number[], label: number): number =>
  copyKey(Float32Array.from(values), 0, values.length, label)

describe('copies', () => {
  it('have equal keys; another number, order or label gives another', () => {
    const value = fc.float({ noNaN: true, min: -100, max: 100 })
    fc.assert(
      fc.property(fc.array(value, { minLength: 2, maxLength: 9 }), fc.nat(20), (values, label) => {
        const key = keyOf(values, label)
        expect(keyOf(values, label)).toBe(key)
        expect(Number.isSafeInteger(key)).toBe(true)
        expect(keyOf(values, label + 1)).not.toBe(key)
        expect(keyOf([...values.slice(1), values[0] + 1], label)).not.toBe(key)
        const swapped = [values[1], values[0], ...values.slice(2)]
        if (!Object.is(values[0], values[1])) expect(keyOf(swapped, label)).not.toBe(key)
      })
    )
  })

  it('are counted towards the first of them', () => {
    const rows = Uint32Array.of(3, 0, 2, 1)
    expect([...firstCopies(rows, Float64Array.of(7, 8, 7, 8))]).toEqual([0, 0, 3, 3])
    expect([...firstCopies(rows, Float64Array.of(1, 2, 3, 4))]).toEqual([0, 1, 2, 3])
  })
})
