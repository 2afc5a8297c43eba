// Orders in which the items of a set can be looked through by what they do. Pure.
import type { InfluenceResult } from '@api/dto/analysis.ts'

/** Names of the orders. */
export const influenceOrders = ['place', 'own', 'ownLeast', 'others'] as const
export type InfluenceOrder = (typeof influenceOrders)[number]

type Item = InfluenceResult['items'][number]

const compare: Readonly<Record<InfluenceOrder, (a: Item, b: Item) => number>> = {
  place: (a, b) => a.index - b.index,
  own: (a, b) => b.ownLabel - a.ownLabel,
  ownLeast: (a, b) => a.ownLabel - b.ownLabel,
  others: (a, b) => b.others - a.others
}

/** The items in an order; equal ones as in the set. */
export function orderedItems(items: readonly Item[], order: InfluenceOrder): Item[] {
  return [...items].sort((a, b) => compare[order](a, b) || a.index - b.index)
}
