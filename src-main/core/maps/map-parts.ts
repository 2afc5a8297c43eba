// Splits a search over rows into parts of fixed size and runs them on all compute threads. The parts
// do not depend on the number of threads, and neither does the result.
import type { ComputeTask } from '../jobs/compute-task.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import type { Nearest } from './nearest.ts'

/** Rows of a part: small enough to stop soon, large enough to be worth reading the landmarks. */
const partRows = 8192

export interface Parts<I> {
  readonly rows: number
  /** Near ones found per row. */
  readonly perRow: number
  /** Progress of the phase before the first of these rows. */
  readonly before: number
  inputOf(from: number, count: number): I
}

/** The near ones of all rows. The first part that fails stops the others. */
export async function fillParts<I>(
  context: Pick<JobContext, 'pool' | 'signal' | 'progress' | 'breathe'>,
  task: Pick<ComputeTask<I, { readonly done: number }, Nearest>, 'name'>,
  { rows, perRow, before, inputOf }: Parts<I>
): Promise<Nearest> {
  const out = {
    near: new Uint32Array(rows * perRow),
    distance: new Float32Array(rows * perRow)
  }
  const stop = new AbortController()
  const signal = AbortSignal.any([context.signal, stop.signal])
  const running = new Map<number, number>()
  let finished = 0
  let next = 0
  async function work(): Promise<void> {
    while (next < rows) {
      const from = next
      const count = Math.min(partRows, rows - from)
      next += count
      const part = await context.pool.run<I, { readonly done: number }, Nearest>(
        task,
        inputOf(from, count),
        {
          signal,
          onEvent: async ({ done }) => {
            running.set(from, done)
            const under = [...running.values()].reduce((sum, value) => sum + value, 0)
            context.progress(before + finished + under)
            await context.breathe()
          }
        }
      )
      out.near.set(part.near, from * perRow)
      out.distance.set(part.distance, from * perRow)
      running.delete(from)
      finished += count
    }
  }
  const workers = Array.from({ length: Math.max(1, context.pool.size) }, () =>
    work().catch((error: unknown) => {
      // Only the first error counts; the others are its echo.
      if (!stop.signal.aborted) stop.abort(error)
    })
  )
  await Promise.all(workers)
  stop.signal.throwIfAborted()
  return out
}
