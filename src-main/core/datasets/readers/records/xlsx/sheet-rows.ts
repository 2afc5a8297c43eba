// The rows of one sheet, streamed. Formulas give the value that was saved with them.
import { AppError } from '../../../../../api/errors.ts'
import { cellLength, mostColumns, type Cell, type RawRow } from '../../raw-row.ts'
import { dateText } from './number-formats.ts'
import { RichText, type Sheet, type Workbook } from './workbook.ts'
import { XmlEvents, type XmlHandler } from './xml-events.ts'

interface OpenCell {
  readonly column: number
  readonly type: string
  readonly style: number
}

export interface SheetBlock {
  /** Empty rows are left out. */
  readonly rows: readonly RawRow[]
  /** About how much of the sheet was read, 0..1. */
  readonly done01: number
}

/** Blocks of rows. */
export async function* sheetRows(
  workbook: Workbook,
  sheet: Sheet
): AsyncGenerator<SheetBlock, void, void> {
  const pieces = workbook.pieces(sheet.part)
  if (pieces === undefined) throw new RangeError('no sheet')
  const reader = new SheetReader(workbook)
  const events = new XmlEvents(reader)
  const size = Math.max(1, workbook.sizeOf(sheet.part))
  let used = 0
  for await (const piece of pieces) {
    used += piece.length
    events.push(piece)
    const rows = reader.take()
    if (rows.length > 0) yield { rows, done01: Math.min(1, used / size) }
  }
  events.end()
}

class SheetReader implements XmlHandler {
  readonly #workbook: Workbook
  readonly #rich = new RichText()
  #rows: RawRow[] = []
  #number = 0
  #cells: Cell[] = []
  #problem: string | undefined
  #isData = false
  #cell: OpenCell | undefined
  #isValue = false
  #value = ''

  constructor(workbook: Workbook) {
    this.#workbook = workbook
  }

  take(): RawRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  open(name: string, attribute: (name: string) => string | undefined): void {
    if (name === 'sheetData') this.#isData = true
    if (!this.#isData) return
    if (name === 'row') this.#openRow(attribute('r'))
    else if (name === 'c') this.#openCell(attribute)
    else if (name === 'v') this.#isValue = true
    else this.#rich.open(name)
  }

  close(name: string): void {
    if (name === 'sheetData') this.#isData = false
    else if (!this.#isData) return
    else if (name === 'row') this.#closeRow()
    else if (name === 'c') this.#closeCell()
    else if (name === 'v') this.#isValue = false
    else this.#rich.close(name)
  }

  text(text: string): void {
    if (this.#cell === undefined) return
    if (this.#isValue) this.#value += text
    else this.#rich.add(text)
    if (this.#value.length + this.#rich.text.length > 64 * cellLength)
      throw new AppError('too-large')
  }

  #openRow(given: string | undefined): void {
    const number = Number(given ?? this.#number + 1)
    if (!(Number.isSafeInteger(number) && number > this.#number)) throw new RangeError('row number')
    this.#number = number
    this.#cells = []
    this.#problem = undefined
  }

  #openCell(attribute: (name: string) => string | undefined): void {
    const letters = /^[A-Z]+/i.exec(attribute('r') ?? '')?.[0]
    const column = letters === undefined ? this.#cells.length : columnNumber(letters)
    this.#cell = { column, type: attribute('t') ?? 'n', style: Number(attribute('s') ?? 0) }
    this.#value = ''
    this.#rich.start()
  }

  #closeCell(): void {
    const cell = this.#cell
    this.#cell = undefined
    if (cell === undefined) return
    if (cell.column >= mostColumns) this.#problem ??= `The row has more than ${mostColumns} cells.`
    else {
      const value = this.#valueOf(cell)
      if (typeof value === 'string' && value.length > cellLength)
        this.#problem ??= 'A cell is larger than 1 MB.'
      else if (value !== undefined) this.#cells[cell.column] = value
    }
  }

  #valueOf({ type, style }: OpenCell): Cell {
    const value = this.#value
    if (type === 'inlineStr') return this.#rich.text
    if (value === '') return undefined
    switch (type) {
      case 's': {
        const text = this.#workbook.shared[Number(value)]
        if (text === undefined) throw new RangeError('shared text')
        return text
      }
      case 'b':
        return value === '1' || value === 'true'
      case 'e':
        // An error such as #DIV/0! is no value.
        return undefined
      case 'str':
        return value
      case 'd':
        return value.replace(/T00:00:00(\.0+)?Z?$/, '')
      default: {
        const number = Number(value)
        if (!Number.isFinite(number)) return value
        const isDate = this.#workbook.dateStyles[style] === true
        return (isDate ? dateText(number, this.#workbook.is1904) : undefined) ?? number
      }
    }
  }

  #closeRow(): void {
    const cells = Array.from(this.#cells, (cell) => (cell === '' ? undefined : cell))
    if (this.#problem === undefined && cells.every((cell) => cell === undefined)) return
    const problem = this.#problem
    this.#rows.push({ number: this.#number, cells: problem === undefined ? cells : [], problem })
  }
}

function columnNumber(letters: string): number {
  let number = 0
  for (const letter of letters.toUpperCase().slice(0, 6))
    number = number * 26 + letter.charCodeAt(0) - 64
  return number - 1
}
