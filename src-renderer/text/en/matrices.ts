// Words of number files computed elsewhere and joined to a dataset.
import type { MatrixUse } from '@api/dto/matrices.ts'

const uses: Readonly<Record<MatrixUse, string>> = {
  fingerprints: 'Similarity fingerprints',
  gradients: 'Learning directions'
}

/** Joined number files. */
export const matrices = {
  title: 'Computed elsewhere',
  text: 'Fingerprints or learning directions another program made for these items, one row for each item in the same order.',
  join: 'Join a file',
  emptyTitle: 'Nothing joined',
  emptyText:
    'Items are compared by fingerprints made by Winnow. A file with your own can be joined.',
  failedTitle: 'The list could not be loaded',
  list: 'Joined files',
  uses,
  ofTask: (use: string, task: string): string => `${use} for “${task}”`,
  size: (rows: string, columns: string, type: string, bytes: string): string =>
    `${rows} × ${columns}, ${type}, ${bytes}`,
  linked: 'read where it is',
  copied: 'copied into the project',
  lostTitle: 'Not where it was',
  lostText: 'The file is gone or has changed since. Put it back, or remove it and join it again.',
  inUse: 'Items are compared by this',
  useThis: 'Compare items by this',
  useOwn: 'Use Winnow’s own',
  ownInUse: 'Items are compared by fingerprints made by Winnow.',
  nowThis: (name: string): string => `Items are compared by “${name}” now.`,
  nowOwn: 'Items are compared by fingerprints made by Winnow now.',
  removeTitle: (name: string): string => `Remove “${name}”?`,
  removeLinked: 'It leaves the project. The file itself stays where it is.',
  removeCopied: (bytes: string): string =>
    `The copy inside the project (${bytes}) is deleted. The file it was made from is not touched.`,
  removeInUse: 'Items are compared by fingerprints made by Winnow from then on.',
  removed: (name: string): string => `“${name}” was removed.`,
  working: 'Joining',
  cancelled: 'Joining was cancelled. Nothing was changed.',
  dialog: {
    title: 'Join a file computed elsewhere',
    text: 'NPY, NPZ, safetensors, or a PT file that holds nothing but numbers. Nothing in it is run.',
    pick: 'Choose a file',
    pickOther: 'Choose another file',
    reading: 'Looking into the file',
    failed: 'This could not be read',
    which: 'Which numbers',
    none: 'Nothing in this file fits this dataset.',
    shape: (shape: string, type: string, bytes: string): string => `${shape}, ${type}, ${bytes}`,
    whole: 'All of the file',
    name: 'Name',
    nameMissing: 'Give it a name.',
    use: 'What they are',
    fingerprintsText: 'Items that are alike have rows that are alike.',
    gradientsText:
      'How each item would change a model for one task. Called gradients in training code.',
    task: 'Task they belong to',
    taskHelp: 'One file for each task, for choosing what helps that task.',
    taskMissing: 'Say which task they belong to.',
    storage: 'Where the file stays',
    link: 'Read it where it is',
    linkText: 'No extra space. The file must stay in its place.',
    copy: 'Copy it into the project',
    copyText: (bytes: string): string => `Takes ${bytes} more.`,
    start: (rows: string): string => `Join ${rows}`,
    started: (name: string): string => `“${name}” is being joined.`
  }
} as const
