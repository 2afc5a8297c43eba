// The pursuits of a run, one after the other, until the places are filled: the plan once, then what
// is left once more on the rows that are left (specs 3.4, "rounds"). What has been chosen can be
// stored after every round of a pursuit and gone on from with the same bits.
import type { SelectionInputs } from '../../method.ts'
import type { GradientDictionary } from './gradients.ts'
import type { GradientKind } from './kind.ts'
import type { WrongLabelRule } from './params.ts'
import { capacity, planPieces, type Group, type Piece, type PlanOptions } from './plan.ts'
import type { PursuitState } from './pursuit-state.ts'
import { pursue } from './pursuit.ts'
import type { Targets } from './target.ts'

/** What one pursuit did, for the record. */
export interface PieceReport {
  readonly group: number
  readonly rows: number
  readonly asked: number
  readonly got: number
  readonly rounds: number
  /** Length of what is left of its target over the target's length. */
  readonly error: number
}

/** Where the pursuits stand; plain values that can be stored. */
export interface PiecesState {
  /** Chosen candidate positions in the order they were chosen. */
  readonly chosen: readonly number[]
  /** Their weights within their pursuit (float32 values) and its number in `reports`. */
  readonly weights: readonly number[]
  readonly pieceOf: readonly number[]
  /** Positions proposed by parts of the group under way. */
  readonly proposed: readonly number[]
  readonly reports: readonly PieceReport[]
  /** Which plan is under way, how many were chosen when it was made, and its next pursuit. */
  readonly plan: number
  readonly planFrom: number
  readonly next: number
  /** Where that pursuit stands; absent when it has not finished a round. */
  readonly pursuit?: PursuitState
}

export const freshState: PiecesState = {
  chosen: [],
  weights: [],
  pieceOf: [],
  proposed: [],
  reports: [],
  plan: 0,
  planFrom: 0,
  next: 0
}

/** Items whose label looks wrong. */
export interface Doubts {
  /** Candidate positions, the least doubtful first. */
  readonly rows: Uint32Array
  /** unknown: the helper model could not tell, so all items count. */
  readonly rule: WrongLabelRule | 'unknown'
}

export interface PiecesWork {
  readonly inputs: SelectionInputs
  readonly kind: GradientKind
  readonly targets: Targets
  readonly groups: readonly Group[]
  /** All candidates in the order of their ids, with their dictionary. */
  readonly all: Uint32Array
  readonly whole: GradientDictionary
  /** The same without the items that are not to be chosen, and those. */
  readonly open: GradientDictionary
  readonly doubts: Doubts
  /** The first copy of every position, see copies.ts. */
  readonly copyOf: Uint32Array
  readonly plan: PlanOptions
  readonly rounds: number
  readonly ridge: number
  /** True where a choice label by label was asked for and is not possible. */
  readonly isSplitLost: boolean
}

export interface PiecesProgress {
  /** Places filled, as far as can be told. */
  readonly done: number
  readonly live?: { readonly x: number; readonly y: number }
  /** After each round of a pursuit, and after each pursuit. */
  readonly state?: PiecesState
}

/** A plan for what is left must fill this share of it, or no further one is made. */
const leastShare = 0.05
const mostPlans = 8
const leastGain = 1e-4

/** Runs all pursuits from a state on; ends with the last state. */
export async function* runPieces(
  work: PiecesWork,
  from: PiecesState
): AsyncGenerator<PiecesProgress, PiecesState, void> {
  const { budget } = work.inputs
  let state = from
  let reported = 0
  const held: HeldTarget = { group: -1, vector: new Float64Array(0) }
  while (state.plan < mostPlans && state.planFrom < budget) {
    const pieces = planFor(work, state)
    for (let at = state.next; at < pieces.length; at++) {
      const steps = runPiece(work, pieces[at], state, held)
      let step = await steps.next()
      while (step.done !== true) {
        const { share, error, pursuit } = step.value
        const done =
          state.chosen.length + share * (pieces[at].kind === 'propose' ? 0 : pieces[at].budget)
        // Never falls: a pursuit may choose fewer than it was given places for.
        reported = Math.max(reported, Math.floor(done))
        yield {
          done: reported,
          ...(error === undefined ? {} : { live: error }),
          ...(pursuit === undefined ? {} : { state: { ...state, next: at, pursuit } })
        }
        step = await steps.next()
      }
      state = { ...step.value, next: at + 1 }
      reported = Math.max(reported, state.chosen.length)
      yield { done: reported, state }
    }
    const wanted = budget - state.planFrom
    const got = state.chosen.length - state.planFrom
    if (got < Math.max(1, leastShare * wanted)) break
    state = { ...state, plan: state.plan + 1, planFrom: state.chosen.length, next: 0 }
  }
  return state
}

/** The pursuits of the plan under way, made from what had been chosen when it began. */
function planFor({ inputs, groups, plan }: PiecesWork, state: PiecesState): Piece[] {
  if (state.plan === 0) return planPieces(groups, inputs.budget, plan)
  const taken = new Set(state.chosen.slice(0, state.planFrom))
  const left = groups.map((group) => ({
    ...group,
    rows: group.rows.filter((row) => !taken.has(row))
  }))
  const random = plan.random.fork(`plan ${state.plan}`)
  // What is left over is few: parts only where they are needed, and no proposals.
  return planPieces(left, inputs.budget - state.planFrom, { ...plan, parts: 0, reserve: 1, random })
}

/** The target of the group under way, so that its parts need not make it again. */
interface HeldTarget {
  group: number
  vector: Float64Array
}

interface PieceProgress {
  /** 0..1 of this pursuit. */
  readonly share: number
  readonly error?: { readonly x: number; readonly y: number }
  readonly pursuit?: PursuitState
}

async function* runPiece(
  work: PiecesWork,
  piece: Piece,
  { pursuit: from, ...state }: PiecesState,
  held: HeldTarget
): AsyncGenerator<PieceProgress, PiecesState, void> {
  const { inputs, kind, groups, targets } = work
  const isWhole =
    state.chosen.length === 0 && groups.length === 1 && piece.rows.length === groups[0].rows.length
  const taken = new Set(state.chosen.map((row) => work.copyOf[row]))
  const listed = piece.kind === 'last' ? inIdOrder(inputs, state.proposed) : piece.rows
  const rows = isWhole ? work.all : listed.filter((row) => !taken.has(work.copyOf[row]))
  if (held.group !== piece.group) {
    held.vector = await targets.of(groups[piece.group].label)
    held.group = piece.group
  }
  yield { share: 0 }
  let dictionary = work.open
  if (!isWhole) {
    const opening = kind.open(rows)
    let step = await opening.next()
    for (; step.done !== true; step = await opening.next()) yield { share: 0 }
    dictionary = step.value
  }
  const { rounds, ridge } = work
  const options = { budget: piece.budget, rounds, leastGain, ridge, signal: kind.signal }
  const steps = pursue(dictionary, held.vector, options, from)
  const before = state.reports.reduce((sum, report) => sum + report.rounds, 0)
  let step = await steps.next()
  for (; step.done !== true; step = await steps.next()) {
    const { rounds: done, compared, finished, state: pursuit } = step.value
    // How many rounds it takes is not known: each one brings the end a fifth nearer.
    const share = 1 - 1 / (1 + (done + compared / dictionary.count) / 4)
    yield {
      share,
      ...(finished && { error: { x: before + finished.round, y: finished.error } }),
      ...(pursuit && { pursuit })
    }
  }
  const { columns, weights, error, rounds: used } = step.value
  const report: PieceReport = {
    group: piece.group,
    rows: rows.length,
    asked: piece.budget,
    got: columns.length,
    rounds: used,
    error
  }
  const reports = [...state.reports, report]
  const found = [...columns].map((column) => rows[column])
  if (piece.kind === 'propose')
    return { ...state, reports, proposed: [...state.proposed, ...found] }
  return {
    ...state,
    reports,
    proposed: [],
    chosen: [...state.chosen, ...found],
    weights: [...state.weights, ...weights].map(Math.fround),
    pieceOf: [...state.pieceOf, ...found.map(() => reports.length - 1)]
  }
}

/** Candidate positions in the order of their ids, so that equal products are settled by id. */
export function inIdOrder({ rowIds }: SelectionInputs, rows: readonly number[]): Uint32Array {
  return Uint32Array.from(rows).sort((a, b) => rowIds[a] - rowIds[b])
}

/**
 * Weights of the chosen rows for the whole target: a pursuit's weights match its group's target, so
 * they count for the group's share, divided among the group's pursuits by what each chose.
 */
export function jointWeights(groups: readonly Group[], state: PiecesState): Float64Array {
  const chosenIn = groups.map(() => 0)
  for (const piece of state.pieceOf) chosenIn[state.reports[piece].group]++
  return Float64Array.from(state.weights, (weight, i) => {
    const { group, got } = state.reports[state.pieceOf[i]]
    return (weight * groups[group].share * got) / chosenIn[group]
  })
}

/** Places the first pursuit over all rows could fill, for the notes. */
export const mostTogether = ({ all, plan }: Pick<PiecesWork, 'all' | 'plan'>): number =>
  capacity(all.length, plan.rank, plan.atOnce)
