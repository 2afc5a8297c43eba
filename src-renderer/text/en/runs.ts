// Words of runs: the list, the page of a run under way, its result, export, comparison.
import type { ExportLayout } from '@api/dto/exports.ts'
import type { VerdictKind } from '@api/dto/runs.ts'
import { formatCount, formatNumber } from '../format.ts'

/** The list of runs. */
export const runs = {
  title: 'Runs',
  unfinished: 'Unfinished',
  stopped: (title: string, percent: string): string =>
    `“${title}” stopped at ${percent} when the app closed.`,
  failed: (title: string, percent: string): string => `“${title}” failed at ${percent}.`,
  continue: 'Continue',
  seeDone: 'See what is done',
  discard: 'Discard',
  discarded: (title: string): string => `“${title}” was discarded.`,
  emptyTitle: 'No runs yet',
  emptyText: 'A run chooses a smaller set and tests it. Its result is kept here.',
  choose: 'Choose the best part',
  failedTitle: 'The list of runs could not be loaded',
  table: 'Runs',
  column: {
    pick: 'Compare',
    name: 'Name',
    state: 'State',
    data: 'Data',
    method: 'Method',
    kept: 'Kept',
    verdict: 'Verdict',
    when: 'Started'
  },
  pick: (name: string): string => `Compare “${name}”`,
  compare: 'Compare two runs',
  compareOne: 'Make a second run to compare.',
  compareNow: (count: number): string =>
    count < 2 ? `Tick ${2 - count} more` : count === 2 ? 'Compare the two' : `Compare the ${count}`,
  open: 'Open',
  rename: 'Rename',
  remove: 'Remove',
  moveUp: 'Earlier in line',
  moveDown: 'Later in line',
  renameTitle: 'Rename the run',
  name: 'Name',
  removeTitle: (name: string): string => `Remove “${name}”?`,
  removeText: 'The run, its result and its log are removed. Data and exported folders stay.',
  removed: (name: string): string => `“${name}” was removed.`,
  kept: (got: string, asked: string): string => `${got} of ${asked}`,
  verdictShort: {
    helped: 'Choosing helped',
    'no-difference': 'No clear difference',
    worse: 'Random did better',
    'not-checked': 'Not tested'
  } satisfies Record<VerdictKind, string>,
  tinyHelped: 'Better than random',
  kinds: { select: 'Chosen set', distil: 'Tiny training set' },
  more: (name: string): string => `More actions for “${name}”`
} as const

/** The page of one run. */
export const run = {
  phase: (index: number, count: number): string => `${index} of ${count}`,
  counts: (done: string, total: string, unit: string): string => `${done} of ${total} ${unit}`,
  countOnly: (done: string, unit: string): string => `${done} ${unit}`,
  waiting: (position: number): string =>
    position <= 1
      ? 'Next in line. It starts when the job before it is done.'
      : `Number ${position} in line.`,
  left: (text: string): string => `${text} left`,
  noEta: 'The time left shows up when it can be told.',
  phases: 'Phases',
  phaseStates: { done: 'done', now: 'now', todo: 'to come' },
  log: 'Log',
  logEmpty: 'Nothing has been written yet.',
  logFailed: 'The log could not be read',
  pause: 'Pause',
  pausing: 'Pausing',
  continue: 'Continue',
  cancel: 'Cancel',
  cancelTitle: (name: string): string => `Cancel “${name}”?`,
  cancelText:
    'It stops at the next safe point, within about 2 s. What is done so far can be kept, and continued later.',
  cancelKeep: 'Stop and keep what is done',
  cancelDiscard: 'Stop and discard',
  cancelNot: 'Let it run',
  seconds: (text: string): string => `${text} of work so far`,
  device: 'Computes on',
  startedAt: 'Started',
  finishedAt: 'Ended',
  notFoundTitle: 'This run is not in the project',
  notFoundText: 'It may have been removed.',
  backToRuns: 'Back to Runs',
  resultReady: 'The result is ready',
  openResult: 'Open the result',
  openDataset: 'Open the dataset',
  cancelledTitle: 'This run was cancelled',
  cancelledText: 'Nothing was kept. The plan can be made again.',
  cancelledKept: 'What was done so far is kept.',
  interruptedTitle: 'This run stopped when the app closed',
  interruptedText:
    'It continues where it stopped, and the result is the same as without the break.',
  pausedText: 'Paused. It can go on at any time, also after the app was closed.',
  failedTitle: 'This run failed',
  what: 'What happened',
  why: 'Why',
  now: 'What to do now',
  details: 'Details',
  whyUnknown: 'The reason is in the log below.',
  tryAgain: 'Continue from where it stopped',
  planAgain: 'Plan it again',
  copyDetails: 'Copy details',
  copied: 'The details are copied.',
  notes: 'Notes',
  progress: (name: string): string => `Progress of “${name}”`,
  hintFor: {
    'out-of-memory': 'Keep fewer items, narrow the scope, or close other programs.',
    'disk-full': 'Free some space on the disk, then continue.',
    'file-not-readable': 'Put the original files back where they were, then continue.'
  } as Readonly<Record<string, string>>
} as const

/** The result page. */
export const result = {
  failedTitle: 'The result could not be loaded',
  notFinished: 'This run has no result yet',
  goToRun: 'Go to the run',
  export: 'Export',
  exportItems: (count: string): string => `Export ${count} items`,
  report: 'Report',
  rename: 'Rename',
  compare: 'Compare with another run',
  again: 'Choose again with these settings',
  more: 'More actions',
  verdict: 'Verdict',
  verdictNumber: 'points against random',
  notChecked: 'Not tested',
  notCheckedText: 'The check was off or not possible, so it is not known whether choosing helped.',
  kept: 'kept',
  of: (candidates: string): string => `of ${candidates} that could be chosen`,
  by: (method: string, dataset: string): string => `${method} · ${dataset}`,
  took: (text: string): string => `took ${text}`,
  range: (low: string, high: string): string => `95 % range ${low} to ${high}`,
  tabs: {
    chosen: 'Chosen items',
    left: 'Left out',
    cut: 'Around the cut',
    coverage: 'Coverage',
    classes: 'Labels',
    check: 'Check',
    votes: 'Votes',
    found: 'Findings',
    measures: 'Measures',
    settings: 'Settings & repeat code',
    log: 'Log'
  },
  tabsLabel: 'Parts of the result',
  label: 'Label',
  allLabels: 'All labels',
  votes: 'Votes',
  anyVotes: 'Any number',
  voteCount: (votes: number): string => formatCount(votes, 'vote'),
  reason: 'Reason',
  allReasons: 'All reasons',
  reasonCount: (text: string, count: string): string => `${text} (${count})`,
  shown: (count: string): string => `${count} items`,
  nothing: 'Nothing matches',
  nothingText: (all: string): string => `0 of ${all} match.`,
  why: 'Why',
  noneLeft: 'Nothing was left out.',
  noVotes: 'This method does not vote',
  noVotesText: 'Votes belong to methods that aim at several target tasks.',
  tie: 'Decided by the tie rule',
  tieRules: {
    random: 'by lot, with the repeat code',
    variety: 'those that stand for most others',
    'mean-rank': 'by average place',
    'least-covered-task': 'for the task with the fewest',
    none: 'by the order of the items'
  },
  tieText: (share: string, rule: string): string =>
    `${share} of the chosen items had as many votes as items that were left out. The tie rule decided: ${rule}.`,
  advice: 'Advice',
  tasks: 'What each task got',
  taskColumn: {
    name: 'Task',
    examples: 'Examples',
    voted: 'Voted for',
    got: 'Of these chosen',
    share: 'Share'
  },
  constant: 'no opinion',
  measuresTitle: 'Measures of the chosen set',
  measureColumn: { name: 'Measure', value: 'Value', meaning: 'What it means' },
  noMeasures: 'No measures were taken.',
  settingsTitle: 'Everything needed to make it again',
  settingsHelp: 'The same data, settings and repeat code give the same items.',
  asked: 'What was asked',
  provenance: 'How it was made',
  command: 'As a command',
  copyCommand: 'Copy as command',
  commandCopied: 'The command is copied.',
  copySettings: 'Copy all settings',
  settingsCopied: 'The settings are copied.',
  tableCopied: 'The figures are copied. Paste them into a spreadsheet.',
  notes: 'Notes',
  reportSave: 'Save the report',
  reportPrint: 'Report as PDF, to print',
  reportPrinted: 'The PDF is saved. Open it to print it.',
  setting: {
    data: 'Data',
    scope: 'Part of it',
    goal: 'Goal',
    budget: 'How much',
    tasks: 'Target tasks',
    method: 'Method',
    list: 'List',
    seed: 'Repeat code',
    repeats: 'Near-duplicates',
    mustKeep: 'Must keep',
    mustDrop: 'Must drop',
    limits: 'Limits for labels',
    protect: 'Test items protected',
    group: 'Kept together by',
    check: 'Check',
    alsoTried: 'Also tried'
  },
  methodSetting: (title: string): string => `Method: ${title}`,
  settingText: {
    allItems: 'All items',
    filter: (labels: readonly string[], search: string): string =>
      [
        labels.length === 0 ? '' : `labels ${labels.join(', ')}`,
        search === '' ? '' : `contains “${search}”`
      ]
        .filter((part) => part !== '')
        .join('; ') || 'All items',
    fromLabels: (perTask: number): string =>
      `one for each label, ${formatNumber(perTask)} examples each`,
    fromColumn: (column: string, perTask: number): string =>
      `one for each value of “${column}”, ${formatNumber(perTask)} examples each`,
    repeats: (percent: string): string => `one of each from ${percent} alike`,
    repeatsOff: 'all kept',
    check: (repeats: number, models: string): string =>
      `${formatCount(repeats, 'repeat')}, ${models}`,
    checkOff: 'off',
    list: (title: string, count: number): string => `“${title}”, ${formatCount(count, 'item')}`,
    listed: (count: number): string => (count === 0 ? 'none' : formatCount(count, 'item'))
  }
} as const

/** The export dialog. */
export const exporting = {
  titles: { select: 'Export the chosen items', distil: 'Export the tiny training set' },
  place: 'Where',
  placeNone: 'No folder chosen yet',
  choosePlace: 'Choose a folder',
  changePlace: 'Choose another folder',
  name: 'Name of the new folder',
  layout: 'What is in it',
  size: 'Size',
  free: 'Free space',
  freeUnknown: 'Not known',
  conflict: 'If a folder with this name is there',
  conflicts: { 'new-name': 'Use a new name', replace: 'Replace it', stop: 'Stop and say so' },
  nameTaken: 'A folder with this name is already there.',
  tooLarge: (needed: string, free: string): string =>
    `This needs ${needed}; ${free} are free. Choose another folder.`,
  also: 'Also write',
  alsoHelp: 'The list as a table, the read-me, the report and the data card are always there.',
  layouts: {
    parquet: { title: 'Parquet table', text: 'items.parquet, for Python, R and databases' },
    records: { title: 'Original records', text: 'As they came, in one file for training' },
    openai: { title: 'OpenAI messages', text: 'One conversation on each line' },
    sharegpt: { title: 'ShareGPT', text: 'Turns of “human” and “gpt”' },
    alpaca: { title: 'Alpaca', text: 'Instruction, input and output' },
    'hf-folder': { title: 'Hugging Face folder', text: 'metadata.csv beside the pictures' },
    arrays: { title: 'NumPy arrays', text: 'Items and labels in one .npz file' },
    rows: { title: 'Row numbers', text: 'Counted from 0, one on each line' },
    epochs: { title: 'One list for each training pass', text: 'As this method draws them' },
    npy: { title: 'Single NumPy files', text: 'One .npy file each for items, labels and targets' },
    safetensors: { title: 'Safetensors', text: 'Items and labels in one file for most programs' }
  } satisfies Readonly<Record<ExportLayout, { title: string; text: string }>>,
  layoutSize: (text: string, bytes: string): string => `${text}; about ${bytes}`,
  indent: 'Original records with one entry on each line',
  reportPdf: 'Report as PDF, too',
  reportPrint:
    'To save the report as PDF, open report.html in a browser, choose Print and there “Save as PDF”.',
  leftOut: 'Also list the items left out, with reasons',
  spreadsheet: 'Safe for spreadsheets',
  spreadsheetHelp: 'Puts a mark before cells that a spreadsheet would run as a formula.',
  licence: 'Licence of the data (optional)',
  licenceHelp: 'Goes into the data card as you write it.',
  start: (count: string): string => `Export ${count} items`,
  running: 'Exporting',
  doneTitle: 'Exported',
  done: (items: string, bytes: string, dir: string): string =>
    `${items} items, ${bytes}, in ${dir}`,
  show: 'Show in folder',
  verify: 'Verify',
  verified: 'Every file is as it was written.',
  missing: 'Missing',
  changed: 'Changed',
  extra: 'Not part of the export',
  more: (count: string): string => `and ${count} more`,
  another: 'Export again',
  failedTitle: 'The export failed',
  earlier: 'Earlier exports',
  gone: 'not there any more',
  planFailed: 'The export could not be planned'
} as const

/** The comparison page. */
export const compare = {
  title: 'Compare two runs',
  failedTitle: 'The comparison could not be made',
  shared: 'In both',
  onlyFirst: (name: string): string => `Only in “${name}”`,
  onlySecond: (name: string): string => `Only in “${name}”`,
  overlap: 'In common',
  overlapText: (share: string, chance: string): string =>
    `${share} of all items in either set are in both; by chance it would be ${chance}.`,
  chance: 'by chance',
  accuracy: 'Accuracy',
  notTested: 'Not tested',
  differences: 'Settings that differ',
  noDifferences: 'Both runs have the same settings.',
  setting: 'Setting',
  classes: 'Labels',
  otherData: 'The runs used different data, so their items cannot be compared.',
  same: 'Choose two different runs.',
  kept: (got: string, candidates: string): string => `${got} of ${candidates}`,
  open: (name: string): string => `Open “${name}”`,
  figures: 'Figures side by side',
  figureColumn: 'Figure',
  figure: {
    kept: 'Kept',
    candidates: 'Could be chosen',
    verdict: 'Verdict',
    chosen: 'Right on test items, chosen',
    random: 'Right on test items, random',
    all: 'Right on test items, all data',
    againstRandom: 'Against random',
    againstStratified: 'Against stratified random',
    testItems: 'Test items',
    repeats: 'Repeats',
    ties: 'Decided by the tie rule',
    time: 'Time'
  },
  noFigure: '–',
  spread: (mean: string, spread: string): string => `${mean} ± ${spread}`,
  range: (mean: string, low: string, high: string): string => `${mean} (${low} to ${high})`,
  orderSame: (items: string, value: string): string =>
    `Both runs put the ${items} items they have in common in much the same order (agreement ${value}; 1 = the same, 0 = unrelated).`,
  orderSomewhat: (items: string, value: string): string =>
    `The orders of the ${items} items in common agree a little (agreement ${value}; 1 = the same, 0 = unrelated).`,
  orderUnrelated: (items: string, value: string): string =>
    `The orders of the ${items} items in common have nothing to do with each other (agreement ${value}; 1 = the same, 0 = unrelated).`,
  orderReverse: (items: string, value: string): string =>
    `What one run puts first, the other tends to put last (${items} items in common, agreement ${value}).`,
  otherTest:
    'The two runs were tested on different numbers of items, so their figures are only roughly comparable.'
} as const
