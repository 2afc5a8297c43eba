// Words of finding the way in buildings: adding a folder, the plan, measurements, one walk drawn.
import type {
  RoomsBuilding,
  RoomsEffort,
  RoomsFile,
  RoomsPreview,
  RoomsRun,
  RoomsSpread,
  RoomsWalker
} from '@api/dto/trace-rooms.ts'
import { formatAboutRange, formatCount, formatNumber, formatPercent } from '../format.ts'

const walkers: Readonly<Record<RoomsWalker, string>> = {
  planner: 'Planner',
  local: 'Planner without messages',
  nearest: 'Nearest place, going back',
  greedy: 'Greedy',
  random: 'By chance',
  shortest: 'Shortest way'
}

const efforts: Readonly<Record<RoomsEffort, string>> = {
  quick: 'Quick',
  usual: 'Usual',
  thorough: 'Thorough'
}

const kinds: Readonly<Record<RoomsFile['kind'], string>> = {
  building: 'Building',
  paths: 'Paths',
  other: 'Neither',
  damaged: 'Damaged'
}

const range = (value: RoomsSpread, show: (value: number) => string): string =>
  value.low === null || value.high === null
    ? show(value.mean)
    : `${show(value.mean)} (${show(value.low)} to ${show(value.high)})`
const share = (value: number): string => formatNumber(100 * value, 1)
const metres = (value: number): string => formatNumber(value, 1)

/** Words of the screens about buildings and paths. */
export const traceRooms = {
  title: 'Find the way',
  intro:
    'A planner learns in some buildings to find the way from room to room, and is measured in others, beside simple ways of walking.',
  back: 'All trace sets',
  readOnly: 'This project is open for reading only, so nothing can be added or measured.',
  folder: 'Buildings and paths',
  folderHelp:
    'A folder in the room-to-room format: a file of places for each building, and lists of paths. Pictures are not needed.',
  choose: 'Add a folder',
  chooseOther: 'Choose another folder',
  reading: 'Reading the folder',
  readFailed: 'The folder could not be read',
  found: ({ buildings, paths }: Pick<RoomsPreview, 'buildings' | 'paths'>): string =>
    `${formatCount(buildings.length, 'building')} and ${formatCount(paths, 'path')}`,
  leftAlone: (count: number): string =>
    `${formatCount(count, 'other file')} ${count === 1 ? 'is' : 'are'} not needed.`,
  problems: (count: number): string =>
    `${formatCount(count, 'thing')} could not be read; the rest is used.`,
  files: 'Files of the folder',
  fileColumns: { name: 'File', kind: 'What it is', count: 'Read', problem: 'What is wrong' },
  fileKind: (kind: RoomsFile['kind']): string => kinds[kind],
  name: 'Name of the new trace set',
  add: 'Add',
  addFailed: 'The folder could not be added',
  adding: 'Being added',
  stop: 'Stop',
  set: 'Trace set',
  noSets: 'No buildings yet. Add a folder to begin.',
  openSet: 'Open as traces',
  buildingsFailed: 'The buildings could not be read',
  plan: 'Learn and measure',
  suggested: 'As suggested',
  suggestedHelp: 'Buildings to measure in are never learned in, where there are two or more.',
  buildings: 'Buildings',
  columns: {
    building: 'Building',
    places: 'Places',
    paths: 'Paths',
    learn: 'Learn in it',
    measure: 'Measure in it'
  },
  learnIn: (scan: string): string => `Learn in ${scan}`,
  measureIn: (scan: string): string => `Measure in ${scan}`,
  pathsOf: ({ paths }: Pick<RoomsBuilding, 'paths'>): string =>
    paths.length === 0
      ? 'none'
      : paths.map(({ split, count }) => `${formatNumber(count)} ${split}`).join(', '),
  seen: (count: number): string =>
    `${formatCount(count, 'building')} ${count === 1 ? 'is' : 'are'} both learned and measured in: every fifth path is kept for measuring, but the result says nothing about unknown buildings.`,
  effort: 'Effort',
  efforts: {
    quick: { title: efforts.quick, text: '8 rounds of 32 walks: a first look' },
    usual: { title: efforts.usual, text: '30 rounds of 32 walks' },
    thorough: { title: efforts.thorough, text: '60 rounds of 32 walks' }
  },
  runs: 'Runs',
  runsHelp: 'Each run learns and walks anew. Several runs show how far figures vary.',
  repeat: 'Repeat code',
  repeatHelp: 'The same code gives the same figures again on this computer.',
  walks: 'Walks to measure in each run, at most',
  hint: 'How far off the goal is told',
  hintHelp:
    'Walkers are told roughly where the goal is; this is the usual error in each direction.',
  without: 'Also measure a planner that passes no messages over its map',
  counts: (train: number, test: number): string =>
    `${formatCount(train, 'path')} to learn from, ${formatCount(test, 'path')} to measure on`,
  time: (low: number, high: number): string => `Takes ${formatAboutRange(low, high)}`,
  timing: 'Trying how fast this computer learns',
  noTime: 'How long it takes cannot be told while other work is under way.',
  start: 'Start',
  startFailed: 'It could not start',
  planFailed: 'The plan could not be checked',
  measurements: 'Measurements',
  none: 'Nothing has been measured in these buildings yet.',
  runLine: ({ plan }: Pick<RoomsRun, 'plan'>): string =>
    `Learned in ${formatCount(plan.train.length, 'building')}, measured in ${formatNumber(plan.test.length)}; ${efforts[plan.effort].toLowerCase()} effort, ${formatCount(plan.runs, 'run')}, repeat code ${plan.seed}`,
  open: 'Open the result',
  pause: 'Pause',
  goOn: 'Continue',
  remove: 'Remove',
  removed: 'The measurement was removed.',
  states: { failed: 'failed', cancelled: 'stopped', interrupted: 'interrupted', paused: 'paused' },
  notes: {
    none: 'Instructions are not read and pictures are not used: what places look like is made up from their names. Figures cannot be compared with published ones.'
  },

  resultTitle: 'How the way was found',
  backToPlans: 'Back to the measurements',
  resultFailed: 'The result could not be read',
  facts: (walked: number, runs: number, decisions: number): string =>
    `${formatCount(walked, 'walk')}${runs === 1 ? '' : ` in each of ${formatCount(runs, 'run')}`}, at most ${formatNumber(decisions)} decisions each`,
  timeTaken: (duration: string, device: string): string => `Took ${duration} on ${device}`,
  table: 'Measured',
  over: {
    runs: 'In brackets: where the mean over runs lies with 95 % certainty.',
    walks: 'In brackets: where the mean over walks lies with 95 % certainty; there was one run.'
  },
  measures: {
    walker: 'Who walks',
    success: 'Reached the goal, %',
    spl: 'SPL, %',
    ndtw: 'nDTW, %',
    metres: 'Metres walked'
  },
  meanings:
    'Reached: ends within 3 metres of the goal, along ways. SPL: reached, weighed by how direct the walk was. nDTW: how closely the walk kept to the path of the data.',
  walker: (walker: RoomsWalker): string => walkers[walker],
  spread: (value: RoomsSpread): string => range(value, share),
  metresSpread: (value: RoomsSpread): string => range(value, metres),
  ahead: 'How much more the planner has, on the same walks',
  comparedWith: 'Compared with',
  eachRun: 'Every run',
  runName: (run: number): string => `Run ${formatNumber(run + 1)}`,
  saveTable: 'Save for a spreadsheet',
  saveAll: 'Save all figures',
  saved: 'The figures were saved.',
  fileName: (name: string): string => `${name} way finding`,

  episode: 'One walk',
  episodeFailed: 'The walk could not be drawn',
  drawingWalk: 'Drawing the walk',
  run: 'Run',
  who: 'Whose walk',
  previous: 'Walk before',
  next: 'Next walk',
  walkName: (at: number, total: number): string =>
    `Walk ${formatNumber(at + 1)} of ${formatNumber(total)}`,
  walkFacts: (scan: string, path: string): string => `Building ${scan}, path ${path}`,
  walkEnd: (success: number, walked: number, ndtw: number): string =>
    `${success === 1 ? 'Reached the goal' : 'Did not reach the goal'}, ${metres(walked)} m walked, nDTW ${formatPercent(ndtw, 0)}`,
  instruction: 'Instruction in the data (not read by anybody here)',
  views: { label: 'How the walk is shown', drawing: 'Drawing', table: 'Table' },
  drawing: (scan: string): string => `Ways through ${scan}`,
  keys:
    'Arrow keys move from place to place, Enter tells about a place, plus and minus zoom, ' +
    'Shift with an arrow key moves the drawing, 0 shows all of it.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Show the whole building',
  above: 'Seen from above; floors lie over each other.',
  legend: {
    visited: 'Was there',
    frontier: 'Seen, not gone to',
    unknown: 'Never seen',
    walk: 'The walk, with its steps',
    route: 'The path of the data',
    hint: 'Where the goal was said to be'
  },
  startPlace: 'Start',
  goalPlace: 'Goal',
  place: (
    id: string,
    kind: 'visited' | 'frontier' | 'unknown',
    steps: readonly number[]
  ): string =>
    kind === 'visited'
      ? `${id}: was there at ${steps.length === 1 ? 'step' : 'steps'} ${steps.map((step) => formatNumber(step)).join(', ')}`
      : `${id}: ${kind === 'frontier' ? 'seen, not gone to' : 'never seen'}`,
  stepTable: 'Steps of the walk',
  stepColumns: {
    step: 'Step',
    place: 'Place',
    metres: 'Metres so far',
    onRoute: 'On the path of the data',
    again: 'Was there before'
  },
  yes: 'Yes',
  no: 'No'
} as const
