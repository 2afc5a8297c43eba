// Row numbers as others count them: positions in the file a dataset was read from, 0-based. They are
// the items' rows only while every record became an item; otherwise each later one is shifted
// (specs/selection.md 2.8 d), so that skipped records are counted back in, or the numbers refused.
import { setImmediate } from 'node:timers/promises'
import { AppError } from '../../api/errors.ts'
import type { DatasetRecord, Store } from '../store/records.ts'

export interface Positions {
  /** Records of the source, skipped ones included. */
  readonly count: number
  /** Item row of a position; -1 for a record that was skipped. */
  rowAt(position: number): number
  /** Position of an item row. */
  positionOf(row: number): number
}

const problemPage = 1000
const rowsAtOnce = 500

/** Positions of a dataset's records. Throws AppError "invalid-input" when they cannot be told. */
export async function sourcePositions(
  store: Pick<Store, 'items' | 'problems'>,
  record: DatasetRecord
): Promise<Positions> {
  const { items, skipped } = record
  if (skipped === 0)
    return {
      count: items,
      rowAt: (position) => (position < items ? position : -1),
      positionOf: (row) => row
    }
  const numbers = await itemNumbers(store, record)
  const gaps = skippedNumbers(store, record)
  if (numbers === undefined || gaps === undefined)
    throw new AppError(
      'invalid-input',
      `${skipped.toLocaleString('en')} records of “${record.name}” could not be read, so row numbers counted elsewhere may point to other items.`,
      { hint: 'Use a list of keys, of names, or of the records themselves.' }
    )
  const places = new Int32Array(items + skipped).fill(-1)
  const positions = new Uint32Array(items)
  let gap = 0
  numbers.forEach((number, row) => {
    while (gap < gaps.length && gaps[gap] < number) gap++
    positions[row] = row + gap
    places[row + gap] = row
  })
  return {
    count: items + skipped,
    rowAt: (position) => places[position] ?? -1,
    positionOf: (row) => positions[row]
  }
}

/** Numbers of the records in their file, ascending; undefined when items do not have them. */
async function itemNumbers(
  { items }: Pick<Store, 'items'>,
  record: DatasetRecord
): Promise<Float64Array | undefined> {
  if (record.addedSources.length > 0) return undefined
  const numbers = new Float64Array(record.items)
  for (let first = 0; first < record.items; first += rowsAtOnce) {
    for (const { row, locator } of items.range(record.id, first, rowsAtOnce)) {
      if (!/^[1-9]\d{0,11}$/.test(locator)) return undefined
      numbers[row] = Number(locator)
      if (row > 0 && numbers[row] <= numbers[row - 1]) return undefined
    }
    await setImmediate()
  }
  return numbers
}

/** Numbers of the skipped records, ascending; undefined when not all of them are listed. */
function skippedNumbers(
  { problems }: Pick<Store, 'problems'>,
  record: DatasetRecord
): number[] | undefined {
  const numbers: number[] = []
  for (let cursor: string | null = null; ;) {
    const page = problems.page(record.id, cursor, problemPage)
    if (page.total !== record.skipped) return undefined
    for (const { where } of page.problems) {
      const found = /^(?:Row|Element) (\d{1,12})\b/.exec(where)
      if (found === null) return undefined
      numbers.push(Number(found[1]))
    }
    cursor = page.next
    if (cursor === null) break
  }
  return numbers.length === record.skipped ? numbers.sort((a, b) => a - b) : undefined
}
