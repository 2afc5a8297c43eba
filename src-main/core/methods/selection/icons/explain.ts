// Why one row was kept or left out, from the stored columns alone.
import type { VoteResult } from '../../../../api/dto/runs.ts'
import type { ExplainInputs, Reason } from '../../method.ts'
import type { CombineRule, TieRule } from './params.ts'
import { votersOf } from './vote.ts'

/** What ICONS stores as `info`. */
export interface IconsInfo extends Record<string, unknown> {
  readonly votes: VoteResult
  readonly combine: CombineRule
  readonly tieRule: TieRule
  /** Vote points per task; all 1 unless importances differ. */
  readonly weights: readonly number[]
  readonly votePercent: number
  /** Rows at the cut-off level and places left for them. */
  readonly tied: number
  readonly places: number
  readonly labelSource: 'labels' | 'groups'
  readonly warmUpRows: number
  readonly notFinite: number
  readonly zero: number
}

/** Columns beside the votes. `flags`: 0 = compared, 1 = not a number, 2 = zero gradient. */
export const maskNames = (tasks: number): string[] =>
  Array.from({ length: Math.max(1, Math.ceil(tasks / 32)) }, (_, w) => (w === 0 ? 'voteMask' : `voteMask${w}`))

const tieSentences: Readonly<Record<TieRule, string>> = {
  variety: 'items that add more variety came first',
  random: 'the places went by lot',
  'mean-rank': 'items with a better average place came first',
  'least-covered-task': 'items for tasks with fewer chosen items came first'
}

const number = (value: number): string => value.toLocaleString('en-US')

/** "Footwear", "Footwear and Tops", "Footwear, Tops and 2 more". */
function listOf(names: readonly string[]): string {
  if (names.length > 4) return `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
  const head = names.slice(0, -1).join(', ')
  return head === '' ? (names[0] ?? '') : `${head} and ${names.at(-1)}`
}

export function explainIcons(inputs: ExplainInputs): Reason {
  // `info` was written by this method; the cast undoes only the loss of its type on disk.
  const info = inputs.info as unknown as IconsInfo
  const { columns, row } = inputs
  const names = info.votes.tasks.map((task) => task.name)
  if ((columns['flags'][row] ?? 0) !== 0) return withoutDirection(inputs, columns['flags'][row])
  const masks = maskNames(names.length).map((name) => columns[name] as Uint32Array)
  const voters = votersOf(masks, row)
  const best = names[columns['bestTask'][row]] ?? ''
  const rank = `rank ${number(columns['bestRank'][row])} of ${number(inputs.candidates)}`
  const resembles = `It resembles ${best} most (${rank}).`
  if (info.combine === 'round-robin') return byTurn(inputs, names, resembles)
  if (info.combine !== 'vote') return byScore(inputs, resembles)
  const asked =
    `${voters.length} of ${names.length} example tasks asked for it` +
    (voters.length > 0 ? `: ${listOf(voters.map((task) => names[task]))}` : '')
  const points = columns['votes'][row]
  return inputs.isChosen
    ? kept(info, points, asked, voters.length, resembles)
    : leftOut(info, points, asked, voters.length, resembles)
}

function withoutDirection(inputs: ExplainInputs, flag: number): Reason {
  const why =
    flag === 1 ? 'its numbers could not be read' : 'the helper model is already certain about it'
  return inputs.isChosen
    ? { code: 'kept-last', text: `Kept to fill the budget, although ${why}, so no task could judge it.` }
    : { code: flag === 1 ? 'not-comparable' : 'no-direction', text: `Left out: ${why}, so no task could judge it.` }
}

function byTurn(inputs: ExplainInputs, names: readonly string[], resembles: string): Reason {
  const task = inputs.columns['turn'][inputs.row]
  if (!inputs.isChosen) {
    return { code: 'no-turn', text: `Left out: every example task took items that fit it better. ${resembles}` }
  }
  if (task === 255) return { code: 'kept-rest', text: `Kept to fill the budget. ${resembles}` }
  return { code: 'kept-turn', text: `Kept when it was the turn of the example task ${names[task]}. ${resembles}` }
}

function byScore(inputs: ExplainInputs, resembles: string): Reason {
  const place = `place ${number(inputs.rank)} of ${number(inputs.candidates)}`
  return inputs.isChosen
    ? { code: 'kept-score', text: `Kept because the example tasks together put it in ${place}. ${resembles}` }
    : { code: 'low-score', text: `Left out: the example tasks together put it in ${place}. ${resembles}` }
}

function kept(info: IconsInfo, points: number, asked: string, voters: number, resembles: string): Reason {
  const isTied = points === info.votes.cutLevel && info.tied > info.places
  const competed =
    `There was room for ${number(info.places)} of the ${number(info.tied)} items with as many votes; ` +
    `${tieSentences[info.tieRule]}.`
  if (voters === 0) {
    const text = `Kept to fill the budget: no example task asked for it. ${isTied ? `${competed} ` : ''}${resembles}`
    return { code: 'kept-no-votes', text }
  }
  const text = `Kept because ${asked}. ${resembles}${isTied ? ` ${competed}` : ''}`
  return { code: isTied ? 'kept-tied' : 'kept-votes', text }
}

function leftOut(info: IconsInfo, points: number, asked: string, voters: number, resembles: string): Reason {
  const isTied = points === info.votes.cutLevel
  if (isTied) {
    const competed = `there was room for ${number(info.places)} of the ${number(info.tied)} items with as many votes`
    const lead = voters === 0 ? 'no example task asked for it' : asked
    return { code: 'tied', text: `Left out: ${lead}; ${competed}, and ${tieSentences[info.tieRule]}.` }
  }
  if (voters === 0) return { code: 'no-votes', text: `Left out: no example task asked for it. ${resembles}` }
  const isPlain = info.weights.every((weight) => weight === 1)
  const cut = isPlain
    ? `${info.votes.cutLevel} were needed`
    : `with their importance that makes ${points} points, and ${info.votes.cutLevel} were needed`
  return { code: 'few-votes', text: `Left out: ${asked}; ${cut}.` }
}
