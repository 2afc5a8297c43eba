// The run that the methods without targets share: rows are prepared, grouped by label, each group is
// ordered by the method, and the orders become one. A checkpoint after every group, and inside long
// ones, gives the same bits when the run goes on from it.
import { checkRows } from '../check-inputs.ts'
import type {
  MethodCheckpoint,
  MethodContext,
  MethodProgress,
  Selection,
  SelectionInputs
} from '../method.ts'
import { holdWhole } from './held-rows.ts'
import {
  groupByLabel,
  interleave,
  type Group,
  type Grouping,
  type MixRule
} from './label-groups.ts'
import { prepareRows, rowFlags, type PreparedRows, type RowForm } from './prepared-rows.ts'

/** What a picker may be continued from. */
export interface PickState {
  readonly arrays: MethodCheckpoint['arrays']
  readonly values: MethodCheckpoint['values']
}

/** Progress inside one group, in rows dealt with; a state where the picker could go on from. */
export interface PickStep {
  readonly done: number
  readonly state?: PickState
}

export interface PickTask {
  readonly prepared: PreparedRows
  readonly group: Group
  /** Named columns of all N rows, to be filled for the group's rows. */
  readonly columns: Record<string, Uint32Array | Float32Array>
  readonly context: MethodContext
  readonly resume: PickState | undefined
}

/** What a picker found: the group's rows best first, and small numbers for info, summed or listed. */
export interface Picked {
  readonly order: Uint32Array
  /** Places that only the lower row number decided. */
  readonly tied?: number
  /** One number per group, listed in `info.measures`. */
  readonly measure?: number
  /** Sentences; equal ones are shown once. */
  readonly notes?: readonly string[]
}

/** Orders one group's rows. */
export type Picker = (task: PickTask) => AsyncGenerator<PickStep, Picked, void>

export interface CoveragePlan {
  readonly form: RowForm
  readonly mix: MixRule
  /** Columns made for all rows, with the value of rows that were not looked at. */
  readonly columns: Readonly<
    Record<string, { readonly type: 'whole' | 'real'; readonly fill: number }>
  >
  readonly pick: Picker
  /** For tests: how much of the matrix may be kept in memory. */
  readonly keepBytes?: number
}

/** What every method of this kind stores as `info`. */
export interface CoverageInfo extends Record<string, unknown> {
  readonly mix: MixRule
  /** True where rows competed within their label. */
  readonly isMixed: boolean
  readonly groups: readonly {
    readonly index: number
    readonly rows: number
    readonly quota: number
  }[]
  /** What the method measured in each group. */
  readonly measures: readonly number[]
  readonly notFinite: number
  readonly zero: number
}

/** What the methods add to the shared parts of a selection. */
export interface CoverageOutcome {
  readonly order: Uint32Array
  readonly tieShare: number
  readonly columns: Selection['columns']
  readonly info: CoverageInfo
  readonly notes: readonly string[]
  readonly grouping: Grouping
  readonly prepared: PreparedRows
}

/** Runs a plan to its end. */
export async function* runCoverage(
  context: MethodContext,
  inputs: SelectionInputs,
  plan: CoveragePlan
): AsyncGenerator<MethodProgress, CoverageOutcome, void> {
  checkRows(inputs)
  const { rows } = inputs.features
  const prepared = yield* passing(
    prepareRows(inputs.features, plan.form, context.signal, plan.keepBytes),
    (done) => ({ phase: 'Reading', done, total: rows, unit: 'items' })
  )
  const grouping = groupByLabel(inputs, prepared.flags, plan.mix, context.seed)
  const state = openState(plan, rows, context.resume)
  for (const [at, group] of grouping.groups.entries()) {
    if (at < state.next) continue
    context.signal.throwIfAborted()
    const before = state.filled
    const resume = state.inner
    state.inner = undefined
    const progress = { phase: 'Choosing', total: rows, unit: 'items' }
    const held =
      group.quota === 0
        ? prepared
        : yield* passing(holdWhole(prepared, group.rows, context.signal), () => ({
            ...progress,
            done: before
          }))
    const run = plan.pick({ prepared: held, group, columns: state.columns, context, resume })
    let step = await run.next()
    while (step.done !== true) {
      context.signal.throwIfAborted()
      const checkpoint =
        step.value.state === undefined ? {} : { checkpoint: pack(state, at, step.value.state) }
      yield { ...progress, done: before + step.value.done, ...checkpoint }
      step = await run.next()
    }
    take(state, step.value, group)
    const isDue = state.filled - state.saved >= rows / 20
    if (isDue) state.saved = state.filled
    const checkpoint = isDue ? { checkpoint: pack(state, at + 1, undefined) } : {}
    yield { ...progress, done: state.filled, ...checkpoint }
  }
  return finish(inputs, plan, prepared, grouping, state)
}

/** A run that yields rows done, as progress. */
async function* passing<T>(
  run: AsyncGenerator<number, T, void>,
  progress: (done: number) => MethodProgress
): AsyncGenerator<MethodProgress, T, void> {
  let step = await run.next()
  while (step.done !== true) {
    yield progress(step.value)
    step = await run.next()
  }
  return step.value
}

interface RunState {
  /** Rows of finished groups, group after group, best first. */
  readonly order: Uint32Array
  readonly columns: Record<string, Uint32Array | Float32Array>
  next: number
  filled: number
  saved: number
  tied: number
  measures: number[]
  notes: string[]
  inner: PickState | undefined
}

function openState(
  plan: CoveragePlan,
  rows: number,
  resume: MethodCheckpoint | undefined
): RunState {
  const columns = Object.fromEntries(
    Object.entries(plan.columns).map(([name, { type, fill }]) => {
      const array = type === 'whole' ? new Uint32Array(rows) : new Float32Array(rows)
      return [name, array.fill(fill)]
    })
  )
  const state: RunState = {
    order: new Uint32Array(rows),
    columns,
    next: 0,
    filled: 0,
    saved: 0,
    tied: 0,
    measures: [],
    notes: [],
    inner: undefined
  }
  if (resume !== undefined) unpack(state, resume)
  return state
}

const innerPrefix = 'in.'

/** Copies, because the run goes on writing into its arrays. */
function pack(state: RunState, next: number, inner: PickState | undefined): MethodCheckpoint {
  const named = (entries: Readonly<Record<string, unknown>>): Record<string, never> =>
    Object.fromEntries(
      Object.entries(entries).map(([name, value]) => [innerPrefix + name, value])
    ) as Record<string, never>
  const own = Object.fromEntries(
    Object.entries(state.columns).map(([name, column]) => [`column.${name}`, column.slice()])
  )
  return {
    step: inner === undefined ? 'groups' : 'inside',
    arrays: {
      ...own,
      order: state.order.slice(0, state.filled),
      measures: Float32Array.from(state.measures),
      ...named(inner?.arrays ?? {})
    },
    values: {
      next,
      tied: state.tied,
      notes: JSON.stringify(state.notes),
      ...named(inner?.values ?? {})
    }
  }
}

function unpack(state: RunState, { step, arrays, values }: MethodCheckpoint): void {
  const order = arrays['order'] as Uint32Array
  state.order.set(order)
  for (const [name, column] of Object.entries(state.columns)) column.set(arrays[`column.${name}`])
  state.next = Number(values['next'])
  state.filled = order.length
  state.saved = order.length
  state.tied = Number(values['tied'])
  state.measures = [...(arrays['measures'] as Float32Array)]
  state.notes = JSON.parse(String(values['notes'])) as string[]
  if (step !== 'inside') return
  const inside = <T>(entries: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(
      Object.entries(entries).flatMap(([name, value]) =>
        name.startsWith(innerPrefix) ? [[name.slice(innerPrefix.length), value]] : []
      )
    )
  state.inner = { arrays: inside(arrays), values: inside(values) }
}

function take(state: RunState, picked: Picked, group: Group): void {
  if (picked.order.length !== group.rows.length)
    throw new Error(`${picked.order.length} of ${group.rows.length} rows were ordered`)
  state.order.set(picked.order, state.filled)
  state.filled += picked.order.length
  state.tied += picked.tied ?? 0
  // As they come back from a checkpoint.
  state.measures.push(Math.fround(picked.measure ?? 0))
  for (const note of picked.notes ?? []) if (!state.notes.includes(note)) state.notes.push(note)
}

function finish(
  inputs: SelectionInputs,
  plan: CoveragePlan,
  prepared: PreparedRows,
  grouping: Grouping,
  state: RunState
): CoverageOutcome {
  const { flags, rows } = prepared
  let from = 0
  const orders = grouping.groups.map(({ rows: own, quota }) => {
    const order = state.order.subarray(from, from + own.length)
    from += own.length
    return { rows: order, quota }
  })
  const count = (flag: number): number => flags.reduce((sum, f) => sum + (f === flag ? 1 : 0), 0)
  const info: CoverageInfo = {
    mix: plan.mix,
    isMixed: grouping.isMixed,
    groups: grouping.groups.map(({ index, rows: own, quota }) => ({
      index,
      rows: own.length,
      quota
    })),
    measures: state.measures,
    notFinite: count(rowFlags.notFinite),
    zero: count(rowFlags.zero)
  }
  // Where all rows that cannot be compared are kept, nothing was decided by lot.
  const byLot = grouping.unfilled < grouping.unable.length ? grouping.unfilled : 0
  return {
    order: interleave(orders, grouping.unable, rows),
    tieShare: Math.min(1, (state.tied + byLot) / inputs.budget),
    columns: { ...state.columns, flags },
    info,
    notes: [...state.notes, ...sharedNotes(inputs, info)],
    grouping,
    prepared
  }
}

/** "1 item", "2,000 items". */
export function items(count: number): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? 'item' : 'items'}`
}

function sharedNotes(inputs: SelectionInputs, info: CoverageInfo): string[] {
  const notes: string[] = []
  if (info.notFinite > 0)
    notes.push(`${items(info.notFinite)} held numbers that could not be read and came last.`)
  if (info.zero > 0)
    notes.push(`${items(info.zero)} had a similarity fingerprint of zeros and came last.`)
  const missing = inputs.labels.reduce((sum, label) => sum + (label < 0 ? 1 : 0), 0)
  if (info.isMixed && missing > 0)
    notes.push(`${items(missing)} without a label were treated as one label.`)
  return notes
}
