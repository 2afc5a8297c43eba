// Likeness of one row to all others against a plain calculation in float64.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { alikeTo } from './alike.ts'
import type { FeatureSource } from './feature-matrix.ts'

const never = new AbortController().signal

function sourceOf(rows: readonly (readonly number[])[]): FeatureSource {
  const values = Float32Array.from(rows.flat())
  const columns = rows[0].length
  return {
    rows: rows.length,
    columns,
    readBlock: async (start, count) => {
      if (start + count > rows.length) throw new RangeError('not there')
      return values.slice(start * columns, (start + count) * columns)
    },
    readRows: async () => new Float32Array(0),
    close: async () => undefined
  }
}

async function alike(
  rows: readonly (readonly number[])[],
  row: number,
  likeness: 'direction' | 'distance'
): Promise<Float32Array> {
  const search = alikeTo(sourceOf(rows), { row, likeness }, never)
  for (;;) {
    const step = await search.next()
    if (step.done === true) return step.value
  }
}

const anyRows = fc
  .integer({ min: 1, max: 6 })
  .chain((columns) =>
    fc.array(
      fc.array(fc.integer({ min: -9, max: 9 }), { minLength: columns, maxLength: columns }),
      { minLength: 1, maxLength: 20 }
    )
  )

describe('more like this', () => {
  it('is the cosine, with opposites and rows without content at 0 and itself at 1', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const found = await alike(rows, 0, 'direction')
        const dot = (a: readonly number[], b: readonly number[]): number =>
          a.reduce((sum, value, j) => sum + value * b[j], 0)
        rows.forEach((row, i) => {
          const length = Math.sqrt(dot(row, row) * dot(rows[0], rows[0]))
          const cosine = length === 0 ? 0 : Math.max(0, dot(row, rows[0]) / length)
          expect(found[i]).toBeCloseTo(i === 0 ? 1 : cosine, 5)
        })
      })
    )
  })

  it('is nearness for columns of a table: the same is 1, further is less', async () => {
    await fc.assert(
      fc.asyncProperty(anyRows, async (rows) => {
        const found = await alike(rows, 0, 'distance')
        rows.forEach((row, i) => {
          const squares = row.reduce((sum, value, j) => sum + (value - rows[0][j]) ** 2, 0)
          expect(found[i]).toBeCloseTo(1 / (1 + Math.sqrt(squares / row.length)), 5)
        })
      })
    )
  })

  it('takes numbers that are none as like nothing', async () => {
    const rows = [
      [1, 2],
      [Number.NaN, 1],
      [Infinity, 0]
    ]
    expect(Array.from(await alike(rows, 0, 'direction'))).toEqual([1, 0, 0])
    expect(Array.from(await alike(rows, 0, 'distance'))).toEqual([1, 0, 0])
  })

  it('refuses a row that is not there', async () => {
    await expect(alike([[1]], 1, 'direction')).rejects.toThrow(RangeError)
  })
})
