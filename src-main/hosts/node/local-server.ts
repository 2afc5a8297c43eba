// The loopback server: the page's files over HTTP and one authenticated websocket, nothing else
// (security rules L1-L9).
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { StaticFile } from '../worker/static-files.ts'
import { rawRefusal, securityHeaders } from './headers.ts'
import { createGate, protocolName } from './request-gate.ts'
import { tokenLength, wrongSecretsMax, type Secrets } from './token.ts'

/** Largest frame a page may send. */
export const frameBytesMax = 64 * 1024 * 1024
/** How often a page is asked for a sign of life; two unanswered end its socket (L9). */
const pingEveryMs = 15_000
/** Patience with a connection that is slow to say what it wants. */
const requestPatienceMs = 10_000
/** A page needs a handful of connections; more than this is not a page. */
const connectionsMax = 64

export interface LocalServerOptions {
  readonly files: ReadonlyMap<string, StaticFile>
  readonly secrets: Secrets
  /** Exact origin of the development server, accepted beside our own; undefined otherwise. */
  readonly devOrigin: string | undefined
  /** A page has connected; older connections have been told they are elsewhere. */
  onSocket(socket: WebSocket): void
  /** Too many wrong secrets: the host ends. Called once. */
  onAttack(): void
  /** Default 15 s. */
  readonly pingEveryMs?: number
  /** Default 10 s. */
  readonly requestPatienceMs?: number
}

export interface LocalServer {
  readonly port: number
  /** Sockets open now. */
  readonly openSockets: number
  close(): Promise<void>
}

/** Listens on 127.0.0.1 at a port the system picks. Throws when it would listen anywhere else. */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  if (options.secrets.token.length !== tokenLength) throw new Error('no server without a token')
  const patience = options.requestPatienceMs ?? requestPatienceMs
  const server = createServer(
    {
      headersTimeout: patience,
      requestTimeout: patience,
      connectionsCheckingInterval: Math.min(1000, patience),
      // The gate refuses a missing Host itself, with our headers.
      requireHostHeader: false
    },
    (request, response) => answer(request, response)
  )
  server.maxConnections = connectionsMax
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: frameBytesMax,
    perMessageDeflate: false,
    handleProtocols: () => protocolName
  })
  const open = new Set<WebSocket>()
  let port = 0
  let isAttacked = false
  const gate = createGate(() => port, options.devOrigin)

  function answer(request: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of Object.entries(securityHeaders(port)))
      response.setHeader(name, value)
    const refuse = (status: number): void => {
      const text = status === 404 ? 'Not found' : 'Refused'
      const headers = { 'Content-Type': 'text/plain; charset=utf-8', 'Content-Length': text.length }
      response.writeHead(status, headers)
      response.end(text)
    }
    if (!gate.mayAsk(request)) {
      refuse(403)
      return
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      response.setHeader('Allow', 'GET, HEAD')
      refuse(405)
      return
    }
    // The request target is looked up as it came: nothing is decoded, joined or normalised.
    const file = options.files.get(request.url ?? '')
    if (!file) {
      refuse(404)
      return
    }
    response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': file.bytes.byteLength })
    response.end(request.method === 'HEAD' ? undefined : file.bytes)
  }

  /** An answer where there is no response object, with the same headers as any other. */
  function refuseRaw(socket: Duplex, status: '400 Bad Request' | '403 Forbidden'): void {
    if (!socket.writable) {
      socket.destroy()
      return
    }
    socket.once('finish', () => socket.destroy())
    socket.end(rawRefusal(status, port))
  }

  server.on('clientError', (error: NodeJS.ErrnoException, socket: Duplex) => {
    // A browser keeps connections ready and asks nothing of them for a while. An answer to no question
    // would be taken for that of the next one, so such a connection is only closed.
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT') socket.destroy()
    else refuseRaw(socket, '400 Bad Request')
  })
  // Without a listener Node would answer these two by itself, without our checks and headers.
  server.on('checkContinue', answer)
  server.on('checkExpectation', answer)

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const secret = gate.secretOf(request)
    if (secret === undefined) {
      refuseRaw(socket, '403 Forbidden')
      return
    }
    const worth = options.secrets.check(secret)
    if (worth === 'wrong') {
      refuseRaw(socket, '403 Forbidden')
      if (options.secrets.wrongCount < wrongSecretsMax || isAttacked) return
      isAttacked = true
      options.onAttack()
      return
    }
    sockets.handleUpgrade(request, socket, head, (opened) => accept(opened, worth))
  })

  function accept(opened: WebSocket, worth: 'token' | 'code'): void {
    // One active window a run (L9): a newer one takes over, the older one says so.
    for (const older of open) older.close(4001, 'elsewhere')
    open.clear()
    open.add(opened)
    // The code was spent; the page keeps the token for reloads of this tab.
    if (worth === 'code') opened.send(JSON.stringify({ token: options.secrets.token }))
    let missed = 0
    const ping = setInterval(() => {
      if (missed >= 2) {
        opened.terminate()
        return
      }
      missed++
      opened.ping()
    }, options.pingEveryMs ?? pingEveryMs)
    opened.on('pong', () => (missed = 0))
    opened.on('close', () => {
      clearInterval(ping)
      open.delete(opened)
    })
    // A frame too large or malformed: ws has already sent the close code that says so.
    opened.on('error', () => undefined)
    options.onSocket(opened)
  }

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: '127.0.0.1', port: 0, exclusive: true }, resolve)
  })
  const address = server.address() as AddressInfo
  if (address.address !== '127.0.0.1') {
    server.close()
    throw new Error(`the server listens on ${address.address} instead of 127.0.0.1`)
  }
  port = address.port
  return {
    port,
    get openSockets() {
      return open.size
    },
    async close() {
      // All of them, also those told "elsewhere" that have not closed yet.
      for (const socket of sockets.clients) socket.terminate()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    }
  }
}
