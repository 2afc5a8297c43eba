// Why one row was kept or left out by a difficulty lens, from the stored columns alone.
import type { ExplainInputs, Reason } from '../method.ts'
import type { BalanceRule, KeepRule } from './params.ts'

/** What a lens stores as `info`. */
export interface LensInfo extends Record<string, unknown> {
  readonly keep: KeepRule | 'unsuspicious'
  readonly dropFirst: number
  readonly balance: BalanceRule
  readonly runs: number
  readonly passes: number
  readonly trainingRows: number
  readonly classNames: readonly string[]
  readonly groupSizes: readonly number[]
  readonly notFinite: number
  readonly noLabel: number
  /** Items whose label most helper models do not give. */
  readonly doubted: number
  /** Items with a difficulty above 0.5. */
  readonly suspicious: number
}

/** How a lens speaks of its number. */
export interface LensWords {
  /** "error 0.31 of at most 1.41" */
  measured(difficulty: number, info: LensInfo): string
}

const number = (value: number): string => value.toLocaleString('en-US')

/** "Helper models gave its label in 3 of 10 tries and mostly said "shirt" instead" */
function opinions({ columns, row, label }: ExplainInputs, info: LensInfo): string {
  const right = columns['right'][row]
  const guess = info.classNames[columns['guess'][row]]
  const tries = `${right} of ${info.runs} ${info.runs === 1 ? 'try' : 'tries'}`
  const others = guess === undefined || guess === label ? '' : `; together they say "${guess}"`
  return `Helper models gave its label in ${tries}${others}`
}

/** "place 12 of 640 from the hardest" */
function placeOf({ columns, row, label }: ExplainInputs, info: LensInfo): string {
  const isGrouped = info.balance === 'labels' && label !== undefined
  const size = isGrouped ? info.groupSizes[info.classNames.indexOf(label)] : info.groupSizes[0]
  const among = isGrouped ? ` labelled "${label}"` : ''
  return `place ${number(columns['place'][row])} of ${number(size)} items${among}, hardest first`
}

/** The sentence of one row. */
export function explainLens(words: LensWords, inputs: ExplainInputs): Reason {
  // `info` was written by the lens; the cast undoes only the loss of its type on disk.
  const info = inputs.info as unknown as LensInfo
  const { columns, row, isChosen } = inputs
  const flag = columns['flags'][row]
  if (flag === 1 || flag === 2) return withoutJudgement(isChosen, flag)
  const facts = `${opinions(inputs, info)} (${words.measured(columns['difficulty'][row], info)}).`
  if (info.keep === 'unsuspicious') return bySuspicion(inputs, facts)
  const place = placeOf(inputs, info)
  if (flag === 3) return asExtreme(info, isChosen, `${place}. ${facts}`)
  return isChosen
    ? { code: `kept-${info.keep}`, text: `Kept from the ${partOf[info.keep]}: ${place}. ${facts}` }
    : {
        code: `not-${info.keep}`,
        text: `Left out: not in the ${partOf[info.keep]}: ${place}. ${facts}`
      }
}

const partOf: Readonly<Record<KeepRule, string>> = {
  hardest: 'hardest part',
  easiest: 'easiest part',
  middle: 'middle part'
}

function withoutJudgement(isChosen: boolean, flag: number): Reason {
  const why =
    flag === 1
      ? 'its numbers could not be read'
      : 'it has no label, so nothing tells how hard it is'
  return isChosen
    ? { code: 'kept-last', text: `Kept to fill the budget, although ${why}.` }
    : { code: flag === 1 ? 'not-comparable' : 'no-label', text: `Left out: ${why}.` }
}

function asExtreme(info: LensInfo, isChosen: boolean, rest: string): Reason {
  const slice = `the ${info.keep} ${info.dropFirst} % that were set aside first`
  return isChosen
    ? { code: 'kept-last', text: `Kept to fill the budget, although among ${slice}: ${rest}` }
    : { code: 'set-aside-extreme', text: `Left out: among ${slice}: ${rest}` }
}

function bySuspicion({ columns, row, isChosen }: ExplainInputs, facts: string): Reason {
  const isDoubted = columns['difficulty'][row] > 0.5
  if (isChosen)
    return isDoubted
      ? {
          code: 'kept-last',
          text: `Kept to fill the budget, although its label is doubtful. ${facts}`
        }
      : { code: 'kept-label-fits', text: `Kept by lot among items whose label fits. ${facts}` }
  return isDoubted
    ? { code: 'label-doubtful', text: `Left out: its label is doubtful. ${facts}` }
    : { code: 'not-drawn', text: `Left out: its label fits, but it was not drawn. ${facts}` }
}
