// "Stop early and keep the best so far": how a call reaches the job that is making a set.

/** Runs that can be stopped early now. */
export interface EarlyStops {
  /** The job's end: `accept` stores the wish, or returns false when there is nothing to keep yet. */
  open(run: string, accept: () => boolean): { readonly signal: AbortSignal; close(): void }
  /** The caller's end. False when the run is not at it, or has nothing to keep yet. */
  stop(run: string): boolean
  /** True while the run is making its set. */
  isOpen(run: string): boolean
}

/** Nobody is making a set yet. */
export function createEarlyStops(): EarlyStops {
  const open = new Map<string, { readonly abort: AbortController; accept(): boolean }>()
  return {
    open(run, accept) {
      const abort = new AbortController()
      open.set(run, { abort, accept })
      return { signal: abort.signal, close: () => void open.delete(run) }
    },
    stop(run) {
      const found = open.get(run)
      if (found === undefined || !found.accept()) return false
      found.abort.abort()
      return true
    },
    isOpen: (run) => open.has(run)
  }
}
