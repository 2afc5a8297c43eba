// Work done in a compute thread: a named async generator that yields events (with back-pressure)
// and returns one value. Tasks are listed in core/app/compute-tasks.ts; the thread's entry
// serves them; the pool in the backend thread calls them.
import type { Device } from '../compute/devices/device.ts'

export interface TaskContext {
  /** Aborted when the caller cancels. Check it at least once per block (cancel within 2 s). */
  readonly signal: AbortSignal
  /** Opens the thread's compute device on first use: `requested` is a device id or "auto". */
  device(requested: string): Promise<Device>
  /** Buffers of the event or result about to be sent that may be moved instead of copied. */
  transfer(...buffers: ArrayBuffer[]): void
}

export interface ComputeTask<I = never, E = unknown, O = unknown> {
  readonly name: string
  run(input: I, context: TaskContext): AsyncGenerator<E, O, void>
}

/** The backend's side: runs tasks on a pool of threads. */
export interface ComputePool {
  /** Threads used at most at once. */
  readonly size: number
  /**
   * Runs one task and hands over its events in order; the thread stops producing when more than
   * a few events wait, so a slow consumer bounds memory and pausing is free.
   * Throws AppError "cancelled" on abort, "worker-crashed" or "out-of-memory" when the thread dies.
   */
  run<I, E, O>(
    task: Pick<ComputeTask<I, E, O>, 'name'>,
    input: I,
    options: {
      readonly signal: AbortSignal
      readonly onEvent?: (event: E) => void | Promise<void>
      readonly transfer?: readonly ArrayBuffer[]
      /** Light tasks (thumbnails, previews) use a thread kept free for them. */
      readonly isLight?: boolean
    }
  ): Promise<O>
  resize(size: number): void
  dispose(): Promise<void>
}
