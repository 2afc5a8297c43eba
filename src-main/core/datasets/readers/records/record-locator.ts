// Where the picture of a record is: a file beside the table, or a cell of a Parquet or Arrow file.
// Written once at import and read again whenever the picture is shown.
import { AppError } from '../../../../api/errors.ts'

export type RecordLocator =
  | { readonly kind: 'file'; readonly path: string }
  | {
      readonly kind: 'cell'
      /** Row group or record batch. */
      readonly unit: number
      /** Row inside it. */
      readonly row: number
      /** Top-level column. */
      readonly column: number
      /** Position in the list of pictures; 0 for a single one. */
      readonly position: number
      /** File below the base folder. */
      readonly path: string
    }

const filePrefix = 'file|'

/** Locator of a file below the base folder. */
export function fileLocator(path: string): string {
  return `${filePrefix}${path}`
}

/** Locator of a cell. */
export function cellLocator(place: Omit<Extract<RecordLocator, { kind: 'cell' }>, 'kind'>): string {
  const { unit, row, column, position, path } = place
  return `cell|${unit}|${row}|${column}|${position}|${path}`
}

const cellPattern = /^cell\|(\d{1,9})\|(\d{1,9})\|(\d{1,5})\|(\d{1,5})\|([\s\S]+)$/

/** Reads a stored locator. Throws AppError "item-not-found" for anything else. */
export function parseRecordLocator(locator: string): RecordLocator {
  if (locator.startsWith(filePrefix))
    return { kind: 'file', path: locator.slice(filePrefix.length) }
  const match = cellPattern.exec(locator)
  if (match === null) throw new AppError('item-not-found', 'This item has no picture.')
  const [, unit, row, column, position, path] = match
  return {
    kind: 'cell',
    unit: Number(unit),
    row: Number(row),
    column: Number(column),
    position: Number(position),
    path
  }
}

/** The file a picture's locator names; undefined for one inside a cell, which has no name. */
export function pictureFileOf(locator: string): string | undefined {
  if (cellPattern.test(locator)) return undefined
  return locator.startsWith(filePrefix) ? locator.slice(filePrefix.length) : locator
}
