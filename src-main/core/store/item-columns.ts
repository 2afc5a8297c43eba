// Whole columns of a dataset as typed arrays, and slices of names and other values, read as a
// stream of rows.
import type { Hash } from 'node:crypto'
import type { Database } from 'better-sqlite3'
import type { JsonValue } from '../../api/dto/common.ts'
import { parseExtra, rowsPerDataset } from './item-rows.ts'
import type { ItemColumns } from './records.ts'

/** Reads columns; `zero` is the id of row 0, `first` and `size` say which rows. */
export interface ColumnReader {
  count(zero: number): number
  fill(zero: number, into: ItemColumns, first: number, size: number): void
  names(zero: number, first: number, size: number): string[]
  values(
    zero: number,
    columns: readonly string[],
    first: number,
    size: number
  ): (JsonValue | undefined)[][]
  numbers(zero: number, columns: readonly string[], first: number, size: number): Float64Array
  /** Adds fingerprint and label of each row to a digest. */
  hash(zero: number, digest: Hash, first: number, size: number): void
}

/** Columns of `items` rows, all zero. */
export function emptyColumns(items: number): ItemColumns {
  return {
    labels: new Int32Array(items),
    splits: new Uint8Array(items),
    aside: new Uint8Array(items),
    firstSame: new Uint32Array(items),
    sizes: new Float64Array(items),
    textLengths: new Uint32Array(items),
    widths: new Uint32Array(items),
    heights: new Uint32Array(items),
    givenLabels: new Int32Array(items),
    noted: new Uint8Array(items)
  }
}

/** Reader over the `items` table. */
export function createColumnReader(db: Database): ColumnReader {
  // Rows are contiguous from 0, so the last one tells their number.
  const last = db
    .prepare<[number, number], number | null>('SELECT MAX(id) FROM items WHERE id >= ? AND id < ?')
    .pluck()
  const facts = db
    .prepare<[number, number], (number | null)[]>(
      `SELECT label, split, aside, duplicate_of, size_bytes, text_length, width, height
       FROM items WHERE id >= ? AND id < ? ORDER BY id`
    )
    .raw()
  // Notes and changed labels lie behind the texts in a row; their indexes save reading those.
  const relabelled = db
    .prepare<[number, number, number], [number, number]>(
      `SELECT id, given_label FROM items INDEXED BY items_relabelled
       WHERE dataset = ? AND id >= ? AND id < ? AND given_label IS NOT NULL`
    )
    .raw()
  const noted = db
    .prepare<[number, number, number], number>(
      `SELECT id FROM items INDEXED BY items_with_note
       WHERE dataset = ? AND id >= ? AND id < ? AND note IS NOT NULL`
    )
    .pluck()
  const names = db
    .prepare<[number, number], string>(
      'SELECT name FROM items WHERE id >= ? AND id < ? ORDER BY id'
    )
    .pluck()
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

  return {
    count(zero) {
      const found = last.get(zero, zero + rowsPerDataset) ?? null
      return found === null ? 0 : found - zero + 1
    },
    fill(zero, into, first, size) {
      const from = zero + first
      let row = first
      for (const values of facts.iterate(from, from + size)) {
        into.labels[row] = values[0] ?? -1
        into.splits[row] = values[1] ?? 0
        into.aside[row] = values[2] ?? 0
        into.firstSame[row] = values[3] ?? row
        into.sizes[row] = values[4] ?? 0
        into.textLengths[row] = values[5] ?? 0
        into.widths[row] = values[6] ?? 0
        into.heights[row] = values[7] ?? 0
        row++
      }
      into.givenLabels.set(into.labels.subarray(first, row), first)
      const dataset = Math.floor(zero / rowsPerDataset)
      for (const [id, given] of relabelled.iterate(dataset, from, from + size))
        into.givenLabels[id - zero] = given
      for (const id of noted.iterate(dataset, from, from + size)) into.noted[id - zero] = 1
    },
    names: (zero, first, size) => names.all(zero + first, zero + first + size),
    values(zero, columns, first, size) {
      const slices = columns.map(() => new Array<JsonValue | undefined>(size).fill(undefined))
      for (const [id, extra] of extras.iterate(zero + first, zero + first + size)) {
        const values = parseExtra(extra)
        for (let i = 0; i < columns.length; i++)
          slices[i][id - zero - first] = own(values, columns[i])
      }
      return slices
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
    hash(zero, digest, first, size) {
      const entry = Buffer.alloc(36)
      const end = Math.min(first + size, rowsPerDataset)
      for (const [fingerprint, label] of prints.iterate(zero + first, zero + end)) {
        fingerprint.copy(entry)
        entry.writeInt32LE(label, 32)
        digest.update(entry)
      }
    }
  }
}

/** A kept value as filters and groups compare it: "" when missing, lists as JSON. */
export function valueText(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** A column may be called "constructor"; only what was stored counts. */
function own(values: Record<string, JsonValue>, column: string): JsonValue | undefined {
  return Object.hasOwn(values, column) ? values[column] : undefined
}
