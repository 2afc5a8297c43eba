// A pasted table of losses from training runs made elsewhere: one row per run, first the share of
// every source, then the losses. Read strictly: what does not fit is named by line and column.
import { AppError } from '../../../../api/errors.ts'

export interface LossTable {
  /** One row per run; shares in the order of the given names, in sum 1. */
  readonly mixtures: readonly (readonly number[])[]
  readonly lossNames: readonly string[]
  /** One row per run, one number per loss. */
  readonly losses: readonly (readonly number[])[]
}

const form =
  'The table needs a header, then one line per training run: first one column per source with its share, ' +
  'then one or more columns with losses.'

function wrong(what: string, hint = form): AppError {
  return new AppError('method-not-possible', `The loss table cannot be read. ${what}`, { hint })
}

const place = (line: number, column: number): string => `Line ${line}, column ${column + 1}`

/** Cells of one line; quotes may enclose a cell and are doubled inside. */
function cellsOf(text: string, separator: string, line: number): string[] {
  const cells: string[] = []
  let at = 0
  for (;;) {
    while (text[at] === ' ') at++
    if (text[at] === '"') {
      let cell = ''
      at++
      for (;;) {
        const end = text.indexOf('"', at)
        if (end < 0) throw wrong(`Line ${line}: a quotation mark is not closed.`)
        cell += text.slice(at, end)
        at = end + 1
        if (text[at] !== '"') break
        cell += '"'
        at++
      }
      while (text[at] === ' ') at++
      if (at < text.length && text[at] !== separator)
        throw wrong(`${place(line, cells.length)}: there is text after the closing quotation mark.`)
      cells.push(cell)
    } else {
      const end = text.indexOf(separator, at)
      cells.push(text.slice(at, end < 0 ? text.length : end).trim())
      at = end < 0 ? text.length : end
    }
    if (at >= text.length) return cells
    at++
    if (at === text.length) return [...cells, '']
  }
}

/** Tab, semicolon or comma: the one the header has most of. */
function separatorOf(header: string): string {
  const many = (separator: string): number => header.split(separator).length
  return ['\t', ';'].find((separator) => many(separator) > many(',')) ?? ','
}

function numberAt(text: string, line: number, column: number, name: string): number {
  const isNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)
  const value = Number(text)
  if (isNumber && Number.isFinite(value)) return value
  const shown = text === '' ? 'is empty' : `holds "${text.slice(0, 30)}", which is not a number`
  throw wrong(
    `${place(line, column)} ("${name}") ${shown}.`,
    'Numbers are written with a decimal point, for example 0.25.'
  )
}

/** Which source each of the first columns is for. Throws AppError where a source is not there. */
function readHeader(header: readonly string[], names: readonly string[]): number[] {
  const list = names.map((name) => `"${name}"`).join(', ')
  const known = `The sources are: ${list}. Their columns come first, then those with losses.`
  const columns = names.map((_, column) => {
    const name = header[column] ?? ''
    const source = names.indexOf(name)
    if (source < 0)
      throw wrong(
        name === ''
          ? `${place(1, column)} has no name; a source is expected there.`
          : `${place(1, column)}: no source is called "${name}".`,
        known
      )
    return source
  })
  const twice = columns.findIndex((source, column) => columns.indexOf(source) < column)
  if (twice >= 0) throw wrong(`${place(1, twice)}: "${header[twice]}" is there twice.`, known)
  const losses = header.slice(names.length)
  if (losses.length === 0)
    throw wrong('Line 1: there is no column with losses after those of the sources.')
  losses.forEach((name, i) => {
    const at = place(1, names.length + i)
    if (name === '') throw wrong(`${at} has no name.`)
    if (losses.indexOf(name) < i) throw wrong(`${at}: the loss "${name}" is there twice.`)
  })
  return columns
}

/**
 * Reads the table. Shares of a run add up to 1, or to 100 when they are percentages (1 in 100 off at
 * most). Throws AppError that names the line and the column.
 * @param names the sources; each must have its column
 */
export function readLossTable(text: string, names: readonly string[]): LossTable {
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, i) => ({ line, at: i + 1 }))
    .filter(({ line }) => line.trim() !== '')
  if (lines.length === 0) throw wrong('It is empty.')
  const separator = separatorOf(lines[0].line)
  const header = cellsOf(lines[0].line, separator, lines[0].at)
  const columns = readHeader(header, names)
  const mixtures: number[][] = []
  const losses: number[][] = []
  for (const { line, at } of lines.slice(1)) {
    const cells = cellsOf(line, separator, at)
    if (cells.length !== header.length)
      throw wrong(`Line ${at} has ${cells.length} columns, the header has ${header.length}.`)
    const numbers = cells.map((cell, column) => numberAt(cell, at, column, header[column]))
    mixtures.push(readShares(numbers.slice(0, names.length), columns, at, header))
    losses.push(numbers.slice(names.length))
  }
  // One more than the plain shares can tell apart; below that nothing could be left out for a test.
  const least = Math.max(8, names.length + 2)
  if (mixtures.length < least)
    throw wrong(
      `It holds ${mixtures.length} runs; at least ${least} are needed for ${names.length} sources.`,
      'Add runs with other mixtures.'
    )
  return { mixtures, lossNames: header.slice(names.length), losses }
}

function readShares(
  values: readonly number[],
  columns: readonly number[],
  line: number,
  header: readonly string[]
): number[] {
  const low = values.findIndex((value) => value < 0)
  if (low >= 0)
    throw wrong(
      `${place(line, low)} ("${header[low]}") holds the share ${values[low]}.`,
      'Shares are 0 or more.'
    )
  const sum = values.reduce((a, b) => a + b, 0)
  if (Math.abs(sum - 1) > 0.01 && Math.abs(sum - 100) > 1)
    throw wrong(
      `Line ${line}: the shares add up to ${Number(sum.toPrecision(4))}, not to 1 (or 100).`,
      'Check that every source has its column and that the columns with losses come after them.'
    )
  const shares = values.map(() => 0)
  columns.forEach((source, column) => {
    shares[source] = values[column] / sum
  })
  return shares
}
