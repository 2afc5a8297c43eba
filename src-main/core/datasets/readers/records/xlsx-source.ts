// Records of one sheet of an Excel workbook.
import { basename, dirname } from 'node:path'
import type { JsonValue } from '../../../../api/dto/common.ts'
import type { ImportOptions } from '../../../../api/dto/datasets.ts'
import { AppError } from '../../../../api/errors.ts'
import { damagedFile } from '../../../files/byte-limits.ts'
import { visibleNames, type RawBlock, type RawRow } from '../raw-row.ts'
import { fitRow, looksLikeHeader, usualWidth } from '../table-file.ts'
import { fileFacts } from './file-facts.ts'
import {
  afterSkipping,
  firstPartRows,
  placeByName,
  type FirstPart,
  type RecordSource,
  type RowRequest
} from './record-source.ts'
import { sheetRows } from './xlsx/sheet-rows.ts'
import { openWorkbook, type Sheet, type Workbook } from './xlsx/workbook.ts'

interface XlsxSettings {
  readonly sheet: string
  readonly hasHeader: boolean
  readonly names: readonly string[]
}

/** The source of a workbook; `options.sheet` says which sheet. */
export function xlsxSource(path: string): RecordSource {
  return {
    path,
    baseFolder: dirname(path),
    isFile: true,
    first: (options) => withWorkbook(path, (workbook) => firstPart(path, workbook, options)),
    rows(settings, request) {
      // Written by firstPart below.
      const known = settings as unknown as XlsxSettings
      return afterSkipping(rowsOf(path, known, request), request.skip)
    },
    facts: () => fileFacts(path),
    files: async () => [basename(path)]
  }
}

async function withWorkbook<T>(path: string, work: (workbook: Workbook) => Promise<T>): Promise<T> {
  const workbook = await openWorkbook(path)
  try {
    return await work(workbook)
  } catch (error) {
    throw damagedFile(basename(path), error)
  } finally {
    await workbook.close()
  }
}

interface SheetStart {
  readonly sheet: Sheet
  readonly rows: readonly RawRow[]
  readonly isWhole: boolean
  /** About how much of the sheet this is, 0..1. */
  readonly done01: number
}

async function startOf(workbook: Workbook, sheet: Sheet): Promise<SheetStart> {
  const rows: RawRow[] = []
  for await (const block of sheetRows(workbook, sheet)) {
    rows.push(...block.rows)
    if (rows.length > firstPartRows) return { sheet, rows, isWhole: false, done01: block.done01 }
  }
  return { sheet, rows, isWhole: true, done01: 1 }
}

async function chooseSheet(workbook: Workbook, wanted: string | null): Promise<SheetStart> {
  if (wanted !== null) {
    const sheet = workbook.sheets.find(({ name }) => name === wanted)
    if (sheet === undefined)
      throw new AppError('invalid-input', `The workbook has no sheet “${wanted}”.`)
    return startOf(workbook, sheet)
  }
  let first: SheetStart | undefined
  for (const sheet of workbook.sheets) {
    const start = await startOf(workbook, sheet)
    first ??= start
    if (start.rows.length > 0) return start
  }
  if (first === undefined) throw new AppError('nothing-to-import', 'The workbook has no sheets.')
  return first
}

async function firstPart(
  path: string,
  workbook: Workbook,
  options: ImportOptions
): Promise<FirstPart> {
  const { sheet, rows: all, isWhole, done01 } = await chooseSheet(workbook, options.sheet)
  const [first] = all
  if (first === undefined)
    throw new AppError('nothing-to-import', `The sheet “${sheet.name}” is empty.`, {
      hint: workbook.sheets.length > 1 ? 'Choose another sheet.' : 'Fill it and save it again.'
    })
  if (first.problem !== undefined)
    throw new AppError('file-damaged', `The first row cannot be read. ${first.problem}`)
  const hasHeader = options.hasHeader ?? looksLikeHeader(all)
  const width = Math.max(usualWidth(all), hasHeader ? first.cells.length : 0)
  const names = visibleNames(
    Array.from({ length: width }, (_, i) => (hasHeader ? String(first.cells[i] ?? '') : ''))
  )
  const rows = (hasHeader ? all.slice(1) : all).map((row) => fitRow(row, width))
  const settings: XlsxSettings = { sheet: sheet.name, hasHeader, names }
  return {
    format: 'xlsx',
    names,
    rows,
    isWhole,
    rowsTotal: undefined,
    bytesRead: done01 * (await fileFacts(path)).sizeBytes,
    // Texts and booleans only.
    settings: settings as unknown as JsonValue,
    hints: new Map(),
    notes: [],
    sheets: workbook.sheets.map(({ name }) => name),
    inForce: { sheet: sheet.name, hasHeader }
  }
}

async function* rowsOf(
  path: string,
  settings: XlsxSettings,
  request: RowRequest
): AsyncGenerator<RawBlock, void, void> {
  const workbook = await openWorkbook(path)
  try {
    const sheet = workbook.sheets.find(({ name }) => name === settings.sheet)
    if (sheet === undefined) throw new RangeError('sheet')
    const { sizeBytes } = await fileFacts(path)
    const place = placeByName(settings.names, request)
    let isHeaderDue = settings.hasHeader
    for await (const block of sheetRows(workbook, sheet)) {
      const rows = isHeaderDue ? block.rows.slice(1) : block.rows
      isHeaderDue = false
      yield {
        rows: rows.map((row) => place(fitRow(row, settings.names.length))),
        bytesRead: sizeBytes * block.done01
      }
    }
  } catch (error) {
    throw damagedFile(basename(path), error)
  } finally {
    await workbook.close()
  }
}
