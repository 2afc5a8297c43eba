// The rules of a selection, applied to a method's order: must-keep first, class limits, whole
// groups, minimums. Pure: it sees row numbers only and knows nothing of stores or methods.
import { ruleByte } from './rule-reasons.ts'

export interface ClassLimit {
  readonly min: number
  readonly max: number
}

export interface RuleInputs {
  /** Candidate rows of the dataset without the must-keep rows, best first. */
  readonly order: Uint32Array
  /** Rows kept whatever the method says, in the order they are listed in the result. */
  readonly mustKeep: Uint32Array
  readonly budget: number
  /** Class of each row of the dataset; -1 = none. */
  readonly labels: Int32Array
  /** Limits by class index. */
  readonly limits: ReadonlyMap<number, ClassLimit>
  /** Group of each row, -1 = none; undefined = no groups. */
  readonly groups: Int32Array | undefined
}

export interface RuleOutcome {
  /** Chosen rows, best first: must-keep, then by the method's order. */
  readonly chosen: Uint32Array
  /** Rule code byte per row of the dataset for rows a rule decided; 0 elsewhere. */
  readonly codes: Uint8Array
}

interface Unit {
  readonly rows: readonly number[]
  /** Class index -> rows of that class. */
  readonly counts: ReadonlyMap<number, number>
}

/** One greedy walk: what is taken and how many of each class. */
class Walk {
  readonly taken: Uint8Array
  readonly counts = new Map<number, number>()
  size = 0
  readonly #limits: ReadonlyMap<number, ClassLimit>
  readonly #budget: number

  constructor(items: number, limits: ReadonlyMap<number, ClassLimit>, budget: number) {
    this.taken = new Uint8Array(items)
    this.#limits = limits
    this.#budget = budget
  }

  take(unit: Unit): void {
    for (const row of unit.rows) this.taken[row] = 1
    for (const [label, count] of unit.counts)
      this.counts.set(label, (this.counts.get(label) ?? 0) + count)
    this.size += unit.rows.length
  }

  fitsBudget(unit: Unit): boolean {
    return this.size + unit.rows.length <= this.#budget
  }

  fitsClasses(unit: Unit): boolean {
    for (const [label, count] of unit.counts) {
      const max = this.#limits.get(label)?.max ?? Infinity
      if ((this.counts.get(label) ?? 0) + count > max) return false
    }
    return true
  }

  helpsMinimum(unit: Unit): boolean {
    for (const label of unit.counts.keys()) {
      if ((this.counts.get(label) ?? 0) < (this.#limits.get(label)?.min ?? 0)) return true
    }
    return false
  }
}

/** Rows that move together, in the order of their best member. */
function unitsOf(order: Uint32Array, labels: Int32Array, groups: Int32Array | undefined): Unit[] {
  const lists: number[][] = []
  const place = new Map<number, number>()
  for (const row of order) {
    const group = groups?.[row] ?? -1
    const at = group >= 0 ? place.get(group) : undefined
    if (at !== undefined) lists[at].push(row)
    else {
      if (group >= 0) place.set(group, lists.length)
      lists.push([row])
    }
  }
  return lists.map((rows) => ({ rows, counts: countClasses(rows, labels) }))
}

function countClasses(rows: readonly number[], labels: Int32Array): Map<number, number> {
  const counts = new Map<number, number>()
  for (const row of rows) counts.set(labels[row], (counts.get(labels[row]) ?? 0) + 1)
  return counts
}

/** Must-keep rows plus, with groups, the rest of their groups. */
function startRows(inputs: RuleInputs, codes: Uint8Array): number[] {
  const start = [...inputs.mustKeep]
  for (const row of start) codes[row] = ruleByte('asked-for')
  const { groups } = inputs
  if (groups === undefined) return start
  const pulled = new Set(start.map((row) => groups[row]).filter((group) => group >= 0))
  for (const row of inputs.order) {
    if (!pulled.has(groups[row])) continue
    codes[row] = ruleByte('with-group')
    start.push(row)
  }
  return start
}

/**
 * Applies the rules. Must-keep rows are always chosen, even over the budget (the review refuses
 * that before). Minimums are served first, each class by its best units in the method's order;
 * then the order is walked with the maximums until the budget is full. Groups are taken whole or
 * not at all.
 */
export function applyRules(inputs: RuleInputs): RuleOutcome {
  const { labels, limits, budget } = inputs
  const codes = new Uint8Array(labels.length)
  const start = startRows(inputs, codes)
  const isStart = new Uint8Array(labels.length)
  for (const row of start) isStart[row] = 1
  const order = inputs.order.filter((row) => isStart[row] === 0)
  const units = unitsOf(order, labels, inputs.groups)
  const first: Unit = { rows: start, counts: countClasses(start, labels) }

  const plain = new Walk(labels.length, limits, budget)
  plain.take(first)
  for (const unit of units) if (plain.fitsBudget(unit) && plain.fitsClasses(unit)) plain.take(unit)

  const walk = new Walk(labels.length, limits, budget)
  walk.take(first)
  const open = new Set(units)
  for (const unit of units) {
    if (!walk.helpsMinimum(unit) || !walk.fitsBudget(unit) || !walk.fitsClasses(unit)) continue
    walk.take(unit)
    open.delete(unit)
  }
  for (const unit of units) {
    if (open.has(unit) && walk.fitsBudget(unit) && walk.fitsClasses(unit)) walk.take(unit)
  }
  markReasons(units, plain, walk, inputs.groups !== undefined, budget, codes)
  const chosen = [...start, ...order.filter((row) => walk.taken[row] === 1)]
  return { chosen: Uint32Array.from(chosen), codes }
}

/** A reason for every unit where a rule, and not the method's order, decided. */
function markReasons(
  units: readonly Unit[],
  plain: Walk,
  walk: Walk,
  hasGroups: boolean,
  budget: number,
  codes: Uint8Array
): void {
  // Where the order alone would stop: rows before it that are left out were left out by a rule.
  let reached =
    plain.size -
    units.reduce((n, unit) => n + (plain.taken[unit.rows[0]] === 1 ? unit.rows.length : 0), 0)
  for (const unit of units) {
    const isTaken = walk.taken[unit.rows[0]] === 1
    const wasTaken = plain.taken[unit.rows[0]] === 1
    let code = 0
    if (isTaken && !wasTaken) code = ruleByte('minimum')
    else if (!isTaken && wasTaken) code = ruleByte('made-room')
    else if (!isTaken && reached < budget) {
      if (!walk.fitsClasses(unit)) code = ruleByte('class-full')
      else if (hasGroups && unit.rows.length > 1) code = ruleByte('group-too-large')
    }
    if (wasTaken) reached += unit.rows.length
    if (code !== 0) for (const row of unit.rows) codes[row] = code
  }
}
