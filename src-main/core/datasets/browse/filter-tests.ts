// A filter as tests: for each part that asks for something, one byte per row says whether the row
// passes. Tests are kept apart, so that counts can be taken under all parts but one.
import type { FilterPart, ItemFilter } from '../../../api/dto/browse.ts'
import { AppError } from '../../../api/errors.ts'
import { splitNumber } from '../../store/item-rows.ts'
import type { DatasetRecord, Store } from '../../store/records.ts'
import { isMeasure, measureOf } from './measures.ts'
import type { LoadedDataset } from './loaded-dataset.ts'

/** One part of a filter on one dataset. `key` names what it is about, for counts without it. */
export interface FilterTest {
  readonly key: string
  /** 1 = passes. */
  readonly passes: Uint8Array
}

/** What {@link filterTests} reads; columns, tags and searches it needs are loaded before. */
export interface TestSource {
  readonly store: Store
  readonly record: DatasetRecord
  readonly loaded: LoadedDataset
}

/** Ranges that ask for something. */
export function boundRanges(filter: ItemFilter): ItemFilter['ranges'] {
  return filter.ranges.filter((range) => range.min !== null || range.max !== null)
}

/** Columns of the data that a filter reads. */
export function columnsOfFilter(filter: ItemFilter): string[] {
  return [
    ...filter.values.map((entry) => entry.column),
    ...boundRanges(filter).map((range) => range.column)
  ].filter((name) => !isMeasure(name))
}

function tableTest(keys: Int32Array | Uint8Array, table: Uint8Array, shift: number): Uint8Array {
  const passes = new Uint8Array(keys.length)
  for (let row = 0; row < keys.length; row++) passes[row] = table[keys[row] + shift]
  return passes
}

function rowsTest(items: number, rows: Iterable<number>): Uint8Array {
  const passes = new Uint8Array(items)
  for (const row of rows) if (row < items) passes[row] = 1
  return passes
}

function labelTest({ record, loaded }: TestSource, filter: ItemFilter): Uint8Array {
  const table = new Uint8Array(record.classNames.length + 1)
  if (filter.unlabelled) table[0] = 1
  const wanted = new Set(filter.labels)
  record.classNames.forEach((name, i) => {
    if (wanted.has(name)) table[i + 1] = 1
  })
  return tableTest(loaded.columns.labels, table, 1)
}

function splitTest({ loaded }: TestSource, filter: ItemFilter): Uint8Array {
  const table = new Uint8Array(3)
  for (const split of filter.splits) table[splitNumber(split)] = 1
  return tableTest(loaded.columns.splits, table, 0)
}

function duplicateTest({ loaded }: TestSource): Uint8Array {
  const { firstSame } = loaded.columns
  const passes = new Uint8Array(firstSame.length)
  for (let row = 0; row < passes.length; row++) passes[row] = firstSame[row] === row ? 0 : 1
  return passes
}

function markedTest({ loaded }: TestSource, marked: ItemFilter['marked']): Uint8Array {
  const { noted, labels, givenLabels } = loaded.columns
  const passes = marked.includes('noted') ? noted.slice() : new Uint8Array(noted.length)
  if (marked.includes('relabelled'))
    for (let row = 0; row < passes.length; row++)
      if (labels[row] !== givenLabels[row]) passes[row] = 1
  return passes
}

function tagTest({ loaded }: TestSource, tags: readonly string[]): Uint8Array {
  const passes = new Uint8Array(loaded.items)
  for (const tag of tags) for (const row of loaded.tags()?.get(tag) ?? []) passes[row] = 1
  return passes
}

function valueTest({ loaded }: TestSource, column: string, values: readonly string[]): Uint8Array {
  const wanted = new Set(values)
  const kept = loaded.kept(column)
  const passes = new Uint8Array(loaded.items)
  if (kept.kind === 'texts') {
    const table = Uint8Array.from(kept.texts, (text) => (wanted.has(text) ? 1 : 0))
    for (let row = 0; row < passes.length; row++) passes[row] = table[kept.codes[row]]
    return passes
  }
  const numbers = new Set([...wanted].filter((text) => text !== '').map(Number))
  const isMissingWanted = wanted.has('')
  for (let row = 0; row < passes.length; row++) {
    const value = kept.values[row]
    const isMissing = Number.isNaN(value)
    if (isMissing ? isMissingWanted : numbers.has(value)) passes[row] = 1
  }
  return passes
}

/** Numbers of a column or measure, NaN where there is none; texts that read as numbers count. */
export function numbersOf({ loaded, record }: TestSource, column: string): Float64Array {
  if (isMeasure(column)) return measureOf(loaded.columns, record.kind, column)
  const kept = loaded.kept(column)
  if (kept.kind === 'numbers') return kept.values
  const table = kept.texts.map((text) => (text.trim() === '' ? Number.NaN : Number(text)))
  const values = new Float64Array(kept.codes.length)
  for (let row = 0; row < values.length; row++) values[row] = table[kept.codes[row]]
  return values
}

function rangeTest(source: TestSource, range: ItemFilter['ranges'][number]): Uint8Array {
  const values = numbersOf(source, range.column)
  const min = range.min ?? -Infinity
  const max = range.max ?? Infinity
  const passes = new Uint8Array(values.length)
  // A missing number compares false with everything.
  for (let row = 0; row < passes.length; row++)
    passes[row] = values[row] >= min && values[row] <= max ? 1 : 0
  return passes
}

function setTest({ store, loaded }: TestSource, id: string): Uint8Array {
  const set = store.views.set(id)
  if (set === undefined)
    throw new AppError('invalid-input', 'This selection of items is not in the project any more.')
  return rowsTest(loaded.items, set.rows)
}

function findingTest({ store, record, loaded }: TestSource, id: string): Uint8Array {
  return rowsTest(loaded.items, store.health.finding(record.id, id)?.rows ?? [])
}

interface PartTest {
  readonly part: FilterPart
  readonly key: string
  make(): Uint8Array
}

/** Parts that "not" can turn round, as far as they ask for something. */
function askedParts(source: TestSource, filter: ItemFilter): PartTest[] {
  const { finding, set } = filter
  const tests: PartTest[] = []
  const add = (part: FilterPart, isAsked: boolean, make: () => Uint8Array, key: string = part) => {
    if (isAsked) tests.push({ part, key, make })
  }
  add('labels', filter.labels.length > 0 || filter.unlabelled, () => labelTest(source, filter))
  add('splits', filter.splits.length > 0, () => splitTest(source, filter))
  add('search', filter.search.trim() !== '', () => searchTest(source, filter.search))
  add('tags', filter.tags.length > 0, () => tagTest(source, filter.tags))
  for (const { column, values } of filter.values)
    add('values', true, () => valueTest(source, column, values), `values ${column}`)
  for (const range of boundRanges(filter))
    add('ranges', true, () => rangeTest(source, range), `ranges ${range.column}`)
  if (finding !== null) add('finding', true, () => findingTest(source, finding))
  if (set !== null) add('set', true, () => setTest(source, set))
  return tests
}

function searchTest({ loaded }: TestSource, search: string): Uint8Array {
  const found = loaded.found(search)
  if (found === undefined) throw new AppError('internal')
  return found
}

function inverted(passes: Uint8Array): Uint8Array {
  const turned = new Uint8Array(passes.length)
  for (let row = 0; row < turned.length; row++) turned[row] = passes[row] ^ 1
  return turned
}

/** Joins tests that are turned round together: an item fails only when it passes all of them. */
function notAll(tests: readonly PartTest[]): Uint8Array {
  const [first, ...rest] = tests.map((test) => test.make())
  const all = first.slice()
  for (const passes of rest) for (let row = 0; row < all.length; row++) all[row] &= passes[row]
  return inverted(all)
}

/**
 * The tests of a filter. A part under "not" lets through exactly what it would keep out; a part
 * that asks for nothing lets everything through, with or without "not".
 */
export function filterTests(source: TestSource, filter: ItemFilter): FilterTest[] {
  const asked = askedParts(source, filter)
  const tests: FilterTest[] = []
  for (const part of new Set(asked.map((test) => test.part))) {
    const own = asked.filter((test) => test.part === part)
    if (filter.not.includes(part)) tests.push({ key: part, passes: notAll(own) })
    else for (const test of own) tests.push({ key: test.key, passes: test.make() })
  }
  const { aside } = source.loaded.columns
  if (filter.aside !== 'show')
    tests.push({ key: 'aside', passes: filter.aside === 'only' ? aside : inverted(aside) })
  if (filter.duplicates === 'only') tests.push({ key: 'duplicates', passes: duplicateTest(source) })
  if (filter.marked.length > 0)
    tests.push({ key: 'marked', passes: markedTest(source, filter.marked) })
  return tests
}

/** Rows that pass all tests: one byte per row. */
export function passingAll(items: number, tests: readonly FilterTest[]): Uint8Array {
  const mask = new Uint8Array(items).fill(1)
  for (const { passes } of tests) for (let row = 0; row < items; row++) mask[row] &= passes[row]
  return mask
}
