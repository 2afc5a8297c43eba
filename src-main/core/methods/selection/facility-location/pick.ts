// Facility location over the items of one label: all pairs where their similarities fit in memory; a
// sample of them where few items are wanted; else cells of alike items, each compared in full.
import { exactSteps, type Blend } from '../../../compute/kernels/facility-location.ts'
import { rankDescending } from '../../../compute/kernels/ranking.ts'
import type { Random } from '../../../compute/random.ts'
import { coverBy, coverCells } from './cover.ts'
import { dealOut, makeCells, membersOf } from '../../coverage/cells.ts'
import type { Picked, PickState, PickStep, PickTask } from '../../coverage/coverage-run.ts'
import { readInTurn } from '../../coverage/held-rows.ts'
import { residentBytes } from '../../coverage/prepared-rows.ts'

/** Rows whose similarities fit into so many megabytes. */
export function denseLimit(megabytes: number): number {
  return Math.floor(Math.sqrt((megabytes * 1e6) / 4))
}

const mostCells = 256
const largestCell = 6000

/** Rows of one cell, on average, when `rows` are too many to be compared pair by pair. */
export function cellRowsFor(rows: number): number {
  return Math.max(2000, Math.ceil(rows / mostCells))
}

/** Memory besides the similarities. */
export function coverageBytes(rows: number, columns: number): number {
  return Math.min(residentBytes, 4 * rows * columns) + 24 * rows + 4 * largestCell * columns
}

/** A second aim beside coverage, see {@link Blend}; `bonus` has one number per candidate row. */
export interface GroupBlend extends Blend {
  readonly bonus: Float32Array
}

/** The blend of some rows of the group. */
function blendOf(blend: GroupBlend | undefined, rows: Uint32Array): Blend | undefined {
  if (blend === undefined) return undefined
  return { weight: blend.weight, bonus: Float64Array.from(rows, (row) => blend.bonus[row]) }
}

/**
 * Orders one group; `limit` is the largest number of rows compared pair by pair. Where the run has a
 * column "added", what each pick added to the aims is written there.
 */
export async function* pickFacilityLocation(
  task: PickTask,
  limit: number,
  blend?: GroupBlend
): AsyncGenerator<PickStep, Picked, void> {
  const { rows, quota } = task.group
  if (quota === 0) return { order: rows }
  if (rows.length <= limit) return yield* inFull(task, blend)
  const cells = Math.ceil(rows.length / cellRowsFor(rows.length))
  // With a few picks per cell the cells' borders would decide; a sample knows no borders.
  if (quota <= 16 * cells && 4 * quota <= limit) return yield* fromSample(task, limit, blend)
  return yield* byCells(task, cells, Math.min(limit, largestCell), blend)
}

async function* inFull(
  task: PickTask,
  blend: GroupBlend | undefined
): AsyncGenerator<PickStep, Picked, void> {
  const { prepared, group, context, columns } = task
  const { rows, quota } = group
  const values = await prepared.read(rows)
  const { tf } = context.device
  const own = blendOf(blend, rows)
  const run = exactSteps(tf, values, prepared.columns, quota, context.signal, undefined, own)
  let step = await run.next()
  while (step.done !== true) {
    yield { done: Math.floor(step.value * rows.length) }
    step = await run.next()
  }
  const { picks, gains, covered, owner } = step.value
  rows.forEach((row, at) => {
    columns['nearest'][row] = rows[owner[at]]
    columns['alike'][row] = 2 * covered[at] - 1
  })
  const picked = { rows: picks.map((at) => rows[at]), gains }
  return finishGroup(task, picked, blend, [])
}

/**
 * Counts what every pick stands for and puts the others behind, the least covered first; with a
 * second aim, those first that would add most by covering themselves.
 */
function finishGroup(
  task: PickTask,
  { rows: picks, gains }: Merged,
  blend: GroupBlend | undefined,
  notes: readonly string[]
): Picked {
  const { group, columns } = task
  const { rows, quota } = group
  const alike = columns['alike']
  const isPicked = new Set(picks)
  picks.forEach((row, at) => {
    if (columns['added'] !== undefined) columns['added'][row] = gains[at]
    columns['nearest'][row] = row
    alike[row] = 1
    columns['standsFor'][row] = 0
  })
  let sum = 0
  for (const row of rows) {
    sum += Math.max(-1, alike[row])
    const nearest = columns['nearest'][row]
    if (nearest !== row && nearest !== 0xffffffff) columns['standsFor'][nearest]++
  }
  const others = rows.filter((row) => !isPicked.has(row))
  const uncovered = Float32Array.from(others, (row) =>
    blend === undefined ? -alike[row] : (blend.weight * (1 - alike[row])) / 2 + blend.bonus[row]
  )
  const order = new Uint32Array(rows.length)
  order.set(picks)
  const ranked = rankDescending(
    uncovered,
    others.map((_, at) => at)
  )
  order.set(
    ranked.map((at) => others[at]),
    quota
  )
  return { order, measure: sum / rows.length, notes }
}

async function* fromSample(
  task: PickTask,
  limit: number,
  blend: GroupBlend | undefined
): AsyncGenerator<PickStep, Picked, void> {
  const { prepared, group, context } = task
  const { rows, quota } = group
  const random = context.random.fork(`facility-location-${group.index}`)
  const sample = sampleOf(rows, limit, quota, random, blend)
  const values = await prepared.read(sample)
  const { tf } = context.device
  const own = blendOf(blend, sample)
  const run = exactSteps(tf, values, prepared.columns, quota, context.signal, undefined, own)
  let step = await run.next()
  while (step.done !== true) {
    yield { done: Math.floor((step.value * rows.length) / 2) }
    step = await run.next()
  }
  const picks = step.value.picks.map((at) => sample[at])
  const ascending = picks.slice().sort()
  const centres = await prepared.read(ascending)
  const covering = coverBy(task, rows, ascending, centres, (from, to) =>
    prepared.read(rows.subarray(from, to))
  )
  for await (const done of covering) yield { done: Math.floor((rows.length + done) / 2) }
  return finishGroup(task, { rows: picks, gains: step.value.gains }, blend, [
    `There were more items than fit a comparison of all pairs, so the picks were made from ${limit.toLocaleString('en-US')} ` +
      'items drawn by lot, and stand for all.'
  ])
}

/**
 * Rows the picks are made from: by lot, and with a second aim the rows that serve it best as well,
 * up to a quarter, for these would hardly ever be drawn.
 */
function sampleOf(
  rows: Uint32Array,
  limit: number,
  quota: number,
  random: Random,
  blend: GroupBlend | undefined
): Uint32Array {
  const drawn = random.sample(rows.length, limit).map((at) => rows[at])
  if (blend === undefined) return drawn.sort()
  const { bonus } = blend
  const best = rankDescending(
    Float32Array.from(rows, (row) => bonus[row]),
    rows.map((_, at) => at)
  )
    .subarray(0, Math.min(quota, limit >> 2))
    .map((at) => rows[at])
  const isBest = new Set(best)
  const others = drawn.filter((row) => !isBest.has(row)).subarray(0, limit - best.length)
  return Uint32Array.from([...best, ...others]).sort()
}

/** Picks of finished cells with what they add, best `need` only. */
interface Merged {
  rows: Uint32Array
  gains: Float64Array
}

async function* byCells(
  task: PickTask,
  count: number,
  largest: number,
  blend: GroupBlend | undefined
): AsyncGenerator<PickStep, Picked, void> {
  const { prepared, group, context } = task
  const { rows, quota } = group
  const state = yield* openCells(task, count)
  const dealt = dealOut(membersOf({ count, of: state.of }), largest)
  const cells = dealt.map((cell) => cell.map((position) => rows[position]))
  const read = readInTurn(prepared, cells, context.signal)
  let merged = state.merged
  let done = 0
  for (const [at, own] of cells.entries()) {
    done += own.length
    if (at < state.next) continue
    const atLeast = merged.rows.length < quota ? -Infinity : merged.gains[quota - 1]
    const need = Math.min(quota, own.length)
    const values = await read(at)
    const { tf } = context.device
    const both = blendOf(blend, own)
    const run = exactSteps(tf, values, prepared.columns, need, context.signal, atLeast, both)
    let step = await run.next()
    while (step.done !== true) {
      yield { done: Math.floor(done / 2) }
      step = await run.next()
    }
    const { picks, gains } = step.value
    merged = merge(merged, { rows: picks.map((pick) => own[pick]), gains }, quota)
    // Twenty times in all: a checkpoint holds a few numbers per row.
    const isDue = Math.floor((20 * (at + 1)) / cells.length) > Math.floor((20 * at) / cells.length)
    if (isDue) yield { done: Math.floor(done / 2), state: packCells(state.of, merged, at + 1) }
  }
  yield* coverCells(task, cells, read, merged.rows)
  return finishGroup(task, merged, blend, [
    'There were more items than fit a comparison of all pairs, so items were compared within groups of alike ones.'
  ])
}

async function* openCells(
  task: PickTask,
  count: number
): AsyncGenerator<PickStep, { of: Uint32Array; merged: Merged; next: number }, void> {
  const { prepared, group, context, resume } = task
  if (resume !== undefined) {
    const gains = resume.arrays['gains'] as Uint32Array
    return {
      of: resume.arrays['of'] as Uint32Array,
      merged: {
        rows: resume.arrays['rows'] as Uint32Array,
        gains: new Float64Array(gains.slice().buffer)
      },
      next: Number(resume.values['next'])
    }
  }
  const random = context.random.fork(`facility-location-${group.index}`)
  const run = makeCells(context, prepared, group.rows, count, random)
  let step = await run.next()
  while (step.done !== true) {
    yield { done: 0 }
    step = await run.next()
  }
  const none = { rows: new Uint32Array(0), gains: new Float64Array(0) }
  return { of: step.value.of, merged: none, next: 0 }
}

/** Checkpoints know no float64: gains travel as their bits. */
function packCells(of: Uint32Array, merged: Merged, next: number): PickState {
  const gains = new Uint32Array(merged.gains.slice().buffer)
  return { arrays: { of, rows: merged.rows, gains }, values: { next } }
}

/** The best `need` of both, by gain; equal gains to the earlier one. */
function merge(a: Merged, b: Merged, need: number): Merged {
  const count = Math.min(need, a.rows.length + b.rows.length)
  const rows = new Uint32Array(count)
  const gains = new Float64Array(count)
  // Both are sorted: gains of one cell never grow.
  for (let at = 0, i = 0, j = 0; at < count; at++) {
    const isFirst = j >= b.rows.length || (i < a.rows.length && a.gains[i] >= b.gains[j])
    rows[at] = isFirst ? a.rows[i] : b.rows[j]
    gains[at] = isFirst ? a.gains[i++] : b.gains[j++]
  }
  return { rows, gains }
}
