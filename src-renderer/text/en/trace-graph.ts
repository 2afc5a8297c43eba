// Words of the graph of a task: all attempts laid over each other.
import type { GraphTrust } from '@api/dto/trace-graphs.ts'
import type { TraceOutcome } from '@api/dto/traces.ts'
import { formatCount, formatNumber, formatPercent } from '../format.ts'

const outcomes: Readonly<Record<TraceOutcome, string>> = {
  pass: 'passed',
  fail: 'failed',
  partial: 'partly passed',
  unknown: 'outcome not known'
}

/** Words of the graph screen. */
export const traceGraph = {
  title: 'Map of paths',
  back: 'Back to the set',
  task: 'Task',
  chooseTask: 'Choose a task',
  noTasksTitle: 'No tasks yet',
  noTasksText: 'A task appears here when this set has attempts at it.',
  failed: 'The graph could not be made',
  tasksFailed: 'The tasks could not be read',
  loading: 'Laying all attempts over each other',
  attempt: 'Attempt shown in bold',
  noAttempt: 'None in bold',
  attemptName: (trial: number, outcome: TraceOutcome): string =>
    `Attempt ${formatNumber(trial + 1)}, ${outcomes[outcome]}`,
  facts: (attempts: number, states: number): string =>
    `${formatCount(attempts, 'attempt')}, ${formatCount(states, 'state')}`,
  states: {
    screen: 'Two moments are the same state when the screen shows the same.',
    ledger: 'Two moments are the same state when the same changes were made, in any order.',
    recent: 'Two moments are the same state when the last two actions were of the same kind.'
  },
  leftOut: (count: number): string =>
    `${formatCount(count, 'more attempt')} at this task ${count === 1 ? 'is' : 'are'} not drawn.`,
  views: { label: 'How the graph is shown', drawing: 'Drawing', table: 'Table' },
  drawing: (task: string): string => `Ways through ${task}`,
  keys:
    'Arrow keys move from box to box, Enter shows what a box holds, plus and minus zoom, ' +
    'Shift with an arrow key moves the drawing, 0 shows all of it.',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Show the whole graph',
  legendValue: 'Share that passed',
  legendLow: 'few',
  legendHigh: 'many',
  legendDead: 'Dead end: no attempt through it passed',
  legendWidth: 'Wider: more attempts',
  box: (label: string, visits: number, passes: number): string =>
    `${label}: ${formatCount(visits, 'attempt')}, ${formatNumber(passes)} passed`,
  boxCounts: (visits: number, passes: number): string =>
    `${formatNumber(passes)} of ${formatNumber(visits)} passed`,
  deadEnd: 'Dead end',
  line: (from: string, to: string): string => `${from} to ${to}`,
  close: 'Close the details',
  visits: 'Attempts',
  passes: 'Passed',
  value: 'Expected to pass from here',
  valueHint: 'Share of attempts through it that passed, drawn towards that of the whole task.',
  joined: (count: number): string => `${formatCount(count, 'state')} joined in this box`,
  repeats: (count: number): string => `${formatCount(count, 'action')} stayed in this state`,
  gone: (count: number): string => `Taken ${formatCount(count, 'time')}`,
  actions: 'Actions that lead along it',
  action: (count: number, passes: number): string =>
    `${formatCount(count, 'time')}, ${formatNumber(passes)} in attempts that passed`,
  moreActions: (count: number): string => `${formatNumber(count)} more kinds of action`,
  attempts: 'Attempts through it',
  moreAttempts: (count: number): string => `${formatNumber(count)} more`,
  table: 'States of the task',
  columns: {
    state: 'State',
    attempts: 'Attempts',
    passed: 'Passed',
    value: 'Expected to pass',
    deadEnd: 'Dead end',
    next: 'Leads to'
  },
  yes: 'Yes',
  /** Why decisions are, or are not, judged. */
  trust({ reason, attempts, passes, auc, low }: GraphTrust): string {
    if (reason === 'few-attempts')
      return `${formatCount(attempts, 'attempt')} with a known outcome, fewer than 8: counts only.`
    if (reason === 'one-outcome')
      return `${formatNumber(passes)} of ${formatCount(attempts, 'attempt')} passed; at least 2 that passed and 2 that failed are needed to judge steps: counts only.`
    const told = `A successful attempt looks more plausible than a failed one ${formatPercent(auc ?? 0, 0)} of the time (at least ${formatPercent(low ?? 0, 0)})`
    return reason === 'trusted'
      ? `${told}. How usual each step is stands beside it once the suggestion of a review is shown.`
      : `${told}; more than 60.0 % is needed to judge steps: counts only.`
  }
} as const
