// Browsing a dataset: filter, order, window of rows, counts under a filter, saved views.
import { z } from '../zod.ts'
import { DatasetId } from './common.ts'

export const SplitName = z.enum(['train', 'test', 'none'])
export type SplitName = z.infer<typeof SplitName>

/** Facts of an item that have no column of their own, as names of number columns. */
export const ItemMeasure = z.enum(['#length', '#bytes', '#width', '#height'])
export type ItemMeasure = z.infer<typeof ItemMeasure>

/** Part of a filter that "not" can turn round. */
export const FilterPart = z.enum([
  'labels',
  'splits',
  'search',
  'tags',
  'values',
  'ranges',
  'finding',
  'set'
])
export type FilterPart = z.infer<typeof FilterPart>

/** Items that pass every part. Parts left at their default let everything through. */
export const ItemFilter = z.strictObject({
  labels: z.array(z.string()).default([]),
  /** Items without a label pass the label part as well. */
  unlabelled: z.boolean().default(false),
  splits: z.array(SplitName).default([]),
  /** Words that all occur in the name or the text; the last one may be unfinished. */
  search: z.string().max(200).default(''),
  aside: z.enum(['hide', 'show', 'only']).default('hide'),
  duplicates: z.enum(['all', 'only']).default('all'),
  /** Items with at least one of these tags. */
  tags: z.array(z.string()).max(100).default([]),
  /** Items with a note, or whose label was changed here. */
  marked: z.array(z.enum(['noted', 'relabelled'])).default([]),
  /** Kept columns: the value is one of these ("" = missing). All entries must pass. */
  values: z
    .array(z.strictObject({ column: z.string(), values: z.array(z.string()).min(1).max(1000) }))
    .max(50)
    .default([]),
  /** Number columns and measures between two bounds, both included; null = open. */
  ranges: z
    .array(
      z.strictObject({
        column: z.string(),
        min: z.number().nullable(),
        max: z.number().nullable()
      })
    )
    .max(50)
    .default([]),
  /** Items of a data-health finding. */
  finding: z.string().max(100).nullable().default(null),
  /** Items of a kept row set (a lasso on the map, a pasted list). */
  set: z.string().max(64).nullable().default(null),
  /** Parts whose sense is turned round. */
  not: z.array(FilterPart).default([])
})
export type ItemFilter = z.infer<typeof ItemFilter>

/** The filter that hides what is set aside and nothing else. */
export const noFilter: ItemFilter = ItemFilter.parse({})

/** Order of a list. Ties keep the dataset's own order. */
export const ItemSort = z.strictObject({
  by: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('order') }),
    z.strictObject({ kind: z.literal('name') }),
    z.strictObject({ kind: z.literal('label') }),
    /** A number column, a kept column or an {@link ItemMeasure}. */
    z.strictObject({ kind: z.literal('column'), column: z.string() }),
    /** Seeded shuffle. */
    z.strictObject({ kind: z.literal('shuffled'), seed: z.int().min(0) }),
    /** Most alike to this row first, by similarity fingerprint. */
    z.strictObject({ kind: z.literal('alike'), row: z.int().min(0) }),
    /** Strength of the filter's finding, strongest first. */
    z.strictObject({ kind: z.literal('finding') })
  ]),
  descending: z.boolean().default(false)
})
export type ItemSort = z.infer<typeof ItemSort>

/** The dataset's own order. */
export const ownOrder: ItemSort = { by: { kind: 'order' }, descending: false }

/** A window into a filtered, ordered list, by position: any place of a long list in one step. */
export const Window = z.strictObject({
  first: z.int().min(0).default(0),
  limit: z.int().min(1).max(1000).default(100)
})
export type Window = z.infer<typeof Window>

/** Which items a change or an export is about. */
export const ItemScope = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('rows'),
    rows: z.union([z.array(z.int().min(0)).max(100_000), z.instanceof(Uint32Array)])
  }),
  /** All items of a filter but these. */
  z.strictObject({
    kind: z.literal('filter'),
    filter: ItemFilter,
    except: z.array(z.int().min(0)).max(100_000).default([])
  })
])
export type ItemScope = z.infer<typeof ItemScope>

const Counted = z.strictObject({ value: z.string(), count: z.int() })

/** Counts for the filter panel: each facet counts under all other parts of the filter. */
export const Facets = z.strictObject({
  total: z.int(),
  labels: z.array(Counted),
  unlabelled: z.int(),
  splits: z.array(Counted),
  tags: z.array(Counted),
  aside: z.int(),
  duplicates: z.int(),
  noted: z.int(),
  relabelled: z.int(),
  /** Kept columns with few values, most frequent first; at most 50 values each. */
  values: z.array(
    z.strictObject({ column: z.string(), distinct: z.int(), values: z.array(Counted) })
  ),
  /** Number columns and measures: 24 equal bins between min and max. */
  ranges: z.array(
    z.strictObject({
      column: z.string(),
      min: z.number(),
      max: z.number(),
      missing: z.int(),
      bins: z.array(z.int())
    })
  )
})
export type Facets = z.infer<typeof Facets>

/** A filter and an order under a name. */
export const SavedView = z.strictObject({
  id: z.string(),
  dataset: DatasetId,
  name: z.string(),
  filter: ItemFilter,
  sort: ItemSort,
  display: z.enum(['gallery', 'table', 'map']),
  createdAt: z.number()
})
export type SavedView = z.infer<typeof SavedView>
