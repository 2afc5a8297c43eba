// Two ports joined inside one process: the command line's transport, and the tests'. Messages are
// copied and arrive later, as over any other transport, so that nothing works here by accident.
import type { Port } from './port.ts'

/** Two ends of one channel. */
export function createPortPair(): readonly [Port, Port] {
  const first = createEnd()
  const second = createEnd()
  first.join(second)
  second.join(first)
  return [first.port, second.port]
}

interface End {
  readonly port: Port
  join(other: End): void
  receive(message: unknown): void
  closed(): void
}

function createEnd(): End {
  const messageCallbacks: ((message: unknown) => void)[] = []
  const closeCallbacks: (() => void)[] = []
  let other: End | undefined
  let isOpen = true
  const end: End = {
    join(found) {
      other = found
    },
    receive(message) {
      if (isOpen) for (const callback of messageCallbacks) callback(message)
    },
    closed() {
      if (!isOpen) return
      isOpen = false
      for (const callback of closeCallbacks) callback()
    },
    port: {
      send(message) {
        if (!isOpen) return
        const copied = copyMessage(message)
        // Later, as over a wire. A callback that throws is a bug and surfaces as one.
        void Promise.resolve().then(() => other?.receive(copied))
      },
      onMessage: (callback) => void messageCallbacks.push(callback),
      onClose: (callback) => void closeCallbacks.push(callback),
      close() {
        end.closed()
        other?.closed()
      }
    }
  }
  return end
}

/** Copies plain values and typed arrays; refuses what no transport could carry. */
export function copyMessage(value: unknown): unknown {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') {
    throw new TypeError(`a ${typeof value} cannot be sent`)
  }
  if (typeof value !== 'object' || value === null) return value
  if (ArrayBuffer.isView(value)) {
    if (value instanceof DataView) throw new TypeError('a DataView cannot be sent')
    // Also turns a Node Buffer into a plain Uint8Array, as the other transports do.
    if (value instanceof Uint8Array) return new Uint8Array(value)
    return (value as Float32Array).slice()
  }
  if (value instanceof ArrayBuffer || value instanceof Map || value instanceof Set) {
    throw new TypeError('only plain objects, arrays and typed arrays can be sent')
  }
  if (Array.isArray(value)) return value.map((item) => copyMessage(item))
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copyMessage(item)]))
}
