// Things that screens count, one and many of them. Screens say `countOf(3, 'item')` (text/nouns.ts).

/** One and many. */
export const nouns = {
  attempt: ['attempt', 'attempts'],
  change: ['change', 'changes'],
  conversation: ['conversation', 'conversations'],
  correction: ['correction', 'corrections'],
  entry: ['entry', 'entries'],
  failedAttempt: ['failed attempt', 'failed attempts'],
  failure: ['failure', 'failures'],
  file: ['file', 'files'],
  fileOrAttempt: ['file or attempt', 'files or attempts'],
  fileOrRow: ['file or row', 'files or rows'],
  item: ['item', 'items'],
  label: ['label', 'labels'],
  pass: ['pass', 'passes'],
  question: ['question', 'questions'],
  review: ['review', 'reviews'],
  row: ['row', 'rows'],
  step: ['step', 'steps'],
  task: ['task', 'tasks']
} as const
