// Runs the blocks of a phase on all compute threads; a journal remembers which are finished, so
// that an interrupted check goes on where it was.
import { openBlockJournal } from '../features/block-journal.ts'
import type { JobContext } from '../jobs/job-kind.ts'

/** What a phase needs of its job. */
export type PhaseContext = Pick<
  JobContext,
  'signal' | 'pool' | 'deviceRequest' | 'progress' | 'breathe'
>

export interface BlockWork {
  /** File of the journal. */
  readonly journal: string
  /** Says what is made, with the block size: marks of other work do not count. */
  readonly work: string
  readonly blocks: number
  /** Items of a block, for the progress. */
  sizeOf(block: number): number
  /** Does one block; its results are on the disk when this resolves. */
  run(block: number, signal: AbortSignal): Promise<void>
}

/** Does all blocks that are not done. The first error stops the others and is thrown. */
export async function runBlocks(context: PhaseContext, work: BlockWork): Promise<void> {
  const journal = await openBlockJournal(work.journal, work.work, work.blocks)
  const stop = new AbortController()
  const signal = AbortSignal.any([context.signal, stop.signal])
  let finished = 0
  let next = 0
  try {
    for (let block = 0; block < work.blocks; block++)
      if (journal.isDone(block)) finished += work.sizeOf(block)
    context.progress(finished)
    const worker = async (): Promise<void> => {
      for (;;) {
        await context.breathe()
        signal.throwIfAborted()
        while (next < work.blocks && journal.isDone(next)) next++
        if (next >= work.blocks) return
        const block = next++
        await work.run(block, signal)
        await journal.mark(block, 0)
        finished += work.sizeOf(block)
        context.progress(finished)
      }
    }
    await Promise.all(
      Array.from({ length: Math.max(1, context.pool.size) }, () =>
        worker().catch((error: unknown) => {
          // Only the first error counts; the others are its echo.
          if (!stop.signal.aborted) stop.abort(error)
        })
      )
    )
    stop.signal.throwIfAborted()
  } finally {
    await journal.close()
  }
}
