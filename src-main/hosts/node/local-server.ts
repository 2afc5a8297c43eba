// The loopback server: the page's files over HTTP and one authenticated websocket, nothing else
// (security rules L1-L9).
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import type { StaticFile } from '../worker/static-files.ts'
import { securityHeaders } from './headers.ts'
import { wrongSecretsMax, type Secrets } from './token.ts'

/** Name of our websocket protocol; the secret travels as a second one and is never echoed. */
export const protocolName = 'winnow.1'
/** Path of the only websocket. */
export const socketPath = '/socket'
/** Largest frame a page may send. */
const framesBytesMax = 64 * 1024 * 1024
const pingEveryMs = 15_000

export interface LocalServerOptions {
  readonly files: ReadonlyMap<string, StaticFile>
  readonly secrets: Secrets
  /** Exact origin of the development server, accepted beside our own; undefined otherwise. */
  readonly devOrigin: string | undefined
  /** A page has connected; older connections have been told they are elsewhere. */
  onSocket(socket: WebSocket): void
  /** Too many wrong secrets: the host ends. */
  onAttack(): void
}

export interface LocalServer {
  readonly port: number
  /** Sockets open now. */
  readonly openSockets: number
  close(): Promise<void>
}

/** Listens on 127.0.0.1 at a port the system picks. Throws when it would listen anywhere else. */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  if (options.secrets.token.length < 43) throw new Error('no server without a token')
  const server = createServer((request, response) => answer(request, response))
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: framesBytesMax,
    perMessageDeflate: false,
    handleProtocols: () => protocolName
  })
  const open = new Set<WebSocket>()
  let port = 0

  const isOwnHost = (request: IncomingMessage): boolean =>
    request.headers.host === `127.0.0.1:${port}`
  const isOwnOrigin = (origin: string | undefined): boolean =>
    origin === `http://127.0.0.1:${port}` ||
    (options.devOrigin !== undefined && origin === options.devOrigin)

  function answer(request: IncomingMessage, response: ServerResponse): void {
    for (const [name, value] of Object.entries(securityHeaders(port)))
      response.setHeader(name, value)
    const refuse = (status: number): void => {
      response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' })
      response.end(status === 404 ? 'Not found' : 'Refused')
    }
    const site = request.headers['sec-fetch-site']
    if (!isOwnHost(request) || site === 'cross-site' || site === 'same-site') {
      refuse(403)
      return
    }
    if (request.method !== 'GET' && request.method !== 'HEAD') {
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

  function refuseUpgrade(socket: Duplex): void {
    socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  }

  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy())
    const offered = (request.headers['sec-websocket-protocol'] ?? '')
      .split(',')
      .map((part) => part.trim())
    const [name, secret] = offered
    if (
      request.url !== socketPath ||
      !isOwnHost(request) ||
      !isOwnOrigin(request.headers.origin) ||
      name !== protocolName ||
      offered.length !== 2 ||
      secret === undefined
    ) {
      refuseUpgrade(socket)
      return
    }
    const worth = options.secrets.check(secret)
    if (worth === 'wrong') {
      refuseUpgrade(socket)
      if (options.secrets.wrongCount >= wrongSecretsMax) options.onAttack()
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
      if (missed >= 2) opened.terminate()
      missed++
      opened.ping()
    }, pingEveryMs)
    opened.on('pong', () => (missed = 0))
    opened.on('close', () => {
      clearInterval(ping)
      open.delete(opened)
    })
    opened.on('error', () => opened.terminate())
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
      for (const socket of open) socket.terminate()
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    }
  }
}
