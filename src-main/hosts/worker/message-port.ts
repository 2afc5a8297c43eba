// A Port over a MessagePort of node:worker_threads.
import type { MessagePort } from 'node:worker_threads'
import type { Port } from '../../api/port.ts'

/** Wraps one end of a MessageChannel; the other end is another thread. */
export function messagePort(port: MessagePort): Port {
  return {
    send: (message, transfer = []) => port.postMessage(message, [...transfer]),
    onMessage: (callback) => void port.on('message', callback),
    onClose: (callback) => void port.on('close', callback),
    close: () => port.close()
  }
}
