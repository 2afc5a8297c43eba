// Recipes of a project: saved under a name, listed, written to a file and read back. Kept as one fact
// of the project, oldest first.
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { JsonValue } from '../../api/dto/common.ts'
import { RecipeFile, type RecipeSummary } from '../../api/dto/recipes.ts'
import { SelectDraft } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import type { SelectionMethod } from '../methods/method.ts'
import type { Store } from '../store/records.ts'
import { budgetWords } from './budget.ts'
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

/** What a recipe does, in a sentence. */
function sentenceOf({ draft }: RecipeFile, methods: readonly SelectionMethod[]): string {
  const method = methods.find(({ id }) => id === draft.method.id)?.card.name ?? draft.method.id
  return `${goalName(draft.goal)}: keep ${budgetWords(draft.budget)}, chosen by ${method}.`
}

function summaryOf({ id, recipe }: Stored, methods: readonly SelectionMethod[]): RecipeSummary {
  return {
    id,
    name: recipe.name,
    savedAt: recipe.savedAt,
    dataName: recipe.data?.name ?? null,
    kind: recipe.data?.kind ?? null,
    sentence: sentenceOf(recipe, methods)
  }
}

/** The recipes of a project, newest first. */
export function listRecipes(
  store: RecipeStore,
  methods: readonly SelectionMethod[]
): RecipeSummary[] {
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
): Pick<RecipeFile, 'datasets' | 'gradients'> {
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

/** Keeps a draft as a recipe; one of the same name is replaced. Throws AppError when it cannot be kept. */
export function saveRecipe(
  store: RecipeStore,
  methods: readonly SelectionMethod[],
  name: string,
  draft: SelectDraft,
  savedAt: number
): RecipeSummary {
  const dataset = store.datasets.get(draft.dataset)
  return keep(store, methods, {
    format: 'winnow-recipe',
    version: 1,
    name: name.trim(),
    savedAt,
    data: dataset === undefined ? null : { name: dataset.name, kind: dataset.kind },
    ...namesIn(store, draft),
    draft: { ...draft, name: '' }
  })
}

function keep(
  store: RecipeStore,
  methods: readonly SelectionMethod[],
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
  const recipe = RecipeFile.safeParse(value)
  if (recipe.success) return recipe.data
  const bare = SelectDraft.safeParse(value)
  if (!bare.success) {
    const isRecipe =
      typeof value === 'object' &&
      value !== null &&
      'format' in value &&
      value.format === 'winnow-recipe'
    const [issue] = recipe.error.issues
    throw unreadable(
      fileName,
      isRecipe
        ? `This version cannot read \u201c${issue.path.join('.')}\u201d in it.`
        : 'It holds no settings of a selection.',
      recipe.error
    )
  }
  const name = bare.data.name === '' ? fileName.replace(/\.json$/i, '') : bare.data.name
  return {
    format: 'winnow-recipe',
    version: 1,
    name: name.slice(0, 120) || 'Recipe',
    savedAt: now,
    data: null,
    datasets: {},
    gradients: {},
    draft: { ...bare.data, name: '' }
  }
}

function unreadable(fileName: string, why: string, cause: unknown): AppError {
  return new AppError('file-not-recognised', `\u201c${fileName}\u201d is not a recipe. ${why}`, {
    hint: 'Save a recipe as a file in Winnow, or take recipe.json of an exported folder.',
    cause
  })
}

/** Keeps a recipe read from a file. */
export function addRecipe(
  store: RecipeStore,
  methods: readonly SelectionMethod[],
  recipe: RecipeFile
): RecipeSummary {
  return keep(store, methods, recipe)
}
