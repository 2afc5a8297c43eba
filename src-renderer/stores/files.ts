// Choosing files and folders. The desktop app shows the system's dialog; in a browser window our
// own folder browser answers. Screens get grants, never paths.
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { OutputOf } from '@api/contract.ts'
import type { FolderListing, Grant, PickPurpose } from '@api/dto/files.ts'
import { useConnection } from './connection.ts'

/** What is being chosen in the in-page browser. */
export interface PickAsk {
  readonly purpose: PickPurpose
  readonly kind: 'file' | 'folder' | 'any'
}

/** File choice and the folder browser. */
export const useFiles = defineStore('files', () => {
  const connection = useConnection()
  /** Set while the in-page browser is open. */
  const asking = shallowRef<PickAsk>()
  let answer: ((grant: Grant | undefined) => void) | undefined
  const canPick = computed(() => (connection.host?.picker ?? 'none') !== 'none')

  /** Asks for one file or folder; undefined when the analyst changed their mind. */
  async function pick(ask: PickAsk): Promise<Grant | undefined> {
    if (connection.host?.picker === 'native') {
      const { grants } = await connection.call('files.pick', { ...ask, multiple: false })
      return grants[0]
    }
    settle(undefined)
    asking.value = ask
    return new Promise((resolve) => {
      answer = resolve
    })
  }
  /** Ends the in-page browser with a choice, or without one. */
  function settle(grant: Grant | undefined): void {
    asking.value = undefined
    answer?.(grant)
    answer = undefined
  }
  async function roots(): Promise<readonly Grant[]> {
    return (await connection.call('files.roots', {})).roots
  }
  function browse(grant: string): Promise<FolderListing> {
    return connection.call('files.browse', { grant })
  }
  function createFolder(parent: string, name: string): Promise<Grant> {
    return connection.call('files.createFolder', { parent, name })
  }
  /** Opens a folder in the system's file manager. */
  function reveal(
    what: 'project' | 'app-data' | { readonly export: string }
  ): Promise<OutputOf<'files.reveal'>> {
    return connection.call(
      'files.reveal',
      typeof what === 'string' ? { what } : { what: 'export', export: what.export }
    )
  }
  return { asking, canPick, pick, settle, roots, browse, createFolder, reveal }
})
