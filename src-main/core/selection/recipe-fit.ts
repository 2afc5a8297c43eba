// A recipe on data: columns, labels, example sets and gradients are found by their names. What does
// not fit is left out and said in words; nothing goes without a word.
import type { ChosenRecipeFile, FittedRecipe } from '../../api/dto/recipes.ts'
import type { SelectDraft } from '../../api/dto/runs.ts'
import type { SelectionMethod } from '../methods/method.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { count } from './message-parts.ts'
import { DataFit } from './recipe-data-fit.ts'
import { goalName, goalOfData, goalsFor } from './recommend.ts'

export interface FitSource {
  readonly store: Pick<Store, 'datasets' | 'items' | 'matrices' | 'views' | 'runs'>
  readonly methods: readonly SelectionMethod[]
  /** What is recommended for the data, for parts of the recipe that cannot be used. */
  readonly recommended: SelectDraft
}

/** One fitting: the recipe, the data, and what was found not to fit so far. */
class Fitting {
  readonly fit: DataFit
  readonly #source: FitSource
  readonly #recipe: ChosenRecipeFile
  readonly #data: DatasetRecord

  constructor(source: FitSource, recipe: ChosenRecipeFile, data: DatasetRecord) {
    this.#source = source
    this.#recipe = recipe
    this.#data = data
    this.fit = new DataFit(data, recipe.draft.dataset)
  }

  draft(): SelectDraft {
    const { draft } = this.#recipe
    const { recommended } = this.#source
    return {
      ...draft,
      name: '',
      dataset: this.#data.id,
      scope: this.fit.scope(draft.scope),
      goal: this.#goal(draft),
      tasks: this.#tasks(draft.tasks),
      rules: this.#rules(draft.rules),
      given: this.#given(draft.given),
      gradients: this.#gradients(draft.gradients),
      method: this.#method(draft.method) ?? recommended.method,
      alsoTry: draft.alsoTry.flatMap((choice) => this.#method(choice) ?? [])
    }
  }

  #goal({ goal, ...draft }: SelectDraft): SelectDraft['goal'] {
    const hasLabels = this.#data.classNames.length > 0
    const found = goalsFor(this.#data, hasLabels, { goal, ...draft }).find(
      (one) => one.goal === goal
    )
    if (found?.isPossible !== false) return goal
    const instead = goalOfData(this.#data, hasLabels)
    this.fit.say(
      `\u201c${goalName(goal)}\u201d is not possible here: ${found.reason ?? ''} The goal is now \u201c${goalName(instead)}\u201d.`
    )
    return instead
  }

  #method(choice: SelectDraft['method']): SelectDraft['method'] | undefined {
    const method = this.#source.methods.find(({ id }) => id === choice.id)
    if (method === undefined) {
      this.fit.sayNoMethod(choice.id)
      return undefined
    }
    if (method.params.safeParse(choice.params).success) return choice
    this.fit.sayUsualSettings(method.card.name)
    return { id: choice.id, params: {} }
  }

  #tasks(tasks: SelectDraft['tasks']): SelectDraft['tasks'] {
    const usual = this.#source.recommended.tasks
    if (tasks.kind === 'labels') return tasks
    if (tasks.kind === 'column')
      return this.fit.hasColumn(tasks.column, 'the recommended target tasks are used')
        ? tasks
        : usual
    const sets = tasks.sets.flatMap((set) => this.#exampleSet(set) ?? [])
    if (sets.length > 0) return { kind: 'sets', sets }
    this.fit.say('None of the target tasks could be used; the recommended ones are.')
    return usual
  }

  #exampleSet(set: ExampleSet): ExampleSet | undefined {
    const { draft, datasets } = this.#recipe
    if (set.dataset === draft.dataset) {
      const own = this.#ownSet(set)
      return own && { ...own, dataset: this.#data.id }
    }
    const { store } = this.#source
    const name = datasets[set.dataset]
    const found =
      store.datasets.get(set.dataset) ??
      store.datasets.list().find((record) => record.name === name && name !== '')
    if (found === undefined) {
      const where = name === undefined || name === '' ? '' : ` \u201c${name}\u201d`
      this.fit.say(
        `The examples${where} of the task \u201c${set.name}\u201d are not in this project; the task was left out.`
      )
      return undefined
    }
    return { ...set, dataset: found.id }
  }

  /** Examples that were items of the data itself: labels and items are looked up in this data. */
  #ownSet(set: ExampleSet): ExampleSet | undefined {
    const then = `the task \u201c${set.name}\u201d goes on without`
    const labels = this.fit.labels(set.labels, then)
    const keys = this.#keys(set.keys, `of the examples of \u201c${set.name}\u201d`)
    const parts = set.parts
      .map((part) => ({
        ...part,
        labels: this.fit.labels(part.labels, then),
        keys: this.#keys(part.keys, `of the examples of \u201c${set.name}\u201d`)
      }))
      .filter((part) => part.labels.length + part.keys.length > 0)
    const asked = set.labels.length + set.keys.length + set.parts.length
    // Without labels and items a set means all items, which nobody asked for.
    if (asked > 0 && labels.length + keys.length + parts.length === 0) {
      this.fit.say(`Nothing of the task \u201c${set.name}\u201d is in this data; it was left out.`)
      return undefined
    }
    return { ...set, labels, keys, parts }
  }

  #keys(keys: readonly string[], what: string): string[] {
    if (keys.length === 0) return []
    const { unknown } = this.#source.store.items.rowsOfKeys(this.#data.id, keys)
    if (unknown.length === 0) return [...keys]
    const gone = new Set(unknown)
    this.fit.say(
      `${count(unknown.length)} ${what} are not in this data; ${count(keys.length - unknown.length)} are.`
    )
    return keys.filter((key) => !gone.has(key))
  }

  #rules(rules: SelectDraft['rules']): SelectDraft['rules'] {
    const names = rules.perClass.map(({ label }) => label)
    const labels = new Set(this.fit.labels(names, 'the limits for it were left out'))
    const isSource =
      rules.sourceColumn === null ||
      this.fit.hasColumn(
        rules.sourceColumn,
        'sources are not told apart, and their limits were left out'
      )
    const isGroup =
      rules.groupColumn === null ||
      this.fit.hasColumn(rules.groupColumn, 'groups are not kept together')
    return {
      ...rules,
      mustKeep: this.#keys(rules.mustKeep, 'of the items to keep'),
      mustDrop: this.#keys(rules.mustDrop, 'of the items to leave out'),
      perClass: rules.perClass.filter(({ label }) => labels.has(label)),
      sourceColumn: isSource ? rules.sourceColumn : null,
      perSource: isSource ? this.#perSource(rules) : [],
      groupColumn: isGroup ? rules.groupColumn : null
    }
  }

  #perSource({ sourceColumn, perSource }: SelectDraft['rules']): SelectDraft['rules']['perSource'] {
    if (sourceColumn === null || perSource.length === 0) return perSource
    const there = this.#source.store.items.columnValues(this.#data.id, sourceColumn)
    const names = perSource.map(({ source }) => source)
    const then = 'the limits for it were left out'
    const known = new Set(this.fit.known(names, [...new Set(there)], 'source', 'sources', then))
    return perSource.filter(({ source }) => known.has(source))
  }

  #given(given: SelectDraft['given']): SelectDraft['given'] {
    if (given === null) return null
    const keys = this.#keys(given.keys, `of the items on the list \u201c${given.title}\u201d`)
    const isThere = new Set(keys)
    // The run it was changed from has its own data; elsewhere it is a list like any other.
    const isSame =
      given.run !== null &&
      !this.fit.isElsewhere &&
      this.#source.store.runs.get(given.run) !== undefined
    if (given.run !== null && !isSame)
      this.fit.say(
        `The run that \u201c${given.title}\u201d was changed from belongs to other data; its items are kept as a plain list.`
      )
    return {
      ...given,
      run: isSame ? given.run : null,
      keys,
      added: given.added.filter((key) => isThere.has(key)),
      test: isSame ? given.test : []
    }
  }

  #gradients(ids: readonly string[]): string[] {
    const { store } = this.#source
    const here = store.matrices.list(this.#data.id).filter(({ use }) => use === 'gradients')
    return ids.flatMap((id) => {
      const name = this.#recipe.gradients[id]
      const found =
        here.find((matrix) => matrix.id === id) ?? here.find((matrix) => matrix.name === name)
      if (found === undefined)
        this.fit.say(
          `The gradients ${name === undefined || name === '' ? 'of the recipe' : `\u201c${name}\u201d`} are not joined to this data; the method makes its own.`
        )
      return found?.id ?? []
    })
  }
}

type ExampleSet = Extract<SelectDraft['tasks'], { kind: 'sets' }>['sets'][number]

/** The draft a recipe makes on a dataset, with what did not fit. */
export function fitRecipe(
  source: FitSource,
  recipe: ChosenRecipeFile,
  data: DatasetRecord
): Extract<FittedRecipe, { makes: 'chosen' }> {
  const fitting = new Fitting(source, recipe, data)
  const draft = fitting.draft()
  return { makes: 'chosen', draft, misfits: fitting.fit.misfits }
}
