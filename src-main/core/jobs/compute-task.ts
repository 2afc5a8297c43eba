// Work done in a compute thread: a named async generator that yields events (with back-pressure)
// and returns one value. Tasks are listed in core/app/compute-tasks.ts; the thread's entry
// serves them; the pool in the backend thread calls them.
import type { Device, DeviceFailure, DeviceUsage, UsedDevice } from '../compute/devices/device.ts'

export interface TaskContext {
  /** Aborted when the caller cancels. Check it at least once per block (cancel within 2 s). */
  readonly signal: AbortSignal
  /** Opens the thread's compute device on first use: `requested` is a device id or "auto". */
  device(requested: string): Promise<Device>
  /** Processor cores the task was given; absent where nobody counts them. */
  readonly cores?: number
  /** Buffers of the event or result about to be sent that may be moved instead of copied. */
  transfer(...buffers: ArrayBuffer[]): void
}

export interface ComputeTask<I = never, E = unknown, O = unknown> {
  readonly name: string
  run(input: I, context: TaskContext): AsyncGenerator<E, O, void>
}

/** The device a task opened, and the reason when it is not the one that was asked for. */
export interface DeviceNews extends UsedDevice {
  readonly fallback: string | undefined
}

/** How a task is run. */
export interface TaskOptions<E> {
  readonly signal: AbortSignal
  readonly onEvent?: (event: E) => void | Promise<void>
  readonly transfer?: readonly ArrayBuffer[]
  /** Light tasks (thumbnails, previews) use a thread kept free for them, with one core. */
  readonly isLight?: boolean
  /**
   * Processor cores: "one" (the default) for tasks that run beside each other; "all" that the setting
   * allows when the task starts, for a computation its job waits for: it runs alone among heavy
   * tasks. Fixed for the whole task, because sums can differ in their last bits with the number.
   */
  readonly cores?: 'one' | 'all'
  /** Called each time the task opens a device. */
  readonly onDevice?: (news: DeviceNews) => void
}

/** The backend's side: runs tasks on a pool of threads. */
export interface ComputePool {
  /** Threads used at most at once. */
  readonly size: number
  /**
   * Runs one task and hands over its events in order; the thread stops producing when more than
   * a few events wait, so a slow consumer bounds memory and pausing is free. When its device fails
   * before the first event, the task runs again on the next device.
   * Throws AppError "cancelled" on abort, "worker-crashed" or "out-of-memory" when the thread dies,
   * "device-failed" when the device failed and the task could not be run again.
   */
  run<I, E, O>(
    task: Pick<ComputeTask<I, E, O>, 'name'>,
    input: I,
    options: TaskOptions<E>
  ): Promise<O>
  /** Threads used at most at once, and cores of a task with all of them; for tasks that start now. */
  resize(size: number): void
  dispose(): Promise<void>
}

/** What the threads of a pool do and hold at this moment. */
export interface PoolState {
  readonly running: number
  readonly waiting: number
  /** Cores given to running tasks. */
  readonly coresInUse: number
  /** Threads that have been started. */
  readonly threads: number
  /** True while heavy tasks run or wait. */
  readonly isBusy: boolean
  /** What each device holds, by id, summed over threads, as of the end of their last task. */
  readonly usage: Readonly<Record<string, DeviceUsage>>
}

/** The pool as the app sees it: with what is known of devices. */
export interface ManagedPool extends ComputePool {
  state(): PoolState
  /** Devices that failed while computing since the app started. */
  failures(): readonly DeviceFailure[]
  /** A device failed outside the pool's own threads. */
  addFailure(failure: DeviceFailure): void
  /** Lets a failed device be tried again; all of them without an id. */
  forgive(id?: string): void
  /** Graphics devices that were measured to be faster than the processor, fastest first. */
  setFaster(ids: readonly string[]): void
  /**
   * Ends threads that have nothing to do. What they keep for tasks to come, compiled graphs and their
   * memory above all, is given back; the next task starts a thread.
   */
  endIdle(): void
}
