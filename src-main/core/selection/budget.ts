// How much to keep, in the unit the analyst asked for, and as words.
import type { SelectDraft } from '../../api/dto/runs.ts'
import { bytesInWords, count, things } from './message-parts.ts'

export type Budget = SelectDraft['budget']

/** About four characters of English to a token, the usual rule of thumb. */
export const charactersPerToken = 4

/** Mean size of the candidates, for budgets that are not counted in items. */
export interface MeanSize {
  readonly bytes: number
  readonly characters: number
}

/**
 * Items that are asked for out of `available`: a count as it is, a percentage rounded down, other
 * units by the candidates' mean size; at least 1. The smallest set starts from the most it may keep.
 */
export function askedItems(budget: Budget, available: number, mean: MeanSize): number {
  switch (budget.kind) {
    case 'count':
      return budget.count
    case 'percent':
      return ofPercent(budget.percent, available)
    case 'smallest':
      return ofPercent(budget.atMostPercent, available)
    case 'bytes':
      return fitting(budget.bytes, mean.bytes, available)
    case 'tokens':
      return fitting(budget.tokens * charactersPerToken, mean.characters, available)
    case 'time':
      return Math.max(1, Math.floor((budget.hours * 3600) / budget.secondsPerItem + 1e-9))
  }
}

function ofPercent(percent: number, available: number): number {
  // The small addition keeps 20 % of 50 at 10 although 0.2 has no exact binary form.
  return Math.max(1, Math.floor((percent * available) / 100 + 1e-9))
}

function fitting(limit: number, each: number, available: number): number {
  return each <= 0 ? available : Math.max(1, Math.min(available, Math.floor(limit / each)))
}

/** A budget that is a sum of costs. */
export interface SpendLimit {
  readonly unit: 'bytes' | 'characters'
  /** Cost of each row of the dataset. */
  readonly costs: Float64Array
  readonly budget: number
}

/** What each row costs under a budget in bytes or tokens; undefined where items are counted. */
export function spendOf(
  budget: Budget,
  columns: { readonly sizes: Float64Array; readonly textLengths: Uint32Array }
): SpendLimit | undefined {
  if (budget.kind === 'bytes') return { unit: 'bytes', costs: columns.sizes, budget: budget.bytes }
  if (budget.kind !== 'tokens') return undefined
  return {
    unit: 'characters',
    costs: Float64Array.from(columns.textLengths),
    budget: budget.tokens * charactersPerToken
  }
}

/** "8 hours", "1 hour" or "30 minutes". */
export function hoursInWords(hours: number): string {
  if (hours < 1) return things(Math.max(1, Math.round(hours * 60)), 'minute', 'minutes')
  return things(Number(hours.toPrecision(3)), 'hour', 'hours')
}

/** "10 %", "500 items", "2 GB", "1,000,000 tokens", "8 hours of labelling". */
export function budgetWords(budget: Budget): string {
  switch (budget.kind) {
    case 'count':
      return `${count(budget.count)} items`
    case 'percent':
      return `${Number(budget.percent.toPrecision(3))} %`
    case 'bytes':
      return bytesInWords(budget.bytes)
    case 'tokens':
      return `${count(Math.round(budget.tokens))} tokens`
    case 'time':
      return `${hoursInWords(budget.hours)} of labelling`
    case 'smallest':
      return `the smallest set that keeps ${Number((budget.keepsShare01 * 100).toPrecision(3))} % of the accuracy`
  }
}

/** Mean size of some rows; 0 where nothing is known. */
export function meanSize(
  rows: Uint32Array,
  columns: { readonly sizes: Float64Array; readonly textLengths: Uint32Array }
): MeanSize {
  let bytes = 0
  let characters = 0
  for (const row of rows) {
    bytes += columns.sizes[row]
    characters += columns.textLengths[row]
  }
  const items = Math.max(1, rows.length)
  return { bytes: bytes / items, characters: characters / items }
}
