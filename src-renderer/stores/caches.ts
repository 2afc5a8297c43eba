// Room that small pictures and fingerprints take in the open project, and clearing it.
import { defineStore } from 'pinia'
import { shallowRef, watch } from 'vue'
import type { CacheId, CacheSize } from '@api/dto/projects.ts'
import { useConnection } from './connection.ts'
import { useProject } from './project.ts'

/** What the open project keeps only to be quicker; undefined until it was read. */
export const useCaches = defineStore('caches', () => {
  const connection = useConnection()
  const project = useProject()
  const caches = shallowRef<readonly CacheSize[]>()
  watch(
    () => project.generation,
    () => (caches.value = undefined),
    { flush: 'sync' }
  )

  async function load(): Promise<void> {
    caches.value = (await connection.call('projects.caches', {})).caches
  }
  /** Removes one; returns the bytes freed. */
  async function clear(cache: CacheId): Promise<number> {
    const { freedBytes } = await connection.call('projects.clearCache', { cache })
    await load()
    return freedBytes
  }
  return { caches, load, clear }
})
