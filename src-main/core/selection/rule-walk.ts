// The pieces a rule walk is made of: units (rows that move together), limits as flat arrays, and
// the walk itself, which knows what is taken, what it costs and how much of each part is full.
// Everything is held in typed arrays, so that a million rows take about a second.

/** What one way of parting the rows (labels, or where items come from) asks for. */
export interface RulePartition {
  readonly kind: 'class' | 'source'
  /** Part of each row of the dataset; -1 = none. */
  readonly ids: Int32Array
  /** By part. A missing part has no limits. */
  readonly limits: ReadonlyMap<number, PartLimit>
}

/** Limits of one part, in items. */
export interface PartLimit {
  readonly min: number
  /** Infinity = none. */
  readonly max: number
  /** Wanted share of the kept items, 0..1; undefined = as it comes. */
  readonly share01?: number | undefined
}

/** Rows that are taken or left together, in the order of their best member. */
export interface Units {
  readonly count: number
  /** Rows of all units, one unit after the other. */
  readonly rows: Uint32Array
  /** Unit u holds rows starts[u] to starts[u + 1] - 1. */
  readonly starts: Uint32Array
}

/** Units of an order: whole groups, and every other row alone. */
export function unitsOf(order: Uint32Array, groups: Int32Array | undefined): Units {
  if (groups === undefined) {
    const starts = new Uint32Array(order.length + 1).map((_, i) => i)
    return { count: order.length, rows: order, starts }
  }
  const place = new Map<number, number>()
  const unit = new Uint32Array(order.length)
  let count = 0
  order.forEach((row, i) => {
    const group = groups[row]
    const known = group < 0 ? undefined : place.get(group)
    if (known === undefined && group >= 0) place.set(group, count)
    unit[i] = known ?? count++
  })
  const starts = new Uint32Array(count + 1)
  for (const u of unit) starts[u + 1]++
  for (let u = 0; u < count; u++) starts[u + 1] += starts[u]
  const next = starts.slice(0, count)
  const rows = new Uint32Array(order.length)
  order.forEach((row, i) => (rows[next[unit[i]]++] = row))
  return { count, rows, starts }
}

/** Number of parts a partition names or limits. */
function partsOf(partition: RulePartition): number {
  let most = -1
  for (const id of partition.ids) if (id > most) most = id
  for (const part of partition.limits.keys()) if (part > most) most = part
  return most + 1
}

/** One partition with its limits by part. */
export interface FlatPartition {
  readonly kind: RulePartition['kind']
  readonly ids: Int32Array
  readonly parts: number
  readonly min: Float64Array
  readonly max: Float64Array
  /** Wanted share of the kept items, 0..1; NaN = as it comes. */
  readonly share: Float64Array
}

/** Limits laid out by part. A minimum above its maximum counts as the maximum. */
export function flatPartition(partition: RulePartition): FlatPartition {
  const parts = partsOf(partition)
  const min = new Float64Array(parts)
  const max = new Float64Array(parts).fill(Infinity)
  const share = new Float64Array(parts).fill(NaN)
  for (const [part, limit] of partition.limits) {
    max[part] = limit.max
    min[part] = Math.min(limit.min, limit.max)
    if (limit.share01 !== undefined) share[part] = limit.share01
  }
  return { kind: partition.kind, ids: partition.ids, parts, min, max, share }
}

/** What is there to spend. */
export interface Purse {
  /** Cost of each row of the dataset; undefined = every item costs 1. */
  readonly costs: Float64Array | undefined
  /** The costs of the kept items never add up to more. */
  readonly budget: number
  /** Most items, whatever they cost; Infinity = no such limit. */
  readonly most: number
}

/** One greedy walk: what is taken, what it cost and how many of each part. */
export class Walk {
  readonly taken: Uint8Array
  readonly counts: readonly Int32Array[]
  spent = 0
  size = 0
  readonly units: Units
  readonly #partitions: readonly FlatPartition[]
  readonly #purse: Purse
  readonly #cost: Float64Array | undefined

  constructor(items: number, units: Units, partitions: readonly FlatPartition[], purse: Purse) {
    this.taken = new Uint8Array(items)
    this.counts = partitions.map(({ parts }) => new Int32Array(parts))
    this.units = units
    this.#partitions = partitions
    this.#purse = purse
    this.#cost = unitCosts(units, purse.costs)
  }

  /** Rows that are kept whatever the limits say. */
  takeRows(rows: readonly number[]): void {
    for (const row of rows) {
      this.#count(row, 1)
      this.taken[row] = 1
      this.spent += this.#purse.costs?.[row] ?? 1
    }
    this.size += rows.length
  }

  sizeOf(unit: number): number {
    return this.units.starts[unit + 1] - this.units.starts[unit]
  }

  costOf(unit: number): number {
    return this.#cost?.[unit] ?? this.sizeOf(unit)
  }

  isTaken(unit: number): boolean {
    return this.taken[this.units.rows[this.units.starts[unit]]] === 1
  }

  take(unit: number): void {
    const { rows, starts } = this.units
    for (let at = starts[unit]; at < starts[unit + 1]; at++) {
      this.#count(rows[at], 1)
      this.taken[rows[at]] = 1
    }
    this.spent += this.costOf(unit)
    this.size += this.sizeOf(unit)
  }

  fitsBudget(unit: number): boolean {
    return (
      this.spent + this.costOf(unit) <= this.#purse.budget &&
      this.size + this.sizeOf(unit) <= this.#purse.most
    )
  }

  /** True when not even a free item fits. */
  isFull(): boolean {
    const { costs, budget, most } = this.#purse
    return this.size >= most || (costs === undefined && this.spent >= budget)
  }

  /** Index of the first partition that a unit would put above `tops`; -1 = none. */
  blockedBy(unit: number, tops: readonly Float64Array[]): number {
    const { rows, starts } = this.units
    const [first, end] = [starts[unit], starts[unit + 1]]
    let blocked = -1
    for (let p = 0; p < tops.length && blocked < 0; p++) {
      const { ids } = this.#partitions[p]
      const counts = this.counts[p]
      let at = first
      for (; at < end && blocked < 0; at++) {
        const part = ids[rows[at]]
        if (part >= 0 && ++counts[part] > tops[p][part]) blocked = p
      }
      // The counting was only a try.
      while (--at >= first) if (ids[rows[at]] >= 0) counts[ids[rows[at]]]--
    }
    return blocked
  }

  /** True when the unit holds an item of a part that is still under `floors`. */
  helps(unit: number, partition: number, floors: Float64Array): boolean {
    const { rows, starts } = this.units
    const { ids } = this.#partitions[partition]
    for (let at = starts[unit]; at < starts[unit + 1]; at++) {
      const part = ids[rows[at]]
      if (part >= 0 && this.counts[partition][part] < floors[part]) return true
    }
    return false
  }

  #count(row: number, by: number): void {
    this.#partitions.forEach(({ ids }, p) => {
      if (ids[row] >= 0) this.counts[p][ids[row]] += by
    })
  }
}

function unitCosts(units: Units, costs: Float64Array | undefined): Float64Array | undefined {
  if (costs === undefined) return undefined
  const sums = new Float64Array(units.count)
  for (let u = 0; u < units.count; u++)
    for (let at = units.starts[u]; at < units.starts[u + 1]; at++) sums[u] += costs[units.rows[at]]
  return sums
}
