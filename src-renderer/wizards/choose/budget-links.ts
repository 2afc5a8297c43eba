// "How much" in five linked units. One of them is what the analyst said, and it is the one that is
// stored: 2 GB stay 2 GB when the data grows. The others follow from the data. Pure.
import type { Budget } from '@api/dto/runs.ts'

/** What links the units, from the live review. */
export interface BudgetFacts {
  /** Items that can be chosen. */
  readonly candidates: number
  /** Mean size of one item in bytes; 0 when not known. */
  readonly bytesPerItem: number
  /** Mean tokens of one item; null when the data is not text. */
  readonly tokensPerItem: number | null
  readonly secondsPerItem: number
}
/** The same amount in every unit. */
export interface LinkedBudget {
  readonly items: number
  readonly percent: number
  readonly megabytes: number
  readonly tokens: number | null
  readonly hours: number
}
/** A unit the amount can be said in. */
export type BudgetUnit = keyof LinkedBudget

/** The unit a budget is stored in. */
export function unitOf(budget: Budget): BudgetUnit {
  switch (budget.kind) {
    case 'count':
      return 'items'
    case 'bytes':
      return 'megabytes'
    case 'tokens':
      return 'tokens'
    case 'time':
      return 'hours'
    case 'percent':
    case 'smallest':
      return 'percent'
  }
}

/** Items a budget stands for, as the run counts them: rounded down, but at least one. */
export function itemsOf(budget: Budget, facts: BudgetFacts): number {
  const { candidates } = facts
  const fitting = (limit: number, each: number): number =>
    each <= 0 ? candidates : Math.min(candidates, Math.floor(limit / each + 1e-9))
  const ofPercent = (percent: number): number => Math.floor((candidates * percent) / 100 + 1e-9)
  switch (budget.kind) {
    case 'count':
      return budget.count
    case 'percent':
      return Math.max(1, ofPercent(budget.percent))
    case 'smallest':
      return Math.max(1, ofPercent(budget.atMostPercent))
    case 'bytes':
      return Math.max(1, fitting(budget.bytes, facts.bytesPerItem))
    case 'tokens':
      return Math.max(1, fitting(budget.tokens, facts.tokensPerItem ?? 0))
    case 'time':
      return Math.max(1, Math.floor((budget.hours * 3600) / budget.secondsPerItem + 1e-9))
  }
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits))
}

/** The budget in all units; the one it is stored in is shown exactly. */
export function linkedBudget(budget: Budget, facts: BudgetFacts): LinkedBudget {
  const items = itemsOf(budget, facts)
  const percent = facts.candidates === 0 ? 0 : rounded((items / facts.candidates) * 100, 3)
  const tokens = facts.tokensPerItem === null ? null : Math.round(items * facts.tokensPerItem)
  return {
    items,
    percent:
      budget.kind === 'percent'
        ? budget.percent
        : budget.kind === 'smallest'
          ? budget.atMostPercent
          : percent,
    megabytes:
      budget.kind === 'bytes' ? budget.bytes / 1e6 : rounded((items * facts.bytesPerItem) / 1e6, 3),
    tokens: budget.kind === 'tokens' ? budget.tokens : tokens,
    hours: budget.kind === 'time' ? budget.hours : rounded((items * facts.secondsPerItem) / 3600, 3)
  }
}

/** The budget that a value in one unit asks for; undefined when the unit cannot say it. */
export function budgetFrom(
  unit: BudgetUnit,
  value: number,
  facts: BudgetFacts
): Budget | undefined {
  if (!Number.isFinite(value) || value <= 0) return undefined
  switch (unit) {
    case 'items':
      return { kind: 'count', count: Math.max(1, Math.round(value)) }
    case 'percent':
      return { kind: 'percent', percent: Math.min(100, value) }
    case 'megabytes':
      // Six decimals of a megabyte are a byte.
      return facts.bytesPerItem <= 0
        ? undefined
        : { kind: 'bytes', bytes: Math.max(1, Math.round(value * 1e6)) }
    case 'tokens':
      return facts.tokensPerItem === null
        ? undefined
        : { kind: 'tokens', tokens: Math.max(1, Math.round(value)) }
    case 'hours':
      return { kind: 'time', hours: value, secondsPerItem: facts.secondsPerItem }
  }
}
