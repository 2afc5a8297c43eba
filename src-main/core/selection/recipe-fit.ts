// A recipe on data: columns, labels, example sets and gradients are found by their names. What does
// not fit is left out and said in words; nothing goes without a word.
import type { FittedRecipe, RecipeFile } from '../../api/dto/recipes.ts'
import type { SelectDraft } from '../../api/dto/runs.ts'
import type { SelectionMethod } from '../methods/method.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { count } from './message-parts.ts'
import { goalName, goalOfData, goalsFor } from './recommend.ts'

export interface FitSource {
  readonly store: Pick<Store, 'datasets' | 'items' | 'matrices' | 'views' | 'runs'>
  readonly methods: readonly SelectionMethod[]
  /** What is recommended for the data, for parts of the recipe that cannot be used. */
  readonly recommended: SelectDraft
}

/** One fitting: the recipe, the data, and what was found not to fit so far. */
class Fitting {
  readonly misfits: string[] = []
  readonly #source: FitSource
  readonly #recipe: RecipeFile
  readonly #data: DatasetRecord

  constructor(source: FitSource, recipe: RecipeFile, data: DatasetRecord) {
    this.#source = source
    this.#recipe = recipe
    this.#data = data
  }

  draft(): SelectDraft {
    const { draft } = this.#recipe
    const { recommended } = this.#source
    return {
      ...draft,
      name: '',
      dataset: this.#data.id,
      scope: this.#scope(draft.scope),
      goal: this.#goal(draft),
      tasks: this.#tasks(draft.tasks),
      rules: this.#rules(draft.rules),
      given: this.#given(draft.given),
      gradients: this.#gradients(draft.gradients),
      method: this.#method(draft.method) ?? recommended.method,
      alsoTry: draft.alsoTry.flatMap((choice) => this.#method(choice) ?? [])
    }
  }

  #say(sentence: string): void {
    if (!this.misfits.includes(sentence)) this.misfits.push(sentence)
  }

  /** The names the data has; the others are said together. */
  #known(
    names: readonly string[],
    known: readonly string[],
    one: string,
    many: string,
    then: string
  ): string[] {
    const has = new Set(known)
    const missing = [...new Set(names.filter((name) => !has.has(name)))]
    if (missing.length === 1) this.#say(`This data has no ${one} ${quoted(missing)}; ${then}.`)
    else if (missing.length > 1) this.#say(`This data has no ${many} ${quoted(missing)}; ${then}.`)
    return names.filter((name) => has.has(name))
  }

  #labels(names: readonly string[], then: string): string[] {
    return this.#known(names, this.#data.classNames, 'label', 'labels', then)
  }

  #column(name: string, then: string): boolean {
    const columns = this.#data.columns.map((column) => column.name)
    return this.#known([name], columns, 'column', 'columns', then).length > 0
  }

  #goal({ goal, ...draft }: SelectDraft): SelectDraft['goal'] {
    const hasLabels = this.#data.classNames.length > 0
    const found = goalsFor(this.#data, hasLabels, { goal, ...draft }).find(
      (one) => one.goal === goal
    )
    if (found?.isPossible !== false) return goal
    const instead = goalOfData(this.#data, hasLabels)
    this.#say(
      `\u201c${goalName(goal)}\u201d is not possible here: ${found.reason ?? ''} The goal is now \u201c${goalName(instead)}\u201d.`
    )
    return instead
  }

  #method(choice: SelectDraft['method']): SelectDraft['method'] | undefined {
    const method = this.#source.methods.find(({ id }) => id === choice.id)
    if (method === undefined) {
      this.#say(`This version has no method \u201c${choice.id}\u201d, so it was left out.`)
      return undefined
    }
    if (method.params.safeParse(choice.params).success) return choice
    this.#say(
      `Some settings of \u201c${method.card.name}\u201d are not known to this version; its usual ones are used.`
    )
    return { id: choice.id, params: {} }
  }

  #scope(scope: SelectDraft['scope']): SelectDraft['scope'] {
    if (scope.kind === 'all') return scope
    const { filter } = scope
    const then = 'that part of the filter was left out'
    const labels = this.#labels(filter.labels, then)
    const values = filter.values.filter(({ column }) => this.#column(column, then))
    const ranges = filter.ranges.filter(
      ({ column }) => column.startsWith('#') || this.#column(column, then)
    )
    if (filter.labels.length > 0 && labels.length === 0)
      this.#say('None of the labels the recipe looked at are in this data; all labels are.')
    let { set, finding } = filter
    if (set !== null && this.#isElsewhere()) {
      this.#say('The recipe looked at items picked on other data; all items are looked at instead.')
      set = null
    }
    if (finding !== null && this.#isElsewhere()) {
      this.#say(
        'The recipe looked at what the data check found on other data; all items are looked at instead.'
      )
      finding = null
    }
    return { kind: 'filter', filter: { ...filter, labels, values, ranges, set, finding } }
  }

  /** Picked items and findings belong to the data they were made on. */
  #isElsewhere(): boolean {
    return this.#recipe.draft.dataset !== this.#data.id
  }

  #tasks(tasks: SelectDraft['tasks']): SelectDraft['tasks'] {
    const usual = this.#source.recommended.tasks
    if (tasks.kind === 'labels') return tasks
    if (tasks.kind === 'column')
      return this.#column(tasks.column, 'the recommended target tasks are used') ? tasks : usual
    const sets = tasks.sets.flatMap((set) => this.#exampleSet(set) ?? [])
    if (sets.length > 0) return { kind: 'sets', sets }
    this.#say('None of the target tasks could be used; the recommended ones are.')
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
      this.#say(
        `The examples${where} of the task \u201c${set.name}\u201d are not in this project; the task was left out.`
      )
      return undefined
    }
    return { ...set, dataset: found.id }
  }

  /** Examples that were items of the data itself: labels and items are looked up in this data. */
  #ownSet(set: ExampleSet): ExampleSet | undefined {
    const then = `the task \u201c${set.name}\u201d goes on without`
    const labels = this.#labels(set.labels, then)
    const keys = this.#keys(set.keys, `of the examples of \u201c${set.name}\u201d`)
    const parts = set.parts
      .map((part) => ({
        ...part,
        labels: this.#labels(part.labels, then),
        keys: this.#keys(part.keys, `of the examples of \u201c${set.name}\u201d`)
      }))
      .filter((part) => part.labels.length + part.keys.length > 0)
    const asked = set.labels.length + set.keys.length + set.parts.length
    // Without labels and items a set means all items, which nobody asked for.
    if (asked > 0 && labels.length + keys.length + parts.length === 0) {
      this.#say(`Nothing of the task \u201c${set.name}\u201d is in this data; it was left out.`)
      return undefined
    }
    return { ...set, labels, keys, parts }
  }

  #keys(keys: readonly string[], what: string): string[] {
    if (keys.length === 0) return []
    const { unknown } = this.#source.store.items.rowsOfKeys(this.#data.id, keys)
    if (unknown.length === 0) return [...keys]
    const gone = new Set(unknown)
    this.#say(
      `${count(unknown.length)} ${what} are not in this data; ${count(keys.length - unknown.length)} are.`
    )
    return keys.filter((key) => !gone.has(key))
  }

  #rules(rules: SelectDraft['rules']): SelectDraft['rules'] {
    const names = rules.perClass.map(({ label }) => label)
    const labels = new Set(this.#labels(names, 'the limits for it were left out'))
    const isSource =
      rules.sourceColumn === null ||
      this.#column(rules.sourceColumn, 'sources are not told apart, and their limits were left out')
    const isGroup =
      rules.groupColumn === null || this.#column(rules.groupColumn, 'groups are not kept together')
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
    const known = new Set(this.#known(names, [...new Set(there)], 'source', 'sources', then))
    return perSource.filter(({ source }) => known.has(source))
  }

  #given(given: SelectDraft['given']): SelectDraft['given'] {
    if (given === null) return null
    const keys = this.#keys(given.keys, `of the items on the list \u201c${given.title}\u201d`)
    const isThere = new Set(keys)
    // The run it was changed from has its own data; elsewhere it is a list like any other.
    const isSame =
      given.run !== null &&
      !this.#isElsewhere() &&
      this.#source.store.runs.get(given.run) !== undefined
    if (given.run !== null && !isSame)
      this.#say(
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
        this.#say(
          `The gradients ${name === undefined || name === '' ? 'of the recipe' : `\u201c${name}\u201d`} are not joined to this data; the method makes its own.`
        )
      return found?.id ?? []
    })
  }
}

type ExampleSet = Extract<SelectDraft['tasks'], { kind: 'sets' }>['sets'][number]

/** "tulip", "rose" and 3 more. */
function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `\u201c${name}\u201d`)
  const rest = names.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${count(rest)} more`
  const last = shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`
}

/** The draft a recipe makes on a dataset, with what did not fit. */
export function fitRecipe(
  source: FitSource,
  recipe: RecipeFile,
  data: DatasetRecord
): FittedRecipe {
  const fitting = new Fitting(source, recipe, data)
  const draft = fitting.draft()
  return { draft, misfits: fitting.misfits }
}
