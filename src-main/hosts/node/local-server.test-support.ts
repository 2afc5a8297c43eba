// For tests: the real loopback server on a real port, and clients that say exactly what a test
// wants them to say, well-formed or not.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import { WebSocket } from 'ws'
import type { StaticFile } from '../worker/static-files.ts'
import { startLocalServer, type LocalServer, type LocalServerOptions } from './local-server.ts'
import { protocolName, socketPath } from './request-gate.ts'
import { createSecrets, type Secrets } from './token.ts'

export interface TestServer {
  readonly server: LocalServer
  readonly secrets: Secrets
  /** Server sides of the sockets that were let in. */
  readonly sockets: WebSocket[]
  /** How often the host was told to end because of wrong secrets. */
  attacks: number
  /** The clock of one-time codes. */
  now: number
}

function file(type: string, text: string): StaticFile {
  return { type, bytes: Buffer.from(text) }
}

const index = file('text/html; charset=utf-8', '<!doctype html><title>Winnow</title>')

/** The files the test server knows. */
export const testFiles: ReadonlyMap<string, StaticFile> = new Map([
  ['/', index],
  ['/index.html', index],
  ['/assets/page.js', file('text/javascript; charset=utf-8', 'void 0')]
])

/** Starts the product's server with three files. */
export async function startTestServer(
  options: Partial<LocalServerOptions> = {}
): Promise<TestServer> {
  const test = { attacks: 0, now: 1_000_000 }
  const secrets = createSecrets(() => test.now)
  const sockets: WebSocket[] = []
  const server = await startLocalServer({
    files: testFiles,
    secrets,
    devOrigin: undefined,
    onSocket: (socket) => void sockets.push(socket),
    onAttack: () => void test.attacks++,
    ...options
  })
  return Object.assign(test, { server, secrets, sockets })
}

/** One answer as it came over the wire. */
export interface RawAnswer {
  /** 0 when the connection closed without an answer. */
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
  readonly text: string
}

/** Sends `text` as it is and reads until the server closes the connection. */
export async function sendRaw(port: number, text: string | Buffer): Promise<RawAnswer> {
  const socket = createConnection({ host: '127.0.0.1', port })
  const chunks: Buffer[] = []
  socket.on('data', (chunk) => chunks.push(chunk))
  // A refused connection may be reset while we still write; what was answered counts.
  socket.on('error', () => undefined)
  socket.write(text)
  await once(socket, 'close')
  return parseAnswer(Buffer.concat(chunks).toString('latin1'))
}

function parseAnswer(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n')
  const [statusLine = '', ...lines] = head.split('\r\n')
  const headers = lines.map((line): [string, string] => {
    const at = line.indexOf(':')
    return [line.slice(0, at).toLowerCase(), line.slice(at + 1).trim()]
  })
  return {
    status: Number(statusLine.split(' ')[1] ?? 0),
    headers: new Map(headers),
    body: rest.join('\r\n\r\n'),
    text
  }
}

/** A request line and headers; `Connection: close` so that the answer ends. */
export function requestText(
  method: string,
  target: string,
  headers: readonly (readonly [string, string])[]
): string {
  const lines = [...headers, ['Connection', 'close'] as const].map(
    ([name, value]) => `${name}: ${value}`
  )
  return `${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`
}

/** GET as our own page would send it, with changes. */
export function get(
  port: number,
  target: string,
  headers: Readonly<Record<string, string>> = {},
  method = 'GET'
): Promise<RawAnswer> {
  const all = { Host: `127.0.0.1:${port}`, ...headers }
  return sendRaw(port, requestText(method, target, Object.entries(all)))
}

/** How a websocket request differs from our page's. */
export interface Knock {
  readonly host?: string
  readonly origin?: string | undefined
  readonly path?: string
  readonly protocols?: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
  readonly autoPong?: boolean
}

function ask(port: number, secret: string, change: Knock): WebSocket {
  const origin = 'origin' in change ? change.origin : `http://127.0.0.1:${port}`
  return new WebSocket(
    `ws://127.0.0.1:${port}${change.path ?? socketPath}`,
    [...(change.protocols ?? [protocolName, secret])],
    {
      headers: { Host: change.host ?? `127.0.0.1:${port}`, ...change.headers },
      ...(origin === undefined ? {} : { origin }),
      ...(change.autoPong === undefined ? {} : { autoPong: change.autoPong })
    }
  )
}

function outcomeOf(socket: WebSocket): Promise<WebSocket | number> {
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(socket))
    socket.on('unexpected-response', (request, response) => {
      request.destroy()
      resolve(response.statusCode ?? 0)
    })
    socket.on('error', reject)
  })
}

/** Asks for the websocket; resolves with it, or with the status of the refusal. */
export function knock(
  port: number,
  secret: string,
  change: Knock = {}
): Promise<WebSocket | number> {
  return outcomeOf(ask(port, secret, change))
}

/** As {@link knock}, for those who must be let in; with the first frame the server sends. */
export async function enter(
  port: number,
  secret: string,
  change: Knock = {}
): Promise<{ readonly socket: WebSocket; readonly firstFrame: Promise<string> }> {
  const asked = ask(port, secret, change)
  // Listened for at once: the frame may come in one packet with the handshake.
  const firstFrame = new Promise<string>((resolve) =>
    asked.once('message', (data: Buffer) => resolve(data.toString()))
  )
  const socket = await outcomeOf(asked)
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`)
  return { socket, firstFrame }
}

/** Code and reason of a socket's end. */
export async function closing(socket: WebSocket): Promise<{ code: number; reason: string }> {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer]
  return { code, reason: reason.toString() }
}

/** Whether anything answers at this address. */
export async function isListening(host: string, port: number): Promise<boolean> {
  const socket: Socket = createConnection({ host, port })
  return new Promise((resolve) => {
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

/** The connection below a client's websocket, to write what no client would. */
export function rawConnection(socket: WebSocket): Socket {
  // ws keeps it under this name.
  return (socket as unknown as { _socket: Socket })._socket
}

/** Our page's websocket request as text, with more headers. */
export function upgradeText(
  own: number,
  secret: string,
  more: readonly (readonly [string, string])[],
  path = '/socket'
): string {
  const headers = [
    ['Host', `127.0.0.1:${own}`],
    ['Origin', `http://127.0.0.1:${own}`],
    ['Upgrade', 'websocket'],
    ['Sec-WebSocket-Version', '13'],
    ['Sec-WebSocket-Key', randomBytes(16).toString('base64')],
    ['Sec-WebSocket-Protocol', `${protocolName}, ${secret}`],
    ...more
  ].map(([name, value]): [string, string] => [name, value])
  return requestText('GET', path, headers).replace('Connection: close', 'Connection: Upgrade')
}
