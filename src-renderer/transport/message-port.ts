// A Port over a browser MessagePort (desktop window).
import type { Port } from '@api/port.ts'

/** Wraps one end of a channel. */
export function messagePort(port: MessagePort): Port {
  const closeCallbacks: (() => void)[] = []
  port.addEventListener('close', () => {
    for (const callback of closeCallbacks) callback()
  })
  return {
    send: (message, transfer = []) => port.postMessage(message, [...transfer]),
    onMessage(callback) {
      port.addEventListener('message', (event) => callback(event.data))
      port.start()
    },
    onClose: (callback) => void closeCallbacks.push(callback),
    close: () => port.close()
  }
}
