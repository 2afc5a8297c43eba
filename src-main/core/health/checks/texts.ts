// Text problems: empty or too short, far too long, repeating themselves or each other, in another
// language than the rest, with secrets or personal data.
import { languageNames } from '../texts/languages.ts'
import { personalKinds } from '../texts/personal-data.ts'
import { textFact, textKeys, textNumbers } from '../texts/read-text.ts'
import { secretKinds } from '../texts/secrets.ts'
import { bands } from '../texts/shingles.ts'
import { flatFinding, type CheckData, type FindingDraft, type FlatRow } from './draft.ts'
import { strengthBeyond, usualOf } from './robust.ts'

/** Texts shorter than this many words are "very short" where the usual text has `usualLeast`. */
const shortWords = 3
const usualLeast = 15
/** Share of a text in repeated lines, or in its most frequent phrase. */
const repeatedLines01 = 0.4
const repeatedWords01 = 0.3
/** A line that this many texts begin or end with is boilerplate; one of most texts is their form. */
const boilerplateLeast = 10
const boilerplateShare01 = 0.002
const formShare01 = 0.3
/** Too long: this many times the median, and so many words. */
const longTimes = 15
const longWordsLeast = 1500
/** Words that the similarity fingerprint reads of a text, about. */
export const fingerprintWords = 150

/** Findings about texts. */
export function textProblems(data: CheckData): readonly FindingDraft[] {
  const { texts } = data
  if (texts === undefined) return []
  const rows = Array.from(data.plan.rows)
  const fact = (row: number, what: number): number => texts.numbers[row * textNumbers + what]
  const words = usualOf(rows.map((row) => fact(row, textFact.words)))
  return [
    flatFinding('empty-texts', emptyTexts(rows, fact, words.median), { median: words.median }),
    longTexts(rows, fact, words.median),
    flatFinding('repeated-texts', repeatedTexts(rows, fact, texts.keys)),
    mixedLanguages(rows, fact),
    flatFinding(
      'secrets',
      finds(rows, fact, textFact.secrets, (row) => texts.finds.get(row)?.secrets),
      {
        kinds: kindCounts(rows, fact, textFact.secrets, secretKinds)
      }
    ),
    flatFinding(
      'personal-data',
      finds(rows, fact, textFact.personal, (row) => texts.finds.get(row)?.personal),
      { kinds: kindCounts(rows, fact, textFact.personal, personalKinds) }
    )
  ]
}

type Fact = (row: number, what: number) => number

function emptyTexts(rows: readonly number[], fact: Fact, median: number): FlatRow[] {
  const least = median >= usualLeast ? shortWords : 1
  return rows
    .filter((row) => fact(row, textFact.words) < least)
    .map((row) => {
      const words = fact(row, textFact.words)
      return { row, score01: 1 - 0.5 * (words / shortWords), reason: [words] }
    })
}

function longTexts(rows: readonly number[], fact: Fact, median: number): FindingDraft {
  const cut = Math.max(longWordsLeast, longTimes * median)
  const found = rows
    .filter((row) => fact(row, textFact.words) > cut)
    .map((row) => {
      const words = fact(row, textFact.words)
      return { row, score01: strengthBeyond(words, cut), reason: [words, median] }
    })
  const beyond = rows.filter((row) => fact(row, textFact.words) > fingerprintWords).length
  return flatFinding('long-texts', found, { median, beyond, fingerprintWords })
}

function repeatedTexts(rows: readonly number[], fact: Fact, keys: Uint32Array): FlatRow[] {
  const shared = sharedLines(rows, keys)
  return rows.flatMap((row) => {
    const lines = fact(row, textFact.repeatedLines01)
    const phrase = fact(row, textFact.repeatedWords01)
    if (lines > repeatedLines01) return [{ row, score01: lines, reason: [0, lines] }]
    if (phrase > repeatedWords01) return [{ row, score01: phrase, reason: [1, phrase] }]
    const texts = shared.get(row)
    return texts === undefined ? [] : [{ row, score01: 0.3, reason: [2, texts] }]
  })
}

/** Rows that begin or end with a line that many, but not most, texts have; and how many. */
function sharedLines(rows: readonly number[], keys: Uint32Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>()
  const linesOf = (row: number): Set<number> => {
    const from = row * textKeys + bands
    return new Set(keys.subarray(from, from + textKeys - bands).filter((key) => key !== 0))
  }
  for (const row of rows)
    for (const line of linesOf(row)) counts.set(line, (counts.get(line) ?? 0) + 1)
  const least = Math.max(boilerplateLeast, boilerplateShare01 * rows.length)
  for (const [line, count] of counts)
    if (count < least || count > formShare01 * rows.length) counts.delete(line)
  const found = new Map<number, number>()
  if (counts.size === 0) return found
  for (const row of rows) {
    const most = Math.max(0, ...Array.from(linesOf(row), (line) => counts.get(line) ?? 0))
    if (most > 0) found.set(row, most)
  }
  return found
}

/** Share of sure texts above which the data "is" in one language. */
const mainShare01 = 0.8

function mixedLanguages(rows: readonly number[], fact: Fact): FindingDraft {
  const counts = new Uint32Array(languageNames.length)
  for (const row of rows) counts[fact(row, textFact.language)]++
  const sure = rows.length - counts[0]
  const order = languageNames
    .map((name, i) => ({ name, i, count: counts[i] }))
    .filter(({ i, count }) => i > 0 && count > 0)
    .sort((a, b) => b.count - a.count || a.i - b.i)
  const main = order.at(0)
  const isOne = main !== undefined && sure >= 20 && main.count >= mainShare01 * sure
  const facts = {
    main: isOne ? main.name : null,
    sure,
    languages: order.slice(0, 6).map(({ name, count }) => ({ name, count }))
  }
  const found = !isOne
    ? []
    : rows.flatMap((row) => {
        const language = fact(row, textFact.language)
        return language === 0 || language === main.i
          ? []
          : [{ row, score01: 0.7, reason: [language] }]
      })
  return flatFinding('mixed-languages', found, facts)
}

function finds(
  rows: readonly number[],
  fact: Fact,
  what: number,
  masked: (row: number) => readonly string[] | undefined
): FlatRow[] {
  return rows.flatMap((row) => {
    const bits = fact(row, what)
    if (bits === 0) return []
    // Keys and cards before addresses: the lower half of the bits is the graver one for secrets.
    const count = masked(row)?.length ?? 1
    const text = (masked(row) ?? []).slice(0, 3).join(' · ')
    return [{ row, score01: Math.min(1, 0.6 + 0.1 * count), reason: [bits], text }]
  })
}

function kindCounts(
  rows: readonly number[],
  fact: Fact,
  what: number,
  kinds: readonly { readonly bit: number; readonly many: string }[]
): { name: string; count: number }[] {
  return kinds
    .map(({ bit, many }) => ({
      name: many,
      count: rows.reduce((sum, row) => sum + ((fact(row, what) & bit) === 0 ? 0 : 1), 0)
    }))
    .filter(({ count }) => count > 0)
}
