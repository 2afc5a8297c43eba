// The recipes of the open project.
import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import type { DistilDraft } from '@api/dto/distil.ts'
import type { FittedRecipe, RecipeSummary } from '@api/dto/recipes.ts'
import type { SelectDraft } from '@api/dto/runs.ts'
import { coreWords } from '../text/core-words.ts'
import { useConnection } from './connection.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'

/** What a recipe does, in the language of the page. */
function inWords(recipe: RecipeSummary): RecipeSummary {
  return { ...recipe, sentence: coreWords(recipe.sentence) }
}

/** Recipes of the open project. */
export const useRecipes = defineStore('recipes', () => {
  const connection = useConnection()
  const project = useProject()
  const recipes = shallowRef<readonly RecipeSummary[]>([])
  const isLoaded = ref(false)
  const problem = shallowRef<Problem>()
  let generation = 0

  watch(
    () => project.generation,
    () => {
      generation += 1
      recipes.value = []
      isLoaded.value = false
      problem.value = undefined
    },
    { flush: 'sync' }
  )

  async function load(): Promise<void> {
    const mine = generation
    try {
      const answer = await connection.call('recipes.list', {})
      if (mine !== generation) return
      recipes.value = answer.recipes.map(inWords)
      problem.value = undefined
      isLoaded.value = true
    } catch (thrown) {
      if (mine === generation) problem.value = describeProblem(thrown)
    }
  }
  /** Keeps a draft under a name; one of the same name is replaced. */
  async function save(name: string, draft: SelectDraft | DistilDraft): Promise<void> {
    // Only plans that choose items have a goal.
    if ('goal' in draft) await connection.call('recipes.save', { name, draft })
    else await connection.call('recipes.saveTiny', { name, draft })
    await load()
  }
  async function remove(id: string): Promise<void> {
    await connection.call('recipes.remove', { id })
    recipes.value = recipes.value.filter((recipe) => recipe.id !== id)
  }
  /** Reads a recipe from a file. */
  async function read(grant: string): Promise<RecipeSummary> {
    const recipe = await connection.call('recipes.read', { grant })
    await load()
    return inWords(recipe)
  }
  /** Reads a recipe from the text of a dropped file. */
  async function readText(name: string, text: string): Promise<RecipeSummary> {
    const recipe = await connection.call('recipes.readText', { name, text })
    await load()
    return inWords(recipe)
  }
  /** The text of a recipe's file. */
  async function textOf(id: string): Promise<string> {
    return (await connection.call('recipes.text', { id })).json
  }
  /** The recipe on a dataset, with what of it does not fit. */
  async function fit(recipe: string, dataset: string): Promise<FittedRecipe> {
    const fitted = await connection.call('recipes.fit', { recipe, dataset })
    return { ...fitted, misfits: fitted.misfits.map(coreWords) }
  }
  return { recipes, isLoaded, problem, load, save, remove, read, readText, textOf, fit }
})
