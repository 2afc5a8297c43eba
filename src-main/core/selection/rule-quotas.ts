// A target mix ("40 % roses") as whole numbers of items: largest remainder over the number of items
// that will be kept. Where the budget is not a number of items, that number is looked for first.
import { shareOut } from '../compute/kernels/largest-remainder.ts'
import type { FlatPartition, Purse } from './rule-walk.ts'

/**
 * Items each part should have among `total` kept ones; NaN where no share is asked for. Shares
 * that add up to more than 1 are taken in proportion; what they leave open goes to everything else.
 */
export function quotasOf(total: number, share: Float64Array): Float64Array {
  const asked = [...share.keys()].filter((part) => !Number.isNaN(share[part]))
  const sum = asked.reduce((s, part) => s + share[part], 0)
  const weights = [...asked.map((part) => share[part]), Math.max(0, 1 - sum)]
  // Rounding noise must not open a place for "everything else" when the shares fill the whole.
  if (weights[weights.length - 1] < 1e-9) weights[weights.length - 1] = 0
  const quotas = new Float64Array(share.length).fill(NaN)
  if (asked.length === 0 || weights.every((weight) => weight === 0)) {
    for (const part of asked) quotas[part] = 0
    return quotas
  }
  const given = shareOut(
    total,
    weights,
    weights.map((weight) => (weight > 0 ? total : 0))
  )
  asked.forEach((part, i) => (quotas[part] = given[i]))
  return quotas
}

/**
 * The number of items to share out: the budget where items are counted; for bytes or tokens the
 * largest number whose quotas, filled with the best items of each part, fit into the budget.
 */
export function itemsToShare(
  order: Uint32Array,
  start: readonly number[],
  partition: FlatPartition,
  purse: Purse
): number {
  const all = order.length + start.length
  const { costs } = purse
  const most = Math.min(all, purse.most)
  if (costs === undefined) return Math.min(most, Math.floor(purse.budget))
  const sums = runningCosts(order, start, partition, costs)
  const costFor = (total: number): number => {
    const quotas = quotasOf(total, partition.share)
    let cost = 0
    let shared = 0
    for (const [part, list] of sums.parts) {
      const take = Math.min(quotas[part], list.length - 1)
      cost += list[take]
      shared += take
    }
    return cost + sums.others[Math.min(Math.max(0, total - shared), sums.others.length - 1)]
  }
  let [low, high] = [0, most]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if (costFor(middle) <= purse.budget) low = middle
    else high = middle - 1
  }
  return low
}

/** Cost of the first n items of every part with a share, and of all the others together. */
function runningCosts(
  order: Uint32Array,
  start: readonly number[],
  partition: FlatPartition,
  costs: Float64Array
): { parts: Map<number, number[]>; others: number[] } {
  const parts = new Map<number, number[]>()
  partition.share.forEach((share, part) => {
    if (!Number.isNaN(share)) parts.set(part, [0])
  })
  const others = [0]
  const add = (row: number): void => {
    const list = parts.get(partition.ids[row]) ?? others
    list.push(list[list.length - 1] + costs[row])
  }
  for (const row of start) add(row)
  for (const row of order) add(row)
  return { parts, others }
}
