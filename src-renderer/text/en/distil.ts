// Words of "Make a tiny training set": its wizard, its run under way, and its result.
import type {
  DistilArm,
  DistilEffort,
  DistilKind,
  DistilMeasure,
  HelperValues
} from '@api/dto/distil.ts'
import type { TinyStep } from '../../stores/distil-steps.ts'
import { formatCount, formatNumber } from '../format.ts'

const steps: Readonly<Record<TinyStep, string>> = {
  data: 'Data',
  kind: 'Kind',
  size: 'Size',
  effort: 'Effort',
  check: 'Check',
  review: 'Review'
}
const headings: Readonly<Record<TinyStep, string>> = {
  data: 'Which data?',
  kind: 'What should the set be made of?',
  size: 'How many items for each label?',
  effort: 'How much work should go into it?',
  check: 'Test the result?',
  review: 'Ready to start'
}
const intros: Readonly<Record<TinyStep, string>> = {
  data: 'A tiny training set stands in for a large one. It needs labels: at least two, with at least 20 items each. Data without labels can be grouped by likeness.',
  kind: 'The recommended kind fits your data. Test items are never used to make it.',
  size: 'The fields are linked: change one and the others follow.',
  effort: 'More work makes a better set, up to a point. Times are for this computer.',
  check:
    'The same check model learns from the tiny set and from the sets it is compared with, several times each.',
  review: 'Read it once more. Every underlined part leads back to its step.'
}
const kinds: Readonly<
  Record<DistilKind, { title: string; text: string; goodFor: string; notFor: string }>
> = {
  real: {
    title: 'Real items with richer labels',
    text: 'Items of yours, each with a helper model’s share for every label.',
    goodFor: 'the safest start; works with any later model, for pictures, texts and tables',
    notFor: 'the very smallest sets, where made pictures can hold more'
  },
  made: {
    title: 'Computer-made items',
    text: 'New items, made so that a model learns from few of them what it would from many.',
    goodFor: 'the smallest sets; quick trials of one kind of model',
    notFor: 'other kinds of models without a test; anything that is shown as a photo'
  },
  mixed: {
    title: 'Mixed',
    text: 'Real items that were changed or put together, several in the place of one.',
    goodFor: 'larger sets of pictures; keeps more of what is real',
    notFor: 'tables and texts'
  }
}
const efforts: Readonly<Record<DistilEffort, { title: string; text: string }>> = {
  quick: { title: 'Quick', text: 'A first look, with small helper models.' },
  standard: { title: 'Standard', text: 'What most sets need.' },
  thorough: {
    title: 'Thorough',
    text: 'For a result to keep. Look at the time first; it can be paused.'
  }
}

/** The sets that check models learn from. */
export const armNames: Readonly<Record<DistilArm, string>> = {
  'distilled-soft': 'Tiny set, richer labels',
  'distilled-hard': 'Tiny set, plain labels',
  'random-soft': 'Random, richer labels',
  'random-hard': 'Random, plain labels',
  'chosen-hard': 'Chosen real items',
  'equal-bytes': 'Random, equal file size',
  all: 'All data'
}

/** Where no labels are taught there is one set and one draw of random items. */
const unlabelledNames: Readonly<Record<DistilArm, string>> = {
  'distilled-soft': 'Tiny set',
  'distilled-hard': 'Tiny set',
  'random-soft': 'Random items',
  'random-hard': 'Random items',
  'chosen-hard': 'Chosen real items',
  'equal-bytes': 'Random, equal file size',
  all: 'All data'
}

/** What a set of a check is called; the measure is absent where students name labels. */
export function armName(arm: DistilArm, measure: DistilMeasure | undefined): string {
  return (measure === undefined || measure === 'accuracy' ? armNames : unlabelledNames)[arm]
}

/** The wizard. */
export const tiny = {
  title: 'Make a tiny training set',
  steps,
  headings,
  /** In place of "for each label". */
  sizeHeadings: { pairs: 'How many pairs?', groups: 'How many items for each group?' },
  intros,
  noDataTitle: 'There is no data to make a tiny set from',
  noDataText: 'Add data with labels first, or open the sample project to see how it works.',

  get: {
    title: 'What you will get',
    items: 'items',
    of: (train: string): string => `in the place of ${train}`,
    shrink: 'Smaller by',
    shrinkText: (times: string): string => `${times}×`,
    perLabel: 'For each label',
    perGroup: 'For each group',
    pairs: 'Pairs',
    labels: 'Labels',
    groups: 'Groups by likeness',
    size: 'File size',
    side: 'Picture size',
    sideText: (side: number): string => `${side} × ${side}`,
    learn: 'Learned from',
    choices: 'For choices on the way',
    tests: 'Test items',
    kind: 'Kind',
    time: 'Time'
  },

  data: {
    leaveOut: 'Labels that take no part',
    leaveOutHelp: 'Tick labels to leave out: those with few items, or “other”.',
    pairs: 'Make a set of pairs of a picture and a text',
    pairsHelp: (items: string): string =>
      `${items} here have both. Such a set teaches which text belongs to a picture; labels are not looked at.`,
    noLabels: 'This data has no labels',
    noLabelsText:
      'Winnow can group it by likeness. A tiny set of it teaches a model what is like what, and can show what the data holds; it teaches no names.',
    groupsTitle: 'Groups by likeness',
    groupsOn: 'Group the items by likeness',
    groupsInstead: 'Do not look at the labels; group the items by likeness',
    groupsHelp: 'Groups are made by similarity fingerprints, without any name.',
    groups: 'Groups',
    groupsCount: 'Items are made or taken for each of them. Every group needs at least 20 items.'
  },

  kind: {
    label: 'Kind of set',
    kinds,
    recommended: 'Recommended',
    goodFor: 'Good for',
    notFor: 'Not for',
    size: (size: string): string => `about ${size}`,
    notPhotos: 'Computer-made items are not real photos',
    notPhotosText:
      'They are patterns a model learns from. Every one carries a mark, in the app and in what is exported.',
    sketch: {
      real: 'Items of yours, as they are',
      made: 'An idea of the look: items of one label on top of each other',
      mixed: 'Four items of yours in the place of one'
    } satisfies Record<DistilKind, string>,
    more: 'More choices',
    method: 'How the set is made',
    methodHelp: 'The recommended way fits the kind, the size and this data.',
    graphicsCard: 'Slow without a graphics card',
    noMethod: 'There is no other way to make this kind.'
  },

  size: {
    stops: 'Items for each label',
    stopsHelp: 'Fewer items mean a smaller file, and usually a little less accuracy.',
    perLabel: 'For each label',
    perGroup: 'For each group',
    pairs: 'Pairs',
    pairsUnit: 'pairs',
    total: 'In total',
    fileSize: 'File size',
    unit: 'items',
    shrink: (train: string, items: string, times: string): string =>
      `${train} → ${items}, ${times}× smaller`,
    bars: 'What each label has to learn from'
  },

  effort: {
    label: 'Effort',
    efforts,
    time: (text: string): string => `Takes ${text} here.`,
    timeUnknown: 'The time is being worked out.',
    side: 'Picture size',
    sideHelp: 'Smaller pictures are quicker. Large ones are made smaller to fit.',
    sideOwn: 'As they are, at most 64 × 64',
    sideOf: (side: number): string => `${side} × ${side}`,
    sideTooSlow: (text: string): string => `too slow on this computer: ${text}`,
    sideTooLarge: (text: string): string => `more than sets are made of: ${text}`,
    labels: 'Labels in the set',
    soft: 'Richer labels',
    softText:
      'Each item carries a share for every label, as the helper model sees it. Says more with the same items.',
    hard: 'Plain labels',
    hardText: 'One label for each item, for programs that cannot read shares.',
    teacher: 'Ask the helper model again',
    teacherText:
      'The helper model is stored with the set and says what it sees in every changed picture while a model learns, where that teaches better. The set grows by the helper model.',
    views: 'Richer labels for changed pictures',
    viewsText:
      'What the helper model says about turned and moved copies of each item, stored. Teaches more than one label for each item, and takes the most room.',
    picturesOnly: 'Only pictures are changed while a model learns from them.',
    passes: 'Passes that labels are stored for',
    passesHelp: 'A model that learns longer begins again with the first one.',
    keepOneOf: 'Parts of these labels that are kept',
    keepOneOfHelp: 'Fewer parts take less room; the others are left out by lot.',
    keepEvery: 'All',
    keepOneIn: (count: number): string => `One in ${formatNumber(count)}`,
    keep: 'Shares kept for each item',
    keepHelp: 'Fewer shares take less room where there are many labels.',
    keepAll: 'All',
    keepSome: (count: number): string => `The ${formatNumber(count)} largest`,
    helper: 'Helper model',
    helperHelp: 'It says what else an item looks like; richer labels come from it.',
    helperTrain: 'Train one here',
    helperTrainText: 'A small model that learns from your items before the set is made.',
    helperFile: 'Use my own model',
    helperFileText:
      'A model that names these labels, from an .onnx file. It stays on this computer.',
    helperPick: 'Choose a file',
    helperOther: 'Choose another file',
    helperKept: 'Models in this project',
    helperValues: 'Numbers it takes for a point of a picture',
    helperValuesHelp:
      'As in the program it was trained with. Wrong numbers make it name labels wrongly.',
    helperValue: {
      imagenet: 'Scaled by the mean and spread of ImageNet',
      shares: 'From 0 to 1',
      bytes: 'From 0 to 255',
      'as-students': 'Scaled as for the check models'
    } satisfies Record<HelperValues, string>,
    helperFacts: { file: 'File', size: 'Size', takes: 'Takes', gives: 'Gives' },
    helperPictures: (size: string, channels: number): string =>
      `pictures of ${size}, ${channels === 1 ? 'grey' : channels === 3 ? 'in colour' : formatCount(channels, 'layer')}`,
    helperAnySize: 'any size',
    helperRows: (columns: number): string => `rows of ${formatCount(columns, 'number')}`,
    helperOutputs: (count: number): string => `${formatCount(count, 'number')}, one for each label`,
    helperOutputsUnknown: 'the file does not say how many numbers',
    helperSize: (theirs: string, own: string): string =>
      `The helper model file expects pictures of ${theirs}, yours are ${own}.`,
    helperResize: 'Resize automatically',
    helperResized: (theirs: string): string =>
      `Your pictures are brought to ${theirs} for the helper model alone.`,
    helperFailed: 'This file cannot be a helper model',
    more: 'More choices',
    width: 'Width of the helper model and the check models',
    widthHelp: 'Wider ones learn more and take longer.',
    widthAuto: 'As the effort has it',
    widthOf: (width: number): string => formatNumber(width),
    seed: 'Repeat code',
    seedHelp: 'The same code gives the same set again.',
    settings: (name: string): string => `Settings of ${name}`
  },

  check: {
    on: 'Test the result',
    onHelp: 'Shows what a model that learned from the tiny set gets right on test items.',
    off: 'Without a check the result page cannot say how good the set is.',
    repeats: 'Repeats',
    repeatsHelp: 'Check models for each set. At least 3 for a clear word.',
    baseline: 'Random real items of the same number',
    baselineText: 'Always on, so you can see if making the set helped.',
    equalBytes: 'Random real items of equal size on disk',
    equalBytesHelp:
      'As many real items as fit into the same room, since richer labels take room too.',
    chosen: 'Chosen real items of the same number',
    chosenHelp:
      'The most typical pictures or rows of every label. Choosing them takes seconds, so the tiny set should do better.',
    all: 'All data',
    allHelp: 'The most that can be reached. Takes the longest of all sets.',
    otherNetwork: 'Also test on a different kind of model',
    otherNetworkHelp: 'Tiny sets often only work for the model they were made with.',
    augmentations: 'Also test without help from changed copies',
    augmentationsHelp:
      'Shows how much of the result comes from turning and moving pictures while a model learns. Trains about twice as many check models.'
  },

  review: {
    commandHelp: 'The same set for a terminal or a script.'
  },

  phrase: {
    make: 'Make',
    perLabel: (count: number): string => `${formatCount(count, 'item')} for each label`,
    pairs: (count: number): string => formatCount(count, 'pair'),
    perGroup: (count: number, groups: number): string =>
      `${formatCount(count, 'item')} for each of ${formatCount(groups, 'group')} made by likeness`,
    instead: (items: string, train: string): string => `, ${items} in the place of ${train}`,
    from: ', from',
    as: ', as',
    /** The kinds as they stand within the sentence. */
    kinds: {
      real: 'real items with richer labels',
      made: 'computer-made items',
      mixed: 'mixed'
    } satisfies Record<DistilKind, string>,
    by: ', made by',
    with: ', with',
    efforts: {
      quick: 'quick effort',
      standard: 'standard effort',
      thorough: 'thorough effort'
    } satisfies Record<DistilEffort, string>,
    and: 'and',
    hard: 'plain labels',
    soft: 'richer labels',
    noLabels: 'similarity in place of labels',
    pairLabels: 'no labels',
    softTop: (count: string): string => `the ${count} largest shares of richer labels`,
    teacher: 'labels of a helper model that is asked again',
    views: (passes: string): string => `richer labels for ${passes} passes of changed pictures`,
    ownHelper: (name: string): string => `of your helper model “${name}”`,
    leftOut: (count: number): string => `${formatCount(count, 'label')} left out`,
    then: '. Then',
    test: (items: string, repeats: number): string =>
      `test the set on ${items} items, ${formatCount(repeats, 'time')}`,
    against: ', beside random items of the same number',
    equalBytes: ', random items of equal size',
    chosen: ', chosen real items',
    all: ', all data',
    other: ', also on a different kind of model',
    noTest: 'do not test the set',
    end: '.'
  }
} as const

/** The run under way. */
export const tinyRun = {
  pictures: 'The set as it is now',
  picturesOf: (lines: number, areGroups: boolean): string =>
    `One line for each of ${formatCount(lines, areGroups ? 'group' : 'label')}`,
  alt: (items: number, lines: number, areGroups: boolean): string =>
    `${formatCount(items, 'item')} in ${formatCount(lines, 'line')}, one line for each ${areGroups ? 'group' : 'label'}.`,
  first: 'No pictures yet',
  firstIn: (text: string): string => `First pictures appear after ${text}.`,
  firstSoon: 'First pictures appear once the first part of the set is made.',
  noPictures: 'These items are not pictures; their accuracy is shown beside.',
  previewFailed: 'The set as it is now could not be shown',
  stopEarly: 'Stop early and keep the best so far',
  stopEarlyWait: 'Possible once a first set is there.',
  stopTitle: 'Stop making the set?',
  stopText:
    'The best set so far is kept and tested, as if it had been made to the end. More work cannot be added to it later.',
  stopNow: 'Stop and keep the best',
  stopping: 'Stopping. The best set so far is tested next.',
  curve: 'How good the set is, as it is made',
  curveSubtitle:
    'What a check model reaches on items kept for choices. Dashed: with random items of the same number.',
  curveEmpty: 'The curve starts with the first set.',
  curveSummary: (from: string, to: string, random: string): string =>
    `The tiny set went from ${from} to ${to}; random items are at ${random}.`,
  curveAcross: 'Work done',
  curveSet: 'Tiny set',
  curveRandom: 'Random items'
} as const

const bars = (repeats: number): string =>
  `Bars: mean of ${formatCount(repeats, 'repeat')}; dots: each repeat; whiskers: ±1 SD.`

/** What a result gives reason to try instead. */
export const tinyAdvice = {
  helper: (share: string): string =>
    `The helper model is right only ${share} of the time on your validation items. Richer labels from it may teach mistakes.`,
  trainLonger: 'Train longer',
  trainHere: 'Train one here',
  usePlain: 'Use plain labels',
  version: (own: number, last: number): string =>
    `This run was made with version ${own} of the data; version ${last} is current.`,
  again: (version: number): string => `Re-run on ${version}`,
  keep: 'Keep',
  plain:
    'Richer labels were asked for, but this way of making a set gives plain ones, so its items have one label each.'
} as const

/** The result page. */
export const tinyResult = {
  by: (method: string, dataset: string): string => `${method} · ${dataset}`,
  exportItems: (count: string): string => `Export ${count} items`,
  again: 'Make it again with these settings',
  notCheckedText: 'The check was off or not possible, so it is not known how good the set is.',
  items: 'items',
  instead: (train: string): string => `in the place of ${train}`,
  sizeAndTime: (size: string, time: string): string => `${size}, took ${time}`,
  decoded: (count: string): string => `unfold to ${count} items`,
  other: (range: string): string => `On a different kind of model: ${range}.`,
  range: (points: string, low: string, high: string): string =>
    `${points} points against random (${low} to ${high})`,
  made: 'Made by the computer',
  madeShort: 'Made',
  real: 'Real item',
  mixed: 'Made from real items',
  mixedShort: 'Changed',
  warning: 'Before you use it',
  warnings: [
    'Not for testing models: a model tested on what it was made with always looks good.',
    'It may still reveal what is in the source data. Treat it as you treat that.',
    'The licence and the consent of the source data hold for this set too.'
  ],
  tabs: {
    items: 'Items',
    labels: 'Labels',
    check: 'Check',
    storage: 'Storage',
    found: 'Findings',
    settings: 'Settings & repeat code',
    log: 'Log'
  },
  chart: {
    title: (name: string, points: string): string => `${name} beats random by ${points}`,
    worse: (name: string, points: string): string => `Random beats “${name}” by ${points}`,
    same: 'No clear difference between the tiny set and random items',
    otherTitle: (network: string): string => `The same sets on ${network}`,
    subtitle: {
      accuracy: (tests: number, repeats: number, network: string): string =>
        `Share of ${formatNumber(tests)} test items that ${network} got right. ${bars(repeats)}`,
      explained: (tests: number, repeats: number, network: string): string =>
        `How much of what sets ${formatNumber(tests)} unseen items apart ${network} foretells. ${bars(repeats)}`,
      recall: (tests: number, repeats: number, network: string): string =>
        `Share of ${formatNumber(tests)} unseen pictures whose own text is found, with ${network}. ${bars(repeats)}`
    } satisfies Record<DistilMeasure, (tests: number, repeats: number, network: string) => string>
  },
  item: {
    region: 'Items of the set',
    name: (index: string, label: string): string => `${label} ${index}`,
    allLabels: 'All labels',
    label: 'Label',
    shares: 'What its label says',
    plain: 'One plain label.',
    bar: (name: string, share: string): string => `${name}: ${share}`,
    missing: 'There are no shares for this item, so its plain label is used.',
    nearest: 'Real items most like it',
    nearestNone: 'No real items were compared with it.',
    isReal: (name: string): string => `This is your item “${name}”.`,
    alike: (percent: string): string => `${percent} alike`,
    empty: 'Nothing was kept',
    values:
      'Rows of numbers have no picture. Their labels and the real items most like them are shown.'
  },
  labels: {
    none: 'Plain labels',
    noneText: 'Every item of this set has one label and no shares.',
    shares: 'How sure the labels are',
    sharesHelp:
      'The share of the first label in each item, over the items looked at. Shares far below 100 % tell a model what else an item looks like.',
    column: {
      label: 'Label',
      items: 'Items',
      top: 'Share of the largest',
      second: 'Most often second'
    },
    helper: 'The helper model as it learned',
    helperHelp:
      'Labels were taken from the pass where they teach best, found on items kept for choices. That is often before the helper model is at its best.',
    accuracy: 'Right on items kept for choices',
    sureness: 'How spread its shares are',
    surenessHelp: '0 = it names one label only. The more, the more it says about the others.',
    pass: 'Pass',
    chosen: (pass: string): string => `Labels from pass ${pass}`,
    summary: (name: string, from: string, to: string): string => `${name}: from ${from} to ${to}.`,
    noHelper: 'No helper model was needed for this set.',
    slide: 'Look at the helper model on its way',
    slideHelp:
      'Early on it spreads its shares wide; later it is right more often and says less else.',
    passOf: (pass: string): string => `Pass ${pass}`,
    asIf: 'As if it named',
    labelsNamed: (count: string): string => `${count} labels equally often`,
    isChosen: 'The labels of the set are from this pass.',
    isEarlier: 'Earlier than the pass that the labels are from.',
    isLater: 'Later than the pass that the labels are from.',
    toChosen: 'Go to the pass of the labels'
  },
  check: {
    table: 'Every set on every kind of model',
    tableHelp: 'The same test items each time. The step size was chosen on other items.',
    tableHelpKernel:
      'The same test items each time. This set is made for models that compare items, which have no step size.',
    measure: {
      accuracy: 'Right on test items',
      explained: 'Foretold of test items',
      recall: 'Own text found'
    } satisfies Record<DistilMeasure, string>,
    measureHelp: {
      accuracy: '',
      explained:
        'How much of what sets unseen items apart a model that learned from the set can foretell.',
      recall: 'How often the own text of an unseen picture is found among many.'
    } satisfies Record<DistilMeasure, string>,
    column: {
      set: 'Learned from',
      network: 'Check model',
      items: 'Items',
      bytes: 'Size',
      repeats: 'Each repeat',
      rate: 'Step size'
    },
    counts: (arm: string): string =>
      `The verdict is about: ${arm}. It did better on items kept for choices.`,
    differences: 'Against random items of the same number',
    difference: 'Difference',
    low: 'From',
    high: 'To',
    thisNetwork: (network: string): string => `On ${network}`,
    otherNetwork: 'On a different kind of model',
    scores: 'Two strict scores',
    scoresHelp: 'From 0 to 100 %: how much of the way from random items to all data the set goes.',
    labelScore: 'Without help from richer labels',
    labelScoreHelp: 'Random items get the same richer labels, so only the items count.',
    changeScore: 'Without help from changed copies',
    changeScoreHelp:
      'Check models learn from the items as they are, not from turned or moved copies.',
    notMeasured: 'Not measured',
    device: (name: string): string => `Computed on: ${name}`
  },
  storage: {
    title: 'What the set takes on disk',
    help: 'Everything that is needed to train with it again, labels included.',
    column: { name: 'Part', numbers: 'Numbers', bytes: 'Size', share: 'Share' },
    total: 'Together',
    equal: (count: string): string =>
      `As many real items for each label would take the same room: ${count}.`,
    decoded: (items: string, decoded: string): string =>
      `${items} stored items unfold to ${decoded} when they are used.`
  },
  frontier: {
    title: 'Which pass of the helper model teaches best',
    always: (pass: string): string => `${pass} of the helper model teaches best at every size`,
    later: (first: string, few: string, last: string, many: string): string =>
      `Pass ${first} of the helper model teaches best with ${few} for each label, pass ${last} with ${many}`,
    subtitle:
      'Share of items kept for choices that models get right. Thin lines: one pass of the helper model each; thick line: the best of all.',
    across: 'Items for each label',
    best: 'Best pass',
    pass: (pass: string): string => `Pass ${pass}`,
    point: (pass: string, items: string, share: string): string =>
      `${pass}, ${items} for each label: ${share}.`
  },
  found: {
    none: 'This way of making a set measured nothing else.'
  },
  curve: 'How good the set was, as it was made',
  setting: {
    kind: 'Kind',
    method: 'Made by',
    perLabel: 'Items for each label',
    effort: 'Effort',
    labels: 'Labels in the set',
    helper: 'Helper model',
    groups: 'Groups made by likeness',
    pairs: 'Pairs of a picture and a text',
    side: 'Picture size',
    width: 'Width',
    leftOut: 'Labels left out',
    check: 'Check'
  },
  settingText: {
    own: 'as they are',
    auto: 'as the effort has it',
    softAll: 'richer, all shares',
    softTop: (count: string): string => `richer, the ${count} largest shares`,
    teacher: 'richer, the helper model is asked again',
    views: (passes: string, oneOf: number): string =>
      `richer, for ${passes} passes of changed pictures${oneOf === 1 ? '' : `, one part in ${oneOf}`}`,
    hard: 'plain',
    trainedHere: 'trained here',
    check: (repeats: number): string => formatCount(repeats, 'repeat'),
    checkParts: {
      equalBytes: 'random items of equal size',
      chosen: 'chosen real items',
      all: 'all data',
      otherNetwork: 'a different kind of model',
      augmentations: 'without changed copies'
    },
    checkOff: 'off',
    values: (text: string): string => text
  }
} as const
