// What a filter says, part by part: the chips above a list, what it is without one of them, and
// which parts are turned round. No DOM.
import type { FilterPart, ItemFilter, SplitName } from '@api/dto/browse.ts'
import { browse as words } from '../../text/browse.ts'
import { data } from '../../text/data.ts'
import { formatBytes, formatNumber } from '../../text/format.ts'

/** One part of a filter in words. */
export interface FilterChip {
  readonly id: string
  /** The part "not" turns round; undefined where that has no meaning. */
  readonly part: FilterPart | undefined
  readonly text: string
  readonly isNot: boolean
  /** The filter without it. */
  readonly without: ItemFilter
}

/** Values named in a chip before "3 more". */
const namedValues = 3

/** How a number column or a measure is called. */
export function columnName(column: string): string {
  return Object.hasOwn(words.measures, column)
    ? words.measures[column as keyof typeof words.measures] // one of its own keys
    : column
}

/** A value of a number column or a measure, with its unit. */
export function formatMeasure(column: string, value: number): string {
  if (column === '#bytes') return formatBytes(value)
  const figure = formatNumber(value, Math.abs(value) < 100 && !Number.isInteger(value) ? 2 : 0)
  if (column === '#length') return words.characters(figure)
  return column === '#width' || column === '#height' ? words.pixels(figure) : figure
}

/** True when a part holds something that can be turned round. */
function isActive(filter: ItemFilter, part: FilterPart): boolean {
  switch (part) {
    case 'labels':
      return filter.labels.length > 0 || filter.unlabelled
    case 'search':
      return filter.search.trim() !== ''
    case 'finding':
      return filter.finding !== null
    case 'set':
      return filter.set !== null
    default:
      return filter[part].length > 0
  }
}

/** The filter without "not" on parts that hold nothing. */
export function tidy(filter: ItemFilter): ItemFilter {
  return { ...filter, not: filter.not.filter((part) => isActive(filter, part)) }
}

/** The filter with some of its fields changed. */
export function changed(filter: ItemFilter, patch: Partial<ItemFilter>): ItemFilter {
  return tidy({ ...filter, ...patch })
}

/** The filter with a part turned round, or back. */
export function turned(filter: ItemFilter, part: FilterPart): ItemFilter {
  const not = filter.not.includes(part)
    ? filter.not.filter((one) => one !== part)
    : [...filter.not, part]
  return tidy({ ...filter, not })
}

/** A list with a value in it, or without it. */
export function withValue<T>(list: readonly T[], value: T, isIn: boolean): T[] {
  const others = list.filter((one) => one !== value)
  return isIn ? [...others, value] : others
}

/** The filter with these values of one column. */
export function withColumnValues(filter: ItemFilter, column: string, values: string[]): ItemFilter {
  const others = filter.values.filter((entry) => entry.column !== column)
  return changed(filter, { values: values.length === 0 ? others : [...others, { column, values }] })
}

/** The filter with these bounds of one column; both null takes it out. */
export function withRange(
  filter: ItemFilter,
  column: string,
  min: number | null,
  max: number | null
): ItemFilter {
  const others = filter.ranges.filter((entry) => entry.column !== column)
  const isOpen = min === null && max === null
  return changed(filter, { ranges: isOpen ? others : [...others, { column, min, max }] })
}

function listed(values: readonly string[]): string {
  const named = values.slice(0, namedValues)
  const rest = values.length - named.length
  const all = [...named, ...(rest > 0 ? [words.chips.more(formatNumber(rest))] : [])]
  return all.reduce((said, next) => words.chips.or(said, next))
}
function boundsOf(column: string, min: number | null, max: number | null): string {
  if (min === null) return words.chips.upTo(formatMeasure(column, max ?? 0))
  if (max === null) return words.chips.from(formatMeasure(column, min))
  return words.chips.between(formatMeasure(column, min), formatMeasure(column, max))
}

/**
 * The chips of a filter in the order of the panel. `names` has what sets and findings are called, by
 * their ids.
 */
export function chipsOf(filter: ItemFilter, names: ReadonlyMap<string, string>): FilterChip[] {
  const chips: FilterChip[] = []
  const add = (
    id: string,
    part: FilterPart | undefined,
    title: string | undefined,
    value: string,
    patch: Partial<ItemFilter>
  ): void => {
    const isNot = part !== undefined && filter.not.includes(part)
    const said = isNot ? words.chips.not(value) : value
    const text = title === undefined ? said : words.chips.one(title, said)
    chips.push({ id, part, text, isNot, without: changed(filter, patch) })
  }
  const { parts, filters } = words
  const search = filter.search.trim()
  if (search !== '') add('search', 'search', parts.search, `“${search}”`, { search: '' })
  if (isActive(filter, 'labels')) {
    const names = [...filter.labels, ...(filter.unlabelled ? [filters.unlabelled] : [])]
    add('labels', 'labels', parts.labels, listed(names), { labels: [], unlabelled: false })
  }
  if (filter.splits.length > 0) {
    const names = filter.splits.map((split: SplitName) => data.splitWords[split])
    add('splits', 'splits', parts.splits, listed(names), { splits: [] })
  }
  if (filter.tags.length > 0) add('tags', 'tags', parts.tags, listed(filter.tags), { tags: [] })
  for (const { column, values } of filter.values) {
    const named = values.map((value) => (value === '' ? filters.empty : value))
    const without = filter.values.filter((entry) => entry.column !== column)
    add(`values ${column}`, 'values', column, listed(named), { values: without })
  }
  for (const { column, min, max } of filter.ranges) {
    const without = filter.ranges.filter((entry) => entry.column !== column)
    const bounds = boundsOf(column, min, max)
    add(`ranges ${column}`, 'ranges', columnName(column), bounds, { ranges: without })
  }
  for (const mark of filter.marked) {
    const without = filter.marked.filter((one) => one !== mark)
    add(`marked ${mark}`, undefined, words.chips.marked, filters[mark], { marked: without })
  }
  if (filter.finding !== null) {
    const title = names.get(filter.finding) ?? words.chips.someFinding
    add('finding', 'finding', parts.finding, title, { finding: null })
  }
  if (filter.set !== null) {
    add('set', 'set', parts.set, names.get(filter.set) ?? words.chips.someSet, { set: null })
  }
  if (filter.duplicates === 'only')
    add('duplicates', undefined, undefined, words.chips.duplicates, { duplicates: 'all' })
  if (filter.aside !== 'hide') {
    const text = filter.aside === 'show' ? words.chips.asideShown : words.chips.asideOnly
    add('aside', undefined, undefined, text, { aside: 'hide' })
  }
  return chips
}

/** True when a filter lets through other items than all that are not set aside. */
export function isFiltered(filter: ItemFilter): boolean {
  return chipsOf(filter, new Map()).length > 0
}
