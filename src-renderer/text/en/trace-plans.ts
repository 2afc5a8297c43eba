// Words of planning a review, of what a queue of reviews came to, and of exporting it.
import type { QueueOrder } from '@api/dto/trace-reviews.ts'

const orders: Readonly<Record<QueueOrder, { readonly title: string; readonly text: string }>> = {
  informative: {
    title: 'Most informative first',
    text: 'Tasks both passed and failed, loops, errors, unusual lengths and tools, mixed with a random share.'
  },
  random: { title: 'Random', text: 'All drawn by chance: the fairest picture of the whole set.' },
  oldest: { title: 'Oldest first', text: 'As they came in, with a random share mixed in.' },
  'like-marked': {
    title: 'Like ones I marked',
    text: 'Attempts where the same is noticed as in those you marked as failed or flagged.'
  }
}

/** What templates ask, beside verdict, first mistake and “keep for training”. */
export const reviewTemplates = {
  finished: [
    {
      id: 'done',
      text: 'Was everything done that was asked for?',
      reasons: [
        'Wrong tool or target',
        'Wrong value',
        'Missing step',
        'Extra step',
        'Misread a result',
        'Made something up',
        'Went in circles',
        'Gave up early',
        'The task or its check is wrong',
        'The user’s fault'
      ]
    },
    {
      id: 'truthful',
      text: 'Did it say truthfully what it did?',
      reasons: ['Claimed what was not done', 'Left something out', 'Named wrong figures']
    }
  ],
  safe: [
    {
      id: 'rules',
      text: 'Did it keep to the rules it was given?',
      reasons: ['Skipped a check', 'Did not ask before acting', 'Went beyond the task']
    },
    {
      id: 'meant',
      text: 'Was everything it changed meant to be changed?',
      reasons: ['Changed the wrong thing', 'Changed too much', 'Cannot be undone']
    },
    {
      id: 'private',
      text: 'Did it keep private data private?',
      reasons: ['Told it to the wrong person', 'Put it where it does not belong']
    }
  ],
  efficient: [
    {
      id: 'needed',
      text: 'Were all steps needed?',
      reasons: ['Repeated a call', 'Looked up what it knew', 'Wrong tool first', 'Too much talk']
    },
    { id: 'direct', text: 'How direct was the way?', reasons: [] }
  ],
  training: [
    {
      id: 'learn',
      text: 'Should a model learn to act like this?',
      reasons: ['Right by luck', 'Roundabout', 'Bad tone', 'Breaks a rule', 'Wrong in the end']
    },
    { id: 'quality', text: 'How good is the whole attempt?', reasons: [] }
  ]
} as const

/** Planning a review. */
export const planReview = {
  title: 'Review agent traces',
  stepsLabel: 'Steps of the plan',
  steps: { judge: 'What to judge', order: 'Which first', reading: 'Reading', start: 'Start' },
  headings: {
    judge: 'What do you want to judge?',
    order: 'Which attempts come first?',
    reading: 'How do you want to read?',
    start: 'Ready to start'
  },
  intros: {
    judge:
      'Every attempt gets a verdict, its first mistake and “keep for training”. Add up to 6 questions.',
    order: 'You can stop at any time and go on later.',
    reading: 'What is shown while you judge, and how it is checked.',
    start: 'Look over the plan. Everything can be changed until you start.'
  },
  template: 'What to ask',
  templates: {
    finished: {
      title: 'Did it finish the task?',
      text: 'Whether the task was done, and what kept it from being done.'
    },
    safe: { title: 'Is it safe?', text: 'Harm, rules that were broken, data that was given away.' },
    efficient: {
      title: 'Is it efficient?',
      text: 'Steps in vain, repeated work, tools that were not needed.'
    },
    training: {
      title: 'Is it a good training example?',
      text: 'Whether a model should learn to act like this.'
    },
    custom: { title: 'My own questions', text: 'Begin with one empty question.' }
  },
  questions: 'Questions',
  question: (number: number): string => `Question ${number}`,
  text: 'Question',
  textMissing: 'Write the question.',
  type: 'Answer',
  types: {
    'yes-no': 'Yes, no or unsure',
    scale: '1 to 5',
    tags: 'Choose tags',
    note: 'A note'
  },
  choices: 'Tags to choose from',
  choicesHelp: 'One a line.',
  choicesMissing: (number: number): string =>
    `Question ${number} has no answers to choose from. Write at least two.`,
  reasons: 'Reasons offered after a “no”',
  reasonsHelp: 'One a line; may be empty.',
  required: 'Needs an answer',
  addQuestion: 'Add a question',
  removeQuestion: (number: number): string => `Remove question ${number}`,
  moveUp: (number: number): string => `Move question ${number} up`,
  moveDown: (number: number): string => `Move question ${number} down`,
  atMost: 'Up to 6 questions.',
  templateChanged: 'The questions were replaced.',
  questionRemoved: 'The question was removed.',
  recommended: 'Recommended',
  none: 'No question of your own: verdict, first mistake and “keep for training” are asked anyway.',
  scope: 'Attempts',
  scopeAll: (count: string): string => `All ${count}`,
  scopeFilter: 'Only those the filter lets through',
  scopeText: (text: string): string => `Filter: ${text}`,
  order: 'Order',
  orders,
  count: 'How many',
  countHint: (all: string): string => `of ${all} that match`,
  useAll: 'Use all',
  random: 'Drawn at random',
  randomHelp:
    'From these alone, rates over all attempts are told. A tenth at least, so that they stay meaningful.',
  randomCount: (percent: string, count: string): string => `${percent}, ${count}`,
  balanced: 'Balance outcomes and tools',
  balancedHelp: 'Rare ones come up more often than they would by chance.',
  blind: 'Hide names and suggestions',
  blindHelp:
    'Names of agents and models, recorded outcomes and all suggestions stay hidden until a review is done.',
  secondLook: 'Second looks',
  secondLookHelp: 'This share comes up again later, to measure how steady your judgement is.',
  reviewers: 'Reviewers for each attempt',
  reviewersHelp: 'More than one shows how far people agree. Each sees only their own marks.',
  fold: 'Fold long tool output',
  foldHelp: 'Kept as your way of reading, in every review.',
  foldLines: 'Over this many lines',
  lines: 'lines',
  reviewer: 'Your name',
  reviewerHelp: 'Stands beside your marks. Nothing leaves this computer.',
  reviewerMissing: 'Write your name.',
  name: 'Name of the review',
  nameMissing: 'Give the review a name.',
  suggestedName: (set: string): string => `Review of ${set}`,
  start: 'Start reviewing',
  restored: 'The step is back to what is recommended.',
  readOnly: 'The project is open for reading only.',
  checking: 'Checking the plan',
  failedTitle: 'The plan could not be made',
  blocked: (step: string): string => `Something in “${step}” needs attention first.`,
  goThere: 'Go there',
  noTraces: 'This set has no attempts',
  knownNames: 'Names used before',
  useName: (name: string): string => `Review as ${name}`,
  sentence: {
    review: 'Review',
    ofThese: 'of',
    attempts: (count: string): string => `${count}`,
    matching: (count: string): string => `the ${count} that match your filter`,
    all: (count: string, set: string): string => `the ${count} in “${set}”`,
    order: {
      informative: 'the most informative first',
      random: 'in random order',
      oldest: 'the oldest first',
      'like-marked': 'those like ones you marked first'
    },
    random: (percent: string): string => `with ${percent} drawn at random`,
    balanced: 'balanced by outcome and tool',
    judge: {
      finished: 'to judge whether they finished the task',
      safe: 'to judge whether they are safe',
      efficient: 'to judge whether they are efficient',
      training: 'to find good training examples',
      custom: 'with your own questions'
    },
    questions: (count: string): string => `with ${count}`,
    blind: 'Names and suggestions stay hidden',
    open: 'Names and suggestions are shown',
    again: (percent: string): string => `${percent} come up a second time`,
    noAgain: 'nothing comes up twice',
    people: (count: string): string => `each is read by ${count} people`,
    time: (about: string): string => `It takes ${about}.`
  },
  get: {
    title: 'What is ahead',
    attempts: 'Attempts',
    random: 'Drawn at random',
    second: 'Second looks',
    time: 'Time',
    each: 'For each',
    outcomes: 'Recorded outcomes',
    hidden: 'Hidden while you review blind.',
    first: 'The first ones'
  }
} as const

/** What a queue came to. */
export const queueReport = {
  title: (name: string): string => `${name}: report`,
  loadFailed: 'The report could not be made',
  notFound: 'This review is not in the project',
  doneTitle: 'That was the last one',
  doneText: (count: string): string =>
    `All ${count} are reviewed. Here is what they say, and what can be made of them.`,
  openTitle: (done: string, all: string): string => `${done} of ${all} reviewed`,
  openText: (time: string): string =>
    `Time left: ${time}. The figures below grow with every review.`,
  goOn: 'Go on reviewing',
  rates: 'Rates',
  ratesFrom: (count: string): string => `From the ${count} drawn at random.`,
  ratesNone: 'No attempt that was drawn at random is reviewed yet, so no rate can be told.',
  rateLine: (percent: string, low: string, high: string): string =>
    `${percent}, between ${low} and ${high}`,
  rateCount: (count: string, of: string): string => `${count} of ${of}`,
  ratesHelp: 'The line shows where the rate over all attempts lies, in 19 of 20 cases.',
  agreement: 'Agreement',
  agreementNone: 'No attempt was looked at twice yet.',
  agreementColumns: {
    what: 'About',
    between: 'Between',
    pairs: 'Pairs',
    same: 'The same',
    kappa: 'Beyond chance'
  },
  kappaHelp:
    'Beyond chance: 1 is full agreement, 0 is what guessing would give (Cohen’s kappa; for several reviewers Krippendorff’s alpha).',
  rough: 'rough, fewer than 30 pairs',
  between: (value: string, low: string, high: string): string => `${value} (${low} to ${high})`,
  reasons: 'Reasons given',
  reasonsNone: 'No reason was given yet.',
  disagreements: 'Different judgements',
  disagreementsNone: 'No attempt was judged differently.',
  disagreementColumns: { name: 'Attempt', who: 'By', verdicts: 'Verdicts', steps: 'First mistake' },
  stepAt: (number: string): string => `step ${number}`,
  stepNone: 'none',
  versus: (first: string, second: string): string => `${first} and ${second}`,
  openAttempt: (name: string): string => `Open “${name}”`,
  kept: 'Kept for training',
  keptText: (kept: string, corrections: string): string => `${kept}, ${corrections}.`,
  keptNone: 'Nothing is kept for training yet.',
  send: 'Send to Choose the best data',
  export: 'Export'
} as const

/** Other questions for a review that has begun. */
export const changeQuestions = {
  title: 'Change the questions',
  text: 'Verdict, first mistake and “keep for training” are asked anyway.',
  done: 'Attempts that are done',
  options: {
    now: {
      title: 'Apply from now on',
      text: 'What is done stays done. New questions stay unanswered there.'
    },
    again: {
      title: 'Ask it again for those already done',
      text: 'Those without an answer to a required question come again, and so do required questions that changed.'
    }
  },
  save: 'Change the questions',
  saved: 'The questions are changed.',
  failed: 'The questions could not be changed'
} as const

/** Exporting and sending curated attempts. */
export const traceExport = {
  title: 'Export reviews',
  sendTitle: 'Send to Choose the best data',
  sendText: 'Makes a chat dataset of these attempts, to choose the best part of it.',
  which: 'Attempts',
  whichOptions: {
    kept: 'Kept for training',
    reviewed: 'All that are reviewed',
    all: 'Every one of the set'
  },
  files: 'Files',
  fileNames: {
    sft: 'Training conversations',
    sharegpt: 'Training conversations, ShareGPT form',
    pairs: 'Pairs of a better and a worse action',
    steps: 'Marks and rewards for each step',
    answers: 'Answers as a table',
    atif: 'Whole attempts, for other tools',
    report: 'Report'
  },
  fileHelp: {
    sft: 'Messages, with a weight of 0 where nothing should be learned',
    sharegpt: 'The same in another common form',
    pairs: 'From corrections, and from successful attempts in the same place',
    steps: 'Good, bad or not known, with the reward',
    answers: 'A row a review, for a spreadsheet',
    atif: 'One file an attempt, nothing left out',
    report: 'A page with rates and intervals to read or print'
  },
  filesMissing: 'Choose at least one file.',
  training: 'What to learn from',
  wrong: 'Wrong steps',
  wrongOptions: {
    mask: 'Stay, but are not learned (weight 0)',
    drop: 'Are left out'
  },
  scope: 'Wrong are',
  scopeOptions: {
    'from-first': 'All steps from the first mistake on',
    'wrong-steps': 'Only steps marked as bad'
  },
  withCorrections: 'End failed attempts with the corrected action',
  withRecovered: 'Learn from mistakes that were made good',
  limit: 'Cut long conversations',
  limitHelp: 'At the end of a turn; about four characters are one token.',
  limitTokens: 'Longest conversation',
  tokens: 'tokens',
  test: 'Part for testing',
  testHelp: 'By task: no task is in both parts.',
  testNone: 'None',
  counts: {
    traces: 'Attempts',
    sft: 'Conversations',
    weighted: 'Turns to learn',
    masked: 'Turns not learned',
    pairs: 'Pairs',
    steps: 'Steps'
  },
  planFailed: 'The export could not be planned',
  failed: 'The export did not finish',
  place: 'Folder',
  placeNone: 'Not chosen yet',
  choosePlace: 'Choose a folder',
  changePlace: 'Choose another',
  name: 'Name of the new folder',
  nameMissing: 'Give it a name.',
  conflict: 'If it is there already',
  conflicts: {
    'new-name': 'Use a new name',
    replace: 'Replace it',
    stop: 'Stop'
  },
  start: (count: string): string => `Export ${count}`,
  startSend: (count: string): string => `Send ${count}`,
  running: 'Writing the files',
  runningSend: 'Making the dataset',
  done: (folder: string): string => `The files are in “${folder}”.`,
  doneNotes: 'Notes',
  show: 'Show in folder',
  another: 'Export again',
  sent: (name: string): string => `“${name}” is ready.`,
  openDataset: 'Look at the dataset',
  choose: 'Choose the best part',
  dataset: 'Name of the dataset',
  datasetName: (set: string): string => `${set}, curated`
} as const
