// Support for tests that need traces in a project: a store in a folder of its own, and sets made of
// records, without files.
import { join } from 'node:path'
import { createInProcessPool } from '../../datasets/testing/in-process-pool.ts'
import type { ComputePool } from '../../jobs/compute-task.ts'
import { openStore } from '../../store/open-store.ts'
import type { Store } from '../../store/records.ts'
import { temporaryFolder } from '../../store/store.test-support.ts'
import type { TraceRecord } from '../model/trace.ts'
import { recordOf } from '../traces.test-support.ts'
import { deriveTracesTask } from './derive-task.ts'
import { searchTraceTask } from './search-task.ts'
import { createTraceWriter, type TraceWriter } from './write-traces.ts'

/** A store and what a test does with it. */
export interface TraceShelf {
  readonly folder: string
  readonly store: Store
  readonly pool: ComputePool
  /** Adds a part of these records; gives the numbers of the attempts. */
  add(set: string, records: readonly TraceRecord[], isNew?: boolean): Promise<number[]>
  /** A writer that has not been finished. */
  writer(set: string, isNew?: boolean): TraceWriter
  finish(writer: TraceWriter, volatile?: readonly string[]): Promise<void>
  /** Closes the file and opens it again. */
  reopen(): Store
  dispose(): void
}

/** An empty project file. */
export function createTraceShelf(): TraceShelf {
  const folder = temporaryFolder()
  const path = join(folder.path, 'project.sqlite')
  const pool = createInProcessPool([deriveTracesTask, searchTraceTask])
  let store = openStore(path)
  const shelf: TraceShelf = {
    folder: folder.path,
    pool,
    get store() {
      return store
    },
    async add(set, records, isNew = true) {
      const writer = shelf.writer(set, isNew)
      const traces = records.map((record) => writer.add(record))
      await shelf.finish(writer)
      return traces
    },
    writer(set, isNew = true) {
      const name = isNew ? `Set ${set}` : null
      const writer = createTraceWriter(store, { set, name, options: {}, now: 1 })
      writer.addSource({ number: 0, name: 'a', format: 'x', formatName: 'X logs', sizeBytes: 1 })
      return writer
    },
    finish: (writer, volatile = []) =>
      writer.finish({ pool, volatile, signal: new AbortController().signal }),
    reopen() {
      store.dispose()
      store = openStore(path)
      return store
    },
    dispose() {
      store.dispose()
      folder.remove()
    }
  }
  return shelf
}

/** A record at a task, changed. */
export function attempt(change: Partial<TraceRecord>): TraceRecord {
  return { ...recordOf([]), ...change }
}
