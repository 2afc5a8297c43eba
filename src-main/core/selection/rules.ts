// The rules of a selection, applied to any method's order: budget, must keep, limits per class and
// per source, target mix, whole groups. Pure: it sees row numbers only and knows nothing of stores
// or methods.
//
// What comes first, when not everything can be had:
//   1. must-keep rows and the rest of their groups, even over the budget (the review refuses that);
//   2. minimums: first items that serve a class and a source at once, then classes, then sources;
//   3. shares of the target mix;
//   4. the method's order, within every maximum and every share;
//   5. with a target mix, places its classes cannot fill: the method's order without the shares.
// Each step takes the best items in the method's order; no step goes over the budget or a maximum.
import { quotasOf, itemsToShare } from './rule-quotas.ts'
import { ruleByte, type RuleCode } from './rule-reasons.ts'
import { createReserve } from './rule-reserve.ts'
import {
  flatPartition,
  unitsOf,
  Walk,
  type FlatPartition,
  type Purse,
  type RulePartition,
  type Units
} from './rule-walk.ts'

export type { PartLimit, RulePartition } from './rule-walk.ts'

export interface RuleInputs {
  /** Candidate rows of the dataset without the must-keep rows, best first. */
  readonly order: Uint32Array
  /** Rows kept whatever the method says, in the order they are listed in the result. */
  readonly mustKeep: Uint32Array
  /** Rows of the dataset. */
  readonly items: number
  /** The costs of the kept rows never add up to more. */
  readonly budget: number
  /** Cost of each row of the dataset, for example bytes; undefined = 1 each. Never negative. */
  readonly costs?: Float64Array | undefined
  /** Most rows, whatever they cost. */
  readonly most?: number | undefined
  readonly partitions: readonly RulePartition[]
  /** Group of each row, -1 = none; undefined = no groups. */
  readonly groups?: Int32Array | undefined
}

/** A limit that could not be met. */
export interface Shortfall {
  readonly kind: RulePartition['kind']
  readonly part: number
  readonly what: 'minimum' | 'share'
  readonly wanted: number
  readonly got: number
  /** Whether the data has enough items of this part. */
  readonly hasEnough: boolean
}

export interface RuleOutcome {
  /** Chosen rows, best first: must-keep, then by the method's order. */
  readonly chosen: Uint32Array
  /** Rule code byte per row of the dataset for rows a rule decided; 0 elsewhere. */
  readonly codes: Uint8Array
  /** Sum of the costs of the chosen rows. */
  readonly spent: number
  readonly shortfalls: readonly Shortfall[]
}

/** Must-keep rows plus, with groups, the rest of their groups. */
function startRows(inputs: RuleInputs, codes: Uint8Array): number[] {
  const start = [...inputs.mustKeep]
  for (const row of start) codes[row] = ruleByte('asked-for')
  const { groups } = inputs
  if (groups === undefined) return start
  const pulled = new Set(start.map((row) => groups[row]).filter((group) => group >= 0))
  if (pulled.size === 0) return start
  for (const row of inputs.order) {
    if (!pulled.has(groups[row])) continue
    codes[row] = ruleByte('with-group')
    start.push(row)
  }
  return start
}

/** What is fixed during one application of the rules. */
interface Plan {
  readonly inputs: RuleInputs
  readonly purse: Purse
  readonly units: Units
  readonly start: readonly number[]
  readonly partitions: readonly FlatPartition[]
  /** Maximums of every partition. */
  readonly tops: readonly Float64Array[]
  /** The same, with the shares of the target mix as maximums. */
  readonly mixTops: readonly Float64Array[]
  /** Wanted items by part from the target mix; NaN = none. */
  readonly quotas: readonly Float64Array[]
}

function planOf(inputs: RuleInputs, start: readonly number[], order: Uint32Array): Plan {
  const purse = {
    costs: inputs.costs,
    budget: inputs.budget,
    most: inputs.most ?? Infinity
  }
  const partitions = inputs.partitions.map(flatPartition)
  const quotas = partitions.map((partition) => {
    if (partition.share.every(Number.isNaN)) return partition.share
    const total = itemsToShare(order, start, partition, purse)
    return quotasOf(total, partition.share).map((quota, part) =>
      Math.min(partition.max[part], Math.max(partition.min[part], quota))
    )
  })
  return {
    inputs,
    purse,
    units: unitsOf(order, inputs.groups),
    start,
    partitions,
    tops: partitions.map(({ max }) => max),
    mixTops: partitions.map(({ max }, p) =>
      max.map((most, part) => (Number.isNaN(quotas[p][part]) ? most : quotas[p][part]))
    ),
    quotas
  }
}

function newWalk({ inputs, units, partitions, purse, start }: Plan): Walk {
  const walk = new Walk(inputs.items, units, partitions, purse)
  walk.takeRows(start)
  return walk
}

/** Takes units in order while they fit; tells of every one taken. */
function fill(walk: Walk, tops: readonly Float64Array[], onTaken?: (unit: number) => void): void {
  for (let unit = 0; unit < walk.units.count && !walk.isFull(); unit++) {
    if (walk.isTaken(unit) || !walk.fitsBudget(unit) || walk.blockedBy(unit, tops) >= 0) continue
    walk.take(unit)
    onTaken?.(unit)
  }
}

/** Units between two looks at whether any minimum is still open. */
const scanEvery = 4096

/** True while every partition of the pass has a part under its minimum. */
function isOpen(walk: Walk, { partitions }: Plan, pass: readonly number[]): boolean {
  return pass.every((p) => partitions[p].min.some((floor, part) => walk.counts[p][part] < floor))
}

/** Step 2. What could not be met is read off the walk's counts at the end. */
function serveMinimums(
  plan: Plan,
  walk: Walk,
  onTaken: (unit: number, code: RuleCode) => void
): void {
  const { partitions, tops, units } = plan
  const open = partitions.flatMap(({ min }, p) => (min.some((floor) => floor > 0) ? [p] : []))
  const codeOf = (p: number): RuleCode =>
    partitions[p].kind === 'class' ? 'minimum' : 'source-minimum'
  const isExact =
    open.length === 1 && plan.inputs.groups === undefined && plan.inputs.costs !== undefined
  const reserve = isExact
    ? createReserve(walk, partitions[open[0]], open[0], plan.purse.budget)
    : undefined
  const passes = open.length > 1 ? [open, ...open.map((p) => [p])] : open.map((p) => [p])
  for (const pass of passes) {
    for (let unit = 0; unit < units.count; unit++) {
      if (unit % scanEvery === 0 && !isOpen(walk, plan, pass)) break
      if (walk.isTaken(unit)) continue
      if (!pass.every((p) => walk.helps(unit, p, partitions[p].min))) continue
      if (!walk.fitsBudget(unit) || walk.blockedBy(unit, tops) >= 0) continue
      if (reserve?.allows(unit) === false) continue
      reserve?.took(unit)
      walk.take(unit)
      onTaken(unit, codeOf(pass[0]))
    }
  }
}

/** Step 3: units of parts that are under their share. */
function serveShares(plan: Plan, walk: Walk, onTaken: (unit: number) => void): void {
  plan.quotas.forEach((quotas, p) => {
    if (quotas.every(Number.isNaN)) return
    for (let unit = 0; unit < walk.units.count && !walk.isFull(); unit++) {
      if (walk.isTaken(unit) || !walk.helps(unit, p, quotas)) continue
      if (!walk.fitsBudget(unit) || walk.blockedBy(unit, plan.mixTops) >= 0) continue
      walk.take(unit)
      onTaken(unit)
    }
  })
}

/**
 * Applies the rules in the order told at the top of this file. Groups are taken whole or not at
 * all. Deterministic, and independent of how rows are numbered.
 */
export function applyRules(inputs: RuleInputs): RuleOutcome {
  const codes = new Uint8Array(inputs.items)
  const start = startRows(inputs, codes)
  const isStart = new Uint8Array(inputs.items)
  for (const row of start) isStart[row] = 1
  const order = start.length === 0 ? inputs.order : inputs.order.filter((row) => isStart[row] === 0)
  const plan = planOf(inputs, start, order)
  const walk = newWalk(plan)
  const how = new Uint8Array(plan.units.count)
  const hasMix = plan.quotas.some((quotas) => !quotas.every(Number.isNaN))
  serveMinimums(plan, walk, (unit, code) => (how[unit] = ruleByte(code)))
  if (hasMix) serveShares(plan, walk, (unit) => (how[unit] = ruleByte('mix-share')))
  fill(walk, plan.mixTops)
  if (hasMix) fill(walk, plan.tops, (unit) => (how[unit] = ruleByte('filled-up')))
  markReasons(plan, walk, how, codes)
  const chosen = new Uint32Array(walk.size)
  chosen.set(start)
  let at = start.length
  for (const row of order) if (walk.taken[row] === 1) chosen[at++] = row
  return { chosen, codes, spent: walk.spent, shortfalls: shortfallsOf(plan, walk) }
}

/** A reason for every unit where a rule, and not the method's order, decided. */
function markReasons(plan: Plan, walk: Walk, how: Uint8Array, codes: Uint8Array): void {
  const { units, inputs } = plan
  // What the order alone would take: only the difference to it is a rule's doing.
  const plain = how.some((code) => code !== 0) ? newWalk(plan) : walk
  if (plain !== walk) fill(plain, plan.tops)
  let last = -1
  for (let unit = 0; unit < units.count; unit++)
    if (walk.isTaken(unit) || plain.isTaken(unit)) last = unit
  for (let unit = 0; unit < units.count; unit++) {
    const isLate = unit > last
    if (isLate && walk.isFull()) break
    let code = reasonOf(plan, walk, plain, unit, how[unit])
    // The order alone put it behind everything that fitted; its size has nothing to do with it.
    if (isLate && inputs.costs !== undefined && !isFullCode(code)) code = 0
    if (code === 0) continue
    for (let i = units.starts[unit]; i < units.starts[unit + 1]; i++) codes[units.rows[i]] = code
  }
}

function isFullCode(code: number): boolean {
  return code === ruleByte('class-full') || code === ruleByte('source-full')
}

function reasonOf(plan: Plan, walk: Walk, plain: Walk, unit: number, how: number): number {
  const isPlain = plain.isTaken(unit)
  if (walk.isTaken(unit)) return isPlain ? 0 : how
  const blocked = walk.blockedBy(unit, plan.tops)
  if (blocked >= 0)
    return ruleByte(plan.partitions[blocked].kind === 'class' ? 'class-full' : 'source-full')
  if (walk.blockedBy(unit, plan.mixTops) >= 0) return ruleByte('mix-full')
  if (isPlain) return ruleByte('made-room')
  // Items that come after it in the order were taken: it did not fit, or was passed over for them.
  if (walk.sizeOf(unit) > 1) return ruleByte('group-too-large')
  return plan.inputs.costs === undefined ? 0 : ruleByte('over-budget')
}

function shortfallsOf(plan: Plan, walk: Walk): Shortfall[] {
  return plan.partitions.flatMap(({ kind, ids, parts, min }, p) => {
    const has = new Int32Array(parts)
    for (const rows of [plan.start, plan.units.rows])
      for (const row of rows) if (ids[row] >= 0) has[ids[row]]++
    const list: Shortfall[] = []
    for (let part = 0; part < parts; part++) {
      const got = walk.counts[p][part]
      const quota = plan.quotas[p][part]
      // The minimum as it was asked for, even where it is above the maximum.
      const least = plan.inputs.partitions[p].limits.get(part)?.min ?? 0
      if (got < Math.max(least, min[part]))
        list.push({
          kind,
          part,
          what: 'minimum',
          wanted: least,
          got,
          hasEnough: has[part] >= least
        })
      else if (quota > got)
        list.push({ kind, part, what: 'share', wanted: quota, got, hasEnough: has[part] >= quota })
    }
    return list
  })
}
