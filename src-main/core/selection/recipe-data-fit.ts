// What every recipe has in common when it is used on data: labels, columns and a part of the items
// are found by their names, and what is not there is said in words.
import type { SelectDraft } from '../../api/dto/runs.ts'
import type { DatasetRecord } from '../store/records.ts'
import { count } from './message-parts.ts'

/** Which items of the data a plan looks at; the same for all kinds of plans. */
export type RecipeScope = SelectDraft['scope']

/** One recipe on one dataset, with what was found not to fit so far. */
export class DataFit {
  readonly misfits: string[] = []
  readonly data: DatasetRecord
  readonly #madeOn: string

  constructor(data: DatasetRecord, madeOn: string) {
    this.data = data
    this.#madeOn = madeOn
  }

  /** Picked items and findings belong to the data they were made on. */
  get isElsewhere(): boolean {
    return this.#madeOn !== this.data.id
  }

  say(sentence: string): void {
    if (!this.misfits.includes(sentence)) this.misfits.push(sentence)
  }

  /** The names the data has; the others are said together. */
  known(
    names: readonly string[],
    there: readonly string[],
    one: string,
    many: string,
    then: string
  ): string[] {
    const has = new Set(there)
    const missing = [...new Set(names.filter((name) => !has.has(name)))]
    if (missing.length === 1) this.say(`This data has no ${one} ${quoted(missing)}; ${then}.`)
    else if (missing.length > 1) this.say(`This data has no ${many} ${quoted(missing)}; ${then}.`)
    return names.filter((name) => has.has(name))
  }

  labels(names: readonly string[], then: string): string[] {
    return this.known(names, this.data.classNames, 'label', 'labels', then)
  }

  hasColumn(name: string, then: string): boolean {
    const columns = this.data.columns.map((column) => column.name)
    return this.known([name], columns, 'column', 'columns', then).length > 0
  }

  /** The part of the items that the recipe looks at, as far as this data has it. */
  scope(scope: RecipeScope): RecipeScope {
    if (scope.kind === 'all') return scope
    const { filter } = scope
    const then = 'that part of the filter was left out'
    const labels = this.labels(filter.labels, then)
    const values = filter.values.filter(({ column }) => this.hasColumn(column, then))
    const ranges = filter.ranges.filter(
      ({ column }) => column.startsWith('#') || this.hasColumn(column, then)
    )
    if (filter.labels.length > 0 && labels.length === 0)
      this.say('None of the labels the recipe looked at are in this data; all labels are.')
    let { set, finding } = filter
    if (set !== null && this.isElsewhere) {
      this.say('The recipe looked at items picked on other data; all items are looked at instead.')
      set = null
    }
    if (finding !== null && this.isElsewhere) {
      this.say(
        'The recipe looked at what the data check found on other data; all items are looked at instead.'
      )
      finding = null
    }
    return { kind: 'filter', filter: { ...filter, labels, values, ranges, set, finding } }
  }

  /** Says that this version does not know a method. */
  sayNoMethod(id: string): void {
    this.say(`This version has no method \u201c${id}\u201d, so it was left out.`)
  }

  /** Says that settings of a method are put back to its usual ones. */
  sayUsualSettings(name: string): void {
    this.say(
      `Some settings of \u201c${name}\u201d are not known to this version; its usual ones are used.`
    )
  }
}

/** "tulip", "rose" and 3 more. */
function quoted(names: readonly string[]): string {
  const shown = names.slice(0, 3).map((name) => `\u201c${name}\u201d`)
  const rest = names.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${count(rest)} more`
  const last = shown.pop() ?? ''
  return shown.length === 0 ? last : `${shown.join(', ')} and ${last}`
}
