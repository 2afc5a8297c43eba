// The backend's side of the compute threads: one task per thread at a time, a thread kept free for
// light work, and a new thread in place of one that died.
import { AppError } from '../../api/errors.ts'
import type { Platform, WorkerHandle } from '../platform/platform.ts'
import type { ComputePool } from './compute-task.ts'
import type { FromThread, ToThread } from './serve-tasks.ts'

/** How long a cancelled task may take to answer before its thread is ended. */
const cancelPatienceMs = 2000

interface Request {
  readonly call: number
  readonly task: string
  readonly input: unknown
  readonly transfer: readonly ArrayBuffer[]
  readonly signal: AbortSignal
  readonly onEvent: ((event: unknown) => void | Promise<void>) | undefined
  settle(value: unknown): void
  fail(error: unknown): void
}

interface Thread {
  readonly handle: WorkerHandle
  request: Request | undefined
  /** Events are handed over one after the other, also when their consumer waits. */
  chain: Promise<void>
}

/** Starts no thread before it is needed. */
export function createComputePool(
  platform: Pick<Platform, 'createComputeWorker' | 'log'>,
  size: number
): ComputePool {
  const heavy = new Lane(platform, size)
  const light = new Lane(platform, 1)
  return {
    get size() {
      return heavy.limit
    },
    run<I, E, O>(
      task: { readonly name: string },
      input: I,
      options: Parameters<ComputePool['run']>[2] & {
        readonly onEvent?: (event: E) => void | Promise<void>
      }
    ): Promise<O> {
      const lane = options.isLight === true ? light : heavy
      // The task's own declaration says what it returns.
      return lane.run(task.name, input, options) as Promise<O>
    },
    resize(next) {
      heavy.resize(next)
    },
    async dispose() {
      await Promise.all([heavy.dispose(), light.dispose()])
    }
  }
}

class Lane {
  limit: number
  readonly #platform: Pick<Platform, 'createComputeWorker' | 'log'>
  readonly #threads = new Set<Thread>()
  readonly #waiting: Request[] = []
  #nextCall = 1
  #isDisposed = false

  constructor(platform: Pick<Platform, 'createComputeWorker' | 'log'>, limit: number) {
    this.#platform = platform
    this.limit = Math.max(1, limit)
  }

  run(task: string, input: unknown, options: Parameters<ComputePool['run']>[2]): Promise<unknown> {
    return new Promise((settle, fail) => {
      if (options.signal.aborted || this.#isDisposed) {
        fail(new AppError('cancelled'))
        return
      }
      const request: Request = {
        call: this.#nextCall++,
        task,
        input,
        transfer: options.transfer ?? [],
        signal: options.signal,
        onEvent: options.onEvent as Request['onEvent'],
        // A job runs thousands of tasks under one signal: what ended must not hang on to it.
        settle(value) {
          options.signal.removeEventListener('abort', onAbort)
          settle(value)
        },
        fail(error) {
          options.signal.removeEventListener('abort', onAbort)
          fail(error)
        }
      }
      const onAbort = (): void => this.#cancel(request)
      options.signal.addEventListener('abort', onAbort, { once: true })
      this.#waiting.push(request)
      this.#pump()
    })
  }

  resize(limit: number): void {
    this.limit = Math.max(1, limit)
    this.#shrink()
    this.#pump()
  }

  #pump(): void {
    while (this.#waiting.length > 0) {
      const idle = [...this.#threads].find((thread) => thread.request === undefined)
      if (!idle && this.#threads.size >= this.limit) return
      const request = this.#waiting.shift()
      if (!request) return
      try {
        this.#start(idle ?? this.#open(), request)
      } catch (error) {
        // No thread, or an input that cannot be sent: this request fails, the others do not wait.
        request.fail(error)
      }
    }
  }

  #start(thread: Thread, request: Request): void {
    const { call, task, input } = request
    this.#post(thread, { type: 'start', call, task, input }, request.transfer)
    thread.request = request
    thread.chain = Promise.resolve()
  }

  #post(thread: Thread, message: ToThread, transfer: readonly ArrayBuffer[] = []): void {
    thread.handle.post(message, transfer)
  }

  #open(): Thread {
    const thread: Thread = {
      handle: this.#platform.createComputeWorker(),
      request: undefined,
      chain: Promise.resolve()
    }
    this.#threads.add(thread)
    // The other end is our own serve-tasks; nothing else is started there.
    thread.handle.onMessage((message) => this.#receive(thread, message as FromThread))
    thread.handle.onExit((error) => this.#exited(thread, error))
    return thread
  }

  #receive(thread: Thread, message: FromThread): void {
    const request = thread.request
    if (message.type === 'ready' || !request || message.call !== request.call) return
    if (message.type === 'event') {
      thread.chain = thread.chain.then(async () => {
        if (thread.request !== request) return
        await request.onEvent?.(message.event)
        if (thread.request === request) this.#post(thread, { type: 'credit', call: request.call })
      })
      thread.chain.catch((error: unknown) => {
        // The consumer refused (cancel, a full disk): the task has nobody left to work for.
        if (thread.request !== request) return
        request.fail(error)
        this.#stop(thread, request)
      })
      return
    }
    thread.chain
      // A consumer that refused has its error already; the thread is free again all the same.
      .catch(() => undefined)
      .then(() => {
        if (thread.request !== request) return
        thread.request = undefined
        if (message.type === 'done') request.settle(message.value)
        else {
          if (message.code === 'internal') {
            this.#platform.log.write('error', 'task-failed', request.task, {
              detail: message.detail
            })
          }
          const hint = message.hint === undefined ? {} : { hint: message.hint }
          request.fail(
            new AppError(message.code, message.message, {
              ...hint,
              cause: new Error(message.detail)
            })
          )
        }
        this.#shrink()
        this.#pump()
      })
      .catch(() => undefined)
  }

  #cancel(request: Request): void {
    const at = this.#waiting.indexOf(request)
    if (at >= 0) {
      this.#waiting.splice(at, 1)
      request.fail(new AppError('cancelled'))
      return
    }
    const thread = [...this.#threads].find((candidate) => candidate.request === request)
    if (!thread) return
    this.#stop(thread, request)
  }

  /** Asks a thread to give up its task; ends the thread when it does not answer in time. */
  #stop(thread: Thread, request: Request): void {
    this.#post(thread, { type: 'cancel', call: request.call })
    const timer = setTimeout(() => {
      if (thread.request !== request) return
      this.#threads.delete(thread)
      thread.request = undefined
      request.fail(new AppError('cancelled'))
      thread.handle.terminate().catch(() => undefined)
      this.#pump()
    }, cancelPatienceMs)
    timer.unref()
  }

  #exited(thread: Thread, error: Error | undefined): void {
    this.#threads.delete(thread)
    const request = thread.request
    thread.request = undefined
    if (request && !this.#isDisposed) {
      const code = (error as { code?: unknown } | undefined)?.code
      const isMemory = code === 'ERR_WORKER_OUT_OF_MEMORY'
      this.#platform.log.write('error', 'thread-ended', request.task, { reason: error?.message })
      request.fail(
        new AppError(isMemory ? 'out-of-memory' : 'worker-crashed', undefined, { cause: error })
      )
    }
    request?.fail(new AppError('cancelled'))
    if (!this.#isDisposed) this.#pump()
  }

  /** After the limit was lowered, idle threads above it are ended. */
  #shrink(): void {
    for (const thread of this.#threads) {
      if (this.#threads.size <= this.limit) return
      if (thread.request) continue
      this.#threads.delete(thread)
      thread.handle.terminate().catch(() => undefined)
    }
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true
    for (const request of this.#waiting.splice(0)) request.fail(new AppError('cancelled'))
    const threads = [...this.#threads]
    this.#threads.clear()
    await Promise.all(
      threads.map(async (thread) => {
        thread.request?.fail(new AppError('cancelled'))
        thread.request = undefined
        await thread.handle.terminate()
      })
    )
  }
}
