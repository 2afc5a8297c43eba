// A view of some rows: the same numbers whichever way they are read, stored 16-bit floats included.
import { describe, expect, it } from 'vitest'
import { halfToNumber } from '../datasets/readers/arrays/array-types.ts'
import { halves, testRows } from '../compute/blocks/blocks.test-support.ts'
import { createRandom } from '../compute/random.ts'
import type { FeatureSource } from '../features/feature-matrix.ts'
import { mapRows } from './mapped-features.ts'

const columns = 4000
const rows = 60
const values = halves(3, rows * columns)

function source(): FeatureSource {
  const { raw, readBlock } = testRows(values, columns)
  const readRows: FeatureSource['readRows'] = async (wanted) => {
    const out = new Float32Array(wanted.length * columns)
    for (const [at, row] of Array.from(wanted).entries())
      out.set(await readBlock(row, 1), at * columns)
    return out
  }
  if (raw === undefined) throw new Error('stored rows are what is tested')
  return { rows, columns, raw, readBlock, readRows, close: () => Promise.resolve() }
}

const rowOf = (row: number): number[] =>
  Array.from(values.subarray(row * columns, (row + 1) * columns), halfToNumber)

describe('some rows of a matrix', () => {
  const lists: readonly (readonly [string, Uint32Array])[] = [
    ['all of them', Uint32Array.from({ length: rows }, (_, i) => i)],
    ['nearly all', Uint32Array.from({ length: rows - 2 }, (_, i) => (i < 7 ? i : i + 2))],
    ['few, far apart', Uint32Array.of(0, 1, 20, 41, 59)],
    ['in any order', createRandom(1).sample(rows, 30)]
  ]

  it.each(lists)('%s: stored and widened rows agree', async (_, list) => {
    const view = mapRows(source(), list)
    expect(view.raw?.type).toBe('float16')
    for (const [start, count] of [
      [0, list.length],
      [2, Math.min(3, list.length - 2)]
    ]) {
      const stored = new Uint16Array(count * columns)
      await view.raw?.readInto(start, count, new Uint8Array(stored.buffer))
      const expected = [...list.subarray(start, start + count)].flatMap(rowOf)
      expect(Array.from(stored, halfToNumber)).toEqual(expected)
      expect([...(await view.readBlock(start, count))]).toEqual(expected)
    }
  })
})
