// Calls about recipes.
import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { AppError } from '../../api/errors.ts'
import type { Handlers } from '../../api/rpc.ts'
import { requireDataset } from '../datasets/datasets.ts'
import { distillationMethods } from '../methods/distillation/registry.ts'
import { selectionMethods } from '../methods/registry.ts'
import { fitTinyRecipe } from '../distillation/recipe-fit.ts'
import { fitRecipe } from '../selection/recipe-fit.ts'
import {
  addRecipe,
  getRecipe,
  listRecipes,
  parseRecipe,
  recipeBytesMax,
  recipeText,
  removeRecipe,
  saveRecipe,
  saveTinyRecipe
} from '../selection/recipes.ts'
import type { AppState } from './app-state.ts'

type RecipeHandlers = Pick<Handlers, Extract<keyof Handlers, `recipes.${string}`>>

/** Recipes name methods of both families. */
const allMethods = [...selectionMethods, ...distillationMethods]

/** Handlers of `recipes.*`. */
export function createRecipeHandlers(state: AppState): RecipeHandlers {
  const store = (): ReturnType<AppState['area']>['project']['store'] => state.area().project.store
  return {
    'recipes.list': async () => ({ recipes: listRecipes(store(), allMethods) }),
    'recipes.save': async ({ name, draft }) =>
      saveRecipe(store(), allMethods, name, draft, state.platform.now()),
    'recipes.saveTiny': async ({ name, draft }) =>
      saveTinyRecipe(store(), allMethods, name, draft, state.platform.now()),
    'recipes.remove': async ({ id }) => {
      removeRecipe(store(), id)
      return {}
    },
    'recipes.text': async ({ id }) => {
      const recipe = getRecipe(store(), id)
      return { name: recipe.name, json: recipeText(recipe) }
    },
    'recipes.read': async ({ grant }) => {
      const { path } = state.grants.resolve(grant, 'file')
      const text = await readSmall(path)
      const recipe = parseRecipe(text, basename(path), state.platform.now())
      return addRecipe(store(), allMethods, recipe)
    },
    'recipes.readText': async ({ name, text }) =>
      addRecipe(store(), allMethods, parseRecipe(text, name, state.platform.now())),
    'recipes.fit': async ({ recipe, dataset }) => {
      const { selection, distillation } = state.area()
      const data = requireDataset(store(), dataset)
      const found = getRecipe(store(), recipe)
      if ('makes' in found) {
        const recommended = await distillation.defaults(dataset)
        const helperFiles = (await distillation.helpers()).map(({ file }) => file)
        return fitTinyRecipe(
          { methods: distillationMethods, recommended, helperFiles },
          found,
          data
        )
      }
      const recommended = await selection.defaults(dataset)
      const source = { store: store(), methods: selectionMethods, recommended }
      return fitRecipe(source, found, data)
    }
  }
}

async function readSmall(path: string): Promise<string> {
  try {
    const { size } = await stat(path)
    if (size > recipeBytesMax)
      throw new AppError('too-large', `\u201c${basename(path)}\u201d is too large for a recipe.`)
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof AppError) throw error
    throw new AppError('file-not-readable', undefined, { cause: error })
  }
}
