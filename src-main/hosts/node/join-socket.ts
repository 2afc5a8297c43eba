// Joins a page's websocket to the backend: binary frames on one side, messages on the other.
import type { WebSocket } from 'ws'
import { decodeMessage, encodeMessage } from '../../api/wire-codec.ts'
import type { Backend } from '../worker/backend-thread.ts'

/** Passes messages both ways until either side closes; text and damaged frames end the socket. */
export function joinSocket(socket: WebSocket, backend: Pick<Backend, 'connect'>): void {
  const port = backend.connect()
  port.on('message', (message: unknown) => {
    if (socket.readyState === socket.OPEN) socket.send(encodeMessage(message))
  })
  // The thread is gone: the page hears it at once instead of waiting for answers.
  port.on('close', () => socket.close(1011, 'the backend ended'))
  socket.on('message', (data: Buffer | ArrayBuffer | Buffer[], isBinary: boolean) => {
    // A page that was told "elsewhere" but goes on talking is not listened to.
    if (socket.readyState !== socket.OPEN) return
    if (!isBinary || Array.isArray(data)) {
      socket.close(1003, 'binary frames only')
      return
    }
    try {
      port.postMessage(decodeMessage(new Uint8Array(data)))
    } catch {
      socket.close(1007, 'damaged frame')
    }
  })
  socket.on('close', () => port.close())
}
