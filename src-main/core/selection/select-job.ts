// The job of a selection: fingerprints, repeats, choosing, testing, writing. Every step leaves its
// result on disk before the checkpoint names it, so that a job killed at any moment goes on and
// ends with the same chosen rows and the same test results.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { rm } from 'node:fs/promises'
import type { JsonValue } from '../../api/dto/common.ts'
import { SelectDraft, type CheckResult } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import { drawRandom, repeatSeed } from '../evaluation/draws.ts'
import type { JobContext, JobKind } from '../jobs/job-kind.ts'
import type { SelectionMethod } from '../methods/method.ts'
import type { DatasetRecord, Store } from '../store/records.ts'
import { chosenSet, methodRows, type ChosenSet } from './chosen-set.ts'
import { resolveDraft } from './draft-scope.ts'
import { freezeChoice, loadChoice, saveChoice, withoutRepeats, type FrozenChoice } from './frozen-choice.ts'
import type { MeasureTaskInput, MeasureTaskOutput } from './measure-task.ts'
import type { ReadyFeatures, SelectFeatures } from './ready-features.ts'
import { selectionResult } from './result.ts'
import { runCheck, whyNotChecked } from './run-check.ts'
import { methodSlots, runMethods, type MethodSlot } from './run-methods.ts'
import { readState, selectPhases, type SelectState } from './select-state.ts'
import type { SavedSelection } from './selection-files.ts'
import { perRowArrays, writeResultFiles } from './write-result.ts'

export interface SelectJobDeps {
  readonly store: Store
  readonly methods: readonly SelectionMethod[]
  readonly features: SelectFeatures
  readonly appVersion: string
  now(): number
  /** Time between checkpoints inside a method; 2 s unless told. */
  readonly checkpointEveryMs?: number
}

export interface SelectJobResult {
  readonly run: string
  readonly asked: number
  readonly got: number
  readonly verdict: string | null
}

/** The kind of job that `runs.start` queues; its id is the run's id. */
export function createSelectJob(deps: SelectJobDeps): JobKind<SelectDraft, SelectJobResult> {
  return {
    kind: 'select',
    params: SelectDraft,
    canPause: true,
    canResume: true,
    phases: selectPhases,
    isHeavy: true,
    run: (context, draft) => new SelectRun(deps, context, draft).run(),
    async discard(_params, folder) {
      await rm(folder, { recursive: true, force: true })
    }
  }
}

/** One running selection: its lifetime is one call of the job. */
class SelectRun {
  readonly #deps: SelectJobDeps
  readonly #context: JobContext
  readonly #draft: SelectDraft
  readonly #startedAt: number
  #state: SelectState
  #folder = ''

  constructor(deps: SelectJobDeps, context: JobContext, draft: SelectDraft) {
    this.#deps = deps
    this.#context = context
    this.#draft = draft
    this.#startedAt = deps.now()
    this.#state = readState(context.checkpoint)
  }

  async run(): Promise<SelectJobResult> {
    const { dataset, slots } = this.#begin()
    this.#folder = await this.#context.folder()
    let choice = await this.#plan()
    const featuresOf = await this.#features(dataset, choice)
    const features = featuresOf.get(dataset.id)
    if (features === undefined) throw new AppError('dataset-not-found')
    choice = await this.#withoutRepeats(choice, features)
    if (choice.candidates.length === 0) {
      throw new AppError('budget-not-possible', 'No items are left to choose from. Widen the scope or the rules.')
    }
    const selections = await runMethods({
      context: this.#context,
      folder: this.#folder,
      draft: this.#draft,
      dataset,
      choice,
      features,
      featuresOf,
      slots,
      checkpointEveryMs: this.#deps.checkpointEveryMs ?? 2000,
      now: this.#deps.now,
      state: () => this.#state,
      save: (change) => this.#save(change)
    })
    return this.#finish({ dataset, slots, choice, features, selections })
  }

  #begin(): { dataset: DatasetRecord; slots: readonly MethodSlot[] } {
    const dataset = this.#deps.store.datasets.get(this.#draft.dataset)
    if (dataset === undefined) throw new AppError('dataset-not-found')
    return { dataset, slots: methodSlots(this.#draft, this.#deps.methods) }
  }

  #seconds(): number {
    return this.#state.seconds + (this.#deps.now() - this.#startedAt) / 1000
  }

  #save(change: Partial<SelectState>, alsoWrite?: () => void): void {
    this.#state = { ...this.#state, ...change }
    this.#context.saveCheckpoint({ ...this.#state, seconds: this.#seconds() }, alsoWrite)
  }

  async #plan(): Promise<FrozenChoice> {
    this.#context.phase(0, 0, 'items')
    if (this.#state.isPlanned) return loadChoice(this.#folder)
    const choice = freezeChoice(resolveDraft(this.#deps.store, this.#draft))
    await saveChoice(this.#folder, choice)
    this.#save({ isPlanned: true })
    return choice
  }

  async #features(dataset: DatasetRecord, choice: FrozenChoice): Promise<ReadonlyMap<string, ReadyFeatures>> {
    const made = new Map([[dataset.id, await this.#deps.features.ensure(this.#context, dataset, undefined)]])
    for (const task of choice.tasks) {
      for (const part of task.parts) {
        if (made.has(part.dataset)) continue
        const examples = this.#deps.store.datasets.get(part.dataset)
        if (examples === undefined) throw new AppError('dataset-not-found', 'The example items are not in the project any more.')
        made.set(part.dataset, await this.#deps.features.ensure(this.#context, examples, dataset))
      }
    }
    return made
  }

  async #withoutRepeats(choice: FrozenChoice, features: ReadyFeatures): Promise<FrozenChoice> {
    const { isOn, similarity01 } = this.#draft.rules.nearDuplicates
    this.#context.phase(1, choice.candidates.length, 'items')
    if (this.#state.isCleaned) return choice
    let cleaned = choice
    if (isOn) {
      const repeats = await this.#deps.features.repeats(this.#context, features, choice.candidates, similarity01)
      cleaned = withoutRepeats(choice, repeats)
      await saveChoice(this.#folder, cleaned)
    }
    this.#save({ isCleaned: true })
    return cleaned
  }

  async #finish(parts: FinishParts): Promise<SelectJobResult> {
    const { dataset, slots, choice } = parts
    const rows = methodRows(choice)
    const setOf = (slot: string): ChosenSet => {
      const selection = parts.selections.get(slot)
      if (selection === undefined) throw new Error(`no selection in slot ${slot}`)
      return chosenSet(choice, this.#draft, dataset.classNames, selection, rows)
    }
    const set = setOf('chosen')
    const notes = [...choice.notes]
    let check: CheckResult | undefined
    const why = whyNotChecked(this.#draft, choice)
    if (why !== undefined) notes.push(why)
    else {
      const others = slots.slice(1).map((slot) => ({
        method: slot.method.id,
        name: slot.method.card.name,
        rows: setOf(slot.slot).rows
      }))
      try {
        check = await runCheck({
          context: this.#context,
          draft: this.#draft,
          choice,
          features: parts.features,
          classes: dataset.classNames.length,
          chosen: set.rows,
          others,
          state: () => this.#state,
          save: (change) => this.#save(change)
        })
      } catch (error) {
        if (!this.#context.signal.aborted || !this.#context.keepOnCancel) throw error
        // Cancelled with "keep what is done": the finished selection stays, without a test.
        await this.#write(parts, set, rows, undefined, [...notes, 'The test was stopped before it ended.'])
        throw error
      }
    }
    return this.#write(parts, set, rows, check, notes)
  }

  async #write(
    parts: FinishParts,
    set: ChosenSet,
    rows: Uint32Array,
    check: CheckResult | undefined,
    notes: readonly string[]
  ): Promise<SelectJobResult> {
    const { dataset, slots, choice, features } = parts
    const [{ method }] = slots
    const selection = parts.selections.get('chosen')
    if (selection === undefined) throw new Error('no selection to write')
    const { store } = this.#deps
    const random = drawRandom(choice.candidates, set.rows.length, repeatSeed(this.#draft.seed, 0))
    if (!this.#context.signal.aborted) this.#context.phase(4, 2, 'steps')
    const measures = await this.#measure(features, set, random, choice)
    const { arrays, list } = perRowArrays(method, choice, selection, rows, set, dataset.classNames)
    const run = this.#context.id
    const name = store.runs.get(run)?.name ?? this.#draft.name
    const result = selectionResult({
      run,
      name,
      draft: this.#draft,
      dataset,
      method,
      choice,
      selection,
      rows,
      set,
      random,
      reasons: list,
      check,
      measures,
      seconds: this.#seconds(),
      notes: [...notes, ...selection.notes],
      provenance: this.#provenance(parts, selection, set)
    })
    await writeResultFiles({ folder: this.#folder, arrays, set, live: store.jobs.live(run), result })
    // Validated DTO, so it is plain JSON.
    const json = result as unknown as JsonValue
    this.#save({ isWritten: true }, () => store.runs.update(run, { result: json }))
    if (!this.#context.signal.aborted) this.#context.progress(2)
    for (const note of result.notes) this.#context.note(note)
    return { run, asked: result.asked, got: result.got, verdict: result.check?.verdict ?? null }
  }

  /** Coverage and repeats of the set; left out when the job is being stopped. */
  async #measure(
    features: ReadyFeatures,
    set: ChosenSet,
    random: Uint32Array,
    choice: FrozenChoice
  ): Promise<MeasureTaskOutput | undefined> {
    if (this.#context.signal.aborted) return undefined
    const input: MeasureTaskInput = {
      featuresPath: features.path,
      chosen: set.rows.slice().sort(),
      random,
      candidates: choice.candidates,
      seed: this.#draft.seed,
      device: this.#context.deviceRequest
    }
    return this.#context.pool.run<MeasureTaskInput, never, MeasureTaskOutput>({ name: 'measure-selection' }, input, {
      signal: this.#context.signal
    })
  }

  #provenance(parts: FinishParts, selection: SavedSelection, set: ChosenSet): Record<string, JsonValue> {
    const { dataset, slots, features } = parts
    const [{ method, choice }] = slots
    const sorted = set.rows.slice().sort()
    return {
      appVersion: this.#deps.appVersion,
      method: method.id,
      methodVersion: method.version,
      params: method.params.parse(choice.params) as JsonValue,
      seed: this.#draft.seed,
      dataset: dataset.name,
      contentHash: dataset.contentHash,
      featureKey: features.key,
      extractor: features.extractor,
      extractorVersion: features.extractorVersion,
      featureDevice: features.device,
      device: selection.device,
      /** SHA-256 over the chosen rows, ascending: two runs with the same choice show the same. */
      chosenHash: createHash('sha256').update(new Uint8Array(sorted.buffer)).digest('hex'),
      startedAt: new Date(this.#startedAt).toISOString(),
      folder: join('runs', this.#context.id)
    }
  }
}

interface FinishParts {
  readonly dataset: DatasetRecord
  readonly slots: readonly MethodSlot[]
  readonly choice: FrozenChoice
  readonly features: ReadyFeatures
  readonly selections: ReadonlyMap<string, SavedSelection>
}
