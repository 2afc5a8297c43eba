// The compute thread's side of the pool: runs named tasks and sends their events under credit, so
// that a slow consumer bounds memory and pausing costs nothing.
import { AppError, errorMessages, type ErrorCode } from '../../api/errors.ts'
import type { Device } from '../compute/devices/device.ts'
import type { ComputeTask } from './compute-task.ts'

/** What the pool sends to a thread. */
export type ToThread =
  | {
      readonly type: 'start'
      readonly call: number
      readonly task: string
      readonly input: unknown
    }
  | { readonly type: 'credit'; readonly call: number }
  | { readonly type: 'cancel'; readonly call: number }

/** What a thread answers. */
export type FromThread =
  | { readonly type: 'ready' }
  | { readonly type: 'event'; readonly call: number; readonly event: unknown }
  | { readonly type: 'done'; readonly call: number; readonly value: unknown }
  | {
      readonly type: 'failed'
      readonly call: number
      readonly code: ErrorCode
      readonly message: string
      readonly hint: string | undefined
      readonly detail: string
    }

/** Events a task may send before the consumer has taken one. */
export const eventCredit = 4

/** The thread's end of its channel. */
export interface ThreadPort {
  post(message: FromThread, transfer: readonly ArrayBuffer[]): void
  onMessage(callback: (message: ToThread) => void): void
}

interface Call {
  readonly abort: AbortController
  credit: number
  wake: (() => void) | undefined
}

/** A task with its types forgotten: inputs were typed by whoever called the pool. */
type AnyTask = ComputeTask<unknown, unknown, unknown>

/** Serves `tasks` on `port` for the life of the thread. */
export function serveTasks(
  port: ThreadPort,
  tasks: readonly ComputeTask<never>[],
  openDevice: (requested: string) => Promise<Device>
): void {
  const table = new Map(tasks.map((task) => [task.name, task as unknown as AnyTask]))
  const calls = new Map<number, Call>()
  const devices = new Map<string, Promise<Device>>()

  function device(requested: string): Promise<Device> {
    let opened = devices.get(requested)
    if (opened === undefined) {
      opened = openDevice(requested)
      devices.set(requested, opened)
      // A device that could not be opened is tried again the next time.
      opened.catch(() => devices.delete(requested))
    }
    return opened
  }

  async function start(id: number, name: string, input: unknown): Promise<void> {
    const call: Call = { abort: new AbortController(), credit: eventCredit, wake: undefined }
    calls.set(id, call)
    let transfer: ArrayBuffer[] = []
    const takeTransfer = (): ArrayBuffer[] => {
      const taken = transfer
      transfer = []
      return taken
    }
    try {
      const task = table.get(name)
      if (!task) throw new Error(`there is no task "${name}"`)
      const steps = task.run(input, {
        signal: call.abort.signal,
        device,
        transfer: (...buffers) => transfer.push(...buffers)
      })
      try {
        for (;;) {
          const step = await steps.next()
          // Let a waiting cancel message in between two steps of a synchronous task.
          await new Promise((resolve) => setImmediate(resolve))
          if (step.done === true) {
            port.post({ type: 'done', call: id, value: step.value }, takeTransfer())
            return
          }
          if (call.abort.signal.aborted) throw new AppError('cancelled')
          call.credit--
          port.post({ type: 'event', call: id, event: step.value }, takeTransfer())
          if (call.credit <= 0) await new Promise<void>((resolve) => (call.wake = resolve))
          if (call.abort.signal.aborted) throw new AppError('cancelled')
        }
      } finally {
        // A task that is given up still closes its files, before anyone hears of its end.
        await steps.return(undefined)
      }
    } catch (error) {
      port.post(failure(id, error, call.abort.signal.aborted), [])
    } finally {
      calls.delete(id)
    }
  }

  port.onMessage((message) => {
    const call = calls.get(message.call)
    switch (message.type) {
      case 'start':
        void start(message.call, message.task, message.input)
        break
      case 'credit':
        if (!call) return
        call.credit++
        call.wake?.()
        call.wake = undefined
        break
      case 'cancel':
        call?.abort.abort()
        call?.wake?.()
        break
    }
  })
  port.post({ type: 'ready' }, [])
}

function failure(call: number, error: unknown, wasAborted: boolean): FromThread {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
  if (error instanceof AppError) {
    return {
      type: 'failed',
      call,
      code: error.code,
      message: error.message,
      hint: error.hint,
      detail
    }
  }
  // An abort surfaces as whatever the interrupted call throws.
  const isAbort = wasAborted || (error instanceof Error && error.name === 'AbortError')
  const isMemory = error instanceof RangeError && /allocation|array buffer/i.test(error.message)
  const code: ErrorCode = isAbort ? 'cancelled' : isMemory ? 'out-of-memory' : 'internal'
  return { type: 'failed', call, code, message: errorMessages[code], hint: undefined, detail }
}
