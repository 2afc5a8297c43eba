// The offline help: how each screen works, and a glossary. The technical word for a thing may
// appear here, once, and nowhere else in the app.

/** Parts of the list of how-to pieces. */
export type HelpGroup = 'start' | 'data' | 'choose' | 'tiny' | 'traces' | 'results' | 'app'

/** One how-to piece. Where it belongs and what it can point at is in views/help/topic-places.ts. */
export interface HowTo {
  readonly id: string
  readonly group: HelpGroup
  readonly title: string
  /** Paragraphs. */
  readonly text: readonly string[]
}

/** One word of the app. */
export interface GlossaryEntry {
  readonly id: string
  readonly title: string
  readonly text: string
  /** What engineers and papers call it. */
  readonly technical?: string
  /** Other entries that help to understand this one. */
  readonly see?: readonly string[]
}

/** Words of the drawer itself. */
export const help = {
  title: 'Help',
  search: 'Search help',
  searchHelp: '↓ goes to the entries found, Enter opens one.',
  none: 'No entry matches.',
  noneText: 'Try a shorter word, or look through the list.',
  found: (count: string): string => `${count} found`,
  technical: (word: string): string => `Engineers call this: ${word}.`,
  see: 'See also',
  back: 'Back',
  all: 'All help',
  here: 'On this screen',
  howTo: 'How it works',
  glossary: 'Glossary',
  pages: 'Methods in depth',
  pagesText:
    'How each method calculates, where it comes from, and what was measured. Written for people who know the field.',
  kinds: { topic: 'How it works', term: 'Glossary', page: 'Method' },
  groups: {
    start: 'First steps',
    data: 'Data',
    choose: 'Choosing',
    tiny: 'Tiny training sets',
    traces: 'Traces of agents',
    results: 'Runs and results',
    app: 'The app'
  },
  pageGroups: {
    choosing: 'Choosing items',
    tiny: 'Tiny training sets',
    data: 'Fingerprints and data health',
    traces: 'Traces of agents',
    other: 'More'
  },
  showMe: 'Show me',
  showMeFor: (title: string): string => `Show me: ${title}`,
  showing: (title: string): string => `Here: ${title}. Esc ends this.`,
  endShow: 'Got it',
  notThere: 'This control is not on the screen at the moment.',
  needs: {
    project: 'Open a project first.',
    data: 'Add data first.',
    result: 'Finish a run first.',
    traces: 'Add traces first.'
  },
  howThisWorks: 'How this works',
  howThisWorksFor: (method: string): string => `How this works: ${method}`,
  pageFailed: 'The pages could not be read',
  formula: 'Formula',
  table: 'Table'
} as const

/** How the app works, screen by screen. */
export const howTos = [
  {
    id: 'getting-started',
    group: 'start',
    title: 'From data to a smaller set',
    text: [
      'Add data, choose how much to keep and what for, and start a run. The result page says in one line whether choosing helped compared with a random set of the same size.',
      'Then export the chosen items as a folder. Home shows what is unfinished, what came out last, and how your data is.'
    ]
  },
  {
    id: 'first-page',
    group: 'start',
    title: 'The first page',
    text: [
      'The sample project comes with the app: pictures, short texts and traces of an agent, with faults planted in them so that every part has something to find.',
      'Start with your own data makes an empty project. A project someone gave you is a folder whose name ends in .winnow; open that folder.',
      'Below are the projects opened before. One that was moved is marked; taking it off the list deletes nothing.'
    ]
  },
  {
    id: 'projects',
    group: 'start',
    title: 'Projects and backups',
    text: [
      'A project is one folder that holds everything: data, plans, results. It can be copied to another computer.',
      'The menu at the project’s name opens another project, makes a backup, and checks the project file.'
    ]
  },
  {
    id: 'originals',
    group: 'start',
    title: 'What happens to my files',
    text: [
      'They are only ever read. Items you do not want are set aside, which can be taken back at any time.',
      'An export copies the chosen items into a new folder.'
    ]
  },
  {
    id: 'data-list',
    group: 'data',
    title: 'The datasets of a project',
    text: [
      'Each dataset shows what it holds and what the health check found. Click one to look through it.',
      'Reading data again makes a new version; the one before stays below it, so that older results can still be read.'
    ]
  },
  {
    id: 'adding-data',
    group: 'data',
    title: 'Adding data',
    text: [
      'Drop files or folders anywhere in the window, or choose them. Chosen ones are read where they are; dropped ones are copied into the project.',
      'The app looks inside the files and shows what it found: the kind of data, the first items, and what each column is used as. Change what is wrong and the preview follows. Nothing is made until you press the button at the end.',
      'Files or rows that cannot be read are left out, counted and listed.'
    ]
  },
  {
    id: 'browsing',
    group: 'data',
    title: 'Looking through items',
    text: [
      'The centre shows the items as a gallery or as a table. Filters at the left narrow them down, and each filter becomes a chip above the items that can be turned round or removed.',
      'A click selects an item, Ctrl adds one, Shift adds all up to it, Ctrl+A selects everything that matches. The bar below then says what can be done with them: set aside, tag, note, label, or move to train or test items.',
      'Space looks closer, Enter opens the item.'
    ]
  },
  {
    id: 'saved-views',
    group: 'data',
    title: 'Saved views',
    text: [
      'A view keeps the filters, the order and the display under a name. A plan can choose from a saved view alone.'
    ]
  },
  {
    id: 'map',
    group: 'data',
    title: 'The similarity map',
    text: [
      'Items that look or read alike lie close together. Draw round some of them to select them; hold Space to move the map instead.',
      'Distances far apart mean little. Islands and lonely points mean a lot.'
    ]
  },
  {
    id: 'changes',
    group: 'data',
    title: 'Taking changes back',
    text: [
      'All changes, at the top of every screen, lists what can be taken back in the whole project: changes of items, results, reviews, new pictures, settings, views and names. “Take back” begins with the newest; “Do again” undoes that. Choose a place to see its changes alone.',
      '“Go back to here” leaves a change in force and takes those of its place that came after it back; the list asks first and names them. The arrow beside a change opens its place. G then U opens the list.',
      'On a dataset Ctrl+Z takes the last step back, Ctrl+Shift+Z does it again. A new change after steps were taken back asks before it drops them.'
    ]
  },
  {
    id: 'health-check',
    group: 'data',
    title: 'Data health',
    text: [
      'The check looks for exact and near duplicates, labels that are likely wrong, odd ones out, unreadable or poor pictures and texts, labels with few items, and test items that are in the train items too.',
      'Every finding has a count, examples and a page for going through it. Nothing is changed without you.'
    ]
  },
  {
    id: 'finding',
    group: 'data',
    title: 'Going through a finding',
    text: [
      'Each case shows what was found and why. Decide with the buttons or their keys; the keys are written on the buttons.',
      'Ctrl+Z or Backspace takes the last decision back. You can stop at any time: what is decided is saved.'
    ]
  },
  {
    id: 'groups',
    group: 'data',
    title: 'What belongs together',
    text: [
      'The app learns which squares of a picture belong together and shows its groups, with how sure they are. Groups begin by chance, so eight starts are drawn: agreement says how far they are alike, confidence how clearly a square belongs to one group.',
      'The result names what comparing by it is worth beside the main axes of the pixels and the built-in fingerprints. Where one of those is better, it is not offered for choosing.',
      'Groups of all pictures are sorted into parts. Rare parts show gaps; a label that hardly has a part that others have is worth a look.'
    ]
  },
  {
    id: 'labels-tab',
    group: 'data',
    title: 'Labels of a dataset',
    text: [
      'How many items each label has, among train and test items. A label with few items is hard to learn and soon lost.'
    ]
  },
  {
    id: 'columns-tab',
    group: 'data',
    title: 'Columns of a dataset',
    text: [
      'What each column of a table holds and what it is used as: picture, text, label, group, source, or train and test.'
    ]
  },
  {
    id: 'problems-tab',
    group: 'data',
    title: 'What could not be read',
    text: [
      'One line for every file or row that was left out, with the reason. The list can be saved as a table.'
    ]
  },
  {
    id: 'about-tab',
    group: 'data',
    title: 'About a dataset',
    text: [
      'Where it came from, how large it is, and its fingerprint. Two datasets with the same fingerprint hold the same items.'
    ]
  },
  {
    id: 'expand-small-set',
    group: 'data',
    title: 'Expanding a small set',
    text: [
      'Makes in-between variants of 10 to 200 pictures with a model of pictures that need not know them. It cannot invent what none of them contain.',
      'Every new picture stands beside the real one most like it, with its numbers. Copies, other labels and doubles are refused, and you have the last word.',
      'New pictures can be looked at while others are made. Stop whenever there are enough: those that are finished are kept.',
      'Where the model cannot show your pictures, let one learn from them, in grey or in colour, or use a model file of your own (.onnx).',
      'Measure before you use them: often flips and shifts do as well, and the result says so.'
    ]
  },
  {
    id: 'choose-data',
    group: 'choose',
    title: 'Choose, step 1: which data',
    text: [
      'Pick the dataset, and whether all of it, the current filter or a saved view can be chosen from. What is set aside is never chosen.',
      'The pane at the right always says what will come of the plan.'
    ]
  },
  {
    id: 'choose-goal',
    group: 'choose',
    title: 'Choose, step 2: the goal',
    text: [
      'The goal decides what a good item is. Goals that this data cannot serve stay visible with the reason.',
      'Target tasks are a few examples of what the smaller set has to be good for. With them, methods that work by examples can be used.'
    ]
  },
  {
    id: 'choose-how-much',
    group: 'choose',
    title: 'Choose, step 3: how much',
    text: [
      'Items, share, size, tokens and labelling time are linked: change one and the others follow.',
      'The app can also look for the smallest set that keeps most of the accuracy of all data. That takes longer.'
    ]
  },
  {
    id: 'choose-rules',
    group: 'choose',
    title: 'Choose, step 4: rules',
    text: [
      'Items that must be kept or dropped, the least and the most of each label, repeats, and items that belong together. All are optional.',
      'They are checked as you type. Where they contradict each other, the message offers a way out.'
    ]
  },
  {
    id: 'choose-method',
    group: 'choose',
    title: 'Choose, step 5: the method',
    text: [
      'One method is recommended for your data and goal, with the reason. How this works, on each card, opens a page about it.',
      'A random choice always runs beside it. Up to four more methods can be tried in the same run and compared.'
    ]
  },
  {
    id: 'choose-check',
    group: 'choose',
    title: 'Choose, step 6: the check',
    text: [
      'The same small model learns from the chosen set, from random sets of the same size and from all the data, several times each. All are tested on the same items, which none of them has seen.',
      'Three repeats or more are needed for a verdict you can rely on.'
    ]
  },
  {
    id: 'choose-review',
    group: 'choose',
    title: 'Choose, step 7: start',
    text: [
      'The whole plan in one sentence; every underlined part leads back to its step. Below is about how long it takes and what it needs.',
      'A plan can be saved for later, or as a recipe that works on other data too. The command beside it does the same without a window.'
    ]
  },
  {
    id: 'tiny-data',
    group: 'tiny',
    title: 'Tiny set, step 1: which data',
    text: [
      'Pictures, texts or tables with labels, or pairs of a picture and a text. A label needs enough items to be learned from; those that have too few can be left out here.'
    ]
  },
  {
    id: 'tiny-kind',
    group: 'tiny',
    title: 'Tiny set, step 2: what kind',
    text: [
      'Real items with richer labels are the safe choice: they work with any later model. Computer-made items can be fewer, but they are not real photos and work best with the kind of model they were made with.'
    ]
  },
  {
    id: 'tiny-size',
    group: 'tiny',
    title: 'Tiny set, step 3: how small',
    text: [
      'Items for each label. The pane at the right says how many that makes in all, and how many times fewer than now.'
    ]
  },
  {
    id: 'tiny-effort',
    group: 'tiny',
    title: 'Tiny set, step 4: how much work',
    text: [
      'Quick is for a first look. The times are worked out for your data on this computer. Pictures above the size offered would take many hours here.'
    ]
  },
  {
    id: 'tiny-check',
    group: 'tiny',
    title: 'Tiny set, step 5: the test',
    text: [
      'The set is compared with random items of the same number, with a chosen set, and with all data. It is also tested on a different kind of model, because tiny sets often only work for the model they were made with.'
    ]
  },
  {
    id: 'tiny-review',
    group: 'tiny',
    title: 'Tiny set, step 6: start',
    text: [
      'The plan in one sentence with its time and what it needs. While it runs you see the items change; it can be stopped early with the best so far kept.'
    ]
  },
  {
    id: 'tiny-result',
    group: 'tiny',
    title: 'The result of a tiny set',
    text: [
      'The verdict compares the set with random items and with all data. The warning card says what such a set must not be used for.',
      'What does it teach shows what models take from each item.'
    ]
  },
  {
    id: 'traces-list',
    group: 'traces',
    title: 'Traces and reviews',
    text: [
      'A trace is the log of one attempt of an agent at a task. Sets hold traces; reviews are plans for reading some of them, with what you answered.'
    ]
  },
  {
    id: 'adding-traces',
    group: 'traces',
    title: 'Adding traces',
    text: [
      'Drop log files or folders. The app recognises many forms; for others you say which field is who spoke, what was called and what came back.',
      'Keys, passwords and addresses that are found are counted and can be hidden before anything is kept.'
    ]
  },
  {
    id: 'trace-set',
    group: 'traces',
    title: 'A trace set',
    text: [
      'Attempts can be filtered and sorted. Tasks lists them by what they tried, so that failed and passed attempts at the same task lie side by side.',
      'Tools says what each tool does: read, change something, or talk. The suggestions of where an attempt went wrong use it.'
    ]
  },
  {
    id: 'trace-graph',
    group: 'traces',
    title: 'The map of paths',
    text: [
      'Joins all attempts at a task into one drawing: boxes are the states of the world, arrows are steps. Thick arrows were taken often; colours say how often they led to success.'
    ]
  },
  {
    id: 'trace-runner',
    group: 'traces',
    title: 'Running an agent',
    text: [
      'Plays small web tasks that come with the app, so that you get traces of your own. The pages are sealed: they reach no network.'
    ]
  },
  {
    id: 'find-the-way',
    group: 'traces',
    title: 'Finding the way from room to room',
    text: [
      'A folder with the places of buildings and paths through them becomes a trace set. A planner learns in some buildings and is measured in others, beside simple ways of walking.',
      'The result says how often the goal was found and how direct the way was, and draws single walks. It may say that the planner is no better.'
    ]
  },
  {
    id: 'plan-judge',
    group: 'traces',
    title: 'Review, step 1: what to judge',
    text: [
      'Every attempt gets a verdict, its first mistake and “keep for training”. Up to 6 questions of your own come on top.'
    ]
  },
  {
    id: 'plan-order',
    group: 'traces',
    title: 'Review, step 2: which first',
    text: [
      'The most informative attempts come first: failures, loops, long ones, rare tools. A share is always drawn at random, because only from those can rates over all attempts be told.'
    ]
  },
  {
    id: 'plan-reading',
    group: 'traces',
    title: 'Review, step 3: how to read',
    text: [
      'Hiding names and suggestions keeps judgements fair. Second looks bring some attempts back later to measure how steady your judgement is.'
    ]
  },
  {
    id: 'plan-start',
    group: 'traces',
    title: 'Review, step 4: start',
    text: ['The plan with about how long it takes. You can stop at any time and go on later.']
  },
  {
    id: 'reviewing',
    group: 'traces',
    title: 'Reading and judging an attempt',
    text: [
      'Steps at the left, the log in the middle, your answers at the right. Every answer is saved as you give it.',
      'All of it works by keys; the sheet of keys lists them, and they can be changed there.'
    ]
  },
  {
    id: 'review-report',
    group: 'traces',
    title: 'The report of a review',
    text: [
      'Rates with their ranges, from the attempts drawn at random alone; how far you agree with yourself and others; reasons; and what is kept for training.',
      'From here attempts can be exported for training or become a dataset.'
    ]
  },
  {
    id: 'runs',
    group: 'results',
    title: 'Runs',
    text: [
      'Everything that was started, with its state and verdict. Two runs can be compared; a run can be renamed or removed.',
      'A run goes on while you work elsewhere in the app.'
    ]
  },
  {
    id: 'run-page',
    group: 'results',
    title: 'A run on its way',
    text: [
      'What it is doing, how far it is, and about how long it still takes once that can be told honestly. The log keeps everything that happened.'
    ]
  },
  {
    id: 'stopping',
    group: 'results',
    title: 'Stopping and going on',
    text: [
      'Every run can be paused, or stopped with what is done so far kept. After a crash or a power cut the home page offers to continue where it stopped, and the result is the same as without the break.'
    ]
  },
  {
    id: 'test-of-result',
    group: 'results',
    title: 'How the result is tested',
    text: [
      'The same simple check model learns from the chosen set, from a random set of the same size and from all the data, several times each. All are tested on the same items, which none of them has seen.',
      'If choosing was no better than random, the result says so.'
    ]
  },
  {
    id: 'result',
    group: 'results',
    title: 'The result of choosing',
    text: [
      'The verdict on top; below, the chosen items and those left out, each with why; what the set does not cover; the labels; the check; and all settings.',
      'Items can be swapped, kept or dropped by hand. The set is then tested again.'
    ]
  },
  {
    id: 'export',
    group: 'results',
    title: 'Exporting',
    text: [
      'Makes a new folder with the items, lists of them, a report and the fingerprints of all files. Layouts for training can be added.',
      'Later, Verify finds every file that is missing, changed or new in such a folder.'
    ]
  },
  {
    id: 'compare',
    group: 'results',
    title: 'Comparing two runs',
    text: ['How far two sets overlap, their labels, checks, settings and times, side by side.']
  },
  {
    id: 'recipes',
    group: 'results',
    title: 'Recipes',
    text: [
      'A recipe is a plan without its data: goal, size, rules and method. Use it on another dataset, or hand it to someone as a file.'
    ]
  },
  {
    id: 'settings',
    group: 'app',
    title: 'Settings',
    text: [
      'Every change applies at once and can be taken back. They belong to you on this computer, not to a project.'
    ]
  },
  {
    id: 'computer',
    group: 'app',
    title: 'What the computer may do',
    text: [
      'How many cores runs may use, and which device calculates. The speeds are measured here, not looked up. If a device had to be replaced by another during a run, the app says so.'
    ]
  },
  {
    id: 'backups',
    group: 'app',
    title: 'Backups',
    text: [
      'A backup of the project file is made once a day, and by the button in Settings, Storage. Any of them can be restored there: first you see what was made since then and would be gone.',
      'The project as it was before is kept aside and can be brought back the same way. If a project cannot be opened because its file is damaged, the newest backup is offered at once.'
    ]
  },
  {
    id: 'privacy',
    group: 'app',
    title: 'Privacy',
    text: ['The app has no network features. Settings lists what is stored and where.']
  },
  {
    id: 'keyboard',
    group: 'app',
    title: 'Working by keyboard',
    text: [
      'Everything can be reached with Tab, and ? shows the keys that work on the screen you are on. Esc closes the top layer only, and never stops a run.'
    ]
  }
] as const satisfies readonly HowTo[]

/** Names of the how-to pieces. */
export type HowToId = (typeof howTos)[number]['id']

/** Words the screens use, with what engineers call them. */
export const glossary: readonly GlossaryEntry[] = [
  {
    id: 'accuracy',
    title: 'Accuracy',
    text: 'The share of test items the check model labels as your data does.',
    see: ['check-model', 'test-items', 'points']
  },
  {
    id: 'agreement',
    title: 'Agreement',
    text: 'How often two judgements of the same attempt are alike, beyond what chance would give.',
    technical: 'Cohen’s kappa, Krippendorff’s alpha',
    see: ['second-look', 'review']
  },
  {
    id: 'arrays',
    title: 'Number files',
    text: 'Files that hold tables of numbers as other programs write them: NPY, NPZ, IDX and safetensors.',
    technical: 'array formats'
  },
  {
    id: 'attempt',
    title: 'Attempt',
    text: 'One go of an agent at a task, from what it was told to how it ended.',
    technical: 'trajectory, episode, rollout',
    see: ['trace', 'step']
  },
  {
    id: 'blind',
    title: 'Hide names and suggestions',
    text: 'Judging without seeing which agent it was or what the app thinks, so that neither sways you.',
    technical: 'blind review',
    see: ['review', 'suggestion']
  },
  {
    id: 'how-much',
    title: 'How much to keep',
    text: 'The number or share of items to keep, or their size, tokens or labelling time. The app can also look for the smallest set that is still good enough.',
    technical: 'budget',
    see: ['chosen-set', 'token']
  },
  {
    id: 'check-model',
    title: 'Check model',
    text: 'A small model that learns from a set, to see how good the set is.',
    technical: 'evaluator, linear probe',
    see: ['test-items', 'verdict', 'helper-model']
  },
  {
    id: 'chosen-set',
    title: 'Chosen set, smaller set',
    text: 'The items a run kept.',
    technical: 'subset, coreset',
    see: ['how-much', 'run', 'set-aside']
  },
  {
    id: 'columnar',
    title: 'Parquet and Arrow',
    text: 'Files that keep large tables column by column. Data science programs write them.',
    technical: 'columnar formats',
    see: ['arrays']
  },
  {
    id: 'coverage',
    title: 'Coverage',
    text: 'How much of the data has a chosen item that is like it. What has none is listed as a gap.',
    technical: 'coverage radius',
    see: ['spread-out', 'similarity-map']
  },
  {
    id: 'dataset',
    title: 'Dataset',
    text: 'Data that was added together: its items, their labels and its columns. Reading it again makes a new version.',
    see: ['item', 'label', 'group']
  },
  {
    id: 'device',
    title: 'Device',
    text: 'The part of the computer that calculates: the processor or a graphics card.',
    technical: 'tensor backend'
  },
  {
    id: 'duplicate',
    title: 'Duplicate',
    text: 'An item whose content is exactly the same as another one.',
    technical: 'equal content hash',
    see: ['near-duplicate', 'fingerprint']
  },
  {
    id: 'fingerprint',
    title: 'Fingerprint of a file',
    text: 'A short code that changes when the file changes.',
    technical: 'SHA-256 hash',
    see: ['duplicate', 'manifest']
  },
  {
    id: 'first-mistake',
    title: 'First mistake',
    text: 'The step of an attempt at which it left the way to success.',
    technical: 'first wrong step, failure attribution',
    see: ['step', 'suggestion']
  },
  {
    id: 'group',
    title: 'Group',
    text: 'Items that belong together, such as pictures of one patient.',
    technical: 'group key',
    see: ['label', 'test-items']
  },
  {
    id: 'hard-example',
    title: 'Hard example',
    text: 'An item that helper models find difficult: they are wrong about it, late to learn it, or not sure.',
    technical: 'EL2N, forgetting, margin',
    see: ['typical-example', 'wrong-label', 'helper-model']
  },
  {
    id: 'health',
    title: 'Data health',
    text: 'What the app found by looking through the data: repeats, likely wrong labels, odd ones out, poor files, labels with few items.',
    technical: 'data quality report',
    see: ['near-duplicate', 'wrong-label', 'odd-one-out', 'leak']
  },
  {
    id: 'helper-model',
    title: 'Helper model',
    text: 'A model that the app trains on your data on the way, to see through its eyes.',
    technical: 'teacher, expert, proxy model',
    see: ['check-model', 'richer-labels', 'onnx']
  },
  {
    id: 'item',
    title: 'Item',
    text: 'One picture, text, conversation or row.',
    technical: 'example, instance, sample',
    see: ['dataset', 'label']
  },
  {
    id: 'label',
    title: 'Label',
    text: 'What an item shows or means, as given in your data.',
    technical: 'class',
    see: ['richer-labels', 'wrong-label']
  },
  {
    id: 'leak',
    title: 'In both train and test',
    text: 'An item among the test items that is also, or nearly, among the others. It makes every check look better than it is.',
    technical: 'split leakage',
    see: ['test-items', 'near-duplicate']
  },
  {
    id: 'learning-directions',
    title: 'Learning directions',
    text: 'For each item the way in which learning from it would change a model. They can be made here or brought along as files.',
    technical: 'gradients',
    see: ['like-my-examples']
  },
  {
    id: 'like-my-examples',
    title: 'Like my examples',
    text: 'Keeps the items that would teach a model the most about your target tasks.',
    technical: 'influence, gradient matching',
    see: ['task', 'votes', 'learning-directions']
  },
  {
    id: 'made',
    title: 'Made by the computer',
    text: 'An item that was calculated and is not from your data. Such items carry a badge everywhere and in every export.',
    technical: 'synthetic',
    see: ['tiny-set']
  },
  {
    id: 'manifest',
    title: 'List of an export',
    text: 'A file in every export that names all the others with their fingerprints, so that the folder can be verified later.',
    technical: 'manifest with checksums',
    see: ['fingerprint']
  },
  {
    id: 'map-of-paths',
    title: 'Map of paths',
    text: 'One drawing of all the ways in which attempts went through a task.',
    technical: 'state graph',
    see: ['attempt', 'step']
  },
  {
    id: 'near-duplicate',
    title: 'Near-duplicate',
    text: 'An item that is almost the same as another one.',
    technical: 'neighbour above a cosine similarity threshold',
    see: ['duplicate', 'similarity-fingerprint']
  },
  {
    id: 'odd-one-out',
    title: 'Odd one out',
    text: 'An item that is unlike everything around it. It may be a mistake, or something rare that matters.',
    technical: 'outlier',
    see: ['typical-example', 'similarity-fingerprint']
  },
  {
    id: 'onnx',
    title: 'Model file',
    text: 'A model saved so that other programs can use it, with a name that ends in .onnx. The app can take one as helper model or for similarity fingerprints.',
    technical: 'Open Neural Network Exchange',
    see: ['helper-model', 'similarity-fingerprint']
  },
  {
    id: 'pass',
    title: 'Pass',
    text: 'Going once through all items while a model learns.',
    technical: 'epoch',
    see: ['helper-model']
  },
  {
    id: 'points',
    title: 'Points',
    text: 'The difference between two percentages: from 80 % to 83 % is 3 points.',
    technical: 'percentage points',
    see: ['accuracy', 'range']
  },
  {
    id: 'project',
    title: 'Project',
    text: 'A folder whose name ends in .winnow. It holds data, plans and results, and can be copied.',
    technical: 'SQLite store with side files'
  },
  {
    id: 'range',
    title: 'Range beside a figure',
    text: 'Where the true figure lies in 95 of 100 cases. If the range of a difference contains 0, there may be no difference.',
    technical: '95 % confidence interval',
    see: ['verdict', 'repeats']
  },
  {
    id: 'recipe',
    title: 'Recipe',
    text: 'A plan that was saved without its data, to be used again or handed on.',
    technical: 'saved configuration',
    see: ['run']
  },
  {
    id: 'repeat-code',
    title: 'Repeat code',
    text: 'A number that makes random steps come out the same way again.',
    technical: 'random seed',
    see: ['run', 'repeats']
  },
  {
    id: 'repeats',
    title: 'Repeats',
    text: 'How often the check is done from the start. More repeats make the range narrower.',
    technical: 'runs over seeds',
    see: ['range', 'check-model']
  },
  {
    id: 'review',
    title: 'Review',
    text: 'A plan for reading some attempts of a trace set, with the answers given.',
    technical: 'annotation queue',
    see: ['attempt', 'second-look', 'blind']
  },
  {
    id: 'richer-labels',
    title: 'Richer labels',
    text: 'For each item a share for every label instead of one label alone: how much a helper model thinks the item is a shoe, a boot or a bag.',
    technical: 'soft labels',
    see: ['helper-model', 'tiny-set', 'label']
  },
  {
    id: 'run',
    title: 'Run',
    text: 'One go at choosing or making, with its settings and its result.',
    technical: 'job',
    see: ['recipe', 'step-list', 'repeat-code']
  },
  {
    id: 'second-look',
    title: 'Second look',
    text: 'An attempt that comes up again later in a review, to see whether you judge it alike.',
    technical: 'intra-rater reliability',
    see: ['agreement', 'review']
  },
  {
    id: 'secrets',
    title: 'Secrets',
    text: 'Keys, passwords, addresses and names of home folders that turn up in logs. They can be hidden for good while traces are added.',
    technical: 'credentials, personal data',
    see: ['trace']
  },
  {
    id: 'set-aside',
    title: 'Set aside',
    text: 'Left out of new runs without deleting anything.',
    technical: 'excluded',
    see: ['chosen-set']
  },
  {
    id: 'similarity-fingerprint',
    title: 'Similarity fingerprint',
    text: 'A list of numbers the app works out for each item, so that items that look or read alike have numbers that are alike.',
    technical: 'embedding, feature vector',
    see: ['similarity-map', 'near-duplicate']
  },
  {
    id: 'similarity-map',
    title: 'Similarity map',
    text: 'A picture of the whole dataset with one point an item. Points close together are items that are alike.',
    technical: '2-D projection',
    see: ['similarity-fingerprint', 'coverage']
  },
  {
    id: 'source',
    title: 'Source',
    text: 'Where an item comes from, such as a website, a camera or a collection, as a column of your data names it.',
    technical: 'domain',
    see: ['group']
  },
  {
    id: 'spread-out',
    title: 'Spread out',
    text: 'Keeps items that are unlike one another, so that every corner of the data is there.',
    technical: 'k-center, facility location',
    see: ['coverage', 'typical-example']
  },
  {
    id: 'step',
    title: 'Step',
    text: 'One thing an agent did in an attempt, with what came back.',
    technical: 'action and observation',
    see: ['attempt', 'first-mistake']
  },
  {
    id: 'step-list',
    title: 'Step list',
    text: 'What was done to get a result or to change a dataset, one line a step.',
    technical: 'lineage, provenance',
    see: ['run']
  },
  {
    id: 'suggestion',
    title: 'Suggestion',
    text: 'Where the app thinks an attempt first went wrong, with its grounds and how sure it is.',
    technical: 'failure attribution',
    see: ['first-mistake', 'review']
  },
  {
    id: 'tag',
    title: 'Tag',
    text: 'A word of your own on an item, to find it again or to use it in a rule.',
    see: ['set-aside']
  },
  {
    id: 'task',
    title: 'Target task',
    text: 'A named group of examples that shows what the smaller set has to be good for.',
    technical: 'target task, validation set',
    see: ['like-my-examples', 'votes']
  },
  {
    id: 'test-items',
    title: 'Test items',
    text: 'Items that are held back and never chosen, so that the check is fair.',
    technical: 'held-out set',
    see: ['check-model', 'leak']
  },
  {
    id: 'tiny-set',
    title: 'Tiny training set',
    text: 'A few items that stand in for a large set when a model learns. They can be real items with richer labels, or items made by the computer.',
    technical: 'distilled dataset',
    see: ['richer-labels', 'made', 'helper-model']
  },
  {
    id: 'token',
    title: 'Token',
    text: 'A piece of text as a language model counts it, about three quarters of an English word.',
    technical: 'token',
    see: ['how-much']
  },
  {
    id: 'trace',
    title: 'Trace',
    text: 'The log of one attempt of an agent.',
    technical: 'agent trace, transcript',
    see: ['attempt', 'step', 'secrets']
  },
  {
    id: 'typical-example',
    title: 'Typical example',
    text: 'An item that many others are like.',
    technical: 'high density, herding',
    see: ['odd-one-out', 'hard-example', 'spread-out']
  },
  {
    id: 'verdict',
    title: 'Verdict',
    text: 'The line on top of a result: whether choosing was better than a random choice of the same size, and by how much.',
    technical: 'paired comparison against a random baseline',
    see: ['range', 'points', 'check-model']
  },
  {
    id: 'version',
    title: 'Version of a dataset',
    text: 'What a dataset held at one time. Results keep the version they were made with.',
    technical: 'dataset snapshot',
    see: ['dataset', 'run']
  },
  {
    id: 'votes',
    title: 'Votes',
    text: 'Each target task votes for the items that help it. Items with votes from many tasks are kept first.',
    technical: 'influence consensus',
    see: ['task', 'like-my-examples']
  },
  {
    id: 'wrong-label',
    title: 'Likely wrong label',
    text: 'An item whose label models that never saw it would not give. You decide whether they are right.',
    technical: 'label error, confident learning',
    see: ['label', 'health']
  }
]
