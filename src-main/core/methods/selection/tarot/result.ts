// What a finished TAROT run hands back: order, columns, the distances that are reported, notes.
import type { Random } from '../../../compute/random.ts'
import type { Selection, SelectionInputs } from '../../method.ts'
import type { AutomaticSize } from './automatic-size.ts'
import type { LayerChoice } from './choose.ts'
import { mostExamples, type Examples } from './examples.ts'
import type { TarotInfo } from './explain.ts'
import type { Neighbours } from './neighbours.ts'
import type { TarotParams } from './params.ts'
import { scoresFrom } from '../icons/result.ts'

/** Pairs of a reported distance, at most: larger sets are sampled. */
const mostPairs = 1 << 20

/** What was compared in place of fingerprints. */
export interface MadeElsewhere {
  /** Of the checkpoints. */
  readonly names: readonly string[]
  /** Numbers of a row as joined, and as compared. */
  readonly joined: number
  readonly columns: number
  /** Rows the spread was measured on. */
  readonly measured: number
}

export interface Outcome {
  readonly choice: LayerChoice
  /** Layer of every row, before any automatic size. */
  readonly layer: Uint32Array
  readonly places: number
  readonly automatic: AutomaticSize | undefined
  /** Mean distance of rows to the examples. */
  measure(rows: readonly number[]): Promise<number>
  readonly random: Random
  readonly made: MadeElsewhere | undefined
}

/** Measures the chosen set beside a random one and puts everything together. */
export async function toSelection(
  inputs: SelectionInputs,
  params: TarotParams,
  examples: Examples,
  found: Neighbours,
  { choice, layer, places, automatic, measure, random, made }: Outcome
): Promise<Selection> {
  const { rows } = inputs.features
  const { order } = choice
  const isBad = Uint8Array.from(found.closeness, (value) => (Number.isNaN(value) ? 1 : 0))
  const able = Array.from({ length: rows }, (_, row) => row).filter((row) => isBad[row] === 0)
  const chosen = [...order.subarray(0, places)].filter((row) => isBad[row] === 0)
  const size = Math.min(chosen.length, Math.max(1, Math.floor(mostPairs / examples.weights.length)))
  const some = (from: readonly number[], key: string): number[] =>
    [...random.fork(key).sample(from.length, size)].map((at) => from[at])
  const distance = size === 0 ? 2 : await measure(some(chosen, 'chosen'))
  const randomDistance = size === 0 ? 2 : await measure(some(able, 'random'))
  const { whole, cutLayer, cutRows, cutTaken, filled } = choice
  const info: TarotInfo = {
    size: params.size,
    overflow: params.overflow,
    taskNames: inputs.tasks.map(({ name }) => name),
    examples: examples.weights.length,
    whole,
    cutLayer,
    cutRows,
    cutTaken,
    filled,
    depth: found.lists[0].rows.length,
    automatic: automatic?.rows.length ?? null,
    automaticDepths: automatic?.depths ?? [],
    distance,
    randomDistance,
    notFinite: rows - able.length,
    ...(made === undefined ? {} : { checkpoints: made.names })
  }
  return {
    order,
    got: places,
    score: scoresFrom(order),
    summary: {
      value: distance,
      meaning:
        'Mean distance between the chosen items and the examples (0 = the same, 1.4 = unrelated)'
    },
    tieShare: 0,
    columns: {
      layer,
      closeness: found.closeness.map((value) => (Number.isNaN(value) ? 0 : value)),
      task: Uint32Array.from(found.nearest, (v) => examples.taskOf[v]),
      potential: choice.potential,
      flags: isBad
    },
    info,
    notes: [
      ...(made === undefined ? [] : madeNotes(made, rows)),
      ...notesFor(inputs, params, examples, info, automatic)
    ]
  }
}

/** What was done to gradients made elsewhere. */
function madeNotes({ names, joined, columns, measured }: MadeElsewhere, rows: number): string[] {
  const number = (value: number): string => value.toLocaleString('en-US')
  const notes = [`Learning directions made elsewhere were compared: ${names.join(', ')}.`]
  if (columns < joined)
    notes.push(
      `Rows of ${number(joined)} numbers were projected at random to ${number(columns)}, so closeness is not exact.`
    )
  if (measured < rows)
    notes.push(`How they spread was measured on ${number(measured)} items drawn by lot.`)
  return notes
}

function notesFor(
  inputs: SelectionInputs,
  params: TarotParams,
  examples: Examples,
  info: TarotInfo,
  automatic: AutomaticSize | undefined
): string[] {
  const many = (count: number): string =>
    `${count.toLocaleString('en-US')} ${count === 1 ? 'item' : 'items'}`
  const notes = [
    `The chosen items lie ${info.distance.toFixed(2)} from the examples on average, as many random ones ${info.randomDistance.toFixed(2)}.`
  ]
  if (automatic !== undefined) {
    const suggested = `The examples themselves suggest ${many(automatic.rows.length)}`
    notes.push(
      automatic.rows.length > inputs.budget
        ? `${suggested}; ${many(inputs.budget)} were asked for and kept.`
        : `${suggested}.`
    )
    if (automatic.unfinished > 0)
      notes.push('The search for the size ended before the distance rose, so more may be of use.')
  } else if (params.size === 'automatic')
    notes.push('A single example cannot suggest a size, so as many as asked for were kept.')
  if (examples.available > mostExamples)
    notes.push(
      `${mostExamples.toLocaleString('en-US')} of ${examples.available.toLocaleString('en-US')} examples were used, drawn by lot.`
    )
  if (info.filled > 0)
    notes.push(`${many(info.filled)} beyond the neighbours that were searched filled the budget.`)
  const { rows, columns } = inputs.features
  if (rows < 4 * columns)
    notes.push(
      `There are few items for ${info.checkpoints === undefined ? 'fingerprints' : 'learning directions'} of ${columns} numbers; if the neighbours look wrong, use more smoothing.`
    )
  if (info.notFinite > 0)
    notes.push(
      info.checkpoints === undefined
        ? `${many(info.notFinite)} held numbers that could not be read and came last.`
        : `${many(info.notFinite)} had learning directions of nothing but zeros, or of numbers that could not be read, and came last.`
    )
  return notes
}
