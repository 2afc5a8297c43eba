// Words of "Choose the best part of my data".
import type { Goal } from '@api/dto/runs.ts'
import type { ChooseStep } from '../../stores/draft-steps.ts'
import { formatCount, formatNumber } from '../format.ts'

const steps: Readonly<Record<ChooseStep, string>> = {
  data: 'Data',
  goal: 'Goal',
  budget: 'How much',
  rules: 'Rules',
  method: 'Method',
  check: 'Check',
  review: 'Review'
}
const headings: Readonly<Record<ChooseStep, string>> = {
  data: 'Which data?',
  goal: 'What will you use it for?',
  budget: 'How much to keep?',
  rules: 'Any rules?',
  method: 'How should items be chosen?',
  check: 'Test the result?',
  review: 'Ready to start'
}
const intros: Readonly<Record<ChooseStep, string>> = {
  data: 'Pick the dataset to choose from. Your files are never changed.',
  goal: 'The goal decides what a good item is. Target tasks show it by example.',
  budget: 'The fields are linked: change one and the others follow.',
  rules: 'All of these are optional. They are checked as you change them.',
  method: 'A recommended method is picked for your data and goal.',
  check: 'The same small model learns from the chosen set, from random sets and from all data.',
  review: 'Read it once more. Every underlined part leads back to its step.'
}
const goals: Readonly<Record<Goal, { title: string; text: string }>> = {
  'train-images': {
    title: 'Train a picture sorter',
    text: 'A model that puts pictures into groups.'
  },
  'train-text': { title: 'Train a text sorter', text: 'A model that puts texts into groups.' },
  'train-table': {
    title: 'Train a table sorter',
    text: 'A model that puts rows of numbers into groups.'
  },
  'teach-chat': { title: 'Teach a chat model', text: 'Examples of good answers.' },
  'teach-vision-chat': {
    title: 'Teach a picture-and-text chat model',
    text: 'Questions about pictures, with answers.'
  },
  'label-first': {
    title: 'Decide what to label first',
    text: 'The items whose labels would help most.'
  },
  'remove-repeats': { title: 'Just remove repeats', text: 'One of each, nothing else.' }
}

/** Wizard words. */
export const choose = {
  title: 'Choose the best part of my data',
  steps,
  headings,
  intros,
  stepsLabel: 'Steps',
  saveDraft: 'Save as draft',
  start: 'Start',
  queue: 'Add to the queue',
  queued: 'The run is in the queue. It starts when the runs before it are done.',
  started: (name: string): string => `“${name}” has started.`,
  savedAs: {
    untouched: 'Nothing to save yet',
    unsaved: 'Not saved yet',
    saving: 'Saving',
    saved: 'Draft saved',
    failed: 'The draft could not be saved'
  },
  draftSaved: 'The draft is saved. It waits on Home.',
  restored: (step: string): string => `“${step}” is as recommended again.`,
  patched: (label: string): string => `Done: ${label}`,
  keys: 'Ctrl+Enter goes on, Alt+↓ and Alt+↑ change the step.',
  noDataTitle: 'There is no data to choose from',
  noDataText: 'Add data first, or open the sample project to see how choosing works.',
  addData: 'Add data',
  useSample: 'Use the sample project',
  draftGone: 'This draft is not there any more. A new one was started.',
  failedTitle: 'The plan could not be worked out',
  readOnly: 'The project is open for reading only, so nothing can be started.',
  blocked: (step: string): string => `Something under “${step}” has to be settled first.`,
  goThere: (step: string): string => `Go to “${step}”`,

  get: {
    title: 'What you will get',
    of: (candidates: string): string => `of ${candidates} that can be chosen`,
    atMost: 'at most',
    about: 'about',
    items: 'items',
    updating: 'Working it out',
    classes: 'Labels',
    classesHelp: 'Filled: will be kept. Outline: available.',
    moreClasses: (count: number): string => `and ${formatNumber(count)} more labels`,
    noClasses: 'The data has no labels.',
    size: 'Size',
    tokens: 'Tokens',
    tests: 'Test items',
    tasks: 'Target tasks',
    time: 'Time',
    timeUnknown: 'Not known yet',
    warnings: 'To look at',
    nothingWrong: 'Nothing needs attention.',
    bar: (name: string, keep: string, available: string): string =>
      `${name}: ${keep} of ${available}`
  },

  data: {
    dataset: 'Dataset',
    datasetHelp: 'Another dataset starts the plan afresh.',
    scope: 'Part of it',
    all: 'All items',
    allText: (count: string): string => `${count} items`,
    filter: 'Only some items',
    filterText: 'By label or by words in the name or the text.',
    labels: 'Labels',
    labelsHelp: 'None ticked means all labels.',
    search: 'Contains the words',
    searchHelp: 'In the name or the text.',
    matches: (count: string, all: string): string => `${count} of ${all} items match.`,
    summary: 'Data check',
    items: 'Items',
    unreadable: 'Could not be read',
    duplicates: 'Exact duplicates',
    missingLabels: 'Without a label',
    setAside: 'Set aside',
    test: 'Test items',
    labelCount: 'Labels',
    none: 'None',
    importing: 'This dataset is still being added. The figures will grow.'
  },

  goal: {
    label: 'Goal',
    names: goals,
    tasks: 'Target tasks',
    tasksHelp:
      'Each target task is a group of example items that shows what the smaller set must be good for.',
    source: 'Where the examples come from',
    fromLabels: 'One task for each label',
    fromLabelsText: 'A few items of each label serve as examples and leave the choice.',
    fromColumn: 'One task for each value of a column',
    fromColumnText: 'For example one task for each source or each topic.',
    fromColumnNone: 'The data has no column for this.',
    fromSets: 'From my own examples',
    fromSetsText: 'Pick datasets or labels that show what you are after.',
    perTask: 'Examples for each task',
    perTaskUnit: 'items',
    column: 'Column',
    set: (index: number): string => `Target task ${index}`,
    setName: 'Name',
    setDataset: 'Examples from',
    setLabels: 'With labels',
    allLabels: 'All labels',
    someLabels: (count: number): string => formatCount(count, 'label'),
    keys: (count: number): string => `${formatCount(count, 'listed item')}`,
    parts: (count: number): string => `${formatCount(count, 'part')}`,
    importance: 'Importance',
    importanceWords: { low: 'Low', normal: 'Normal', high: 'High' },
    addSet: 'Add a target task',
    removeSet: (name: string): string => `Remove “${name}”`,
    examples: (count: string): string => `${count} examples`,
    noExamples: 'Without examples the app looks for variety instead.',
    newSet: (index: number): string => `Task ${index}`,
    mostSets: 'Up to 64 tasks are possible.'
  },

  budget: {
    items: 'Items',
    percent: 'Share',
    megabytes: 'Size',
    tokens: 'Tokens',
    hours: 'Labelling time',
    slider: 'Share to keep',
    secondsPerItem: 'Time to label one item',
    secondsHelp: 'For the labelling time above. 12 s is usual.',
    perItem: 's',
    recommendedText: '10 %, but at least 20 per label and never under 50 items',
    preview: 'What will be kept, by label',
    previewMost: 'The most that will be kept, by label',
    previewHelp: 'An outline shows what is available.',
    asked: 'This is what you asked for; the others follow.',
    smallest: 'Let the app find the smallest set',
    smallestHelp:
      'It tries several sizes and keeps the smallest one that is still good enough. Takes longer, and needs labels.',
    keeps: 'It must keep',
    keepsHelp: 'Of the accuracy that all data gives.',
    atMost: 'And hold at most',
    atMostHelp: 'Of all items. If that is not enough, you are told so.'
  },

  budgetWords: {
    of: (asked: string, items: string): string => `${asked} (${items})`,
    tokens: (count: string): string => `${count} tokens`,
    hours: (hours: string): string => `${hours} h of labelling`,
    smallest: (share: string, most: string): string =>
      `Smallest set that keeps ${share} % of the accuracy, at most ${most} %`
  },

  rules: {
    mustKeep: 'Must keep',
    mustKeepHelp: 'These items are kept whatever the method says.',
    mustDrop: 'Must drop',
    mustDropHelp: 'These items are never chosen.',
    listed: (count: string): string => `${count} items`,
    listNone: 'None',
    edit: 'Edit list',
    dialogTitle: (name: string): string => `${name}: list of items`,
    dialogText: 'One item on each line: its file name, its name, or its key from items.csv.',
    file: 'Read a text file',
    fileTooLarge: 'The file is larger than 50 MB. Split it, or list fewer items.',
    lines: 'Items, one on each line',
    use: (count: string): string => `Use ${count}`,
    clear: 'Clear the list',
    looking: (done: string, all: string): string => `Looking through ${done} of ${all} items`,
    found: (found: string, lines: string): string => `${found} of ${lines} lines were found.`,
    notFound: (count: string): string => `Not in this dataset: ${count}`,
    perClass: 'Limits for each label',
    perClassHelp:
      'Items at least and at most, and the share each label should have of the kept items. Leave empty for the natural mix.',
    min: 'At least',
    max: 'At most',
    share: 'Share',
    shareSum: (sum: string): string => `Shares add up to ${sum} %.`,
    clearLimits: 'Remove all limits',
    limitOf: (name: string, side: string): string => `${name}: ${side}`,
    moreRows: (count: string): string => `and ${count} more; type a part of a name to find them.`,
    findRow: 'Find a name',
    noRow: 'No name contains this.',
    source: 'Where items come from',
    sourceHelp: 'The column that names it, for limits and for methods that go by source.',
    sourceNone: 'Not asked',
    sourceNoColumn: 'The data has no column for this.',
    perSource: 'Limits for each source',
    perSourceHelp: 'Items at least and at most from each. Leave empty for no limit.',
    sourceName: 'Source',
    noSources: 'The column is empty in all items that can be chosen.',
    available: 'Available',
    label: 'Label',
    noClasses: 'The data has no labels, so there are no limits to set.',
    perClassShow: 'Set limits',
    repeats: 'Near-duplicates',
    repeatsOn: 'Keep one of each',
    repeatsHelp:
      'Items at least this much alike count as the same. Exact duplicates are always kept once.',
    similarity: 'Alike from',
    pairs: 'Real pairs at this setting',
    pairsNone:
      'Similar pairs are shown once similarity fingerprints exist. They are made in the first run, or now.',
    pairsMake: 'Make them now',
    pairsMaking: 'Making similarity fingerprints',
    pairsEmpty: 'No two items are this much alike.',
    pairsRemoved: (count: string): string => `${count} items would be left out as near-duplicates.`,
    alike: (percent: string): string => `${percent} alike`,
    countsAsSame: 'Count as the same',
    staysBoth: 'Both can stay',
    protect: 'Never choose test items',
    protectHelp: (count: string): string =>
      `The data has ${count} test items. Choosing from them would spoil the check.`,
    noTest: 'The data has no test items of its own; some are held back for the check.',
    group: 'Keep together',
    groupHelp: 'Items with the same value are kept or left out as one.',
    groupNone: 'Not needed',
    examples: 'Keep my examples out of the choice',
    examplesHelp: 'Otherwise the check is not fair.'
  },

  method: {
    recommended: 'Recommended',
    label: 'Method',
    other: 'Other methods',
    all: (count: number): string => `All ${count} methods`,
    groups: [
      {
        group: 'examples',
        title: 'By your examples',
        text: 'Items that help with the example tasks you gave.'
      },
      {
        group: 'variety',
        title: 'By variety',
        text: 'Items that together stand for all the others. No examples needed.'
      },
      {
        group: 'difficulty',
        title: 'By difficulty',
        text: 'Items a model struggles with, or never does. Good for looking at data; as training sets they often lose to a random choice.'
      },
      {
        group: 'sources',
        title: 'By source',
        text: 'How much to take from each place the items come from. Needs a column that names it.'
      },
      {
        group: 'list',
        title: 'By a list of your own',
        text: 'Items that were chosen elsewhere, or by hand: checked and exported like any result.'
      },
      { group: 'chance', title: 'By lot', text: 'The honest yardstick, and often hard to beat.' }
    ] as const,
    ownList: 'Use a list made elsewhere',
    alsoTry: 'Also try, and compare',
    alsoTryHelp: 'Each one takes about as long again to check.',
    baseline: 'Random choice of the same size',
    baselineText: 'Always on, so you can see if choosing helped.',
    more: 'More choices',
    seed: 'Repeat code',
    seedHelp: 'The same code gives the same result again.',
    settings: (name: string): string => `Settings of ${name}`,
    noSettings: 'This method has no settings.',
    directions: {
      title: 'Learning directions',
      help: 'Which way each item would change a model. They decide how well items fit your examples.',
      own: 'Of a helper model',
      ownText: 'Winnow trains a small one on the labels of this data. Nothing else is needed.',
      joined: 'Made elsewhere',
      joinedText:
        'From files joined to this data, for example of a large model. No labels are needed.',
      none: 'None are joined to this data.',
      noneText:
        'Join them on the page of the data, under “Computed elsewhere”; for the data with your example items too, under the same name.',
      toData: 'Go to the data page',
      files: 'Joined files',
      filesHelp:
        'Several files of one task or model are looked at together. Example items need the same ones.',
      weights: (names: string): string => `The order for weights: ${names}.`,
      lost: (name: string): string => `${name} (not where it was)`
    },
    whenToUse: 'Good for',
    whenNotToUse: 'Not good for',
    useRecommended: 'Use the recommended method'
  },

  check: {
    on: 'Test the result',
    onHelp: 'Shows whether choosing helped, with test items none of the sets contain.',
    repeats: 'Repeats',
    repeatsHelp:
      'More repeats make the range of the verdict narrower. At least 3 for a clear word.',
    model: 'Check model',
    modelHelp: 'It learns from every set and is then tested. The verdict is its own.',
    modelTime: (text: string): string => `Takes ${text}.`,
    recommended: 'Recommended',
    needsPictures: 'Needs data whose items are pictures.',
    also: 'Also test on',
    alsoHelp:
      'Shows whether a gain carries over to other kinds of models. The verdict stays with the check model above.',
    curve: 'Learning curve',
    curveHelp:
      'Also tests a quarter, half, twice and four times as many items with the fast linear model. Shows whether fewer would do.',
    tests: 'Test items',
    testsSplit: (count: string): string => `The ${count} test items of the data are used.`,
    testsHoldout: 'Held back for testing',
    holdoutHelp: 'The data has no test items, so a share is held back and never chosen.',
    off: 'Without a check the result page cannot say whether choosing helped.',
    time: (text: string): string => `The whole run takes ${text}.`
  },

  review: {
    sentence: 'In a sentence',
    name: 'Name of the result',
    estimate: 'What it takes',
    time: 'Time',
    memory: 'Memory',
    disk: 'Disk',
    device: 'Computes on',
    why: 'How this is known',
    noEstimate: 'The time is not known yet.',
    command: 'As a command',
    commandHelp: 'The same selection for a terminal or a script.',
    copyCommand: 'Copy as command',
    commandCopied: 'The command is copied.',
    commandFiles:
      'The command reads these files. Save each under its name in the folder you run it in.',
    copyFile: (name: string): string => `Copy ${name}`,
    fileCopied: (name: string): string => `The content of ${name} is copied.`
  },

  phrase: {
    keep: 'Keep',
    items: (keep: string, candidates: string): string => `${keep} of ${candidates} items`,
    fitting: (limit: string, keep: string, candidates: string): string =>
      `as many as fit into ${limit}, about ${keep} of ${candidates} items`,
    labelled: (hours: string, keep: string, candidates: string): string =>
      `as many as a person labels in ${hours} h, ${keep} of ${candidates} items`,
    smallest: (share: string, most: string, candidates: string): string =>
      `the smallest set that keeps ${share} % of the accuracy, at most ${most} of ${candidates} items`,
    tokens: (count: string): string => `${count} tokens`,
    of: 'of',
    to: 'to',
    /** The goals as they stand within the sentence. */
    goals: {
      'train-images': 'train a picture sorter',
      'train-text': 'train a text sorter',
      'train-table': 'train a table sorter',
      'teach-chat': 'teach a chat model',
      'teach-vision-chat': 'teach a picture-and-text chat model',
      'label-first': 'decide what to label first',
      'remove-repeats': 'just remove repeats'
    } satisfies Record<Goal, string>,
    chosenBy: ', chosen by',
    aimedAt: ', aimed at',
    tasks: (count: number): string => formatCount(count, 'target task'),
    with: ', with',
    rules: {
      repeats: 'one of each near-duplicate',
      mustKeep: (count: string): string => `${count} items kept because you asked`,
      mustDrop: (count: string): string => `${count} dropped`,
      limits: (count: number): string => `limits for ${formatCount(count, 'label')}`,
      shares: (count: number): string => `shares for ${formatCount(count, 'label')}`,
      sources: (count: number): string => `limits for ${formatCount(count, 'source')}`,
      group: (column: string): string => `items of one “${column}” together`
    },
    and: 'and',
    then: '. Then',
    test: (items: string, repeats: number): string =>
      `test the result on ${items} items, ${formatCount(repeats, 'time')}`,
    noTest: 'do not test the result',
    against: ', beside random choices of the same size',
    alsoTry: ', and also try',
    end: '.'
  }
} as const
