// What a finished DSIR run hands back beside its order: columns, read-out and notes.
import { percentile } from '../../../compute/kernels/percentile.ts'
import type { Selection, SelectionInputs } from '../../method.ts'
import { scoresFrom } from '../icons/result.ts'
import type { Drawn } from './draw.ts'
import { dsirFlags, type DsirInfo, type DsirTarget } from './explain.ts'
import type { DsirParams } from './params.ts'
import { notTaken, type Compared, type Weighed } from './passes.ts'
import { distanceTo, sharesOf } from './ratios.ts'
import type { Target } from './targets.ts'
import type { TellingWords } from './telling-words.ts'

/** Everything a run has found. */
export interface Found {
  readonly targets: readonly Target[]
  /** Shares of all texts' buckets. */
  readonly data: Float64Array
  readonly telling: TellingWords
  readonly weighed: Weighed
  readonly flags: Uint8Array
  readonly drawn: Drawn
  readonly compared: Compared
  readonly got: number
}

/** The selection with its columns, as the result page shows it. */
export function toSelection(inputs: SelectionInputs, params: DsirParams, found: Found): Selection {
  const { drawn, flags, weighed, targets, got } = found
  const rows = flags.length
  const task = weighed.best.map((best, row) =>
    drawn.takenBy[row] === notTaken ? best : drawn.takenBy[row]
  )
  const likeness = new Float32Array(rows)
  for (let row = 0; row < rows; row++) likeness[row] = likenessOf(weighed, rows, row, task[row])
  const info: DsirInfo = {
    targets: targets.map((_, target) => readOut(found, target)),
    names: found.telling.names,
    params,
    noWords: flags.filter((flag) => flag === dsirFlags.noWords).length,
    tooShort: flags.filter((flag) => flag === dsirFlags.tooShort).length
  }
  return {
    order: drawn.order,
    got,
    score: scoresFrom(drawn.order),
    summary: {
      value: closer(info.targets),
      meaning:
        'How much closer the words of the kept texts are to the examples than those of all texts ' +
        '(KL reduction in nats; 0 = no closer)'
    },
    tieShare: 0,
    columns: {
      task,
      likeness,
      words: weighed.words,
      first: weighed.first,
      second: weighed.second,
      flags
    },
    info,
    notes: notesFor(inputs, params, info, got)
  }
}

/** Mean of L_b over a text's words and pairs under one target; 0 for a text without words. */
function likenessOf(weighed: Weighed, rows: number, row: number, target: number): number {
  const words = weighed.words[row]
  return words === 0 ? 0 : weighed.sums[target * rows + row] / (2 * words - 1)
}

function readOut(found: Found, target: number): DsirTarget {
  const { targets, data, telling, weighed, drawn, compared } = found
  const { name, texts, words } = targets[target]
  const shares = sharesOf(targets[target].counts)
  const rows = weighed.words.length
  const all: number[] = []
  for (let row = 0; row < rows; row++)
    if (weighed.words[row] > 0) all.push(likenessOf(weighed, rows, row, target))
  const distance = (counts: Float64Array): number => distanceTo(shares, counts, data)
  return {
    name,
    examples: texts.length,
    words,
    kept: drawn.quotas[target],
    distanceAll: distance(new Float64Array(data.length)),
    distanceKept: distance(compared.kept[target]),
    distanceByLot: distance(compared.byLot[target]),
    typical: percentile(all, 50),
    tellingWords: telling.best[target]
  }
}

/** KL reduction over the targets, each weighed by what was kept for it. */
function closer(targets: readonly DsirTarget[]): number {
  const kept = targets.reduce((sum, target) => sum + target.kept, 0)
  const sum = targets.reduce((s, t) => s + t.kept * (t.distanceAll - t.distanceKept), 0)
  return kept === 0 ? 0 : sum / kept
}

/** Words below which an example task says little. */
const fewWords = 200

function notesFor(
  inputs: SelectionInputs,
  params: DsirParams,
  info: DsirInfo,
  got: number
): string[] {
  const notes: string[] = []
  const many = (count: number): string =>
    `${count.toLocaleString('en-US')} ${count === 1 ? 'item' : 'items'}`
  for (const target of info.targets) {
    if (target.words === 0)
      notes.push(`The examples of "${target.name}" hold no words, so nothing was kept for it.`)
    else if (target.words < fewWords)
      notes.push(
        `The examples of "${target.name}" hold only ${target.words} words; some hundreds say more.`
      )
    if (target.kept > 0 && target.kept < inputs.features.rows / 2 && !isCloser(target))
      notes.push(
        `The words of what was kept for "${target.name}" are no closer to its examples than those of items ` +
          'drawn by lot.'
      )
  }
  if (info.noWords > 0) notes.push(`${many(info.noWords)} held no words and came last.`)
  if (info.tooShort > 0)
    notes.push(
      `${many(info.tooShort)} had fewer than ${params.minWords} words and could not be kept.`
    )
  if (got < inputs.budget)
    notes.push(`Only ${many(got)} could be kept; ${many(inputs.budget)} were asked for.`)
  return notes
}

const isCloser = ({ distanceKept, distanceByLot }: DsirTarget): boolean =>
  distanceKept < distanceByLot
