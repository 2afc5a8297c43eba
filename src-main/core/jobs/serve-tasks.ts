// The compute thread's side of the pool: runs named tasks and sends their events under credit, so
// that a slow consumer bounds memory and pausing costs nothing.
import { AppError, errorMessages, type ErrorCode } from '../../api/errors.ts'
import type { Device, DeviceFailure, DeviceRules, DeviceUsage } from '../compute/devices/device.ts'
import type { DeviceRegistry } from '../compute/devices/registry.ts'
import type { ComputeTask, DeviceNews } from './compute-task.ts'

/** What the pool sends to a thread. */
export type ToThread =
  | {
      readonly type: 'start'
      readonly call: number
      readonly task: string
      readonly input: unknown
      /** Processor cores the task has. */
      readonly cores: number
      readonly rules: DeviceRules
    }
  | { readonly type: 'credit'; readonly call: number }
  | { readonly type: 'cancel'; readonly call: number }

/** What a thread answers. */
export type FromThread =
  | { readonly type: 'ready' }
  | { readonly type: 'event'; readonly call: number; readonly event: unknown }
  | { readonly type: 'device'; readonly call: number; readonly news: DeviceNews }
  | {
      readonly type: 'done'
      readonly call: number
      readonly value: unknown
      readonly usage: Readonly<Record<string, DeviceUsage>>
    }
  | {
      readonly type: 'failed'
      readonly call: number
      readonly code: ErrorCode
      readonly message: string
      readonly hint: string | undefined
      readonly detail: string
      /** Set when the device gave up, not the task. */
      readonly failure: DeviceFailure | undefined
      readonly usage: Readonly<Record<string, DeviceUsage>>
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
  readonly cores: number
  credit: number
  wake: (() => void) | undefined
}

/** A task with its types forgotten: inputs were typed by whoever called the pool. */
type AnyTask = ComputeTask<unknown, unknown, unknown>

/** What a thread needs of its devices. */
export type ThreadDevices = Pick<
  DeviceRegistry,
  'openDevice' | 'failureIn' | 'markFailed' | 'usage'
>

/** Serves `tasks` on `port` for the life of the thread. */
export function serveTasks(
  port: ThreadPort,
  tasks: readonly ComputeTask<never>[],
  devices: ThreadDevices
): void {
  const table = new Map(tasks.map((task) => [task.name, task as unknown as AnyTask]))
  const calls = new Map<number, Call>()

  async function open(
    id: number,
    call: Call,
    requested: string,
    rules: DeviceRules
  ): Promise<Device> {
    // Asked of the registry each time: it knows which backend is active in this thread.
    const { device, fallback } = await devices.openDevice(requested, rules)
    device.setCores?.(call.cores)
    const cores = device.setCores === undefined ? undefined : call.cores
    const news = { id: device.id, name: device.name, cores, fallback }
    port.post({ type: 'device', call: id, news }, [])
    return device
  }

  async function start(message: ToThread & { readonly type: 'start' }): Promise<void> {
    const { call: id, task: name, input, rules } = message
    const call: Call = {
      abort: new AbortController(),
      cores: message.cores,
      credit: eventCredit,
      wake: undefined
    }
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
        device: (requested) => open(id, call, requested, rules),
        cores: call.cores,
        transfer: (...buffers) => transfer.push(...buffers)
      })
      try {
        for (;;) {
          const step = await steps.next()
          // Let a waiting cancel message in between two steps of a synchronous task.
          await new Promise((resolve) => setImmediate(resolve))
          if (step.done === true) {
            const done = {
              type: 'done',
              call: id,
              value: step.value,
              usage: devices.usage()
            } as const
            port.post(done, takeTransfer())
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
      port.post(ended(id, error, call.abort.signal.aborted), [])
    } finally {
      calls.delete(id)
    }
  }

  function ended(id: number, error: unknown, wasAborted: boolean): FromThread {
    const broken = wasAborted ? undefined : devices.failureIn(error)
    if (broken !== undefined) devices.markFailed(broken)
    return {
      ...(broken === undefined ? failure(error, wasAborted) : failureOf(broken, error)),
      type: 'failed',
      call: id,
      failure: broken,
      usage: devices.usage()
    }
  }

  port.onMessage((message) => {
    const call = calls.get(message.call)
    switch (message.type) {
      case 'start':
        void start(message)
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

type Refusal = Pick<
  FromThread & { readonly type: 'failed' },
  'code' | 'message' | 'hint' | 'detail'
>

function failure(error: unknown, wasAborted: boolean): Refusal {
  const detail = detailOf(error)
  if (error instanceof AppError) {
    return { code: error.code, message: error.message, hint: error.hint, detail }
  }
  // An abort surfaces as whatever the interrupted call throws.
  const isAbort = wasAborted || (error instanceof Error && error.name === 'AbortError')
  const isMemory = error instanceof RangeError && /allocation|array buffer/i.test(error.message)
  const isFull = /^(ENOSPC|EDQUOT|SQLITE_FULL)/.test(
    String((error as { code?: unknown } | undefined)?.code)
  )
  const code: ErrorCode = isAbort
    ? 'cancelled'
    : isMemory
      ? 'out-of-memory'
      : isFull
        ? 'disk-full'
        : 'internal'
  return { code, message: errorMessages[code], hint: undefined, detail }
}

function failureOf({ name, reason }: DeviceFailure, error: unknown): Refusal {
  return {
    code: 'device-failed',
    message: `The ${name} stopped working during the calculation: ${reason}.`,
    hint: 'Continue the run, or start it again. It goes on with another device.',
    detail: detailOf(error)
  }
}

function detailOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
