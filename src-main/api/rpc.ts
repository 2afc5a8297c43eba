// Calls and streams over a Port, the same for every transport. The server validates every input
// and looks handlers up in a Map; replies carry a code and a plain sentence, never a stack.
import { z } from './zod.ts'
import {
  contract,
  type CallName,
  type EventOf,
  type InputOf,
  type OutputOf,
  type ParsedInputOf,
  type StreamName
} from './contract.ts'
import { AppError, errorMessages, UserError } from './errors.ts'
import type { Port } from './port.ts'

/** Tells a stream's handler that the other side has had enough. */
export interface StopSignal {
  readonly isStopped: boolean
  /** Called once, when stopped; at once when that is already so. */
  onStop(callback: () => void): void
}

function createStop(): { readonly signal: StopSignal; stop(): void } {
  const callbacks: (() => void)[] = []
  let isStopped = false
  return {
    signal: {
      get isStopped() {
        return isStopped
      },
      onStop(callback) {
        if (isStopped) callback()
        else callbacks.push(callback)
      }
    },
    stop() {
      if (isStopped) return
      isStopped = true
      for (const callback of callbacks.splice(0)) callback()
    }
  }
}

/** One function per call and per stream of the contract. */
export type Handlers = {
  [K in CallName]: (input: ParsedInputOf<K>) => Promise<OutputOf<K>>
} & {
  [K in StreamName]: (
    input: ParsedInputOf<K>,
    emit: (event: EventOf<K>) => void,
    signal: StopSignal
  ) => Promise<void>
}

const RequestId = z.int().min(0)
const ClientMessage = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('request'),
    id: RequestId,
    name: z.string().max(100),
    input: z.unknown()
  }),
  z.strictObject({ type: z.literal('end'), id: RequestId })
])

const ServerMessage = z.union([
  z.strictObject({
    type: z.literal('reply'),
    id: RequestId,
    ok: z.literal(true),
    value: z.unknown()
  }),
  z.strictObject({
    type: z.literal('reply'),
    id: RequestId,
    ok: z.literal(false),
    error: UserError
  }),
  z.strictObject({ type: z.literal('event'), id: RequestId, event: z.unknown() })
])

export interface ServeOptions {
  /** Validate replies and events too: on in development and tests. */
  readonly checkOutputs: boolean
  /** Receives errors that are bugs, with the id shown to the person. */
  onError(error: unknown, logId: string, name: string): void
  newLogId(): string
}

type AnyHandler = (
  input: unknown,
  emit: (event: unknown) => void,
  signal: StopSignal
) => Promise<unknown>

/** Answers requests on `port` until it closes. Returns a function that stops serving. */
export function serve(port: Port, handlers: Handlers, options: ServeOptions): () => void {
  const table = new Map<string, AnyHandler>(Object.entries(handlers) as [string, AnyHandler][])
  const entries = new Map(Object.entries(contract))
  const streams = new Map<number, ReturnType<typeof createStop>>()
  let isOpen = true

  const send = (message: object): void => {
    if (isOpen) port.send(message, buffersIn(message))
  }
  const stop = (): void => {
    isOpen = false
    for (const controller of streams.values()) controller.stop()
    streams.clear()
  }

  async function answer(id: number, name: string, input: unknown): Promise<void> {
    const entry = entries.get(name)
    const handler = table.get(name)
    if (!entry || !handler) throw new AppError('unknown-call')
    const parsed = entry.input.safeParse(input)
    if (!parsed.success) {
      throw new AppError('invalid-input', errorMessages['invalid-input'], {
        hint: z.prettifyError(parsed.error).slice(0, 500)
      })
    }
    if (entry.kind === 'call') {
      const value = await handler(parsed.data, () => undefined, createStop().signal)
      send({
        type: 'reply',
        id,
        ok: true,
        value: options.checkOutputs ? entry.output.parse(value) : value
      })
      return
    }
    const controller = createStop()
    streams.set(id, controller)
    try {
      await handler(
        parsed.data,
        (event) => {
          if (controller.signal.isStopped) return
          send({
            type: 'event',
            id,
            event: options.checkOutputs ? entry.event.parse(event) : event
          })
        },
        controller.signal
      )
      send({ type: 'reply', id, ok: true, value: {} })
    } finally {
      streams.delete(id)
    }
  }

  port.onMessage((raw) => {
    const message = ClientMessage.safeParse(raw)
    // A message that is not even a request has no id to answer.
    if (!message.success) return
    const { id } = message.data
    if (message.data.type === 'end') {
      streams.get(id)?.stop()
      return
    }
    const { name } = message.data
    if (streams.has(id)) return
    answer(id, name, message.data.input).catch((error: unknown) => {
      send({ type: 'reply', id, ok: false, error: toUserError(error, name, options) })
    })
  })
  port.onClose(stop)
  return stop
}

/** The reply for a thrown error: refusals keep their code, anything else is "internal" and logged. */
export function toUserError(
  error: unknown,
  name: string,
  options: Pick<ServeOptions, 'onError' | 'newLogId'>
): UserError {
  const logId = options.newLogId()
  if (error instanceof AppError) {
    if (error.code === 'internal') options.onError(error, logId, name)
    return {
      code: error.code,
      message: error.message,
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      logId
    }
  }
  options.onError(error, logId, name)
  return { code: 'internal', message: errorMessages.internal, logId }
}

/** The buffers of typed arrays that own their whole buffer; these may be moved. */
function buffersIn(value: unknown, found: ArrayBuffer[] = [], depth = 0): ArrayBuffer[] {
  if (depth > 8 || typeof value !== 'object' || value === null) return found
  if (ArrayBuffer.isView(value)) {
    const buffer = value.buffer
    // Small Node buffers share a pool: moving one would take its neighbours along.
    if (
      buffer instanceof ArrayBuffer &&
      value.byteLength === buffer.byteLength &&
      !found.includes(buffer)
    ) {
      found.push(buffer)
    }
    return found
  }
  if (Array.isArray(value)) {
    if (typeof value[0] === 'object') for (const item of value) buffersIn(item, found, depth + 1)
    return found
  }
  for (const item of Object.values(value)) buffersIn(item, found, depth + 1)
  return found
}

export interface Client {
  /** Rejects with an {@link AppError}. */
  call<K extends CallName>(name: K, input: InputOf<K>): Promise<OutputOf<K>>
  /** Starts a stream and returns a function that ends it. */
  stream<K extends StreamName>(
    name: K,
    input: InputOf<K>,
    onEvent: (event: EventOf<K>) => void,
    onEnd?: (error: AppError | undefined) => void
  ): () => void
  onClose(callback: () => void): void
  close(): void
}

interface Pending {
  settle(value: unknown): void
  fail(error: AppError): void
  event(value: unknown): void
}

function connectionEnded(): AppError {
  return new AppError('cancelled', 'The connection to the app ended.')
}

/** The caller's side of {@link serve}. A closed port rejects everything that still waits. */
export function createClient(port: Port): Client {
  const pending = new Map<number, Pending>()
  const closeCallbacks: (() => void)[] = []
  let nextId = 1
  let isOpen = true

  function closed(): void {
    if (!isOpen) return
    isOpen = false
    for (const waiting of pending.values())
      waiting.fail(new AppError('cancelled', 'The connection to the app ended.'))
    pending.clear()
    for (const callback of closeCallbacks) callback()
  }

  port.onMessage((raw) => {
    const message = ServerMessage.safeParse(raw)
    if (!message.success) return
    const waiting = pending.get(message.data.id)
    if (!waiting) return
    if (message.data.type === 'event') {
      waiting.event(message.data.event)
      return
    }
    pending.delete(message.data.id)
    if (message.data.ok) waiting.settle(message.data.value)
    else {
      const { code, message: text, hint } = message.data.error
      waiting.fail(new AppError(code, text, hint === undefined ? {} : { hint }))
    }
  })
  port.onClose(closed)

  return {
    call<K extends CallName>(name: K, input: InputOf<K>): Promise<OutputOf<K>> {
      if (!isOpen)
        return Promise.reject(new AppError('cancelled', 'The connection to the app ended.'))
      const id = nextId++
      return new Promise((resolve, reject) => {
        pending.set(id, {
          // The server answers with the contract's output for this name.
          settle: (value) => resolve(value as OutputOf<K>),
          fail: reject,
          event: () => undefined
        })
        try {
          port.send({ type: 'request', id, name, input })
        } catch (error) {
          // What the port cannot carry was never sent, so no reply will come.
          pending.delete(id)
          reject(error instanceof Error ? error : new Error(String(error)))
        }
      })
    },
    stream(name, input, onEvent, onEnd) {
      const id = nextId++
      const entry = contract[name]
      const end = (): void => {
        if (pending.delete(id) && isOpen) port.send({ type: 'end', id })
      }
      pending.set(id, {
        settle: () => onEnd?.(undefined),
        fail: (error) => onEnd?.(error),
        event(value) {
          const event = entry.event.safeParse(value)
          if (event.success) {
            // safeParse has just checked it against the schema of this name.
            onEvent(event.data as EventOf<typeof name>)
            return
          }
          end()
          onEnd?.(new AppError('contract-mismatch', undefined, { cause: event.error }))
        }
      })
      if (isOpen) port.send({ type: 'request', id, name, input })
      else {
        pending.delete(id)
        onEnd?.(connectionEnded())
      }
      return end
    },
    onClose(callback) {
      closeCallbacks.push(callback)
    },
    close() {
      port.close()
      closed()
    }
  }
}
