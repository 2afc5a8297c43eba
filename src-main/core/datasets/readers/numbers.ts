// Numbers as people write them in tables, with a point or a comma before the decimals.
import type { JsonValue } from '../../../api/dto/common.ts'

export type DecimalMark = '.' | ','

const missing = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '-', '?', '#n/a'])

/** True for empty cells and the usual words for "no value". */
export function isMissing(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null) return true
  return typeof value === 'string' && value.length < 5 && missing.has(value.trim().toLowerCase())
}

const withPoint = /^[+-]?(\d+\.?\d*|\.\d+|\d{1,3}(,\d{3})+(\.\d+)?)([eE][+-]?\d{1,3})?$/
const withComma = /^[+-]?(\d+,?\d*|,\d+|\d{1,3}(\.\d{3})+(,\d+)?)([eE][+-]?\d{1,3})?$/

/** The number a cell stands for, or undefined. */
export function parseNumber(value: JsonValue | undefined, mark: DecimalMark): number | undefined {
  if (typeof value === 'number') return value
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  // A longer number is an id, and would make the pattern slow.
  if (text.length > 40) return undefined
  if (!(mark === '.' ? withPoint : withComma).test(text)) return undefined
  const plain = mark === '.' ? text.replaceAll(',', '') : text.replaceAll('.', '').replace(',', '.')
  const number = Number(plain)
  // A whole number that would lose digits is an id, or must stay text to be kept.
  if (/^[+-]?\d{16,}$/.test(plain) && !Number.isSafeInteger(number)) return undefined
  return Number.isFinite(number) ? number : undefined
}

/** True for "007": numbers whose leading zeros mean that they are names. */
export function hasLeadingZero(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && /^0\d/.test(value.trim())
}
