// Helper models of the analyst's own that the open project keeps.
import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { HelperFile } from '@api/dto/distil.ts'
import { useConnection } from './connection.ts'
import { useProject } from './project.ts'

/** Helper models of the open project, the last added first. */
export const useTinyHelpers = defineStore('tiny-helpers', () => {
  const connection = useConnection()
  const project = useProject()
  const helpers = shallowRef<readonly HelperFile[]>([])

  watch(
    () => project.generation,
    () => {
      helpers.value = []
    },
    { flush: 'sync' }
  )
  async function load(): Promise<void> {
    const mine = project.generation
    const answer = await connection.call('distil.helpers', {})
    if (mine === project.generation) helpers.value = answer.helpers
  }
  /** Reads a model from a file and keeps it. Throws what the backend threw. */
  async function add(grant: string): Promise<HelperFile> {
    const added = await connection.call('distil.addHelper', { grant })
    helpers.value = [added, ...helpers.value.filter(({ file }) => file !== added.file)]
    return added
  }
  return { helpers, load, add }
})
