// What a finished choice for several aims hands back: places in every aim, how much of each was
// reached, and notes.
import { rankDescending } from '../../../compute/kernels/ranking.ts'
import { weightedMeasure } from '../../coverage/coverage-result.ts'
import type { CoverageOutcome } from '../../coverage/coverage-run.ts'
import type { Selection, SelectionInputs } from '../../method.ts'
import { scoresFrom } from '../icons/result.ts'
import { placeColumns, type CombinedInfo } from './explain.ts'
import { aims, type Aim } from './params.ts'
import type { Weights } from './pick.ts'
import { reachOfSum } from './scale.ts'

const summed = ['typical', 'hard', 'like'] as const

/** The selection as the result page shows it. */
export function toSelection(
  { budget, rowIds, features }: SelectionInputs,
  weights: Weights,
  outcome: CoverageOutcome,
  notes: readonly string[]
): Selection {
  const { order, columns, grouping } = outcome
  const group = new Uint32Array(features.rows)
  for (const { index, rows } of grouping.groups) for (const row of rows) group[row] = index
  const followed = summed.filter((aim) => weights[aim] > 0)
  const reached: Partial<Record<Aim, number>> = Object.fromEntries(
    followed.map((aim) => [aim, reachedBy(columns[aim], outcome, budget)])
  )
  if (weights.variety > 0) reached.variety = weightedMeasure(outcome.info)
  const info: CombinedInfo = { ...outcome.info, weights, reached }
  const places = Object.fromEntries(
    followed.map((aim) => [placeColumns[aim], placesIn(columns[aim], outcome)])
  )
  return {
    order,
    got: budget,
    score: scoresFrom(order),
    summary: {
      value: meanReached(weights, reached),
      meaning:
        'Part of what each aim alone could gain over a choice by lot, on average by weight (1 = all of it)'
    },
    tieShare: outcome.tieShare,
    columns: {
      // Rows are candidates inside the run; what is stored must survive as places in the dataset.
      nearest: Uint32Array.from(columns['nearest'], (row) =>
        row === 0xffffffff ? row : rowIds[row]
      ),
      alike: columns['alike'],
      standsFor: columns['standsFor'],
      aim: columns['aim'],
      flags: columns['flags'],
      group,
      ...places
    },
    info,
    notes: [...notes, ...outcome.notes, ...reachNotes(weights, reached)]
  }
}

/** Part of what a summed aim could gain over a choice by lot, over all groups. */
function reachedBy(
  column: Selection['columns'][string],
  { grouping, order }: CoverageOutcome,
  budget: number
): number {
  const isChosen = new Uint8Array(order.length)
  for (const row of order.subarray(0, budget)) isChosen[row] = 1
  let sum = 0
  let places = 0
  for (const { rows, quota } of grouping.groups) {
    const own = Float32Array.from(rows, (row) => column[row])
    const { byLot, best } = reachOfSum(own, quota)
    const value = rows.reduce((total, row, at) => total + (isChosen[row] === 1 ? own[at] : 0), 0)
    sum += quota * (best - byLot < 1e-6 ? 1 : Math.min(1, (value - byLot) / (best - byLot)))
    places += quota
  }
  return places === 0 ? 0 : sum / places
}

/** Place of every row among its group by a column, 1 = largest; equal ones by row. */
function placesIn(
  column: Selection['columns'][string],
  { grouping, order }: CoverageOutcome
): Uint32Array {
  const places = new Uint32Array(order.length)
  for (const { rows } of grouping.groups) {
    const ranked = rankDescending(
      Float32Array.from(rows, (row) => column[row]),
      rows.map((_, at) => at)
    )
    ranked.forEach((at, place) => (places[rows[at]] = place + 1))
  }
  return places
}

function meanReached(weights: Weights, reached: Partial<Record<Aim, number>>): number {
  let sum = 0
  let total = 0
  for (const aim of aims) {
    const value = reached[aim]
    if (value === undefined) continue
    sum += weights[aim] * value
    total += weights[aim]
  }
  return total === 0 ? 0 : sum / total
}

const names: Readonly<Record<Aim, string>> = {
  variety: 'variety',
  typical: 'typical items',
  hard: 'hard items',
  like: 'items like your examples'
}

function reachNotes(weights: Weights, reached: Partial<Record<Aim, number>>): string[] {
  const parts = aims.flatMap((aim) => {
    const value = reached[aim]
    // Below 0: the other aims pulled the set to the other side of a choice by lot.
    return value === undefined || weights[aim] === 0
      ? []
      : `${names[aim]} ${Math.round(100 * value)} %`
  })
  return parts.length < 2
    ? []
    : [`Of what each aim alone could gain over a choice by lot, the set has: ${parts.join(', ')}.`]
}
