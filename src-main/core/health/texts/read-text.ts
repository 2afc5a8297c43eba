// What one text tells: its length, language and repetitions, secrets and personal data, and the keys
// by which near-duplicates are found. Pure: a text in, numbers out.
import { hashString } from '../../compute/random.ts'
import { languageOf } from './languages.ts'
import { findPersonalData } from './personal-data.ts'
import { findSecrets } from './secrets.ts'
import { bandKeys, bands, shinglesOf } from './shingles.ts'
import { seenCharacters, wordsOf } from './words.ts'

/** Numbers kept per text, in this order. */
export const textNumbers = 7
export const textFact = {
  characters: 0,
  words: 1,
  /** Number in `languageNames`. */
  language: 2,
  /** Share of the text that lies in lines it has already had. */
  repeatedLines01: 3,
  /** Share of the words that lie in the phrase the text repeats most. */
  repeatedWords01: 4,
  /** Bits of `secretKinds`. */
  secrets: 5,
  /** Bits of `personalKinds`. */
  personal: 6
} as const

/** Keys kept per text: bands, then its first two and last two lines (0 = none). */
export const textKeys = bands + 4

export interface TextFindings {
  readonly secrets: readonly string[]
  readonly personal: readonly string[]
}

export interface ReadText {
  readonly numbers: Float32Array
  readonly keys: Uint32Array
  readonly shingles: Uint32Array
  /** Masked finds; undefined when there are none. */
  readonly finds: TextFindings | undefined
}

/** Reads one text; of a very long one the first {@link seenCharacters} characters. */
export function readText(given: string): ReadText {
  const text = given.length > seenCharacters ? given.slice(0, seenCharacters) : given
  const words = wordsOf(text)
  const shingles = shinglesOf(words)
  const secrets = findSecrets(text)
  const personal = findPersonalData(text)
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const numbers = new Float32Array(textNumbers)
  numbers[textFact.characters] = given.length
  numbers[textFact.words] = words.length
  numbers[textFact.language] = languageOf(words)
  numbers[textFact.repeatedLines01] = repeatedLines(lines)
  numbers[textFact.repeatedWords01] = repeatedWords(words)
  numbers[textFact.secrets] = secrets.reduce((bits, find) => bits | find.kind, 0)
  numbers[textFact.personal] = personal.reduce((bits, find) => bits | find.kind, 0)
  const keys = new Uint32Array(textKeys)
  keys.set(bandKeys(shingles))
  keys.set(edgeLines(lines), bands)
  const hasFinds = secrets.length + personal.length > 0
  return {
    numbers,
    keys,
    shingles,
    finds: hasFinds
      ? { secrets: secrets.map((it) => it.masked), personal: personal.map((it) => it.masked) }
      : undefined
  }
}

/** Lines shorter than this repeat by nature. */
const longLine = 25
const fewLines = 4

function repeatedLines(lines: readonly string[]): number {
  if (lines.length < fewLines) return 0
  const seen = new Set<string>()
  let all = 0
  let repeated = 0
  for (const line of lines) {
    all += line.length
    if (seen.has(line)) repeated += line.length
    else seen.add(line)
  }
  return repeated / all
}

const phraseWords = 4
const fewWords = 24

/** Coverage of the most frequent phrase of four words (as Rae et al. 2021, table A1, per text). */
function repeatedWords(words: readonly string[]): number {
  if (words.length < fewWords) return 0
  const counts = new Map<number, number>()
  let most = 0
  for (let i = 0; i + phraseWords <= words.length; i++) {
    let phrase = 0
    for (let j = i; j < i + phraseWords; j++) phrase = hashString(words[j], phrase)
    const count = (counts.get(phrase) ?? 0) + 1
    counts.set(phrase, count)
    if (count > most) most = count
  }
  return most < 3 ? 0 : Math.min(1, (most * phraseWords) / words.length)
}

/** Hashes of the first two and last two lines, where they are long; texts of one line have none. */
function edgeLines(lines: readonly string[]): Uint32Array {
  const out = new Uint32Array(4)
  if (lines.length < 2) return out
  const places = [...new Set([0, 1, lines.length - 2, lines.length - 1])]
  places.forEach((place, i) => {
    const line = lines[place]
    if (line.length >= longLine) out[i] = hashString(line) || 1
  })
  return out
}
