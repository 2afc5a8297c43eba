// Words used by components everywhere: buttons, states, empty and failed panels.
import type { JobState } from '@api/dto/jobs.ts'

/** Shared words. Plain language only: a test bans engine words here. */
export const common = {
  appName: 'Winnow',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  rename: 'Rename',
  remove: 'Remove',
  undo: 'Undo',
  back: 'Back',
  next: 'Next',
  open: 'Open',
  add: 'Add',
  tryAgain: 'Try again',
  controlKey: 'Ctrl',
  copyDetails: 'Copy details',
  copied: 'Copied',
  showMore: 'Show more',
  clear: 'Clear',
  clearFilters: 'Clear filters',
  search: 'Search',
  loading: 'Loading',
  recommended: 'Recommended',
  restoreRecommended: 'Restore recommended',
  help: 'Help',
  details: 'Details',
  increase: 'Increase',
  decrease: 'Decrease',
  yes: 'Yes',
  no: 'No',
  none: 'None',
  notKnown: 'Not known',
  selected: 'Selected',
  select: (name: string): string => `Select ${name}`,
  dismiss: 'Dismiss',
  notifications: 'Messages',
  moreActions: 'More actions',
  tableCopied: 'The table is copied. Paste it into a spreadsheet.',
  unexpected: 'Something went wrong on this screen.',
  unexpectedHint:
    'Nothing was lost. Try again, or copy the details for whoever looks after the app.',
  step: (index: number, count: number): string => `Step ${index} of ${count}`,
  stepStates: {
    todo: 'not started',
    done: 'complete',
    attention: 'needs attention',
    current: 'current step'
  }
} as const

/** Word for each job state. */
export const jobStateWords: Readonly<Record<JobState, string>> = {
  queued: 'Waiting',
  running: 'Running',
  pausing: 'Pausing',
  paused: 'Paused',
  finishing: 'Finishing',
  finished: 'Finished',
  'finished-with-notes': 'Finished with notes',
  cancelled: 'Cancelled',
  failed: 'Failed',
  interrupted: 'Stopped early'
}

/** Words of the gallery and the quick look. */
export const gallery = {
  region: 'Items',
  tileSize: 'Tile size',
  small: 'Small',
  medium: 'Medium',
  large: 'Large',
  quickLook: 'Quick look',
  previous: 'Previous item',
  nextItem: 'Next item',
  noPicture: 'No picture',
  noText: 'No text',
  noLabel: 'No label',
  setAside: 'Set aside',
  duplicate: 'Duplicate',
  mustKeep: 'Must keep',
  goesIn: 'Will be added',
  comesOut: 'Will be taken out',
  emptyTitle: 'Nothing here',
  emptyText: 'There are no items to show.',
  failedTitle: 'The items could not be loaded',
  item: (name: string, label: string | null): string =>
    label === null ? name : `${name}, ${label}`,
  position: (index: number, total: string): string => `Item ${index} of ${total}`
} as const
