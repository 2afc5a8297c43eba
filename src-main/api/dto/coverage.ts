// How a chosen set covers its data: regions of alike items, and how many of each were chosen.
import { z } from '../zod.ts'
import { DatasetId, JobId } from './common.ts'
import { ItemRow } from './datasets.ts'

/** A group of alike candidates. */
export const CoverageRegion = z.strictObject({
  /** Index that `regionOf` uses. */
  region: z.int(),
  /** Candidates in it. */
  pool: z.int(),
  chosen: z.int(),
  /** Items a random choice of the same size has here on average. */
  expected: z.number(),
  /** Most typical of it that are not chosen, then most typical of all; at most four. */
  examples: z.array(z.strictObject({ item: ItemRow, isChosen: z.boolean() })),
  /** Commonest label of its candidates and its share, 0..1; null without labels. */
  label: z.strictObject({ name: z.string(), share01: z.number() }).nullable()
})
export type CoverageRegion = z.infer<typeof CoverageRegion>

export const Coverage = z.strictObject({
  run: JobId,
  dataset: DatasetId,
  /** Regions without a chosen item first, the largest first; then those with the least for their size. */
  regions: z.array(CoverageRegion),
  /** Regions without a chosen item. */
  emptyRegions: z.int(),
  /** Regions a random choice of the same size leaves empty on average. */
  emptyAtRandom: z.number(),
  /** How the regions were made, in a sentence. */
  sentence: z.string(),
  /** Rows of the dataset, ascending. */
  chosen: z.instanceof(Uint32Array),
  leftOut: z.instanceof(Uint32Array),
  test: z.instanceof(Uint32Array),
  /** Region per row of the dataset; 65535 = in none. */
  regionOf: z.instanceof(Uint16Array)
})
export type Coverage = z.infer<typeof Coverage>

/** Value of `regionOf` for items that are in no region. */
export const noRegion = 65_535
