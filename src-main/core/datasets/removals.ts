// Takes datasets out of a project. They vanish from every list at once; their rows go in slices, so
// that a million of them keep nobody waiting, and a removal cut short goes on when the project opens.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { DatasetRecord, Store } from '../store/records.ts'
import { createBreaks } from './browse/breaks.ts'
import type { Browse } from './browse/browse.ts'

const rowsAtOnce = 2_000
// A dataset this small is gone before the answer.
const awaitedRows = 20_000

export interface Removals {
  remove(record: DatasetRecord): Promise<void>
  settled(): Promise<void>
  dispose(): void
}

/** Folders in media/ that a dataset reads from: of its own copy, and of copies it inherited. */
export function mediaFoldersOf(
  record: Pick<DatasetRecord, 'id' | 'storage' | 'sourcePath' | 'addedSources'>
): Set<string> {
  const folders = new Set([record.id])
  for (const { storage, sourcePath } of [record, ...record.addedSources]) {
    const [media, folder] = sourcePath.split('/')
    if (storage === 'copy' && media === 'media' && folder !== undefined) folders.add(folder)
  }
  return folders
}

/** Removals of one open project, which goes on with what an earlier session left. */
export function createRemovals(deps: {
  readonly store: Store
  readonly mediaFolder: string
  readonly browse: Browse
}): Removals {
  const { store, browse } = deps
  let isClosed = false
  let last: Promise<void> = Promise.resolve()

  async function empty(record: DatasetRecord): Promise<void> {
    const breaks = createBreaks()
    store.items.dropIndex(record.id)
    for (let left = store.items.count(record.id); left > 0;) {
      left = Math.max(0, left - rowsAtOnce)
      store.items.truncate(record.id, left)
      if (breaks.isDue()) await breaks.take()
      if (isClosed) return
    }
    store.datasets.remove(record.id)
    await removeMedia(record)
  }

  /** Copied files that a later version still reads stay. */
  async function removeMedia(record: DatasetRecord): Promise<void> {
    await browse.remove(record.id)
    // Copies of joined matrices, which no other dataset reads.
    await rm(join(deps.mediaFolder, 'matrices', record.id), { recursive: true, force: true })
    const used = new Set<string>()
    for (const state of ['ready', 'building'] as const)
      for (const other of store.datasets.inState(state))
        for (const folder of mediaFoldersOf(other)) used.add(folder)
    for (const folder of mediaFoldersOf(record)) {
      if (used.has(folder)) continue
      await rm(join(deps.mediaFolder, folder), { recursive: true, force: true })
    }
  }

  function enqueue(record: DatasetRecord): Promise<void> {
    const done = last.then(() => (isClosed ? undefined : empty(record)))
    last = done.catch(() => {})
    return done
  }

  if (!store.isReadOnly) for (const left of store.datasets.inState('removing')) void enqueue(left)

  return {
    async remove(record) {
      // The name is free at once.
      store.datasets.update(record.id, { state: 'removing', name: `${record.name} ${record.id}` })
      browse.forget(record.id)
      const done = enqueue(record)
      if (store.items.count(record.id) <= awaitedRows) await done
    },
    settled: () => last,
    dispose() {
      isClosed = true
    }
  }
}
