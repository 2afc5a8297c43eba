// A language model on this computer beside a review: set up by the reviewer, asked only when they want
// it, and never before the suggestion made by rules is shown.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { LocalModel, ModelAdvice } from '@api/dto/trace-model.ts'
import { useConnection } from './connection.ts'
import { describeProblem, type Problem } from './problem.ts'
import { useSettings } from './settings.ts'
import { useTraceReview } from './trace-review.ts'

/** What a model says of the attempt under review. */
export const useReviewModel = defineStore('trace-review-model', () => {
  const connection = useConnection()
  const settings = useSettings()
  const review = useTraceReview()
  const advice = shallowRef<ModelAdvice>()
  /** A question is on its way; "looking" sends nothing. */
  const asking = ref<'looking' | 'sent' | null>(null)
  const problem = shallowRef<Problem>()
  /** The model that was set up; null while there is none. */
  const model = computed(() => settings.settings.reviewModel)
  const reading = computed(() => advice.value?.answer?.reading)
  /** True where it may be asked: the rules' suggestion is shown, and nothing is blind. */
  const canAsk = computed(
    () =>
      model.value !== null &&
      review.detail !== undefined &&
      review.suggestion !== undefined &&
      !review.isBlind
  )
  let generation = 0
  watch(
    () => `${review.detail?.row.trace} ${review.review?.review} ${JSON.stringify(model.value)}`,
    clear,
    { flush: 'sync' }
  )

  function clear(): void {
    generation += 1
    advice.value = undefined
    asking.value = null
    problem.value = undefined
  }
  async function question(isSent: boolean): Promise<void> {
    const trace = review.detail?.row.trace
    if (trace === undefined || model.value === null || !canAsk.value || asking.value !== null)
      return
    const mine = generation
    asking.value = isSent ? 'sent' : 'looking'
    problem.value = undefined
    try {
      const answer = await connection.call('traces.askModel', {
        trace,
        review: review.review?.review ?? null,
        model: model.value,
        isSent
      })
      if (mine === generation) advice.value = answer
      // Another attempt was opened meanwhile: nobody waits for this one.
    } catch (thrown) {
      const found = describeProblem(thrown)
      if (mine === generation && found.code !== 'cancelled') problem.value = found
    } finally {
      if (mine === generation) asking.value = null
    }
  }
  /** Shows what would be sent, and an answer that is kept. */
  const look = (): Promise<void> => question(false)
  /** Asks; an answer that is kept comes back without sending anything. */
  const ask = (): Promise<void> => question(true)
  /** Ends the question under way. */
  async function stop(): Promise<void> {
    const trace = review.detail?.row.trace
    if (trace !== undefined) await connection.call('traces.stopAsking', { trace }).catch(() => null)
  }
  /** Remembers a model, or forgets it. */
  async function setUp(wanted: LocalModel | null): Promise<void> {
    await settings.change({ reviewModel: wanted })
  }
  /** Marks the step that the model names as the first mistake. */
  function takeStep(): void {
    const said = reading.value
    if (said?.kind === 'step') review.act({ kind: 'first-wrong', step: said.step })
  }
  /** Keeps what the model would have done there as the correction of the step. */
  function takeCorrection(): void {
    const said = reading.value
    if (said?.kind === 'step' && said.correction !== null)
      review.act({ kind: 'correction', step: said.step, correction: said.correction })
  }
  return {
    model,
    canAsk,
    advice,
    reading,
    asking,
    problem,
    look,
    ask,
    stop,
    setUp,
    takeStep,
    takeCorrection
  }
})
