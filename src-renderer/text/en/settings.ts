// Words of the settings page.

/** Settings words. */
export const settingsText = {
  title: 'Settings',
  index: 'Parts of the settings',
  undone: 'Changed.',
  changed: (what: string): string => `${what}: changed.`,
  appearance: 'Appearance',
  language: 'Language',
  languageHelp:
    'The page is loaded again for it; plans and runs go on. Some sentences are there in English only.',
  languages: { system: 'Like the system' },
  theme: 'Theme',
  themes: {
    system: 'Like the system',
    light: 'Light',
    dark: 'Dark',
    'high-contrast': 'High contrast'
  },
  textSize: 'Text size',
  motion: 'Movement',
  motions: { system: 'Like the system', reduced: 'Reduced' },
  navLabels: 'Names under the icons at the left',
  reopenLast: 'Open the last project when the app starts',
  notify: 'Say when a long run has ended',
  notifyHelp: 'A message in the app, and one of the system while another window is in front.',
  storage: 'Storage',
  projectFolder: 'Project folder',
  projectSize: 'Size',
  backupsTitle: 'Backups',
  caches: {
    thumbnails: 'Small pictures',
    fingerprints: 'Fingerprints and maps',
    lists: 'Prepared lists'
  },
  cachesHelp: {
    thumbnails: 'Kept so that galleries show at once. Made again as you look.',
    fingerprints:
      'Kept so that runs and maps start at once. Made again when they are needed, which can take a while for much data.',
    lists:
      'Kept so that the first filter and the first sort of much data are as quick as the next. Made again as you look.'
  },
  cacheTakes: (bytes: string, files: number): string =>
    files === 0
      ? 'Nothing is kept'
      : files === 1
        ? `${bytes} in 1 file`
        : `${bytes} in ${files} files`,
  cacheBusy: (bytes: string): string =>
    `${bytes}. They can be cleared when nothing else is running.`,
  clearCache: (what: string): string => `Clear: ${what}`,
  keepAwake: 'Keep the computer awake while something runs',
  keepAwakeHelp: 'The screen may still go dark.',
  keepAwakeOff:
    'Only the desktop app can do this. In a browser window, the computer sleeps as the system decides.',
  hideSecrets: 'Hide secrets in traces',
  hideSecretsHelp:
    'Keys, tokens, passwords, e-mail addresses and home folders are taken out before traces are stored, so neither the reader nor an export shows them. It holds for traces added from now on and can be changed for each of them.',
  logLevel: 'What the app notes in its own log',
  logLevels: { error: 'Errors only', normal: 'Normal', all: 'Everything' },
  logHelp: 'The log stays on this computer and holds nothing of your data.',
  advanced: 'Advanced',
  settingsFile: 'Settings as a file',
  settingsFileHelp:
    'For another computer. What belongs to one computer alone, such as its own model, is left out.',
  saveSettings: 'Save to a file',
  readSettings: 'Read from a file…',
  settingsFound: 'Settings from a file',
  settingsSame: 'The file holds the settings you have.',
  settingsDiffer: 'These would change:',
  settingsUnknown: (names: string): string =>
    `Not known to this version of the app, or of another computer alone, and left out: ${names}.`,
  settingsApply: 'Use these settings',
  allSettings: 'Settings',
  resetTitle: 'All settings',
  resetHelp: 'Back to what the app comes with. Your projects are not touched.',
  reset: 'Reset all settings',
  wasReset: 'All settings are as the app comes with.',
  names: {
    language: 'Language',
    theme: 'Theme',
    textSize: 'Text size',
    motion: 'Movement',
    cores: 'How hard it may work',
    device: 'Calculate on',
    backupsKept: 'Backups kept',
    confirmSetAsideOver: 'Ask before setting aside',
    checklistDismissed: 'The list of first steps',
    navLabels: 'Names under the icons at the left',
    reopenLast: 'Open the last project when the app starts',
    keepAwake: 'Keep the computer awake while something runs',
    hideSecrets: 'Hide secrets in traces',
    logLevel: 'What the app notes in its own log',
    notifyWhenDone: 'Say when a long run has ended',
    reviewKeys: 'Keys of the trace review'
  },
  showFolder: 'Show in folder',
  backups: 'Backups kept',
  backupsHelp: 'A backup of the project file is made before anything risky. Older ones give way.',
  backupNow: 'Make a backup now',
  helpers: 'Helper models',
  helpersHelp:
    'Kept in the project, so that the next tiny set of the same data need not train them again. Those not used for longest give way.',
  helpersTake: (bytes: string, limit: string): string => `${bytes} of ${limit} at most`,
  helpersClear: 'Clear',
  helpersCleared: (bytes: string): string => `${bytes} freed.`,
  computer: 'Computer',
  cores: 'How hard it may work',
  coreChoices: { quiet: 'Quiet', normal: 'Normal', all: 'All cores' },
  coreTexts: {
    quiet: 'Half of the processor, so that the computer stays quiet.',
    normal: 'All but one core, two at least. Other programs stay quick.',
    all: 'Everything. Fastest, and other programs may become slow.'
  },
  device: 'Calculate on',
  deviceAuto: 'The fastest that works',
  devices: 'What this computer has',
  deviceColumns: {
    name: 'Device',
    state: 'State',
    one: 'One core',
    all: 'All cores',
    training: 'Training',
    memory: 'Memory',
    measured: 'Measured'
  },
  speedsHelp:
    'One core and all cores: billion steps a second in products of large tables of numbers. Training: steps a second of a small picture network, 64 pictures in each. Memory: held at this moment.',
  deviceActive: 'In use',
  deviceChosen: 'In use, your choice',
  deviceReady: 'Ready',
  deviceOff: 'Not available',
  notMeasured: 'Not yet',
  measure: 'Measure again',
  measureLater: 'The speed can be measured when nothing else is running.',
  nothingRuns: 'Nothing at this moment',
  runs: (running: number, cores: number, waiting: number, what: string | undefined): string =>
    [
      what === undefined ? `${running} at work` : `${what}: ${running} at work`,
      cores === 1 ? 'on 1 core' : `on ${cores} cores`,
      ...(waiting === 0 ? [] : [`and ${waiting} waiting`])
    ].join(' '),
  coresOf: (used: number, all: number): string =>
    used === all ? `${all}, all of them used` : `${all}, at most ${used} used together`,
  atOnceOf: (most: number, ready: number): string => `${most} at most, ${ready} ready`,
  memoryOf: (all: string, free: string, app: string): string =>
    `${all}, ${free} free, ${app} used by this app`,
  measuring: 'Measuring, about a second for each device',
  facts: {
    now: 'Calculating',
    processor: 'Processor',
    cores: 'Cores',
    atOnce: 'Calculations at once',
    memory: 'Memory'
  },
  fallback: 'Another device had to step in',
  safety: 'Safety',
  confirmAside: 'Ask before setting aside more than',
  confirmAsideUnit: 'items',
  lock: 'Originals are never changed',
  lockText: 'The app only reads your files. This is always on.',
  privacy: 'Privacy',
  privacyText:
    'This app has no network features: no account, no usage reports, no search for updates. Everything it stores is listed here.',
  what: 'What',
  place: 'Where',
  showAppData: 'Show me the files',
  copyDiagnostics: 'Copy a report for support',
  copyDiagnosticsText:
    'Versions, devices and the codes of recent errors, without any of your data.',
  diagnosticsReady: 'The report',
  diagnosticsCopy: 'Copy',
  about: 'About',
  version: 'Version',
  host: 'Runs as',
  hosts: { desktop: 'Desktop app', local: 'Local app in a browser window', cli: 'Command line' },
  licences: 'Licences',
  licencesText:
    'Winnow is free software under the Apache License 2.0. These parts come with it; a click on one shows its licence.',
  licencesSearch: 'Search in names and licences',
  licencesFound: (found: number, all: number): string =>
    found === all ? (all === 1 ? '1 part' : `${all} parts`) : `${found} of ${all} parts`,
  licencesNone: (words: string): string => `Nothing here says “${words}”.`,
  licencesMissing: 'The list of licences could not be read.',
  licencesAgain: 'Try again',
  licenceCopy: 'Copy the text',
  licenceColumns: { name: 'Part', version: 'Version', kind: 'What it is', licence: 'Licence' },
  licenceKinds: {
    app: 'This app',
    code: 'Code',
    typeface: 'Typeface',
    data: 'Data',
    program: 'Program'
  },
  noProject: 'No project is open.'
} as const
