// Words of the trace screens: sets and queues, adding traces, and one set.
import type { TraceSort } from '@api/dto/trace-sets.ts'
import type { ActionEffect, TraceOutcome } from '@api/dto/traces.ts'

const outcomes: Readonly<Record<TraceOutcome, string>> = {
  pass: 'Passed',
  fail: 'Failed',
  partial: 'Partly',
  unknown: 'Not known'
}
const effects: Readonly<Record<ActionEffect, string>> = {
  read: 'Reads',
  write: 'Changes something',
  talk: 'Talks to the user',
  think: 'Thinks',
  end: 'Ends the attempt',
  unknown: 'Not known'
}

/** The list of sets and queues, and words all trace screens share. */
export const traces = {
  title: 'Traces',
  add: 'Add traces',
  runner: 'Run an agent',
  outcomes,
  effects,
  outcomesLabel: (text: string): string => `Outcomes: ${text}`,
  outcomeCount: (name: string, count: string): string => `${name} ${count}`,
  sets: 'Trace sets',
  queues: 'Reviews',
  attempts: (count: string): string => `${count}`,
  facts: (attempts: string, tasks: string, steps: string): string =>
    `${attempts} at ${tasks}, ${steps}`,
  mixed: (count: string): string => `${count} both passed and failed`,
  reviewed: (done: string, all: string): string => `${done} of ${all} reviewed`,
  reviewedNone: 'None reviewed yet',
  deriving: 'Steps are being made anew',
  problems: (count: string): string => `${count} not readable`,
  openSet: (name: string): string => `Open “${name}”`,
  plan: 'Review',
  planSet: (name: string): string => `Plan a review of “${name}”`,
  emptyTitle: 'No traces yet',
  emptyText:
    'A trace is the log of one attempt of an agent at a task: what it was told, what it did, what came back.',
  opens: 'What can be opened',
  openKinds: [
    {
      id: 'chat',
      title: 'Chats with tool calls',
      text: 'In the form of OpenAI, Anthropic or ShareGPT, one conversation a line or a list.'
    },
    {
      id: 'bench',
      title: 'Results of test suites',
      text: 'tau-bench results, Inspect logs and Who&When files.'
    },
    {
      id: 'coders',
      title: 'Runs of coding agents',
      text: 'SWE-agent .traj files, OpenHands runs and Harbor logs.'
    },
    {
      id: 'spans',
      title: 'Telemetry of apps',
      text: 'OpenTelemetry and OpenInference records of model and tool calls.'
    },
    {
      id: 'browser',
      title: 'Browser sessions',
      text: 'Playwright trace.zip files and step lists of web agents.'
    },
    {
      id: 'other',
      title: 'Anything with messages in it',
      text: 'Other lists of records: you say which field holds what, with a live example.'
    }
  ],
  sample: 'Open the sample project',
  failedTitle: 'The trace sets could not be loaded',
  queuesFailed: 'The reviews could not be loaded',
  noQueues: 'No review yet',
  noQueuesText: 'Plan one from a trace set: what to judge, and which attempts come first.',
  queueProgress: (done: string, all: string): string => `${done} of ${all} done`,
  queueLeft: (time: string): string => `${time} left`,
  queueSkipped: (count: string): string => `${count} put off`,
  queueDone: 'Finished',
  queueOf: (set: string): string => `from “${set}”`,
  queueBar: (name: string): string => `Progress of “${name}”`,
  continue: 'Continue',
  begin: 'Begin',
  report: 'Report',
  continueQueue: (name: string): string => `Continue “${name}”`,
  reportOf: (name: string): string => `Report of “${name}”`,
  moreOf: (name: string): string => `More for “${name}”`,
  changeQuestions: 'Change the questions…',
  removeQueue: 'Remove the review',
  removeQueueTitle: (name: string): string => `Remove “${name}”?`,
  removeQueueText:
    'It leaves this list. The attempts, and everything that was marked in them, stay in the project.',
  queueRemoved: (name: string): string => `“${name}” was removed.`,
  underWay: 'Under way',
  stop: 'Stop',
  stopped: (name: string): string => `“${name}” is stopping. Nothing of it is kept.`,
  jobFailed: (name: string): string => `“${name}” did not work`
} as const

/** Adding traces. */
export const addTraces = {
  title: 'Add traces',
  intro: 'Choose logs of agents. You see what is in them before anything is kept.',
  readOnly: 'The project is open for reading only, so nothing can be added.',
  dropTitle: 'Drop files or folders here',
  dropText: 'Or choose them. Originals are only read; what is kept is a copy in the project.',
  chooseFile: 'Choose a file',
  chooseFolder: 'Choose a folder',
  addFile: 'Add a file',
  addFolder: 'Add a folder',
  sources: 'Chosen',
  removeSource: (name: string): string => `Do not add “${name}”`,
  reading: 'Reading',
  readingAgain: 'Reading again',
  readFailed: (name: string): string => `“${name}” could not be read`,
  secrets: 'Hide secrets',
  secretsHelp:
    'Keys, tokens, e-mail addresses and home folders are replaced before anything is stored.',
  secretsFound: (list: string): string => `Found so far: ${list}.`,
  secretsNone: 'None found in the part that was read.',
  secretsShown: (list: string): string => `Stored as they are: ${list}.`,
  secretCount: (kind: string, count: string): string => `${kind} ${count}`,
  mapTitle: 'Files that are not recognised',
  mapText: (count: string, all: string): string =>
    `${count} of ${all} are not traces Winnow recognises.`,
  mapTextAll: 'These are not traces Winnow recognises.',
  mapByHand: 'Map them by hand',
  skip: 'Skip',
  skipped: 'They are left out.',
  mapAnyway: 'Map them after all',
  mapping: 'Which field holds what',
  mappingHelp: 'Every change is tried at once on the example beside it.',
  mapReset: 'Back to the first proposal',
  noFields: 'No fields were found in these files, so they cannot be mapped.',
  fields: {
    messages: 'List of messages',
    role: 'Who speaks',
    text: 'What is said',
    toolName: 'Name of the tool',
    toolArguments: 'What the tool is given',
    toolResult: 'What the tool answers',
    time: 'Time',
    id: 'Name of the attempt',
    task: 'Task',
    outcome: 'Outcome'
  },
  fieldHelp: {
    messages: 'In most files, one list holds all messages of an attempt.',
    task: 'Attempts at the same task are compared with each other.',
    outcome: 'How the attempt ended.'
  },
  everyValue: 'Every record is one message',
  notThere: 'Not in these files',
  wholeValue: 'The record itself',
  fieldOption: (path: string, example: string): string => `${path}: ${example}`,
  passValues: 'These values mean passed',
  passNone: 'No value of this field is known yet. Add it below.',
  passAdd: 'Another value that means passed',
  rolesTitle: 'Who is who',
  roleGuess: 'As the name says',
  roleOf: (value: string): string => `“${value}” is`,
  roles: {
    system: 'The instructions',
    user: 'The user',
    assistant: 'The agent',
    tool: 'A tool’s answer',
    observation: 'What the agent saw',
    skip: 'Left out'
  },
  fieldList: 'Fields in these files',
  fieldColumns: { path: 'Field', kind: 'Holds', example: 'Example' },
  kinds: {
    text: 'Text',
    number: 'Number',
    'yes-no': 'Yes/No',
    list: 'List',
    object: 'Group of fields',
    empty: 'Nothing'
  },
  files: 'Files',
  file: {
    name: 'File',
    form: 'Form',
    found: 'Attempts',
    size: 'Size'
  },
  unknownForm: 'Not recognised',
  mappedForm: 'Mapped by hand',
  atLeast: (count: string): string => `at least ${count}`,
  moreFiles: (count: string): string => `and ${count} more`,
  example: 'The first attempt',
  exampleText: (steps: string, task: string): string => `${steps} · ${task}`,
  noExample: 'No attempt was found yet.',
  noExampleText: 'Choose other files, or say which field holds what.',
  outcomes: 'Outcomes',
  outcomePart: 'Counted in the part that was read.',
  noOutcome: 'No outcome field found. You can judge outcomes yourself.',
  who: {
    system: 'Instructions',
    user: 'User',
    assistant: 'Agent',
    thought: 'Thought',
    'tool-call': 'Calls',
    'tool-result': 'Answer of a tool',
    observation: 'Sees',
    score: 'Score',
    error: 'Error',
    state: 'State',
    info: 'Note'
  },
  nothingSaid: 'Nothing',
  into: 'Where to',
  newSet: 'A new trace set',
  addTo: (name: string): string => `Add to “${name}”`,
  name: 'Name of the trace set',
  nameMissing: 'Give the trace set a name.',
  nameTaken: 'Another trace set has this name.',
  nameDefault: 'Traces',
  start: (count: string): string => `Add ${count}`,
  startAbout: (count: string): string => `Add ${count} or more`,
  startPlain: 'Add traces',
  willNew: (count: string, name: string): string => `Adds ${count} as “${name}”.`,
  willAdd: (count: string, name: string): string => `Adds ${count} to “${name}”.`,
  nothingFound: 'No attempt was found, so there is nothing to add.',
  started: (name: string): string => `“${name}” is being added.`
} as const

const sorts: Readonly<Record<TraceSort, string>> = {
  added: 'Order of the files',
  task: 'Task',
  steps: 'Length',
  reward: 'Score',
  findings: 'Most noticed first',
  tokens: 'Tokens'
}

/** One trace set. */
export const traceSet = {
  tabs: {
    attempts: 'Attempts',
    tasks: 'Tasks',
    tools: 'Tools',
    suggestions: 'How good are suggestions',
    problems: 'Not readable'
  },
  tabsLabel: 'Parts of the trace set',
  notFound: 'This trace set is not in the project',
  notFoundText: 'It may have been removed, or it is still being added.',
  back: 'Back to Traces',
  review: 'Review',
  graph: 'Map of paths',
  addMore: 'Add more traces',
  export: 'Export',
  send: 'Send to Choose the best data',
  rename: 'Rename',
  renameTitle: 'Rename the trace set',
  nameField: 'Name',
  remove: 'Remove from the project',
  removeTitle: (name: string): string => `Remove “${name}”?`,
  removeText: (attempts: string): string =>
    `${attempts} leave the project. The files they were read from stay where they are.`,
  removeReviews: (count: string): string =>
    `So does everything that was marked in ${count}: verdicts, mistakes, corrections and notes.`,
  removed: (name: string): string => `“${name}” was removed.`,
  filters: 'Filters',
  hideFilters: 'Hide filters',
  showFilters: 'Show filters',
  search: 'Words in the attempts',
  count: (shown: string, all: string): string => `${shown} of ${all}`,
  facets: {
    outcome: 'Outcome',
    state: 'Review',
    verdict: 'Verdict',
    detector: 'Noticed',
    tool: 'Tool',
    agent: 'Agent',
    model: 'Model',
    tag: 'Tag',
    length: 'Length in steps',
    only: 'Only'
  },
  states: { none: 'Not begun', draft: 'Begun', done: 'Reviewed', skipped: 'Put off' },
  verdicts: { pass: 'Pass', fail: 'Fail', partial: 'Partly', unsure: 'Unsure' },
  mixedOnly: 'Tasks both passed and failed',
  withErrors: 'With errors',
  flagged: 'Flagged',
  from: 'from',
  upTo: 'up to',
  fires: (fails: string, passes: string): string => `on ${fails}, ${passes}`,
  facetsFailed: 'The filters could not be loaded',
  sort: 'Order',
  sorts,
  up: 'Smallest first',
  down: 'Largest first',
  columns: {
    name: 'Attempt',
    outcome: 'Outcome',
    steps: 'Steps',
    errors: 'Errors',
    findings: 'Noticed',
    reward: 'Score',
    state: 'Review'
  },
  table: 'Attempts',
  flag: 'Flagged',
  listFailed: 'The attempts could not be loaded',
  noneTitle: 'No attempt matches',
  noneText: 'Take back a filter to see more.',
  emptyTitle: 'No attempts',
  emptyText: 'Nothing in these files could be read as an attempt.',
  board: 'Tasks and their attempts',
  boardHelp: 'One row a task, one field an attempt. Arrows move, Enter opens.',
  boardCell: (task: string, trial: string, outcome: string, state: string): string =>
    `${task}, attempt ${trial}: ${outcome}, ${state}`,
  boardMore: 'Show more tasks',
  boardCount: (shown: string, all: string): string => `${shown} of ${all}`,
  boardFailed: 'The tasks could not be loaded',
  legendReviewed: 'Reviewed',
  passedOf: (count: string, all: string): string => `${count} of ${all}`,
  tools: {
    title: 'What each tool does',
    help: 'Winnow compares attempts by what they change. Names give a first guess; set it right where it is wrong.',
    table: 'Tools of this set',
    columns: { tool: 'Tool', calls: 'Calls', effect: 'What it does' },
    guess: 'Guess',
    backToGuess: 'Back to the guess',
    effectOf: (tool: string): string => `What ${tool} does`,
    none: 'No tool is called in this set',
    noneText: 'Attempts are compared by what the agent says.',
    ignored: 'Left out when calls are compared',
    ignoredHelp: 'What differs without meaning anything: prices, times, request ids.',
    noArguments: 'The tools of this set are given nothing.',
    orderFree: 'Lists are the same in any order',
    apply: 'Apply',
    changes: (count: string): string => `${count} to apply`,
    takeBack: 'Take back',
    applied: 'Steps and what was noticed are being made anew.',
    running: 'Making steps anew',
    failed: 'The tools could not be loaded',
    applyFailed: 'The new rules could not be applied'
  },
  score: {
    title: 'How good are suggestions',
    help: 'Where Winnow would look for the first mistake, against what reviewers marked without having seen it.',
    none: 'No marks to compare with yet',
    noneText:
      'Review some failed attempts with suggestions hidden and mark the first mistake. The comparison is made from these.',
    marks: (count: string): string => `From ${count} marked without seeing suggestions.`,
    few: 'With fewer than 30 marks these figures are rough.',
    table: 'Suggestions beside plain rules',
    columns: {
      rule: 'Rule',
      spoke: 'Says something about',
      exact: 'Same step',
      near: 'Within one step'
    },
    share: (percent: string, count: string, of: string): string => `${percent} (${count} of ${of})`,
    tiers: 'By what the suggestion rests on',
    tierColumns: { tier: 'Rests on', spoke: 'Says something about', exact: 'Same step' },
    detectors: 'What is noticed, and how often attempts failed then',
    detectorColumns: {
      name: 'Noticed',
      fails: 'Failed attempts',
      passes: 'Passed attempts',
      share: 'Failed, when noticed'
    },
    gold: 'Against the right solution that the log names',
    goldText: (count: string): string => `${count} have a known first mistake.`,
    goldColumns: { rule: 'Rule', hits: 'Right' },
    goldRules: {
      suggestions: 'Suggestions, same step',
      near: 'Suggestions, within one step',
      anyNewCall: 'First call no successful attempt made',
      prefixTree: 'Where it leaves all successful attempts',
      lastStep: 'The last step',
      usualPlace: 'Where mistakes usually are',
      random: 'Any step by chance'
    },
    failed: 'The comparison could not be made'
  },
  problems: {
    none: 'Everything could be read',
    noneText: 'No file and no attempt was left out.',
    some: (count: string): string => `${count} could not be read and were left out.`,
    table: 'What could not be read',
    columns: { where: 'Where', reason: 'Why' },
    failed: 'The list could not be loaded'
  }
} as const
