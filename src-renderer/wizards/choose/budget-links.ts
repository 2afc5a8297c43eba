// "How much" in five linked units. One of them is what the analyst said; the others follow from the
// data. Pure.
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
/** The same budget in every unit. */
export interface LinkedBudget {
  readonly items: number
  readonly percent: number
  readonly megabytes: number
  readonly tokens: number | null
  readonly hours: number
}
/** A unit the budget can be said in. */
export type BudgetUnit = keyof LinkedBudget

/** Items a budget stands for: a percentage rounds down but keeps at least one, as the run does. */
export function itemsOf(budget: Budget, candidates: number): number {
  if (budget.kind === 'count') return budget.count
  const percent = budget.kind === 'percent' ? budget.percent : 10
  return Math.max(1, Math.floor((candidates * percent) / 100))
}

function rounded(value: number, digits: number): number {
  return Number(value.toPrecision(digits))
}

/** The budget in all units. */
export function linkedBudget(budget: Budget, facts: BudgetFacts): LinkedBudget {
  const items = itemsOf(budget, facts.candidates)
  const percent =
    budget.kind === 'percent'
      ? budget.percent
      : facts.candidates === 0
        ? 0
        : rounded((items / facts.candidates) * 100, 3)
  return {
    items,
    percent,
    megabytes: rounded((items * facts.bytesPerItem) / 1e6, 3),
    tokens: facts.tokensPerItem === null ? null : Math.round(items * facts.tokensPerItem),
    hours: rounded((items * facts.secondsPerItem) / 3600, 3)
  }
}

/** The budget that a value in one unit asks for; undefined when the unit cannot say it. */
export function budgetFrom(
  unit: BudgetUnit,
  value: number,
  facts: BudgetFacts
): Budget | undefined {
  if (!Number.isFinite(value) || value <= 0) return undefined
  if (unit === 'percent') return { kind: 'percent', percent: Math.min(100, value) }
  const perItem = {
    items: 1,
    megabytes: facts.bytesPerItem / 1e6,
    tokens: facts.tokensPerItem ?? 0,
    hours: facts.secondsPerItem / 3600
  }[unit]
  if (perItem <= 0) return undefined
  // Sizes and times are limits, so a part of an item is not kept.
  const count = unit === 'items' ? Math.round(value) : Math.floor(value / perItem + 1e-9)
  return { kind: 'count', count: Math.max(1, count) }
}
