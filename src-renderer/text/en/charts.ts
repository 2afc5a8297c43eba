// Words of charts: titles that say the finding, axis names, table headings, summaries.
import type { CheckResult } from '@api/dto/runs.ts'
import { formatNumber, formatPercent, formatPoints } from '../format.ts'

/** Names of the compared sets. */
export const setNames = {
  chosen: 'Chosen set',
  random: 'Random',
  stratified: 'Random, same label mix',
  all: 'All data',
  other: 'Also tried'
} as const

/** Chart words. */
export const charts = {
  asTable: 'Show as table',
  asChart: 'Show as chart',
  savePng: 'Save as picture (PNG)',
  saveSvg: 'Save as drawing (SVG)',
  copy: 'Copy the figures',
  tools: 'Chart tools',
  failedTitle: 'The chart could not be drawn',
  failedText: 'The figures are there as a table.',
  emptyTitle: 'Nothing to draw yet',
  set: 'Set',
  accuracy: 'Accuracy',
  spread: 'Spread (SD)',
  repeats: 'Each repeat',
  trainedOn: 'Learned from',
  items: 'Items',
  label: 'Label',
  accuracyTitle(check: CheckResult): string {
    const points = formatPoints(Math.abs(check.difference.mean)).replace('+', '')
    if (check.kind === 'helped') return `The chosen set beats random by ${points}`
    if (check.kind === 'worse') return `Random beats the chosen set by ${points}`
    return 'Chosen and random are about the same'
  },
  accuracySubtitle: (testItems: number, repeats: number): string =>
    `Share of ${formatNumber(testItems)} test items the check model got right. Bars: mean of ${repeats} ${repeats === 1 ? 'repeat' : 'repeats'}; dots: each repeat; whiskers: ±1 SD.`,
  accuracySummary: (rows: readonly { name: string; mean: number }[]): string =>
    `Accuracy: ${rows.map((row) => `${row.name} ${formatPercent(row.mean)}`).join(', ')}.`,
  differenceTitle: 'What choosing gained',
  differenceSubtitle:
    'Difference in points with its 95 % range. Right of 0 means the chosen set was better.',
  differenceTo: {
    random: 'Chosen − random',
    stratified: 'Chosen − random, same label mix'
  },
  otherToRandom: (name: string): string => `${name} − random`,
  difference: 'Difference',
  low: 'From',
  high: 'To',
  comparison: 'Comparison',
  differenceSummary: (
    rows: readonly { name: string; mean: number; low: number; high: number }[]
  ): string =>
    rows
      .map(
        (row) =>
          `${row.name}: ${formatPoints(row.mean)}, from ${formatPoints(row.low)} to ${formatPoints(row.high)}.`
      )
      .join(' '),
  curveTitle(match: { size: number; random: number } | undefined, chosen: number): string {
    if (match === undefined)
      return `${formatNumber(chosen)} chosen items do no better than as many random ones`
    if (match.size < match.random)
      return `${formatNumber(match.size)} chosen items do as well as ${formatNumber(match.random)} random ones`
    return 'How accuracy grows with the number of items'
  },
  curveSubtitle: (testItems: number, repeats: number): string =>
    `Share of ${formatNumber(testItems)} test items that the fast linear model got right. The shaded band is where 95 % of random sets lie, from ${repeats} ${repeats === 1 ? 'repeat' : 'repeats'}.`,
  curveAxis: 'Items in the set',
  curveBand: '95 % of random sets',
  curveSummary: (
    lines: readonly { name: string; from: number; to: number }[],
    smallest: number,
    largest: number
  ): string =>
    `From ${formatNumber(smallest)} to ${formatNumber(largest)} items: ${lines.map((line) => `${line.name} from ${formatPercent(line.from)} to ${formatPercent(line.to)}`).join(', ')}.`,
  available: 'Available',
  chosen: 'Chosen',
  random: 'Random',
  willKeep: 'Will keep',
  mixTitle(largest: { name: string; shift: number } | undefined): string {
    if (largest === undefined) return 'The label mix'
    if (Math.abs(largest.shift) < 0.02) return 'The chosen set keeps the mix of the data'
    return largest.shift > 0
      ? `The chosen set has more “${largest.name}” than the data`
      : `The chosen set has less “${largest.name}” than the data`
  },
  mixSubtitle: (n: number): string =>
    `Share of each label among the ${formatNumber(n)} chosen items, beside all available items and a random set.`,
  mixOther: (count: number): string => `${formatNumber(count)} smaller labels`,
  mixSummary: (rows: number, title: string): string =>
    `${title}. ${formatNumber(rows)} labels compared.`,
  votesTitle: (share: number, votes: number): string =>
    `${formatPercent(share, 0)} of the chosen items have at least ${votes} ${votes === 1 ? 'vote' : 'votes'}`,
  votesSubtitle: (tasks: number, items: number): string =>
    `Votes of ${tasks} target ${tasks === 1 ? 'task' : 'tasks'} for each of ${formatNumber(items)} items. The line marks where the choice is cut.`,
  votesAxis: 'Votes',
  votesItems: 'Items',
  votesChosen: 'Chosen',
  votesLeft: 'Left out',
  votesCut: 'Cut',
  votesSummary: (histogram: readonly number[]): string =>
    `Items by votes: ${histogram.map((items, votes) => `${formatNumber(items)} with ${votes}`).join(', ')}.`,
  overlapTitle(mean: number, chance: number): string {
    if (mean > chance * 1.5) return 'The target tasks ask for similar items'
    if (mean < chance * 0.67) return 'The target tasks ask for different items'
    return 'The target tasks agree about as much as by chance'
  },
  overlapSubtitle: (mean: number, chance: number): string =>
    `Share of one task’s choice that another task also chose: ${formatPercent(mean, 0)} on average; by chance ${formatPercent(chance, 0)}.`,
  overlapSummary: (tasks: number, mean: number, chance: number): string =>
    `${tasks} tasks compared two by two. On average ${formatPercent(mean, 0)} shared, by chance ${formatPercent(chance, 0)}.`,
  overlapCell: (row: string, column: string, share: number): string =>
    `${formatPercent(share, 0)} of what “${row}” chose, “${column}” chose too`,
  task: 'Task',
  rule: 'Way of joining',
  ruleNames: {
    vote: 'Votes',
    mean: 'Mean',
    max: 'Highest',
    rank: 'Places',
    norm: 'Size',
    'round-robin': 'In turns'
  },
  rulesTitle(lowest: number): string {
    return lowest > 0.8
      ? 'Other ways of joining the tasks would choose nearly the same'
      : 'Other ways of joining the tasks would choose differently'
  },
  rulesSubtitle: 'Share of one way’s choice that another way chose too.',
  rulesSummary: (ways: number, lowest: number): string =>
    `${ways} ways of joining the tasks compared two by two. The least two of them share is ${formatPercent(lowest, 0)}.`,
  liveTitle: 'Accuracy as it is measured',
  liveSubtitle: (testItems: number | undefined): string =>
    testItems === undefined
      ? 'Share of the test items that the check model got right, repeat by repeat.'
      : `Share of ${formatNumber(testItems)} test items that the check model got right, repeat by repeat.`,
  liveEmpty: 'Points appear when the check starts.',
  liveRepeat: 'Repeat',
  /** `latest`: what every line has reached, "Chosen set 83.1 %"; empty before the first figure. */
  liveSummary: (points: number, latest: string): string =>
    `${points} ${points === 1 ? 'measurement' : 'measurements'} so far.${latest === '' ? '' : ` Latest: ${latest}.`}`,
  measureSummary: (title: string, first: string, last: string): string =>
    `${title}: from ${first} to ${last}.`,
  compareMixTitle: 'Labels in the two sets',
  compareMixSubtitle: 'Share of each label among the chosen items of each run.',
  overlapBarTitle: (share: number, chance: number): string =>
    share > chance * 1.25
      ? 'The two sets have more in common than chance'
      : share < chance * 0.8
        ? 'The two sets have less in common than chance'
        : 'The two sets have about as much in common as by chance'
} as const

/** The words of one measure of a run, drawn as a line while it goes on. */
export interface MeasureWords {
  readonly title: string
  readonly subtitle: string
  /** What is counted along the line. */
  readonly across: string
  /** What is measured. */
  readonly measured: string
  /** True where the measure is a share, shown in percent. */
  readonly isShare: boolean
}

const helperLoss: MeasureWords = {
  title: 'The helper model is learning',
  subtitle: 'Error on the warm-up items after each pass. Lower is better.',
  across: 'Pass',
  measured: 'Error',
  isShare: false
}
const helperLosses: MeasureWords = {
  title: 'Helper models are being trained',
  subtitle: 'Error that each helper model ends with.',
  across: 'Helper model',
  measured: 'Error',
  isShare: false
}

/** The measures that methods and searches send, by the name of their series. */
export const liveMeasures: Readonly<Record<string, MeasureWords>> = {
  'Warm-up loss': helperLoss,
  'Training loss': helperLosses,
  Loss: helperLosses,
  'Share of steps saved': {
    title: 'Training that each trial saved',
    subtitle: 'Share of the training steps that left items out.',
    across: 'Repeat',
    measured: 'Saved',
    isShare: true
  },
  'Not yet stood in for': {
    title: 'What the chosen items do not stand in for yet',
    subtitle: 'Share of what all items teach that the chosen ones miss. Lower is better.',
    across: 'Items',
    measured: 'Missed',
    isShare: true
  },
  distance: {
    title: 'How far the set is from your data',
    subtitle: 'Difference between what networks see in the set and in real items. Lower is better.',
    across: 'Step',
    measured: 'Difference',
    isShare: false
  },
  'distance to the goal': {
    title: 'How far training on the set ends from the goal',
    subtitle: 'The goal is where training on all data leads. Lower is better.',
    across: 'Step',
    measured: 'Difference',
    isShare: false
  },
  error: {
    title: 'What the set does not explain yet',
    subtitle: 'Error on real items. Lower is better.',
    across: 'Step',
    measured: 'Error',
    isShare: false
  },
  'loss on real items': {
    title: 'What a model trained on the set does not know yet',
    subtitle: 'Error on real items. Lower is better.',
    across: 'Step',
    measured: 'Error',
    isShare: false
  },
  helper: {
    title: 'The helper model is learning',
    subtitle: 'Share of the items kept for choices that it gets right after each pass.',
    across: 'Pass',
    measured: 'Right',
    isShare: true
  },
  'smallest:share': {
    title: 'Sizes tried',
    subtitle: 'Share of the accuracy of all data that each size keeps.',
    across: 'Items',
    measured: 'Kept',
    isShare: true
  }
}

/** The words of a measure whose series is not known by name. */
export function otherMeasure(series: string): MeasureWords {
  return {
    title: series,
    subtitle: 'Measured as the run goes on.',
    across: 'Step',
    measured: series,
    isShare: false
  }
}
