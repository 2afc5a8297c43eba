// Why one row was kept or left out by the loss window, from the stored columns alone.
import type { BalanceRule } from '../../difficulty/params.ts'
import type { ExplainInputs, Reason } from '../../method.ts'
import type { Schedule, WindowKeepRule } from './params.ts'

/** What the loss window stores as `info`. */
export interface LossWindowInfo extends Record<string, unknown> {
  readonly schedule: Schedule
  readonly keep: WindowKeepRule
  readonly dropFirst: number
  readonly balance: BalanceRule
  readonly runs: number
  readonly passes: number
  readonly trainingRows: number
  readonly testRows: number
  /** Share of the training steps that the plan saved, 0..1. */
  readonly saved: number
  /** Accuracy of each repeat on what was set aside; null where nothing could be. */
  readonly accuracy: {
    readonly planned: readonly (number | null)[]
    readonly all: readonly (number | null)[]
    readonly byLot: readonly (number | null)[]
  }
  /** The first repeat, pass by pass. */
  readonly perPass: readonly {
    readonly visited: number
    readonly loss: number
    readonly window: { readonly start: number; readonly groups: number; readonly of: number } | null
  }[]
  readonly classNames: readonly string[]
  readonly groupSizes: readonly number[]
  readonly notFinite: number
  readonly noLabel: number
}

const number = (value: number): string => value.toLocaleString('en-US')

const kept: Readonly<Record<WindowKeepRule, string>> = {
  middle: 'its average loss is in the middle',
  'most-visited': 'the training plan came to it often',
  hardest: 'its average loss is among the largest',
  easiest: 'its average loss is among the smallest'
}

const leftOut: Readonly<Record<WindowKeepRule, string>> = {
  middle: 'its average loss is larger or smaller than the middle part that was kept',
  'most-visited': 'the training plan came to others as often or more often',
  hardest: 'others have a larger average loss',
  easiest: 'others have a smaller average loss'
}

/** "loss 0.31 on average, place 12 of 640 items labelled "shirt", hardest first; ..." */
function factsOf({ columns, row, label }: ExplainInputs, info: LossWindowInfo): string {
  const isGrouped = info.balance === 'labels' && label !== undefined
  const size = isGrouped ? info.groupSizes[info.classNames.indexOf(label)] : info.groupSizes[0]
  const among = isGrouped ? ` labelled "${label}"` : ''
  const place = `place ${number(columns['place'][row])} of ${number(size)} items${among}, hardest first`
  const visits = `${Math.round(100 * columns['visits'][row])} % of the passes visit it`
  const right = columns['right'][row]
  const guess = info.classNames[columns['guess'][row]]
  const says = guess === undefined || guess === label ? '' : `; together they say "${guess}"`
  return (
    `loss ${columns['loss'][row].toFixed(2)} on average (${place}), ${visits}. ` +
    `Finished helper models gave its label in ${right} of ${info.runs} repeats${says}.`
  )
}

/** The sentence of one row. */
export function explainLossWindow(inputs: ExplainInputs): Reason {
  // `info` was written by this method; the cast undoes only the loss of its type on disk.
  const info = inputs.info as unknown as LossWindowInfo
  const { columns, row, isChosen } = inputs
  const flag = columns['flags'][row]
  if (flag === 1 || flag === 2) {
    const why = flag === 1 ? 'its numbers could not be read' : 'it has no label and so no loss'
    return isChosen
      ? { code: 'kept-last', text: `Kept to fill the budget, although ${why}.` }
      : { code: flag === 1 ? 'not-comparable' : 'no-label', text: `Left out: ${why}.` }
  }
  const facts = factsOf(inputs, info)
  if (flag === 3) {
    const slice = `the ${info.keep} ${info.dropFirst} % that were set aside first`
    return isChosen
      ? { code: 'kept-last', text: `Kept to fill the budget, although among ${slice}: ${facts}` }
      : { code: 'set-aside-extreme', text: `Left out: among ${slice}: ${facts}` }
  }
  return isChosen
    ? { code: `kept-${info.keep}`, text: `Kept because ${kept[info.keep]}: ${facts}` }
    : { code: `not-${info.keep}`, text: `Left out: ${leftOut[info.keep]}: ${facts}` }
}
