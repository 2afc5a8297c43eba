// The job of a selection: fingerprints, repeats, choosing, testing, writing. Every step leaves its
// result on disk before the checkpoint names it, so that a job killed at any moment goes on and
// ends with the same chosen rows and the same test results.
import { join } from 'node:path'
import { rm } from 'node:fs/promises'
import { SelectDraft, type CheckResult } from '../../api/dto/runs.ts'
import { AppError } from '../../api/errors.ts'
import type { JobContext, JobKind } from '../jobs/job-kind.ts'
import type { SelectionMethod } from '../methods/method.ts'
import type { DatasetRecord } from '../store/records.ts'
import { aimsAtTasks } from './aims.ts'
import { pictureAccess } from './check-pixels.ts'
import { chosenSet, methodRows, type ChosenSet } from './chosen-set.ts'
import { resolveDraft, type DraftSource } from './draft-scope.ts'
import { finishRun, type FinishedRun } from './finish-run.ts'
import {
  freezeChoice,
  loadChoice,
  saveChoice,
  withoutRepeats,
  type FrozenChoice
} from './frozen-choice.ts'
import { rowsMeant } from './given-rows.ts'
import type { ReadyFeatures, SelectFeatures } from './ready-features.ts'
import { runCheck, whyNotChecked } from './run-check.ts'
import { methodSlots, runMethods, type MethodSlot } from './run-methods.ts'
import { draftSentence } from './sentence.ts'
import {
  phaseAt,
  readState,
  searchPhase,
  selectPhases,
  selectPhasesFor,
  type SelectState
} from './select-state.ts'
import type { SavedSelection } from './selection-files.ts'
import { findSmallest } from './smallest-set.ts'

export interface SelectJobDeps extends DraftSource {
  readonly methods: readonly SelectionMethod[]
  readonly features: SelectFeatures
  readonly appVersion: string
  /** media/ of the project, where copied matrices lie. */
  readonly mediaFolder: string
  now(): number
  /** Time between checkpoints inside a method; 2 s unless told. */
  readonly checkpointEveryMs?: number
}

/** The kind of job that `runs.start` queues; its id is the run's id. */
export function createSelectJob(deps: SelectJobDeps): JobKind<SelectDraft, FinishedRun> {
  return {
    kind: 'select',
    params: SelectDraft,
    canPause: true,
    canResume: true,
    phases: selectPhases,
    phasesFor: selectPhasesFor,
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

  async run(): Promise<FinishedRun> {
    const { dataset, slots } = this.#begin()
    this.#folder = await this.#context.folder()
    let choice = await this.#plan()
    const featuresOf = await this.#features(dataset, choice)
    const features = featuresOf.get(dataset.id)
    if (features === undefined) throw new AppError('dataset-not-found')
    choice = await this.#withoutRepeats(choice, features)
    if (choice.candidates.length === 0) {
      throw new AppError(
        'budget-not-possible',
        'No items are left to choose from. Widen the scope or the rules.'
      )
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
      store: this.#deps.store,
      mediaFolder: this.#deps.mediaFolder,
      checkpointEveryMs: this.#deps.checkpointEveryMs ?? 2000,
      now: this.#deps.now,
      state: () => this.#state,
      save: (change) => this.#save(change)
    })
    choice = await this.#smallest({ dataset, slots, choice, features, selections })
    return this.#finish({ dataset, slots, choice, features, selections })
  }

  /** With a search for the smallest set, the choice as if that size had been asked for. */
  async #smallest(parts: FinishParts): Promise<FrozenChoice> {
    const { dataset, choice, features } = parts
    const selection = parts.selections.get('chosen')
    if (this.#draft.budget.kind !== 'smallest' || selection === undefined) return choice
    const found = await findSmallest({
      context: this.#context,
      draft: this.#draft,
      choice,
      features,
      classNames: dataset.classNames,
      selection,
      phase: phaseAt(this.#draft, searchPhase.name),
      state: () => this.#state,
      save: (change) => this.#save(change)
    })
    return { ...choice, asked: found.items, notes: [...choice.notes, ...found.notes] }
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
    if (this.#state.isPlanned)
      return loadChoice(join(this.#folder, this.#state.isCleaned ? 'choice' : 'plan'))
    const [{ method }] = methodSlots(this.#draft, this.#deps.methods)
    const scope = await resolveDraft(this.#deps, this.#draft)
    const choice = freezeChoice(
      scope,
      draftSentence(this.#draft, scope, {
        name: method.card.name,
        aimsAtTasks: aimsAtTasks(method, this.#draft)
      })
    )
    await saveChoice(join(this.#folder, 'plan'), choice)
    this.#save({ isPlanned: true })
    return choice
  }

  async #features(
    dataset: DatasetRecord,
    choice: FrozenChoice
  ): Promise<ReadonlyMap<string, ReadyFeatures>> {
    const made = new Map([
      [dataset.id, await this.#deps.features.ensure(this.#context, dataset, undefined, 0)]
    ])
    for (const task of choice.tasks) {
      for (const part of task.parts) {
        if (made.has(part.dataset)) continue
        const examples = this.#deps.store.datasets.get(part.dataset)
        if (examples === undefined)
          throw new AppError(
            'dataset-not-found',
            'The example items are not in the project any more.'
          )
        made.set(part.dataset, await this.#deps.features.ensure(this.#context, examples, dataset))
      }
    }
    return made
  }

  async #withoutRepeats(choice: FrozenChoice, features: ReadyFeatures): Promise<FrozenChoice> {
    const { isOn, similarity01 } = this.#draft.rules.nearDuplicates
    this.#context.phase(2, choice.candidates.length, 'items')
    if (this.#state.isCleaned) return choice
    let cleaned = choice
    if (isOn) {
      const repeats = await this.#deps.features.repeats(
        this.#context,
        features,
        choice.candidates,
        similarity01
      )
      cleaned = withoutRepeats(choice, repeats, rowsMeant(this.#deps.store, this.#draft))
    }
    // A folder of its own: a stop half-way through these files leaves the plan as it was.
    await saveChoice(join(this.#folder, 'choice'), cleaned)
    this.#context.progress(choice.candidates.length)
    this.#save({ isCleaned: true })
    return cleaned
  }

  async #finish(parts: FinishParts): Promise<FinishedRun> {
    const { dataset, slots, choice } = parts
    const rows = methodRows(choice)
    const setOf = (slot: string): ChosenSet => {
      const selection = parts.selections.get(slot)
      if (selection === undefined) throw new Error(`no selection in slot ${slot}`)
      return chosenSet(choice, this.#draft, dataset.classNames, selection, rows)
    }
    const set = setOf('chosen')
    const notes = [...choice.notes, ...set.notes]
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
          order: set.order,
          others,
          folder: this.#folder,
          pictures: pictureAccess(this.#deps.store, dataset, this.#deps.mediaFolder),
          state: () => this.#state,
          save: (change) => this.#save(change)
        })
      } catch (error) {
        if (!this.#context.signal.aborted || !this.#context.keepOnCancel) throw error
        // Cancelled with "keep what is done": the finished selection stays, without a test.
        await this.#write(parts, set, rows, undefined, [
          ...notes,
          'The test was stopped before it ended.'
        ])
        throw error
      }
    }
    return this.#write(parts, set, rows, check, notes)
  }

  #write(
    parts: FinishParts,
    set: ChosenSet,
    rows: Uint32Array,
    check: CheckResult | undefined,
    notes: readonly string[]
  ): Promise<FinishedRun> {
    const selection = parts.selections.get('chosen')
    if (selection === undefined) throw new Error('no selection to write')
    return finishRun({
      store: this.#deps.store,
      context: this.#context,
      folder: this.#folder,
      draft: this.#draft,
      dataset: parts.dataset,
      method: parts.slots[0].method,
      choice: askedAsKept(parts.choice, set),
      features: parts.features,
      selection,
      rows,
      set,
      check,
      notes,
      seconds: this.#seconds(),
      startedAt: this.#startedAt,
      appVersion: this.#deps.appVersion,
      saveWritten: (alsoWrite) => this.#save({ isWritten: true }, alsoWrite)
    })
  }
}

/** A budget in bytes or tokens asks for as many items as fit: that many were asked for. */
function askedAsKept(choice: FrozenChoice, set: ChosenSet): FrozenChoice {
  return choice.spend === undefined ? choice : { ...choice, asked: set.rows.length }
}

interface FinishParts {
  readonly dataset: DatasetRecord
  readonly slots: readonly MethodSlot[]
  readonly choice: FrozenChoice
  readonly features: ReadyFeatures
  readonly selections: ReadonlyMap<string, SavedSelection>
}
