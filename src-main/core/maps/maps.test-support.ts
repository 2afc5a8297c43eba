// Support for this folder's tests: rows in memory as a source, clouds of rows with known labels,
// and a job context and pool that run compute tasks in this thread.
import { openTestDevice } from '../compute/wasm.test-support.ts'
import { createRandom } from '../compute/random.ts'
import type { FeatureSource } from '../features/feature-matrix.ts'
import type { ComputePool, ComputeTask } from '../jobs/compute-task.ts'
import type { JobContext } from '../jobs/job-kind.ts'
import { mapTasks } from './map-tasks.ts'

/** A source over rows in memory; blocks are copies, as from a file. */
export function sourceOf(values: Float32Array, columns: number): FeatureSource {
  return {
    rows: values.length / columns,
    columns,
    readBlock: async (start, count) => values.slice(start * columns, (start + count) * columns),
    readRows: async (wanted) => {
      const out = new Float32Array(wanted.length * columns)
      Array.from(wanted).forEach((row, i) =>
        out.set(values.subarray(row * columns, (row + 1) * columns), i * columns)
      )
      return out
    },
    close: async () => undefined
  }
}

/** Gaussian clouds around far corners, labels in turn. */
export function clouds(
  rows: number,
  columns: number,
  labels: number,
  seed = 1
): { values: Float32Array; labels: Int32Array } {
  const random = createRandom(seed)
  const own = Int32Array.from({ length: rows }, (_, row) => row % labels)
  const values = new Float32Array(rows * columns)
  for (let row = 0; row < rows; row++)
    for (let j = 0; j < columns; j++)
      values[row * columns + j] = (j % labels === own[row] ? 4 : 0) + 0.5 * random.normal()
  return { values, labels: own }
}

/** Share of the 10 nearest points on the map that have the same label. */
export function purity(x: Float32Array, y: Float32Array, labels: Int32Array): number {
  let same = 0
  let count = 0
  for (let i = 0; i < x.length; i += Math.ceil(x.length / 200)) {
    const near = Array.from(x.keys())
      .filter((j) => j !== i)
      .map((j) => ({ j, far: (x[j] - x[i]) ** 2 + (y[j] - y[i]) ** 2 }))
      .sort((a, b) => a.far - b.far)
      .slice(0, 10)
    same += near.filter(({ j }) => labels[j] === labels[i]).length
    count += near.length
  }
  return same / count
}

/** Runs the tasks of maps in this thread, as a pool of `size` threads would be used. */
export function poolHere(size = 2, onCall: (name: string) => void = () => undefined): ComputePool {
  return {
    size,
    async run<I, E, O>(
      task: { readonly name: string },
      input: I,
      options: Parameters<ComputePool['run']>[2] & {
        readonly onEvent?: (event: E) => void | Promise<void>
      }
    ): Promise<O> {
      onCall(task.name)
      const { signal } = options
      // The list holds tasks of many types; the name says which one this is.
      const found = mapTasks.find((one) => one.name === task.name) as unknown as
        ComputeTask<I, E, O> | undefined
      if (found === undefined) throw new Error(`no task ${task.name}`)
      const steps = found.run(input, {
        signal,
        device: () => openTestDevice(),
        transfer: () => undefined
      })
      try {
        for (;;) {
          signal.throwIfAborted()
          const step = await steps.next()
          if (step.done === true) return step.value
          await options.onEvent?.(step.value)
        }
      } finally {
        // A stopped task closes its files; what it would have returned is nobody's.
        await steps.return(undefined as never)
      }
    },
    resize: () => undefined,
    dispose: async () => undefined
  }
}

export interface WatchedJob {
  readonly context: JobContext
  readonly abort: AbortController
  /** "phase index: total unit" in order. */
  readonly phases: string[]
  /** Hears the progress of the phase under way. */
  onProgress(listener: (done: number) => void): void
}

/** A job's context over a pool. */
export function watchedJob(pool: ComputePool): WatchedJob {
  const abort = new AbortController()
  const phases: string[] = []
  let listener: (done: number) => void = () => undefined
  const context: JobContext = {
    id: 'j1',
    signal: abort.signal,
    pool,
    deviceRequest: 'wasm',
    phase: (index, total, unit) => void phases.push(`${index}: ${total} ${unit}`),
    progress: (done) => listener(done),
    total: () => undefined,
    breathe: async () => abort.signal.throwIfAborted(),
    log: () => undefined,
    note: () => undefined,
    live: () => undefined,
    device: () => undefined,
    checkpoint: undefined,
    saveCheckpoint: () => undefined,
    folder: async () => '',
    keepOnCancel: true
  }
  return { context, abort, phases, onProgress: (next) => void (listener = next) }
}
