// Takes sets of traces, and parts that were not finished, out of a project. They are gone from every
// list at once; their rows go in slices, also after a crash when the project is opened again.
import { createBreaks } from '../../datasets/browse/breaks.ts'
import type { Store } from '../../store/records.ts'

/** Removals of one open project. */
export interface TraceRemovals {
  /** Removes a set; its rows go in the background. */
  remove(set: string): void
  /** Takes away what was given up. */
  sweep(): Promise<void>
  settled(): Promise<void>
  dispose(): void
}

/** Goes on with what an earlier session left: half an import is as gone as a removed set. */
export function createTraceRemovals({ store }: { readonly store: Store }): TraceRemovals {
  const { traces } = store
  let isClosed = false
  let last: Promise<void> = Promise.resolve()

  async function empty(): Promise<void> {
    const breaks = createBreaks()
    for (const set of traces.sets('removing')) {
      traces.dropSearch(set.id)
      for (const { part } of traces.parts(set.id)) traces.updatePart(part, { state: 'removing' })
    }
    for (const { part, state } of traces.parts()) {
      if (state !== 'removing') continue
      while (!isClosed && traces.removeSlice(part)) if (breaks.isDue()) await breaks.take()
    }
    if (isClosed) return
    for (const set of traces.sets('removing'))
      if (traces.parts(set.id).length === 0) traces.removeSet(set.id)
  }

  function sweep(): Promise<void> {
    const done = last.then(() => (isClosed ? undefined : empty()))
    last = done.catch(() => {})
    return done
  }

  function giveUp(): void {
    for (const { part, state } of traces.parts())
      if (state === 'building') traces.updatePart(part, { state: 'removing' })
    for (const { id, name } of traces.sets('building'))
      traces.updateSet(id, { state: 'removing', name: `${name} ${id}` })
  }

  if (!store.isReadOnly) {
    store.transaction(giveUp)
    void sweep()
  }
  return {
    remove(set) {
      const record = traces.set(set)
      if (record === undefined) return
      // The name is free at once.
      traces.updateSet(set, { state: 'removing', name: `${record.name} ${set}` })
      void sweep()
    },
    sweep,
    settled: () => last,
    dispose() {
      isClosed = true
    }
  }
}
