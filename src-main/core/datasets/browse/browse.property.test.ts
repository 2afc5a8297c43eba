// Browsing against a naive model that looks at one item at a time: every filter, order, window,
// position and count, before and after changes, gives exactly what the model says.
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  FilterPart,
  ItemFilter,
  ItemMeasure,
  ItemSort,
  type Facets
} from '../../../api/dto/browse.ts'
import type { ColumnInfo } from '../../../api/dto/datasets.ts'
import { openStore } from '../../store/open-store.ts'
import type { NewItem, Store } from '../../store/records.ts'
import { datasetRecord, newItem, temporaryFolder } from '../../store/store.test-support.ts'
import { createBrowse, type Browse } from './browse.ts'

const classNames = ['rose 10', 'rose 2', 'Tulip']
const splits = ['none', 'train', 'test'] as const
const colours = ['red', 'Blue', 'blue 10', 'blue 9', '', 'Élan']
const tagNames = ['odd', 'nice']
const texts = ['red fox', 'a Red door', 'foxglove', 'élan vital', 'nothing', '']

let folder: ReturnType<typeof temporaryFolder>
let store: Store
let browse: Browse
let datasets = 0
beforeAll(() => {
  folder = temporaryFolder()
  store = openStore(join(folder.path, 'project.sqlite'))
  browse = createBrowse({
    store,
    alike: (_, row) => Promise.resolve(Float32Array.from(likeness(row)))
  })
})
afterAll(() => {
  browse.dispose()
  store.dispose()
  folder.remove()
})

/** Made-up similarities with ties and one row that was not compared. */
function likeness(row: number): number[] {
  return Array.from({ length: 60 }, (_, other) =>
    other === 3 ? Number.NaN : ((other * 7 + row) % 5) / 4
  )
}

interface Item {
  readonly name: string
  readonly text: string
  readonly label: number
  readonly given: number
  readonly split: number
  readonly aside: boolean
  readonly same: number | undefined
  readonly note: string
  readonly tags: readonly string[]
  readonly colour: string
  readonly score: number | undefined
}

const arbitraryItem = fc.record({
  name: fc.constantFrom('item 2', 'item 10', 'Item 1', 'fox', 'b'),
  text: fc.constantFrom(...texts),
  label: fc.integer({ min: -1, max: 2 }),
  relabel: fc.option(fc.integer({ min: -1, max: 2 }), { nil: undefined }),
  split: fc.nat(2),
  aside: fc.boolean(),
  note: fc.constantFrom('', '', 'look'),
  tags: fc.subarray(tagNames),
  colour: fc.constantFrom(...colours),
  score: fc.option(fc.constantFrom(-3, 0, 1.5, 2, 10), { nil: undefined })
})
type DrawnItem = typeof arbitraryItem extends fc.Arbitrary<infer T> ? T : never

const textColumn = (name: string, type: ColumnInfo['type'], role: ColumnInfo['role']) => ({
  ...{ name, type, role, confidence01: 1, distinct: null, missing: 0, examples: [] }
})
const columns = [textColumn('colour', 'category', 'keep'), textColumn('score', 'number', 'number')]

/** Stores items and says what the model takes them for. */
function makeDataset(
  drawn: readonly DrawnItem[],
  isSearchable: boolean
): { id: string; items: Item[] } {
  const id = `d${++datasets}`
  store.datasets.insert(
    datasetRecord(id, { kind: 'text', classNames, columns, items: drawn.length, isSearchable })
  )
  const items = drawn.map((one, row): NewItem =>
    newItem(row, one.text, {
      name: one.name,
      label: one.label,
      split: splits[one.split],
      sizeBytes: (row * 5) % 7,
      values: {
        ...(one.colour === '' ? {} : { colour: one.colour }),
        ...(one.score === undefined ? {} : { score: one.score })
      }
    })
  )
  store.items.append(id, items)
  if (isSearchable) store.items.index(id, 0, items.length)
  const rows = Uint32Array.from(drawn.keys())
  store.items.setAside(
    id,
    rows,
    Uint8Array.from(drawn, (one) => (one.aside ? 1 : 0))
  )
  const labels = Int32Array.from(drawn, (one) => one.relabel ?? one.label)
  store.items.setLabels(id, rows, labels)
  store.items.setNotes(
    id,
    rows,
    drawn.map((one) => one.note)
  )
  for (const tag of tagNames)
    store.items.setTag(
      id,
      tag,
      rows,
      Uint8Array.from(drawn, (one) => (one.tags.includes(tag) ? 1 : 0))
    )
  return {
    id,
    items: drawn.map((one, row) => {
      const first = drawn.findIndex((other) => other.text === one.text)
      return {
        ...one,
        label: one.relabel ?? one.label,
        given: one.label,
        same: first === row ? undefined : first
      }
    })
  }
}

const arbitraryFilter = fc
  .record({
    labels: fc.subarray([...classNames, 'unknown'], { maxLength: 2 }),
    unlabelled: fc.boolean(),
    splits: fc.subarray([...splits], { maxLength: 2 }),
    search: fc.constantFrom('', '', 'red', 'RED f', 'fo', 'item 1', 'elan', 'vital élan', '?', ' '),
    aside: fc.constantFrom('hide', 'show', 'only'),
    duplicates: fc.constantFrom('all', 'all', 'only'),
    tags: fc.subarray([...tagNames, 'gone'], { maxLength: 1 }),
    marked: fc.subarray(['noted', 'relabelled'], { maxLength: 2 }),
    values: fc.option(
      fc.record({ column: fc.constant('colour'), values: fc.subarray(colours, { minLength: 1 }) }),
      { nil: undefined }
    ),
    numbers: fc.option(fc.subarray(['-3', '0', '1.5', '', '7'], { minLength: 1 }), {
      nil: undefined
    }),
    ranges: fc.array(
      fc.record({
        column: fc.constantFrom('score', ...ItemMeasure.options),
        min: fc.option(fc.integer({ min: -3, max: 9 }), { nil: null }),
        max: fc.option(fc.integer({ min: -3, max: 9 }), { nil: null })
      }),
      { maxLength: 2 }
    ),
    set: fc.boolean(),
    finding: fc.boolean(),
    not: fc.subarray([...FilterPart.options]),
    // A filter of all parts lets nothing through: a few of them are asked for at a time.
    asked: fc.subarray([...FilterPart.options, 'aside', 'duplicates', 'marked'], { maxLength: 3 })
  })
  .map(({ values, numbers, set, finding, asked, labels, unlabelled, ...rest }) => {
    const parts = {
      ...rest,
      ...(asked.includes('labels') ? { labels, unlabelled } : {}),
      values: [
        ...(values === undefined ? [] : [values]),
        ...(numbers === undefined ? [] : [{ column: 'score', values: numbers }])
      ],
      set: set ? 'set' : null,
      finding: finding ? 'f' : null
    }
    const wanted = new Set<string>([...asked, 'labels', 'unlabelled', 'not'])
    const kept = Object.entries(parts).filter(([part]) => wanted.has(part))
    return ItemFilter.parse({ aside: 'show', ...Object.fromEntries(kept) })
  })

const arbitrarySort = fc.record({
  by: fc.oneof(
    fc.constantFrom('order', 'name', 'label', 'finding').map((kind) => ({ kind })),
    fc
      .constantFrom('score', 'colour', ...ItemMeasure.options)
      .map((column) => ({ kind: 'column', column })),
    fc.nat(9).map((seed) => ({ kind: 'shuffled', seed })),
    fc.constant({ kind: 'alike', row: 0 })
  ),
  descending: fc.boolean()
})

const fold = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
const wordsIn = (text: string): string[] => fold(text).match(/[a-z0-9]+/g) ?? []

function finds(item: Item, search: string): boolean {
  const words = wordsIn(search)
  if (words.length === 0)
    return search.split(/\s+/).every((part) => item.name.includes(part) || item.text.includes(part))
  const own = [...wordsIn(item.name), ...wordsIn(item.text)]
  return words.every((word, i) =>
    own.some((other) => (i === words.length - 1 ? other.startsWith(word) : other === word))
  )
}

function measure(item: Item, row: number, column: string): number | undefined {
  if (column === 'score') return item.score
  if (column === '#length') return item.text.length
  if (column === '#bytes') return (row * 5) % 7
  return undefined
}

const setRows = [0, 2, 5, 6]
const findingRows = [5, 1, 4]

/** Which parts a row passes, part by part; parts that ask for nothing are not among them. */
function parts(item: Item, row: number, filter: ItemFilter): Map<string, boolean> {
  const passed = new Map<string, boolean>()
  const name = item.label < 0 ? undefined : classNames[item.label]
  if (filter.labels.length > 0 || filter.unlabelled)
    passed.set('labels', name === undefined ? filter.unlabelled : filter.labels.includes(name))
  if (filter.splits.length > 0) passed.set('splits', filter.splits.includes(splits[item.split]))
  if (filter.search.trim() !== '') passed.set('search', finds(item, filter.search))
  if (filter.tags.length > 0)
    passed.set(
      'tags',
      filter.tags.some((tag) => item.tags.includes(tag))
    )
  if (filter.values.length > 0)
    passed.set(
      'values',
      filter.values.every(({ column, values }) =>
        values.includes(column === 'colour' ? item.colour : String(item.score ?? ''))
      )
    )
  const ranges = filter.ranges.filter(({ min, max }) => min !== null || max !== null)
  if (ranges.length > 0)
    passed.set(
      'ranges',
      ranges.every(({ column, min, max }) => {
        const value = measure(item, row, column)
        return value !== undefined && value >= (min ?? -Infinity) && value <= (max ?? Infinity)
      })
    )
  if (filter.finding !== null) passed.set('finding', findingRows.includes(row))
  if (filter.set !== null) passed.set('set', setRows.includes(row))
  for (const part of filter.not) {
    const own = passed.get(part)
    if (own !== undefined) passed.set(part, !own)
  }
  if (filter.aside !== 'show') passed.set('aside', item.aside === (filter.aside === 'only'))
  if (filter.duplicates === 'only') passed.set('duplicates', item.same !== undefined)
  if (filter.marked.length > 0)
    passed.set(
      'marked',
      (filter.marked.includes('noted') && item.note !== '') ||
        (filter.marked.includes('relabelled') && item.label !== item.given)
    )
  return passed
}

function passes(item: Item, row: number, filter: ItemFilter, without?: string): boolean {
  return [...parts(item, row, filter)].every(([part, passed]) => passed || part === without)
}

const natural = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })
/** Compares two values; what is missing comes last whichever way the order goes. */
function compare<T>(
  a: T | undefined,
  b: T | undefined,
  isDescending: boolean,
  order: (a: T, b: T) => number
): number {
  if (a === undefined || b === undefined)
    return (a === undefined ? 1 : 0) - (b === undefined ? 1 : 0)
  return isDescending ? -order(a, b) : order(a, b)
}

function sortRows(
  rows: number[],
  items: readonly Item[],
  sort: ItemSort,
  filter: ItemFilter
): void {
  const { by, descending } = sort
  const number = (a: number, b: number): number => a - b
  const value = (row: number): number | undefined => {
    if (by.kind === 'column') return measure(items[row], row, by.column)
    if (by.kind === 'alike') {
      const found = likeness(by.row)[row]
      return Number.isNaN(found) ? undefined : -found
    }
    const place = findingRows.indexOf(row)
    return filter.finding === null || place < 0 ? undefined : place
  }
  const text = (row: number): string | undefined => {
    const { name, label, colour } = items[row]
    if (by.kind === 'name') return name
    if (by.kind === 'label') return classNames[label]
    return colour === '' ? undefined : colour
  }
  const isText =
    by.kind === 'name' || by.kind === 'label' || (by.kind === 'column' && by.column === 'colour')
  if (by.kind === 'order') {
    if (descending) rows.reverse()
  } else
    rows.sort(
      (a, b) =>
        (isText
          ? compare(text(a), text(b), descending, (x, y) => natural.compare(x, y))
          : compare(value(a), value(b), descending, number)) || a - b
    )
}

const arbitraryCase = fc.record({
  items: fc.array(arbitraryItem, { minLength: 1, maxLength: 40, size: 'max' }),
  isSearchable: fc.boolean()
})

function open(drawn: typeof arbitraryCase extends fc.Arbitrary<infer T> ? T : never) {
  const made = makeDataset(drawn.items, drawn.isSearchable)
  store.views.keepSet('set', made.id, '', Uint32Array.from(setRows), 1)
  store.health.save(made.id, { checkedAt: 1, lastEdit: 0, spec: {} }, [
    {
      ...{ id: 'f', kind: 'outliers', spec: {}, isDismissed: false },
      rows: Uint32Array.from(findingRows),
      groups: new Uint32Array(0),
      best: new Uint8Array(0),
      scores: new Float32Array(findingRows.length),
      suggested: new Int32Array(0)
    }
  ])
  return made
}

function close(id: string): void {
  browse.forget(id)
  store.datasets.remove(id)
}

describe('browsing gives what the model says', () => {
  it('for filters, orders, windows and positions', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryCase,
        fc.array(fc.tuple(arbitraryFilter, arbitrarySort), { minLength: 1, maxLength: 6 }),
        fc.nat(20),
        fc.integer({ min: 1, max: 20 }),
        async (drawn, asked, first, limit) => {
          const { id, items } = open(drawn)
          for (const [filter, drawnSort] of asked) {
            const sort = ItemSort.parse(drawnSort)
            const expected = items.flatMap((item, row) => (passes(item, row, filter) ? [row] : []))
            expect([...(await browse.rows(id, filter))]).toEqual(expected)
            const list = await browse.window(id, filter, sort, { first: 0, limit: 1000 })
            if (sort.by.kind === 'shuffled')
              expect([...list.rows].sort((a, b) => a - b)).toEqual(expected)
            else {
              sortRows(expected, items, sort, filter)
              expect([...list.rows]).toEqual(expected)
            }
            const part = await browse.window(id, filter, sort, { first, limit })
            expect([...part.rows]).toEqual([...list.rows].slice(first, first + limit))
            expect(part.total).toBe(expected.length)
            for (const row of [0, items.length - 1]) {
              const at = [...list.rows].indexOf(row)
              const position = await browse.position(id, filter, sort, row)
              expect(position).toBe(at < 0 ? undefined : at)
            }
          }
          close(id)
        }
      ),
      { numRuns: 80 }
    )
  })

  it('for counts: each under all other parts', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryCase, arbitraryFilter, async (drawn, filter) => {
        const { id, items } = open(drawn)
        const facets = await browse.facets(id, filter)
        const count = (without: string | undefined, wanted: (item: Item) => boolean): number =>
          items.filter((item, row) => passes(item, row, filter, without) && wanted(item)).length
        const expected: Omit<Facets, 'values' | 'ranges'> = {
          total: count(undefined, () => true),
          labels: classNames.map((value, i) => ({
            value,
            count: count('labels', (item) => item.label === i)
          })),
          unlabelled: count('labels', (item) => item.label < 0),
          splits: [1, 2, 0].map((split) => ({
            value: splits[split],
            count: count('splits', (item) => item.split === split)
          })),
          tags: [...tagNames]
            .sort()
            .filter((tag) => items.some((item) => item.tags.includes(tag)))
            .map((value) => ({ value, count: count('tags', (item) => item.tags.includes(value)) })),
          aside: count('aside', (item) => item.aside),
          duplicates: count('duplicates', (item) => item.same !== undefined),
          noted: count('marked', (item) => item.note !== ''),
          relabelled: count('marked', (item) => item.label !== item.given)
        }
        expect(facets).toMatchObject(expected)
        const numbers = facets.ranges.find((range) => range.column === 'score')
        const scores = items.flatMap((item) => item.score ?? [])
        if (new Set(scores).size > 1) {
          expect(numbers?.min).toBe(Math.min(...scores))
          expect(numbers?.max).toBe(Math.max(...scores))
        } else expect(numbers).toBeUndefined()
        close(id)
      }),
      { numRuns: 80 }
    )
  })

  it('for counts of kept columns, each entry of a part for itself', async () => {
    const drawn = fc.sample(arbitraryCase, { numRuns: 1, seed: 5 })[0]
    const { id, items } = open({ ...drawn, items: [...drawn.items, ...drawn.items] })
    const filter = ItemFilter.parse({
      aside: 'show',
      values: [
        { column: 'colour', values: ['red'] },
        { column: 'score', values: ['0', '2'] }
      ],
      ranges: [{ column: 'score', min: 0, max: null }]
    })
    const { values, ranges } = await browse.facets(id, filter)
    // Counts of colours leave the choice of a colour out, not that of a score.
    const expected = colours
      .map((value) => ({
        value,
        count: items.filter(
          (item) => item.colour === value && (item.score === 0 || item.score === 2)
        ).length
      }))
      .filter(
        ({ value, count }) =>
          count > 0 || items.some((item) => item.colour === value && value !== '')
      )
      .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
    expect(values.map(({ column }) => column)).toEqual(['colour'])
    expect(values[0].values).toEqual(expected)
    const score = ranges.find((range) => range.column === 'score')
    const binned = items.filter(
      (item) => item.colour === 'red' && (item.score === 0 || item.score === 2)
    ).length
    expect(score?.bins.reduce((sum, count) => sum + count, 0)).toBe(binned)
    expect(score?.bins).toHaveLength(24)
    close(id)
  })
})
