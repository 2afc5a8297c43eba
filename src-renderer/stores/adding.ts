// What is being added: the chosen source, how it is to be read and where it goes. Kept while the
// analyst looks at other screens, so that coming back goes on where they were.
import { defineStore } from 'pinia'
import { ref, shallowRef, watch } from 'vue'
import {
  ImportOptions as ImportOptionsSchema,
  type ColumnInfo,
  type ImportOptions
} from '@api/dto/datasets.ts'
import type { Grant } from '@api/dto/files.ts'
import { useProject } from './project.ts'

/** Facts of a source that came by dropping. */
export interface DroppedFacts {
  /** Hidden files that were left out. */
  readonly hidden: number
}

/** What a column was taken for, and how sure that was, 0..1. */
export type ColumnGuess = Pick<ColumnInfo, 'role' | 'confidence01'>

/** The choices of adding data. */
export const useAdding = defineStore('adding', () => {
  const project = useProject()
  const grant = shallowRef<Grant>()
  /** Set when the source was dropped and so lies in the project already. */
  const dropped = shallowRef<DroppedFacts>()
  const options = ref<ImportOptions>(ImportOptionsSchema.parse({}))
  /** The best guess for each column, before anything was said of the columns. */
  const guesses = shallowRef<ReadonlyMap<string, ColumnGuess>>(new Map())
  const name = ref('')
  const isExamples = ref(false)
  /** Dataset to make the next version of; null = a new dataset. */
  const addTo = ref<string | null>(null)
  watch(() => project.generation, clear, { flush: 'sync' })

  /** Takes a source and forgets what was said of the one before. */
  function choose(chosen: Grant, facts?: DroppedFacts): void {
    clear()
    grant.value = chosen
    dropped.value = facts
    if (facts !== undefined) options.value = { ...options.value, storage: 'copy' }
  }
  function clear(): void {
    grant.value = undefined
    dropped.value = undefined
    options.value = ImportOptionsSchema.parse({})
    guesses.value = new Map()
    name.value = ''
    isExamples.value = false
    addTo.value = null
  }
  /** Forgets a dropped source, whose files are about to be removed. */
  function forgetDropped(): void {
    if (dropped.value !== undefined) clear()
  }
  return {
    grant,
    dropped,
    options,
    guesses,
    name,
    isExamples,
    addTo,
    choose,
    clear,
    forgetDropped
  }
})
