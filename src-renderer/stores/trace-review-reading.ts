// Reading an attempt: the step looked at, what is shown of it, and searching in it.
import { computed, ref, shallowRef, type Ref } from 'vue'
import type { TraceDetail, TraceEventKind } from '@api/dto/trace-sets.ts'
import { useConnection } from './connection.ts'
import {
  errorSteps,
  findingSteps,
  nextPlace,
  shownEvents,
  shownSteps
} from './trace-review-places.ts'
import { createTraceSearch } from './trace-review-search.ts'

/** How much of each event is drawn. */
export const detailLevels = ['whole', 'short', 'outline'] as const
export type DetailLevel = (typeof detailLevels)[number]

/** The part of the review store that moves through an attempt. */
export function useReviewReading(
  detail: Readonly<Ref<TraceDetail | undefined>>,
  isBlind: Readonly<Ref<boolean>>
) {
  const connection = useConnection()
  /** The step looked at; null in an attempt without steps. */
  const step = ref<number | null>(null)
  /** The event to bring into view; `at` changes with every wish. */
  const focus = shallowRef<{ readonly seq: number; readonly at: number }>()
  const hiddenKinds = shallowRef<ReadonlySet<TraceEventKind>>(new Set())
  const level = ref<DetailLevel>('whole')
  const withAbandoned = ref(false)
  const isDiffing = ref(false)
  let wishes = 0

  const steps = computed(() => shownSteps(detail.value?.steps ?? [], withAbandoned.value))
  const events = computed(() => {
    const now = detail.value
    return now === undefined
      ? []
      : shownEvents(now.kinds, hiddenKinds.value, now.side, withAbandoned.value)
  })
  const search = createTraceSearch((text) =>
    connection.call('traces.search', { trace: detail.value?.row.trace ?? 0, text, kinds: [] })
  )

  /** Starts at the beginning of a newly opened attempt. */
  function begin(): void {
    search.clear()
    // An attempt may begin with a try that was given up, and that is not shown.
    step.value = (steps.value[0] ?? detail.value?.steps[0])?.index ?? null
    focus.value = undefined
  }
  function showEvent(seq: number): void {
    focus.value = { seq, at: ++wishes }
  }
  /** Chooses a step; `isShown` also brings it into view. */
  function goTo(index: number, isShown = true): void {
    const found = detail.value?.steps[index]
    if (found === undefined) return
    if (found.lane > 0) withAbandoned.value = true
    step.value = index
    if (isShown) showEvent(found.from)
  }
  /** One step on or back in the list. */
  function goBy(direction: 1 | -1): void {
    const places = steps.value.map(({ index }) => index)
    const next = nextPlace(places, step.value ?? -1, direction)
    if (next !== undefined) goTo(next)
  }
  function goToEnd(direction: 1 | -1): void {
    const end = direction === 1 ? steps.value.at(-1) : steps.value[0]
    if (end !== undefined) goTo(end.index)
  }
  /** The next error or finding. False when there is none that way. */
  function goToNext(what: 'error' | 'finding', direction: 1 | -1): boolean {
    // What was found rests on outcomes, which a blind review must not show.
    if (what === 'finding' && isBlind.value) return false
    const places = what === 'error' ? errorSteps(steps.value) : findingSteps(steps.value)
    const next = nextPlace(places, step.value ?? -1, direction)
    if (next !== undefined) goTo(next)
    return next !== undefined
  }
  return {
    begin,
    exposed: {
      step,
      steps,
      events,
      focus,
      hiddenKinds,
      level,
      withAbandoned,
      isDiffing,
      searchText: search.text,
      isSearching: search.isSearching,
      searchProblem: search.problem,
      hits: search.hits,
      hitAt: search.at,
      hit: search.place,
      find: search.find,
      goToHit: search.go,
      clearSearch: search.clear,
      goTo,
      showEvent,
      goBy,
      goToEnd,
      goToNext
    }
  }
}
