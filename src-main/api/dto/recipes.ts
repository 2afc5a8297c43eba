// Recipes: the settings of a run under a name, to be used again on the same or on other data. A
// recipe makes a chosen set or a tiny training set.
import { z } from '../zod.ts'
import { DataKind } from './datasets.ts'
import { DistilDraft } from './distil.ts'
import { SelectDraft } from './runs.ts'

const about = {
  format: z.literal('winnow-recipe'),
  version: z.literal(1),
  name: z.string().min(1).max(120),
  savedAt: z.number(),
  /** The data it was made on; null in files that do not say. */
  data: z.strictObject({ name: z.string(), kind: DataKind }).nullable()
}

/**
 * A recipe of a chosen set as a file. Ids mean nothing in another project, so what they stand for is
 * kept as names.
 */
export const ChosenRecipeFile = z.strictObject({
  ...about,
  /** Names of the datasets and gradients that the draft names by id. */
  datasets: z.record(z.string(), z.string()).default({}),
  gradients: z.record(z.string(), z.string()).default({}),
  draft: SelectDraft
})
export type ChosenRecipeFile = z.infer<typeof ChosenRecipeFile>

/** A recipe of a tiny training set as a file. */
export const TinyRecipeFile = z.strictObject({
  ...about,
  /** Files without it are those of chosen sets: they were there first. */
  makes: z.literal('tiny'),
  draft: DistilDraft
})
export type TinyRecipeFile = z.infer<typeof TinyRecipeFile>

/** A recipe as a file. */
export const RecipeFile = z.union([TinyRecipeFile, ChosenRecipeFile])
export type RecipeFile = z.infer<typeof RecipeFile>

/** What a recipe makes. */
export const RecipeMakes = z.enum(['chosen', 'tiny'])
export type RecipeMakes = z.infer<typeof RecipeMakes>

/** A recipe in lists. */
export const RecipeSummary = z.strictObject({
  id: z.string(),
  name: z.string(),
  savedAt: z.number(),
  makes: RecipeMakes,
  dataName: z.string().nullable(),
  kind: DataKind.nullable(),
  /** What it does, in a sentence. */
  sentence: z.string()
})
export type RecipeSummary = z.infer<typeof RecipeSummary>

/** A recipe on a dataset: the draft, and in words what of the recipe did not fit. */
export const FittedRecipe = z.discriminatedUnion('makes', [
  z.strictObject({
    makes: z.literal('chosen'),
    draft: SelectDraft,
    misfits: z.array(z.string())
  }),
  z.strictObject({ makes: z.literal('tiny'), draft: DistilDraft, misfits: z.array(z.string()) })
])
export type FittedRecipe = z.infer<typeof FittedRecipe>
