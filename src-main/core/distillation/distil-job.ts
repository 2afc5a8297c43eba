// The job that makes a tiny training set: reading, helper models, making, testing, writing. Every
// step leaves its result on disk before the checkpoint names it, so that a job killed at any moment
// goes on and ends with the same set and the same test results.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { DistilDraft, type DistilResult } from '../../api/dto/distil.ts'
import { AppError } from '../../api/errors.ts'
import type { JobContext, JobKind } from '../jobs/job-kind.ts'
import type {
  DistillationMethod,
  DistillationShape
} from '../methods/distillation/distillation-method.ts'
import type { NetworkSpec } from '../networks/network.ts'
import { removeCheckPixels } from '../selection/check-pixels.ts'
import type { SelectFeatures } from '../selection/ready-features.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import type { DataPlace } from './distil-data.ts'
import { distilPhases, phaseAt, readState, type DistilState } from './distil-state.ts'
import type { SplitSource } from './draft-split.ts'
import { expertBytesMax, expertsInUse, trimExperts } from './expert-cache.ts'
import type { FrozenSplit } from './frozen-split.ts'
import { makeExperts, type ReadyExperts } from './make-experts.ts'
import { keepBest, makeSet, setFolder, type MakeSet } from './make-set.ts'
import { methodParams } from './method-params.ts'
import { findNearest } from './nearest-items.ts'
import { networkFor } from './network-choice.ts'
import { phasesOfRun, shownPhases } from './phase-weights.ts'
import { pixelsFolder } from './read-items.ts'
import { readPhase, type ReadyItems } from './read-phase.ts'
import type { SetFacts } from './run-files.ts'
import { loadSet } from './set-files.ts'
import type { EarlyStops } from './early-stops.ts'
import { testSet, whyNotTested } from './test-set.ts'
import { writeRun } from './write-run.ts'

export interface DistilJobDeps extends SplitSource {
  readonly store: Store
  readonly methods: readonly DistillationMethod[]
  readonly features: SelectFeatures
  readonly appVersion: string
  /** media/ of the project. */
  readonly mediaFolder: string
  /** experts/ of the project. */
  readonly expertsFolder: string
  readonly stops: EarlyStops
  now(): number
  /** Time between checkpoints inside a method; 2 s unless told. */
  readonly checkpointEveryMs?: number
}

/** What a finished job returns. */
export interface FinishedDistillation {
  readonly run: string
  readonly items: number
  readonly verdict: string | null
}

/** The kind of job that `distil.start` queues; its id is the run's id. */
export function createDistilJob(deps: DistilJobDeps): JobKind<DistilDraft, FinishedDistillation> {
  return {
    kind: 'distil',
    params: DistilDraft,
    canPause: true,
    canResume: true,
    phases: distilPhases,
    phasesFor: (params) =>
      shownPhases(
        phasesOfRun(deps.methods, (id) => deps.store.datasets.get(id), params),
        params
      ),
    isHeavy: true,
    run: (context, draft) => new DistilRun(deps, context, draft).run(),
    async discard(_params, folder) {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** One running job: its lifetime is one call. */
class DistilRun {
  readonly #deps: DistilJobDeps
  readonly #context: JobContext
  readonly #draft: DistilDraft
  readonly #startedAt: number
  #state: DistilState
  #folder = ''

  constructor(deps: DistilJobDeps, context: JobContext, draft: DistilDraft) {
    this.#deps = deps
    this.#context = context
    this.#draft = draft
    this.#startedAt = deps.now()
    this.#state = readState(context.checkpoint)
  }

  async run(): Promise<FinishedDistillation> {
    const { dataset, method } = this.#begin()
    this.#folder = await this.#context.folder()
    const { split, data, facts } = await this.#read(dataset, method)
    const network = networkFor(this.#draft, facts.shape)
    const params = methodParams(method, this.#draft)
    const experts = await this.#experts({ dataset, method, split, data, facts, network, params })
    const parts = { dataset, method, split, data, facts, network, params, experts }
    await this.#make(parts)
    return this.#finish(parts)
  }

  #begin(): { dataset: DatasetRecord; method: DistillationMethod } {
    const dataset = this.#deps.store.datasets.get(this.#draft.dataset)
    if (dataset === undefined) throw new AppError('dataset-not-found')
    const method = this.#deps.methods.find(({ id }) => id === this.#draft.method.id)
    if (method === undefined) throw new AppError('method-not-found')
    return { dataset, method }
  }

  #phase(name: (typeof distilPhases)[number]['name']): number {
    const { methods, store } = this.#deps
    return phaseAt(
      phasesOfRun(methods, (id) => store.datasets.get(id), this.#draft),
      name
    )
  }

  #save(change: Partial<DistilState>, alsoWrite?: () => void): void {
    const seconds = this.#seconds()
    this.#state = { ...this.#state, ...change }
    this.#context.saveCheckpoint({ ...this.#state, seconds }, alsoWrite)
  }

  #seconds(): number {
    return this.#state.seconds + (this.#deps.now() - this.#startedAt) / 1000
  }

  #read(dataset: DatasetRecord, method: DistillationMethod): Promise<ReadyItems> {
    return readPhase({
      source: this.#deps,
      context: this.#context,
      folder: this.#folder,
      draft: this.#draft,
      dataset,
      methodName: method.card.name,
      learns: method.learns,
      phase: this.#phase('Reading the items'),
      state: () => this.#state,
      save: (change) => this.#save(change)
    })
  }

  async #experts(parts: Omit<RunParts, 'experts'>): Promise<ReadyExperts | undefined> {
    const request = parts.method.experts(shapeOf(this.#draft, parts), parts.params)
    if (request === undefined) return undefined
    const { expertsFolder, store } = this.#deps
    const experts = await makeExperts({
      ...parts,
      context: this.#context,
      expertsFolder,
      request,
      helper: this.#draft.helper,
      seed: this.#draft.seed,
      phase: this.#phase('Training the helper model'),
      checkpointEveryMs: this.#deps.checkpointEveryMs ?? 2000,
      uses: (key) => {
        if (this.#state.experts !== key) this.#save({ experts: key })
      }
    })
    const inUse = new Set([...expertsInUse(store), experts.key])
    await trimExperts(expertsFolder, expertBytesMax, inUse)
    return experts
  }

  async #make(parts: RunParts): Promise<void> {
    const stop = this.#deps.stops.open(this.#context.id, () => {
      if (this.#state.isStoppedEarly) return true
      if (this.#state.best === null || this.#state.isMade) return false
      this.#save({
        isStoppedEarly: true,
        notes: [...this.#state.notes, 'Stopped early: the best set so far was kept.']
      })
      return true
    })
    const run: MakeSet = {
      ...parts,
      context: this.#context,
      folder: this.#folder,
      draft: this.#draft,
      experts: parts.experts && { folder: parts.experts.folder, request: parts.experts.request },
      phase: this.#phase('Making the set'),
      checkpointEveryMs: this.#deps.checkpointEveryMs ?? 2000,
      stopEarly: stop.signal,
      now: this.#deps.now,
      state: () => this.#state,
      save: (change) => this.#save(change)
    }
    try {
      await makeSet(run)
    } catch (error) {
      const isKept = this.#context.signal.aborted && this.#context.keepOnCancel
      if (!isKept || this.#state.best === null) throw error
      // Cancelled with "keep what is done": the best set so far stays, without a test.
      await keepBest(run)
      await this.#write(parts, undefined, [
        'Stopped before it ended: the best set so far was kept.'
      ])
      throw error
    } finally {
      stop.close()
    }
  }

  async #finish(parts: RunParts): Promise<FinishedDistillation> {
    const why = whyNotTested(this.#draft, parts.data)
    if (why !== undefined) return this.#write(parts, undefined, [why])
    let check: DistilResult['check']
    try {
      check = await testSet({
        ...parts,
        context: this.#context,
        folder: this.#folder,
        draft: this.#draft,
        method: parts.method.id,
        set: await loadSet(join(this.#folder, setFolder)),
        phase: this.#phase('Testing the set'),
        state: () => this.#state,
        save: (change) => this.#save(change)
      })
    } catch (error) {
      if (!this.#context.signal.aborted || !this.#context.keepOnCancel) throw error
      await this.#write(parts, undefined, ['The test was stopped before it ended.'])
      throw error
    }
    return this.#write(parts, check, [])
  }

  async #write(
    parts: RunParts,
    check: DistilResult['check'] | undefined,
    notes: readonly string[]
  ): Promise<FinishedDistillation> {
    const isStopping = this.#context.signal.aborted
    const phase = this.#phase('Writing the result')
    if (!isStopping) this.#context.phase(phase, 3, 'steps')
    const set = await loadSet(join(this.#folder, setFolder))
    if (!isStopping) await findNearest(this.#context, this.#folder, parts.data, set)
    const result = await writeRun({
      ...parts,
      store: this.#deps.store,
      context: this.#context,
      folder: this.#folder,
      draft: this.#draft,
      set,
      check: check ?? null,
      notes: [...this.#state.notes, ...notes],
      state: this.#state,
      seconds: this.#seconds(),
      startedAt: this.#startedAt,
      appVersion: this.#deps.appVersion,
      saveWritten: (alsoWrite) => this.#save({ isWritten: true }, alsoWrite)
    })
    await removeCheckPixels(join(this.#folder, pixelsFolder))
    if (!isStopping) this.#context.progress(3)
    for (const note of result.notes) this.#context.note(note)
    return { run: result.run, items: result.items, verdict: result.check?.verdict ?? null }
  }
}

/** Everything that the later phases work with. */
interface RunParts {
  readonly dataset: DatasetRecord
  readonly method: DistillationMethod
  readonly split: FrozenSplit
  readonly data: DataPlace
  readonly facts: SetFacts
  readonly network: NetworkSpec
  readonly params: Readonly<Record<string, unknown>>
  readonly experts: ReadyExperts | undefined
}

function shapeOf(
  draft: DistilDraft,
  { data, facts, split, network }: Omit<RunParts, 'experts'>
): DistillationShape {
  return {
    data: data.kind,
    shape: facts.shape,
    classes: split.classNames.length,
    trainItems: split.train.length,
    perClass: draft.perClass,
    network,
    labels: draft.labels.kind
  }
}
