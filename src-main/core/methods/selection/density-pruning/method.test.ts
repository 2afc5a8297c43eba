// Quotas (golden vector G6), and density pruning on crowded and thin areas.
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device } from '../../../compute/devices/device.ts'
import { boundedShares, roundShares } from '../../../compute/kernels/bounded-shares.ts'
import { createRandom } from '../../../compute/random.ts'
import { openTestDevice } from '../../../compute/wasm.test-support.ts'
import {
  caseOf,
  chosenOf,
  describeCoverageMethod,
  makeCoverageCase,
  runMethod
} from '../../coverage/coverage.test-support.ts'
import method from './method.ts'
import { cellPlaces, complexities, complexityShares, wholePlaces } from './quota.ts'

describeCoverageMethod(method as never, {
  variants: [{}, { mix: 'free', inside: 'hard', cells: 4, temperature: 0.05, alikePercent: 100 }],
  small: {}
})

let device: Device
beforeAll(async () => {
  device = await openTestDevice()
})

describe('quotas', () => {
  it('are those of the golden vector', () => {
    const shares = complexityShares([0.1, 0.2, 0.3, 0.4], 0.1)
    const expected = [0.0321, 0.0871, 0.2369, 0.6439]
    shares.forEach((share, j) => expect(share).toBeCloseTo(expected[j], 4))
    const places = cellPlaces(shares, [50, 40, 30, 20], 100, 1)
    const wanted = [22.2457, 27.7543, 30, 20]
    places.forEach((place, j) => expect(place).toBeCloseTo(wanted[j], 4))
    expect(roundShares(places, [50, 40, 30, 20])).toEqual([22, 28, 30, 20])
  })

  it('are equal when the temperature is high, and all rows when all are kept', () => {
    const shares = complexityShares([0.1, 0.5, NaN, 2], 1e9)
    for (const share of shares) expect(share).toBeCloseTo(0.25, 6)
    expect(wholePlaces(shares, [30, 30, 30, 30], 40)).toEqual([10, 10, 10, 10])
    expect(wholePlaces([0.7, 0.2, 0.1], [5, 9, 2], 16)).toEqual([5, 9, 2])
  })

  it('add up, keep their bounds, and are the nearest such numbers', () => {
    const cells = fc.array(
      fc.record({
        wish: fc.double({ min: 0, max: 50, noNaN: true }),
        size: fc.integer({ min: 1, max: 40 })
      }),
      { minLength: 1, maxLength: 12 }
    )
    fc.assert(
      fc.property(cells, fc.double({ min: 0, max: 1, noNaN: true }), (list, fill) => {
        const sizes = list.map(({ size }) => size)
        const all = sizes.reduce((a, b) => a + b, 0)
        const total = Math.round(fill * all)
        const wishes = list.map(({ wish }) => wish)
        const low = sizes.map((size) => Math.min(size - 1, Math.floor(total / sizes.length / 2)))
        const shares = boundedShares(wishes, low, sizes, total)
        expect(shares.reduce((a, b) => a + b, 0)).toBeCloseTo(total, 6)
        // Optimal: moving a little from one share to another never helps.
        shares.forEach((from, a) => {
          shares.forEach((to, b) => {
            if (a === b || from <= low[a] + 1e-6 || to >= sizes[b] - 1e-6) return
            expect(from - wishes[a]).toBeLessThanOrEqual(to - wishes[b] + 1e-6)
          })
        })
        const whole = roundShares(shares, sizes)
        expect(whole.reduce((a, b) => a + b, 0)).toBe(total)
        whole.forEach((count, j) => {
          expect(Number.isInteger(count) && count <= sizes[j] && count >= low[j]).toBe(true)
          expect(Math.abs(count - shares[j])).toBeLessThan(1 + 1e-6)
        })
      })
    )
    expect(() => boundedShares([1, 1], [1, 1], [2, 2], 5)).toThrow(RangeError)
  })

  it('grow with the distance inside a cell and from the others', () => {
    const centroids = Float32Array.of(1, 0, 0, 1, -1, 0)
    const [a, b, c] = complexities([0.1, 0.1, 0.2], centroids, 2)
    expect([a, b, c].map((value) => value.toFixed(6))).toEqual(['0.150000', '0.100000', '0.300000'])
    expect(complexities([0.4], Float32Array.of(1, 0), 2)).toEqual([0.4])
  })
})

describe('density pruning', () => {
  it('keeps a larger part of a wide group than of a crowded one', async () => {
    const random = createRandom(3)
    const rows = 400
    // 300 rows around one direction, 100 spread around the opposite one.
    const values = new Float32Array(rows * 3)
    for (let row = 0; row < rows; row++) {
      const isWide = row >= 300
      const spread = isWide ? 0.7 : 0.15
      values[3 * row] = (isWide ? -1 : 1) + spread * random.normal()
      values[3 * row + 1] = spread * random.normal()
      values[3 * row + 2] = spread * random.normal()
    }
    const { inputs } = caseOf(values, 3, new Int32Array(rows).fill(-1), 1, 80)
    const params = { cells: 8, temperature: 0.05, alikePercent: 100 }
    const { selection } = await runMethod(device, method as never, inputs, params)
    const wide = chosenOf(selection).filter((row) => row >= 300).length
    expect(wide / 100).toBeGreaterThan((2 * (80 - wide)) / 300)
  })

  it('keeps as many of every cell as its quota says, and repeats last', async () => {
    const { inputs } = makeCoverageCase(4, {
      rows: 200,
      columns: 5,
      classes: 2,
      budget: 70,
      copies: 4
    })
    const params = { mix: 'free', cells: 6, alikePercent: 99.99, inside: 'hard' }
    const { selection } = await runMethod(device, method as never, inputs, params)
    const { cellRows, cellKept, cellPlace, alike } = selection.columns
    const chosen = new Set(chosenOf(selection))
    for (let row = 0; row < 200; row++) {
      expect(cellRows[row] === 0).toBe(alike[row] >= 0.9999)
      if (cellRows[row] > 0) expect(chosen.has(row)).toBe(cellPlace[row] <= cellKept[row])
      else expect(chosen.has(row)).toBe(false)
    }
  })
})
