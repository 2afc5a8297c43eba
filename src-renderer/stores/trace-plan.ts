// A review being planned: what to ask, which attempts come first, how to read. What it would give is
// asked for again as it changes; only the answer to the latest question counts.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { QueuePlan, QueuePreview, QueueSummary } from '@api/dto/trace-reviews.ts'
import { noTraceFilter, type TraceSetSummary } from '@api/dto/trace-sets.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useProject } from './project.ts'
import { useTraceBrowse } from './trace-browse.ts'
import { useTraceQueues } from './trace-queues.ts'

/** Steps of the wizard, in order. */
export const planStepOrder = ['judge', 'order', 'reading', 'start'] as const
export type TracePlanStep = (typeof planStepOrder)[number]

/** Quiet time before the plan is tried: a slider passes many values on its way. */
const tryAfterMs = 250
/** Attempts of a queue, unless the set has fewer. */
const usualCount = 200

/** The plan of one review at a time. */
export const useTracePlan = defineStore('trace-plan', () => {
  const project = useProject()
  const queues = useTraceQueues()
  const browse = useTraceBrowse()
  const plan = shallowRef<QueuePlan>()
  const recommended = shallowRef<QueuePlan>()
  const step = ref<TracePlanStep>('judge')
  const visited = ref<ReadonlySet<TracePlanStep>>(new Set(['judge']))
  const preview = shallowRef<QueuePreview>()
  const problem = shallowRef<Problem>()
  const isTrying = ref(false)
  /** The plan `preview` answers. */
  const tried = ref('')
  let timer: ReturnType<typeof setTimeout> | undefined
  let number = 0
  watch(() => project.generation, forget, { flush: 'sync' })

  const key = computed(() => (plan.value === undefined ? '' : JSON.stringify(plan.value)))
  /** True when `preview` is about the plan as it stands. */
  const isFresh = computed(() => preview.value !== undefined && tried.value === key.value)
  /** The filter of the set's page is in force for this plan. */
  const usesFilter = computed(
    () => JSON.stringify(plan.value?.filter) !== JSON.stringify(noTraceFilter)
  )

  function forget(): void {
    clearTimeout(timer)
    number += 1
    plan.value = undefined
    recommended.value = undefined
    preview.value = undefined
    problem.value = undefined
    isTrying.value = false
    step.value = 'judge'
    visited.value = new Set(['judge'])
  }
  /** Begins with what is recommended for a set; a plan for it that is open goes on. */
  function begin(set: TraceSetSummary, questions: QueuePlan['questions'], name: string): void {
    if (plan.value?.set === set.set) {
      tryNow()
      return
    }
    forget()
    recommended.value = {
      set: set.set,
      name,
      template: 'finished',
      questions,
      filter: noTraceFilter,
      order: 'informative',
      count: Math.max(1, Math.min(usualCount, set.traces)),
      randomShare01: 0.2,
      isBalanced: true,
      isBlind: false,
      secondLook01: 0.1,
      reviewers: 1,
      // Two queues of one set draw different attempts, and each the same ones again.
      seed: queues.queues.length
    }
    plan.value = recommended.value
    tryNow()
  }
  function change(patch: Partial<QueuePlan>): void {
    if (plan.value === undefined) return
    plan.value = { ...plan.value, ...patch }
    clearTimeout(timer)
    timer = setTimeout(tryNow, tryAfterMs)
  }
  /** Reviews what the set's page shows, or all of it. */
  function useFilter(isWanted: boolean): void {
    const set = plan.value?.set
    if (set !== undefined) change({ filter: isWanted ? browse.stateOf(set).filter : noTraceFilter })
  }
  function tryNow(): void {
    clearTimeout(timer)
    void tryPlan()
  }
  async function tryPlan(): Promise<void> {
    const now = plan.value
    // A question without words cannot be sent; the step says so itself.
    if (now === undefined || now.questions.some(({ text }) => text.trim() === '')) return
    if (now.name.trim() === '') return
    const mine = ++number
    const asked = key.value
    isTrying.value = true
    try {
      const answer = await queues.plan(now)
      if (mine !== number) return
      preview.value = answer
      tried.value = asked
      problem.value = undefined
    } catch (thrown) {
      if (mine === number) problem.value = describeProblem(thrown)
    } finally {
      if (mine === number) isTrying.value = false
    }
  }
  function goTo(to: TracePlanStep): void {
    step.value = to
    visited.value = new Set([...visited.value, to])
  }
  /** Starts the queue, in the name of `reviewer`, and forgets the plan. */
  async function start(reviewer: string, ready: QueuePlan): Promise<QueueSummary> {
    if (queues.current?.name !== reviewer) await queues.reviewAs(reviewer)
    const made = await queues.start(ready)
    forget()
    return made
  }
  return {
    plan,
    recommended,
    step,
    visited,
    preview,
    problem,
    isTrying,
    isFresh,
    usesFilter,
    begin,
    change,
    useFilter,
    tryNow,
    goTo,
    start
  }
})
