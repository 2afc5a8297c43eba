// Searching inside one attempt: places in order, and the one that is looked at.
import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'
import type { TraceHits } from '@api/dto/trace-sets.ts'
import { describeProblem, type Problem } from './problem.ts'

/** A place of the searched text: an event, and which of the places in it. */
export interface SearchPlace {
  readonly seq: number
  /** From 0. */
  readonly nth: number
  /** Counts how often a place was gone to: going to the same one again brings it back into view. */
  readonly look: number
}

/** A search. */
export interface TraceSearch {
  readonly text: Ref<string>
  readonly isSearching: Readonly<Ref<boolean>>
  readonly problem: Readonly<Ref<Problem | undefined>>
  readonly hits: Readonly<Ref<TraceHits | undefined>>
  /** Number of the place looked at, from 0; -1 before the first. */
  readonly at: Readonly<Ref<number>>
  readonly place: ComputedRef<SearchPlace | undefined>
  /** Looks for the text; the first place at or after an event becomes the one looked at. */
  find(from: number): Promise<void>
  /** The next (1) or previous (-1) place, around the ends. */
  go(direction: 1 | -1): void
  clear(): void
}

/** A search over what `read` finds. */
export function createTraceSearch(read: (text: string) => Promise<TraceHits>): TraceSearch {
  const text = ref('')
  const isSearching = ref(false)
  const problem = shallowRef<Problem>()
  const hits = shallowRef<TraceHits>()
  const at = ref(-1)
  const looks = ref(0)
  let latest = 0

  /** Places before each event with hits; the last entry is their total. */
  const starts = computed(() => {
    const sums = [0]
    for (const { count } of hits.value?.hits ?? []) sums.push((sums.at(-1) ?? 0) + count)
    return sums
  })
  const total = computed(() => starts.value.at(-1) ?? 0)
  const place = computed((): SearchPlace | undefined => {
    if (at.value < 0) return undefined
    const position = starts.value.findLastIndex((start) => start <= at.value)
    const hit = hits.value?.hits[position]
    return hit === undefined
      ? undefined
      : { seq: hit.seq, nth: at.value - (starts.value[position] ?? 0), look: looks.value }
  })
  function clear(): void {
    latest += 1
    hits.value = undefined
    problem.value = undefined
    isSearching.value = false
    at.value = -1
  }
  return {
    text,
    isSearching,
    problem,
    hits,
    at,
    place,
    async find(from) {
      clear()
      const wanted = text.value
      if (wanted.trim() === '') return
      const mine = latest
      isSearching.value = true
      try {
        const found = await read(wanted)
        if (mine !== latest) return
        hits.value = found
        const first = found.hits.findIndex(({ seq }) => seq >= from)
        at.value = found.hits.length === 0 ? -1 : (starts.value[Math.max(0, first)] ?? 0)
      } catch (thrown) {
        if (mine === latest) problem.value = describeProblem(thrown)
      } finally {
        if (mine === latest) isSearching.value = false
      }
    },
    go(direction) {
      if (total.value === 0) return
      looks.value += 1
      at.value = (at.value + direction + total.value) % total.value
    },
    clear
  }
}
