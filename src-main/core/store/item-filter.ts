// An item filter as SQL conditions; every value is bound.
import type { ItemFilter } from '../../api/dto/datasets.ts'
import type { NewItem } from './records.ts'

const splits = ['none', 'train', 'test'] as const

/** Number a split is stored as. */
export function splitNumber(split: NewItem['split']): number {
  return splits.indexOf(split)
}

/** Split of a stored number. */
export function splitOf(number: number): NewItem['split'] {
  return splits[number] ?? 'none'
}

/** Conditions joined by AND, with their values in order. */
export interface Conditions {
  readonly sql: string
  readonly values: readonly (string | number)[]
}

/**
 * What every filter but the search asks of an item. These columns are all in the index
 * items_by_facets, so counting them reads no names or texts.
 */
export function facetConditions(
  dataset: number,
  filter: ItemFilter,
  classNames: readonly string[]
): Conditions {
  const parts = ['dataset = ?']
  const values: number[] = [dataset]
  if (filter.labels.length > 0) {
    const wanted = filter.labels.map((name) => classNames.indexOf(name)).filter((at) => at >= 0)
    parts.push(wanted.length === 0 ? '0' : `label IN (${wanted.map(() => '?').join(', ')})`)
    values.push(...wanted)
  }
  if (filter.splits.length > 0) {
    parts.push(`split IN (${filter.splits.map(() => '?').join(', ')})`)
    values.push(...filter.splits.map(splitNumber))
  }
  if (filter.aside !== 'show') parts.push(filter.aside === 'only' ? 'aside = 1' : 'aside = 0')
  if (filter.duplicates === 'only') parts.push('duplicate_of IS NOT NULL')
  return { sql: parts.join(' AND '), values }
}

/** True when few items may match, so that the next page is found by index and not by reading on. */
export function isSelective(filter: ItemFilter): boolean {
  return (
    filter.labels.length > 0 ||
    filter.splits.length > 0 ||
    filter.aside === 'only' ||
    filter.duplicates === 'only'
  )
}

/** Words contained in the name or the text; LIKE's own signs are escaped. */
export function searchConditions(search: string): Conditions {
  if (search === '') return { sql: '1', values: [] }
  const pattern = `%${search.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`
  return {
    sql: `(name LIKE ? ESCAPE '\\' OR text LIKE ? ESCAPE '\\')`,
    values: [pattern, pattern]
  }
}
