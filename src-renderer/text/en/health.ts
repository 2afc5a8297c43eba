// Words of data health: the check, its findings, going through them one by one, and the strip on
// Home.
import type { FindingKind, HealthAction, Severity } from '@api/dto/health.ts'
import type { DataKind } from '@api/dto/datasets.ts'
import { formatCount } from '../format.ts'

const severities: Readonly<Record<Severity, string>> = {
  high: 'Serious',
  medium: 'Worth a look',
  low: 'Minor',
  fine: 'Fine'
}
const lookedFor: Readonly<Record<DataKind, readonly string[]>> = {
  images: [
    'Duplicates and near-duplicates',
    'Labels that are likely wrong',
    'Odd ones out',
    'Pictures that are unreadable, tiny, dark, too bright or blurry',
    'Missing and rare labels',
    'Test items that are also in train'
  ],
  text: [
    'Duplicates and near-duplicates',
    'Labels that are likely wrong',
    'Odd ones out',
    'Texts that are empty, too long, repeated or in several languages',
    'Passwords, keys and personal data',
    'Missing and rare labels',
    'Test items that are also in train'
  ],
  table: [
    'Duplicates and near-duplicates',
    'Labels that are likely wrong',
    'Odd ones out',
    'Missing and rare labels',
    'Test items that are also in train'
  ]
}

/** The health tab. */
export const health = {
  failedTitle: 'The findings could not be loaded',
  neverTitle: 'This data was not checked yet',
  neverText: (items: string): string =>
    `The check looks at all ${items} on this computer. Nothing is changed.`,
  lookedForTitle: 'What it looks for',
  lookedFor,
  aboutTime: (time: string): string => `Takes ${time}, judged by earlier checks in this project.`,
  noTime:
    'The time left shows shortly after the start. You can go on working meanwhile, and stop it at any time.',
  check: 'Check this data',
  checkAgain: 'Check again',
  checking: 'Checking',
  starting: 'The check starts in a moment.',
  earlierStay: 'What an earlier check found stays below until this one is done.',
  progress: (name: string): string => `Check of “${name}”`,
  cancel: 'Cancel',
  pause: 'Pause',
  continue: 'Continue',
  stoppedTitle: 'The last check did not come to its end',
  stoppedText: 'It stopped when the app closed. It can go on from where it was.',
  stoppedFailed: 'It failed. The log of the run says why.',
  openLog: 'Open the log',
  checkedAgo: (ago: string): string => `Checked ${ago}`,
  staleTitle: 'The data changed since this check',
  staleText: 'Counts are up to date, but new problems were not looked for.',
  readOnly: 'The project is open for reading only, so nothing can be changed.',
  allFineTitle: 'Nothing to worry about',
  allFineText: 'No check found a problem in this data.',
  settledTitle: 'Everything found is settled',
  settledText: 'What was found is set aside, changed, or was said to be fine.',
  openFindings: (count: number): string =>
    formatCount(count, 'thing to look at', 'things to look at'),
  items: (count: number): string => formatCount(count, 'item'),
  itemsWord: (count: number): string => (count === 1 ? 'item' : 'items'),
  inGroups: (count: number): string => `in ${formatCount(count, 'group')}`,
  wereMore: (found: string): string => `of ${found} found`,
  severities,
  examples: (title: string): string => `Examples: ${title}`,
  review: 'Review',
  reviewOf: (title: string): string => `Review: ${title}`,
  more: (title: string): string => `More actions for “${title}”`,
  forAll: 'For all of them:',
  showInList: 'Show in the list of items',
  dismiss: 'This is fine',
  dismissed: (title: string): string => `“${title}” is left as it is.`,
  bringBack: 'Bring back',
  broughtBack: (title: string): string => `“${title}” is back among the findings.`,
  dismissedPart: (count: number): string => `${formatCount(count, 'finding')} said to be fine`,
  settledPart: (count: number): string => `${formatCount(count, 'finding')} settled`,
  finePart: (count: number): string =>
    count === 1 ? '1 check found nothing' : `${formatCount(count, 'check')} found nothing`,
  notRunPart: (count: number): string =>
    count === 1 ? '1 check could not run' : `${formatCount(count, 'check')} could not run`,
  confirmTitle: (count: string): string => `Change ${count}?`,
  confirmText: (sentence: string): string =>
    `${sentence} Nothing is deleted, and it can be taken back at any time.`,
  canTakeBack: 'Nothing is deleted, and it can be taken back at any time.',
  didNothing: 'Nothing had to be changed.',
  balanceTitle: 'Items per label',
  balanceEven: 'All labels have about the same number of items',
  balanceUneven: (most: string, least: string, times: string): string =>
    `“${most}” has ${times} times as many items as “${least}”`,
  balanceOne: (name: string): string => `All items have the label “${name}”`,
  balanceEmptyLabel: (name: string): string => `“${name}” has no items`,
  balanceSubtitle: (labels: string): string => `Share of each of ${labels} among the items`,
  balanceSets: { train: 'Train', test: 'Test', all: 'All items' }
} as const

const ways: Readonly<Partial<Record<HealthAction['id'], string>>> = {
  'move-to-train': 'Move to train',
  'accept-suggestions': 'Use the suggested labels',
  tag: 'Tag'
}

/** Going through the items of a finding. */
export const review = {
  back: 'Back to data health',
  goneTitle: 'This finding is not there any more',
  goneText: 'A later check did not find it, or the dataset was removed.',
  emptyTitle: 'No items left here',
  emptyText: 'Everything this check found is settled.',
  failedTitle: 'The items could not be loaded',
  group: (index: string, all: string): string => `Group ${index} of ${all}`,
  item: (index: string, all: string): string => `${index} of ${all}`,
  groupRegion: 'Items of this group',
  listRegion: 'Items found',
  stripRegion: 'Items before and after',
  keep: 'Keep',
  kept: 'Kept',
  suggested: 'Suggested',
  willGo: 'Goes aside',
  isAside: 'Set aside',
  keepThis: (name: string): string => `Keep ${name}`,
  alsoKeep: 'Ctrl and a click keeps more than one.',
  moreInGroup: (count: string): string =>
    `and ${count} more in this group, treated like the ones not kept`,
  asideOthers: (count: number): string =>
    count === 1 ? 'Set 1 other aside' : `Set ${formatCount(count, 'other')} aside`,
  keepAll: 'Keep all',
  previous: 'Previous',
  next: 'Next',
  undo: 'Undo',
  lookCloser: 'Look closer',
  given: 'Given label',
  suggestion: 'Suggested label',
  strength: 'How clearly it disagrees',
  standsOut: 'How clearly it stands out',
  accept: (label: string): string => `Use “${label}”`,
  keepGiven: (label: string): string => `Keep “${label}”`,
  setAside: 'Set aside',
  otherLabel: 'Another label',
  otherLabelPick: 'Choose another label',
  noLabel: 'No label',
  setAsideSome: (count: number): string => `Set ${formatCount(count, 'item')} aside`,
  fineSome: (count: number): string =>
    count === 1 ? 'Leave it as it is' : `Leave ${formatCount(count, 'item')} as they are`,
  selectAll: 'Select all shown',
  selected: (count: number): string => `${formatCount(count, 'item')} selected`,
  ways,
  verdicts: {
    kept: 'Left as it is',
    aside: 'Set aside',
    accepted: 'Label changed',
    best: 'One kept'
  },
  tally: {
    seen: (count: string, all: string): string => `${count} of ${all} done`,
    aside: (count: string): string => `${count} set aside`,
    relabelled: (count: string): string => `${count} with a new label`,
    kept: (count: string): string => `${count} left alone`
  },
  saving: 'Saving',
  doneTitle: 'You are through',
  doneText: 'What you decided is saved, and each step can be taken back.',
  goOn: (items: string): string => `Change ${items}`,
  again: 'Look through them again',
  keys: {
    title: 'Keys',
    pick: 'keep this one',
    aside: 'set the others aside',
    skip: 'keep all',
    undo: 'undo',
    move: 'move',
    accept: 'use the suggestion',
    keep: 'keep the label',
    setAside: 'set aside',
    other: 'another label',
    look: 'look closer',
    select: 'select',
    fine: 'leave as they are'
  },
  keyNames: {
    digits: '1–9',
    enter: 'Enter',
    space: 'Space',
    backspace: 'Backspace',
    arrows: '← →',
    allArrows: '← ↑ ↓ →'
  }
} as const

/** A few words for each finding, with its count: for the strip on Home and the list of datasets. */
const short: Readonly<Record<FindingKind, (count: string) => string>> = {
  'exact-duplicates': (count) => `${count} duplicates`,
  'near-duplicates': (count) => `${count} near-duplicates`,
  'wrong-labels': (count) => `${count} likely wrong labels`,
  outliers: (count) => `${count} odd ones out`,
  'unreadable-pictures': (count) => `${count} unreadable pictures`,
  'tiny-pictures': (count) => `${count} tiny pictures`,
  'dark-pictures': (count) => `${count} dark pictures`,
  'bright-pictures': (count) => `${count} too bright pictures`,
  'blurry-pictures': (count) => `${count} blurry pictures`,
  'odd-shapes': (count) => `${count} of odd shape`,
  'empty-texts': (count) => `${count} empty texts`,
  'long-texts': (count) => `${count} very long texts`,
  'repeated-texts': (count) => `${count} repeated texts`,
  'mixed-languages': (count) => `${count} in another language`,
  secrets: (count) => `${count} with passwords or keys`,
  'personal-data': (count) => `${count} with personal data`,
  'missing-labels': (count) => `${count} without a label`,
  'rare-labels': (count) => `${count} with a rare label`,
  'class-balance': () => 'labels not balanced',
  'split-leakage': (count) => `${count} in train and test`,
  'group-leakage': (count) => `${count} of divided groups`,
  'conflicting-labels': (count) => `${count} with conflicting labels`
}

/** The strip on Home and the chip in the list of datasets. */
export const strip = {
  short,
  balanced: 'labels balanced',
  fine: 'nothing found',
  settled: 'all settled',
  notChecked: 'not checked yet',
  check: 'Check',
  checkName: (name: string): string => `Check “${name}”`,
  checking: (percent: string): string => `checking, ${percent}`,
  waiting: 'waiting to be checked',
  failed: 'health not known',
  stopped: 'check stopped early',
  more: (count: string): string => `${count} more`,
  open: (what: string, name: string): string => `${what}, open in “${name}”`,
  toLook: (count: number): string => formatCount(count, 'thing to look at', 'things to look at')
} as const
