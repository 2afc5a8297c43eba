// A filter in words and its parts: chips, turning round, and what is left without one.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FilterPart, ItemFilter } from '@api/dto/browse.ts'
import { FilterPart as FilterPartSchema, noFilter } from '@api/dto/browse.ts'
import { browse as words } from '../../text/browse.ts'
import {
  changed,
  chipsOf,
  columnName,
  formatMeasure,
  isFiltered,
  turned,
  withColumnValues,
  withRange,
  withValue
} from './filter-parts.ts'

const full: ItemFilter = {
  ...noFilter,
  labels: ['a', 'b', 'c', 'd', 'e'],
  unlabelled: true,
  splits: ['test'],
  search: ' red boots ',
  aside: 'only',
  duplicates: 'only',
  tags: ['seen'],
  marked: ['noted'],
  values: [{ column: 'country', values: ['', 'Peru'] }],
  ranges: [
    { column: '#bytes', min: 1000, max: null },
    { column: 'stars', min: 2, max: 4 }
  ],
  finding: 'f1',
  set: 's1',
  not: ['labels', 'values']
}
const texts = (filter: ItemFilter, names = new Map<string, string>()): string[] =>
  chipsOf(filter, names).map(({ text }) => text)

const anyFilter = fc
  .record({
    labels: fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }),
    unlabelled: fc.boolean(),
    splits: fc.uniqueArray(fc.constantFrom('train' as const, 'test' as const)),
    search: fc.constantFrom('', 'x'),
    aside: fc.constantFrom('hide' as const, 'show' as const, 'only' as const),
    duplicates: fc.constantFrom('all' as const, 'only' as const),
    tags: fc.uniqueArray(fc.constantFrom('t', 'u')),
    marked: fc.uniqueArray(fc.constantFrom('noted' as const, 'relabelled' as const)),
    finding: fc.constantFrom(null, 'f1'),
    set: fc.constantFrom(null, 's1'),
    values: fc.constantFrom<ItemFilter['values'][]>([], [{ column: 'c', values: ['v'] }]),
    ranges: fc.constantFrom<ItemFilter['ranges'][]>([], [{ column: 'n', min: 1, max: null }]),
    not: fc.uniqueArray(fc.constantFrom(...FilterPartSchema.options))
  })
  .map((filter) => changed(filter, {}))

describe('the chips of a filter', () => {
  it('say every part that is in force', () => {
    expect(texts(full, new Map([['f1', 'Odd ones out']]))).toEqual([
      'Words: “red boots”',
      'Label: not a or b or c or 3 more',
      'Part: Test',
      'Tag: seen',
      'country: not Empty or Peru',
      'File size: from 1 KB',
      'stars: 2 to 4',
      `${words.chips.marked}: ${words.filters.noted}`,
      'Found: Odd ones out',
      `Set: ${words.chips.someSet}`,
      words.chips.duplicates,
      words.chips.asideOnly
    ])
    expect(texts(noFilter)).toEqual([])
  })

  it('lead to no filter at all when each is taken away, in any order', () => {
    fc.assert(
      fc.property(anyFilter, fc.infiniteStream(fc.nat(20)), (given, choices) => {
        let filter = given
        for (let left = chipsOf(filter, new Map()); left.length > 0;) {
          const chip = left[(choices.next().value ?? 0) % left.length]
          filter = chip?.without ?? noFilter
          const next = chipsOf(filter, new Map())
          expect(next).toHaveLength(left.length - 1)
          left = next
        }
        expect(filter).toEqual(noFilter)
        expect(isFiltered(filter)).toBe(false)
      })
    )
  })

  it('turn round twice to what they were', () => {
    fc.assert(
      fc.property(anyFilter, fc.constantFrom(...FilterPartSchema.options), (filter, part) => {
        const back = turned(turned(filter, part), part)
        expect({ ...back, not: [...back.not].sort() }).toEqual({
          ...filter,
          not: [...filter.not].sort()
        })
      })
    )
  })
})

describe('changing a filter', () => {
  it('forgets “not” with the last value of its part', () => {
    const filter = turned(changed(noFilter, { tags: ['seen'] }), 'tags')
    expect(filter.not).toEqual<FilterPart[]>(['tags'])
    expect(changed(filter, { tags: [] })).toEqual(noFilter)
  })

  it('sets and takes away the values and bounds of a column', () => {
    const some = withColumnValues(noFilter, 'country', ['Peru'])
    expect(some.values).toEqual([{ column: 'country', values: ['Peru'] }])
    expect(withColumnValues(some, 'country', [])).toEqual(noFilter)
    const range = withRange(withRange(noFilter, 'stars', 1, 3), 'stars', 2, null)
    expect(range.ranges).toEqual([{ column: 'stars', min: 2, max: null }])
    expect(withRange(range, 'stars', null, null)).toEqual(noFilter)
  })

  it('adds a value once', () => {
    expect(withValue(withValue(['a'], 'b', true), 'b', true)).toEqual(['a', 'b'])
    expect(withValue(['a', 'b'], 'a', false)).toEqual(['b'])
  })
})

describe('columns', () => {
  it('have names and units people know', () => {
    expect(columnName('#length')).toBe('Length of the text')
    expect(columnName('stars')).toBe('stars')
    expect(columnName('toString')).toBe('toString')
    expect(formatMeasure('#bytes', 2500)).toBe('2.5 KB')
    expect(formatMeasure('#width', 1024)).toBe('1,024 px')
    expect(formatMeasure('stars', 2.5)).toBe('2.5')
    expect(formatMeasure('stars', 12_345.678)).toBe('12,346')
  })
})
