// Words of playing pages: which pages, who plays, how attempts went.
import type { TrialState } from '@api/dto/trace-runner.ts'
import { formatCount, formatNumber } from '../format.ts'

const states: Readonly<Record<TrialState, string>> = {
  correct: 'solved',
  cycle: 'went round in a loop',
  'no-change': 'changed nothing',
  incomplete: 'ended too early',
  exception: 'did what cannot be done',
  failed: 'wrong end',
  'step-limit': 'too many steps',
  'time-limit': 'took too long',
  stopped: 'stopped'
}

/** Words of the screen that plays pages. */
export const traceRunner = {
  title: 'Run an agent',
  intro:
    'An agent tries small web pages in a browser without network. Every attempt becomes part of a new trace set.',
  back: 'All trace sets',
  readOnly: 'This project is open for reading only, so nothing can be played.',
  pages: 'Pages',
  own: 'Winnow\u2019s own',
  ownText: 'Six small pages that come with the app',
  folder: 'A folder',
  folderText: 'The \u201Chtml\u201D folder of MiniWoB++',
  chooseFolder: 'Choose folder',
  folderName: (name: string): string => `Folder: ${name}`,
  tasks: 'Tasks',
  tasksHelp: 'Each task with each number of a start is one place to try.',
  allTasks: 'All',
  noTasks: 'None',
  noScript: (name: string): string => `${name} (no script knows it)`,
  chosenTasks: (count: number, of: number): string =>
    `${formatNumber(count)} of ${formatCount(of, 'task')} chosen`,
  loading: 'Looking for pages',
  tasksFailed: 'The pages could not be read',
  cannot: 'Pages cannot be played here',
  firstStart: 'First start number',
  starts: 'Starts of each task',
  startsEachHelp: 'As many places of each task.',
  startsHelp: 'The same number gives the same task again.',
  attempts: 'Attempts at each start',
  attemptsHelp: 'The attempts end early once one succeeds.',
  policy: 'Who plays',
  policies: {
    scripted: { title: 'A script', text: 'Knows the task and makes no mistake' },
    noisy: { title: 'A script that slips', text: 'Makes mistakes that are corrected afterwards' },
    random: { title: 'Chance', text: 'Clicks anywhere' },
    model: { title: 'A language model', text: 'One that runs on this computer' }
  },
  slip: 'Actions that slip',
  corrector: 'Corrections that are right',
  reflects: 'Learn from failed attempts',
  reflectsHelp:
    'The earliest wrong step is corrected, what was right is done again, and clicks that failed are not offered again.',
  labels: 'Find the decisive mistake of failed attempts',
  labelsHelp: 'Each failure is played again from several points; it takes longer.',
  pictures: 'Keep a picture of every screen',
  modelWarning:
    'The goal and the text of every screen go to a server at the address below. Only addresses on this computer are accepted, and every question and answer is kept in the project folder.',
  allowModel: 'Let a model on this computer play',
  address: 'Address of the model',
  addressHelp: 'That of an OpenAI-compatible server on this computer',
  model: 'Name of the model',
  name: 'Name of the new trace set',
  most: (count: number): string => `At most ${formatCount(count, 'attempt')}`,
  start: 'Start playing',
  stop: 'Stop and keep the attempts',
  stopAll: 'Stop and throw away',
  startFailed: 'Playing could not start',
  running: 'Attempts',
  again: 'Play again',
  none: 'The first attempt is under way.',
  solved: (solved: number, of: number): string =>
    `${formatNumber(solved)} of ${formatCount(of, 'start')} solved so far`,
  solvedInAll: (solved: number, of: number, attempts: number): string =>
    `${formatNumber(solved)} of ${formatCount(of, 'start')} solved in ${formatCount(attempts, 'attempt')}`,
  columns: {
    task: 'Task',
    start: 'Start',
    attempt: 'Attempt',
    end: 'How it ended',
    steps: 'Steps',
    change: 'What the next attempt does otherwise'
  },
  state: (state: TrialState): string => states[state],
  openSet: 'Open the trace set'
}
