// Room that trained helper models take in the open project, and clearing it.
import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { HelperStorage } from '@api/dto/distil.ts'
import { useConnection } from './connection.ts'
import { useProject } from './project.ts'

/** What trained helper models take on disk; undefined until it was read. */
export const useHelperStorage = defineStore('helper-storage', () => {
  const connection = useConnection()
  const project = useProject()
  const storage = shallowRef<HelperStorage>()
  watch(
    () => project.generation,
    () => (storage.value = undefined),
    { flush: 'sync' }
  )

  async function load(): Promise<void> {
    storage.value = await connection.call('distil.storage', {})
  }
  /** Removes those that no run needs; returns the bytes freed. */
  async function clear(): Promise<number> {
    const { freedBytes } = await connection.call('distil.clearHelpers', {})
    await load()
    return freedBytes
  }
  return { storage, load, clear }
})
