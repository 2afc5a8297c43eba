// A Port over the local host's websocket. The address carries a one-time code in its fragment; it
// is traded for the session token on the first socket, kept for this tab, and removed from the
// address (security rules L3 and L4).
import { decodeMessage, encodeMessage } from '@api/wire-codec.ts'
import type { Port } from '@api/port.ts'
import type { Connection } from './connect.ts'

const tokenKey = 'winnow-token'
const protocolName = 'winnow.1'
/** Close code by which the host says that another window took over. */
const elsewhereCode = 4001

/** The secret to present: the code of a fresh address, else this tab's token. */
function takeSecret(): string | undefined {
  const code = /^#c=([\w-]+)$/.exec(location.hash)?.[1]
  if (location.hash !== '') history.replaceState(null, '', location.pathname)
  return code ?? sessionStorage.getItem(tokenKey) ?? undefined
}

/** Connects to the host this page came from. */
export function socketPort(): Promise<Connection> {
  const secret = takeSecret()
  if (secret === undefined) {
    return Promise.reject(
      new Error('This address has no key. Start Winnow again and use the address it prints.')
    )
  }
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${location.host}/socket`, [protocolName, secret])
    socket.binaryType = 'arraybuffer'
    const elsewhere: (() => void)[] = []
    socket.addEventListener('open', () => {
      resolve({ port: portOver(socket), onElsewhere: (callback) => void elsewhere.push(callback) })
    })
    socket.addEventListener('close', (event) => {
      if (event.code === elsewhereCode) for (const callback of elsewhere) callback()
      reject(new Error('This address was used before. Start Winnow again to get a new one.'))
    })
  })
}

function portOver(socket: WebSocket): Port {
  return {
    send(message) {
      if (socket.readyState === WebSocket.OPEN) socket.send(encodeMessage(message))
    },
    onMessage(callback) {
      socket.addEventListener('message', (event: MessageEvent<ArrayBuffer | string>) => {
        if (typeof event.data === 'string') keepToken(event.data)
        else callback(decodeMessage(new Uint8Array(event.data)))
      })
    },
    onClose(callback) {
      socket.addEventListener('close', callback)
    },
    close: () => socket.close()
  }
}

/** The only text message: the token the code was traded for. */
function keepToken(text: string): void {
  const value: unknown = JSON.parse(text)
  if (typeof value !== 'object' || value === null || !('token' in value)) return
  if (typeof value.token === 'string') sessionStorage.setItem(tokenKey, value.token)
}
