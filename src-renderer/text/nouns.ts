// Counts with their nouns, in the language of the page.
import * as de from './de/nouns.ts'
import * as en from './en/nouns.ts'
import { formatCount } from './format.ts'
import { inLanguage } from './language.ts'

const { nouns } = inLanguage(en, { de })

/** What screens count. */
export type Noun = keyof typeof en.nouns

/** A count with its noun: "1 item", "12,400 items". */
export function countOf(value: number, noun: Noun): string {
  const [one, many] = nouns[noun]
  return formatCount(value, one, many)
}
