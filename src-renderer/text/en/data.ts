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
  jsonl: 'JSON lines',
  json: 'JSON list',
  parquet: 'Parquet table',
  xlsx: 'Excel workbook',
  arrow: 'Arrow table',
  'hf-folder': 'Hugging Face folder',
  npy: 'NPY numbers',
  npz: 'NPZ numbers',
  safetensors: 'Safetensors numbers',
  coco: 'Pictures with COCO labels',
  yolo: 'Pictures with YOLO labels',
  voc: 'Pictures with VOC labels'
}
const roles: Readonly<Record<ColumnRole, string>> = {
  text: 'This is the text',
  picture: 'This is the picture',
  chat: 'This is the conversation',
  label: 'This is the label',
  split: 'Says train or test',
  group: 'Keeps items together',
  id: 'Names the item',
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

/** The dataset page. */
export const dataset = {
  tabs: {
    items: 'Items',
    health: 'Health',
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
  tiny: 'Make a tiny training set',
  rename: 'Rename',
  renameTitle: 'Rename the dataset',
  remove: 'Remove from the project',
  removeTitle: (name: string): string => `Remove “${name}”?`,
  removeText: (items: string): string =>
    `The dataset with ${items} leaves the project. Your original files stay where they are.`,
  removeCopied: (size: string): string =>
    `The copy inside the project (${size}) is deleted. The files it was made from are not touched.`,
  removed: (name: string): string => `“${name}” was removed.`,
  unreachableTitle: 'The originals are not where they were',
  unreachableText: (place: string): string =>
    `Put them back to ${place}, or add the data again. Small pictures may be missing until then.`,
  filters: 'Filters',
  hideFilters: 'Hide filters',
  showFilters: 'Show filters',
  search: 'Search names and texts',
  asideChoices: { hide: 'Not shown', show: 'Shown too', only: 'Only these' },
  view: 'View',
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
  noColumns: 'No columns',
  noColumnsText: 'Picture data has no columns of its own.',
  problemsNone: 'Everything could be read',
  problemsNoneText: 'No file or row was skipped.',
  problemsFailed: 'The list could not be loaded',
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
