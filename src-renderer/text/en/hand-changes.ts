// Words of changes by hand to a result, of swapping items, and of the coverage of a chosen set.
import { formatCount, formatNumber } from '../format.ts'

/** Changes by hand. */
export const handChanges = {
  title: 'Changes by hand',
  summary: (added: number, removed: number): string =>
    [
      added > 0 ? `${formatNumber(added)} added` : '',
      removed > 0 ? `${formatNumber(removed)} taken out` : ''
    ]
      .filter((part) => part !== '')
      .join(', '),
  otherCount: (count: string, before: string): string =>
    `That makes ${count} items instead of ${before}.`,
  nothingLeft: 'Nothing would be left. Undo some of the changes.',
  help: 'This result stays as it is. The changed set is tested as a run of its own, on the same test items.',
  show: 'Show changes',
  hide: 'Hide changes',
  undoLast: 'Undo the last',
  undoAll: 'Undo all',
  undo: (change: string): string => `Undo: ${change}`,
  more: (count: string): string => `and ${count} more`,
  check: 'Check the changed set',
  started: 'The changed set is being checked.',
  added: (name: string): string => `${name} added`,
  removed: (name: string): string => `${name} taken out`,
  swapped: (out: string, into: string): string => `${out} taken out, ${into} in its place`,
  add: 'Add',
  takeOut: 'Take out',
  keep: 'Leave as it was',
  swap: 'Swap…',
  selected: (count: string): string => `${count} selected`,
  clearSelection: 'Clear the selection',
  allFixed: 'None of these can be added.',
  someFixed: (count: number, why: string): string =>
    `${formatCount(count, 'item')} cannot be added. ${why}`,
  tooMany: (most: string): string => `At most ${most} items can be changed at once.`,
  selecting: 'Reading the selection',
  basedOn: (name: string, added: number, removed: number): string =>
    `This is “${name}”, changed by hand: ${formatNumber(added)} added, ${formatNumber(removed)} taken out.`,
  compareWith: 'Compare with it',
  basedOnTitle: 'Changed by hand'
} as const

/** Choosing what to put in the place of an item. */
export const swapping = {
  titleOut: (name: string): string => `Take what in the place of ${name}?`,
  titleIn: (name: string): string => `Take ${name} in the place of what?`,
  helpOut: 'Left-out items that can be chosen, the most alike first.',
  helpIn: 'Chosen items, the most alike first.',
  alike: (percent: string): string => `${percent} alike`,
  none: 'There is nothing to swap with',
  noneText: 'No other item can take its place.',
  failed: 'Alike items could not be found'
} as const

/** The item shown beside a reason. */
export const evidenceWords = {
  repeats: (percent: string, name: string): string => `${percent} alike: ${name}`,
  'nearest-chosen': (percent: string, name: string): string =>
    `Nearest chosen item, ${percent} alike: ${name}`,
  'near-chosen': (percent: string, name: string): string =>
    `A chosen item, ${percent} alike: ${name}`
} as const

/** How a chosen set covers its data. */
export const coverage = {
  failedTitle: 'The coverage could not be worked out',
  noneTitle: 'There are no regions to show',
  noneText: 'The items have no similarity fingerprints that could be compared.',
  full: (regions: string): string => `Every one of the ${regions} regions has a chosen item.`,
  gaps: (count: number): string =>
    count === 1
      ? '1 region has no chosen item.'
      : `${formatNumber(count)} regions have no chosen item.`,
  atRandom: (count: number): string =>
    count < 0.5
      ? 'A random choice of the same size usually leaves none without one.'
      : `A random choice of the same size leaves about ${formatNumber(count)} without one.`,
  addEach: 'Add one from each',
  addTypical: 'Add the most typical one',
  willAdd: (name: string): string => `${name} will be added`,
  undo: 'Undo',
  listTitle: 'Regions',
  mostly: (label: string, percent: string): string => `Mostly “${label}” (${percent})`,
  mixed: (label: string, percent: string): string =>
    `Mixed labels, most often “${label}” (${percent})`,
  region: (number: string): string => `Region ${number}`,
  counts: (chosen: string, pool: string): string => `${chosen} of ${pool} chosen`,
  expected: (count: string): string => `by chance ${count}`,
  kept: 'chosen',
  more: (count: string): string => `Show ${count} more`,
  allAdded: 'Nothing more to add here.',
  mapTitle: 'On the map',
  mapLabel: (name: string): string =>
    `Map of the items of “${name}”: what was chosen and what was not`,
  groups: {
    chosen: 'Chosen',
    gap: 'Left out, in a region without a chosen item',
    left: 'Left out, in other regions',
    test: 'Test items'
  },
  states: {
    chosen: 'Chosen',
    gap: 'Left out',
    left: 'Left out',
    test: 'Kept for testing',
    other: 'Not part of the choice'
  },
  rings: 'Circles mark the regions without a chosen item.',
  inside: (chosen: string, all: string): string => `Inside: ${chosen} of ${all} items are chosen.`,
  clear: 'Clear',
  asMap: 'Show the map',
  noMapTitle: 'No map yet',
  table: 'Regions as a table',
  column: {
    region: 'Region',
    label: 'Mostly',
    pool: 'Items',
    chosen: 'Chosen',
    expected: 'By chance'
  }
} as const

/** What the method found. */
export const findings = {
  title: 'What the method found',
  none: 'This method says no more than its scores',
  sources: 'What each source gave',
  column: {
    name: 'What',
    value: 'Value',
    meaning: 'What it means',
    source: 'Source',
    items: 'Items',
    before: 'Share of the data',
    asked: 'Share asked for',
    kept: 'Chosen',
    share: 'Share of the chosen'
  }
} as const
