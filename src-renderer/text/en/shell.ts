// Words of the frame: navigation, top bar, status line, connection pages, keyboard sheet.

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
  lostTitle: 'The app has stopped',
  lostText:
    'This window has lost its connection to the app. Finished work is saved, and an unfinished run can be continued when the app is started again.',
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
    gallery: 'In a gallery',
    table: 'In a table'
  },
  readOnlyBand: (reason: string): string => `This project is open for reading only. ${reason}`
} as const

/** One row of the keyboard sheet: keys and what they do. */
export interface KeyHelp {
  readonly keys: readonly string[]
  readonly text: string
}

/** The keyboard sheet. */
export const keyHelp: Readonly<Record<keyof typeof shell.keyGroups, readonly KeyHelp[]>> = {
  everywhere: [
    { keys: ['g', 'h'], text: 'Go to Home' },
    { keys: ['g', 'd'], text: 'Go to Data' },
    { keys: ['g', 'c'], text: 'Go to Choose' },
    { keys: ['g', 't'], text: 'Go to Tiny sets' },
    { keys: ['g', 'a'], text: 'Go to Traces' },
    { keys: ['g', 'r'], text: 'Go to Runs' },
    { keys: ['g', 's'], text: 'Go to Settings' },
    { keys: ['g', 'j'], text: 'Show jobs' },
    { keys: ['Alt', '←'], text: 'Go back' },
    { keys: ['Alt', '→'], text: 'Go forward' },
    { keys: ['/'], text: 'Go to the search field of the screen' },
    { keys: ['Ctrl', 'Z'], text: 'Undo what the last message offers' },
    { keys: ['Ctrl', 'Shift', 'Z'], text: 'Do again what was taken back in the data' },
    { keys: ['F1'], text: 'Help' },
    { keys: ['?'], text: 'This sheet' },
    { keys: ['Esc'], text: 'Close the top layer' }
  ],
  gallery: [
    { keys: ['←', '→', '↑', '↓'], text: 'Move between items' },
    { keys: ['Space'], text: 'Look closer' },
    { keys: ['Enter'], text: 'Open the item' },
    { keys: ['X'], text: 'Select; with Shift up to here' },
    { keys: ['Shift', '↓'], text: 'Select while moving' },
    { keys: ['Ctrl', 'A'], text: 'Select all that match' },
    { keys: ['Page ↓', 'Home', 'End'], text: 'Move far' }
  ],
  table: [
    { keys: ['←', '→', '↑', '↓'], text: 'Move between cells' },
    { keys: ['Enter'], text: 'Open the row, or sort in the heading' },
    { keys: ['Ctrl', 'C'], text: 'Copy the table for a spreadsheet' }
  ]
}
