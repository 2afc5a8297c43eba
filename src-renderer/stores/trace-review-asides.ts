// What stands beside a review: the suggestion without a model, other people's reviews, tools to
// correct with, tags in use, pictures, and another attempt at the same task for comparison.
import { computed, ref, shallowRef, type Ref } from 'vue'
import type { TracePlausibility } from '@api/dto/trace-graphs.ts'
import type { ReviewAct, ReviewView } from '@api/dto/trace-reviews.ts'
import type {
  ToolRule,
  TraceComparison,
  TraceDetail,
  TraceRow,
  TraceSuggestionView
} from '@api/dto/trace-sets.ts'
import { useConnection } from './connection.ts'
import { describeProblem, type Problem } from './problem.ts'

interface AsidesOf {
  readonly detail: Readonly<Ref<TraceDetail | undefined>>
  readonly review: Readonly<Ref<ReviewView | undefined>>
  readonly isBlind: Readonly<Ref<boolean>>
  readonly isDone: Readonly<Ref<boolean>>
  act(one: ReviewAct): void
}

/** The attempt to compare with: one that was solved, with the fewest steps. */
export function bestSibling(detail: TraceDetail): TraceRow | undefined {
  return detail.siblings
    .filter((row) => row.trace !== detail.row.trace && row.outcome === 'pass')
    .sort((a, b) => a.steps - b.steps || a.trial - b.trial)[0]
}

/** Parts of the review store that are read only when somebody asks for them. */
export function useReviewAsides({ detail, review, isBlind, isDone, act }: AsidesOf) {
  const connection = useConnection()
  const suggestion = shallowRef<TraceSuggestionView>()
  const isAsking = ref(false)
  const suggestionProblem = shallowRef<Problem>()
  /** How plausible each step is, beside the suggestion; undefined where it was not asked for. */
  const plausibility = shallowRef<TracePlausibility>()
  const others = shallowRef<readonly ReviewView[]>([])
  const othersProblem = shallowRef<Problem>()
  const comparison = shallowRef<TraceComparison>()
  const comparedWith = ref<number | null>(null)
  const comparisonProblem = shallowRef<Problem>()
  const tools = shallowRef<readonly ToolRule[]>([])
  const tags = shallowRef<readonly string[]>([])
  let generation = 0
  /** Tools and tags belong to the set, not to the attempt. */
  let toolsOf: string | undefined

  const best = computed(() => (detail.value === undefined ? undefined : bestSibling(detail.value)))

  function clear(): void {
    generation += 1
    suggestion.value = undefined
    isAsking.value = false
    suggestionProblem.value = undefined
    plausibility.value = undefined
    others.value = []
    othersProblem.value = undefined
    closeComparison()
  }
  /** Shows the suggestion; that it was shown is kept with the review. Not in a blind review. */
  async function askSuggestion(): Promise<void> {
    const now = detail.value
    if (now === undefined || isBlind.value || isAsking.value) return
    const mine = generation
    isAsking.value = true
    suggestionProblem.value = undefined
    try {
      const answer = await connection.call('traces.suggestion', {
        trace: now.row.trace,
        review: review.value?.review ?? null
      })
      if (mine !== generation) return
      suggestion.value = answer
      void loadPlausibility(now.row.trace)
    } catch (thrown) {
      if (mine === generation) suggestionProblem.value = describeProblem(thrown)
    } finally {
      if (mine === generation) isAsking.value = false
    }
  }
  /** Comes after the suggestion, which says what is needed without it. */
  async function loadPlausibility(trace: number): Promise<void> {
    const mine = generation
    const answer = await connection.call('traces.plausibility', { trace }).catch(() => undefined)
    if (mine === generation) plausibility.value = answer
  }
  /** Takes the suggested step as the first mistake; asks for the suggestion where it is not shown. */
  function acceptSuggestion(): void {
    const found = suggestion.value?.suggestion
    if (suggestion.value === undefined) void askSuggestion()
    else if (found !== null && found !== undefined)
      act({ kind: 'suggestion', value: 'accepted', step: found.step })
  }
  function dismissSuggestion(): void {
    if (suggestion.value?.suggestion) act({ kind: 'suggestion', value: 'dismissed', step: null })
  }
  async function loadOthers(): Promise<void> {
    const now = detail.value
    if (now === undefined || !isDone.value) return
    const mine = generation
    try {
      const { reviews } = await connection.call('reviews.ofTrace', { trace: now.row.trace })
      if (mine !== generation) return
      others.value = reviews.filter((one) => one.review !== review.value?.review)
      othersProblem.value = undefined
    } catch (thrown) {
      if (mine === generation) othersProblem.value = describeProblem(thrown)
    }
  }
  /** Puts another attempt beside this one: the best that was solved, or the given. */
  async function compareWith(trace: number | undefined = best.value?.trace): Promise<void> {
    const now = detail.value
    if (now === undefined || trace === undefined || isBlind.value) return
    const mine = generation
    comparedWith.value = trace
    comparison.value = undefined
    comparisonProblem.value = undefined
    try {
      const answer = await connection.call('traces.compare', { left: now.row.trace, right: trace })
      if (mine === generation && comparedWith.value === trace) comparison.value = answer
    } catch (thrown) {
      if (mine === generation) comparisonProblem.value = describeProblem(thrown)
    }
  }
  function closeComparison(): void {
    comparedWith.value = null
    comparison.value = undefined
    comparisonProblem.value = undefined
  }
  /** Reads tools and tags of the set once; without them corrections offer what the attempt shows. */
  async function loadOffers(): Promise<void> {
    const set = detail.value?.set
    if (set === undefined) return
    const [rules, known] = await Promise.all([
      toolsOf === set ? { tools: tools.value } : connection.call('traces.rules', { set }),
      connection.call('reviews.tags', { set })
    ])
    toolsOf = set
    tools.value = rules.tools
    tags.value = known.tags
  }
  /** Bytes that came with an event. */
  function attachment(seq: number, index: number): Promise<{ mime: string; bytes: Uint8Array }> {
    return connection.call('traces.attachment', {
      trace: detail.value?.row.trace ?? 0,
      seq,
      index
    })
  }
  return {
    suggestion,
    isAsking,
    suggestionProblem,
    plausibility,
    others,
    othersProblem,
    comparison,
    comparedWith,
    comparisonProblem,
    tools,
    tags,
    best,
    clear,
    askSuggestion,
    acceptSuggestion,
    dismissSuggestion,
    loadOthers,
    compareWith,
    closeComparison,
    loadOffers,
    attachment
  }
}
