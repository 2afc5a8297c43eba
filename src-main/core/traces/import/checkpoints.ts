// Keeps the write-ahead log small while attempts are added, from a compute thread.
import type { ComputePool, ComputeTask } from '../../jobs/compute-task.ts'
import type { Store } from '../../store/records.ts'
import { checkpointFile } from '../../store/trace-checkpoints.ts'

export interface CheckpointInput {
  /** The project file. */
  readonly path: string
}

/** Moves the write-ahead log of a project into its file. */
export const checkpointTask: ComputeTask<CheckpointInput, never, null> = {
  name: 'traces.checkpoint',
  // eslint-disable-next-line require-yield -- one short statement
  async *run({ path }) {
    checkpointFile(path)
    return null
  }
}

/** Blocks of some 100,000 characters that are written before the log is moved; about 20 MB of it. */
const blocksBetween = 32

/** Told of every block that was written. */
export interface Checkpoints {
  /** Waits while the log is moved. Throws the signal's reason. */
  wrote(): Promise<void>
  /** From now on whoever writes does it again. */
  end(): void
}

/** Takes the work over until `end`. */
export function createCheckpoints(
  store: Store,
  { pool, signal }: { readonly pool: ComputePool; readonly signal: AbortSignal }
): Checkpoints {
  const release = store.traces.holdCheckpoints()
  let blocks = 0
  return {
    async wrote() {
      if (++blocks % blocksBetween !== 0) return
      await pool.run<CheckpointInput, never, null>(
        checkpointTask,
        { path: store.path },
        { signal, isLight: true }
      )
    },
    end: release
  }
}
