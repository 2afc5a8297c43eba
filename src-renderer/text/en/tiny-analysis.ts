// Words of "What does it teach?": what a finished tiny set carries, in six panels.
import type { AnalysisEffort, AnalysisPanel } from '@api/dto/analysis.ts'
import { formatCount, formatNumber } from '../format.ts'

interface PanelWords {
  /** The question, as a heading. */
  readonly title: string
  /** What is done, when choosing. */
  readonly text: string
  /** How to read what came out. */
  readonly how: readonly string[]
}

const panels: Readonly<Record<AnalysisPanel, PanelWords>> = {
  recognition: {
    title: 'Is it recognised?',
    text: 'Models that learned from real items are shown the set. With a map of how they see it, and the brightness of its pictures.',
    how: [
      'A set whose items are named rightly looks like its labels. One that is not can still teach well, but only by the patterns it carries.',
      'On the map, items of the set that lie among real items of their label look like them to the model. The map shows the two directions in which items differ most; the rest is flattened.'
    ]
  },
  mixing: {
    title: 'Can real items be added?',
    text: 'A few real items are added for each label, then more and more.',
    how: [
      'If the line of the set falls before it rises, a few real items do harm: keep the set as it is, or add many.',
      'Where both lines meet, random real items of the same total do as well, and the set saves nothing any more.'
    ]
  },
  agreement: {
    title: 'Whom do its students resemble?',
    text: 'Models that learned from the set are held against models of few real items, and against models that learned from all of them but were stopped early.',
    how: [
      'Each bar counts pairs of models that are equally accurate. The further right, the more test items the two name alike, right or wrong.',
      'The dashed line is what two models of this accuracy share by chance alone. What lies right of it comes from having learned alike.'
    ]
  },
  learned: {
    title: 'When is it learned?',
    text: 'A model learns from real items only. On its way it is asked about the set.',
    how: [
      'If the set is known after a few steps, it carries what a model learns first: the large, plain differences between labels.',
      'A set that is only known late carries finer things, too.'
    ]
  },
  curvature: {
    title: 'How much is there left to learn?',
    text: 'How sharply the mistakes on the set bend as a model learns from real items.',
    how: [
      'A high line means that a step of learning still changes much on these items. A line near 0 means that there is nothing left to learn from them.',
      'The lines are smoothed and rough: look at where they rise and fall, not at single values.'
    ]
  },
  influence: {
    title: 'What does each item do?',
    text: 'The set is learned again without each item in turn, to see which test items get worse.',
    how: [
      'A figure above 0 says that the item helps: without it, models are less sure of the right label. Below 0 it stands in the way.',
      'In the chart, a strong diagonal means that items teach their own label. Marks beside it show which labels an item also helps or hurts.'
    ]
  }
}

const efforts: Readonly<Record<AnalysisEffort, { title: string; text: string }>> = {
  quick: {
    title: 'Quick',
    text: 'Few and short trainings: directions, no decimals.'
  },
  standard: {
    title: 'Standard',
    text: 'Enough repeats to trust what the charts say.'
  },
  thorough: {
    title: 'Thorough',
    text: 'Near what was published about such sets. Look at the time first; it can be paused.'
  }
}

/** "What does it teach?" of a tiny set. */
export const tinyAnalysis = {
  tab: 'What does it teach?',
  panels,

  form: {
    title: 'What does this set teach?',
    text: 'A tiny set holds a small part of what is in the data. This looks at which part: small models learn from the set, from real items and from both, and what they get right is compared. The set itself stays as it is.',
    again: 'Run it again',
    againText:
      'Parts that were worked out with the same effort and repeat code stay and are added to. Anything else replaces the report.',
    panels: 'What to look at',
    panelsHelp: 'Each part answers one question. Fewer parts take less time.',
    needsPanel: 'Tick at least one part.',
    effort: 'Effort',
    efforts,
    time: (text: string): string => `Takes ${text} here.`,
    timePending: 'The time is being worked out.',
    timeUnknown: 'The time cannot be told in advance.',
    timeHelp: 'Times are estimates from a short measurement on this computer.',
    seed: 'Repeat code',
    seedHelp: 'The same code gives the same report again.',
    start: 'Start',
    cancel: 'Keep the report as it is',
    readOnly: 'This project is open for reading only, so nothing new can be worked out.'
  },

  running: {
    title: 'It is being worked out',
    text: 'It goes on while you look at other pages. It can be paused, and continues after the app was closed.',
    cancel: 'Cancel',
    cancelTitle: 'Cancel the analysis?',
    cancelText:
      'What was worked out so far is dropped. An earlier report stays. To go on later, pause it instead.',
    cancelYes: 'Cancel the analysis',
    failed: 'The analysis could not be finished',
    interrupted: 'The analysis stopped when the app closed',
    interruptedText: 'It continues where it stopped.',
    cancelled: 'The analysis was cancelled. Nothing of it was kept.',
    ready: 'The report is ready.',
    resume: 'Continue from where it stopped',
    drop: 'Discard it'
  },

  noLabels: 'This set teaches no labels',
  noLabelsText:
    'Each part of the report asks what models take items for, so it needs a set that was made from labelled data.',
  loadFailed: 'The report could not be read',
  damaged: 'The report can be made again below.',

  report: {
    again: 'Run again',
    missing: (count: number): string =>
      `${formatCount(count, 'part')} of 6 ${count === 1 ? 'was' : 'were'} not looked at.`,
    facts: (items: string, tests: string, network: string): string =>
      `${items} items of the set, ${tests} test items, ${network}`,
    made: (effort: string, time: string, device: string): string =>
      `${effort} effort, ${time} on: ${device}`,
    code: (code: string): string => `Repeat code ${code}`,
    notes: 'Notes',
    contents: 'Parts of the report',
    how: 'How to read this'
  },

  recognition: {
    judges: 'Models that learned from real items',
    column: {
      network: 'Model',
      test: 'Right on test items',
      set: 'Named as in the set',
      gap: 'Difference'
    },
    perLabel: 'Label by label',
    perLabelHelp: 'Share of the items of each label that the model names as the set does.',
    label: 'Label',
    map: 'How the first model sees the set among real items',
    mapSubtitle: (set: string, real: string, share: string): string =>
      `${set} items of the set over ${real} real test items. The two directions hold ${share} of all differences.`,
    mapSummary: (set: string, real: string, labels: string): string =>
      `A map of ${set} items of the set and ${real} real items in ${labels} labels. The table has their places.`,
    across: 'First direction',
    up: 'Second direction',
    setItem: 'Item of the set',
    realItem: 'Real item',
    kind: 'Kind',
    point: (label: string, kind: string): string => `${label}, ${kind}`,
    legend: 'Labels on the map',
    brightness: 'Brightness of the pictures',
    brightnessSubtitle:
      'Share of all points of the pictures with this brightness; 0 = black, 1 = white.',
    brightnessSummary: (outsideSet: string, outsideReal: string): string =>
      `Brightness of the set beside that of real items. Darker than black or brighter than white: ${outsideSet} of the set, ${outsideReal} of real items.`,
    brightnessAxis: 'Brightness',
    set: 'Tiny set',
    real: 'Real items',
    outside: (share: string): string =>
      `${share} of the points of the set are darker than black or brighter than white, which no photo has.`
  },

  mixing: {
    title: 'Accuracy as real items are added',
    subtitle: (steps: string, repeats: number): string =>
      `Share of test items that a model gets right after ${steps} steps of learning. ${
        repeats === 1
          ? 'One repeat.'
          : `Means of ${formatNumber(repeats)} repeats; whiskers: ±1 SD.`
      }`,
    across: 'Real items added for each label',
    set: 'Tiny set and real items',
    random: 'Random real items, as many in total',
    harmful: 'Do not top up this set with a few real items',
    lowest: 'lowest',
    better: 'better from here',
    summary: (from: string, to: string, random: string): string =>
      `The tiny set goes from ${from} without real items to ${to} with the most; random items end at ${random}.`
  },

  agreement: {
    title: 'Pairs of equally accurate models, by how much they agree',
    subtitle: (students: number, accuracy: string): string =>
      `${formatCount(students, 'model')} that learned from the set, right on ${accuracy} of the test items.`,
    across: 'Test items named alike',
    pairs: 'Pairs',
    early: 'Stopped early',
    few: 'Few real items',
    chance: 'by chance',
    bin: (from: string, to: string): string => `${from} to ${to}`,
    summary: (early: string, few: string, chance: string): string =>
      `Mean agreement with models stopped early ${early}, with models of few real items ${few}; by chance ${chance}.`,
    noMatch: 'No model was as accurate as those of the set, so there is nothing to compare.',
    facts: 'The two groups',
    group: 'Group',
    models: 'Models in all',
    matched: 'Pairs as accurate',
    accuracy: 'Their accuracy',
    mean: 'Named alike, mean',
    mode: 'Most often',
    none: '–'
  },

  learned: {
    title: 'What a model knows while it learns from real items',
    subtitle: (trainings: number): string =>
      `Means of ${formatCount(trainings, 'training')} on real items; the set was never learned from.`,
    across: 'Steps of learning',
    set: 'Of the set',
    test: 'Of the test items',
    done: (step: string): string => `known at ${step}`,
    summary: (set: string, test: string): string =>
      `At the end the model knows ${set} of the set and ${test} of the test items.`
  },

  curvature: {
    title: 'How sharply mistakes bend while a model learns from real items',
    subtitle: (signs: number, items: string): string =>
      `Estimated in ${formatCount(signs, 'random direction')}, on the set and on ${items} real items, smoothed.`,
    across: 'Steps of learning',
    set: 'On the set',
    real: 'On real items',
    peak: (step: string): string => `highest at ${step}`,
    summary: (value: string, step: string, left: string): string =>
      `The line of the set is highest with ${value} after ${step} steps; at the end ${left} of that is left.`
  },

  influence: {
    title: 'Which labels the items of each label help',
    subtitle:
      'Rows: items of the set; columns: test items. Above 0 helps, below 0 hurts; means of all pairs.',
    summary: (share: string): string =>
      `For ${share} of the labels, their own label is the one they help most.`,
    from: 'Items of',
    cell: (from: string, to: string, value: string): string =>
      `Items of ${from} on test items of ${to}: ${value}`,
    items: 'Item by item',
    looked: (looked: string, of: string): string =>
      `${looked} of ${of} items of the set were left out in turn.`,
    order: 'Order',
    orders: {
      place: 'As in the set',
      own: 'Helps its own label most',
      ownLeast: 'Helps its own label least',
      others: 'Helps other labels most'
    },
    name: (label: string, place: string): string => `${label} ${place}`,
    own: 'Own label',
    others: 'Other labels',
    helps: 'Test items it helps most',
    helpsNone: 'It helps no test item.',
    gone: 'The data is not there any more, so these test items cannot be shown.',
    help: (name: string, label: string, value: string): string => `${name} (${label}): ${value}`
  }
} as const

/** Several tiny sets side by side. */
export const tinyCompare = {
  title: 'Compare tiny sets',
  failedTitle: 'The comparison could not be made',
  first: 'First set',
  other: (place: number): string => `Set ${formatNumber(place)}`,
  add: 'Add a set',
  added: 'Set to add',
  remove: (name: string): string => `Take “${name}” out of the comparison`,
  one: 'Make a second tiny set to compare.',
  twoKinds: 'A chosen set and a tiny set cannot be compared',
  twoKindsText: 'Choose two chosen sets or two tiny sets on the Runs page.',
  cautions: 'Before you compare',
  bars: (network: string): string => `Right on test items, ${network}`,
  barsSubtitle: 'Mean of the repeats; dots: each repeat; whiskers: ±1 SD.',
  barsRandom: (name: string): string => `Random for “${name}”`,
  figures: 'Figures side by side',
  figure: {
    method: 'Made by',
    kind: 'Kind',
    items: 'Items',
    size: 'Size',
    accuracy: 'Right on test items',
    network: 'Check model',
    random: 'Random items, as many',
    against: 'Against random',
    other: 'On a different kind of model, against random',
    equal: 'Random items of equal size',
    all: 'All data',
    tests: 'Test items',
    repeats: 'Repeats',
    time: 'Time'
  },
  differences: 'Settings that differ',
  noDifferences: 'All have the same settings.'
} as const
