// Counts what the columns of a table hold, one record at a time and in bounded memory.
import type { JsonValue } from '../../../api/dto/common.ts'
import type { ColumnInfo, ColumnRole } from '../../../api/dto/datasets.ts'
import { hasLeadingZero, isMissing, parseNumber, type DecimalMark } from './numbers.ts'
import type { Cell } from './raw-row.ts'
import { PictureCell } from './records/picture-cell.ts'
import { partOf } from './split-names.ts'

/** Distinct values counted per column, over all columns; beyond that the number is unknown. */
const distinctValues = 2_000_000
const distinctPerColumn = 1000
const longestCounted = 200
const exampleCount = 3
const exampleLength = 80

export interface ColumnStats {
  readonly name: string
  filled: number
  missing: number
  /** Value -> how often; stops growing at the cap. */
  readonly values: Map<string, number>
  hasMoreValues: boolean
  numbersPoint: number
  numbersComma: number
  /** Numbers that only a comma explains ("1,5") and only a point ("1.5"). */
  onlyComma: number
  onlyPoint: number
  leadingZeros: number
  yesNo: number
  parts: number
  totalLength: number
  withSpace: number
  objects: number
  lists: number
  dates: number
  pictures: number
  readonly examples: string[]
}

const yesNoWords = new Set(['yes', 'no', 'true', 'false', 'y', 'n'])

// "2024-05-31", with or without a time, or "31.5.2024" and "5/31/2024".
const datePattern =
  /^(\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?)?(Z|[+-]\d{2}:?\d{2})?|\d{1,2}(?<mark>[./])\d{1,2}\k<mark>\d{4})$/

/** A cell as text; nested values as JSON, pictures as their names. */
export function cellText(value: JsonValue | PictureCell): string {
  if (value instanceof PictureCell) return [value.names()].flat().join(', ')
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function emptyStats(name: string): ColumnStats {
  return {
    name,
    filled: 0,
    missing: 0,
    values: new Map(),
    hasMoreValues: false,
    numbersPoint: 0,
    numbersComma: 0,
    onlyComma: 0,
    onlyPoint: 0,
    leadingZeros: 0,
    yesNo: 0,
    parts: 0,
    totalLength: 0,
    withSpace: 0,
    objects: 0,
    lists: 0,
    dates: 0,
    pictures: 0,
    examples: []
  }
}

export interface StatsCollector {
  readonly columns: readonly ColumnStats[]
  readonly rows: number
  /** `names` may have grown since the last record. */
  add(names: readonly string[], cells: readonly Cell[]): void
}

export function createStatsCollector(): StatsCollector {
  const columns: ColumnStats[] = []
  let rows = 0
  return {
    columns,
    get rows() {
      return rows
    },
    add(names, cells) {
      while (columns.length < names.length) {
        const stats = emptyStats(names[columns.length])
        stats.missing = rows
        columns.push(stats)
      }
      rows++
      const cap = Math.max(
        20,
        Math.min(distinctPerColumn, Math.floor(distinctValues / names.length))
      )
      for (let i = 0; i < columns.length; i++) addCell(columns[i], cells[i], cap)
    }
  }
}

function addCell(stats: ColumnStats, value: Cell, cap: number): void {
  if (value === undefined || value === null || isEmpty(value)) {
    stats.missing++
    return
  }
  stats.filled++
  const text = cellText(value)
  if (value instanceof PictureCell) {
    stats.pictures++
    countValue(stats, text.slice(0, longestCounted), cap)
    return
  }
  stats.totalLength += text.length
  countNumber(stats, value)
  if (typeof value === 'object') stats.objects++
  if (Array.isArray(value)) stats.lists++
  if (text.length < 40 && datePattern.test(text)) stats.dates++
  if (typeof value === 'boolean' || (text.length < 6 && yesNoWords.has(text.toLowerCase())))
    stats.yesNo++
  if (text.length < 12 && partOf(text) !== undefined) stats.parts++
  if (typeof value === 'string' && /\S\s+\S/.test(text.slice(0, longestCounted))) stats.withSpace++
  countValue(stats, text.length > longestCounted ? text.slice(0, longestCounted) : text, cap)
}

function isEmpty(value: JsonValue | PictureCell): boolean {
  return value instanceof PictureCell ? value.pictures.length === 0 : isMissing(value)
}

function countNumber(stats: ColumnStats, value: JsonValue): void {
  const point = parseNumber(value, '.') !== undefined
  const comma = parseNumber(value, ',') !== undefined
  if (point) stats.numbersPoint++
  if (comma) stats.numbersComma++
  if (typeof value !== 'string') return
  if (value.includes(',') && comma && !/^[^,]*,\d{3}(\D|$)/.test(value)) stats.onlyComma++
  if (value.includes('.') && point && !/^[^.]*\.\d{3}(\D|$)/.test(value)) stats.onlyPoint++
  if (hasLeadingZero(value)) stats.leadingZeros++
}

function countValue(stats: ColumnStats, text: string, cap: number): void {
  const count = stats.values.get(text)
  if (count !== undefined) stats.values.set(text, count + 1)
  else if (stats.values.size < cap) {
    stats.values.set(text, 1)
    if (stats.examples.length < exampleCount) stats.examples.push(text.slice(0, exampleLength))
  } else stats.hasMoreValues = true
}

/** The decimal mark of a column's numbers. */
export function decimalMark(stats: ColumnStats): DecimalMark {
  if (stats.onlyComma > 0 && stats.onlyPoint === 0 && stats.numbersComma >= stats.numbersPoint)
    return ','
  return '.'
}

// A few typing errors among many numbers leave a column numeric; they count as missing values.
const numericShare = 0.99

/** What kind of values a column holds. */
export function columnType(stats: ColumnStats): ColumnInfo['type'] {
  if (stats.filled === 0) return 'text'
  if (stats.pictures > 0) return 'picture'
  if (stats.lists >= numericShare * stats.filled) return 'list'
  if (stats.dates >= numericShare * stats.filled) return 'date'
  if (stats.yesNo === stats.filled) return 'yes-no'
  const numbers = decimalMark(stats) === ',' ? stats.numbersComma : stats.numbersPoint
  if (numbers >= numericShare * stats.filled && stats.leadingZeros === 0) return 'number'
  const isRepeating = !stats.hasMoreValues && stats.values.size <= Math.max(2, stats.filled / 2)
  return isRepeating && stats.totalLength / stats.filled < 60 ? 'category' : 'text'
}

/** The type of a column, given what it is for. */
export function typeOf(column: ColumnStats, role: ColumnRole): ColumnInfo['type'] {
  return role === 'chat' || role === 'picture' ? role : columnType(column)
}
