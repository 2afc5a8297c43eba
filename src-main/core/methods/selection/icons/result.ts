// What a finished run hands back beside its order: the read-out of the votes, columns, notes.
import type { VoteResult } from '../../../../api/dto/runs.ts'
import { givenNotes, noMixNote } from '../../gradients/given-gradients.ts'
import type { Selection, SelectionInputs } from '../../method.ts'
import { adviceFor } from './advice.ts'
import type { Choice } from './choose.ts'
import { maskNames, type IconsInfo } from './explain.ts'
import { needsGroups } from './factors.ts'
import type { Origin } from './finish.ts'
import type { IconsParams } from './params.ts'
import { votersOf, type Overlap, type Votes } from './vote.ts'

/** 1 for rows that every taking-part task can score. */
export function comparable(
  scores: Float32Array,
  rows: number,
  active: readonly boolean[]
): Uint8Array {
  const able = new Uint8Array(rows).fill(1)
  active.forEach((isActive, task) => {
    if (!isActive) return
    for (let row = 0; row < rows; row++) if (!(scores[task * rows + row] > -Infinity)) able[row] = 0
  })
  return able
}

/** 1 for the first row, falling evenly to 1 / N for the last. */
export function scoresFrom(order: Uint32Array): Float32Array {
  const score = new Float32Array(order.length)
  order.forEach((row, place) => {
    score[row] = (order.length - place) / order.length
  })
  return score
}

/** The read-out of the consensus, as the result page shows it. */
export function readOut(
  inputs: SelectionInputs,
  params: IconsParams,
  votes: Votes,
  choice: Choice,
  overlap: Overlap,
  weights: readonly number[],
  active: readonly boolean[],
  isBalanced: boolean
): VoteResult {
  const most = weights.reduce((sum, weight) => sum + weight, 0)
  const histogram = Array.from({ length: most + 1 }, () => 0)
  const chosenHistogram = histogram.slice()
  const chosenVotes = inputs.tasks.map(() => 0)
  choice.order.forEach((row, place) => {
    histogram[votes.points[row]]++
    if (place >= inputs.budget) return
    chosenHistogram[votes.points[row]]++
    for (const task of votersOf(votes.masks, row)) chosenVotes[task]++
  })
  return {
    tasks: inputs.tasks.map((task, index) => ({
      name: task.name,
      examples: task.parts.reduce((sum, part) => sum + part.labels.length, 0),
      votedFor: votes.ballots[index].votedFor,
      votedForAndChosen: chosenVotes[index],
      threshold: Number.isFinite(votes.ballots[index].threshold)
        ? votes.ballots[index].threshold
        : 0,
      isConstant: votes.ballots[index].isConstant
    })),
    histogram,
    chosenHistogram,
    cutLevel: Math.min(...choice.cuts.map((cut) => cut.level)),
    tieShare: choice.tieShare,
    tieRule: params.combine === 'vote' ? params.tieRule : 'none',
    overlap: overlap.matrix,
    meanOverlap: overlap.mean,
    chanceOverlap: overlap.chance,
    advice:
      params.combine === 'round-robin'
        ? null
        : adviceFor(overlap, active.filter(Boolean).length, isBalanced)
  }
}

/** What is stored per row beside the scores. */
export function columnsOf(
  inputs: SelectionInputs,
  votes: Votes,
  choice: Choice,
  scores: Float32Array,
  able: Uint8Array
): Selection['columns'] {
  const rows = inputs.features.rows
  const isSmall = votes.points.every((points) => points < 256)
  const masks = Object.fromEntries(
    maskNames(inputs.tasks.length).map((name, w) => [name, votes.masks[w]])
  )
  const flags = new Uint8Array(rows)
  // NaN marks a row whose numbers are not finite; -Infinity one whose gradient is zero.
  for (let row = 0; row < rows; row++)
    if (able[row] === 0) flags[row] = isUnreadable(scores, rows, row) ? 1 : 2
  return {
    votes: isSmall ? Uint8Array.from(votes.points) : votes.points,
    ...masks,
    bestTask: votes.bestTask,
    bestRank: votes.bestRank,
    flags,
    ...(choice.turn === undefined ? {} : { turn: choice.turn })
  }
}

function isUnreadable(scores: Float32Array, rows: number, row: number): boolean {
  for (let cell = row; cell < scores.length; cell += rows)
    if (Number.isNaN(scores[cell])) return true
  return false
}

const many = (count: number): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? 'item' : 'items'}`

/** What is said where gradients made elsewhere were compared. */
function notesOfGiven(
  info: IconsInfo,
  { checkpoints, skipped }: Extract<Origin, { readonly kind: 'given' }>,
  { balance }: Pick<IconsParams, 'balance'>
): string[] {
  const notes = givenNotes(checkpoints, skipped)
  if (info.zero > 0)
    notes.push(`${many(info.zero)} had learning directions of nothing but zeros and came last.`)
  const isAsked = balance === 'labels' && info.combine === 'vote'
  if (isAsked && info.balance === 'none') notes.push(noMixNote)
  return notes
}

/** Sentences for the result card. */
export function notesFor(
  inputs: SelectionInputs,
  info: IconsInfo,
  active: readonly boolean[],
  origin: Origin,
  order: Uint32Array,
  params: Pick<IconsParams, 'balance'>
): string[] {
  const notes: string[] = []
  if (info.notFinite > 0)
    notes.push(`${many(info.notFinite)} held numbers that could not be read and came last.`)
  if (origin.kind === 'given') notes.push(...notesOfGiven(info, origin, params))
  else if (info.zero > 0)
    notes.push(`${many(info.zero)} gave the helper model no direction to learn and came last.`)
  if (origin.kind === 'head' && needsGroups(inputs)) {
    notes.push(
      `There are not two different labels, so ${origin.factors.classes} groups of similar items stood in for labels. ` +
        'The scores explain those groups.'
    )
  } else if (origin.kind === 'head') {
    const missing = inputs.labels.reduce((count, label) => count + (label < 0 ? 1 : 0), 0)
    if (missing > 0)
      notes.push(`${many(missing)} had no label; the helper model's best guess stood in for it.`)
  }
  const starved =
    info.balance === 'none' && info.combine === 'vote' ? starvedLabels(inputs, order) : []
  if (starved.length > 0) {
    const names = starved.length > 4 ? `${starved.length} labels` : starved.join(', ')
    notes.push(
      `Votes alone left ${names} with hardly any of their items. Set "Mix of labels" to "labels" to keep the mix.`
    )
  }
  inputs.tasks.forEach((task, index) => {
    if (!active[index])
      notes.push(`The example task "${task.name}" has no usable example, so it did not vote.`)
    else if (info.votes.tasks[index].isConstant) {
      notes.push(
        `The example task "${task.name}" scores all items the same, so it voted for all of them.`
      )
    }
  })
  if (info.weights.some((weight) => weight !== 1)) {
    const list = inputs.tasks.map((task, index) => `${task.name} ${info.weights[index]}`).join(', ')
    notes.push(`Votes were weighted by importance: ${list}.`)
  }
  return notes
}

/** Labels that keep less than a fifth of their share of the budget, where that is 10 rows or more. */
function starvedLabels(inputs: SelectionInputs, order: Uint32Array): string[] {
  const available = inputs.classNames.map(() => 0)
  const kept = inputs.classNames.map(() => 0)
  order.forEach((row, place) => {
    const label = inputs.labels[row]
    if (label < 0) return
    available[label]++
    if (place < inputs.budget) kept[label]++
  })
  return inputs.classNames.filter((_, label) => {
    const fair = (inputs.budget * available[label]) / order.length
    return fair >= 10 && kept[label] < fair / 5
  })
}
