// Why one row was kept or left out, from the stored columns alone.
import type { VoteResult } from '../../../../api/dto/runs.ts'
import type { ExplainInputs, Reason } from '../../method.ts'
import type { Cut } from './choose.ts'
import type { BalanceRule, CombineRule, TieRule } from './params.ts'
import { votersOf } from './vote.ts'

/** What ICONS stores as `info`. */
export interface IconsInfo extends Record<string, unknown> {
  readonly votes: VoteResult
  readonly combine: CombineRule
  readonly tieRule: TieRule
  /** Vote points per task; all 1 unless importances differ. */
  readonly weights: readonly number[]
  readonly votePercent: number
  readonly balance: Exclude<BalanceRule, 'auto'>
  /** The cut of every group (column "group"); a single one where rows are not grouped. */
  readonly cuts: readonly Cut[]
  /** "gradients": made elsewhere; neither labels nor groups were needed. */
  readonly labelSource: 'labels' | 'groups' | 'gradients'
  /** Names of the checkpoints where gradients made elsewhere were compared. */
  readonly checkpoints?: readonly string[]
  readonly warmUpRows: number
  readonly notFinite: number
  readonly zero: number
}

/** Columns beside the votes. `flags`: 0 = compared, 1 = not a number, 2 = zero gradient. */
export const maskNames = (tasks: number): string[] =>
  Array.from({ length: Math.max(1, Math.ceil(tasks / 32)) }, (_, w) =>
    w === 0 ? 'voteMask' : `voteMask${w}`
  )

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
  if ((columns['flags'][row] ?? 0) !== 0)
    return withoutDirection(inputs, columns['flags'][row], info.labelSource === 'gradients')
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
  const ballot: Ballot = {
    points: columns['votes'][row],
    asked,
    voters: voters.length,
    resembles,
    cut: info.cuts[columns['group']?.[row] ?? 0],
    among:
      info.balance === 'labels' && inputs.label !== undefined ? ` labelled "${inputs.label}"` : ''
  }
  return inputs.isChosen ? kept(info, ballot) : leftOut(info, ballot)
}

/** What is said about one row's votes. */
interface Ballot {
  readonly points: number
  /** "3 of 4 example tasks asked for it: ..." */
  readonly asked: string
  readonly voters: number
  readonly resembles: string
  readonly cut: Cut
  /** Names the group the row competed in. */
  readonly among: string
}

function withoutDirection(inputs: ExplainInputs, flag: number, isGiven: boolean): Reason {
  const zero = isGiven
    ? 'its learning direction holds nothing but zeros'
    : 'the helper model is already certain about it'
  const why = flag === 1 ? 'its numbers could not be read' : zero
  return inputs.isChosen
    ? {
        code: 'kept-last',
        text: `Kept to fill the budget, although ${why}, so no task could judge it.`
      }
    : {
        code: flag === 1 ? 'not-comparable' : 'no-direction',
        text: `Left out: ${why}, so no task could judge it.`
      }
}

function byTurn(inputs: ExplainInputs, names: readonly string[], resembles: string): Reason {
  const task = inputs.columns['turn'][inputs.row]
  if (!inputs.isChosen) {
    return {
      code: 'no-turn',
      text: `Left out: every example task took items that fit it better. ${resembles}`
    }
  }
  if (task === 255) return { code: 'kept-rest', text: `Kept to fill the budget. ${resembles}` }
  return {
    code: 'kept-turn',
    text: `Kept when it was the turn of the example task ${names[task]}. ${resembles}`
  }
}

function byScore(inputs: ExplainInputs, resembles: string): Reason {
  const place = `place ${number(inputs.rank)} of ${number(inputs.candidates)}`
  return inputs.isChosen
    ? {
        code: 'kept-score',
        text: `Kept because the example tasks together put it in ${place}. ${resembles}`
      }
    : {
        code: 'low-score',
        text: `Left out: the example tasks together put it in ${place}. ${resembles}`
      }
}

/** "there was room for 300 of the 812 items with as many votes" */
const roomFor = ({ cut, among }: Ballot): string =>
  `there was room for ${number(cut.places)} of the ${number(cut.tied)} items${among} with as many votes`

function kept(info: IconsInfo, ballot: Ballot): Reason {
  const { points, cut, asked, voters, resembles } = ballot
  const isTied = points === cut.level && cut.tied > cut.places
  const room = roomFor(ballot)
  const competed = isTied
    ? ` ${room[0].toUpperCase()}${room.slice(1)}; ${tieSentences[info.tieRule]}.`
    : ''
  if (voters === 0) {
    const text = `Kept to fill the budget: no example task asked for it.${competed} ${resembles}`
    return { code: 'kept-no-votes', text }
  }
  return {
    code: isTied ? 'kept-tied' : 'kept-votes',
    text: `Kept because ${asked}. ${resembles}${competed}`
  }
}

function leftOut(info: IconsInfo, ballot: Ballot): Reason {
  const { points, cut, asked, voters, resembles } = ballot
  if (points === cut.level) {
    const lead = voters === 0 ? 'no example task asked for it' : asked
    return {
      code: 'tied',
      text: `Left out: ${lead}; ${roomFor(ballot)}, and ${tieSentences[info.tieRule]}.`
    }
  }
  if (voters === 0)
    return { code: 'no-votes', text: `Left out: no example task asked for it. ${resembles}` }
  const isPlain = info.weights.every((weight) => weight === 1)
  const needed = isPlain
    ? `${cut.level} were needed`
    : `with their importance that makes ${points} points, and ${cut.level} were needed`
  return { code: 'few-votes', text: `Left out: ${asked}; ${needed}.` }
}
