// The event that a screen or an output is compared with: the one before it of the same kind, and of
// the same tool.
import { shallowRef, watch, type Ref } from 'vue'
import type { TraceEventView } from '@api/dto/trace-sets.ts'
import { kindAt } from '../../../stores/trace-review-places.ts'
import { useTraceReview } from '../../../stores/trace-review.ts'

/** How many events of its kind are looked at for one of the same tool. */
const mostTried = 25

/** Both texts of a comparison, as far as they can be read in one go. */
export interface EventPair {
  readonly before: string
  readonly after: string
}

/** Reads what `event` is compared with while `isWanted`; undefined where there is nothing before. */
export function usePreviousEvent(
  event: Readonly<Ref<TraceEventView | undefined>>,
  isWanted: Readonly<Ref<boolean>>
): Readonly<Ref<EventPair | undefined>> {
  const review = useTraceReview()
  const pair = shallowRef<EventPair>()

  async function wholeText(one: TraceEventView): Promise<string> {
    if (one.length > one.text.length && review.pages?.longText(one.seq) === undefined)
      await review.pages?.more(one.seq)
    return review.pages?.longText(one.seq)?.text ?? one.text
  }
  async function previous(one: TraceEventView): Promise<TraceEventView | undefined> {
    const { detail, pages } = review
    if (detail === undefined || pages === undefined) return undefined
    let tried = 0
    for (let seq = one.seq - 1; seq >= 0 && tried < mostTried; seq--) {
      if (kindAt(detail.kinds, seq) !== one.kind) continue
      tried += 1
      const candidate = await pages.load(seq)
      if (candidate?.name === one.name) return candidate
    }
    return undefined
  }
  watch(
    [event, isWanted],
    async ([one, wanted], _, onCleanup) => {
      let isStale = false
      onCleanup(() => (isStale = true))
      pair.value = undefined
      if (!wanted || one === undefined) return
      try {
        const before = await previous(one)
        if (isStale || before === undefined) return
        const texts = { before: await wholeText(before), after: await wholeText(one) }
        if (!isStale) pair.value = texts
      } catch {
        // The event itself shows why it cannot be read; it is drawn as it is.
      }
    },
    { immediate: true }
  )
  return pair
}
