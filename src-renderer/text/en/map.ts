// Words of the similarity map.
import { formatCount, formatNumber } from '../format.ts'

/** Map words. */
export const map = {
  /** Name of the map for screen readers. */
  label: (name: string): string => `Similarity map of ${name}`,
  keys:
    'Arrow keys move to the next item, plus and minus zoom, Shift with an arrow key moves the map, ' +
    'L starts a box, Enter opens the item or takes the box, Escape leaves.',
  noneTitle: 'No map yet',
  make: 'Make the map',
  refine: 'Refine the map',
  makingTitle: 'Making the map',
  making: (phase: string, percent: string): string => `${phase} · ${percent}`,
  waiting: 'Waiting for another run to end',
  paused: 'Paused',
  refining: (percent: string): string => `Refining ${percent}`,
  stop: 'Stop',
  readOnly: 'This project is open for reading only, so no map can be made.',
  emptyTitle: 'Nothing to map',
  emptyText: 'This data has no items.',
  noneShownTitle: 'No item matches the filter',
  noneShownText: 'All items are shown in grey.',
  clear: 'Clear filters',
  failedTitle: 'The map could not be made',
  loadFailedTitle: 'The map could not be loaded',
  cannotDrawText: 'This window can draw no pictures. The table shows the same items.',
  retry: 'Try again',
  asTable: 'Show as table',
  mode: 'What dragging does',
  lasso: 'Draw around items to show only these',
  pan: 'Move the map (or hold Space)',
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Show the whole map',
  legend: 'Labels on the map',
  other: 'Other labels',
  unlabelled: 'No label',
  shownOnly: (name: string, count: string): string => `${name}, ${count} shown. Show only these.`,
  shownStop: (name: string, count: string): string =>
    `${name}, ${count} shown. Stop filtering by it.`,
  counts: (shown: string, all: string): string => `${shown} of ${all} items`,
  thinned: (drawn: number, all: number): string =>
    `This computer draws about ${formatNumber(Number(drawn.toPrecision(2)))} of ${formatNumber(all)} points, spread evenly. Filters and drawing around items use all of them.`,
  lassoSentence: (count: number): string => `${formatCount(count, 'item')} drawn around on the map`,
  lassoNone: 'No items were inside.',
  lassoHint: 'Hold Shift to select instead of filtering',
  boxStarted:
    'Box started. Arrow keys make it larger, Enter shows only what is inside, Escape leaves.',
  boxHolds: (count: number): string => `${formatCount(count, 'item')} in the box.`,
  boxLeft: 'Box left.',
  noneThisWay: 'No more items this way.',
  itemNoLabel: 'No label'
}
