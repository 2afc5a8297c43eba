// Recipes: the settings of a selection under a name, to be used again on the same or on other data.
import { z } from '../zod.ts'
import { DataKind } from './datasets.ts'
import { SelectDraft } from './runs.ts'

/** A recipe as a file. Ids mean nothing in another project, so what they stand for is kept as names. */
export const RecipeFile = z.strictObject({
  format: z.literal('winnow-recipe'),
  version: z.literal(1),
  name: z.string().min(1).max(120),
  savedAt: z.number(),
  /** The data it was made on; null in files that do not say. */
  data: z.strictObject({ name: z.string(), kind: DataKind }).nullable(),
  /** Names of the datasets and gradients that the draft names by id. */
  datasets: z.record(z.string(), z.string()).default({}),
  gradients: z.record(z.string(), z.string()).default({}),
  draft: SelectDraft
})
export type RecipeFile = z.infer<typeof RecipeFile>

/** A recipe in lists. */
export const RecipeSummary = z.strictObject({
  id: z.string(),
  name: z.string(),
  savedAt: z.number(),
  dataName: z.string().nullable(),
  kind: DataKind.nullable(),
  /** What it does, in a sentence. */
  sentence: z.string()
})
export type RecipeSummary = z.infer<typeof RecipeSummary>

/** A recipe on a dataset: the draft, and in words what of the recipe did not fit. */
export const FittedRecipe = z.strictObject({
  draft: SelectDraft,
  misfits: z.array(z.string())
})
export type FittedRecipe = z.infer<typeof FittedRecipe>
