// Writing CSV rows: RFC 4180 quoting, and the spreadsheet-safe form that keeps a cell from being
// run as a formula (security rule F7).

// Full-width forms count, too: some spreadsheets read them as the plain signs.
const startsLikeFormula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/

/** Quotes one cell. With `spreadsheetSafe`, text that starts like a formula gets a leading quote. */
export function csvCell(value: string | number | null, spreadsheetSafe: boolean): string {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const text = spreadsheetSafe && startsLikeFormula.test(value) ? `'${value}` : value
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** One CSV line, with its line end. */
export function csvLine(
  cells: readonly (string | number | null)[],
  spreadsheetSafe: boolean
): string {
  return cells.map((cell) => csvCell(cell, spreadsheetSafe)).join(',') + '\r\n'
}
