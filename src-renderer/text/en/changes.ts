// Words of the one list of changes.
import { formatCount } from '../format.ts'

/** The list of changes, and what places say of theirs. */
export const changes = {
  open: 'All changes',
  title: 'Changes',
  help: 'Everything in this project that can be taken back, newest first.',
  undo: 'Take back',
  redo: 'Do again',
  /** Of the buttons above the list: they say what they do. */
  undoThis: (sentence: string): string => `Take back: ${sentence}`,
  redoThis: (sentence: string): string => `Do again: ${sentence}`,
  goBack: 'Go back to here',
  goForward: 'Go forward to here',
  isUndone: 'Taken back',
  place: 'Show',
  everywhere: (count: string): string => `All places (${count})`,
  placeCount: (name: string, count: string): string => `${name} (${count})`,
  someResult: 'A result',
  openPlace: (name: string): string => `Open “${name}”`,
  inQueue: (position: string, what: string): string => `Attempt ${position}: ${what}`,
  ofAttempt: (name: string, what: string): string => `${name}: ${what}`,
  list: 'Changes, newest first',
  more: 'Show older changes',
  start: 'As added',
  startText: 'Take all changes of the items back',
  emptyTitle: 'No changes yet',
  emptyText:
    'What you set aside, relabel, answer in a review, change in a result or set is listed here and can be taken back.',
  emptyPlaceText: 'Nothing of this place can be taken back.',
  failed: 'The list of changes could not be loaded',
  readOnly: 'The project is open for reading only, so nothing can be taken back.',
  wasUndone: (sentence: string): string => `Taken back: ${sentence}`,
  wasRedone: (sentence: string): string => `Done again: ${sentence}`,
  wentTo: (sentence: string): string => `Here now: ${sentence}`,
  keptUntilClosed:
    'Changes by hand to results, decided pictures, settings, views and names can be taken back until this window is closed; the others as long as the project is there.',
  ask: {
    backTitle: (count: number): string => `Take ${formatCount(count, 'change')} back?`,
    backText: 'These are taken back, the newest first. They can be done again.',
    forwardTitle: (count: number): string => `Do ${formatCount(count, 'change')} again?`,
    forwardText: 'These are done again, the oldest first.',
    more: (count: string): string => `and ${count} more`,
    back: 'Take them back',
    forward: 'Do them again'
  },
  handAdded: (count: number): string => `${formatCount(count, 'item')} added by hand`,
  handRemoved: (count: number): string => `${formatCount(count, 'item')} taken out by hand`,
  handKept: (count: number, first: string): string =>
    count === 1 ? `${first} left as it was` : `${formatCount(count, 'item')} left as they were`,
  handCleared: 'All changes by hand undone',
  accepted: (name: string): string => `New picture ${name} accepted`,
  refused: (name: string): string => `New picture ${name} refused`,
  acceptedMany: (count: number): string => `${formatCount(count, 'new picture')} accepted`,
  viewSaved: (name: string): string => `View “${name}” saved`,
  viewRenamed: (before: string, name: string): string => `View “${before}” renamed to “${name}”`,
  renamed: (before: string, name: string): string => `“${before}” renamed to “${name}”`
} as const
