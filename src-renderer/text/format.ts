// Turns numbers, sizes, times and dates into what a person reads. Locale formatting only; no words
// that belong to one screen. Exact values are shown on hover by the caller.
import * as de from './de/format.ts'
import * as en from './en/format.ts'
import { inLanguage, language, region } from './language.ts'

const { formatWords: words } = inLanguage(en, { de })

const cache = new Map<string, Intl.NumberFormat>()

function numberFormat(options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = JSON.stringify(options)
  const known = cache.get(key)
  if (known !== undefined) return known
  // A small loss that rounds to nothing reads 0, not -0.
  const made = new Intl.NumberFormat(language, { ...options, signDisplay: 'negative' })
  cache.set(key, made)
  return made
}

/** Formats a count or a plain number: 12,400. */
export function formatNumber(value: number, digits = 0): string {
  return numberFormat({ maximumFractionDigits: digits }).format(value)
}

const marks = new Intl.NumberFormat(language).formatToParts(1000.5)
const decimalMark = marks.find(({ type }) => type === 'decimal')?.value ?? '.'
const groupMark = marks.find(({ type }) => type === 'group')?.value ?? ','

/** A number as it stands in a field that is typed in: all its digits, without groups. */
export function writtenNumber(value: number): string {
  return String(value).replace('.', decimalMark)
}

/**
 * The number that was typed; undefined when it is none. Groups may be marked, and a point is a
 * decimal mark in any language where it marks no group of three.
 */
export function typedNumber(text: string): number | undefined {
  const typed = text.trim()
  const [whole = '', ...rest] = typed.split(decimalMark)
  const groups = whole.split(groupMark)
  const isGrouped =
    groups.length > 1 &&
    /^[+-]?\d{1,3}$/.test(groups[0] ?? '') &&
    groups.slice(1).every((group) => /^\d{3}$/.test(group))
  const plain = [isGrouped ? groups.join('') : whole, ...rest].join('.')
  const value = plain === '' ? NaN : Number(plain)
  return Number.isFinite(value) ? value : undefined
}

/** Formats a count with nouns in the language of the caller: "1 item", "12,400 items". */
export function formatCount(value: number, one: string, many = `${one}s`): string {
  return `${formatNumber(value)} ${value === 1 ? one : many}`
}

/** Formats a share 0..1 as a percentage with a no-break space: "83.0 %". */
export function formatPercent(share01: number, digits = 1): string {
  return `${numberFormat({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(share01 * 100)} %`
}

/** Formats a difference of two shares as signed points: "+8.1 points". */
export function formatPoints(difference01: number, digits = 1): string {
  return words.points(formatPointsFigure(difference01, digits))
}

/** The same without the word, where a heading or a sentence has it: "+8.1". */
export function formatPointsFigure(difference01: number, digits = 1): string {
  const figure = numberFormat({
    minimumFractionDigits: digits,
    maximumFractionDigits: digits
  }).format(Math.abs(difference01 * 100))
  // What rounds to nothing has no sign.
  if (!/[1-9]/.test(figure)) return figure
  return `${difference01 > 0 ? '+' : '−'}${figure}`
}

const byteUnits = [words.bytes, 'KB', 'MB', 'GB', 'TB']

/** Formats a size in decimal units: "4.2 MB". */
export function formatBytes(sizeBytes: number): string {
  if (!Number.isFinite(sizeBytes) || sizeBytes < 0) return '–'
  let value = sizeBytes
  let unit = 0
  while (value >= 999.5 && unit < byteUnits.length - 1) {
    value /= 1000
    unit += 1
  }
  const digits = unit === 0 || value >= 100 ? 0 : 1
  if (unit === 0 && value === 1) return `1 ${words.byte}`
  return `${formatNumber(value, digits)} ${byteUnits[unit] ?? words.bytes}`
}

const minute = 60
const hour = 60 * minute

/** Rounds seconds to a step a person would say. */
function humanSeconds(seconds: number): string {
  if (seconds < 10) return words.fewSeconds
  if (seconds < 55) return `${Math.round(seconds / 10) * 10} s`
  if (seconds < 55 * minute) return `${Math.max(1, Math.round(seconds / minute))} min`
  const hours = seconds / hour
  if (hours < 9.75) return `${formatNumber(Math.round(hours * 2) / 2, 1)} h`
  return `${formatNumber(Math.round(hours))} h`
}

/** An estimate: "about 4 min", "a few seconds". */
export function formatAbout(seconds: number): string {
  const text = humanSeconds(seconds)
  return text === words.fewSeconds ? text : words.about(text)
}

/** An estimated range: "about 4 to 6 min". */
export function formatAboutRange(lowSeconds: number, highSeconds: number): string {
  const low = humanSeconds(lowSeconds)
  const high = humanSeconds(highSeconds)
  if (low === high) return formatAbout(highSeconds)
  if (low === words.fewSeconds) return words.upTo(high)
  const [lowFigure, lowUnit] = low.split(' ')
  const [highFigure, highUnit] = high.split(' ')
  return lowUnit === highUnit
    ? words.between(lowFigure ?? '', `${highFigure} ${highUnit}`)
    : words.between(low, high)
}

/** A measured duration: "4 min 12 s", "0.8 s". */
export function formatDuration(seconds: number): string {
  if (seconds < 10) return `${formatNumber(seconds, 1)} s`
  const whole = Math.round(seconds)
  if (whole < minute) return `${whole} s`
  if (whole < hour) return `${Math.floor(whole / minute)} min ${whole % minute} s`
  const minutes = Math.round(whole / minute)
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`
}

/** A date and time, locale-long: "21 November 2026 at 08:31". */
export function formatDateTime(time: number): string {
  return new Intl.DateTimeFormat(region, { dateStyle: 'long', timeStyle: 'short' }).format(time)
}

const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })

/** Midnights from one time to another: 30 hours ago can be yesterday or the day before. */
function midnightsBetween(time: number, now: number): number {
  const days =
    (new Date(now).setHours(0, 0, 0, 0) - new Date(time).setHours(0, 0, 0, 0)) / 86_400_000
  // Days of 23 and 25 hours exist.
  return Math.round(days)
}

/** How long ago: "5 minutes ago", "yesterday", then the date. */
export function formatAgo(time: number, now: number): string {
  const seconds = (time - now) / 1000
  if (seconds > -45) return words.justNow
  if (seconds > -50 * minute) return relative.format(Math.round(seconds / minute), 'minute')
  const days = midnightsBetween(time, now)
  if (seconds > -20 * hour || days === 0) return relative.format(Math.round(seconds / hour), 'hour')
  if (days < 7) return relative.format(-days, 'day')
  return new Intl.DateTimeFormat(region, { dateStyle: 'long' }).format(time)
}
