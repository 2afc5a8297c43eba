// Text that pastes into a spreadsheet as a table: tabs between cells, quotes where a cell holds a
// tab, a line break or a quote.

function quote(cell: string): string {
  return /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

/** Joins a header and rows into tab-separated text. */
export function toTabSeparated(
  header: readonly string[],
  rows: readonly (readonly string[])[]
): string {
  return [header, ...rows].map((row) => row.map(quote).join('\t')).join('\r\n')
}
