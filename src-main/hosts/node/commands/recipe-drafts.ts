// The draft that a recipe of the project, or of a file, makes on a dataset; says what does not fit.
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DistilDraft } from '../../../api/dto/distil.ts'
import type { FittedRecipe } from '../../../api/dto/recipes.ts'
import type { SelectDraft } from '../../../api/dto/runs.ts'
import { UsageError } from './output.ts'
import type { Session } from './session.ts'

/** The recipe called `name` (or with that id) in the project, else the one in a file of that name. */
export async function recipeNamed(session: Session, name: string): Promise<string> {
  const { recipes } = await session.client.call('recipes.list', {})
  const found = recipes.find((recipe) => recipe.id === name || recipe.name === name)
  if (found !== undefined) return found.id
  if (existsSync(resolve(name))) {
    const grant = await session.grant(name)
    return (await session.client.call('recipes.read', { grant })).id
  }
  const names = recipes.map((recipe) => `"${recipe.name}"`).join(', ')
  throw new UsageError(
    `"${name}" is neither a recipe nor a file. The project has ${names || 'no recipes'}.`
  )
}

/** A recipe on a dataset, whatever it makes. */
export async function fittedRecipe(
  session: Session,
  name: string,
  dataset: string
): Promise<FittedRecipe> {
  const recipe = await recipeNamed(session, name)
  const fitted = await session.client.call('recipes.fit', { recipe, dataset })
  for (const misfit of fitted.misfits) session.output.say(`note: ${misfit}`)
  session.output.event({ event: 'recipe', misfits: fitted.misfits })
  return fitted
}

/** The draft of a recipe that chooses items. Throws UsageError for one that makes a tiny set. */
export async function draftOfRecipe(
  session: Session,
  name: string,
  dataset: string
): Promise<SelectDraft> {
  const fitted = await fittedRecipe(session, name, dataset)
  if (fitted.makes === 'chosen') return fitted.draft
  throw new UsageError(`"${name}" makes a tiny training set: winnow distil --recipe takes it.`)
}

/** The draft of a recipe that makes a tiny set. Throws UsageError for one that chooses items. */
export async function tinyDraftOfRecipe(
  session: Session,
  name: string,
  dataset: string
): Promise<DistilDraft> {
  const fitted = await fittedRecipe(session, name, dataset)
  if (fitted.makes === 'tiny') return fitted.draft
  throw new UsageError(`"${name}" chooses items: winnow select --recipe takes it.`)
}
