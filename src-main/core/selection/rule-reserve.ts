// Keeping enough back for the minimums of a limit on bytes or tokens: the best item of a class may
// be so large that its others no longer fit, although smaller ones would have. The reserve is the
// least that the open minimums can still be met for; an item is passed over when taking it would
// leave less. For one partition and items that move alone this is exact: every minimum that can be
// met is met.
import type { FlatPartition, Walk } from './rule-walk.ts'

/** What the open minimums of one partition cost at least. */
export interface Reserve {
  /** True when the unit can be taken and every open minimum still be met. */
  allows(unit: number): boolean
  /** Tells that the unit was taken. */
  took(unit: number): void
}

/**
 * The reserve of `partition` (place `index` of the walk's partitions) before its minimums are
 * served; undefined when they cannot all be met, and the walk should get as far as it can.
 */
export function createReserve(
  walk: Walk,
  partition: FlatPartition,
  index: number,
  budget: number
): Reserve | undefined {
  const { units } = walk
  const partOf = (unit: number): number => partition.ids[units.rows[units.starts[unit]]]
  const lists = openUnits(walk, partition, index, partOf)
  const isHeld = new Uint8Array(units.count)
  const held = new Int32Array(partition.parts)
  let cost = 0
  for (const [part, list] of lists) {
    const need = Math.min(partition.min[part] - walk.counts[index][part], list.length)
    list.sort((a, b) => walk.costOf(a) - walk.costOf(b) || a - b)
    list.length = need
    held[part] = need
    for (const unit of list) {
      isHeld[unit] = 1
      cost += walk.costOf(unit)
    }
  }
  if (walk.spent + cost > budget) return undefined
  /** The dearest unit still held for a part; it is what another one would take the place of. */
  const dearest = (part: number): number => {
    const list = lists.get(part) ?? []
    while (isHeld[list[list.length - 1]] === 0) list.pop()
    return list[list.length - 1]
  }
  const releases = (unit: number): number => {
    const part = partOf(unit)
    if (part < 0 || held[part] === 0) return 0
    return walk.costOf(isHeld[unit] === 1 ? unit : dearest(part))
  }
  return {
    allows: (unit) => walk.spent + walk.costOf(unit) + cost - releases(unit) <= budget,
    took(unit) {
      const part = partOf(unit)
      if (part < 0 || held[part] === 0) return
      const gone = isHeld[unit] === 1 ? unit : dearest(part)
      cost -= walk.costOf(gone)
      isHeld[gone] = 0
      held[part]--
    }
  }
}

/** Units of the parts that are under their minimum. */
function openUnits(
  walk: Walk,
  partition: FlatPartition,
  index: number,
  partOf: (unit: number) => number
): Map<number, number[]> {
  const lists = new Map<number, number[]>()
  for (let part = 0; part < partition.parts; part++)
    if (partition.min[part] > walk.counts[index][part]) lists.set(part, [])
  for (let unit = 0; unit < walk.units.count; unit++) lists.get(partOf(unit))?.push(unit)
  return lists
}
