// Lines on their way from who makes them to who writes them; the maker waits until each is taken, so
// that nothing piles up in memory.

/** A queue of one line. */
export interface LineQueue {
  /** Resolves when the line was taken; rejects when nobody will take it. */
  push(line: string): Promise<void>
  /** No more lines; with an error, whoever writes fails by it, and whoever waits is told. */
  end(error?: Error): void
  /** The lines, for one reader. */
  readonly lines: AsyncIterable<Uint8Array>
}

/** An empty queue. */
export function createLineQueue(): LineQueue {
  let waiting: { readonly line: string; taken(): void; lost(): void } | undefined
  let ended: { readonly error: Error | undefined } | undefined
  let isLeft = false
  let wake = (): void => undefined

  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      for (;;) {
        if (waiting !== undefined) {
          const { line, taken } = waiting
          waiting = undefined
          yield Buffer.from(line)
          taken()
        } else if (ended !== undefined) {
          if (ended.error !== undefined) throw ended.error
          return
        } else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      isLeft = true
      waiting?.lost()
    }
  }

  return {
    push: (line) =>
      new Promise((resolve, reject) => {
        const lost = (): void => reject(new Error('nobody writes any more'))
        if (isLeft || ended !== undefined) return lost()
        waiting = { line, taken: resolve, lost }
        wake()
      }),
    end(error) {
      ended ??= { error }
      if (error !== undefined) waiting?.lost()
      wake()
    },
    lines: read()
  }
}
