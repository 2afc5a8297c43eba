// Traces being added: the chosen files and folders, how they are read, and where they go. Kept while
// the analyst looks at other screens.
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { Grant } from '@api/dto/files.ts'
import type { TraceImportOptions, TraceMapping } from '@api/dto/trace-sets.ts'
import { useProject } from './project.ts'
import { useSettings } from './settings.ts'

/** A chosen file or folder. */
export interface TraceSource {
  readonly grant: Grant
  /** It was dropped and lies in the project's inbox, which holds one drop at a time. */
  readonly isDropped: boolean
}

/** The choices of adding traces. */
export const useTraceAdding = defineStore('trace-adding', () => {
  const project = useProject()
  const settings = useSettings()
  const sources = shallowRef<readonly TraceSource[]>([])
  /** The setting holds until it is changed here. */
  const chosen = ref<boolean>()
  const hideSecrets = computed({
    get: () => chosen.value ?? settings.settings.hideSecrets,
    set: (isHidden: boolean) => (chosen.value = isHidden)
  })
  /** How values of an unknown form are read; null leaves such files out. */
  const mapping = ref<TraceMapping | null>(null)
  const name = ref('')
  /** Set to add to; null = a new one. */
  const addTo = ref<string | null>(null)
  const options = computed<TraceImportOptions>(() => ({
    hideSecrets: hideSecrets.value,
    mapping: mapping.value
  }))
  watch(() => project.generation, clear, { flush: 'sync' })

  /** Adds a source; one that is there already stays once. */
  function add(grant: Grant, isDropped = false): void {
    const others = sources.value.filter(
      (source) => source.grant.place !== grant.place && !(isDropped && source.isDropped)
    )
    sources.value = [...others, { grant, isDropped }]
  }
  function remove(grant: string): void {
    sources.value = sources.value.filter((source) => source.grant.id !== grant)
    if (sources.value.length === 0) clear()
  }
  /** Forgets what was dropped, whose files are about to be removed. */
  function forgetDropped(): void {
    sources.value = sources.value.filter((source) => !source.isDropped)
  }
  function clear(): void {
    sources.value = []
    chosen.value = undefined
    mapping.value = null
    name.value = ''
    addTo.value = null
  }
  return {
    sources,
    hideSecrets,
    mapping,
    name,
    addTo,
    options,
    add,
    remove,
    forgetDropped,
    clear
  }
})
