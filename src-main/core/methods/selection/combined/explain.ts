// Why one row was kept or left out for several aims, from the stored columns alone.
import { alikePercent, amongLabel, explainUnable } from '../../coverage/coverage-result.ts'
import { items, type CoverageInfo } from '../../coverage/coverage-run.ts'
import type { ExplainInputs, Reason } from '../../method.ts'
import { aims, type Aim } from './params.ts'
import type { Weights } from './pick.ts'

/** What the combined aims store as `info`. */
export interface CombinedInfo extends CoverageInfo {
  /** Weights that were followed, 0..100; 0 where an aim was not wanted or not possible. */
  readonly weights: Weights
  /** Part of what each followed aim could gain over a choice by lot, 0..1. */
  readonly reached: Partial<Readonly<Record<Aim, number>>>
}

/** Columns with the place of a row among its group, 1 = best; 0 where the aim was not followed. */
export const placeColumns = {
  typical: 'typicalPlace',
  hard: 'hardPlace',
  like: 'likePlace'
} as const

const names: Readonly<Record<Aim, string>> = {
  variety: 'variety',
  typical: 'being typical',
  hard: 'being hard',
  like: 'being like your examples'
}

const short: Readonly<Record<Exclude<Aim, 'variety'>, string>> = {
  typical: 'typical',
  hard: 'hard',
  like: 'like your examples'
}

const number = (value: number): string => value.toLocaleString('en-US')

/** " Places among 640 items: typical 3, like your examples 40."; empty where there are none. */
function placesOf(inputs: ExplainInputs, info: CombinedInfo): string {
  const { columns, row, label } = inputs
  const places = (['typical', 'hard', 'like'] as const).flatMap((aim) => {
    const place = columns[placeColumns[aim]]?.[row] ?? 0
    return place === 0 ? [] : `${short[aim]} ${number(place)}`
  })
  if (places.length === 0) return ''
  const size = sizeOf(inputs, info)
  const among = info.isMixed
    ? label === undefined
      ? ' without a label'
      : ` labelled "${label}"`
    : ''
  return ` Places among ${items(size)}${among}: ${places.join(', ')}.`
}

function sizeOf({ columns, row }: ExplainInputs, info: CombinedInfo): number {
  const index = columns['group'][row]
  return info.groups.find((group) => group.index === index)?.rows ?? 0
}

/** What the row does for variety, as a sentence with a leading space; empty where nothing is known. */
function varietyOf(inputs: ExplainInputs, info: CombinedInfo): string {
  const { columns, row, isChosen } = inputs
  if (info.weights.variety === 0) return ''
  const among = amongLabel(inputs, info)
  if (isChosen) {
    const standsFor = columns['standsFor'][row]
    return standsFor > 0 ? ` It stands for ${items(standsFor)}${among}.` : ''
  }
  const alike = columns['alike'][row]
  return alike > 0 ? ` The nearest kept item${among} is ${alikePercent(alike)} alike.` : ''
}

/** The sentence of one row. */
export function explainCombined(inputs: ExplainInputs): Reason {
  const unable = explainUnable(inputs)
  if (unable !== undefined) return unable
  // Written by this method; the cast undoes only the loss of its type on disk.
  const info = inputs.info as CombinedInfo
  const facts = `${varietyOf(inputs, info)}${placesOf(inputs, info)}`
  if (!inputs.isChosen)
    return {
      code: 'less-for-aims',
      text: `Left out: other items did more for your aims together.${facts}`
    }
  const aim = aims[inputs.columns['aim'][inputs.row]]
  if (aim === undefined)
    return { code: 'kept-for-all-aims', text: `Kept for all your aims together.${facts}` }
  return { code: `kept-for-${aim}`, text: `Kept mostly for ${names[aim]}.${facts}` }
}
