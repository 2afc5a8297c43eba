// The writing half of an import: batches from the reading thread go to the store, in large
// transactions, each together with the checkpoint to go on from.
import { setImmediate } from 'node:timers/promises'
import type { ImportProblem } from '../../api/dto/datasets.ts'
import { AppError } from '../../api/errors.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { NewItem, Store } from '../store/records.ts'
import type { ImportEvent } from './import-task.ts'
import { addedItem, copyBase, joinLabels, joinPlan, type VersionBase } from './next-version.ts'
import { startPosition, type ImportPlan, type ReadPosition } from './readers/reader.ts'

/** Problems kept in the list; the rest is only counted. */
export const problemsListed = 10_000
const checkpointEveryMs = 2_000
const pendingProblems = 500
// Rows of one transaction: the indexes are in random order, so larger ones write far fewer pages.
const transactionRows = 8_000

/** State an interrupted import goes on from. */
export interface Checkpoint {
  readonly plan: ImportPlan
  readonly position: ReadPosition
  readonly listed: number
}

export interface ImportWriter {
  handle(event: ImportEvent): Promise<void>
  /** Items read from the source, without those of the version before. */
  rows(): number
  skipped(): number
  plan(): ImportPlan
  /** Writes what is still held back. */
  flush(): void
}

interface WriterDeps {
  readonly store: Store
  now(): number
}

/** Writes into a "building" dataset; `base` is the version it adds to. */
export function createWriter(
  deps: WriterDeps,
  context: JobContext,
  dataset: string,
  base: VersionBase | undefined,
  from: Checkpoint | undefined
): ImportWriter {
  const { store } = deps
  let plan: ImportPlan | undefined = from?.plan
  let position = from?.position ?? startPosition
  let listed = from?.listed ?? 0
  let pending: ImportProblem[] = []
  let waiting: NewItem[] = []
  let savedAt = deps.now()
  let addedLabels = new Int32Array(0)

  async function begin(next: ImportPlan, isResumed: boolean): Promise<void> {
    plan = next
    if (!isResumed) {
      position = startPosition
      listed = 0
      store.problems.removeAll(dataset)
    }
    if (base === undefined) {
      store.items.truncate(dataset, position.rows)
      const { format, kind, columns, classNames, sizeBytes } = next
      store.datasets.update(dataset, {
        ...{ format, kind, columns, classNames, sizeBytes },
        labelColumn: next.labelColumn ?? undefined,
        shape: next.shape ?? undefined
      })
    } else await beginBehind(base, next, isResumed)
    context.phase(2, next.total, next.unit)
    context.progress(position.units)
  }

  async function beginBehind(
    behind: VersionBase,
    next: ImportPlan,
    isResumed: boolean
  ): Promise<void> {
    const record = store.datasets.get(dataset)
    if (record === undefined) throw new AppError('internal')
    const change = joinPlan(behind, next, record)
    const labels = joinLabels(behind.record.classNames, next.classNames)
    addedLabels = Int32Array.from(labels.added)
    // Another plan numbers the labels in another way, also those of the items copied so far.
    store.items.truncate(dataset, isResumed ? behind.items + position.rows : 0)
    store.datasets.update(dataset, change)
    await copyBase(store, context, behind, dataset, labels.before)
  }

  function save(): void {
    if (plan === undefined) return
    const items = waiting
    waiting = []
    const problems = pending.slice(0, Math.max(0, problemsListed - listed))
    listed += problems.length
    pending = []
    const state: Checkpoint = { plan, position, listed }
    // Problems only ever go in together with the checkpoint: a resumed import never lists one twice.
    context.saveCheckpoint(state, () => {
      if (items.length > 0) store.items.append(dataset, items)
      if (problems.length > 0) store.problems.append(dataset, problems)
    })
    savedAt = deps.now()
  }

  function take(batch: Extract<ImportEvent, { kind: 'batch' }>): void {
    position = batch.position
    for (const problem of batch.problems) pending.push(problem)
    for (const item of batch.items)
      waiting.push(base === undefined ? item : addedItem(base, item, addedLabels))
    const isDue = deps.now() - savedAt >= checkpointEveryMs
    if (isDue || waiting.length >= transactionRows || pending.length >= pendingProblems) save()
    context.progress(position.units)
  }

  return {
    async handle(event) {
      if (event.kind === 'scan') {
        context.total(event.total)
        context.progress(event.done)
      } else if (event.kind === 'plan') await begin(event.plan, event.isResumed)
      else take(event)
      await context.breathe()
      // Messages of a busy thread are delivered in one go: without a turn of the event loop
      // between batches nothing else (a cancel, a page) would be answered for many seconds.
      await setImmediate()
    },
    rows: () => position.rows,
    skipped: () => position.skipped,
    plan() {
      if (plan === undefined) throw new AppError('internal')
      return plan
    },
    flush: save
  }
}
