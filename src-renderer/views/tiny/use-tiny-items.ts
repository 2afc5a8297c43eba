// The items of a tiny set, part by part; another label or run starts again.
import { computed, ref, shallowRef, watch, type ComputedRef, type Ref, type ShallowRef } from 'vue'
import type { DistilItem } from '@api/dto/distil.ts'
import { useTinyRuns } from '../../stores/distil-runs.ts'
import { describeProblem, type Problem } from '../../stores/problem.ts'

/** Items read at once. */
export const itemsAtOnce = 60

/** A list of items that grows. */
export interface TinyItems {
  readonly items: ShallowRef<readonly DistilItem[]>
  /** Undefined until it is known. */
  readonly total: Ref<number | undefined>
  readonly hasMore: ComputedRef<boolean>
  readonly isLoading: Ref<boolean>
  readonly problem: ShallowRef<Problem | undefined>
  more(): Promise<void>
}

/** Reads the items of a run under a label; null = all labels. */
export function useTinyItems(run: () => string, label: () => string | null): TinyItems {
  const tiny = useTinyRuns()
  const items = shallowRef<readonly DistilItem[]>([])
  const total = ref<number>()
  const isLoading = ref(false)
  const problem = shallowRef<Problem>()
  let session = 0
  const hasMore = computed(() => total.value !== undefined && items.value.length < total.value)

  async function more(): Promise<void> {
    if (isLoading.value) return
    isLoading.value = true
    problem.value = undefined
    const mine = session
    try {
      const first = items.value.length
      const page = await tiny.items({ run: run(), label: label(), first, limit: itemsAtOnce })
      if (mine !== session) return
      items.value = [...items.value, ...page.items]
      total.value = page.total
    } catch (thrown) {
      if (mine === session) problem.value = describeProblem(thrown)
    } finally {
      if (mine === session) isLoading.value = false
    }
  }
  watch(
    [run, label],
    () => {
      session += 1
      items.value = []
      total.value = undefined
      isLoading.value = false
      void more()
    },
    { immediate: true }
  )
  return { items, total, hasMore, isLoading, problem, more }
}
