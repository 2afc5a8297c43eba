// What a finished loss-window run hands back: the order, columns, the measured claim, and notes.
import { tieOrder } from '../../../compute/kernels/ranking.ts'
import { orderByDifficulty, tiedShare } from '../../difficulty/order.ts'
import type { Selection, SelectionInputs } from '../../method.ts'
import { scoresFrom } from '../icons/result.ts'
import type { LossWindowInfo } from './explain.ts'
import type { LossWindowParams } from './params.ts'
import type { LossReadOut } from './read-out.ts'
import type { Trial } from './trials.ts'

/** A repeat without its heads. */
export type TrialRecord = Omit<Trial, 'heads'>

/** The selection as the result page shows it. */
export function toSelection(
  seed: number,
  inputs: SelectionInputs,
  params: LossWindowParams,
  trials: readonly TrialRecord[],
  read: LossReadOut
): Selection {
  const { labels, classNames, rowIds, budget } = inputs
  const { keep, dropFirst, balance } = params
  const ties = tieOrder(seed, rowIds)
  const base = { labels, classes: classNames.length, ties, balance }
  const byLoss = { ...base, difficulty: read.loss }
  const byVisits = {
    ...base,
    difficulty: read.visits.map((visits, row) => (Number.isNaN(read.loss[row]) ? NaN : -visits))
  }
  const given = keep === 'most-visited' ? byVisits : byLoss
  const made =
    keep === 'most-visited'
      ? orderByDifficulty({ ...byVisits, keep: 'easiest', dropFirst: 0 })
      : orderByDifficulty({ ...byLoss, keep, dropFirst })
  // Places are always by loss, whatever is kept.
  const { place } =
    keep === 'most-visited' ? orderByDifficulty({ ...byLoss, keep: 'hardest', dropFirst: 0 }) : made
  const info = infoOf(inputs, params, trials, read, made.groupSizes)
  return {
    order: made.order,
    got: budget,
    score: scoresFrom(made.order),
    summary: { value: info.saved, meaning: meaningOf(info) },
    tieShare: tiedShare(given, made, budget),
    columns: {
      // Stored numbers are always finite; `flags` says which rows were not judged.
      loss: read.loss.map((value) => (Number.isNaN(value) ? 0 : value)),
      visits: read.visits,
      right: read.right,
      guess: read.guess,
      place,
      flags: read.flags.map((flag, row) => (flag === 0 && made.isExtreme[row] === 1 ? 3 : flag))
    },
    info,
    notes: notesFor(inputs, info)
  }
}

function infoOf(
  { classNames }: SelectionInputs,
  { schedule, keep, dropFirst, balance, runs, passes }: LossWindowParams,
  trials: readonly TrialRecord[],
  { flags }: LossReadOut,
  groupSizes: readonly number[]
): LossWindowInfo {
  const steps = trials.reduce((sum, { visited }) => sum + visited.reduce((s, v) => s + v, 0), 0)
  const full = trials.reduce((sum, { trainingRows }) => sum + trainingRows * passes, 0)
  const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value)
  const [first] = trials
  return {
    schedule,
    keep,
    dropFirst,
    balance,
    runs,
    passes,
    trainingRows: first.trainingRows,
    testRows: first.testRows,
    saved: 1 - steps / full,
    accuracy: {
      planned: trials.map(({ planned }) => orNull(planned)),
      all: trials.map(({ all }) => orNull(all)),
      byLot: trials.map(({ byLot }) => orNull(byLot))
    },
    perPass: first.visited.map((visited, pass) => ({
      visited,
      loss: first.losses[pass],
      window: first.rules[pass].window
    })),
    classNames: [...classNames],
    groupSizes,
    notFinite: flags.filter((flag) => flag === 1).length,
    noLabel: flags.filter((flag) => flag === 2).length
  }
}

/** Mean of what was measured; null when nothing was. */
function meanOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`

function meaningOf({ accuracy }: LossWindowInfo): string {
  const planned = meanOf(accuracy.planned)
  const all = meanOf(accuracy.all)
  const byLot = meanOf(accuracy.byLot)
  const saved = 'Share of the training steps that the plan saved'
  if (planned === null || all === null || byLot === null) return saved
  return `${saved}; right on items set aside: ${percent(planned)} by the plan, ${percent(all)} with all steps, ${percent(byLot)} by lot with as few`
}

/** Differences below this, in shares of the test items, are not worth a word. */
const noticeable = 0.01

function notesFor(inputs: SelectionInputs, info: LossWindowInfo): string[] {
  const notes = [
    'The plan saves steps while a model is trained on all items. What is kept here is a fixed part, for ' +
      'which the published results do not speak: compare it with Random.'
  ]
  const many = (count: number): string =>
    `${count.toLocaleString('en-US')} ${count === 1 ? 'item' : 'items'}`
  const planned = meanOf(info.accuracy.planned)
  const all = meanOf(info.accuracy.all)
  const byLot = meanOf(info.accuracy.byLot)
  if (planned === null || all === null || byLot === null)
    notes.push('There were too few items to set some aside, so the plan could not be tested.')
  else {
    if (all - planned > noticeable)
      notes.push(
        `On this data the plan costs accuracy: ${percent(planned)} right instead of ${percent(all)}. ` +
          'A wider window or the plan "below-mean" skips less.'
      )
    if (planned - byLot < noticeable)
      notes.push(
        `Visiting as many items by lot did as well or better: ${percent(byLot)} right, ${percent(planned)} by the plan.`
      )
  }
  if (inputs.budget / inputs.features.rows < 0.3 && info.keep !== 'middle')
    notes.push(
      'Keeping less than 30 % by loss alone was far worse than a choice by lot in our measurements.'
    )
  if (info.noLabel > 0) notes.push(`${many(info.noLabel)} had no label and came last.`)
  if (info.notFinite > 0)
    notes.push(`${many(info.notFinite)} held numbers that could not be read and came last.`)
  return notes
}
