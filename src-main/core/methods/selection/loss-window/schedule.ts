// Which rows a pass of training visits: SeTa's window of alike losses that slides from easy to hard,
// and InfoBatch's rule that skips some rows below the mean loss and lets the others count more.
import type { Random } from '../../../compute/random.ts'
import { groupBorders } from './groups.ts'
import type { Schedule } from './params.ts'

/** Settings of a schedule. */
export interface ScheduleSettings {
  readonly schedule: Schedule
  readonly passes: number
  /** r: share skipped by lot, 0..0.9. */
  readonly skip01: number
  /** G. */
  readonly groups: number
  /** w: share of the groups in the window. */
  readonly window01: number
}

/** Losses above `low` and up to `high` are inside; null = no border. */
export interface PassRule {
  readonly low: number | null
  readonly high: number | null
  /** Chance of a row inside and of one outside to be visited in this pass. */
  readonly inside: number
  readonly outside: number
  /** Group the window starts at and groups in it; null where no window was used. */
  readonly window: { readonly start: number; readonly groups: number; readonly of: number } | null
}

/** Rows of one pass. */
export interface PassPlan {
  readonly rule: PassRule
  /** Places among the training rows, ascending. */
  readonly rows: Uint32Array
  /** What each of them counts. */
  readonly weights: Float32Array
}

/** Share of the passes after which InfoBatch visits all rows, and SeTa draws by lot alone. */
const lastPart = 0.125
/** InfoBatch keeps this share of the rows below the mean at least. */
const leastKept = 0.1

/** Groups in the window: round(G w), at least one and at most all. */
export function windowSize(groups: number, window01: number): number {
  return Math.min(groups, Math.max(1, Math.round(groups * window01)))
}

/** Group a pass starts at: pass mod (G - window + 1), so that the window goes from easy to hard. */
export function windowStart(pass: number, groups: number, size: number): number {
  return pass % (groups - size + 1)
}

/** Whether a pass is among the last eighth. */
export function isLastPart(pass: number, passes: number): boolean {
  return pass >= passes - Math.floor(passes * lastPart)
}

const everything = (inside: number): PassRule => ({
  low: null,
  high: null,
  inside,
  outside: inside,
  window: null
})

/** Whether a loss lies inside a rule's range. */
export function isInside({ low, high }: PassRule, loss: number): boolean {
  return (low === null || loss > low) && (high === null || loss <= high)
}

/**
 * Plans a pass from the losses each row had when it was last visited. The first pass visits all rows.
 * @param losses one per training row, finite
 */
export function planPass(
  settings: ScheduleSettings,
  pass: number,
  losses: Float64Array,
  random: Random
): PassPlan {
  if (pass === 0) return planAll(losses.length)
  return settings.schedule === 'window'
    ? planWindow(settings, pass, losses, random)
    : planBelowMean(settings, pass, losses, random)
}

function planAll(count: number): PassPlan {
  const rows = Uint32Array.from({ length: count }, (_, i) => i)
  return { rule: everything(1), rows, weights: new Float32Array(count).fill(1) }
}

/** SeTa's pass: a part by lot, its losses in groups, the window's groups. */
function planWindow(
  { passes, skip01, groups, window01 }: ScheduleSettings,
  pass: number,
  losses: Float64Array,
  random: Random
): PassPlan {
  const count = losses.length
  const kept = Math.max(1, Math.round((1 - skip01) * count))
  const drawn = random.sample(count, kept).sort()
  const inside = kept / count
  const weigh = (rows: Uint32Array): Float32Array => new Float32Array(rows.length).fill(1)
  if (isLastPart(pass, passes)) {
    return { rule: everything(inside), rows: drawn, weights: weigh(drawn) }
  }
  const borders = groupBorders(
    Float64Array.from(drawn, (row) => losses[row]),
    groups
  )
  // Equal losses make fewer groups than asked for.
  const of = borders.length + 1
  const size = windowSize(of, window01)
  const start = windowStart(pass, of, size)
  const rule: PassRule = {
    low: start === 0 ? null : borders[start - 1],
    high: start + size === of ? null : borders[start + size - 1],
    inside,
    outside: 0,
    window: { start, groups: size, of }
  }
  const rows = drawn.filter((row) => isInside(rule, losses[row]))
  return { rule, rows, weights: weigh(rows) }
}

/** InfoBatch's pass: of the rows below the mean loss a part, each counting for those left out. */
function planBelowMean(
  { passes, skip01 }: ScheduleSettings,
  pass: number,
  losses: Float64Array,
  random: Random
): PassPlan {
  if (isLastPart(pass, passes)) return planAll(losses.length)
  const mean = losses.reduce((sum, loss) => sum + loss, 0) / losses.length
  const all = Uint32Array.from(losses.keys())
  const below = all.filter((row) => losses[row] < mean)
  const share = Math.max(leastKept, 1 - skip01)
  const kept = Math.min(below.length, Math.max(1, Math.floor(share * below.length)))
  const drawn = random.sample(below.length, kept).map((at) => below[at])
  const weights = new Float32Array(losses.length)
  for (const row of all) if (losses[row] >= mean) weights[row] = 1
  // Those below the mean together count as many as they are, so no direction is preferred.
  for (const row of drawn) weights[row] = below.length / kept
  const rows = all.filter((row) => weights[row] > 0)
  const outside = below.length === 0 ? 1 : kept / below.length
  return {
    rule: { low: mean, high: null, inside: 1, outside, window: null },
    rows,
    weights: Float32Array.from(rows, (row) => weights[row])
  }
}
