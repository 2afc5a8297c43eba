// A project with the parts an import works with, and job contexts that can be stopped anywhere.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '../../../api/errors.ts'
import type { JobContext } from '../../jobs/job-kind.ts'
import { openStore } from '../../store/open-store.ts'
import type { Store } from '../../store/records.ts'
import { createBrowse, type Browse } from '../browse/browse.ts'
import { createDatasetQueries, type DatasetQueries } from '../datasets.ts'
import { createEdits, type Edits } from '../edits/edits.ts'
import { createImportJob, ImportParams, type ImportResult } from '../import-job.ts'
import { copyTask, importTask } from '../import-task.ts'
import { createRemovals, type Removals } from '../removals.ts'
import { pictureTask, thumbnailTask } from '../thumbnails.ts'
import { optionsOf } from './fixtures.ts'
import { createInProcessPool } from './in-process-pool.ts'

/** Where a run is stopped: called with the phase and what is done of it. */
export type StopAt = (phase: number, done: number) => boolean

export interface ImportFixture {
  readonly folder: string
  readonly media: string
  readonly store: Store
  readonly browse: Browse
  readonly edits: Edits
  readonly removals: Removals
  readonly queries: DatasetQueries
  /** Runs an import of `path`; goes on from the checkpoint of one stopped by `stopAt`. */
  run(
    path: string,
    params?: Partial<ImportParams>,
    how?: { readonly stopAt?: StopAt; readonly goOn?: boolean; readonly keep?: boolean }
  ): Promise<ImportResult>
  dispose(): Promise<void>
}

/** A fresh project in a folder of its own. */
export async function createImportFixture(): Promise<ImportFixture> {
  const folder = await mkdtemp(join(tmpdir(), 'winnow-import-'))
  const media = join(folder, 'P.winnow', 'media')
  await mkdir(media, { recursive: true })
  const store = openStore(join(folder, 'P.winnow', 'project.sqlite'))
  const pool = createInProcessPool([importTask, copyTask, thumbnailTask, pictureTask])
  const browse = createBrowse({ store, alike: () => Promise.resolve(undefined) })
  let clock = 0
  const now = (): number => (clock += 700)
  const edits = createEdits({ store, browse, now })
  const removals = createRemovals({ store, mediaFolder: media, browse })
  const queries = createDatasetQueries({ store, mediaFolder: media, pool, browse, removals })
  const job = createImportJob({ store, mediaFolder: media, removals, now })
  let saved: unknown

  function contextOf(stopAt: StopAt | undefined, keep: boolean): JobContext {
    const abort = new AbortController()
    let phase = 0
    return {
      id: 'job',
      signal: abort.signal,
      pool,
      deviceRequest: 'auto',
      phase: (index) => void (phase = index),
      progress(done) {
        if (stopAt?.(phase, done) === true) abort.abort(new AppError('cancelled'))
      },
      total: () => {},
      breathe: async () => abort.signal.throwIfAborted(),
      log: () => {},
      note: () => {},
      live: () => {},
      device: () => {},
      checkpoint: structuredClone(saved),
      saveCheckpoint(state, alsoWrite) {
        store.transaction(() => alsoWrite?.())
        saved = structuredClone(state)
      },
      folder: async () => folder,
      keepOnCancel: keep
    }
  }

  return {
    ...{ folder, media, store, browse, edits, removals, queries },
    run(path, change = {}, { stopAt, goOn = false, keep = false } = {}) {
      if (!goOn) saved = undefined
      const params = ImportParams.parse({
        dataset: 'd1',
        name: `Data ${change.dataset ?? 'd1'}`,
        path,
        options: optionsOf({}),
        purpose: 'pool',
        ...change
      })
      return job.run(contextOf(stopAt, keep), params)
    },
    async dispose() {
      removals.dispose()
      await removals.settled()
      browse.dispose()
      store.dispose()
      await rm(folder, { recursive: true, force: true })
    }
  }
}
