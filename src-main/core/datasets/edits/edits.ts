// Changes people make to a dataset. Each one is a step with what every changed item had before, so
// that it can be taken back exactly and made again. Steps of one dataset wait for each other.
import type { ItemScope } from '../../../api/dto/browse.ts'
import type { EditRequest, EditStep } from '../../../api/dto/edits.ts'
import { AppError } from '../../../api/errors.ts'
import type { DatasetRecord, EditRecord, Store } from '../../store/records.ts'
import { createBreaks } from '../browse/breaks.ts'
import type { Browse } from '../browse/browse.ts'
import type { ItemChange } from '../browse/loaded-dataset.ts'
import { planChange, type Planned } from './plan-change.ts'
import { stepSentence } from './step-sentence.ts'
import { changeOf, packStep, storeRows } from './stored-step.ts'

/** Items changed in one transaction; larger steps are written in several. */
const rowsAtOnce = 1_000

export interface Edits {
  /**
   * Makes a change. Items that already are as asked are left alone; when all are, there is no
   * step. Throws AppError "dataset-not-found", "item-not-found" or "invalid-input".
   */
  apply(request: EditRequest): Promise<{ readonly changed: number; readonly step: EditStep | null }>
  /** Oldest first. */
  list(dataset: string): EditStep[]
  /** Takes back or makes again until `number` is the last step in force. */
  stepTo(
    dataset: string,
    number: number
  ): Promise<{ readonly changed: number; readonly steps: EditStep[] }>
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>
}

export interface EditDeps {
  readonly store: Store
  readonly browse: Browse
  now(): number
}

/** Edits of one open project; a step that a crash cut short is taken back, and can be made again. */
export function createEdits(deps: EditDeps): Edits {
  return new ProjectEdits(deps)
}

class ProjectEdits implements Edits {
  readonly #deps: EditDeps
  readonly #turns = new Map<string, Promise<unknown>>()

  constructor(deps: EditDeps) {
    this.#deps = deps
    if (deps.store.isReadOnly) return
    for (const { dataset, number } of deps.store.edits.unfinished())
      // Reported by the project's own check when it cannot be done; nothing waits for it here.
      this.#inTurn(dataset, () => this.#move(dataset, number, false)).catch(() => {})
  }

  #inTurn<T>(dataset: string, work: () => Promise<T>): Promise<T> {
    const next = (this.#turns.get(dataset) ?? Promise.resolve()).then(work)
    this.#turns.set(
      dataset,
      next.catch(() => {})
    )
    return next
  }

  async settled(): Promise<void> {
    await Promise.all(this.#turns.values())
  }

  #record(dataset: string): DatasetRecord {
    const record = this.#deps.store.datasets.get(dataset)
    if (record?.state !== 'ready') throw new AppError('dataset-not-found')
    return record
  }

  list(dataset: string): EditStep[] {
    this.#record(dataset)
    return [...this.#deps.store.edits.list(dataset)]
  }

  apply(request: EditRequest): ReturnType<Edits['apply']> {
    return this.#inTurn(request.dataset, async () => {
      const record = this.#record(request.dataset)
      const rows = await this.#rows(record, request.scope)
      const planned = await planChange(this.#deps, record, rows, request.change)
      const changed = planned.change.rows.length
      if (changed === 0) return { changed: 0, step: null }
      const number = this.#lastInForce(record.id) + 1
      const step: EditStep = {
        number,
        at: this.#deps.now(),
        kind: request.change.kind,
        sentence: stepSentence(request.change, changed, request.because),
        changed,
        isUndone: false
      }
      await this.#make(record, packStep(step, planned), planned)
      return { changed, step }
    })
  }

  /** Rows of a scope in its order, each once. */
  async #rows({ id, items }: DatasetRecord, scope: ItemScope): Promise<Uint32Array> {
    if (scope.kind === 'filter') {
      const except = new Set(scope.except)
      const rows = await this.#deps.browse.rows(id, scope.filter)
      return except.size === 0 ? rows : rows.filter((row) => !except.has(row))
    }
    for (const row of scope.rows) if (row >= items) throw new AppError('item-not-found')
    return Uint32Array.from(scope.rows)
  }

  #lastInForce(dataset: string): number {
    return this.#deps.store.edits.list(dataset).findLast((step) => !step.isUndone)?.number ?? 0
  }

  async #make(record: DatasetRecord, edit: EditRecord, planned: Planned): Promise<void> {
    const { store } = this.#deps
    await this.#write(record.id, edit.number, planned.change, false, () => {
      store.edits.dropUndone(record.id)
      if (planned.addedLabels.length > 0)
        store.datasets.update(record.id, {
          classNames: [...record.classNames, ...planned.addedLabels]
        })
      store.edits.append(record.id, edit)
    })
  }

  stepTo(dataset: string, number: number): ReturnType<Edits['stepTo']> {
    return this.#inTurn(dataset, async () => {
      const steps = this.list(dataset)
      if (number !== 0 && !steps.some((step) => step.number === number))
        throw new AppError('invalid-input', 'This step is not in the list of changes any more.')
      let changed = 0
      const back = steps.filter((step) => !step.isUndone && step.number > number).reverse()
      const again = steps.filter((step) => step.isUndone && step.number <= number)
      for (const step of [...back, ...again]) {
        await this.#move(dataset, step.number, step.isUndone)
        changed += step.changed
      }
      return { changed, steps: this.list(dataset) }
    })
  }

  /** Takes a stored step back, or makes it again. */
  async #move(dataset: string, number: number, isAgain: boolean): Promise<void> {
    const { store } = this.#deps
    const edit = store.edits.get(dataset, number)
    const record = store.datasets.get(dataset)
    if (edit === undefined || record === undefined) return
    const { change, addedLabels } = changeOf(edit, isAgain)
    const known = record.classNames.filter((name) => !addedLabels.includes(name))
    await this.#write(
      dataset,
      number,
      change,
      !isAgain,
      () => {
        if (isAgain && addedLabels.length > 0)
          store.datasets.update(dataset, { classNames: [...known, ...addedLabels] })
      },
      () => {
        if (!isAgain && addedLabels.length > 0)
          store.datasets.update(dataset, { classNames: known })
      }
    )
  }

  /**
   * Writes a change with the state of its step. In one transaction when it is small; a large one
   * is marked unfinished until its last part is in, so that a crash in between is noticed.
   */
  async #write(
    dataset: string,
    number: number,
    change: ItemChange,
    isUndone: boolean,
    first: () => void,
    last: () => void = () => {}
  ): Promise<void> {
    const { store, browse } = this.#deps
    const total = change.rows.length
    const breaks = createBreaks()
    for (let from = 0; from < total; from += rowsAtOnce) {
      const to = Math.min(total, from + rowsAtOnce)
      store.transaction(() => {
        if (from === 0) {
          first()
          if (to < total) store.edits.setUnfinished(dataset, number)
        }
        storeRows(store, dataset, change, from, to)
        if (to < total) return
        store.edits.setUndone(dataset, number, isUndone)
        last()
      })
      if (to < total && breaks.isDue()) await breaks.take()
    }
    browse.changed(dataset, change)
  }
}
