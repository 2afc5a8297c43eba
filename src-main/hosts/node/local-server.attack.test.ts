// Attacks on the loopback server, over real connections. The names say which rule of the security
// checklist (L1-L9) each one tries to break; all must fail.
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createConnection, type Socket } from 'node:net'
import { networkInterfaces } from 'node:os'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { rawRefusal, securityHeaders } from './headers.ts'
import { frameBytesMax, startLocalServer } from './local-server.ts'
import {
  closing,
  enter,
  get,
  isListening,
  knock,
  requestText,
  sendRaw,
  startTestServer,
  type TestServer
} from './local-server.test-support.ts'
import { protocolName } from './request-gate.ts'
import { codeLifeMs, createSecrets, wrongSecretsMax } from './token.ts'

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

describe('where it listens', () => {
  it('L1: answers on 127.0.0.1 and on no other address of this computer', async () => {
    expect(await isListening('127.0.0.1', port)).toBe(true)
    const others = Object.values(networkInterfaces())
      .flatMap((list) => list ?? [])
      .map(({ address }) => address)
      .filter((address) => address !== '127.0.0.1')
    for (const address of [...others, '::1', '127.0.0.2'])
      expect(await isListening(address, port), address).toBe(false)
  })

  it('L1: two runs have two ports that the system picked', async () => {
    const second = await startTestServer()
    extra.push(second)
    expect(second.server.port).not.toBe(port)
    expect(second.server.port).toBeGreaterThan(1023)
  })
})

describe('secrets', () => {
  it('L2: the token is 32 random bytes, another one in every run', () => {
    const tokens = Array.from({ length: 50 }, () => createSecrets().token)
    expect(new Set(tokens).size).toBe(50)
    for (const token of tokens) expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  })

  it('L2: without a whole token there is no server', async () => {
    for (const token of ['', 'short', test.secrets.token.slice(1)]) {
      const secrets = { ...test.secrets, token, wrongCount: 0 }
      const options = {
        files: new Map(),
        secrets,
        devOrigin: undefined,
        onSocket: () => undefined,
        onAttack: () => undefined
      }
      await expect(startLocalServer(options)).rejects.toThrow('no server without a token')
    }
  })

  it('L3: a secret in the query opens nothing', async () => {
    const code = test.secrets.issueCode(codeLifeMs)
    expect((await get(port, `/?c=${code}`)).status).toBe(404)
    expect((await get(port, `/?t=${test.secrets.token}`)).status).toBe(404)
    expect(await knock(port, code, { path: `/socket?t=${test.secrets.token}` })).toBe(403)
  })

  it('L3: the secret is not taken from a cookie, and no cookie is ever set', async () => {
    const { token } = test.secrets
    const headers = { Cookie: `token=${token}`, Authorization: `Bearer ${token}` }
    expect(await knock(port, '', { protocols: [protocolName], headers })).toBe(403)
    const answer = await get(port, '/', headers)
    expect(answer.headers.has('set-cookie')).toBe(false)
    expect(answer.text).not.toContain(token)
  })

  it('L4: a one-time code is traded for the token once; its second use is refused', async () => {
    const code = test.secrets.issueCode(codeLifeMs)
    const { socket, firstFrame } = await enter(port, code)
    expect(JSON.parse(await firstFrame)).toEqual({ token: test.secrets.token })
    socket.close()
    await once(socket, 'close')
    expect(await knock(port, code)).toBe(403)
    const again = await enter(port, test.secrets.token)
    expect(again.socket.readyState).toBe(WebSocket.OPEN)
  })

  it('L4: of two that use one code at the same moment, one gets in', async () => {
    const code = test.secrets.issueCode(codeLifeMs)
    const results = await Promise.all([knock(port, code), knock(port, code), knock(port, code)])
    expect(results.filter((result) => typeof result !== 'number')).toHaveLength(1)
    expect(results.filter((result) => result === 403)).toHaveLength(2)
  })

  it('L4: a code is dead after 30 seconds', async () => {
    const code = test.secrets.issueCode(codeLifeMs)
    const other = test.secrets.issueCode(codeLifeMs)
    test.now += 30_000
    expect(typeof (await knock(port, code))).toBe('object')
    test.now += 1
    expect(await knock(port, other)).toBe(403)
  })

  it('L4: the token is not handed to those who already have it', async () => {
    const { socket, firstFrame } = await enter(port, test.secrets.token)
    test.sockets[0]?.send(new Uint8Array([1]))
    expect(await firstFrame).toBe('\u0001')
    socket.close()
  })
})

/** Names that DNS or a proxy could point at us, and near misses of our own. */
const foreignHosts = (own: number): string[] => [
  'localhost',
  `localhost:${own}`,
  '127.0.0.1',
  `127.0.0.1:${own + 1}`,
  `127.0.0.1:0${own}`,
  `127.1:${own}`,
  `[::1]:${own}`,
  `0.0.0.0:${own}`,
  `evil.example:${own}`,
  `127.0.0.1.evil.example:${own}`,
  `127.0.0.1:${own}.evil.example`,
  `127.0.0.1:${own}@evil.example`,
  `user@127.0.0.1:${own}`,
  `127.0.0.1:${own},evil.example`
]

describe('who may ask', () => {
  it('L5: another Host gets no socket, not even with the token (DNS rebinding)', async () => {
    for (const host of foreignHosts(port))
      expect(await knock(port, test.secrets.token, { host }), host).toBe(403)
    expect(test.server.openSockets).toBe(0)
  })

  it('L6: another Host gets no file', async () => {
    for (const host of [...foreignHosts(port), '']) {
      const answer = await get(port, '/', { Host: host })
      expect(answer.status, host).toBe(403)
      expect(answer.body).toBe('Refused')
    }
  })

  it('L6: no Host, two Hosts and the old protocol without one get nothing', async () => {
    const own = `127.0.0.1:${port}`
    const texts = [
      'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
      `GET / HTTP/1.1\r\nHost: ${own}\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
      `GET / HTTP/1.1\r\nHost: evil.example\r\nHost: ${own}\r\nConnection: close\r\n\r\n`,
      'GET / HTTP/1.0\r\n\r\n'
    ]
    for (const text of texts) expect((await sendRaw(port, text)).status, text).toBe(403)
  })

  it('L5: another Origin, or none, gets no socket', async () => {
    const origins = [
      undefined,
      'null',
      'http://evil.example',
      'https://evil.example',
      `https://127.0.0.1:${port}`,
      `http://127.0.0.1:${port}/`,
      `http://127.0.0.1:${port + 1}`,
      'http://127.0.0.1',
      `http://localhost:${port}`,
      `http://127.0.0.1:${port}.evil.example`,
      `HTTP://127.0.0.1:${port}`,
      'http://127.0.0.1:5173',
      'app://bundle',
      'file://'
    ]
    for (const origin of origins)
      expect(await knock(port, test.secrets.token, { origin }), String(origin)).toBe(403)
  })

  it('L5: only the exact development server is let in beside our own page', async () => {
    const dev = await startTestServer({ devOrigin: 'http://127.0.0.1:5173' })
    extra.push(dev)
    const { token } = dev.secrets
    const { socket } = await enter(dev.server.port, token, { origin: 'http://127.0.0.1:5173' })
    expect(socket.readyState).toBe(WebSocket.OPEN)
    for (const origin of ['http://127.0.0.1:5174', 'http://localhost:5173', 'http://evil.example'])
      expect(await knock(dev.server.port, token, { origin })).toBe(403)
  })

  it('L5: the secret must be the second of exactly two protocol names', async () => {
    const { token } = test.secrets
    const offers = [
      [],
      [protocolName],
      [token],
      [token, protocolName],
      [protocolName, token, 'more'],
      ['winnow.2', token],
      [protocolName.toUpperCase(), token]
    ]
    for (const protocols of offers)
      expect(await knock(port, token, { protocols }), protocols.join()).toBe(403)
  })

  it('L5: the answer names the protocol and never the secret', async () => {
    const connection = createConnection({ host: '127.0.0.1', port })
    const offer = 'permessage-deflate; client_max_window_bits'
    connection.write(upgradeText(port, test.secrets.token, [['Sec-WebSocket-Extensions', offer]]))
    const [data] = (await once(connection, 'data')) as [Buffer]
    connection.destroy()
    const text = data.toString()
    expect(text).toMatch(/^HTTP\/1\.1 101 /)
    expect(text).toMatch(new RegExp(`^Sec-WebSocket-Protocol: ${protocolName}\r$`, 'm'))
    expect(text).not.toContain(test.secrets.token)
    // L9: no compression, so nothing can blow up behind the size limit.
    expect(text).not.toMatch(/sec-websocket-extensions/i)
  })

  it('L5: the socket is at one path only', async () => {
    const paths = ['/', '/Socket', '/socket/', '/socket?x', '//socket', '/%73ocket', '/./socket']
    for (const path of paths) {
      const text = upgradeText(port, test.secrets.token, [], path)
      expect((await sendRaw(port, text)).status, path).toBe(403)
    }
  })

  it('L5: headers sent twice are not believed', async () => {
    const second: [string, string][] = [
      ['Host', `127.0.0.1:${port}`],
      ['Origin', 'http://evil.example'],
      ['Sec-WebSocket-Protocol', 'more']
    ]
    for (const header of second) {
      const text = upgradeText(port, test.secrets.token, [header])
      expect((await sendRaw(port, text)).status, header[0]).toBe(403)
    }
  })

  it('L8: requests that another site made are refused, files and socket alike', async () => {
    for (const site of ['cross-site', 'same-site']) {
      const headers = { 'Sec-Fetch-Site': site }
      expect((await get(port, '/', headers)).status).toBe(403)
      expect(await knock(port, test.secrets.token, { headers })).toBe(403)
    }
    for (const site of ['same-origin', 'none'])
      expect((await get(port, '/', { 'Sec-Fetch-Site': site })).status).toBe(200)
  })
})

describe('what is served', () => {
  it('L6: serves exactly the known files', async () => {
    const page = await get(port, '/')
    expect([page.status, page.headers.get('content-type')]).toEqual([
      200,
      'text/html; charset=utf-8'
    ])
    expect(page.body).toContain('<title>Winnow</title>')
    const head = await get(port, '/assets/page.js', {}, 'HEAD')
    expect([head.status, head.body, head.headers.get('content-length')]).toEqual([200, '', '6'])
  })

  it('L6: no path leaves the list of files, however it is written', async () => {
    const targets = [
      '/../package.json',
      '/..%2fpackage.json',
      '/%2e%2e/%2e%2e/etc/passwd',
      '/assets/../index.html',
      '/assets/..%5c..%5cindex.html',
      '/assets\\page.js',
      '//index.html',
      '/index.html/',
      '/index.html%00.js',
      '/INDEX.HTML',
      '/index.html?',
      '/index.html?x=1',
      '/index%2ehtml',
      '/assets/',
      '/assets',
      '/.git/config',
      '/etc/passwd',
      '/socket',
      '/__proto__',
      'index.html',
      '*'
    ]
    for (const target of targets) {
      const answer = await get(port, target)
      expect([400, 404], target).toContain(answer.status)
      expect(answer.body).not.toContain('Winnow')
    }
    // The absolute form, as a proxy would be asked.
    expect((await get(port, `http://127.0.0.1:${port}/`)).status).toBe(404)
    expect((await get(port, 'http://evil.example/')).status).toBe(404)
  })

  it('L6: random targets never find anything but the known files', async () => {
    const target = fc
      .string({ unit: fc.constantFrom(...'/.%\\aepx2fijndhtmlsc?#;:@&=5C00'), maxLength: 24 })
      .map((text) => `/${text}`)
      .filter((text) => !['/', '/index.html', '/assets/page.js'].includes(text))
    await fc.assert(
      fc.asyncProperty(target, async (path) => {
        expect([400, 404]).toContain((await get(port, path)).status)
      }),
      { numRuns: 60 }
    )
  })

  it('L6: only GET and HEAD; no OPTIONS, and no answer ever has a CORS header', async () => {
    const methods = ['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', 'QUERY']
    for (const method of methods) {
      const answer = await get(
        port,
        '/',
        {
          Origin: 'http://evil.example',
          'Access-Control-Request-Method': 'POST',
          'Content-Length': '0'
        },
        method
      )
      expect([400, 405], method).toContain(answer.status)
      expect(answer.text).not.toMatch(/access-control-/i)
    }
    expect((await get(port, '/', { Origin: 'http://evil.example' })).text).not.toMatch(
      /access-control-/i
    )
    expect((await sendRaw(port, requestText('CONNECT', 'evil.example:443', []))).status).toBe(0)
  })

  it('L6: a body and "Expect" get the same answer as without', async () => {
    const expecting = (value: string): Promise<{ status: number }> =>
      get(port, '/', { Expect: value, 'Content-Length': '5' }, 'POST')
    expect((await expecting('100-continue')).status).toBe(405)
    expect((await expecting('200-everything')).status).toBe(405)
  })

  it('L7: every answer carries every header, refusals and broken requests too', async () => {
    const expected = new Map(
      Object.entries(securityHeaders(port)).map(([name, value]) => [name.toLowerCase(), value])
    )
    const answers = [
      await get(port, '/'),
      await get(port, '/assets/page.js', {}, 'HEAD'),
      await get(port, '/missing'),
      await get(port, '/', {}, 'POST'),
      await get(port, '/', { Host: 'evil.example' }),
      await get(port, '/', { Expect: 'nonsense' }),
      await sendRaw(port, 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'),
      await sendRaw(port, 'NONSENSE\r\n\r\n'),
      await sendRaw(
        port,
        requestText('GET', '/', [['Upgrade', 'websocket']]).replace('close', 'Upgrade')
      )
    ]
    expect(answers.map(({ status }) => status)).toEqual([
      200, 200, 404, 405, 403, 200, 403, 400, 403
    ])
    for (const answer of answers)
      for (const [name, value] of expected) expect(answer.headers.get(name), name).toBe(value)
  })

  it('L7: the headers are these', () => {
    const headers = securityHeaders(4711)
    expect(headers['Content-Security-Policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; " +
        "font-src 'self'; connect-src 'self' ws://127.0.0.1:4711; worker-src 'self'; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
        "require-trusted-types-for 'script'; trusted-types vue"
    )
    const { 'Permissions-Policy': permissions, ...others } = headers
    expect(others).toEqual({
      'Content-Security-Policy': expect.any(String),
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
      'Cache-Control': 'no-store'
    })
    const features = permissions?.split(', ') ?? []
    expect(features).toEqual(expect.arrayContaining(['camera=()', 'microphone=()', 'usb=()']))
    for (const feature of features) expect(feature).toMatch(/^[a-z-]+=\(\)$/)
    expect(rawRefusal('403 Forbidden', 4711)).not.toMatch(/x-powered-by|server:/i)
  })
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

/** The connection below a client's websocket, to write what no client would. */
function rawConnection(socket: WebSocket): Socket {
  // ws keeps it under this name.
  return (socket as unknown as { _socket: Socket })._socket
}

/** Our page's websocket request as text, with more headers. */
function upgradeText(
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
