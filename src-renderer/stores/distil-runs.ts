// Tiny training sets that were made or are being made: results, their items and pictures, and what
// there is of them on the way.
import { defineStore } from 'pinia'
import { ref, watch } from 'vue'
import type { OutputOf } from '@api/contract.ts'
import type {
  DistilDraft,
  DistilItemsRequest,
  DistilPreview,
  DistilResult
} from '@api/dto/distil.ts'
import { useConnection } from './connection.ts'
import { createPictureCache, type PictureCache } from './picture-cache.ts'
import { useProject } from './project.ts'

/** Items of a set, as the window pages through them. */
export type TinyItemsPage = OutputOf<'distil.items'>

/** Tiny training sets of the open project. */
export const useTinyRuns = defineStore('tiny-runs', () => {
  const connection = useConnection()
  const project = useProject()
  const pictures = new Map<string, PictureCache>()
  /** Advice that the analyst has answered with "keep", as "run advice". */
  const settled = ref<ReadonlySet<string>>(new Set())

  watch(
    () => project.generation,
    () => {
      for (const cache of pictures.values()) cache.dispose()
      pictures.clear()
      settled.value = new Set()
    },
    { flush: 'sync' }
  )

  function result(run: string): Promise<DistilResult> {
    return connection.call('distil.result', { run })
  }
  function items(request: DistilItemsRequest): Promise<TinyItemsPage> {
    return connection.call('distil.items', request)
  }
  /** Pictures of a set by the places of its items; a finished set never changes. */
  function picturesOf(run: string): PictureCache {
    const known = pictures.get(run)
    if (known !== undefined) return known
    const made = createPictureCache((places) =>
      Promise.all(
        places.map(async (index) => ({
          row: index,
          mime: 'image/png',
          bytes: (await connection.call('distil.picture', { run, index })).png
        }))
      )
    )
    pictures.set(run, made)
    return made
  }
  function preview(run: string): Promise<DistilPreview> {
    return connection.call('distil.preview', { run })
  }
  /** Ends the making; the best set so far is tested and kept. */
  async function stopEarly(run: string): Promise<void> {
    await connection.call('distil.stopEarly', { run })
  }
  /** The command line that makes the same set. */
  async function commandOf(draft: DistilDraft): Promise<string> {
    return (await connection.call('distil.review', draft)).command
  }
  /** True once the analyst wants to keep a result as it is, whatever the advice. */
  const isSettled = (run: string, advice: string): boolean => settled.value.has(`${run} ${advice}`)
  function settle(run: string, advice: string): void {
    settled.value = new Set([...settled.value, `${run} ${advice}`])
  }
  return { isSettled, settle, result, items, picturesOf, preview, stopEarly, commandOf }
})
