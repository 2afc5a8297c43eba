// Sets that are too large for all pairs at once are dealt by lot into shards of alike make-up, each of
// which gets its share of the places. Sums over what was picked are carried from shard to shard.
import { followDirection } from '../../compute/kernels/follow-direction.ts'
import { shareOut } from '../../compute/kernels/largest-remainder.ts'
import { rankDescending } from '../../compute/kernels/ranking.ts'
import type { Random } from '../../compute/random.ts'
import { rowsPerBlock } from './cells.ts'
import { readInTurn } from './held-rows.ts'
import type { PickState, PickStep, PickTask } from './coverage-run.ts'

/** Up to this many rows all pairs are compared (256 MB); above, in shards of about half as many. */
export const wholeLimit = 8000
const shardRows = 4000

/** Rows of one shard, on average. */
export function shardSize(rows: number, limit = wholeLimit): number {
  return rows <= limit ? rows : Math.min(shardRows, limit)
}

/** The rows in shards, each ascending; a single one up to the limit. */
export function dealShards(rows: Uint32Array, random: Random, limit = wholeLimit): Uint32Array[] {
  if (rows.length <= limit) return [rows]
  const count = Math.ceil(rows.length / Math.min(shardRows, limit))
  const shuffled = random.shuffle(rows.slice())
  return Array.from({ length: count }, (_, s) =>
    Uint32Array.from(
      { length: Math.ceil((rows.length - s) / count) },
      (_row, i) => shuffled[s + i * count]
    ).sort()
  )
}

/** How a direction is followed; see followDirection. */
export interface Following {
  /** w from the group's sum of rows, the sum of what is picked, and how many that are. */
  direction(total: Float64Array, picked: Float64Array, count: number): Float64Array
  /** What is added to w after every pick. */
  drift(total: Float64Array): Float64Array | undefined
  readonly isNearest: boolean
  readonly limit?: number
}

export interface Followed {
  /** Best first. */
  readonly picks: Uint32Array
  /** Sum of all rows of the group, and of the picked ones. */
  readonly total: Float64Array
  readonly picked: Float64Array
  readonly shards: number
}

/** Follows a direction through all shards of a group; goes on from a state after any shard. */
export async function* followGroup(
  task: PickTask,
  following: Following
): AsyncGenerator<PickStep, Followed, void> {
  const { prepared, group, context, resume } = task
  const { rows, quota } = group
  const { columns } = prepared
  const total = yield* sumOf(task)
  const random = context.random.fork(`shards-${group.index}`)
  const shards = dealShards(rows, random, following.limit)
  const sizes = shards.map((shard) => shard.length)
  const quotas = shareOut(quota, sizes, sizes)
  const picks = new Uint32Array(quota)
  const state = openState(resume, columns)
  picks.set(state.picks)
  const read = readInTurn(prepared, shards, context.signal)
  let count = state.picks.length
  let done = 0
  for (const [at, shard] of shards.entries()) {
    const before = done
    done += shard.length
    if (at < state.next) continue
    const values = await read(at)
    const drift = following.drift(total)
    const run = followDirection(context.device.tf, values, columns, quotas[at], {
      signal: context.signal,
      start: following.direction(total, state.sum, count),
      ...(drift === undefined ? {} : { drift }),
      isNearest: following.isNearest
    })
    let step = await run.next()
    while (step.done !== true) {
      yield { done: before + Math.floor(step.value * shard.length) }
      step = await run.next()
    }
    for (const pick of step.value.picks) {
      picks[count++] = shard[pick]
      for (let j = 0; j < columns; j++) state.sum[j] += values[pick * columns + j]
    }
    if (at + 1 === shards.length) break
    // Twenty checkpoints at most: each holds some numbers per row.
    const isDue =
      Math.floor((20 * (at + 1)) / shards.length) > Math.floor((20 * at) / shards.length)
    if (isDue) yield { done, state: packState(picks.subarray(0, count), state.sum, at + 1) }
  }
  return { picks, total, picked: state.sum, shards: shards.length }
}

async function* sumOf({
  prepared,
  group,
  context
}: PickTask): AsyncGenerator<PickStep, Float64Array, void> {
  const { columns } = prepared
  const sum = new Float64Array(columns)
  const size = rowsPerBlock(columns)
  for (let from = 0; from < group.rows.length; from += size) {
    context.signal.throwIfAborted()
    const values = await prepared.read(group.rows.subarray(from, from + size))
    for (let at = 0; at < values.length; at += columns)
      for (let j = 0; j < columns; j++) sum[j] += values[at + j]
    yield { done: 0 }
  }
  return sum
}

function openState(
  resume: PickState | undefined,
  columns: number
): { picks: Uint32Array; sum: Float64Array; next: number } {
  if (resume === undefined)
    return { picks: new Uint32Array(0), sum: new Float64Array(columns), next: 0 }
  const bits = resume.arrays['sum'] as Uint32Array
  return {
    picks: resume.arrays['picks'] as Uint32Array,
    sum: new Float64Array(bits.slice().buffer),
    next: Number(resume.values['next'])
  }
}

/** Checkpoints know no float64: sums travel as their bits. */
function packState(picks: Uint32Array, sum: Float64Array, next: number): PickState {
  return {
    arrays: { picks: picks.slice(), sum: new Uint32Array(sum.slice().buffer) },
    values: { next }
  }
}

/** A number for every row of the group, computed from its prepared form, in the group's order. */
export async function measureRows(
  { prepared, group, context }: PickTask,
  measure: (values: Float32Array, at: number) => number
): Promise<Float32Array> {
  const { columns } = prepared
  const out = new Float32Array(group.rows.length)
  const size = rowsPerBlock(columns)
  for (let from = 0; from < group.rows.length; from += size) {
    context.signal.throwIfAborted()
    const values = await prepared.read(group.rows.subarray(from, from + size))
    for (let at = 0; at < values.length; at += columns)
      out[from + at / columns] = measure(values, at)
  }
  return out
}

/** The picks, then all other rows of the group by `value`, largest first. */
export function picksThenRest(
  rows: Uint32Array,
  picks: Uint32Array,
  value: Float32Array
): Uint32Array {
  const isPicked = new Set(picks)
  const ranked = rankDescending(
    value,
    rows.map((_, at) => at)
  )
  const order = new Uint32Array(rows.length)
  order.set(picks)
  let filled = picks.length
  for (const at of ranked) if (!isPicked.has(rows[at])) order[filled++] = rows[at]
  return order
}
