// Numbers as people read them in reports, cards and read-me files (product rule 17).

import { figureText } from '../compute/figure-text.ts'

/** 0.831 -> "83.1 %". */
export function percentText(share: number, digits = 1): string {
  return `${figureText(share * 100, digits)} %`
}

/** 0.081 -> "+8.1 points"; the minus sign is typographic. */
export function pointsText(difference: number): string {
  const points = difference * 100
  return `${signed(points)} points`
}

/** "+0.6" or "−1.1". */
export function signed(value: number): string {
  const rounded = figureText(Math.abs(value))
  return value < 0 && rounded !== '0.0' ? `−${rounded}` : `+${rounded}`
}

/** 1234567 -> "1.2 MB", 471000 -> "471 KB": the same words as the screens use. */
export function bytesText(bytes: number): string {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000
    unit++
  }
  if (unit === 0) return `${value} bytes`
  return `${value.toFixed(value >= 100 ? 0 : 1)} ${units[unit]}`
}

/** 12400 -> "12,400". */
export function countText(count: number): string {
  return count.toLocaleString('en')
}

/** "2026-11-21T11:24:28.180Z" -> "21 November 2026, 11:24 UTC": the same on every computer. */
export function dateText(iso: string): string {
  const date = new Date(iso)
  if (Number.isNaN(date.getTime())) return iso
  const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' }).format(date)
  return `${day}, ${iso.slice(11, 16)} UTC`
}

const ties: Readonly<Record<string, string>> = {
  random: 'by lot, with the repeat code',
  variety: 'to those that stand for most others',
  'mean-rank': 'by average place',
  'least-covered-task': 'to the task with the fewest'
}

/** How ties were broken, in words; a rule this version does not know keeps its own name. */
export function tieWords(rule: string): string {
  return ties[rule] ?? `by the rule “${rule}”`
}
