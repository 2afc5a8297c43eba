// Attacks on the loopback server over real connections: guessing, floods, broken and oversized
// frames (security rule L9). All must fail.
import { randomBytes } from 'node:crypto'
import { createConnection } from 'node:net'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { frameBytesMax } from './local-server.ts'
import {
  closing,
  enter,
  get,
  isListening,
  knock,
  rawConnection,
  sendRaw,
  startTestServer,
  type TestServer
} from './local-server.test-support.ts'
import { wrongSecretsMax } from './token.ts'

let test: TestServer
let port = 0
const extra: TestServer[] = []
beforeEach(async () => {
  test = await startTestServer()
  port = test.server.port
})
afterEach(async () => {
  await Promise.all([test, ...extra.splice(0)].map(({ server }) => server.close()))
})

describe('abuse', () => {
  const guess = (): string => randomBytes(32).toString('base64url')

  it('L9: wrong, short and damaged tokens are refused, and five of them end the run', async () => {
    const { token } = test.secrets
    const wrong = [
      guess(),
      token.slice(0, -1),
      `${token}A`,
      token.toLowerCase(),
      [...token].reverse().join('')
    ]
    for (const [index, secret] of wrong.entries()) {
      expect(test.attacks).toBe(0)
      expect(await knock(port, secret)).toBe(403)
      expect(test.secrets.wrongCount).toBe(index + 1)
    }
    expect(test.secrets.wrongCount).toBe(wrongSecretsMax)
    expect(test.attacks).toBe(1)
  })

  it('L9: after five wrong ones nothing is right any more, and the end is told once', async () => {
    const code = test.secrets.issueCode(Number.POSITIVE_INFINITY)
    await Promise.all(Array.from({ length: 12 }, () => knock(port, guess())))
    expect(test.attacks).toBe(1)
    expect(await knock(port, test.secrets.token)).toBe(403)
    expect(await knock(port, code)).toBe(403)
  })

  it('L9: a website cannot end the run: what fails the other checks is not counted', async () => {
    for (let i = 0; i < 10; i++) {
      await knock(port, guess(), { origin: 'http://evil.example' })
      await knock(port, guess(), { host: `localhost:${port}` })
      await knock(port, guess(), { headers: { 'Sec-Fetch-Site': 'cross-site' } })
      await get(port, `/?t=${guess()}`)
    }
    expect(test.secrets.wrongCount).toBe(0)
    expect(test.attacks).toBe(0)
  })

  it('L9: a second window takes over, and the older one is told', async () => {
    const first = await enter(port, test.secrets.token)
    const told = closing(first.socket)
    const second = await enter(port, test.secrets.token)
    expect(await told).toEqual({ code: 4001, reason: 'elsewhere' })
    expect(second.socket.readyState).toBe(WebSocket.OPEN)
    expect(test.server.openSockets).toBe(1)
  })

  it('L9: a frame above the limit ends its socket, before it is read', async () => {
    const { socket } = await enter(port, test.secrets.token)
    let received = 0
    test.sockets[0]?.on('message', () => received++)
    const end = closing(socket)
    // Only the head of the frame is sent: the claimed length is enough to refuse it.
    const head = Buffer.alloc(14)
    head[0] = 0x82
    head[1] = 0x80 | 127
    head.writeBigUInt64BE(BigInt(frameBytesMax + 1), 2)
    rawConnection(socket).write(head)
    expect((await end).code).toBe(1009)
    expect(received).toBe(0)
  })

  it('L9: broken frames end their socket and nothing else', async () => {
    const frames = {
      'reserved bits': [0xf2, 0x80, 0, 0, 0, 0],
      'unknown opcode': [0x83, 0x80, 0, 0, 0, 0],
      'not masked': [0x82, 0x01, 0x00],
      'long control frame': [0x89, 0xfe, 0x01, 0x00, 0, 0, 0, 0],
      'continuation of nothing': [0x80, 0x80, 0, 0, 0, 0]
    }
    for (const [name, bytes] of Object.entries(frames)) {
      const { socket } = await enter(port, test.secrets.token)
      const end = closing(socket)
      rawConnection(socket).write(Buffer.from(bytes))
      expect((await end).code, name).toBe(1002)
    }
    expect((await get(port, '/')).status).toBe(200)
  })

  it('L9: a page that does not answer two pings is closed; one that does stays', async () => {
    const quick = await startTestServer({ pingEveryMs: 20 })
    extra.push(quick)
    const { token } = quick.secrets
    const { socket } = await enter(quick.server.port, token)
    let pings = 0
    await new Promise<void>((resolve) => socket.on('ping', () => ++pings === 6 && resolve()))
    expect(socket.readyState).toBe(WebSocket.OPEN)
    const deaf = await enter(quick.server.port, token, { autoPong: false })
    let unanswered = 0
    deaf.socket.on('ping', () => unanswered++)
    expect((await closing(deaf.socket)).code).toBe(1006)
    expect(unanswered).toBe(2)
  })

  it('L9: garbage on the wire is refused, and the server goes on', async () => {
    const garbage = [
      '\r\n\r\n\r\n\u0000\u0001',
      'GET\r\n\r\n',
      'GET / HTTP/9.9\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nX: ${'a'.repeat(70_000)}\r\n\r\n`,
      `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      `GET / HTTP/1.1\nHost: 127.0.0.1:${port}\nX : y\n\n`,
      // A TLS hello.
      Buffer.from('16030100c8010000c40303', 'hex'),
      randomBytes(4096)
    ]
    for (const text of garbage) {
      const answer = await sendRaw(port, text)
      expect([0, 400, 403, 405]).toContain(answer.status)
      expect(answer.body).not.toContain('Winnow')
    }
    expect((await get(port, '/')).status).toBe(200)
  })

  it('L9: a connection that never says what it wants is closed', async () => {
    const impatient = await startTestServer({ requestPatienceMs: 50 })
    extra.push(impatient)
    const own = `127.0.0.1:${impatient.server.port}`
    const answers = await Promise.all([
      sendRaw(impatient.server.port, ''),
      sendRaw(impatient.server.port, 'GET / HT'),
      sendRaw(impatient.server.port, `GET / HTTP/1.1\r\nHost: ${own}\r\nX-Slow: `)
    ])
    for (const answer of answers) expect([0, 400]).toContain(answer.status)
    expect((await get(impatient.server.port, '/')).status).toBe(200)
  })

  it('L9: a flood of idle connections is bounded, and the page is served when it ends', async () => {
    const flood = Array.from({ length: 100 }, () => createConnection({ host: '127.0.0.1', port }))
    const closed = flood.map(
      (socket) =>
        new Promise<boolean>((resolve) => {
          socket.on('error', () => undefined)
          socket.on('close', () => resolve(true))
        })
    )
    // 64 are kept; the others are closed at once by the server.
    await Promise.race(closed)
    let ended = 0
    await new Promise<void>((resolve) => {
      for (const one of closed) void one.then(() => ++ended === 36 && resolve())
    })
    for (const socket of flood) socket.destroy()
    await Promise.all(closed)
    await expect.poll(async () => (await get(port, '/')).status).toBe(200)
  })

  it('L9: closing the server ends every socket, also those told "elsewhere" that linger', async () => {
    const lingering = await startTestServer()
    const older = await enter(lingering.server.port, lingering.secrets.token)
    rawConnection(older.socket).pause()
    const newer = await enter(lingering.server.port, lingering.secrets.token)
    const ends = closing(newer.socket)
    await lingering.server.close()
    expect((await ends).code).toBe(1006)
    expect(await isListening('127.0.0.1', lingering.server.port)).toBe(false)
    older.socket.terminate()
  })
})
