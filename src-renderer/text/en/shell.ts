// Words of the frame: navigation, top bar, status line, connection pages, keyboard sheet.
import { quotable } from '../quotes.ts'

/** Frame words. */
export const shell = {
  skip: 'Skip to content',
  navigation: 'Sections',
  sections: {
    home: 'Home',
    data: 'Data',
    choose: 'Choose',
    tiny: 'Tiny sets',
    traces: 'Traces',
    runs: 'Runs',
    settings: 'Settings'
  },
  noProject: 'No project open',
  saved: 'Saved',
  readOnly: 'Reading only',
  projectMenu: 'Project',
  openAnother: 'Open another project',
  backUp: 'Make a backup now',
  checkProject: 'Check the project file',
  showFolder: 'Show the project folder',
  closeProject: 'Close the project',
  backedUp: (place: string): string => `A backup was made: ${place}`,
  checkedFine: 'The project file is in order.',
  checkedBad: (findings: readonly string[]): string =>
    `The project file has problems: ${findings.join(' ')}`,
  breadcrumb: 'You are here',
  jobs: 'Jobs',
  jobsRunning: (count: number): string => (count === 1 ? '1 job running' : `${count} jobs running`),
  jobsIdle: 'No jobs running',
  jobsEmpty: 'Nothing is running. Imports, runs and exports show up here.',
  jobsEarlier: 'Earlier',
  jobCancel: 'Cancel',
  jobPause: 'Pause',
  jobContinue: 'Continue',
  jobDiscard: 'Discard',
  jobWaiting: (position: number): string => `Number ${position} in line`,
  cancelTitle: (title: string): string => `Cancel “${title}”?`,
  cancelText:
    'It stops at the next safe point, within about 2 s. What is done so far can be kept and continued later.',
  cancelKeep: 'Stop and keep what is done',
  cancelDiscard: 'Stop and discard',
  cancelNot: 'Let it run',
  cancelled: (title: string): string => `“${title}” is stopping.`,
  device: (name: string): string => `Running on ${name}`,
  deviceUnknown: 'Looking at this computer',
  version: (version: string): string => `Version ${version}`,
  items: (count: string): string => `${count} in this project`,
  diskUsed: (size: string): string => `Project uses ${size}`,
  offline: 'Everything stays on this computer',
  help: 'Help (F1)',
  keys: 'Keyboard (?)',
  titleWith: (title: string, project: string): string => `${title} – ${project}`,
  titleProgress: (percent: string, project: string): string => `${percent} – ${project}`,
  hasEnded: (title: string): string => `“${quotable(title)}” has finished.`,
  hasFailed: (title: string): string => `“${quotable(title)}” has failed.`,
  showEnded: 'Show it',
  titleEnded: (title: string, project: string): string => `Done: ${title} – ${project}`,
  lostTitle: 'The app has stopped',
  lostText:
    'This window has lost its connection to the app. Finished work is saved, and an unfinished run can be continued when the app is started again.',
  restarting: 'The engine stopped. It is being started again.',
  restarted: (runs: number): string =>
    runs === 0
      ? 'The engine stopped and was started again. Nothing was lost.'
      : `The engine stopped and was started again. ${runs === 1 ? '1 run' : `${runs} runs`} can be continued.`,
  restartedShow: 'Show',
  elsewhereTitle: 'Winnow is open in another window',
  elsewhereText: 'One window at a time can work on a project. Go on there, or bring it here.',
  useHere: 'Use it here',
  mismatchTitle: 'This window is from another version',
  mismatchText: 'The app was updated while this window was open. Reload the window to go on.',
  reload: 'Reload the window',
  failedTitle: 'The app could not start',
  connecting: 'Starting',
  errorTitle: 'This screen ran into a problem',
  detailsCopied: 'The details are copied.',
  keysTitle: 'Keyboard',
  keyGroups: {
    everywhere: 'Everywhere',
    dataset: 'On a dataset',
    gallery: 'In a gallery',
    table: 'In a table',
    map: 'On the map',
    wizard: 'While planning',
    adding: 'While adding'
  },
  keysHere: 'The keys that work on this screen.',
  keysOwn: 'This screen has keys of its own for letters and numbers: ? lists them.',
  keysOnButtons: 'Keys for deciding are written on the buttons of this screen. Besides:',
  keyThen: 'then',
  readOnlyBand: (reason: string): string => `This project is open for reading only. ${reason}`
} as const

/** One row of the keyboard sheet: keys and what they do. */
export interface KeyHelp {
  readonly keys: readonly string[]
  /** Pressed together, one after the other, or any one of them. */
  readonly how: 'together' | 'then' | 'any'
  readonly text: string
  /** Works only with an open project, or where the screen has a search field. */
  readonly needs?: 'project' | 'search'
}

/** The keyboard sheet. */
export const keyHelp: Readonly<Record<keyof typeof shell.keyGroups, readonly KeyHelp[]>> = {
  everywhere: [
    { keys: ['g', 'h'], how: 'then', text: 'Go to Home', needs: 'project' },
    { keys: ['g', 'd'], how: 'then', text: 'Go to Data', needs: 'project' },
    { keys: ['g', 'c'], how: 'then', text: 'Go to Choose', needs: 'project' },
    { keys: ['g', 't'], how: 'then', text: 'Go to Tiny sets', needs: 'project' },
    { keys: ['g', 'a'], how: 'then', text: 'Go to Traces', needs: 'project' },
    { keys: ['g', 'r'], how: 'then', text: 'Go to Runs', needs: 'project' },
    { keys: ['g', 's'], how: 'then', text: 'Go to Settings' },
    { keys: ['g', 'j'], how: 'then', text: 'Show jobs', needs: 'project' },
    {
      keys: ['g', 'u'],
      how: 'then',
      text: 'Show all changes, to take them back',
      needs: 'project'
    },
    { keys: ['Alt', '←'], how: 'together', text: 'Go back' },
    { keys: ['Alt', '→'], how: 'together', text: 'Go forward' },
    { keys: ['/'], how: 'any', text: 'Go to the search field of the screen', needs: 'search' },
    { keys: ['Ctrl', 'Z'], how: 'together', text: 'Undo what the last message offers' },
    { keys: ['F1'], how: 'any', text: 'Help for this screen' },
    { keys: ['?'], how: 'any', text: 'This sheet' },
    { keys: ['Esc'], how: 'any', text: 'Close the top layer' }
  ],
  dataset: [
    { keys: ['Ctrl', 'Z'], how: 'together', text: 'Take the last change of the data back' },
    { keys: ['Ctrl', 'Shift', 'Z'], how: 'together', text: 'Do it again' }
  ],
  gallery: [
    { keys: ['←', '→', '↑', '↓'], how: 'any', text: 'Move between items' },
    { keys: ['Space'], how: 'any', text: 'Look closer' },
    { keys: ['Enter'], how: 'any', text: 'Open the item' },
    { keys: ['X'], how: 'any', text: 'Select; with Shift up to here' },
    { keys: ['Shift', '↓'], how: 'together', text: 'Select while moving' },
    { keys: ['Ctrl', 'A'], how: 'together', text: 'Select all that match' },
    { keys: ['Page ↓', 'Home', 'End'], how: 'any', text: 'Move far' }
  ],
  table: [
    { keys: ['←', '→', '↑', '↓'], how: 'any', text: 'Move between cells' },
    { keys: ['Home', 'End'], how: 'any', text: 'To the first or last cell of the row' },
    { keys: ['Ctrl', 'C'], how: 'together', text: 'Copy the table for a spreadsheet' }
  ],
  map: [
    { keys: ['←', '→', '↑', '↓'], how: 'any', text: 'Move between points' },
    { keys: ['Shift', '→'], how: 'together', text: 'Move the map' },
    { keys: ['+', '-', '0'], how: 'any', text: 'Closer, farther, all of it' },
    { keys: ['L'], how: 'any', text: 'Draw a box to select with; arrows change it, Enter takes it' }
  ],
  wizard: [
    { keys: ['Ctrl', 'Enter'], how: 'together', text: 'Next step; start on the last one' },
    { keys: ['Alt', '↓'], how: 'together', text: 'Next step' },
    { keys: ['Alt', '↑'], how: 'together', text: 'Step before' }
  ],
  adding: [{ keys: ['Esc'], how: 'any', text: 'Leave; what was chosen is kept' }]
}
