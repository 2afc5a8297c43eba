// How the page reaches the backend: a MessagePort from the desktop window, or the authenticated
// websocket of the local host. Both become the same four-function Port.
import type { Port } from '@api/port.ts'
import { messagePort } from './message-port.ts'
import { socketPort } from './socket-port.ts'

export interface Connection {
  readonly port: Port
  /** Called when another window has taken over this run of the app. */
  onElsewhere(callback: () => void): void
}

interface Bridge {
  connect(): void
}

function bridge(): Bridge | undefined {
  const found: unknown = (globalThis as { bridge?: unknown }).bridge
  return typeof found === 'object' && found !== null ? (found as Bridge) : undefined
}

/** Connects; rejects with a plain Error when there is no backend to reach. */
export async function connect(): Promise<Connection> {
  const desktop = bridge()
  return desktop ? connectDesktop(desktop) : socketPort()
}

function connectDesktop(desktop: Bridge): Promise<Connection> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent): void => {
      const [port] = event.ports
      if (event.source !== window || event.data !== 'winnow-port' || !port) return
      window.removeEventListener('message', receive)
      resolve({ port: messagePort(port), onElsewhere: () => undefined })
    }
    window.addEventListener('message', receive)
    desktop.connect()
  })
}
