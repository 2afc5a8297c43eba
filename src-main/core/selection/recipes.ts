// Recipes of a project: saved under a name, listed, written to a file and read back. Kept as one fact
// of the project, oldest first.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { JsonValue } from '../../api/dto/common.ts'
import {
  ChosenRecipeFile,
  RecipeFile,
  TinyRecipeFile,
  type RecipeSummary
} from '../../api/dto/recipes.ts'
import { DistilDraft } from '../../api/dto/distil.ts'
import { SelectDraft } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import type { Store } from '../store/records.ts'
import { budgetWords } from './budget.ts'
import { things } from './message-parts.ts'
import { goalName } from './recommend.ts'

const factKey = 'recipes'

/** Longest recipe, as text: lists of items to keep make them long. */
export const recipeBytesMax = 32 * 1024 * 1024

/** Recipes kept in a project, at most. */
export const recipesMax = 500

const Stored = z.strictObject({ id: z.string(), recipe: RecipeFile })
type Stored = z.infer<typeof Stored>

type RecipeStore = Pick<Store, 'fact' | 'setFact' | 'datasets' | 'matrices' | 'isReadOnly'>

/** All recipes; what a newer version wrote and this one cannot read is passed over, and kept. */
function readAll(store: RecipeStore): readonly Stored[] {
  const list = z.array(z.unknown()).safeParse(store.fact(factKey))
  if (!list.success) return []
  return list.data.flatMap((entry) => {
    const parsed = Stored.safeParse(entry)
    return parsed.success ? [parsed.data] : []
  })
}

function change(store: RecipeStore, by: (list: JsonValue[]) => JsonValue[]): void {
  if (store.isReadOnly) throw new AppError('project-read-only')
  const list = store.fact(factKey)
  store.setFact(factKey, by(Array.isArray(list) ? list : []))
}

function idOf(entry: JsonValue): unknown {
  return typeof entry === 'object' && entry !== null && 'id' in entry ? entry['id'] : undefined
}

/** A method of either family, as far as a recipe names it. */
export interface NamedMethod {
  readonly id: string
  readonly card: { readonly name: string }
}

const tinyKinds: Readonly<Record<DistilDraft['kind'], string>> = {
  real: 'real items',
  made: 'computer-made items',
  mixed: 'real items that are changed'
}

/** What a recipe does, in a sentence. */
function sentenceOf(recipe: RecipeFile, methods: readonly NamedMethod[]): string {
  const { id } = recipe.draft.method
  const method = methods.find((one) => one.id === id)?.card.name ?? id
  if ('makes' in recipe) {
    const { perClass, kind, groups } = recipe.draft
    const each = groups === undefined ? 'label' : 'group'
    return `Make a tiny training set: ${things(perClass, 'item', 'items')} for each ${each}, ${tinyKinds[kind]}, with ${method}.`
  }
  const { goal, budget } = recipe.draft
  return `${goalName(goal)}: keep ${budgetWords(budget)}, chosen by ${method}.`
}

function summaryOf({ id, recipe }: Stored, methods: readonly NamedMethod[]): RecipeSummary {
  return {
    id,
    name: recipe.name,
    savedAt: recipe.savedAt,
    makes: 'makes' in recipe ? recipe.makes : 'chosen',
    dataName: recipe.data?.name ?? null,
    kind: recipe.data?.kind ?? null,
    sentence: sentenceOf(recipe, methods)
  }
}

/** The recipes of a project, newest first. */
export function listRecipes(store: RecipeStore, methods: readonly NamedMethod[]): RecipeSummary[] {
  return readAll(store)
    .map((stored) => summaryOf(stored, methods))
    .reverse()
}

/** One recipe. Throws AppError "item-not-found". */
export function getRecipe(store: RecipeStore, id: string): RecipeFile {
  const found = readAll(store).find((stored) => stored.id === id)
  if (found === undefined)
    throw new AppError('item-not-found', 'This recipe is not in the project any more.')
  return found.recipe
}

/** Names of what a draft names by id. */
function namesIn(
  store: RecipeStore,
  draft: SelectDraft
): Pick<ChosenRecipeFile, 'datasets' | 'gradients'> {
  const sets = draft.tasks.kind === 'sets' ? draft.tasks.sets.map(({ dataset }) => dataset) : []
  return {
    datasets: Object.fromEntries(
      [draft.dataset, ...sets].map((id) => [id, store.datasets.get(id)?.name ?? ''])
    ),
    gradients: Object.fromEntries(
      draft.gradients.map((id) => [id, store.matrices.get(id)?.name ?? ''])
    )
  }
}

/** What files of all kinds of recipes say first. */
function aboutOf(
  store: RecipeStore,
  name: string,
  { dataset: id }: { readonly dataset: string },
  savedAt: number
): Pick<RecipeFile, 'format' | 'version' | 'name' | 'savedAt' | 'data'> {
  const dataset = store.datasets.get(id)
  return {
    format: 'winnow-recipe',
    version: 1,
    name: name.trim(),
    savedAt,
    data: dataset === undefined ? null : { name: dataset.name, kind: dataset.kind }
  }
}

/** Keeps a draft as a recipe; one of the same name is replaced. Throws AppError when it cannot be kept. */
export function saveRecipe(
  store: RecipeStore,
  methods: readonly NamedMethod[],
  name: string,
  draft: SelectDraft,
  savedAt: number
): RecipeSummary {
  return addRecipe(store, methods, {
    ...aboutOf(store, name, draft, savedAt),
    ...namesIn(store, draft),
    draft: { ...draft, name: '' }
  })
}

/** The same for a tiny training set. */
export function saveTinyRecipe(
  store: RecipeStore,
  methods: readonly NamedMethod[],
  name: string,
  draft: DistilDraft,
  savedAt: number
): RecipeSummary {
  return addRecipe(store, methods, {
    ...aboutOf(store, name, draft, savedAt),
    makes: 'tiny',
    draft: { ...draft, name: '' }
  })
}

/** Keeps a recipe, be it of a plan or read from a file; one of the same name is replaced. */
export function addRecipe(
  store: RecipeStore,
  methods: readonly NamedMethod[],
  recipe: RecipeFile
): RecipeSummary {
  const text = JSON.stringify(recipe)
  if (Buffer.byteLength(text) > recipeBytesMax)
    throw new AppError('too-large', 'This recipe names too many items to be kept.', {
      hint: 'Recipes can hold lists of up to about a million items.'
    })
  const stored: Stored = { id: randomUUID(), recipe }
  const same = new Set(
    readAll(store)
      .filter((other) => other.recipe.name === recipe.name)
      .map(({ id }) => id)
  )
  change(store, (list) => {
    const others = list.filter((entry) => !same.has(String(idOf(entry))))
    if (others.length >= recipesMax)
      throw new AppError('too-large', `A project keeps up to ${recipesMax} recipes.`, {
        hint: 'Remove some that are not needed any more.'
      })
    // Plain JSON; the round trip drops keys that are undefined.
    return [...others, JSON.parse(JSON.stringify(stored)) as JsonValue]
  })
  return summaryOf(stored, methods)
}

/** Removes a recipe; one that is not there any more is no error. */
export function removeRecipe(store: RecipeStore, id: string): void {
  change(store, (list) => list.filter((entry) => idOf(entry) !== id))
}

/** A recipe as the text of a file. */
export function recipeText(recipe: RecipeFile): string {
  return `${JSON.stringify(recipe, null, 2)}\n`
}

/**
 * A recipe from the text of a file: one written here, or the settings in an exported folder
 * (recipe.json of older versions holds the bare settings). Throws AppError "file-not-recognised".
 */
export function parseRecipe(text: string, fileName: string, now: number): RecipeFile {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw unreadable(fileName, 'It is not a JSON file.', cause)
  }
  const makesTiny = isRecord(value) && value['makes'] !== undefined
  const recipe = (makesTiny ? TinyRecipeFile : ChosenRecipeFile).safeParse(value)
  if (recipe.success) return recipe.data
  const isRecipe = isRecord(value) && value['format'] === 'winnow-recipe'
  if (isRecipe) {
    const [issue] = recipe.error.issues
    // Names of the file's own, never the words of whoever checked it.
    const names = issue.code === 'unrecognized_keys' ? issue.keys : []
    const where = [...issue.path, ...names.slice(0, 1)].join('.')
    const what = where === '' ? 'what is' : `\u201c${where}\u201d`
    throw unreadable(fileName, `This version cannot read ${what} in it.`, recipe.error)
  }
  const found = bareRecipe(value, fileName, now)
  if (found === undefined)
    throw unreadable(fileName, 'It holds no settings of a run.', recipe.error)
  return found
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}

/** Bare settings, as in an exported folder or beside a copied command. */
function bareRecipe(value: unknown, fileName: string, now: number): RecipeFile | undefined {
  const about = (name: string) => ({
    format: 'winnow-recipe' as const,
    version: 1 as const,
    name: (name === '' ? fileName.replace(/\.json$/i, '') : name).slice(0, 120) || 'Recipe',
    savedAt: now,
    data: null
  })
  const chosen = SelectDraft.safeParse(value)
  if (chosen.success) {
    const draft = { ...chosen.data, name: '' }
    return { ...about(chosen.data.name), datasets: {}, gradients: {}, draft }
  }
  const tiny = DistilDraft.safeParse(value)
  if (!tiny.success) return undefined
  return { ...about(tiny.data.name), makes: 'tiny', draft: { ...tiny.data, name: '' } }
}

function unreadable(fileName: string, why: string, cause: unknown): AppError {
  return new AppError('file-not-recognised', `\u201c${fileName}\u201d is not a recipe. ${why}`, {
    hint: 'Save a recipe as a file in Winnow, or take recipe.json of an exported folder.',
    cause
  })
}
