// Words of the first page and of the project's home.

/** First run. */
export const firstRun = {
  title: 'Which data is worth keeping?',
  intro:
    'Winnow finds the part of your data that matters, and shows by test that it does. Everything happens on this computer.',
  sampleTitle: 'Open the sample project',
  sampleText:
    'Small pictures, short texts and agent traces that come with the app, with faults planted in them. A full result takes about a minute.',
  sampleAction: 'Open the sample',
  ownTitle: 'Start with my data',
  ownText:
    'A folder or zip of pictures, or a table with texts or numbers. Your files are never changed.',
  ownAction: 'Start',
  openTitle: 'Open a project file',
  openText: 'A folder whose name ends in .winnow, made by you or by someone else.',
  openAction: 'Open',
  recent: 'Recent projects',
  missing: 'Not there any more',
  forget: (name: string): string => `Take “${name}” off this list`,
  pin: (name: string): string => `Keep “${name}” on top`,
  unpin: (name: string): string => `Do not keep “${name}” on top`,
  openedAgo: (ago: string): string => `opened ${ago}`,
  newTitle: 'New project',
  newName: 'Project name',
  newNameHelp: 'A folder with this name will hold everything.',
  newNameDefault: 'My data',
  newPlace: 'Where',
  newPlaceDefault: 'The usual projects folder',
  newPlaceChange: 'Choose another folder',
  newPlaceReset: 'Use the usual folder',
  create: 'Create project',
  nameMissing: 'Give the project a name.'
} as const

/** Home. */
export const home = {
  title: 'Home',
  unfinished: 'Unfinished',
  continue: 'Continue',
  seeDone: 'See what is done',
  discard: 'Discard',
  discarded: (title: string): string => `“${title}” was discarded.`,
  start: 'What do you want to do?',
  chooseTitle: 'Choose the best part of my data',
  chooseText: 'A smaller set that serves your goal, tested against a random one of the same size.',
  chooseAction: 'Start choosing',
  chooseNoData: 'Add data first.',
  tinyTitle: 'Make a tiny training set',
  tinyText:
    'A few items in the place of thousands, for quick training. With a test against random items of the same number.',
  tinyAction: 'Start making',
  tracesTitle: 'Review agent traces',
  tracesText:
    'Read what agents did, mark where they first went wrong, and keep the good parts for training.',
  tracesAction: 'Open traces',
  addTitle: 'Add data',
  addText:
    'Pictures in folders or a zip, tables, texts, or number files. With a preview before anything is made.',
  addAction: 'Add data',
  drafts: 'Saved plans',
  draftStep: (step: string): string => `at “${step}”`,
  draftRemove: (name: string): string => `Remove the plan “${name}”`,
  draftRemoved: 'The plan was removed.',
  recentRuns: 'Recent runs',
  allRuns: 'All runs',
  noRuns: 'No runs yet',
  noRunsText: 'Results appear here with their verdict.',
  kept: (got: string, of: string): string => `${got} of ${of} kept`,
  health: 'Data health',
  healthNoData: 'No data yet. Add some, or open the sample project.',
  skipped: 'not readable',
  setAside: 'set aside',
  unreachable: 'Originals not found',
  checklist: 'First steps',
  checklistDone: (done: number, all: number): string => `${done} of ${all} done`,
  steps: {
    data: 'Add data',
    look: 'Look through it',
    choose: 'Choose a smaller set',
    verdict: 'Read the verdict',
    export: 'Export the chosen items'
  },
  checklistDismiss: 'Hide this list',
  checklistHidden: 'The list is hidden.',
  checklistShow: 'Show first steps',
  sampleTitle: 'The sample has grown',
  sampleText: (names: string): string =>
    `This project was made by an earlier version of the app. It lacks: ${names}.`,
  sampleAdd: 'Add what is missing',
  sampleAdding: 'What was missing is being added.',
  stepDone: 'done'
} as const
