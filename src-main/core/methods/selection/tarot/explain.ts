// Why one row was kept or left out by TAROT, from the stored columns alone.
import type { ExplainInputs, Reason } from '../../method.ts'
import type { OverflowRule, SizeRule } from './params.ts'

/** What TAROT stores as `info`. */
export interface TarotInfo extends Record<string, unknown> {
  readonly size: SizeRule
  readonly overflow: OverflowRule
  readonly taskNames: readonly string[]
  readonly examples: number
  readonly whole: number
  readonly cutLayer: number
  readonly cutRows: number
  readonly cutTaken: number
  readonly filled: number
  /** Rounds searched for neighbours. */
  readonly depth: number
  /** Size the examples themselves suggest; null unless asked for. */
  readonly automatic: number | null
  readonly automaticDepths: readonly number[]
  /** Mean distance of the chosen and of as many random items to the examples, 0..2. */
  readonly distance: number
  readonly randomDistance: number
  readonly notFinite: number
  /** Names of the checkpoints where gradients made elsewhere were compared. */
  readonly checkpoints?: readonly string[]
}

const number = (value: number): string => value.toLocaleString('en-US')

/** "3rd" */
function ordinal(value: number): string {
  const tens = value % 100
  const ending = tens > 10 && tens < 14 ? 'th' : ({ 1: 'st', 2: 'nd', 3: 'rd' }[value % 10] ?? 'th')
  return `${number(value)}${ending}`
}

/** The sentence of one row. */
export function explainTarot({ columns, row, isChosen, info: stored }: ExplainInputs): Reason {
  // `info` was written by this method; the cast undoes only the loss of its type on disk.
  const info = stored as unknown as TarotInfo
  if (columns['flags'][row] !== 0) {
    const why =
      info.checkpoints === undefined
        ? 'its numbers could not be read'
        : 'its learning directions are all zeros or could not be read'
    return isChosen
      ? { code: 'kept-last', text: `Kept to fill the budget, although ${why}.` }
      : { code: 'not-comparable', text: `Left out: ${why}.` }
  }
  const layer = columns['layer'][row]
  const task = info.taskNames[columns['task'][row]] ?? ''
  const alike = `${Math.round(100 * columns['closeness'][row])} % alike`
  const resembles = `Its nearest example belongs to ${task} (${alike})`
  const best = layer === 1 ? 'the nearest item' : `the ${ordinal(layer)} nearest item`
  if (isChosen) return kept(info, layer, best, resembles)
  return leftOut(info, layer, best, resembles)
}

const lastRound: Readonly<Record<OverflowRule, string>> = {
  published: 'it was among those that stand for what is hardest to match',
  closer: 'it was among those that match the examples best'
}

function kept(info: TarotInfo, layer: number, best: string, resembles: string): Reason {
  if (layer === 0)
    return {
      code: 'kept-rest',
      text: `Kept to fill the budget: other items are nearer to every example. ${resembles}.`
    }
  const room =
    layer === info.cutLayer
      ? ` Only ${number(info.cutTaken)} of ${number(info.cutRows)} such items fitted; ${lastRound[info.overflow]}.`
      : ''
  return {
    code: 'kept-neighbour',
    text: `Kept because it is ${best} to one of your examples. ${resembles}.${room}`
  }
}

function leftOut(info: TarotInfo, layer: number, best: string, resembles: string): Reason {
  if (layer === 0)
    return {
      code: 'not-a-neighbour',
      text: `Left out: every example has at least ${number(info.depth)} nearer items. ${resembles}.`
    }
  if (layer === info.cutLayer)
    return {
      code: 'layer-full',
      text: `Left out: it is ${best} to one of your examples, but only ${number(info.cutTaken)} of ${number(info.cutRows)} such items fitted.`
    }
  if (info.size === 'automatic')
    return {
      code: 'not-needed',
      text: `Left out: it is ${best} to one of your examples, but so many were not needed.`
    }
  return {
    code: 'too-far-down',
    text: `Left out: it is only ${best} to any of your examples, and nearer ones filled the places.`
  }
}
