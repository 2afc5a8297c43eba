// Counts for the filter panel. Each count is taken under all parts of the filter but its own, so a
// person sees what choosing another value would give.
import type { Facets } from '../../../api/dto/browse.ts'
import type { ColumnInfo } from '../../../api/dto/datasets.ts'
import { splitOf } from '../../store/item-rows.ts'
import type { DatasetRecord } from '../../store/records.ts'
import type { Breaks } from './breaks.ts'
import { numbersOf, type FilterTest, type TestSource } from './filter-tests.ts'
import { unlike } from './loaded-dataset.ts'
import { measuresOf } from './measures.ts'

const valuesShown = 50
/** A column with more distinct values than this is searched, not listed. */
const distinctListed = 1000
const columnsListed = 20

/** Columns counted by value, and columns counted in bins. */
export function facetColumns(record: Pick<DatasetRecord, 'columns'>): {
  readonly values: readonly string[]
  readonly numbers: readonly string[]
} {
  const kept = record.columns.filter((column) => ['keep', 'group', 'number'].includes(column.role))
  const isNumber = (column: ColumnInfo): boolean => column.type === 'number'
  const names = (columns: readonly ColumnInfo[]): string[] =>
    columns.map((column) => column.name).slice(0, columnsListed)
  return {
    values: names(
      kept.filter(
        (column) =>
          ['category', 'yes-no'].includes(column.type) ||
          (column.type === 'text' && (column.distinct ?? Infinity) <= distinctListed)
      )
    ),
    numbers: names(kept.filter(isNumber))
  }
}

/** For each row, how many tests it fails (2 = more than one) and which one it fails. */
interface Failures {
  readonly count: Uint8Array
  readonly test: Uint8Array
}

function failuresOf(items: number, tests: readonly FilterTest[]): Failures {
  const count = new Uint8Array(items)
  const test = new Uint8Array(items)
  tests.forEach(({ passes }, at) => {
    for (let row = 0; row < items; row++) {
      if (passes[row] === 1) continue
      if (count[row] < 2) count[row]++
      test[row] = at
    }
  })
  return { count, test }
}

/** Counts rows by `codeOf` under all tests but the one named `key`. */
type Counter = (
  codes: ArrayLike<number>,
  size: number,
  shift: number,
  keys: readonly string[]
) => Uint32Array

function createCounter(items: number, tests: readonly FilterTest[]): Counter {
  const failures = failuresOf(items, tests)
  return (codes, size, shift, keys) => {
    const isOwn = Uint8Array.from(tests, (test) => (keys.includes(test.key) ? 1 : 0))
    const counts = new Uint32Array(size)
    for (let row = 0; row < items; row++) {
      const failed = failures.count[row]
      if (failed === 0 || (failed === 1 && isOwn[failures.test[row]] === 1))
        counts[codes[row] + shift]++
    }
    return counts
  }
}

/** Counts of a dataset under a filter's tests; columns of {@link facetColumns} are loaded. */
export async function countFacets(
  source: TestSource,
  tests: readonly FilterTest[],
  breaks: Breaks
): Promise<Facets> {
  const { loaded, record } = source
  const { columns, items } = loaded
  const count = createCounter(items, tests)
  const pause = async (): Promise<void> => {
    if (breaks.isDue()) await breaks.take()
  }
  const labels = count(columns.labels, record.classNames.length + 1, 1, ['labels'])
  await pause()
  const splits = count(columns.splits, 3, 0, ['splits'])
  const aside = count(columns.aside, 2, 0, ['aside'])[1]
  await pause()
  const duplicates = count(loaded.repeats(), 2, 0, ['duplicates'])[1]
  await pause()
  const noted = count(columns.noted, 2, 0, ['marked'])[1]
  const relabelled = count(unlike(columns.labels, columns.givenLabels), 2, 0, ['marked'])[1]
  await pause()
  const result = {
    total: count(new Uint8Array(items), 1, 0, [])[0],
    labels: record.classNames.map((value, i) => ({ value, count: labels[i + 1] })),
    unlabelled: labels[0],
    splits: [1, 2, 0].map((number) => ({ value: splitOf(number), count: splits[number] })),
    ...{ aside, duplicates, noted, relabelled }
  }
  const tags: Facets['tags'] = []
  const tagged = [...(loaded.tags() ?? [])].sort(([a], [b]) => (a < b ? -1 : 1))
  for (const [value, rows] of tagged) {
    const has = new Uint8Array(items)
    for (const row of rows) has[row] = 1
    tags.push({ value, count: count(has, 2, 0, ['tags'])[1] })
    await pause()
  }
  const wanted = facetColumns(record)
  const values: Facets['values'] = []
  for (const column of wanted.values) {
    const counted = countValues(source, column, count)
    if (counted !== undefined) values.push(counted)
    await pause()
  }
  const ranges: Facets['ranges'] = []
  for (const column of [...measuresOf(record.kind), ...wanted.numbers]) {
    const counted = countRange(source, column, count)
    if (counted !== undefined) ranges.push(counted)
    await pause()
  }
  return { ...result, tags, values, ranges }
}

function countValues(
  { loaded }: TestSource,
  column: string,
  count: Counter
): Facets['values'][number] | undefined {
  const kept = loaded.kept(column)
  if (kept.kind !== 'texts' || kept.texts.length - 1 > distinctListed) return undefined
  const counts = count(kept.codes, kept.texts.length, 0, [`values ${column}`, 'values'])
  const values = kept.texts.map((value, i) => ({ value, count: counts[i] }))
  const present = values.filter((entry) => entry.value !== '' || entry.count > 0)
  present.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return { column, distinct: kept.texts.length - 1, values: present.slice(0, valuesShown) }
}

function countRange(
  source: TestSource,
  column: string,
  count: Counter
): Facets['ranges'][number] | undefined {
  const binned = source.loaded.binned(column, () => numbersOf(source, column))
  // One value, or none, needs no slider.
  if (binned === undefined) return undefined
  const { codes, bins, min, max } = binned
  const counts = count(codes, bins + 1, 0, [`ranges ${column}`, 'ranges'])
  return { column, min, max, missing: counts[bins], bins: [...counts.subarray(0, bins)] }
}
