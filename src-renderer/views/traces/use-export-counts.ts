// What an export would hold, asked for again as its choices change; only the newest answer counts.
import { onBeforeUnmount, ref, shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import type { TraceExportPreview } from '@api/dto/trace-reviews.ts'
import { describeProblem, type Problem } from '../../stores/problem.ts'
import { useTraceSets } from '../../stores/trace-sets.ts'
import { previewRequest, type ExportChoices } from './export-choices.ts'

/** The counts of an export. */
export interface ExportCounts {
  readonly counts: ShallowRef<TraceExportPreview | undefined>
  readonly problem: ShallowRef<Problem | undefined>
  /** The counts answer the choices in force. */
  readonly isFresh: Ref<boolean>
  again(): void
}

/** Follows the choices while `isOpen`. */
export function useExportCounts(
  isOpen: () => boolean,
  choices: () => ExportChoices,
  of: () => { readonly set: string; readonly queue: string | null }
): ExportCounts {
  const sets = useTraceSets()
  const counts = shallowRef<TraceExportPreview>()
  const problem = shallowRef<Problem>()
  const isFresh = ref(false)
  let number = 0
  onBeforeUnmount(() => (number += 1))

  async function count(): Promise<void> {
    const mine = ++number
    isFresh.value = false
    if (choices().files.length === 0) return
    try {
      const { set, queue } = of()
      const answer = await sets.planExport(previewRequest(choices(), set, queue))
      if (mine !== number) return
      counts.value = answer
      problem.value = undefined
      isFresh.value = true
    } catch (thrown) {
      if (mine === number) problem.value = describeProblem(thrown)
    }
  }
  watch(
    () => [isOpen(), JSON.stringify(choices()), JSON.stringify(of())] as const,
    ([isNowOpen]) => {
      if (isNowOpen) void count()
    },
    { immediate: true }
  )
  return { counts, problem, isFresh, again: () => void count() }
}
