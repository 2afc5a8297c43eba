// Words of the data screens: list, adding, dataset page.
import type { ColumnRole, DataKind, SourceFormat } from '@api/dto/datasets.ts'

const kinds: Readonly<Record<DataKind, string>> = {
  images: 'Pictures',
  text: 'Texts',
  table: 'Table'
}
const formats: Readonly<Record<SourceFormat, string>> = {
  'image-folder': 'Folder of pictures',
  'image-zip': 'Zip of pictures',
  idx: 'IDX number files',
  csv: 'CSV table',
  tsv: 'TSV table',
  jsonl: 'JSON lines'
}
const roles: Readonly<Record<ColumnRole, string>> = {
  text: 'This is the text',
  label: 'This is the label',
  split: 'Says train or test',
  group: 'Belongs together',
  id: 'Name or number of the item',
  number: 'A measured number',
  keep: 'Keep as it is',
  ignore: 'Leave out'
}

/** Data words. */
export const data = {
  title: 'Data',
  add: 'Add data',
  emptyTitle: 'No data yet',
  emptyText: 'Add pictures, texts or a table, or open the sample project to see how it works.',
  openSample: 'Open the sample project',
  failedTitle: 'The list of datasets could not be loaded',
  tableLabel: 'Datasets',
  column: {
    name: 'Name',
    kind: 'Kind',
    items: 'Items',
    labels: 'Labels',
    size: 'Size',
    added: 'Added',
    state: 'State'
  },
  fine: 'In order',
  kinds,
  formats,
  roles,
  splitWords: { train: 'Train', test: 'Test', none: 'No split' },
  examplesBadge: 'Examples',
  columnOf: { name: 'Name', content: 'Content' },
  itemNumber: (number: number): string => `Item ${number}`,
  fact: {
    label: 'Label',
    split: 'Split',
    size: 'Picture size',
    state: 'State',
    duplicateOf: 'Same as',
    bytes: 'File size',
    fingerprint: 'Fingerprint'
  }
} as const

/** Adding data. */
export const addData = {
  title: 'Add data',
  intro: 'Choose a file or folder. Nothing is made until you have seen what is in it.',
  chooseFile: 'Choose a file',
  chooseFolder: 'Choose a folder',
  change: 'Choose something else',
  accepts:
    'A folder or zip of pictures (folders inside it are labels), a CSV or TSV table, a JSON lines file, or IDX number files.',
  reading: 'Looking at the data',
  readingAgain: 'Reading again',
  previewFailed: 'This could not be read',
  found: 'What was found',
  example: 'First items',
  items: 'Items',
  itemsAbout: (count: string): string => `about ${count}`,
  labels: 'Labels',
  noLabels: 'None found',
  splits: 'Train and test',
  noSplits: 'Not divided',
  size: 'Size',
  skipped: 'Not readable',
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
  columns: 'What each column is',
  columnsHelp: 'A guess is filled in. Change it where it is wrong.',
  guess: (percent: string): string => `guess, ${percent} sure`,
  exampleValues: (values: string): string => `for example ${values}`,
  missing: (count: string): string => `${count} empty`,
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
  name: 'Name of the dataset',
  nameMissing: 'Give the dataset a name.',
  nameTaken: 'A dataset with this name is already in the project.',
  purpose: 'These are examples only',
  purposeHelp: 'They show what you are after. They are never chosen themselves.',
  pickTitle: 'Where is the data?',
  start: (count: string): string => `Add ${count}`,
  startAbout: (count: string): string => `Add about ${count}`,
  startPlain: 'Add',
  started: (name: string): string =>
    `“${name}” is being added. The jobs button shows how far it is.`,
  problems: (count: string): string =>
    `${count} could not be read so far. They will be left out and listed.`,
  problemList: 'Show the list',
  where: 'Where',
  why: 'Why',
  classes: 'Labels found',
  moreClasses: (count: string): string => `and ${count} more`,
  readOnly: 'The project is open for reading only, so nothing can be added.'
} as const

/** The dataset page. */
export const dataset = {
  tabs: {
    items: 'Items',
    labels: 'Labels',
    columns: 'Columns',
    problems: 'Not readable',
    about: 'About'
  },
  tabsLabel: 'Parts of the dataset',
  notFound: 'This dataset is not in the project',
  notFoundText: 'It may have been removed.',
  backToData: 'Back to Data',
  choose: 'Choose the best part',
  rename: 'Rename',
  renameTitle: 'Rename the dataset',
  remove: 'Remove from the project',
  removeTitle: (name: string): string => `Remove “${name}”?`,
  removeText: (items: string): string =>
    `The dataset with ${items} leaves the project. Your original files stay where they are.`,
  removeCopied: (size: string): string =>
    `The copy inside the project (${size}) is deleted. The files it was made from are not touched.`,
  removed: (name: string): string => `“${name}” was removed.`,
  renamed: 'The name was changed.',
  importing: 'This dataset is still being added.',
  unreachableTitle: 'The originals are not where they were',
  unreachableText: (place: string): string =>
    `Put them back to ${place}, or add the data again. Small pictures may be missing until then.`,
  filters: 'Filters',
  hideFilters: 'Hide filters',
  showFilters: 'Show filters',
  search: 'Search names and texts',
  labels: 'Labels',
  findLabel: 'Find a label',
  allLabels: (count: string): string => `Show all ${count}`,
  fewerLabels: 'Show fewer',
  splits: 'Train and test',
  aside: 'Set aside',
  asideChoices: { hide: 'Not shown', show: 'Shown too', only: 'Only these' },
  duplicates: 'Duplicates',
  duplicateChoices: { all: 'All items', only: 'Only duplicates' },
  showing: (count: string, all: string): string => `${count} of ${all}`,
  noneMatch: (all: string): string => `0 of ${all} match`,
  noneMatchText: 'No item fits all the filters.',
  view: 'View',
  gallery: 'Gallery',
  table: 'Table',
  selected: (count: string): string => `${count} selected`,
  selectAll: (count: string): string => `Select all ${count}`,
  clearSelection: 'Clear selection',
  setAside: 'Set aside',
  restore: 'Take back',
  didSetAside: (count: string): string => `${count} set aside.`,
  didRestore: (count: string): string => `${count} taken back.`,
  confirmAside: (count: string): string => `Set ${count} aside?`,
  confirmAsideText:
    'They are left out of every new run. Nothing is deleted, and they can be taken back at any time.',
  classBars: 'Items per label',
  classTable: 'Labels',
  classColumns: { name: 'Label', count: 'Items', share: 'Share', train: 'Train', test: 'Test' },
  noClasses: 'No labels',
  noClassesText: 'This data has no label column. Choosing by similarity still works.',
  biggest: (name: string, share: string): string =>
    `The most frequent label is “${name}” with ${share} of the items.`,
  columnTable: 'Columns',
  columnColumns: {
    name: 'Column',
    type: 'Holds',
    role: 'Used as',
    distinct: 'Different values',
    missing: 'Empty'
  },
  types: { text: 'Text', number: 'Number', category: 'Category', 'yes-no': 'Yes/No' },
  noColumns: 'No columns',
  noColumnsText: 'Picture data has no columns of its own.',
  problemsNone: 'Everything could be read',
  problemsNoneText: 'No file or row was skipped.',
  problemsFailed: 'The list could not be loaded',
  problemsSave: 'Save the list',
  problemsSome: (count: string): string =>
    `${count} could not be read and were left out. The rest is complete.`,
  about: {
    kind: 'Kind',
    format: 'Read from',
    place: 'Place',
    storage: 'Originals',
    storageLink: 'Read where they are',
    storageCopy: 'Copied into the project',
    size: 'Size',
    added: 'Added',
    items: 'Items',
    train: 'Train items',
    test: 'Test items',
    duplicates: 'Exact duplicates',
    missingLabels: 'Without a label',
    skipped: 'Not readable',
    setAside: 'Set aside',
    fingerprint: 'Fingerprint of the data'
  }
} as const

/** Choosing a file or folder in the page. */
export const browser = {
  titles: {
    import: 'Choose data',
    project: 'Choose a project',
    'new-project-place': 'Choose where the project goes',
    'export-place': 'Choose where the export goes',
    verify: 'Choose an exported folder'
  },
  places: 'Places',
  entries: 'Files and folders',
  up: 'One level up',
  newFolderName: 'Name of the new folder',
  create: 'Create',
  useThis: 'Use this folder',
  openProject: 'Open this project',
  choose: 'Choose',
  empty: 'This folder is empty.',
  cut: 'This folder holds more than can be listed. Search narrows it down.',
  filter: 'Find in this folder',
  failed: 'This folder could not be opened',
  noRoots: 'No folder is open to the app',
  noRootsText: 'Start the app with the folder that holds your data: --root FOLDER.',
  project: 'Winnow project',
  columns: { name: 'Name', size: 'Size', changed: 'Changed' }
} as const
