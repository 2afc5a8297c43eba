// The sentences of data health. Neutral statements: what was found and why it matters, then what can
// be done; counts are those of the moment.
import type { DataKind } from '../../api/dto/datasets.ts'
import type { FindingKind } from '../../api/dto/health.ts'
import type { Facts } from './checks/draft.ts'
import { trustedConsensus01 } from './severity.ts'

/** 12400 -> "12,400". */
export const count = (value: number): string => value.toLocaleString('en')

/** 0.0213 -> "2.1 %"; small shares keep a digit that says something. */
export function share(value: number): string {
  const percent = 100 * value
  if (percent === 0) return '0 %'
  if (percent < 0.1) return 'under 0.1 %'
  return `${percent.toFixed(percent < 10 ? 1 : 0)} %`
}

/** What items are called. */
export function itemsWord(kind: DataKind, of: number): string {
  const one = { images: 'picture', text: 'text', table: 'row' }[kind]
  return of === 1 ? one : `${one}s`
}

/** "1 picture", "312 pictures". */
export const counted = (kind: DataKind, of: number): string => `${count(of)} ${itemsWord(kind, of)}`

export const titles: Readonly<Record<FindingKind, string>> = {
  'exact-duplicates': 'Exact duplicates',
  'near-duplicates': 'Near-duplicates',
  'wrong-labels': 'Likely wrong labels',
  outliers: 'Odd ones out',
  'unreadable-pictures': 'Unreadable pictures',
  'tiny-pictures': 'Tiny pictures',
  'dark-pictures': 'Too dark to see',
  'bright-pictures': 'Too bright or blank',
  'blurry-pictures': 'Blurry pictures',
  'odd-shapes': 'Odd sizes and shapes',
  'empty-texts': 'Empty or very short texts',
  'long-texts': 'Very long texts',
  'repeated-texts': 'Repetitions',
  'mixed-languages': 'Other languages',
  secrets: 'Keys and passwords',
  'personal-data': 'Personal data',
  'missing-labels': 'Missing labels',
  'rare-labels': 'Rare labels',
  'class-balance': 'Balance of labels',
  'split-leakage': 'The same items in training and test',
  'group-leakage': 'Groups in training and test',
  'conflicting-labels': 'Copies with different labels'
}

/** What a sentence is made of. */
export interface SentenceParts {
  readonly kind: DataKind
  /** Items that count now. */
  readonly count: number
  readonly groups: number
  /** Items in use. */
  readonly total: number
  readonly facts: Facts
}

/** One plain sentence for a finding, or for its absence. */
export function sentenceOf(finding: FindingKind, parts: SentenceParts): string {
  return parts.count === 0 && finding !== 'class-balance'
    ? fineSentence(finding, parts)
    : foundSentence(finding, parts)
}

function fineSentence(finding: FindingKind, { kind, facts }: SentenceParts): string {
  switch (finding) {
    case 'exact-duplicates':
      return `No ${itemsWord(kind, 1)} occurs twice.`
    case 'near-duplicates':
      return `No two ${itemsWord(kind, 2)} are nearly the same.`
    case 'wrong-labels':
      return 'No label stands out as likely wrong.'
    case 'outliers':
      return `No ${itemsWord(kind, 1)} is far from all others.`
    case 'unreadable-pictures': {
      const skipped = numberOf(facts, 'skipped')
      return skipped > 0
        ? `All pictures can be read; ${count(skipped)} ${skipped === 1 ? 'file was' : 'files were'} left out at import and ${skipped === 1 ? 'is' : 'are'} listed there.`
        : 'All pictures can be read.'
    }
    case 'tiny-pictures':
      return 'No picture is too small to show anything.'
    case 'dark-pictures':
      return 'No picture is too dark to see.'
    case 'bright-pictures':
      return 'No picture is washed out or blank.'
    case 'blurry-pictures':
      return 'No picture is much blurrier than the others.'
    case 'odd-shapes':
      return 'All pictures have much the same shape and size.'
    case 'empty-texts':
      return 'No text is empty or very short.'
    case 'long-texts':
      return 'No text is far longer than the others.'
    case 'repeated-texts':
      return 'No text repeats itself, and no line is stuck to many texts.'
    case 'mixed-languages':
      return languageSentence(facts)
    case 'secrets':
      return 'No keys, access tokens or passwords were recognised.'
    case 'personal-data':
      return 'No e-mail addresses, phone numbers or account numbers were recognised.'
    case 'missing-labels':
      return 'Every item has a label.'
    case 'rare-labels':
      return 'Every label has enough items to learn from.'
    case 'split-leakage':
      return 'No test item has a copy among the training items.'
    case 'group-leakage':
      return `No group of “${textOf(facts, 'column')}” is on both sides of the split.`
    case 'conflicting-labels':
      return 'Copies of an item have the same label.'
    case 'class-balance':
      return ''
  }
}

function foundSentence(finding: FindingKind, parts: SentenceParts): string {
  const { kind, groups, total, facts } = parts
  const items = counted(kind, parts.count)
  const one = parts.count === 1
  const part = share(parts.count / Math.max(1, total))
  switch (finding) {
    case 'exact-duplicates':
      return `${items} in ${count(groups)} ${groups === 1 ? 'group are' : 'groups are'} exact copies of each other: they count several times in training.`
    case 'near-duplicates':
      return `${items} in ${count(groups)} ${groups === 1 ? 'group are' : 'groups are'} nearly the same: ${nearWords(kind)}${strictWords(facts)}`
    case 'wrong-labels':
      return `${items} (${part}) ${one ? 'looks' : 'look'} like another label than the given one, judged by models that had not seen ${one ? 'it' : 'them'} and by the most alike items. ${trustWords(facts)}`
    case 'outliers':
      return `${items} ${one ? 'is' : 'are'} unlike anything else here. Some are mistakes, some are rare and valuable.`
    case 'unreadable-pictures':
      return `${items} could not be opened and ${one ? 'counts' : 'count'} as unlike anything in every comparison.`
    case 'tiny-pictures':
      return `${items} ${one ? 'is' : 'are'} so small that little can be seen.`
    case 'dark-pictures':
      return `${items} ${one ? 'is' : 'are'} nearly black or blank, with hardly anything to see.`
    case 'bright-pictures':
      return `${items} ${one ? 'is' : 'are'} nearly white or blank, with hardly anything to see.`
    case 'blurry-pictures':
      return `${items} ${one ? 'is' : 'are'} much blurrier than the others.`
    case 'odd-shapes':
      return `${items} ${one ? 'has' : 'have'} a very different size or shape; squeezed to one size, ${one ? 'it is' : 'they are'} distorted.`
    case 'empty-texts':
      return `${items} ${one ? 'holds' : 'hold'} no or hardly any words.`
    case 'long-texts':
      return `${items} ${one ? 'is' : 'are'} far longer than the others (half of the texts have under ${count(Math.round(numberOf(facts, 'median')) + 1)} words); comparisons see only the first ${count(numberOf(facts, 'fingerprintWords'))} words or so.`
    case 'repeated-texts':
      return `${items} ${one ? 'repeats' : 'repeat'} lines or phrases, or ${one ? 'begins or ends' : 'begin or end'} with a line that many texts have.`
    case 'mixed-languages':
      return `${languageSentence(facts)} ${items} ${one ? 'looks' : 'look'} different.`
    case 'secrets':
      return `${items} ${one ? 'holds' : 'hold'} what looks like ${kindList(facts)}. A model can learn them by heart and tell them.`
    case 'personal-data':
      return `${items} ${one ? 'holds' : 'hold'} what looks like ${kindList(facts)}.`
    case 'missing-labels':
      return `${items} (${part}) ${one ? 'has' : 'have'} no label.`
    case 'rare-labels':
      return `${items} ${one ? 'has' : 'have'} one of ${count(numberOf(facts, 'labels'))} rare ${numberOf(facts, 'labels') === 1 ? 'label' : 'labels'}: too few to learn from.`
    case 'split-leakage':
      return `${items} in ${count(groups)} ${groups === 1 ? 'group are' : 'groups are'} copies of each other on both sides of the split: the test result would be too good.`
    case 'group-leakage':
      return `${count(groups)} ${groups === 1 ? 'group' : 'groups'} of “${textOf(facts, 'column')}” ${groups === 1 ? 'has' : 'have'} items in training and in test (${items}): the test is easier than it should be.`
    case 'conflicting-labels':
      return `${items} in ${count(groups)} ${groups === 1 ? 'group' : 'groups'} of copies have different labels: at least one label of each group is wrong.`
    case 'class-balance':
      return balanceSentence(facts)
  }
}

function trustWords(facts: Facts): string {
  const agreement = numberOf(facts, 'agreement01')
  return numberOf(facts, 'consensus01') >= trustedConsensus01
    ? 'Not every one is wrong: look through them.'
    : `But the models give only ${share(agreement)} of all labels themselves, so many of these are hard rather than wrong.`
}

/** Where strangers look alike, only very close copies are told from them. */
function strictWords(facts: Facts): string {
  return 'expectedFalse01' in facts && numberOf(facts, 'cut') > 0.9
    ? ' Many pictures here look alike, so only the closest copies are counted.'
    : ''
}

function nearWords(kind: DataKind): string {
  switch (kind) {
    case 'images':
      return 'saved again, shifted, cropped or brightened.'
    case 'text':
      return 'they share most of their words in the same order.'
    case 'table':
      return 'all their measurements agree up to rounding.'
  }
}

function balanceSentence(facts: Facts): string {
  const largest = namedCount(facts['largest'])
  const smallest = namedCount(facts['smallest'])
  const labels = count(numberOf(facts, 'labels'))
  return largest.count === smallest.count
    ? `All ${labels} labels have ${count(largest.count)} items each.`
    : `Of ${labels} labels, “${largest.name}” is the most frequent with ${count(largest.count)} items and “${smallest.name}” the rarest with ${count(smallest.count)}.`
}

function languageSentence(facts: Facts): string {
  const languages = Array.isArray(facts['languages']) ? facts['languages'].map(namedCount) : []
  const sure = numberOf(facts, 'sure')
  if (languages.length === 0) return 'The texts are too short to tell their language.'
  if (typeof facts['main'] === 'string') return `The texts are mostly ${facts['main']}.`
  const list = languages.slice(0, 3).map((it) => `${it.name} ${share(it.count / sure)}`)
  return `The texts are in several languages: ${list.join(', ')}.`
}

function kindList(facts: Facts): string {
  const kinds = Array.isArray(facts['kinds']) ? facts['kinds'].map(namedCount) : []
  const parts = kinds.map((it) => `${it.name} (${count(it.count)})`)
  if (parts.length < 2) return parts[0] ?? 'such data'
  return `${parts.slice(0, -1).join(', ')} and ${parts[parts.length - 1]}`
}

/** A fact that is a number; 0 when a stored finding does not have it. */
export function numberOf(facts: Facts, name: string): number {
  const value = facts[name]
  return typeof value === 'number' ? value : 0
}

function textOf(facts: Facts, name: string): string {
  const value = facts[name]
  return typeof value === 'string' ? value : ''
}

/** A { name, count } fact. */
export function namedCount(value: unknown): { readonly name: string; readonly count: number } {
  if (typeof value !== 'object' || value === null) return { name: '', count: 0 }
  const { name, count: of } = value as { name?: unknown; count?: unknown }
  return {
    name: typeof name === 'string' ? name : '',
    count: typeof of === 'number' ? of : 0
  }
}
