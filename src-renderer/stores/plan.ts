// A run being planned, whatever its kind: its draft, saved as the analyst goes; its live review,
// where only the answer to the latest question counts; and a way back from every patch.
import {
  computed,
  onScopeDispose,
  ref,
  shallowRef,
  watch,
  type ComputedRef,
  type Ref,
  type ShallowRef
} from 'vue'
import type { JsonValue } from '@api/dto/common.ts'
import {
  firstBlockedStep,
  isRecommended,
  isSame,
  recommendedParts,
  stepNamed,
  stepState,
  type PlanSteps,
  type ReviewMessages,
  type StepState
} from './plan-steps.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'

/** Quiet time before a review is asked for: a slider passes many values on its way. */
const reviewAfterMs = 250
/** Quiet time before a draft is saved. */
const saveAfterMs = 800

/** A saved draft in lists. */
export interface SavedPlan<D> {
  readonly id: string
  readonly step: string
  readonly savedAt: number
  readonly draft: D
}
/** How the draft stands on disk. */
export type SaveState = 'untouched' | 'unsaved' | 'saving' | 'saved' | 'failed'

/** What sets one kind of run apart from another. */
export interface PlanKind<D, R, S extends string> {
  readonly steps: PlanSteps<D, S>
  /** Shown first. */
  readonly firstStep: S
  /** The draft in what a message's button made of it; undefined when it is none. */
  parse(value: unknown): D | undefined
  defaults(dataset: string): Promise<D>
  review(draft: D): Promise<R>
  list(): Promise<readonly SavedPlan<D>[]>
  save(id: string | null, step: S, draft: D): Promise<string>
  remove(id: string): Promise<unknown>
  /** Returns the run's id. */
  start(draft: D): Promise<string>
}

/** The state and the actions of a plan. */
export interface Plan<D, R, S extends string> {
  readonly id: Ref<string | null>
  readonly draft: ShallowRef<D | undefined>
  readonly defaults: ShallowRef<D | undefined>
  readonly step: Ref<S>
  readonly steps: ComputedRef<{ id: S; state: StepState }[]>
  readonly review: ShallowRef<R | undefined>
  readonly isReviewing: Ref<boolean>
  readonly isReviewFresh: ComputedRef<boolean>
  /** Set while a message keeps the run from starting. */
  readonly blockedStep: ComputedRef<S | undefined>
  readonly problem: ShallowRef<Problem | undefined>
  readonly saveState: Ref<SaveState>
  readonly saved: ShallowRef<readonly SavedPlan<D>[]>
  /** Starts with the recommended draft of a dataset. Throws what the backend threw. */
  startNew(dataset: string): Promise<void>
  /** Goes on with a saved draft; false when it is not there any more. */
  open(saved: string): Promise<boolean>
  /** Starts with the settings of an earlier run; its name stays with that run. */
  startFrom(settings: D): Promise<void>
  listSaved(): Promise<readonly SavedPlan<D>[]>
  removeSaved(which: string): Promise<void>
  /** Changes parts of the draft; returns what takes the change back. */
  change(parts: Partial<D>): () => void
  /** Applies the patch of a message's button; undefined when it does not fit the draft. */
  applyPatch(patch: Readonly<Record<string, JsonValue>>): (() => void) | undefined
  /** Puts one step back to what is recommended; returns what takes that back. */
  restore(which: S): () => void
  isStepRecommended(which: S): boolean
  /** Shows a step; the one that was shown counts as seen. */
  goTo(next: S): void
  /** Asks again, after a failure or when the data has changed. */
  reviewAgain(): void
  /** Saves the draft now. */
  save(): Promise<void>
  /** Saves what is not saved yet, before the screen goes away. */
  flush(): Promise<void>
  /** Starts the run and lets the draft go. Returns the run's id; throws what the backend threw. */
  start(): Promise<string>
}

/** Makes the plan of a store. To be called in the setup of that store. */
export function usePlan<
  D extends { readonly dataset: string; readonly name: string },
  R extends ReviewMessages,
  S extends string
>(kind: PlanKind<D, R, S>): Plan<D, R, S> {
  const project = useProject()
  const { order } = kind.steps
  const id = ref<string | null>(null)
  const draft = shallowRef<D>()
  const defaults = shallowRef<D>()
  const step = ref(kind.firstStep) as Ref<S> // a word is what it is, also in a ref
  const visited = ref<ReadonlySet<string>>(new Set())
  const review = shallowRef<R>()
  /** The draft the review speaks about. */
  const reviewedDraft = shallowRef<D>()
  const isReviewing = ref(false)
  const problem = shallowRef<Problem>()
  const saveState = ref<SaveState>('untouched')
  const saved = shallowRef<readonly SavedPlan<D>[]>([])
  let reviewNumber = 0
  let reviewTimer: ReturnType<typeof setTimeout> | undefined
  let saveTimer: ReturnType<typeof setTimeout> | undefined
  let saving: Promise<void> | undefined
  let session = 0

  const steps = computed(() =>
    order.map((name) => ({ id: name, state: stepState(name, visited.value, review.value) }))
  )
  const blockedStep = computed(() => firstBlockedStep(order, review.value))
  const isReviewFresh = computed(
    () => review.value !== undefined && reviewedDraft.value === draft.value && !isReviewing.value
  )
  watch(
    () => project.generation,
    () => {
      reset()
      saved.value = []
    },
    { flush: 'sync' }
  )

  // A store that is given up asks and saves nothing more.
  onScopeDispose(() => reset())

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
    step.value = kind.firstStep
    visited.value = new Set()
    saveState.value = 'untouched'
  }

  async function startNew(dataset: string): Promise<void> {
    await flush()
    reset()
    const mine = session
    const recommended = await kind.defaults(dataset)
    if (mine !== session) return
    defaults.value = recommended
    draft.value = recommended
    askForReview(0)
  }
  async function open(which: string): Promise<boolean> {
    await flush()
    reset()
    const mine = session
    const found = (await listSaved()).find((candidate) => candidate.id === which)
    if (found === undefined || mine !== session) return false
    const recommended = await kind.defaults(found.draft.dataset)
    if (mine !== session) return false
    id.value = found.id
    defaults.value = recommended
    draft.value = found.draft
    step.value = stepNamed(order, found.step) ?? kind.firstStep
    visited.value = new Set(order.slice(0, order.indexOf(step.value) + 1))
    saveState.value = 'saved'
    askForReview(0)
    return true
  }
  async function startFrom(settings: D): Promise<void> {
    await startNew(settings.dataset)
    if (draft.value !== undefined) change({ ...settings, name: '' })
    visited.value = new Set(order.slice(0, -1))
    step.value = order.at(-1) ?? kind.firstStep
  }
  async function listSaved(): Promise<readonly SavedPlan<D>[]> {
    saved.value = await kind.list()
    return saved.value
  }
  async function removeSaved(which: string): Promise<void> {
    await kind.remove(which)
    saved.value = saved.value.filter((candidate) => candidate.id !== which)
  }

  function change(parts: Partial<D>): () => void {
    const before = draft.value
    if (before === undefined) return () => undefined
    const after = { ...before, ...parts }
    if (isSame(before, after)) return () => undefined
    set(after)
    const mine = session
    return () => {
      // Later changes of other parts stay; only these parts go back.
      if (mine !== session || draft.value === undefined) return
      const old = Object.keys(parts).map((key) => [key, before[key as keyof D]]) // keys of a draft
      set({ ...draft.value, ...Object.fromEntries(old) })
    }
  }
  function set(next: D): void {
    draft.value = next
    saveState.value = 'unsaved'
    askForReview(reviewAfterMs)
    planSave()
  }
  function applyPatch(patch: Readonly<Record<string, JsonValue>>): (() => void) | undefined {
    const now = draft.value
    const next = now === undefined ? undefined : kind.parse({ ...now, ...patch })
    if (next === undefined) return undefined
    const parts = Object.keys(patch).map((key) => [key, next[key as keyof D]]) // parse() took them
    return change(Object.fromEntries(parts) as Partial<D>) // keys and values of a draft
  }
  function restore(which: S): () => void {
    if (defaults.value === undefined) return () => undefined
    return change(recommendedParts(kind.steps, defaults.value, which))
  }
  function isStepRecommended(which: S): boolean {
    if (draft.value === undefined || defaults.value === undefined) return true
    return isRecommended(kind.steps, draft.value, defaults.value, which)
  }
  function goTo(next: S): void {
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
      const answer = await kind.review(asked)
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
  function reviewAgain(): void {
    if (draft.value !== undefined) askForReview(0)
  }

  function planSave(): void {
    clearTimeout(saveTimer)
    if (project.isReadOnly) return
    saveTimer = setTimeout(() => void save(), saveAfterMs)
  }
  // One save at a time: the first one decides the draft's id.
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
      const got = await kind.save(id.value, step.value, toSave)
      if (mine !== session) return
      id.value = got
      saveState.value = draft.value === toSave ? 'saved' : 'unsaved'
    } catch (thrown) {
      if (mine !== session) return
      saveState.value = 'failed'
      problem.value = describeProblem(thrown)
    }
  }
  async function flush(): Promise<void> {
    if (saveState.value === 'unsaved' && !project.isReadOnly) await save()
    else await saving
  }

  async function start(): Promise<string> {
    const toStart = draft.value
    if (toStart === undefined) throw new Error('no draft to start')
    clearTimeout(saveTimer)
    await saving
    const run = await kind.start(toStart)
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
}
