// The selection being planned: its draft, saved as the analyst goes; its live review, where only
// the answer to the latest question counts; and a way back from every patch.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { OutputOf } from '@api/contract.ts'
import type { JsonValue } from '@api/dto/common.ts'
import type { DraftReview, SelectDraft } from '@api/dto/runs.ts'
import { useConnection } from './connection.ts'
import {
  chooseSteps,
  firstBlockedStep,
  isChooseStep,
  isRecommended,
  isSame,
  patched,
  restored,
  stepState,
  type ChooseStep,
  type StepState
} from './draft-steps.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'

/** Quiet time before a review is asked for: a slider passes many values on its way. */
const reviewAfterMs = 250
/** Quiet time before a draft is saved. */
const saveAfterMs = 800

/** A saved draft in lists. */
export type SavedDraft = OutputOf<'drafts.list'>['drafts'][number]
/** How the draft stands on disk. */
export type SaveState = 'untouched' | 'unsaved' | 'saving' | 'saved' | 'failed'

/** The selection being planned. */
export const useDraft = defineStore('draft', () => {
  const connection = useConnection()
  const project = useProject()
  const id = ref<string | null>(null)
  const draft = shallowRef<SelectDraft>()
  const defaults = shallowRef<SelectDraft>()
  const step = ref<ChooseStep>('data')
  const visited = ref<ReadonlySet<string>>(new Set())
  const review = shallowRef<DraftReview>()
  /** The draft the review speaks about. */
  const reviewedDraft = shallowRef<SelectDraft>()
  const isReviewing = ref(false)
  const problem = shallowRef<Problem>()
  const saveState = ref<SaveState>('untouched')
  const saved = shallowRef<readonly SavedDraft[]>([])
  let reviewNumber = 0
  let reviewTimer: ReturnType<typeof setTimeout> | undefined
  let saveTimer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> | undefined
  let session = 0

  const steps = computed(() =>
    chooseSteps.map((name): { id: ChooseStep; state: StepState } => ({
      id: name,
      state: stepState(name, visited.value, review.value)
    }))
  )
  /** Set while a message keeps the run from starting. */
  const blockedStep = computed(() => firstBlockedStep(review.value))
  const isReviewFresh = computed(
    () => review.value !== undefined && reviewedDraft.value === draft.value && !isReviewing.value
  )
  watch(
    () => project.generation,
    () => reset(),
    { flush: 'sync' }
  )

  function reset(): void {
    session += 1
    reviewNumber += 1
    clearTimeout(reviewTimer)
    clearTimeout(saveTimer)
    id.value = null
    draft.value = undefined
    defaults.value = undefined
    review.value = undefined
    reviewedDraft.value = undefined
    isReviewing.value = false
    problem.value = undefined
    step.value = 'data'
    visited.value = new Set()
    saveState.value = 'untouched'
  }

  /** Starts with the recommended draft of a dataset. Throws what the backend threw. */
  async function startNew(dataset: string): Promise<void> {
    await flush()
    reset()
    const mine = session
    const recommended = await connection.call('drafts.defaults', { dataset })
    if (mine !== session) return
    defaults.value = recommended
    draft.value = recommended
    askForReview(0)
  }
  /** Goes on with a saved draft; false when it is not there any more. */
  async function open(saved: string): Promise<boolean> {
    await flush()
    reset()
    const mine = session
    const found = (await listSaved()).find((candidate) => candidate.id === saved)
    if (found === undefined || mine !== session) return false
    const recommended = await connection.call('drafts.defaults', { dataset: found.draft.dataset })
    if (mine !== session) return false
    id.value = found.id
    defaults.value = recommended
    draft.value = found.draft
    step.value = isChooseStep(found.step) ? found.step : 'data'
    const upTo = chooseSteps.indexOf(step.value)
    visited.value = new Set(chooseSteps.slice(0, upTo + 1))
    saveState.value = 'saved'
    askForReview(0)
    return true
  }
  /** Starts with the settings of an earlier run; its name stays with that run. */
  async function startFrom(settings: SelectDraft): Promise<void> {
    await startNew(settings.dataset)
    if (draft.value !== undefined) change({ ...settings, name: '' })
    visited.value = new Set(chooseSteps.slice(0, -1))
    step.value = 'review'
  }
  async function listSaved(): Promise<readonly SavedDraft[]> {
    saved.value = (await connection.call('drafts.list', {})).drafts
    return saved.value
  }
  async function removeSaved(which: string): Promise<void> {
    await connection.call('drafts.remove', { id: which })
    saved.value = saved.value.filter((candidate) => candidate.id !== which)
  }

  /** Changes parts of the draft; returns what takes the change back. */
  function change(parts: Partial<SelectDraft>): () => void {
    const before = draft.value
    if (before === undefined) return () => undefined
    const after = { ...before, ...parts }
    if (isSame(before, after)) return () => undefined
    set(after)
    const mine = session
    return () => {
      // Later changes of other parts stay; only these parts go back.
      if (mine !== session || draft.value === undefined) return
      const old = Object.keys(parts).map((key) => [key, before[key as keyof SelectDraft]]) // keys of a draft
      set({ ...draft.value, ...Object.fromEntries(old) })
    }
  }
  function set(next: SelectDraft): void {
    draft.value = next
    saveState.value = 'unsaved'
    askForReview(reviewAfterMs)
    planSave()
  }
  /** Applies the patch of a message's button; undefined when it does not fit the draft. */
  function applyPatch(patch: Readonly<Record<string, JsonValue>>): (() => void) | undefined {
    const now = draft.value
    const next = now === undefined ? undefined : patched(now, patch)
    if (now === undefined || next === undefined) return undefined
    const parts = Object.keys(patch).map((key) => [key, next[key as keyof SelectDraft]]) // patched() took them
    return change(Object.fromEntries(parts))
  }
  /** Puts one step back to what is recommended; returns what takes that back. */
  function restore(which: ChooseStep): () => void {
    if (draft.value === undefined || defaults.value === undefined) return () => undefined
    return change(restored(draft.value, defaults.value, which))
  }
  function isStepRecommended(which: ChooseStep): boolean {
    if (draft.value === undefined || defaults.value === undefined) return true
    return isRecommended(draft.value, defaults.value, which)
  }
  /** Shows a step; the one that was shown counts as seen. */
  function goTo(next: ChooseStep): void {
    visited.value = new Set([...visited.value, step.value])
    step.value = next
    if (saveState.value !== 'untouched') planSave()
  }

  function askForReview(afterMs: number): void {
    clearTimeout(reviewTimer)
    const mine = ++reviewNumber
    isReviewing.value = true
    reviewTimer = setTimeout(() => void runReview(mine), afterMs)
  }
  async function runReview(mine: number): Promise<void> {
    const asked = draft.value
    if (asked === undefined) return
    try {
      const answer = await connection.call('runs.review', asked)
      // An answer about an older draft would show figures that do not fit the form.
      if (mine !== reviewNumber) return
      review.value = answer
      reviewedDraft.value = asked
      problem.value = undefined
    } catch (thrown) {
      if (mine !== reviewNumber) return
      problem.value = describeProblem(thrown)
    }
    isReviewing.value = false
  }
  /** Asks again, after a failure or when the data has changed. */
  function reviewAgain(): void {
    if (draft.value !== undefined) askForReview(0)
  }

  function planSave(): void {
    clearTimeout(saveTimer)
    if (project.isReadOnly) return
    saveTimer = setTimeout(() => void save(), saveAfterMs)
  }
  /** Saves the draft now. One save at a time: the first one decides the draft's id. */
  function save(): Promise<void> {
    clearTimeout(saveTimer)
    const mine = session
    const waiting = (saving ?? Promise.resolve()).then(() =>
      mine === session ? saveOnce() : undefined
    )
    saving = waiting
    return waiting
  }
  async function saveOnce(): Promise<void> {
    const toSave = draft.value
    const mine = session
    if (toSave === undefined) return
    saveState.value = 'saving'
    try {
      const answer = await connection.call('drafts.save', {
        id: id.value,
        step: step.value,
        draft: toSave
      })
      if (mine !== session) return
      id.value = answer.id
      saveState.value = draft.value === toSave ? 'saved' : 'unsaved'
    } catch (thrown) {
      if (mine !== session) return
      saveState.value = 'failed'
      problem.value = describeProblem(thrown)
    }
  }
  /** Saves what is not saved yet, before the screen goes away. */
  async function flush(): Promise<void> {
    if (saveState.value === 'unsaved' && !project.isReadOnly) await save()
    else await saving
  }

  /** Starts the run and lets the draft go. Returns the run's id; throws what the backend threw. */
  async function start(): Promise<string> {
    const toStart = draft.value
    if (toStart === undefined) throw new Error('no draft to start')
    clearTimeout(saveTimer)
    await saving
    const { run } = await connection.call('runs.start', toStart)
    const draftId = id.value
    reset()
    // The run exists; a draft left behind is only untidy.
    if (draftId !== null) await removeSaved(draftId).catch(() => undefined)
    return run
  }
  return {
    id,
    draft,
    defaults,
    step,
    steps,
    review,
    isReviewing,
    isReviewFresh,
    blockedStep,
    problem,
    saveState,
    saved,
    startNew,
    open,
    startFrom,
    listSaved,
    removeSaved,
    change,
    applyPatch,
    restore,
    isStepRecommended,
    goTo,
    reviewAgain,
    save,
    flush,
    start
  }
})
