// The "health" kind of job: looks at every item, compares them, checks the labels and writes what it
// found. Every phase leaves its results in the job's folder, so that a stopped check goes on.
import { rm } from 'node:fs/promises'
import { z } from 'zod'
import { AppError } from '../../api/errors.ts'
import type { JobContext, JobKind } from '../jobs/job-kind.ts'
import type { DatasetRecord, ItemColumns, Store } from '../store/records.ts'
import type { Facts, NotRun } from './checks/draft.ts'
import { findingsTask, type FindingsInput, type FindingsOutput } from './findings-task.ts'
import { toRecord } from './finding-spec.ts'
import { healthFiles, loadGroups, loadStart, saveGroups, saveStart } from './health-files.ts'
import { freshState, healthPhases, phase, readState, type HealthState } from './health-state.ts'
import { findWrongLabels } from './labels/find-wrong-labels.ts'
import { planLabelsTask, type LabelPlan, type PlanLabelsInput } from './labels/plan-labels-task.ts'
import type { WrongLabels } from './labels/wrong-labels-task.ts'
import { findNeighbours, type NeighbourFiles } from './likeness/find-neighbours.ts'
import { lookAtPictures, readGroups, readTexts, textBlocks } from './look-at-items.ts'
import { findNear } from './find-near.ts'
import { planTask, type HealthColumns, type HealthPlan, type PlanInput } from './plan-task.ts'
import { titles } from './words.ts'

/** Finished fingerprints of a dataset. */
export interface HealthFeatures {
  readonly path: string
  readonly columns: number
}

export interface HealthJobDeps {
  readonly store: Store
  /** media/ of the project. */
  readonly mediaFolder: string
  /** Columns as they are now. */
  columns(dataset: string): Promise<ItemColumns>
  /** Fingerprints, made where missing; shows the job's phases `firstPhase` and the next. */
  ensure(context: JobContext, dataset: DatasetRecord, firstPhase: number): Promise<HealthFeatures>
  /** Fingerprints that are there. */
  cached(dataset: DatasetRecord): Promise<HealthFeatures | undefined>
  readonly featurePhases: readonly { readonly name: string; readonly weight: number }[]
  now(): number
}

export const HealthParams = z.strictObject({ dataset: z.string() })
export type HealthParams = z.infer<typeof HealthParams>

export interface CheckedHealth {
  readonly dataset: string
  /** Findings with something to look at. */
  readonly findings: number
}

/** More texts than this are only described when their fingerprints are there already: ten minutes. */
export const describedTexts = 50_000

/** The kind of job that `health.start` queues. */
export function createHealthJob(deps: HealthJobDeps): JobKind<HealthParams, CheckedHealth> {
  return {
    kind: 'health',
    params: HealthParams,
    canPause: true,
    canResume: true,
    isHeavy: true,
    phases: healthPhases(deps.featurePhases),
    async run(context, params) {
      const dataset = deps.store.datasets.get(params.dataset)
      if (dataset?.state !== 'ready') throw new AppError('dataset-not-found')
      return new HealthRun(deps, context, dataset, await context.folder()).run()
    },
    discard: (_params, folder) => rm(folder, { recursive: true, force: true })
  }
}

interface Start {
  readonly columns: HealthColumns
  readonly plan: HealthPlan
}

/** One running check: its lifetime is one call of the job. */
class HealthRun {
  readonly #deps: HealthJobDeps
  readonly #context: JobContext
  readonly #dataset: DatasetRecord
  readonly #folder: string
  readonly #notRun: NotRun[] = []
  #state: HealthState

  constructor(deps: HealthJobDeps, context: JobContext, dataset: DatasetRecord, folder: string) {
    this.#deps = deps
    this.#context = context
    this.#dataset = dataset
    this.#folder = folder
    this.#state = freshState(0)
  }

  async run(): Promise<CheckedHealth> {
    const { items } = this.#dataset
    if (items === 0) throw new AppError('method-not-possible', 'This dataset has no items.')
    this.#context.phase(phase.look, items, 'items')
    const start = await this.#begin()
    await this.#look(start)
    const features = await this.#features()
    const neighbours = await this.#neighbours(start, features)
    await this.#near(start, features, neighbours)
    const wrong = await this.#labels(start, features, neighbours)
    return this.#write(neighbours, wrong)
  }

  #save(change: Partial<HealthState>): void {
    this.#state = { ...this.#state, ...change }
    this.#context.saveCheckpoint(this.#state)
  }

  #did(what: HealthState['done'][number], change: Partial<HealthState> = {}): void {
    this.#save({ ...change, done: [...this.#state.done, what] })
  }

  /** The frozen columns and the plan, of this check or of the interrupted one. */
  async #begin(): Promise<Start> {
    const kept = readState(this.#context.checkpoint)
    if (kept !== undefined) {
      this.#state = kept
      const start = await loadStart(this.#folder).catch(() => undefined)
      if (start?.columns.labels.length === this.#dataset.items) return start
    }
    const { id, kind } = this.#dataset
    await rm(this.#folder, { recursive: true, force: true })
    await this.#context.folder()
    const lastEdit = lastEditInForce(this.#deps.store, id)
    const columns = await this.#deps.columns(id)
    const plan = await this.#context.pool.run<PlanInput, never, HealthPlan>(
      planTask,
      { kind, columns },
      { signal: this.#context.signal }
    )
    await saveStart(this.#folder, columns, plan)
    this.#state = freshState(lastEdit)
    this.#save({})
    return { columns, plan }
  }

  get #groupColumn(): string | undefined {
    return this.#dataset.columns.find(({ role }) => role === 'group')?.name
  }

  async #look({ columns }: Start): Promise<void> {
    const { store, mediaFolder } = this.#deps
    const { kind } = this.#dataset
    if (kind !== 'images' && store.items.pictures(this.#dataset.id) > 0)
      this.#notRun.push({
        title: 'Picture problems',
        reason: 'Pictures that belong to texts or table rows are not looked at.'
      })
    if (this.#state.done.includes('looked')) return
    const files = healthFiles(this.#folder)
    if (kind === 'images')
      await lookAtPictures(this.#context, store, this.#dataset, mediaFolder, files, columns)
    if (kind === 'text') await readTexts(this.#context, store, this.#dataset, files, columns)
    const column = this.#groupColumn
    if (column !== undefined) await readGroups(this.#context, store, this.#dataset, column, files)
    this.#context.progress(this.#dataset.items)
    this.#did('looked')
  }

  /** Fingerprints, or undefined with the reason noted. */
  async #features(): Promise<HealthFeatures | undefined> {
    const dataset = this.#dataset
    try {
      const isLong = dataset.kind === 'text' && dataset.items > describedTexts
      if (isLong && (await this.#deps.cached(dataset)) === undefined)
        throw new AppError(
          'method-not-possible',
          `Similarity fingerprints of ${dataset.items.toLocaleString('en')} texts take long to make. Make them once, then check again.`
        )
      return await this.#deps.ensure(this.#context, dataset, phase.learn)
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'method-not-possible') throw error
      for (const kind of ['outliers', 'wrong-labels'] as const)
        this.#notRun.push({ title: titles[kind], reason: error.message })
      return undefined
    }
  }

  async #neighbours(
    { plan }: Start,
    features: HealthFeatures | undefined
  ): Promise<NeighbourFiles | undefined> {
    this.#context.phase(phase.compare, plan.distinct.length, 'items')
    if (features === undefined) return undefined
    if (plan.distinct.length < 12) {
      this.#notRun.push({ title: titles.outliers, reason: 'There are too few items to compare.' })
      return undefined
    }
    const found = await findNeighbours(this.#context, this.#folder, {
      features: features.path,
      rows: plan.distinct,
      // Rows of a table are apart by distance: a common column makes distances into angles.
      lift: this.#dataset.kind === 'table' ? Math.sqrt(features.columns) : 0
    })
    if (!this.#state.done.includes('compared')) this.#did('compared')
    return found
  }

  async #near(
    { plan, columns }: Start,
    features: HealthFeatures | undefined,
    neighbours: NeighbourFiles | undefined
  ): Promise<void> {
    if (this.#state.done.includes('near')) return
    const found = await findNear(this.#context, this.#folder, {
      kind: this.#dataset.kind,
      plan,
      items: columns.labels.length,
      features: features?.path,
      neighbours
    })
    if ('reason' in found) {
      this.#did('near', { nearReason: found.reason })
      return
    }
    await saveGroups(this.#folder, found.groups)
    this.#did('near', { near: found.facts })
  }

  async #labels(
    { plan, columns }: Start,
    features: HealthFeatures | undefined,
    neighbours: NeighbourFiles | undefined
  ): Promise<WrongLabels | undefined> {
    this.#context.phase(phase.labels, plan.rows.length, 'items')
    if (features === undefined) return undefined
    const near = this.#state.near === null ? undefined : await loadGroups(this.#folder)
    const planned = await this.#context.pool.run<PlanLabelsInput, never, LabelPlan>(
      planLabelsTask,
      { columns, plan, near },
      { signal: this.#context.signal }
    )
    if ('reason' in planned) {
      this.#notRun.push({ title: titles['wrong-labels'], reason: planned.reason })
      return undefined
    }
    return findWrongLabels(this.#context, this.#folder, planned.work, {
      features: features.path,
      neighbours: neighbours && { files: neighbours, firstSame: columns.firstSame }
    })
  }

  async #write(
    neighbours: NeighbourFiles | undefined,
    wrong: WrongLabels | undefined
  ): Promise<CheckedHealth> {
    const { store } = this.#deps
    const { id, kind, classNames, skipped } = this.#dataset
    this.#context.phase(phase.write, 0, 'steps')
    const { columns } = await loadStart(this.#folder)
    const facts: Facts | undefined = this.#state.near ?? undefined
    const input: FindingsInput = {
      folder: this.#folder,
      kind,
      classNames,
      skipped,
      textBlocks: kind === 'text' ? textBlocks(columns.textLengths).length - 1 : 0,
      hasLooks: kind === 'images',
      nearFacts: facts,
      neighbours,
      wrong,
      groupColumn: this.#groupColumn
    }
    const made = await this.#context.pool.run<FindingsInput, never, FindingsOutput>(
      findingsTask,
      input,
      { signal: this.#context.signal }
    )
    const { nearReason } = this.#state
    const near =
      nearReason === null ? [] : [{ title: titles['near-duplicates'], reason: nearReason }]
    const notRun = [...this.#notRun, ...near, ...made.notRun].map(({ title, reason }) => ({
      title,
      reason
    }))
    store.health.save(
      id,
      { checkedAt: this.#deps.now(), lastEdit: this.#state.lastEdit, spec: { notRun } },
      made.findings.map(toRecord)
    )
    await rm(this.#folder, { recursive: true, force: true })
    const findings = made.findings.filter((finding) => finding.rows.length > 0).length
    return { dataset: id, findings }
  }
}

/** Number of the last step in force; 0 = none. */
export function lastEditInForce(store: Pick<Store, 'edits'>, dataset: string): number {
  return store.edits.list(dataset).findLast((step) => !step.isUndone)?.number ?? 0
}
