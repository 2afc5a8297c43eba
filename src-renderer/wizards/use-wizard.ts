// What every wizard does around its steps: begins with a dataset, a saved draft or what was open,
// saves, and starts the run.
import {
  computed,
  onBeforeUnmount,
  ref,
  shallowRef,
  watch,
  type ComputedRef,
  type Ref,
  type ShallowRef
} from 'vue'
import { useRouter } from 'vue-router'
import type { DatasetSummary } from '@api/dto/datasets.ts'
import { useDatasets } from '../stores/datasets.ts'
import type { SaveState } from '../stores/plan.ts'
import { describeProblem, type Problem } from '../stores/problem.ts'
import { useProject } from '../stores/project.ts'
import { useToasts } from '../stores/toasts.ts'
import { choose } from '../text/choose.ts'

/** The plan of a wizard. */
export interface WizardPlan {
  readonly id: string | null
  readonly draft: { readonly dataset: string } | undefined
  readonly isReviewFresh: boolean
  readonly blockedStep: string | undefined
  readonly saveState: SaveState
  readonly problem: Problem | undefined
  startNew(dataset: string): Promise<void>
  open(saved: string): Promise<boolean>
  reviewAgain(): void
  save(): Promise<void>
  flush(): Promise<void>
  start(): Promise<string>
}

/** What a wizard needs beside its plan. */
export interface WizardOptions {
  /** Starts with this dataset. */
  dataset(): string | undefined
  /** Goes on with this saved draft. */
  savedDraft(): string | undefined
  /** The dataset that is most likely meant when none was named. */
  likeliest(ready: readonly DatasetSummary[]): DatasetSummary | undefined
  /** Loads what the steps show. */
  load?(): Promise<void>
}

/** A wizard's state and actions. */
export interface Wizard {
  readonly failure: ShallowRef<Problem | undefined>
  /** Datasets that hold something; one being added may still be empty. */
  readonly ready: ComputedRef<readonly DatasetSummary[]>
  readonly isStarting: Ref<boolean>
  readonly canStart: ComputedRef<boolean>
  begin(): Promise<void>
  saveDraft(): Promise<void>
  start(): Promise<void>
  /** Starts when the runs before it are done, and shows the list of runs. */
  queue(): Promise<void>
}

/** Runs a wizard for as long as its component lives. */
export function useWizard(plan: WizardPlan, options: WizardOptions): Wizard {
  const datasets = useDatasets()
  const project = useProject()
  const toasts = useToasts()
  const router = useRouter()
  const failure = shallowRef<Problem>()
  const isStarting = ref(false)
  const ready = computed(() => datasets.pools.filter((dataset) => dataset.items > 0))
  const canStart = computed(
    () => plan.isReviewFresh && plan.blockedStep === undefined && !project.isReadOnly
  )

  async function begin(): Promise<void> {
    failure.value = undefined
    try {
      await options.load?.()
      await beginPlan()
    } catch (thrown) {
      failure.value = describeProblem(thrown)
    }
  }
  async function beginPlan(): Promise<void> {
    const wanted = { dataset: options.dataset(), draft: options.savedDraft() }
    if (wanted.draft !== undefined) {
      if (plan.id === wanted.draft && plan.draft !== undefined) return
      if (await plan.open(wanted.draft)) return
      toasts.show(choose.draftGone, { severity: 'caution' })
    }
    const isOpen = plan.draft !== undefined && datasets.find(plan.draft.dataset) !== undefined
    if (isOpen && (wanted.dataset === undefined || plan.draft?.dataset === wanted.dataset)) {
      plan.reviewAgain()
      return
    }
    const first = wanted.dataset ?? options.likeliest(ready.value)?.id
    if (first !== undefined) await plan.startNew(first)
  }
  watch(
    [
      () => datasets.isLoaded,
      () => ready.value.length > 0,
      () => options.dataset(),
      () => options.savedDraft()
    ],
    ([isLoaded, hasReady]) => {
      if (isLoaded && hasReady) void begin()
    },
    { immediate: true }
  )
  watch(
    () => datasets.revision,
    () => plan.reviewAgain()
  )
  onBeforeUnmount(() => void plan.flush())

  async function saveDraft(): Promise<void> {
    await plan.save()
    if (plan.saveState === 'saved') toasts.show(choose.draftSaved, { severity: 'success' })
    else if (plan.problem !== undefined) toasts.show(plan.problem.message, { severity: 'error' })
  }
  const start = (): Promise<void> =>
    startThen((run) => router.push({ name: 'run', params: { run } }))
  const queue = (): Promise<void> =>
    startThen(() => {
      toasts.show(choose.queued, { severity: 'success' })
      return router.push({ name: 'runs' })
    })
  async function startThen(then: (run: string) => Promise<unknown>): Promise<void> {
    if (!canStart.value || isStarting.value) return
    isStarting.value = true
    try {
      await then(await plan.start())
    } catch (thrown) {
      toasts.showProblem(thrown)
    } finally {
      isStarting.value = false
    }
  }
  return { failure, ready, isStarting, canStart, begin, saveDraft, start, queue }
}
