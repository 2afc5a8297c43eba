// Turns the raw values of a Parquet column into what the rest of the app works with: JSON values,
// and bytes where the file does not say that they are text. Whole numbers beyond 2^53 and decimals
// of many digits become text, so that no digit is lost.
import type { SchemaElement } from 'hyparquet'
import type { JsonValue } from '../../../../../api/dto/common.ts'
import { isShallowJson } from '../../jsonl-rows.ts'
import type { RawValue } from './plain-values.ts'

export type LeafValue = JsonValue | Uint8Array

const text = new TextDecoder('utf-8')

/** A function that converts one value of a column. Throws Error for types that are not read. */
export function leafConverter(element: SchemaElement): (value: RawValue) => LeafValue {
  const { converted_type: converted, logical_type: logical, type } = element
  if (logical?.type === 'DECIMAL' || converted === 'DECIMAL') return decimalText(element)
  if (converted === 'DATE' || logical?.type === 'DATE')
    return (value) => isoTime(BigInt(Number(value)) * 86_400_000n, 1000n).slice(0, 10)
  const moment = momentUnit(element)
  if (moment !== undefined) {
    // A time that is the same everywhere, or one on the wall of some place.
    const isLocal = logical?.type === 'TIMESTAMP' && !logical.isAdjustedToUTC
    return (value) => isoTime(toBig(value), moment).replace(isLocal ? /Z$/ : /$^/, '')
  }
  const time = timeUnit(element)
  if (time !== undefined) return (value) => isoTime(toBig(value), time).slice(11, -1)
  if (type === 'INT96') return (value) => isoTime(int96Nanoseconds(toBig(value)), 1_000_000_000n)
  if (type === 'BYTE_ARRAY') return byteConverter(element)
  if (type === 'FIXED_LEN_BYTE_ARRAY') return fixedConverter(element)
  return numberConverter(element)
}

function numberConverter(element: SchemaElement): (value: RawValue) => LeafValue {
  const { converted_type: converted, logical_type: logical } = element
  const isUnsigned =
    converted?.startsWith('UINT_') === true || (logical?.type === 'INTEGER' && !logical.isSigned)
  return (value) => {
    if (typeof value === 'bigint')
      return wholeNumber(isUnsigned ? BigInt.asUintN(64, value) : value)
    if (typeof value === 'number') {
      if (isUnsigned && value < 0) return value + 2 ** 32
      // JSON has no word for these.
      return Number.isFinite(value) ? value : null
    }
    return value
  }
}

/** A whole number as a number, or as text when a number could not hold it exactly. */
export function wholeNumber(value: bigint): JsonValue {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value.toString()
}

function toBig(value: RawValue): bigint {
  if (typeof value === 'bigint') return value
  if (typeof value === 'number') return BigInt(Math.trunc(value))
  throw new RangeError('number expected')
}

function byteConverter(element: SchemaElement): (value: RawValue) => LeafValue {
  const { converted_type: converted, logical_type: logical } = element
  const isText =
    converted === 'UTF8' ||
    converted === 'ENUM' ||
    logical?.type === 'STRING' ||
    logical?.type === 'ENUM'
  const isJson = converted === 'JSON' || logical?.type === 'JSON'
  return (value) => {
    if (!(value instanceof Uint8Array)) return value as Exclude<RawValue, bigint | Uint8Array>
    if (!isText && !isJson) return value
    const decoded = text.decode(value)
    if (!isJson) return decoded
    return jsonIn(decoded)
  }
}

// What is no sound JSON stays text.
function jsonIn(written: string): JsonValue {
  if (!isShallowJson(written)) return written
  try {
    // JSON.parse gives nothing but JSON values.
    return JSON.parse(written) as JsonValue
  } catch {
    return written
  }
}

function fixedConverter(element: SchemaElement): (value: RawValue) => LeafValue {
  const { logical_type: logical } = element
  return (value) => {
    if (!(value instanceof Uint8Array)) throw new RangeError('bytes expected')
    if (logical?.type === 'UUID' && value.length === 16) {
      const hex = Buffer.from(value).toString('hex')
      return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
    }
    if (logical?.type === 'FLOAT16' && value.length === 2)
      return halfFloat(value[0] | (value[1] << 8))
    return value
  }
}

/** A half-precision number from its 16 bits (IEEE 754); null when it is not finite. */
export function halfFloat(bits: number): JsonValue {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 31) return null
  return exponent === 0
    ? sign * fraction * 2 ** -24
    : sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}

function decimalText(element: SchemaElement): (value: RawValue) => LeafValue {
  const { logical_type: logical } = element
  const scale = element.scale ?? (logical?.type === 'DECIMAL' ? logical.scale : 0)
  return (value) =>
    decimalOf(value instanceof Uint8Array ? signedBytes(value) : toBig(value), scale)
}

// More decimals than any type of 256 bits has.
const largestScale = 80

/**
 * A decimal as a number when it has up to 15 digits, otherwise as text. Throws RangeError for a
 * scale that no decimal has.
 */
export function decimalOf(unscaled: bigint, scale: number): JsonValue {
  if (!(Math.abs(scale) <= largestScale)) throw new RangeError('decimal scale')
  if (scale < 0) return decimalOf(unscaled * 10n ** BigInt(-scale), 0)
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const written = `${unscaled < 0n ? '-' : ''}${whole}${scale > 0 ? `.${digits.slice(-scale)}` : ''}`
  return digits.replace(/^0+/, '').length <= 15 ? Number(written) : written
}

function signedBytes(bytes: Uint8Array): bigint {
  // More bytes than any decimal has.
  if (bytes.length > 64) throw new RangeError('decimal bytes')
  if (bytes.length === 0) return 0n
  return BigInt.asIntN(bytes.length * 8, BigInt(`0x${Buffer.from(bytes).toString('hex')}`))
}

function momentUnit({
  converted_type: converted,
  logical_type: logical
}: SchemaElement): bigint | undefined {
  if (logical?.type === 'TIMESTAMP') return unitsPerSecond[logical.unit]
  if (converted === 'TIMESTAMP_MILLIS') return unitsPerSecond.MILLIS
  return converted === 'TIMESTAMP_MICROS' ? unitsPerSecond.MICROS : undefined
}

function timeUnit({
  converted_type: converted,
  logical_type: logical
}: SchemaElement): bigint | undefined {
  if (logical?.type === 'TIME') return unitsPerSecond[logical.unit]
  if (converted === 'TIME_MILLIS') return unitsPerSecond.MILLIS
  return converted === 'TIME_MICROS' ? unitsPerSecond.MICROS : undefined
}

const unitsPerSecond = { MILLIS: 1000n, MICROS: 1_000_000n, NANOS: 1_000_000_000n } as const

/** "2024-05-31T09:30:00.123Z", with as many digits of a second as are not zero (none or 3, 6, 9). */
export function isoTime(units: bigint, perSecond: bigint): string {
  let seconds = units / perSecond
  let rest = units % perSecond
  if (rest < 0n) {
    rest += perSecond
    seconds -= 1n
  }
  const moment = new Date(Number(seconds) * 1000)
  // Years that no calendar of JavaScript reaches.
  if (Number.isNaN(moment.getTime())) return `${units}`
  const digits = perSecond.toString().length - 1
  const fraction = rest.toString().padStart(digits, '0').slice(0, digits)
  const shown = rest === 0n ? '' : `.${fraction.replace(/(000){1,2}$/, '')}`
  return moment.toISOString().replace('.000Z', `${shown}Z`)
}

// Days since the start of the Julian calendar above, nanoseconds of the day below.
function int96Nanoseconds(value: bigint): bigint {
  const days = (value >> 64n) - 2_440_588n
  return days * 86_400_000_000_000n + (value & 0xffff_ffff_ffff_ffffn)
}
