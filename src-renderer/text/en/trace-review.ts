// Words of the screen on which one attempt of an agent is reviewed.
import type { DetailLevel } from '../../stores/trace-review-reading.ts'
import type { ReviewCommand } from '../../stores/trace-review-keys.ts'
import type { PlausibleStep } from '@api/dto/trace-graphs.ts'
import type { StepMark, Verdict } from '@api/dto/trace-reviews.ts'
import type { CorrectionPlayer } from '@api/dto/trace-runner.ts'
import type { TraceEventKind, TraceStepView } from '@api/dto/trace-sets.ts'
import type { SuggestionTier, TraceOutcome } from '@api/dto/traces.ts'
import { formatCount, formatNumber, formatPoints } from '../format.ts'

/** "step 4": steps are counted from 1 for people. */
const stepName = (index: number): string => `step ${formatNumber(index + 1)}`

/** The screen and its head. */
export const review = {
  title: 'Review',
  place: (at: string, of: string): string => `${at} of ${of}`,
  left: (time: string): string => `${time} left`,
  allDone: 'all reviewed',
  saved: 'saved',
  saving: 'saving',
  notSaved: 'Not saved',
  notSavedWhy: (why: string, waiting: number): string =>
    `Not saved: ${why} ${formatCount(waiting, 'change')} ${waiting === 1 ? 'waits' : 'wait'}.`,
  leaveOut: 'Leave this change out',
  single: 'Review outside a queue',
  questions: 'Change the questions',
  secondLook: 'Second look',
  blind: 'Blind',
  blindHelp: 'Names, outcomes and suggestions show once this review is done.',
  why: (reason: string): string => `Here because: ${reason}`,
  states: { draft: 'Begun', done: 'Done', skipped: 'Put off' },
  done: 'Done and next',
  doneSingle: 'Done',
  putOff: 'Put off',
  reopen: 'Change this review',
  report: 'See the report',
  finished: 'All attempts of this queue are reviewed.',
  emptyQueue: 'This queue has no attempts',
  emptyQueueText: 'No attempt fitted its plan, or all of them were removed.',
  removed: 'This attempt cannot be opened',
  next: 'Next attempt',
  loading: 'Opening the attempt',
  notDone: 'Not done yet',
  readOnly: 'This project is open for reading only: marks are not kept.',
  leaveTitle: 'Leave with changes that are not saved?',
  leaveText: (waiting: number): string =>
    `${formatCount(waiting, 'change')} of this review could not be saved.`,
  leave: 'Leave',
  stay: 'Stay',
  nothing: {
    'no-error': 'No error further that way.',
    'no-finding': 'No finding further that way.',
    'no-sibling': 'No other attempt at this task was solved.',
    hidden: 'This is hidden until the review is done.'
  },
  outcomes: {
    pass: 'Passed',
    fail: 'Failed',
    partial: 'Partly',
    unknown: 'Outcome not known'
  } satisfies Record<TraceOutcome, string>,
  hiddenOutcome: 'Outcome hidden',
  keyWith: (label: string, key: string): string => `${label} (${key})`
} as const

/** The list of steps on the left. */
export const stepList = {
  title: 'Steps',
  count: (shown: number): string => formatCount(shown, 'step'),
  showAbandoned: (count: number): string =>
    `Show abandoned tries and helpers (${formatNumber(count)})`,
  none: 'No steps',
  noneText: 'The agent decided nothing in this log. Read the events and judge the whole.',
  kinds: { call: 'Tool call', talk: 'Said', thought: 'Thought' } satisfies Record<
    TraceStepView['kind'],
    string
  >,
  error: 'error',
  refused: 'reads like a refusal',
  repeats: (count: number): string => `same call ×${formatNumber(count)}`,
  lane: (lane: number): string => `side line ${formatNumber(lane)}`,
  firstWrong: 'first mistake',
  decisive: 'decisive mistake',
  corrected: 'corrected',
  findings: (count: number): string => formatCount(count, 'finding'),
  marks: {
    good: 'good',
    bad: 'bad',
    neutral: 'neither good nor bad',
    recovered: 'recovered',
    irrelevant: 'does not matter'
  } satisfies Record<StepMark, string>,
  map: 'Where errors, changes and marks are'
} as const

/** The events in the middle. */
export const transcript = {
  title: 'Events',
  goal: 'Task',
  search: 'Find in this attempt',
  searchPlaceholder: 'Find',
  hits: (at: string, total: string): string => `${at} of ${total}`,
  noHits: 'Not found',
  searching: 'Looking',
  nextHit: 'Next place',
  previousHit: 'Previous place',
  kinds: 'Kinds',
  kindsTitle: 'Show these kinds',
  kindsHidden: (count: number): string => `Kinds (${formatNumber(count)} hidden)`,
  showAll: 'Show all kinds',
  nothing: 'Nothing to show',
  nothingText: 'All kinds of events in this attempt are hidden.',
  level: 'Detail',
  levels: { whole: 'Everything', short: 'Short', outline: 'Outline' } satisfies Record<
    DetailLevel,
    string
  >,
  diff: 'Show what changed',
  warnings: 'About this log',
  event: (seq: string, kind: string): string => `Event ${seq}: ${kind}`,
  eventKinds: {
    system: 'Instructions',
    user: 'User',
    assistant: 'Agent',
    thought: 'Thought',
    'tool-call': 'Tool call',
    'tool-result': 'Result',
    observation: 'Screen',
    score: 'Score',
    error: 'Error',
    state: 'State',
    info: 'Note of the log'
  } satisfies Record<TraceEventKind, string>,
  hiddenScore: 'The score is hidden until the review is done.',
  failed: 'These events could not be read',
  empty: 'Nothing was written here.',
  noArguments: 'No arguments',
  longArguments: (size: string): string => `Show the arguments (${size})`,
  moreLines: (count: string): string => `Show ${count} more lines`,
  fewerLines: 'Fold',
  showRest: (size: string): string => `Show all ${size}`,
  showMore: (size: string, left: string): string => `Show ${size} more (${left} left)`,
  partFailed: (why: string): string => `The rest could not be read: ${why}`,
  unchanged: 'Nothing changed since the one before.',
  tooDifferent: 'Too much changed to show it line by line.',
  same: (lines: string): string => `${lines} equal lines`,
  added: 'added',
  gone: 'gone',
  page: 'Page as the agent saw it',
  pageNote: 'Drawn without its scripts, styles and links.',
  picture: (name: string): string => `Picture ${name}`,
  pictureFailed: 'This picture cannot be shown.',
  file: (name: string, size: string): string => `${name} (${size})`,
  unnamed: 'without a name',
  showFile: 'Show',
  here: (index: number): string => `Step ${formatNumber(index + 1)}`,
  copy: 'Copy',
  fold: 'Fold',
  unfold: 'Unfold',
  time: (text: string): string => `after ${text}`
} as const

/** A structured value. */
export const tree = {
  label: 'Arguments',
  items: (count: number): string => formatCount(count, 'entry', 'entries'),
  more: (count: string): string => `Show ${count} more`,
  empty: 'empty',
  yes: 'yes',
  no: 'no',
  nothing: 'nothing'
} as const

/** The form on the right. */
export const rubric = {
  title: 'Your review',
  verdict: 'Did it succeed?',
  verdicts: {
    pass: 'Yes',
    fail: 'No',
    partial: 'Partly',
    unsure: 'Unsure'
  } satisfies Record<Verdict, string>,
  steps: 'Mistakes',
  at: (index: number): string => `Step ${formatNumber(index + 1)}`,
  here: (index: number): string => `Marks for ${stepName(index)}`,
  firstWrong: 'First mistake',
  decisive: 'Decisive mistake',
  notMarked: 'not marked',
  takeBack: (what: string): string => `Take back: ${what}`,
  noneWrong: 'No step is wrong; the task or its check is',
  good: 'Good',
  bad: 'Bad',
  recovered: 'Recovered',
  decisiveShort: 'Decisive',
  correctShort: 'Correct it',
  correctedShort: 'Corrected',
  confidence: 'How sure are you?',
  confidences: ['Guess', 'Fairly sure', 'Certain'],
  keep: 'Keep for training?',
  keeps: { yes: 'Yes', no: 'No', unsure: 'Unsure' },
  questions: 'Questions',
  required: 'needed',
  answerUnsure: 'Unsure',
  scale: (value: number): string => `${value} of 5`,
  reasons: 'Why not?',
  tags: 'Tags',
  addTag: 'Add a tag',
  tagTitle: 'Tags',
  tagFor: 'For',
  tagWhole: 'the whole attempt',
  tagStep: (index: number): string => stepName(index),
  newTag: 'A tag of your own',
  removeTag: (tag: string): string => `Remove the tag “${tag}”`,
  stepTag: (tag: string, index: number): string => `${tag} (${stepName(index)})`,
  note: 'Note',
  stepNote: (index: number): string => `Note on ${stepName(index)}`,
  flag: 'Flag for later',
  undo: (what: string): string => `Undo: ${what}`,
  redo: (what: string): string => `Redo: ${what}`,
  undoNone: 'Nothing to undo',
  redoNone: 'Nothing to redo'
} as const

/** How sure a suggestion is, and what it rests on. */
type Confidence = 'high' | 'medium' | 'low'
const confidences: Readonly<Record<Confidence, string>> = {
  high: 'Strong grounds',
  medium: 'Some grounds',
  low: 'A guess'
}
const tiers: Readonly<Record<SuggestionTier, string>> = {
  writes: 'Compared with solved attempts: what they changed, and what this one did.',
  tree: 'Compared with solved attempts: where this one left their way.',
  alignment: 'Compared with the solved attempt most like it.',
  error: 'No solved attempt of this task exists: a guess from the first error.',
  position: 'No solved attempt and no error: a guess from where mistakes usually are.'
}

function rankSentence(rank: number | null): string {
  if (rank === null) return 'No successful attempt did this here.'
  return rank === 1
    ? 'What successful attempts most often did here.'
    : `Choice number ${formatNumber(rank)} of successful attempts here.`
}

/** What is suggested without a model, and what other people said. */
export const suggestion = {
  title: 'Suggestion',
  ask: 'Show the suggestion',
  askHelp: 'Made by rules, without a model. That you saw it is kept with the review.',
  asking: 'Looking for the first mistake',
  failed: 'The suggestion could not be made',
  at: (index: number): string => `First mistake: ${stepName(index)}`,
  go: 'Go there',
  accept: 'Accept',
  dismiss: 'Dismiss',
  accepted: 'Accepted',
  dismissed: 'Dismissed',
  none: 'No suggestion',
  plain: (index: number): string => `The plain rule beside it says ${stepName(index)}.`,
  grounds: ({ tier, confidence }: { tier: SuggestionTier; confidence: Confidence }): string =>
    `${confidences[confidence]}. ${tiers[tier]}`,
  plausible: ({ rank, isKnown, advantage }: PlausibleStep): string => {
    if (!isKnown) return 'No successful attempt was ever here.'
    const moved =
      Math.abs(advantage) < 0.05
        ? ''
        : ` It changed the share that succeeds from here by ${formatPoints(advantage, 0)}.`
    return `${rankSentence(rank)}${moved}`
  },
  usual: 'How usual it is:',
  others: 'Reviews by others',
  othersFailed: 'Other reviews could not be read',
  byReviewer: (name: string): string => `By ${name}`,
  earlier: (pass: number): string => `Look ${formatNumber(pass)}`,
  noVerdict: 'No verdict'
} as const

/** A language model on this computer, asked about an attempt. */
export const reviewModel = {
  title: 'A model on this computer',
  none: 'A language model that runs on this computer can be asked as well. None is set up.',
  setUp: 'Set up a model',
  change: 'Change the model',
  ask: (name: string): string => `Ask ${name}`,
  look: 'Read the question first',
  looking: 'Putting the question together',
  asking: (name: string): string => `Waiting for ${name}`,
  failed: 'The model could not be asked',
  step: (index: number): string => `First mistake: ${stepName(index)}`,
  noStep: 'It finds no wrong step.',
  refused: 'The answer cannot be used',
  instead: 'It would have done:',
  confidence: {
    low: 'It says that it guesses.',
    medium: 'It says that it is fairly sure.',
    high: 'It says that it is sure.'
  } satisfies Record<Confidence, string>,
  doubt: 'A draft to check: models often name a step nearby.',
  kept: 'Asked before; nothing was sent this time.',
  soFar: (exact: number, near: number, marks: number): string =>
    marks === 0
      ? 'Not yet held against anybody\u2019s own marks.'
      : `So far it named the marked step in ${formatNumber(exact)} of ${formatCount(marks, 'attempt')}, and one at most one step away in ${formatNumber(near)}.`,
  takeStep: 'Mark this step',
  stepTaken: 'Marked',
  takeCorrection: 'Take the correction',
  correctionTaken: 'Taken',
  words: 'Read question and answer',
  wordsTitle: 'Question and answer',
  wordsHelp: 'Exactly as they are sent and received.',
  leftOut: 'Not in the question',
  instructions: 'Instructions',
  question: 'Question',
  answer: 'Answer',
  notAsked: 'Not asked yet: nothing was sent.',
  took: (time: string): string => `It took ${time}.`,
  dialogTitle: 'A model for suggestions',
  dialogText:
    'When you ask, the task and the log of the attempt go to a server at the address below. Only addresses on this computer are accepted. Every question and answer is kept in the project folder.',
  allow: 'Let me ask a model on this computer',
  address: 'Address of the model',
  addressHelp: 'That of an OpenAI-compatible server on this computer',
  name: 'Name of the model',
  size: 'Most characters of a question',
  sizeHelp:
    'Longer logs are shortened, and the question says where. Four characters are about one unit a model reads.',
  save: 'Save'
} as const

/** A correction that is tried on the page. */
export const tries = {
  start: 'Try this correction',
  help: 'Plays the page up to this step, does what the correction says, and goes on. It becomes another attempt at this task.',
  needsFolder: 'You will be asked for the folder of the pages.',
  player: 'Who goes on',
  players: {
    same: 'Whoever played before',
    script: 'A script that knows the task',
    chance: 'Chance'
  } satisfies Record<CorrectionPlayer, string>,
  running: 'Playing the page',
  waiting: 'Waiting for other work to end',
  stop: 'Stop',
  failed: 'The correction could not be tried',
  solved: (trial: number): string => `Attempt ${formatNumber(trial + 1)} solved the task.`,
  notSolved: (trial: number): string =>
    `Attempt ${formatNumber(trial + 1)} did not solve the task.`,
  beside: 'Side by side'
} as const

/** What the agent should have done instead. */
export const correction = {
  title: (index: number): string => `What should have happened at ${stepName(index)}`,
  which: 'Instead of',
  verb: 'Tool',
  say: 'Say something',
  text: 'What it should have said',
  fields: 'Arguments',
  noFields: 'This tool was called without arguments.',
  add: 'Add an argument',
  addEntry: 'Add an entry',
  fieldName: 'Name of the argument',
  kind: 'Kind',
  kinds: {
    text: 'Text',
    number: 'Number',
    'yes-no': 'Yes or no',
    list: 'List',
    group: 'Group',
    nothing: 'Nothing'
  },
  entry: (position: number): string => `Entry ${formatNumber(position + 1)}`,
  removeField: (name: string): string => `Remove ${name}`,
  notANumber: 'Write a number.',
  noText: 'Write what it should have said.',
  thought: 'What it should have thought before',
  why: 'Why',
  save: 'Keep the correction',
  remove: 'Remove the correction',
  unreadable: 'The arguments of this call could not be read',
  before: (text: string): string => `Was: ${text}`,
  changed: 'changed'
} as const

/** Attempts at the same task. */
export const siblings = {
  title: 'Attempts at this task',
  attempt: (trial: number): string => `Attempt ${formatNumber(trial + 1)}`,
  steps: (count: number): string => formatCount(count, 'step'),
  this: 'this one',
  compare: 'Side by side',
  compareWith: (trial: number): string => `Side by side with attempt ${formatNumber(trial + 1)}`,
  close: 'Back to the events',
  title2: (trial: number, outcome: string): string =>
    `Attempt ${formatNumber(trial + 1)} · ${outcome}`,
  thisTitle: (outcome: string): string => `This attempt · ${outcome}`,
  failed: 'The attempts could not be compared',
  loading: 'Comparing',
  equal: 'Both took the same steps.',
  relations: {
    same: 'same',
    'other-arguments': 'other arguments',
    different: 'different',
    'left-only': 'only here',
    'right-only': 'only there'
  },
  first: 'First difference',
  toFirst: 'Go to the first difference',
  missing: 'no such step',
  absent: 'not given'
} as const

/** What each key does, on its button and on the sheet. */
export const commandWords: Readonly<Record<ReviewCommand, string>> = {
  'step-next': 'Next step',
  'step-previous': 'Previous step',
  'finding-next': 'Next finding',
  'finding-previous': 'Previous finding',
  'error-next': 'Next error',
  'error-previous': 'Previous error',
  'trace-next': 'Next attempt',
  'trace-previous': 'Previous attempt',
  'first-step': 'First step',
  'last-step': 'Last step',
  search: 'Find in this attempt',
  kinds: 'Choose kinds of events',
  detail: 'More or less detail',
  pass: 'It succeeded',
  fail: 'It failed',
  partial: 'It partly succeeded',
  unsure: 'Unsure',
  'first-wrong': 'First mistake here',
  decisive: 'Decisive mistake here',
  recovered: 'Recovered here',
  good: 'Good step',
  bad: 'Bad step',
  'none-wrong': 'No step is wrong',
  correct: 'Correct the action',
  tag: 'Add a tag',
  note: 'Write a note',
  flag: 'Flag for later',
  keep: 'Keep for training: yes, no, unsure',
  questions: 'Go to the questions',
  accept: 'Show, then accept the suggestion',
  dismiss: 'Dismiss the suggestion',
  compare: 'Side by side with the best attempt',
  undo: 'Undo',
  redo: 'Redo',
  done: 'Done and next',
  'put-off': 'Put off and next',
  cancel: 'Close, leave a field',
  keys: 'This sheet'
}

/** The sheet of keys. */
export const reviewKeys = {
  title: 'Keys of the review',
  help: 'Single keys rest while you type. Press a key’s button to give it another.',
  press: 'Press the new key',
  change: (what: string, key: string): string => `${what}: ${key}. Change the key`,
  taken: 'This key cannot be used here.',
  swapped: (what: string, key: string): string => `${what} now has ${key}.`,
  restore: 'Restore the usual keys',
  groups: {
    move: 'Moving',
    read: 'Reading',
    judge: 'Judging',
    rest: 'Review'
  },
  also: 'Arrow keys move between steps, too.'
} as const
