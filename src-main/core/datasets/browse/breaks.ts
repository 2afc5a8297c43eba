// Long work on the backend thread is done in slices: between them clicks, pages and cancels are
// answered.

/** Longest time one slice holds the thread. */
const sliceMs = 20

export interface Breaks {
  /** True when this slice has lasted long enough. */
  isDue(): boolean
  /** Lets everything that waits run. Rejects with what `isGone` throws once the owner is closed. */
  take(): Promise<void>
}

/** Breaks for one piece of work. `check` may throw, to end work whose owner was closed meanwhile. */
export function createBreaks(check: () => void = () => {}): Breaks {
  let since = performance.now()
  return {
    isDue: () => performance.now() - since >= sliceMs,
    async take() {
      await new Promise((resolve) => setImmediate(resolve))
      check()
      since = performance.now()
    }
  }
}

/** Calls `work` with ranges that cover 0 .. total-1 in order, with breaks between them. */
export async function inSlices(
  total: number,
  size: number,
  breaks: Breaks,
  work: (first: number, count: number) => void
): Promise<void> {
  for (let first = 0; first < total; first += size) {
    work(first, Math.min(size, total - first))
    if (breaks.isDue()) await breaks.take()
  }
}
