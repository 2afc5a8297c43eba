// What comes in and what leaves, beside a search that fits everything anew for every column.
import { describe, expect, it } from 'vitest'
import { nnls } from '../../../compute/kernels/nnls.ts'
import { candidatesOf, widen } from './columns.ts'
import { lengthOf } from './dictionary.ts'
import { leaveOut } from './leave-out.ts'
import { denseDictionary, gaussianColumns, mixture } from './pursuit.test-support.ts'
import { takeIn } from './take-in.ts'

const rows = 30
const columns = gaussianColumns(5, rows, 60)
const dictionary = denseDictionary(columns)
const target = mixture(
  columns,
  [...columns.keys()],
  columns.map((_, i) => (i % 3) / 60)
)
const signal = new AbortController().signal

/** Least squares (weights of any sign) by the normal equations of a few columns. */
async function leastSquares(
  chosen: readonly number[]
): Promise<{ weights: number[]; left: Float64Array }> {
  const places = Uint32Array.from(chosen)
  const n = chosen.length
  const a = [...(await dictionary.gram(places))]
  const b = chosen.map((place) =>
    columns[place].reduce((sum, value, i) => sum + value * target[i], 0)
  )
  for (let p = 0; p < n; p++)
    for (let r = p + 1; r < n; r++) {
      const share = a[r * n + p] / a[p * n + p]
      for (let c = p; c < n; c++) a[r * n + c] -= share * a[p * n + c]
      b[r] -= share * b[p]
    }
  const weights = b.slice()
  for (let p = n - 1; p >= 0; p--) {
    for (let c = p + 1; c < n; c++) weights[p] -= a[p * n + c] * weights[c]
    weights[p] /= a[p * n + p]
  }
  const sum = mixture(columns, chosen, weights)
  return { weights, left: target.map((value, i) => value - sum[i]) }
}

describe('columns that come in', () => {
  it('lower the error most, one after the other', async () => {
    const chosen = [3, 17, 40]
    const fit = await leastSquares(chosen)
    const places = Uint32Array.from(chosen)
    const products = Float32Array.from(columns, (column) =>
      column.reduce((sum, value, i) => sum + value * fit.left[i], 0)
    )
    const candidates = candidatesOf(dictionary, products, places, 60)
    const choice = {
      columns: places,
      weights: Float64Array.from(fit.weights),
      gram: await dictionary.gram(places)
    }
    const groupOf = new Int16Array(chosen.length + candidates.length)
    const limits = { width: 4, ridge: 0, signal }
    const found = await takeIn(dictionary, choice, products, candidates, groupOf, limits)
    expect(found.length).toBe(4)
    // The first two are those of an exhaustive search; each one's weight must come in positive.
    const sofar = [...chosen]
    for (const next of [...found].slice(0, 2)) {
      const { left } = await leastSquares(sofar)
      let best = -1
      let least = Infinity
      for (const column of candidates) {
        if (sofar.includes(column)) continue
        const slope = columns[column].reduce((sum, value, i) => sum + value * left[i], 0)
        const error = lengthOf((await leastSquares([...sofar, column])).left)
        if (slope > 0 && error < least) [best, least] = [column, error]
      }
      expect(next).toBe(best)
      sofar.push(next)
    }
  })

  it('are no repeats of each other or of those in use', async () => {
    const copies = denseDictionary([
      ...columns,
      ...columns.map((column) => column.map((v) => 2 * v))
    ])
    const products = Float32Array.from({ length: 120 }, (_, i) => (i < 60 ? 1 : 2) * (1 + (i % 60)))
    const inUse = Uint32Array.of(59)
    const candidates = candidatesOf(copies, products, inUse, 120)
    expect(candidates.includes(59)).toBe(false)
    const choice = { columns: inUse, weights: Float64Array.of(1), gram: await copies.gram(inUse) }
    const limits = { width: 25, ridge: 0, signal }
    const groupOf = new Int16Array(1 + candidates.length)
    const found = await takeIn(copies, choice, products, candidates, groupOf, limits)
    const single = [...found].map((column) => column % 60)
    expect(new Set([...single, 59]).size).toBe(found.length + 1)
  })

  it('stops when it is told to', async () => {
    const aborted = AbortSignal.abort(new Error('stopped'))
    const none = {
      columns: new Uint32Array(0),
      weights: new Float64Array(0),
      gram: new Float64Array(0)
    }
    const products = new Float32Array(60).fill(1)
    const limits = { width: 3, ridge: 0, signal: aborted }
    const places = Uint32Array.of(1, 2, 3)
    await expect(
      takeIn(dictionary, none, products, places, new Int16Array(3), limits)
    ).rejects.toThrow('stopped')
  })
})

describe('columns that leave', () => {
  it('cost least, one after the other', async () => {
    const all = [2, 9, 11, 23, 31, 38, 44, 52]
    const places = Uint32Array.from(all)
    const gram = await dictionary.gram(places)
    const linear = Float64Array.from(all, (place) =>
      columns[place].reduce((sum, value, i) => sum + value * target[i], 0)
    )
    const { weights } = nnls({ gram, linear, ridge: 0 })
    const positive = all.filter((_, at) => weights[at] > 0)
    let left = positive
    while (left.length > 3) {
      const errors = await Promise.all(
        left.map(async (gone) =>
          lengthOf((await leastSquares(left.filter((place) => place !== gone))).left)
        )
      )
      const next = errors.indexOf(Math.min(...errors))
      left = left.filter((_, at) => at !== next)
    }
    const group = Uint32Array.from(positive, (place) => all.indexOf(place))
    const kept = leaveOut(gram, weights, [group], 3, 0)
    expect([...kept.places].map((at) => all[at])).toEqual(left)
    // Those that stay have taken over what they can.
    const again = await leastSquares(left)
    kept.weights.forEach((weight, i) => expect(weight).toBeCloseTo(again.weights[i], 6))
  })
})

describe('matrices', () => {
  it('are widened by new lines', async () => {
    const places = Uint32Array.of(4, 8, 15, 16, 23)
    const first = await dictionary.gram(places.subarray(0, 3))
    const lines = await dictionary.gram(places.subarray(3), places)
    expect(widen(first, lines, 3, 2)).toEqual(await dictionary.gram(places))
  })
})
