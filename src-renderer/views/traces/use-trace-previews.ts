// Reads the beginnings of the chosen files again as sources or options change: after a short pause,
// with the old answers kept in sight, and never letting an older answer replace a newer one.
import { computed, onBeforeUnmount, shallowReactive, watch, type ComputedRef } from 'vue'
import type { TracePreview } from '@api/dto/trace-sets.ts'
import { describeProblem, type Problem } from '../../stores/problem.ts'
import { useTraceAdding, type TraceSource } from '../../stores/trace-adding.ts'
import { useTraceSets } from '../../stores/trace-sets.ts'
import { mergePreviews, type FoundTraces } from './merge-previews.ts'

/** How long options must rest before files are read again. */
export const restMs = 200

interface Reading {
  preview: TracePreview | undefined
  problem: Problem | undefined
  isReading: boolean
  /** Options the newest question was asked with. */
  key: string
}

/** The previews of what is being added. */
export interface TracePreviews {
  /** All answers together; undefined before the first. */
  readonly found: ComputedRef<FoundTraces | undefined>
  readonly isReading: ComputedRef<boolean>
  /** Sources that could not be read, with why. */
  readonly problems: ComputedRef<readonly { source: TraceSource; problem: Problem }[]>
  /** Reads one source again. */
  again(grant: string): void
}

/** Reads for as long as the component lives. */
export function useTracePreviews(): TracePreviews {
  const adding = useTraceAdding()
  const sets = useTraceSets()
  const readings = shallowReactive(new Map<string, Reading>())
  let timer: ReturnType<typeof setTimeout> | undefined

  async function read(grant: string): Promise<void> {
    const key = JSON.stringify(adding.options)
    const options = adding.options
    const before = readings.get(grant)
    readings.set(grant, { preview: before?.preview, problem: undefined, isReading: true, key })
    const isNewest = (): boolean => readings.get(grant)?.key === key
    try {
      const preview = await sets.preview(grant, options)
      if (isNewest()) readings.set(grant, { preview, problem: undefined, isReading: false, key })
    } catch (thrown) {
      if (!isNewest()) return
      const problem = describeProblem(thrown)
      readings.set(grant, { preview: before?.preview, problem, isReading: false, key })
    }
  }
  /** Reads what was not asked for with these options. */
  function readMissing(): void {
    const key = JSON.stringify(adding.options)
    for (const { grant } of adding.sources)
      if (readings.get(grant.id)?.key !== key) void read(grant.id)
  }
  watch(
    () => adding.sources,
    (sources) => {
      const wanted = new Set(sources.map(({ grant }) => grant.id))
      for (const id of [...readings.keys()]) if (!wanted.has(id)) readings.delete(id)
      readMissing()
    },
    { immediate: true }
  )
  watch(
    () => JSON.stringify(adding.options),
    () => {
      clearTimeout(timer)
      timer = setTimeout(readMissing, restMs)
    }
  )
  onBeforeUnmount(() => {
    clearTimeout(timer)
    // An answer that comes later finds nothing to replace.
    readings.clear()
  })

  const inOrder = computed(() =>
    adding.sources.flatMap((source) => {
      const reading = readings.get(source.grant.id)
      return reading === undefined ? [] : [{ source, reading }]
    })
  )
  return {
    found: computed(() => {
      const previews = inOrder.value.flatMap(({ reading }) => reading.preview ?? [])
      return previews.length === 0 ? undefined : mergePreviews(previews)
    }),
    isReading: computed(() => inOrder.value.some(({ reading }) => reading.isReading)),
    problems: computed(() =>
      inOrder.value.flatMap(({ source, reading: { problem } }) =>
        problem === undefined ? [] : [{ source, problem }]
      )
    ),
    again: (grant) => void read(grant)
  }
}
