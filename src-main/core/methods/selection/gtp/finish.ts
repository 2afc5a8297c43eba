// The result of a run: who carries how much of the target, what the others would add, and who
// fills the places that the pursuit left (facility location, said openly).
import { facilityLocation } from '../../../compute/kernels/facility-location.ts'
import { placesOf, rankDescending, tieOrder } from '../../../compute/kernels/ranking.ts'
import type { MethodContext, MethodProgress, Selection, SelectionInputs } from '../../method.ts'
import { givenNotes, noMixNote } from '../../gradients/given-gradients.ts'
import { needsGroups, unitRows } from '../icons/factors.ts'
import { scoresFrom } from '../icons/result.ts'
import { lengthOf } from './dictionary.ts'
import { flagged, howChosen, type GtpInfo } from './explain.ts'
import { jointWeights, mostTogether, type PiecesState, type PiecesWork } from './pieces.ts'
import { everyLabel } from './plan.ts'
import type { Origin } from './kind.ts'

/** Rows compared when places are filled by variety, as bytes of their features. */
const fillBytes = 256e6

/** What the rows have in common with the target and with what is left of it; one entry per candidate. */
interface Comparison {
  /** Cosine with the target, and with what the chosen rows leave of it. */
  readonly pull: Float32Array
  readonly left: Float32Array
  /** Share of the target each chosen row carries; the shares sum to about 1 - error^2. */
  readonly carried: Float64Array
  readonly error: number
  readonly plainError: number
}

export async function* finishRun(
  context: MethodContext,
  work: PiecesWork,
  state: PiecesState
): AsyncGenerator<MethodProgress, Selection, void> {
  const { inputs, all } = work
  const rows = all.length
  const found = yield* compare(work, state)
  const flags = flagsOf(work)
  const ties = tieOrder(context.seed, inputs.rowIds)
  const fill = yield* fillUp(context, work, state.chosen, flags, ties)
  const how = new Uint8Array(rows)
  const weight = new Float32Array(rows)
  const total = found.joint.reduce((sum, value) => sum + value, 0)
  state.chosen.forEach((row, i) => {
    how[row] = howChosen.pursuit
    weight[row] = total > 0 ? (found.joint[i] / total) * state.chosen.length : 1
  })
  for (const row of fill) how[row] = flags[row] === flagged.none ? howChosen.variety : 0
  const order = orderOf(inputs, state.chosen, found, fill, flags, ties)
  const info = infoOf(work, state, found, fill.length)
  return {
    order,
    got: inputs.budget,
    score: scoresFrom(order),
    summary: {
      value: 1 - found.error,
      meaning: `How much of what ${work.targets.isExamples ? 'the example items' : 'all items'} teach the chosen items stand in for, with their weights`
    },
    tieShare: 0,
    columns: {
      how,
      flags,
      weight,
      pull: found.pull,
      pullRank: placesOf(rankDescending(found.pull, ties)).map((place) => place + 1),
      left: found.left
    },
    info,
    notes: notesFor(work, info)
  }
}

async function* compare(
  work: PiecesWork,
  state: PiecesState
): AsyncGenerator<MethodProgress, Comparison & { readonly joint: Float64Array }, void> {
  const { whole, all, inputs } = work
  const target = await work.targets.of(everyLabel)
  const length = lengthOf(target)
  const columnOf = placesOf(all)
  const columns = Uint32Array.from(state.chosen, (row) => columnOf[row])
  const ownWeights = jointWeights(work.groups, state)
  const sum = await whole.combine(columns, ownWeights)
  const plain = await whole.combine(columns, new Float64Array(columns.length).fill(1))
  // 1 for a single pursuit. Where a label has no place, the others stand in for it as they can.
  const scale = scaleFor(target, sum)
  const joint = ownWeights.map((weight) => scale * weight)
  const residual = target.map((value, i) => value - scale * sum[i])
  const vectors = { pull: target, left: residual }
  const cosines = { pull: new Float32Array(all.length), left: new Float32Array(all.length) }
  for (const name of ['pull', 'left'] as const) {
    const vectorLength = lengthOf(vectors[name])
    const steps = whole.products(vectors[name])
    let step = await steps.next()
    for (; step.done !== true; step = await steps.next()) {
      const done = (name === 'pull' ? 0 : all.length) + step.value
      yield { phase: 'Comparing', done, total: 2 * all.length, unit: 'items' }
    }
    const products = step.value
    all.forEach((row, column) => {
      const lengths = vectorLength * Math.sqrt(whole.squares[column])
      cosines[name][row] = lengths > 0 ? products[column] / lengths : 0
    })
  }
  const carried = new Float64Array(inputs.features.rows)
  state.chosen.forEach((row, i) => {
    const own = Math.sqrt(whole.squares[columnOf[row]])
    carried[row] = length > 0 ? (joint[i] * cosines.pull[row] * own) / length : 0
  })
  const plainScale = scaleFor(target, plain)
  const left = lengthOf(target.map((value, i) => value - plainScale * plain[i]))
  const shareOf = (rest: number): number => (length > 0 ? rest / length : 0)
  const errors = { error: shareOf(lengthOf(residual)), plainError: shareOf(left) }
  return { ...cosines, ...errors, carried, joint }
}

/** The factor, 0 or more, at which a vector comes closest to the target. */
function scaleFor(target: Float64Array, vector: Float64Array): number {
  const squares = lengthOf(vector) ** 2
  if (squares === 0) return 0
  return Math.max(0, vector.reduce((sum, value, i) => sum + value * target[i], 0) / squares)
}

function flagsOf({ all, whole, doubts }: PiecesWork): Uint8Array {
  const flags = new Uint8Array(all.length)
  for (const row of doubts.rows) flags[row] = flagged.doubtful
  all.forEach((row, column) => {
    if (whole.isBad[column] === 1) flags[row] = flagged.notFinite
    else if (!(whole.squares[column] > 0)) flags[row] = flagged.zero
  })
  return flags
}

/** Rows for the places that are left: by variety among those that can be read, then the others. */
async function* fillUp(
  context: MethodContext,
  { inputs, kind, copyOf, doubts }: PiecesWork,
  chosen: readonly number[],
  flags: Uint8Array,
  ties: Uint32Array
): AsyncGenerator<MethodProgress, number[], void> {
  const need = inputs.budget - chosen.length
  if (need === 0) return []
  const taken = new Set(chosen)
  const free = ties.filter((row) => !taken.has(row))
  const takenCopies = new Set(chosen.map((row) => copyOf[row]))
  const able = free.filter((row) => flags[row] === flagged.none && !takenCopies.has(copyOf[row]))
  const { columns } = inputs.features
  const random = context.random.fork('gtp').fork('fill')
  const most = Math.max(1000, Math.floor(fillBytes / (4 * (columns + 1))))
  // `free` is in the order of the lot, so the first rows are a fair sample of all.
  const compared = able.subarray(0, most).toSorted()
  const picked = Math.min(need, compared.length)
  yield { phase: 'Filling up', done: 0, total: need, unit: 'items' }
  const raw = await inputs.features.readRows(compared)
  const units = unitRows(raw, columns, kind.scaling(raw))
  const options = { signal: context.signal, random }
  const picks = await facilityLocation(context.device.tf, units, columns + 1, picked, options)
  const fill = [...picks].map((at) => compared[at])
  const isFilled = new Set(fill)
  for (const wanted of [flagged.none, flagged.zero, flagged.doubtful, flagged.notFinite]) {
    for (const row of wanted === flagged.doubtful ? doubts.rows : free) {
      if (fill.length === need) break
      if (flags[row] === wanted && !isFilled.has(row)) fill.push(row)
    }
  }
  yield { phase: 'Filling up', done: need, total: need, unit: 'items' }
  return fill
}

/** Chosen rows by what they carry, the filling in its order, then the rest by what it would add. */
function orderOf(
  { features }: SelectionInputs,
  chosen: readonly number[],
  found: Comparison,
  fill: readonly number[],
  flags: Uint8Array,
  ties: Uint32Array
): Uint32Array {
  // Above every cosine for rows that have a place, below for rows that could not be compared.
  const keys = found.left.map((value, row) => {
    if (flags[row] === flagged.doubtful) return -1.5
    return flags[row] === flagged.none ? value : -1 - flags[row]
  })
  const byShare = [...chosen].sort((a, b) => found.carried[b] - found.carried[a] || a - b)
  const head = [...byShare, ...fill]
  head.forEach((row, place) => (keys[row] = 2 + features.rows - place))
  return rankDescending(keys, ties)
}

function infoOf(work: PiecesWork, state: PiecesState, found: Comparison, filled: number): GtpInfo {
  return {
    target: work.targets.isExamples ? 'examples' : 'all-items',
    split: work.groups.length === 1 && work.groups[0].label === everyLabel ? 'together' : 'labels',
    mostTogether: mostTogether(work),
    asked: work.inputs.budget,
    pursued: state.chosen.length,
    filled,
    error: found.error,
    plainError: found.plainError,
    pursuits: state.reports.slice(0, 200),
    pursuitCount: state.reports.length,
    ...originOf(work.kind.origin),
    wrongLabels: work.doubts.rule,
    doubtful: work.doubts.rows.length,
    notFinite: work.whole.notFinite,
    zero: work.whole.zero
  }
}

function originOf(origin: Origin): Pick<GtpInfo, 'labelSource' | 'warmUpRows' | 'checkpoints'> {
  if (origin.kind === 'given')
    return { labelSource: 'gradients', warmUpRows: 0, checkpoints: origin.checkpoints }
  const { centroids, warmUpRows } = origin.trajectory
  return { labelSource: centroids.length > 0 ? 'groups' : 'labels', warmUpRows }
}

const many = (count: number): string =>
  count === 1 ? '1 item' : `${count.toLocaleString('en-US')} items`

function notesFor({ inputs, kind, isSplitLost }: PiecesWork, info: GtpInfo): string[] {
  const { origin } = kind
  const notes: string[] = []
  if (info.filled > 0) {
    notes.push(
      `Asked for ${many(info.asked)}; the joint choice gave ${many(info.pursued)}, because more would not come closer. ` +
        `The other ${many(info.filled)} were chosen for variety and carry no weight.`
    )
  }
  if (info.pursuitCount > 1) {
    const how = info.split === 'labels' ? ', label by label' : ''
    const limit =
      info.asked > info.mostTogether
        ? `One choice over all items can fill at most ${info.mostTogether.toLocaleString('en-US')} places, so the`
        : 'The'
    notes.push(`${limit} items were chosen in ${info.pursuitCount} separate steps${how}.`)
  }
  if (info.wrongLabels === 'unknown')
    notes.push('Whether labels look wrong could not be told, so all items count.')
  if (info.doubtful > 0)
    notes.push(
      `The label of ${many(info.doubtful)} looks wrong; they were not copied and came after the others.`
    )
  if (info.notFinite > 0)
    notes.push(`${many(info.notFinite)} had numbers that could not be read and came last.`)
  if (origin.kind === 'given') {
    if (info.zero > 0)
      notes.push(`${many(info.zero)} had learning directions of nothing but zeros and came last.`)
    if (isSplitLost) notes.push(noMixNote)
    return [...notes, ...givenNotes(origin.checkpoints, origin.skipped)]
  }
  if (info.zero > 0)
    notes.push(`${many(info.zero)} gave the helper model no direction to learn and came last.`)
  if (needsGroups(inputs)) {
    notes.push(
      `There are not two different labels, so ${origin.trajectory.classes} groups of similar items stood in for labels.`
    )
  } else {
    const missing = inputs.labels.reduce((count, label) => count + (label < 0 ? 1 : 0), 0)
    if (missing > 0)
      notes.push(`${many(missing)} had no label; the helper model's best guess stood in for it.`)
  }
  return notes
}
