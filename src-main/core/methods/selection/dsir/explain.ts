// Why one text was kept or left out by DSIR, from the stored columns alone.
import type { ExplainInputs, Reason } from '../../method.ts'
import type { DsirParams } from './params.ts'

/** What is known of one example task. */
export interface DsirTarget {
  readonly name: string
  readonly examples: number
  /** Words of its examples. */
  readonly words: number
  /** Items taken for it. */
  readonly kept: number
  /** KL(target || set) in nats of all texts, of the kept ones, and of as many by lot. */
  readonly distanceAll: number
  readonly distanceKept: number
  readonly distanceByLot: number
  /** Median likeness to it of all texts that hold words, see column "likeness". */
  readonly typical: number
  /** Words that tell it from the data, best first. */
  readonly tellingWords: readonly string[]
}

/** What DSIR stores as `info`. */
export interface DsirInfo extends Record<string, unknown> {
  readonly targets: readonly DsirTarget[]
  /** Names the columns "first" and "second" point to: n = names[n - 1]. */
  readonly names: readonly string[]
  readonly params: DsirParams
  readonly noWords: number
  readonly tooShort: number
}

/** Column `flags`. */
export const dsirFlags = { compared: 0, noWords: 1, tooShort: 2 } as const

const number = (value: number): string => value.toLocaleString('en-US')

/** `"invoice", "refund"`; empty when no word is named. */
function quoted({ columns, row }: ExplainInputs, names: readonly string[]): string {
  return ['first', 'second']
    .flatMap((column) => names[columns[column][row] - 1] ?? [])
    .map((name) => `"${name}"`)
    .join(', ')
}

/** The sentence of one row. */
export function explainDsir(inputs: ExplainInputs): Reason {
  // `info` was written by this method; the cast undoes only the loss of its type on disk.
  const info = inputs.info as unknown as DsirInfo
  const { columns, row, isChosen } = inputs
  const flag = columns['flags'][row]
  if (flag === dsirFlags.noWords)
    return isChosen
      ? { code: 'kept-last', text: 'Kept to fill the budget, although it holds no words.' }
      : { code: 'no-words', text: 'Left out: it holds no words.' }
  if (flag === dsirFlags.tooShort) return tooShort(columns['words'][row], info.params.minWords)
  const target = info.targets[columns['task'][row]]
  const words = quoted(inputs, info.names)
  const likeness = columns['likeness'][row]
  const place = `place ${number(inputs.rank)} of ${number(inputs.candidates)}`
  const isLike = likeness > target.typical
  if (isChosen) return kept(target.name, words, isLike, place)
  if (!isLike)
    return {
      code: 'unlike-words',
      text: `Left out: its words are less like "${target.name}" than those of most items (${place}).`
    }
  const has = words === '' ? '' : `, although it has ${words}`
  return {
    code: 'less-like-words',
    text: `Left out: the words of other items are more like "${target.name}"${has} (${place}).`
  }
}

function kept(target: string, words: string, isLike: boolean, place: string): Reason {
  if (!isLike)
    return {
      code: 'kept-by-lot',
      text: `Kept because it was drawn by lot; its words are no more like "${target}" than those of most items.`
    }
  const which = words === '' ? '' : `: ${words}`
  return {
    code: 'kept-words',
    text: `Kept because its words are like "${target}"${which} (${place}).`
  }
}

function tooShort(words: number, least: number): Reason {
  const has = `${number(words)} ${words === 1 ? 'word or mark' : 'words and marks'}`
  return {
    code: 'too-short',
    text: `Left out: it has ${has}; you asked for ${number(least)} at least.`
  }
}
