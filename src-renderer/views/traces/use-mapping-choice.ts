// Files that no known form fits: leave them out, or map them by hand from the first proposal.
import { computed, ref, shallowRef, watch, type ComputedRef } from 'vue'
import type { TraceMapping } from '@api/dto/trace-sets.ts'
import { useTraceAdding } from '../../stores/trace-adding.ts'
import { addTraces as words } from '../../text/traces.ts'
import { formatNumber } from '../../text/format.ts'
import { countOf } from '../../text/nouns.ts'
import { emptyMapping, type TraceField } from './mapping-fields.ts'
import type { FoundTraces } from './merge-previews.ts'

/** What is offered about files of an unknown form. */
export interface MappingChoice {
  /** Fields to map; they stay while the files are read again. */
  readonly fields: ComputedRef<readonly TraceField[]>
  /** What to ask, or to say after it was answered; undefined when there is nothing to map. */
  readonly question: ComputedRef<string | undefined>
  readonly actions: ComputedRef<readonly { readonly label: string; run(): void }[]>
  /** The mapping is not the first proposal any more. */
  readonly canReset: ComputedRef<boolean>
  reset(): void
  skip(): void
}

/** Follows what was found. */
export function useMappingChoice(found: () => FoundTraces | undefined): MappingChoice {
  const adding = useTraceAdding()
  const known = shallowRef<readonly TraceField[]>([])
  const proposal = shallowRef<TraceMapping | null>(null)
  const isSkipped = ref(false)
  const first = computed(() => proposal.value ?? emptyMapping)
  watch(
    found,
    (now) => {
      if (now === undefined) return
      // A mapping that fits leaves no field unknown; the form must not lose them.
      if (now.fields.length > 0) known.value = now.fields
      if (adding.mapping === null) proposal.value = now.mapping
    },
    { immediate: true }
  )
  watch(
    () => adding.sources,
    () => (isSkipped.value = false)
  )
  function map(): void {
    isSkipped.value = false
    adding.mapping = first.value
  }
  function skip(): void {
    isSkipped.value = true
    adding.mapping = null
  }
  const unknown = computed(() => found()?.unknown.length ?? 0)
  return {
    fields: computed(() => known.value),
    question: computed(() => {
      const all = found()?.files.length ?? 0
      if (unknown.value === 0 || adding.mapping !== null) return undefined
      const text =
        unknown.value === all
          ? words.mapTextAll
          : words.mapText(formatNumber(unknown.value), countOf(all, 'file'))
      return isSkipped.value ? `${text} ${words.skipped}` : text
    }),
    actions: computed(() =>
      isSkipped.value
        ? [{ label: words.mapAnyway, run: map }]
        : [
            { label: words.mapByHand, run: map },
            { label: words.skip, run: skip }
          ]
    ),
    canReset: computed(() => JSON.stringify(adding.mapping) !== JSON.stringify(first.value)),
    reset: map,
    skip
  }
}
