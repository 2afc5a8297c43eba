// Words of lists of items made elsewhere.
import type { ListOrder, ListReadAs } from '@api/dto/runs.ts'

const readAs: Readonly<Record<ListReadAs, string>> = {
  records: 'The original records',
  keys: 'Keys of items',
  names: 'Names or ids of items',
  'file-names': 'File names',
  rows: 'Row numbers, counted from 0'
}
const orders: Readonly<Record<ListOrder, string>> = {
  'as-listed': 'As listed: the first is the best',
  'last-first': 'From the end: the last is the best'
}

/** A list made elsewhere, as the choice itself. */
export const lists = {
  label: 'Your list',
  help: 'Row numbers, keys or names (one on each line, or a column of a table), the original records in a file of their own, or items.csv of an exported set.',
  none: 'No list chosen',
  choose: 'Choose a file',
  another: 'Choose another file',
  clear: 'Clear the list',
  reading: 'Reading the list',
  failed: 'This list cannot be used',
  kept: (title: string, count: string): string => `${title}: ${count} items`,
  readAs: 'The entries are',
  readAsNames: readAs,
  order: 'Order',
  orderNames: orders,
  orderHelp: 'Matters when fewer items are kept than the list names.',
  unknown: (count: string): string => `${count} entries name no item`,
  unknownMore: (count: string): string => `and ${count} more`,
  entry: (where: string, entry: string, reason: string): string =>
    entry === '' ? `${where}: ${reason}` : `${where}, “${entry}”: ${reason}`
}
