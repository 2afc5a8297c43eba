// Finished tiny sets side by side: what came out of each, whether that can be compared at all, and
// which settings differ.
import { z } from '../zod.ts'
import { JobId } from './common.ts'
import { DistilResult } from './distil.ts'

/** Most sets beside each other. */
export const mostCompared = 6

export const TinyComparisonRequest = z.strictObject({
  /** Finished runs that made tiny sets, in the order in which they are to be shown. */
  runs: z.array(JobId).min(2).max(mostCompared)
})
export type TinyComparisonRequest = z.infer<typeof TinyComparisonRequest>

export const TinyComparison = z.strictObject({
  /** As asked. */
  results: z.array(DistilResult),
  /** Made from the same version of the same data. */
  sameData: z.boolean(),
  /** Tested on the very same items; false where one was not tested. */
  sameTest: z.boolean(),
  /** Why figures must not be compared, or only roughly; empty when they can be. */
  cautions: z.array(z.string()),
  /** Settings that are not the same in all; `values` in the order of `results`. */
  differences: z.array(z.strictObject({ setting: z.string(), values: z.array(z.string()) })),
  sentence: z.string()
})
export type TinyComparison = z.infer<typeof TinyComparison>
