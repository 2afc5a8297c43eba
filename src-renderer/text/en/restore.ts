// Words of backups: the list, the question before one is restored, and a damaged project.
import { formatCount, formatDateTime } from '../format.ts'

/** Restore words. */
export const restoreText = {
  list: 'What this project can be brought back to',
  kinds: { backup: 'Backup', replaced: 'Kept aside' },
  columns: { made: 'Made', kind: 'What it is', size: 'Size' },
  keptHelp:
    'Kept aside is the project as it was before another state was restored. It is never removed by the app.',
  made: (at: number): string => (at === 0 ? 'at an unknown time' : formatDateTime(at)),
  restore: 'Restore this backup…',
  restoreOf: (when: string): string => `Restore this backup of ${when}`,
  none: 'There is no backup yet. One is made each day the project is opened, and by the button.',
  loading: 'Looking what has changed since then',
  title: (when: string): string => `Restore the backup of ${when}`,
  now: 'Restore',
  lostTitle: 'These are not in the backup and will be gone',
  lostNothing: 'Nothing was made since then that would be gone.',
  lostUnknown:
    'The project file cannot be read, so the app cannot say what was made since then. Everything made after this backup will be missing.',
  backTitle: 'These come back',
  quoted: (name: string): string => `“${name}”`,
  andMore: (names: string, rest: number): string => `${names} and ${rest} more`,
  datasets: (names: string): string => `Data: ${names}`,
  runs: (names: string): string => `Runs: ${names}`,
  traceSets: (names: string): string => `Traces: ${names}`,
  steps: (count: number): string =>
    `${formatCount(count, 'change')} to items, such as labels and items set aside`,
  reviews: (count: number): string => `${formatCount(count, 'review')} of traces`,
  kept: 'The project as it is now is kept aside and stays in this list. Files you exported are not touched.',
  backPictures:
    'Pictures that were copied into the project and removed since then do not come back.',
  done: (when: string): string => `The project is as it was: ${when}.`,
  busy: 'A backup can be restored when nothing else is running.',
  readOnly: 'The project folder cannot be written to, so nothing can be restored in it.',
  damagedTitle: (name: string): string => `“${name}” cannot be opened`,
  damagedText:
    'The project file is damaged. It can be brought back from a backup; the damaged file is kept aside.',
  damagedNone:
    'The project file is damaged, and there is no backup of it in the project folder. Your original files are not touched; make a new project and add them again.',
  newest: 'Restore the newest backup',
  newestOf: (when: string): string => `The newest one is of ${when}.`,
  others: 'All backups'
} as const
