// Why one item is in a finding, in words, from the few numbers that were kept of it.
import type { FindingKind } from '../../api/dto/health.ts'
import { languageNames } from './texts/languages.ts'
import { personalKinds } from './texts/personal-data.ts'
import { secretKinds } from './texts/secrets.ts'
import { count, share } from './words.ts'

/** What is known of one row of a finding. */
export interface ReasonParts {
  readonly finding: FindingKind
  readonly values: ArrayLike<number>
  /** A kept text; "" = none. */
  readonly text: string
  readonly score01: number
  readonly isBest: boolean
  /** Names of the given and the suggested label; null = none. */
  readonly given: string | null
  readonly suggested: string | null
}

/** One short sentence, or "" when the title says it all. */
export function reasonOf(parts: ReasonParts): string {
  const { finding, values, text, score01, isBest, given, suggested } = parts
  const [a, b, c] = [values[0] ?? 0, values[1] ?? 0, values[2] ?? 0]
  switch (finding) {
    case 'exact-duplicates':
      return isBest ? 'Kept when one of each group is kept' : 'The same, byte for byte'
    case 'near-duplicates':
      return isBest
        ? 'Kept when the best of each group is kept'
        : `${share(score01)} alike to the one that is kept`
    case 'wrong-labels':
      return `Seen as “${suggested ?? '?'}” with ${share(a)}, given “${given ?? '?'}” with ${share(b)}`
    case 'outliers':
      return `${times(a)} farther from its neighbours than usual${b === 1 ? ' for its label' : ''}`
    case 'unreadable-pictures':
      return 'The file could not be opened as a picture'
    case 'tiny-pictures':
      return `${count(a)} × ${count(b)} pixels; half of the pictures have at least ${count(Math.round(c))} on their shorter side`
    case 'dark-pictures':
    case 'bright-pictures':
      return b < 4
        ? 'Hardly any difference between its lightest and darkest parts'
        : `Mean brightness ${share(a)}, little contrast`
    case 'blurry-pictures':
      return `${share(a)} of the usual sharpness`
    case 'odd-shapes':
      return `${count(a)} × ${count(b)} pixels`
    case 'empty-texts':
      return a === 0 ? 'No words' : `${count(a)} ${a === 1 ? 'word' : 'words'}`
    case 'long-texts':
      return `${count(a)} words; half of the texts have under ${count(Math.round(b) + 1)}`
    case 'repeated-texts':
      return repeatedReason(a, b)
    case 'mixed-languages':
      return `Looks like ${languageNames[a] ?? 'another language'}`
    case 'secrets':
      return heldReason(a, secretKinds, text)
    case 'personal-data':
      return heldReason(a, personalKinds, text)
    case 'missing-labels':
      return 'No label'
    case 'rare-labels':
      return `“${given ?? '?'}” has ${count(a)} ${a === 1 ? 'item' : 'items'}`
    case 'split-leakage':
      return score01 === 1
        ? 'An equal item is on the other side of the split'
        : 'A nearly equal item is on the other side of the split'
    case 'group-leakage':
      return 'Its group is on both sides of the split'
    case 'conflicting-labels':
      return suggested === null
        ? `Labelled “${given ?? '?'}”; its copies differ`
        : `Labelled “${given ?? '?'}”; most of its copies say “${suggested}”`
    case 'class-balance':
      return ''
  }
}

function times(value: number): string {
  return value < 1.95 ? `${Math.round(100 * (value - 1))} %` : `${value.toFixed(1)} times`
}

function repeatedReason(kind: number, value: number): string {
  if (kind === 0) return `${share(value)} of it are lines it has already had`
  if (kind === 1) return `One phrase makes up ${share(value)} of it`
  return `Begins or ends with a line that ${count(value)} texts have`
}

function heldReason(
  bits: number,
  kinds: readonly { readonly bit: number; readonly one: string }[],
  text: string
): string {
  const held = kinds.filter(({ bit }) => (bits & bit) !== 0).map(({ one }) => one)
  const list =
    held.length > 1 ? `${held.slice(0, -1).join(', ')} and ${held[held.length - 1]}` : held[0]
  return `Holds ${list ?? 'such data'}${text === '' ? '' : `: ${text}`}`
}
