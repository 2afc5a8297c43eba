// Words of adding data: dropping, choosing, what was recognised, what the columns are, where it goes.

/** Files dropped on the window. */
export const drop = {
  title: 'Drop to add data',
  text: 'Files and folders of any kind listed under Add data. They are copied into the project.',
  tracesTitle: 'Drop to add traces',
  tracesText:
    'Logs of agents, as files or folders. You see what is in them before anything is kept.',
  noProject: 'A project is made first, then you see what is in the files.',
  readOnly: 'The project is open for reading only, so nothing can be added.',
  busy: 'Files dropped before are still being copied. Wait for them or cancel them first.',
  nothing: 'Nothing was dropped that can be added. Hidden files are left out.',
  projectTitle: (name: string): string => `Open the project “${name}”`,
  projectPlace: (place: string): string => `It lies here: ${place}`,
  projectSearching: 'Looking where it lies',
  projectUnknown:
    'A window cannot see where something lies that is dropped on it, and this project was not opened here before. Choose its folder once; later it is found.',
  projectOpen: 'This project is open already.',
  projectStops:
    'Something is running. It stops when another project is opened, and can be continued when this one is open again.',
  openIt: 'Open it',
  chooseIt: 'Choose its folder…',
  setTitle: (name: string): string => `“${name}” is an exported set`,
  setText:
    'It can be checked, file by file, against the list it was exported with, or added as data.',
  checkIt: 'Check it',
  checkNeedsProject: 'Open a project to check it: its files are read through there.',
  checkReadOnly: 'The open project is for reading only, so the set cannot be checked through it.',
  addIt: 'Add as data',
  severalName: 'Dropped files',
  looking: 'Looking through what was dropped',
  found: (files: string): string => `${files} so far`,
  askTitle: (name: string): string => `Copy “${name}” into the project?`,
  askText: (files: string, size: string): string =>
    `Dropped files are copied: ${files}, ${size}. To read them where they are, choose the file or folder with the button instead.`,
  askCopy: (size: string): string => `Copy ${size}`,
  copying: (name: string): string => `Copying “${name}” into the project`,
  amount: (files: string, all: string, size: string, allSize: string): string =>
    `${files} of ${all} · ${size} of ${allSize}`,
  cancelled: 'Copying was cancelled. Nothing of it was kept.',
  failedTitle: 'The dropped files could not be copied',
  failedHint: 'Nothing of it was kept. Drop them again, or choose them with the button.',
  notReadable: (name: string): string =>
    `“${name}” could not be read. It may have been moved, changed or locked.`,
  tooMany: (files: string): string => `More than ${files} were dropped at once.`,
  tooManyHint: 'Choose the folder with the button instead: it is then read where it is.',
  ready: (name: string): string => `“${name}” is copied and ready to be looked at.`,
  show: 'Show it',
  copiedNote: 'Dropped files are copied into the project. The originals are not needed any more.',
  hiddenNote: (files: string): string => `${files} left out, as hidden files hold no data.`
} as const

/** What can be added, one entry per kind, for the empty screen. */
export const kindsOfData = {
  pictures: {
    title: 'Pictures',
    text: 'A folder or a zip. Folders inside are the labels, and train and test are told apart. COCO, YOLO and VOC labels are read too.'
  },
  tables: {
    title: 'Tables',
    text: 'CSV, TSV, Excel or Parquet. Separators, letters and headers are found out.'
  },
  texts: {
    title: 'Texts',
    text: 'One text a line, or records in a JSON or JSON lines file of any length.'
  },
  chats: {
    title: 'Conversations',
    text: 'OpenAI messages, ShareGPT, Alpaca and LLaVA, with tool calls and pictures.'
  },
  arrays: {
    title: 'Number files',
    text: 'IDX, NPY, NPZ and safetensors, with labels beside or inside them.'
  },
  folders: {
    title: 'Hugging Face folders',
    text: 'A dataset saved to disk, from its cache, or as Parquet files.'
  }
} as const

/** Adding data. */
export const addData = {
  title: 'Add data',
  intro: 'Nothing is made until you have seen what is in it.',
  chooseFile: 'Choose a file',
  chooseFolder: 'Choose a folder',
  dropTitle: 'Drop files or folders here',
  dropText: 'Anywhere in the window works. Or choose them: then they are read where they are.',
  whatTitle: 'What can be added',
  whatText: 'The app looks inside the files, so their names and endings do not matter.',
  reading: 'Looking at the data',
  readingAgain: 'Reading again',
  previewFailed: 'This could not be read',
  changeFailed: 'With this change it could not be read',
  takeBack: 'Take the change back',
  startOver: 'Choose something else',
  found: 'What was found',
  example: 'First items',
  items: 'Items',
  itemsAbout: (count: string): string => `about ${count}`,
  labels: 'Labels',
  noLabels: 'None found',
  splits: 'Train and test',
  noSplits: 'Not divided',
  size: 'Size',
  shapes: {
    sharegpt: 'ShareGPT conversations',
    llava: 'LLaVA conversations with pictures',
    alpaca: 'Alpaca instructions',
    openai: 'OpenAI messages'
  },
  howRead: 'How to read it',
  as: 'Read as',
  asAuto: 'As recognised',
  asChoices: {
    images: 'Pictures',
    table: 'Table of numbers',
    text: 'Texts',
    arrays: 'Number files'
  },
  delimiter: 'Between columns',
  delimiters: { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Bar' },
  encoding: 'Letters are stored as',
  encodings: {
    'utf-8': 'UTF-8 (usual)',
    'utf-16le': 'UTF-16 (little)',
    'utf-16be': 'UTF-16 (big)',
    'windows-1252': 'Windows western'
  },
  header: 'The first row holds the column names',
  sheet: 'Sheet',
  array: 'Numbers that hold the items',
  labelArray: 'Numbers that hold the labels',
  noLabelArray: 'None',
  arrayChoice: (name: string, shape: string, type: string): string =>
    name === '' ? `${shape}, ${type}` : `${name}: ${shape}, ${type}`,
  columns: 'What each column is',
  columnsHelp: 'The best guess is filled in. Change it where it is wrong.',
  roleOf: (column: string): string => `What “${column}” is`,
  guessed: (role: string): string => `Recommended: ${role}`,
  sure: { high: 'very sure', middle: 'fairly sure', low: 'a guess' },
  sureness: (words: string, percent: string): string => `${words}, ${percent}`,
  exampleValues: (values: string): string => `for example ${values}`,
  missing: (count: string): string => `${count} empty`,
  findColumn: 'Find a column',
  moreColumns: (count: string): string => `Show ${count} more`,
  noColumn: 'No column has this in its name.',
  types: {
    text: 'Text',
    number: 'Number',
    category: 'Category',
    'yes-no': 'Yes/No',
    date: 'Date',
    picture: 'Picture',
    chat: 'Conversation',
    list: 'List'
  },
  split: 'Train and test',
  splitHelp: 'Test items are never chosen. They are used to check the result fairly.',
  splitExisting: 'Use the division found in the data',
  splitExistingNone: 'The data is not divided.',
  splitHoldout: 'Hold some items back for testing',
  splitHoldoutText: 'Taken at random, the same share of each label.',
  splitShare: 'Share for testing',
  splitNone: 'No test items',
  splitNoneText: 'A result can still be made, with a share held back during the check.',
  storage: 'Where the originals stay',
  link: 'Read them where they are',
  linkText: 'No extra space. The files must stay in their place.',
  copy: 'Copy them into the project',
  copyText: (size: string): string =>
    `Takes ${size} more. The project can then be moved as a whole.`,
  goal: 'Where it goes',
  goalNew: 'A new dataset',
  goalAdd: 'A new version of a dataset',
  goalAddText: 'Its items come first, then these. The version before stays as it is.',
  goalNone: 'No dataset of this kind is in the project yet.',
  goalPick: 'Add to',
  goalChoice: (name: string, items: string, version: number): string =>
    `${name} (${items}, version ${version})`,
  name: 'Name of the dataset',
  nameMissing: 'Give the dataset a name.',
  nameTaken: 'A dataset with this name is already in the project.',
  purpose: 'These are examples only',
  purposeHelp: 'They show what you are after. They are never chosen themselves.',
  will: {
    make: (count: string, name: string): string => `Adds ${count} as “${name}”`,
    extend: (count: string, name: string, version: number): string =>
      `Adds ${count} to “${name}” as version ${version}`,
    examples: 'only as examples',
    link: 'read where they are',
    copy: (size: string): string => `copied into the project (${size})`,
    dropped: 'with the copy that was dropped',
    skip: (count: string): string => `${count} left out`
  },
  start: (count: string): string => `Add ${count}`,
  startAbout: (count: string): string => `Add about ${count}`,
  startPlain: 'Add',
  started: (name: string): string => `“${name}” is being added.`,
  problems: (count: string): string => `${count} cannot be read. They will be left out and listed.`,
  problemsSoFar: (count: string): string =>
    `${count} of the first part cannot be read. They will be left out and listed.`,
  problemList: 'Show the list',
  where: 'Where',
  why: 'Why',
  classBars: 'Items per label',
  moreClasses: (count: string): string => `and ${count} more`,
  row: 'Row',
  readOnly: 'The project is open for reading only, so nothing can be added.'
} as const

/** The list of datasets: versions and what is being added. */
export const dataList = {
  adding: 'Being added',
  versions: (count: number): string => `${count} older ${count === 1 ? 'version' : 'versions'}`,
  showVersions: (name: string): string => `Show older versions of “${name}”`,
  hideVersions: (name: string): string => `Hide older versions of “${name}”`,
  version: (number: number): string => `Version ${number}`,
  cancelTitle: (title: string): string => `Stop “${title}”?`,
  cancelText: 'Items read so far can be kept as a smaller dataset, or thrown away.',
  cancelNot: 'Go on',
  cancelKeep: 'Stop and keep',
  cancelDiscard: 'Stop and discard',
  dropHint: 'Or drop files and folders anywhere in the window.'
} as const

/** The list of what could not be read, as a file. */
export const problemsFile = {
  save: 'Save the list as CSV',
  fileName: (name: string): string => `${name} not readable`,
  saved: 'The list was saved.'
} as const
