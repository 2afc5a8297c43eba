// Whole columns of a dataset as typed arrays, read as a stream of rows.
import { createHash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { JsonValue } from '../../api/dto/common.ts'
import { parseExtra, rowsPerDataset } from './item-rows.ts'
import type { ItemColumns } from './records.ts'

/** Reads whole columns; `first` and `zero` are the id of row 0. */
export interface ColumnReader {
  count(first: number): number
  columns(first: number): ItemColumns
  values(first: number, column: string): string[]
  numbers(zero: number, columns: readonly string[], first: number, size: number): Float64Array
  hash(first: number): string
}

/** Reader over the `items` table. */
export function createColumnReader(db: Database): ColumnReader {
  // Rows are contiguous from 0, so the last one tells their number.
  const last = db
    .prepare<[number, number], number | null>('SELECT MAX(id) FROM items WHERE id >= ? AND id < ?')
    .pluck()
  const facts = db
    .prepare<[number, number], (number | null)[]>(
      `SELECT label, split, aside, duplicate_of, size_bytes, text_length
       FROM items WHERE id >= ? AND id < ? ORDER BY id`
    )
    .raw()
  const extras = db
    .prepare<[number, number], [number, string]>(
      'SELECT id, extra FROM items WHERE id >= ? AND id < ? AND extra IS NOT NULL ORDER BY id'
    )
    .raw()
  const prints = db
    .prepare<[number, number], [Buffer, number]>(
      'SELECT fingerprint, label FROM items WHERE id >= ? AND id < ? ORDER BY id'
    )
    .raw()

  function count(first: number): number {
    const found = last.get(first, first + rowsPerDataset) ?? null
    return found === null ? 0 : found - first + 1
  }

  return {
    count,
    columns(first) {
      const total = count(first)
      const labels = new Int32Array(total)
      const splits = new Uint8Array(total)
      const aside = new Uint8Array(total)
      const firstSame = new Uint32Array(total)
      const sizes = new Float64Array(total)
      const textLengths = new Uint32Array(total)
      let row = 0
      for (const values of facts.iterate(first, first + total)) {
        labels[row] = values[0] ?? -1
        splits[row] = values[1] ?? 0
        aside[row] = values[2] ?? 0
        firstSame[row] = values[3] ?? row
        sizes[row] = values[4] ?? 0
        textLengths[row] = values[5] ?? 0
        row++
      }
      return { labels, splits, aside, firstSame, sizes, textLengths }
    },
    values(first, column) {
      const total = count(first)
      const values = new Array<string>(total).fill('')
      for (const [id, extra] of extras.iterate(first, first + total)) {
        const value = own(parseExtra(extra), column)
        if (value === undefined || value === null) continue
        values[id - first] = typeof value === 'object' ? JSON.stringify(value) : String(value)
      }
      return values
    },
    numbers(zero, columns, first, size) {
      const block = new Float64Array(size * columns.length).fill(Number.NaN)
      for (const [id, extra] of extras.iterate(zero + first, zero + first + size)) {
        const values = parseExtra(extra)
        columns.forEach((column, index) => {
          const value = own(values, column)
          if (typeof value === 'number') block[(id - zero - first) * columns.length + index] = value
        })
      }
      return block
    },
    hash(first) {
      const digest = createHash('sha256')
      const entry = Buffer.alloc(36)
      for (const [fingerprint, label] of prints.iterate(first, first + rowsPerDataset)) {
        fingerprint.copy(entry)
        entry.writeInt32LE(label, 32)
        digest.update(entry)
      }
      return digest.digest('hex')
    }
  }
}

/** A column may be called "constructor"; only what was stored counts. */
function own(values: Record<string, JsonValue>, column: string): JsonValue | undefined {
  return Object.hasOwn(values, column) ? values[column] : undefined
}
