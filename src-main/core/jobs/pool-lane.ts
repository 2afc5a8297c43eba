// Threads of one kind (heavy or light) and the tasks waiting for them. How many processor cores a
// task has depends on nothing but what its caller declared and the setting, never on what happens
// to run beside it: a sum can differ in its last bits with the number of cores.
import { AppError } from '../../api/errors.ts'
import type { DeviceFailure, DeviceRules, DeviceUsage } from '../compute/devices/device.ts'
import type { Platform, WorkerHandle } from '../platform/platform.ts'
import type { DeviceNews, TaskOptions } from './compute-task.ts'
import type { FromThread, ToThread } from './serve-tasks.ts'

/** How long a cancelled task may take to answer before its thread is ended. */
const cancelPatienceMs = 2000

/** What a lane asks of its pool. */
export interface LaneOwner {
  readonly platform: Pick<Platform, 'createComputeWorker' | 'log'>
  rules(): DeviceRules
  onFailure(failure: DeviceFailure): void
}

interface Request {
  call: number
  readonly task: string
  readonly input: unknown
  readonly options: TaskOptions<unknown>
  /** True once it cannot be run again: an event was handed over, or its input was moved away. */
  isBegun: boolean
  /** Devices that failed under it. */
  readonly failed: Set<string>
  settle(value: unknown): void
  fail(error: unknown): void
}

interface Thread {
  readonly handle: WorkerHandle
  request: Request | undefined
  cores: number
  usage: Readonly<Record<string, DeviceUsage>>
  /** Events are handed over one after the other, also when their consumer waits. */
  chain: Promise<void>
}

function takesAll(request: Request | undefined): boolean {
  return request?.options.cores === 'all'
}

/**
 * Runs tasks in order of arrival, on at most `limit` threads and as many cores. A task with one core
 * runs beside others of its kind; one with all of them waits until nothing runs, and runs alone.
 */
export class Lane {
  limit: number
  readonly #owner: LaneOwner
  readonly #threads = new Set<Thread>()
  readonly #waiting: Request[] = []
  #nextCall = 1
  #isPumping = false
  #isDisposed = false

  constructor(owner: LaneOwner, limit: number) {
    this.#owner = owner
    this.limit = Math.max(1, limit)
  }

  run(task: string, input: unknown, options: TaskOptions<unknown>): Promise<unknown> {
    return new Promise((settle, fail) => {
      if (options.signal.aborted || this.#isDisposed) {
        fail(new AppError('cancelled'))
        return
      }
      const request: Request = {
        call: this.#nextCall++,
        task,
        input,
        options,
        isBegun: false,
        failed: new Set(),
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
      this.#pumpSoon()
    })
  }

  /** Holds for tasks that start from now on; what runs keeps its cores. */
  resize(limit: number): void {
    this.limit = Math.max(1, limit)
    this.#shrink()
    this.#pumpSoon()
  }

  /** True while nothing runs or waits. */
  get isIdle(): boolean {
    return this.#waiting.length === 0 && this.#running().length === 0
  }

  state(): {
    running: number
    waiting: number
    cores: number
    usage: readonly Readonly<Record<string, DeviceUsage>>[]
  } {
    const running = this.#running()
    return {
      running: running.length,
      waiting: this.#waiting.length,
      cores: running.reduce((sum, { cores }) => sum + cores, 0),
      usage: [...this.#threads].map(({ usage }) => usage)
    }
  }

  #running(): Thread[] {
    return [...this.#threads].filter((thread) => thread.request !== undefined)
  }

  /** In a microtask, so that all that one signal cancels is out of the line before the next starts. */
  #pumpSoon(): void {
    if (this.#isPumping) return
    this.#isPumping = true
    queueMicrotask(() => {
      this.#isPumping = false
      this.#pump()
    })
  }

  #pump(): void {
    while (!this.#isDisposed && this.#waiting.length > 0 && this.#mayStart(this.#waiting[0])) {
      const [request] = this.#waiting.splice(0, 1)
      const idle = [...this.#threads].find((thread) => thread.request === undefined)
      try {
        this.#start(idle ?? this.#open(), request)
      } catch (error) {
        // No thread, or an input that cannot be sent: this request fails, the others do not wait.
        request.fail(error)
      }
    }
  }

  /** Asked of the first in line only: whoever waits for all cores is not overtaken. */
  #mayStart(request: Request): boolean {
    const running = this.#running()
    if (running.length === 0) return true
    if (takesAll(request) || running.some((thread) => takesAll(thread.request))) return false
    return running.length < this.limit
  }

  #start(thread: Thread, request: Request): void {
    const { call, task, input } = request
    const cores = takesAll(request) ? this.limit : 1
    const transfer = request.options.transfer ?? []
    const rules = this.#owner.rules()
    this.#post(thread, { type: 'start', call, task, input, cores, rules }, transfer)
    if (transfer.length > 0) request.isBegun = true
    thread.request = request
    thread.cores = cores
    thread.chain = Promise.resolve()
  }

  #post(thread: Thread, message: ToThread, transfer: readonly ArrayBuffer[] = []): void {
    thread.handle.post(message, transfer)
  }

  #open(): Thread {
    const thread: Thread = {
      handle: this.#owner.platform.createComputeWorker(),
      request: undefined,
      cores: 0,
      usage: {},
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
    switch (message.type) {
      case 'device':
        this.#tellDevice(thread, request, message.news)
        break
      case 'event':
        this.#handOver(thread, request, message.event)
        break
      default:
        thread.usage = message.usage
        thread.chain
          // A consumer that refused has its error already; the thread is free again all the same.
          .catch(() => undefined)
          .then(() => {
            if (thread.request === request) this.#ended(thread, request, message)
          })
          .catch(() => undefined)
    }
  }

  /** Whoever is told writes it down: a full disk ends the task, not the app. */
  #tellDevice(thread: Thread, request: Request, news: DeviceNews): void {
    try {
      request.options.onDevice?.(news)
    } catch (error) {
      request.fail(error)
      this.#stop(thread, request)
    }
  }

  #handOver(thread: Thread, request: Request, event: unknown): void {
    request.isBegun = true
    thread.chain = thread.chain.then(async () => {
      if (thread.request !== request) return
      await request.options.onEvent?.(event)
      if (thread.request === request) this.#post(thread, { type: 'credit', call: request.call })
    })
    thread.chain.catch((error: unknown) => {
      // The consumer refused (cancel, a full disk): the task has nobody left to work for.
      if (thread.request !== request) return
      request.fail(error)
      this.#stop(thread, request)
    })
  }

  #ended(
    thread: Thread,
    request: Request,
    message: FromThread & { readonly type: 'done' | 'failed' }
  ): void {
    thread.request = undefined
    if (message.type === 'done') request.settle(message.value)
    else if (message.failure === undefined) this.#refuse(request, message)
    else this.#deviceFailed(thread, request, message, message.failure)
    this.#shrink()
    this.#pumpSoon()
  }

  #refuse(request: Request, message: FromThread & { readonly type: 'failed' }): void {
    const { code, detail, hint } = message
    if (code === 'internal' || code === 'device-failed')
      this.#owner.platform.log.write('error', 'task-failed', request.task, { detail })
    const cause = new Error(detail)
    request.fail(
      new AppError(code, message.message, hint === undefined ? { cause } : { hint, cause })
    )
  }

  /** The next device has a turn, in a new thread: what the broken one holds ends with its thread. */
  #deviceFailed(
    thread: Thread,
    request: Request,
    message: FromThread & { readonly type: 'failed' },
    failure: DeviceFailure
  ): void {
    this.#owner.onFailure(failure)
    this.#end(thread)
    if (request.isBegun || request.options.signal.aborted || request.failed.has(failure.id)) {
      this.#refuse(request, message)
      return
    }
    request.failed.add(failure.id)
    request.call = this.#nextCall++
    this.#waiting.unshift(request)
  }

  #cancel(request: Request): void {
    const at = this.#waiting.indexOf(request)
    if (at >= 0) {
      this.#waiting.splice(at, 1)
      request.fail(new AppError('cancelled'))
      // It may have kept those behind it waiting.
      this.#pumpSoon()
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
      thread.request = undefined
      request.fail(new AppError('cancelled'))
      this.#end(thread)
      this.#pumpSoon()
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
      const detail = { reason: error?.message }
      this.#owner.platform.log.write('error', 'thread-ended', request.task, detail)
      request.fail(
        new AppError(isMemory ? 'out-of-memory' : 'worker-crashed', undefined, { cause: error })
      )
    }
    request?.fail(new AppError('cancelled'))
    if (!this.#isDisposed) this.#pumpSoon()
  }

  /** After the limit was lowered, idle threads above it are ended. */
  #shrink(): void {
    for (const thread of this.#threads) {
      if (this.#threads.size <= this.limit) return
      if (!thread.request) this.#end(thread)
    }
  }

  /** Ends all threads without a task. */
  endIdle(): void {
    for (const thread of this.#threads) if (!thread.request) this.#end(thread)
  }

  #end(thread: Thread): void {
    this.#threads.delete(thread)
    thread.handle.terminate().catch(() => undefined)
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
