// One record of a table or JSON Lines file before its columns have a meaning.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { PictureCell } from './records/picture-cell.ts'

/** A JSON value, pictures that came with the row, or undefined for a missing value. */
export type Cell = JsonValue | PictureCell | undefined

export interface RawRow {
  /** Position in the file, 1-based, the header and blank lines counted. */
  readonly number: number
  /** In the order of the columns; undefined = missing. Empty when `problem` is set. */
  readonly cells: readonly Cell[]
  readonly problem: string | undefined
  /** Where it is, when that is not "Row <number>". */
  readonly where?: string
}

/** Where a row is, for people. */
export function whereOf(row: Pick<RawRow, 'number' | 'where'>): string {
  return row.where ?? `Row ${row.number}`
}

export interface RawBlock {
  readonly rows: readonly RawRow[]
  /** Bytes of the file used so far. */
  readonly bytesRead: number
}

/** Largest cell kept; a larger one is almost always a missing quote. */
export const cellLength = 2 ** 20
/** Longest row or line read. */
export const rowLength = 16 * 2 ** 20
/** Most columns of one table. */
export const mostColumns = 10_000

/** Column names as shown: empty ones numbered, repeated ones counted. */
export function visibleNames(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return names.map((raw, index) => {
    const trimmed = raw.trim()
    // "__proto__" as a key would change the object instead of filling it.
    const base =
      trimmed === '' ? `Column ${index + 1}` : trimmed === '__proto__' ? 'proto' : trimmed
    let name = base
    for (let n = 2; seen.has(name); n++) name = `${base} (${n})`
    seen.add(name)
    return name
  })
}
